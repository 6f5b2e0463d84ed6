"""The pages before and around publishing, in Chromium, on the practice brands."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.browser import chromium, make_owner
from tests.e2e.process import DeskProcess, desk_in

pytestmark = pytest.mark.browser

BANK, BAKERY = "ladera.practice", "candil.practice"
PAGES = (
    "/",
    "/compose/",
    "/compose/?new=1",
    "/calendar/",
    "/freeze/",
    "/mistake/",
    "/desk/",
    "/start/",
)
SEEN_ONLY_SIGNED_IN = ("/", "/compose/", "/calendar/", "/freeze/", "/mistake/", "/desk/", "/start/",
                       "/desk/record.jsonl", "/live/", "/brands.css", "/frame/banners/",
                       "/accounts/password/change/", "/accounts/two-steps/")  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskProcess]:
    with desk_in(tmp_path_factory.mktemp("pages")) as running:
        yield running


@pytest.fixture(scope="module")
def signed_in(browser: Browser, desk: DeskProcess) -> BrowserContext:
    """A person who practises; made once, as the first page asks."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    make_owner(page, desk.url)
    page.get_by_role("button", name="Practise").click()
    expect(page.get_by_role("heading", name="All calm")).to_be_visible()
    page.close()
    return context


@pytest.fixture
def page(signed_in: BrowserContext) -> Iterator[Page]:
    found = signed_in.new_page()
    yield found
    found.close()


def wrong_with(page: Page) -> list[str]:
    """Return what axe finds, and whether the page scrolls sideways."""
    found = Axe().run(page).response["violations"]
    wrong = [f"{one['id']}: {one['nodes'][0]['target']}" for one in found]
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return wrong + ([f"{wide} px too wide"] if wide > 0 else [])


def write_as(page: Page, desk: DeskProcess, handle: str, text: str) -> None:
    page.goto(f"{desk.url}/compose/?new=1")
    page.get_by_role("link", name=f"Write as @{handle}").click()
    page.get_by_role("textbox", name=f"Text, as @{handle}").fill(text)


def test_the_first_page_makes_the_owner_and_nobody_else(
    browser: Browser, desk: DeskProcess, signed_in: BrowserContext
) -> None:
    stranger = browser.new_context().new_page()
    stranger.goto(f"{desk.url}/welcome/")
    expect(stranger.get_by_role("heading", name="Sign in")).to_be_visible()
    stranger.get_by_label("Username").fill("ana")
    stranger.get_by_label("Password").fill("not the one")
    stranger.get_by_role("button", name="Sign in").click()
    expect(stranger.get_by_role("alert")).to_contain_text("Name or password is not right")
    assert wrong_with(stranger) == []


@pytest.mark.parametrize("path", SEEN_ONLY_SIGNED_IN)
def test_nothing_is_shown_to_a_stranger(
    desk: DeskProcess, signed_in: BrowserContext, path: str
) -> None:
    answer = httpx.get(f"{desk.url}{path}")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/accounts/login/")
    part = httpx.get(f"{desk.url}{path}", headers={"HX-Request": "true"})
    assert part.headers["HX-Redirect"] == "/accounts/login/"


def test_no_page_carries_a_script_or_style_of_its_own(page: Page, desk: DeskProcess) -> None:
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    for path in PAGES:
        page.goto(f"{desk.url}{path}")
        assert page.locator("script:not([src]), style, [style], [onclick]").count() == 0
    assert said == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_can_be_read_by_everybody(
    browser: Browser, desk: DeskProcess, signed_in: BrowserContext, width: int, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
        storage_state=signed_in.storage_state(),
    )
    page = context.new_page()
    wrong = {}
    for path in PAGES:
        page.goto(f"{desk.url}{path}")
        found = wrong_with(page)
        if found:
            wrong[path] = found
    context.close()
    assert wrong == {}


def test_the_theme_stays_where_it_was_switched(page: Page, desk: DeskProcess) -> None:
    page.goto(f"{desk.url}/desk/")
    page.locator(".top").get_by_role("button", name="Light view").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    page.locator(".top").get_by_role("button", name="Dark view").click()
    page.goto(desk.url)
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.locator(".top").get_by_role("button", name="System view").click()
    assert page.locator("html").get_attribute("data-theme") is None


def test_the_joke_is_caught_moved_in_one_click_and_undone(page: Page, desk: DeskProcess) -> None:
    page.goto(f"{desk.url}/compose/")
    expect(page.locator("#verdict")).to_contain_text(f"This reads like @{BAKERY}, not @{BANK}")
    joke = page.locator("#text").input_value()
    page.get_by_role("button", name=f"Move to @{BAKERY}").first.click()
    expect(page.get_by_role("button", name=f"Publish as @{BAKERY}")).to_be_visible()
    assert page.locator("#text").input_value() == joke
    page.get_by_role("button", name=f"Publish as @{BAKERY}").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#lately .row").first).to_contain_text("undone")


def test_the_bank_needs_a_reason_and_then_it_is_live(page: Page, desk: DeskProcess) -> None:
    joke = "Our oven is flakier than your landlord, come and get a croissant, neighbours #crumbclub"
    write_as(page, desk, BANK, joke)
    expect(page.locator("#verdict .finding").first).to_be_visible()
    page.get_by_role("button", name=f"Publish as @{BANK}").click()
    expect(page.get_by_role("alert")).to_contain_text("say in one line why it is right")
    assert page.locator("#text").input_value() == joke
    page.get_by_label(f"It is right for @{BANK}, because").fill("A day with the bakery.")
    page.get_by_role("button", name=f"Publish as @{BANK}").click()
    expect(page.locator("#leaving .row")).to_contain_text("leaves in")
    expect(page.locator("#lately .row").first).to_contain_text("live · checked", timeout=40_000)
    page.locator("#lately").get_by_role("link", name="Look at it").first.click()
    expect(page.get_by_role("link", name="Correct under it")).to_be_visible()
    assert wrong_with(page) == []


def test_a_form_for_one_account_never_publishes_as_another(
    signed_in: BrowserContext, page: Page, desk: DeskProcess
) -> None:
    write_as(page, desk, BAKERY, "Fresh rolls at nine, neighbours.")
    expect(page.locator("#meter")).to_contain_text("32 /")
    other = signed_in.new_page()
    other.goto(f"{desk.url}/compose/")
    other.locator("summary", has_text="Move to another account").click()
    other.get_by_role("button", name=f"Move to @{BANK}").click()
    expect(other.get_by_role("button", name=f"Publish as @{BANK}")).to_be_visible()
    other.close()
    page.get_by_role("button", name=f"Publish as @{BAKERY}").click()
    expect(page.get_by_role("alert")).to_contain_text("moved to @ladera.practice")


def test_a_changed_state_is_refused(page: Page, desk: DeskProcess) -> None:
    write_as(page, desk, BAKERY, "Rolls.")
    state = page.locator("input[name=state]")
    state.evaluate("(field) => { field.value = field.value.slice(0, -3) + 'AAA'; }")
    page.get_by_role("button", name=f"Publish as @{BAKERY}").click()
    expect(page.get_by_role("alert")).to_contain_text("This form is too old")


def test_empty_and_too_long_texts_get_one_sentence(page: Page, desk: DeskProcess) -> None:
    write_as(page, desk, BAKERY, "")
    page.get_by_role("button", name=f"Publish as @{BAKERY}").click()
    expect(page.get_by_role("alert")).to_have_text("There are no words yet: write something first.")
    page.locator("#text").fill("bread " * 60)
    expect(page.locator("#meter")).to_contain_text("60 too many")
    page.get_by_role("button", name=f"Publish as @{BAKERY}").click()
    expect(page.get_by_role("alert")).to_contain_text("shorten it, nothing was sent")


def test_freeze_in_two_clicks_with_a_receipt_and_a_resume_post_by_post(
    page: Page, desk: DeskProcess
) -> None:
    write_as(page, desk, BAKERY, "Cinnamon buns tomorrow, neighbours.")
    page.get_by_text("Schedule…").click()
    page.locator("#at").fill("2099-01-02T09:00")
    page.get_by_role("button", name=f"Schedule as @{BAKERY}").click()
    expect(page.locator("#later .row")).to_contain_text("scheduled")

    page.get_by_role("link", name="Freeze").click()
    page.get_by_role("button", name="Freeze everything").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 held, 0 in flight")
    assert wrong_with(page) == []
    page.goto(desk.url)
    expect(page.get_by_role("region", name="Frozen")).to_contain_text("frozen by ana")
    page.get_by_role("link", name="See what waits, or resume").click()
    page.get_by_role("button", name="Resume the ticked ones").click()
    expect(page.get_by_role("alert")).to_contain_text("Tick what you have read again")
    page.get_by_label("I have re-read it").check()
    page.get_by_role("button", name="Resume the ticked ones").click()
    expect(page.locator("#later .row")).to_contain_text("scheduled")
    expect(page.get_by_role("region", name="Frozen")).to_have_count(0)
    page.get_by_role("button", name="Take it out").click()
    expect(page.locator("#later .row")).to_have_count(0)


def test_a_freeze_shows_itself_on_a_page_that_is_open(
    signed_in: BrowserContext, page: Page, desk: DeskProcess
) -> None:
    page.goto(f"{desk.url}/desk/")
    other = signed_in.new_page()
    other.goto(f"{desk.url}/freeze/")
    other.get_by_role("button", name=f"Freeze @{BAKERY}").click()
    expect(page.get_by_role("region", name="Frozen")).to_be_visible()
    other.get_by_role("button", name="Resume").click()
    expect(page.get_by_role("region", name="Frozen")).to_have_count(0)
    other.close()


def test_reading_and_freezing_work_without_javascript(
    browser: Browser, desk: DeskProcess, signed_in: BrowserContext
) -> None:
    context = browser.new_context(
        java_script_enabled=False, storage_state=signed_in.storage_state()
    )
    page = context.new_page()
    page.goto(desk.url)
    expect(page.locator(".rows .row")).to_have_count(2)
    page.get_by_role("link", name="Freeze").click()
    page.get_by_role("button", name=f"Freeze @{BANK}").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"Frozen: @{BANK}")
    page.get_by_role("button", name="Resume").click()
    expect(page.get_by_role("status")).to_contain_text("Resumed")
    context.close()


def test_keys_lead_to_compose_and_tell_themselves(page: Page, desk: DeskProcess) -> None:
    page.goto(f"{desk.url}/desk/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    expect(page).to_have_url(f"{desk.url}/compose/")


def test_i_made_a_mistake_opens_a_room_from_anywhere(page: Page, desk: DeskProcess) -> None:
    page.goto(f"{desk.url}/desk/")
    page.get_by_role("link", name="I made a mistake").click()
    page.get_by_role("button", name="Open a room").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose the post it is about")
    assert wrong_with(page) == []
    page.get_by_label("What happened, in one sentence").fill("We got the opening hours wrong.")
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Open a room").click()
    assert "/incidents/" in page.url


def test_what_an_account_needs_is_kept_and_checked(page: Page, desk: DeskProcess) -> None:
    page.goto(f"{desk.url}/desk/")
    page.get_by_role("link", name="Settings").first.click()
    page.get_by_label("Undo window, in seconds").fill("90")
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.get_by_text("Choose between 0 and 60 seconds.")).to_be_visible()
    page.get_by_label("Undo window, in seconds").fill("20")
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.get_by_label("Undo window, in seconds")).to_have_value("20")
    assert wrong_with(page) == []


def test_the_record_adds_up_and_can_be_taken_away(page: Page, desk: DeskProcess) -> None:
    page.goto(f"{desk.url}/desk/")
    page.get_by_role("link", name="Check it now").click()
    expect(page.get_by_role("status").filter(has_text="lines add up")).to_be_visible()
    with page.expect_download() as found:
        page.get_by_role("link", name="Export").click()
    assert Path(found.value.path()).read_text(encoding="utf-8").startswith("{")
