"""A bad evening in practice, on the pages of Listen, the room and the lesson, in Chromium.

Only clicks and keys on a desk of its own; the practice audience speaks, and time is moved on
by the buttons of the practice banner.
"""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from amends.flows.practice_words import JOKE
from tests.e2e.browser import PASSWORD, chromium, make_owner
from tests.e2e.process import DeskProcess, desk_in
from tests.outside import until

pytestmark = pytest.mark.browser

BAD = "We are sorry if anyone was offended, but mistakes were made by an intern."
GOOD = (
    "Today we posted a joke about overdrafts. It hurt people who struggle to pay: it was wrong, "
    "it was our mistake, and we are sorry. We answer each of you today, and from today a second "
    "person reads every post before it goes out."
)
LETTER = (
    "You wrote that you were evicted in March. I published a joke about exactly that. It was "
    "wrong, and I am sorry that it hurt you. May I call you tomorrow at ten? Ana, Ladera"
)
FIRST_WORD = (
    "We have read what you tell us about our post of this evening. We are finding out how it came "
    "about and whom it hurt. We will be back here at 23:00 today, also if we know nothing new."
)
STEPS = ("hold/", "facts/", "options/", "statement/", "people/", "settle/", "lesson/")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[DeskProcess]:
    """A desk of ana's that practises."""
    with desk_in(tmp_path_factory.mktemp("evening")) as running:
        context = browser.new_context()
        page = context.new_page()
        make_owner(page, running.url)
        press(page, "Practise")
        expect(page.get_by_role("navigation", name="Rooms")).to_be_visible()
        context.close()
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page on which nothing breaks unseen: an error of the server or a script fails the test."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    opened = context.new_page()
    broken: list[str] = []
    opened.on("pageerror", lambda error: broken.append(str(error)))
    opened.on("response", lambda one: broken.append(one.url) if one.status >= 500 else None)
    yield opened
    assert broken == []
    context.close()


def refuse_barriers(page: Page) -> None:
    """Refuse what axe finds, and a page that must be scrolled sideways."""
    found = Axe().run(page)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
    wide = page.locator("html").evaluate("page => page.scrollWidth - page.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} px too wide"


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=re.compile(f"^{name}")).click()


def only_primary(page: Page) -> None:
    """Refuse a page with more than one thing to do next."""
    assert page.locator("main .button--primary:visible").count() <= 1, page.url


def sign_in(page: Page, desk: DeskProcess) -> None:
    page.goto(f"{desk.url}/incidents/")
    page.locator("#id_login").fill("ana")
    page.locator("#id_password").fill(PASSWORD)
    page.locator("main").get_by_role("button").first.click()
    expect(page.get_by_role("navigation", name="Rooms")).to_be_visible()


def publish_the_joke(page: Page, desk: DeskProcess) -> str:
    """Publish the waiting draft all the same, and return the post's page."""
    sign_in(page, desk)
    page.goto(f"{desk.url}/compose/")
    expect(page.locator("#text")).to_have_value(JOKE)
    page.get_by_label("It is right for @ladera.practice").fill("A lighter tone today.")
    press(page, "Publish as")
    page.goto(f"{desk.url}/calendar/")
    post = page.locator("main a[href^='/posts/']").first
    expect(post).to_be_visible(timeout=60_000)
    return f"{desk.url}{post.get_attribute('href')}"


def the_alarm_appears(page: Page, post: str) -> None:
    """Let the audience speak, in another tab, while this page stands open."""
    page.goto(re.sub("/posts/.*", "/lessons/", post))
    expect(page.locator(".alarm")).to_have_count(0)
    other = page.context.new_page()
    other.goto(post)
    press(other, "Practice: let the audience answer")
    expect(page.locator(".alarm")).to_contain_text("different people in", timeout=60_000)
    expect(page.locator(".alarm")).to_contain_text("about the")
    other.close()
    page.locator(".alarm").get_by_role("link", name="Its record").click()
    expect(page.locator("main")).to_contain_text(
        "If the usual level shown here is right, at most one false alarm in 30 days is expected."
    )
    refuse_barriers(page)
    only_primary(page)


def agree_on_the_facts(page: Page) -> None:
    page.get_by_label("In one sentence").fill("The post went out as @ladera.practice.")
    page.get_by_label("Known: we have seen it ourselves").check()
    press(page, "Write it down")
    expect(page.get_by_text("The post went out as @ladera.practice.").first).to_be_visible()
    press(page, "Agree")
    expect(page.get_by_role("alert")).to_contain_text("Say whose doing it was")
    page.get_by_label("Ours: one of us did it by mistake").check()
    page.get_by_label("It offended, mocked or shamed them").check()
    page.get_by_label("Well enough").check()
    press(page, "Agree")


def choose_the_apology(page: Page) -> None:
    expect(page.get_by_role("heading", name="What we do not do")).to_be_visible()
    assert page.locator("main").get_by_label("Remove it and say nothing").count() == 0
    page.get_by_label("Apologise to everyone and say what you repair").check()
    press(page, "Choose this answer")
    expect(page.get_by_role("alert")).to_contain_text("Write one sentence why")
    assert page.get_by_label("Apologise to everyone and say what you repair").is_checked()
    page.get_by_label("Why this one, in one sentence").fill("It was ours, and it hurt people.")
    press(page, "Choose this answer")


def say_it_well(page: Page) -> None:
    """A bad apology is stopped with reasons, typed or saved; a good one goes out."""
    page.locator("#statement-text").fill(BAD)
    findings = page.locator("#findings")
    expect(findings).to_contain_text("The rules stop this text", timeout=15_000)
    expect(findings.locator("mark", has_text="if anyone was offended").first).to_be_visible()
    press(page, "Save")
    expect(page.locator("#approve")).to_contain_text("The rules stop this text")
    press(page, "Approve .* all the same")
    expect(page.get_by_role("alert")).to_contain_text("Change the text")
    page.locator("#statement-text").fill(GOOD)
    expect(page.locator("#anatomy")).to_contain_text("our mistake", timeout=15_000)
    press(page, "Save")
    expect(page.locator("#approve .words")).to_have_text(GOOD)
    reason = page.locator("#approve").get_by_label("Why it is right as it is")
    if reason.count():
        reason.fill("Two of us read it aloud.")
    press(page, "Approve .* and publish")
    expect(page.locator("#outcome")).to_contain_text("live", timeout=60_000)


def answer_the_hurt(page: Page, room: str) -> None:
    page.goto(f"{room}people/")
    row = page.locator(".row", has_text="I was evicted in March")
    row.get_by_role("link", name=re.compile("^Write")).click()
    page.locator("#answer-text").fill(LETTER)
    page.get_by_label("Why it is right as it is").fill("Written for this person.")
    press(page, "Send this answer")
    expect(row.get_by_role("link", name=re.compile("^Write"))).to_have_count(0)  # no second one
    expect(row).to_contain_text("sent", timeout=60_000)


def test_a_bad_evening(page: Page, desk: DeskProcess) -> None:
    post = publish_the_joke(page, desk)
    the_alarm_appears(page, post)
    page.locator("main").get_by_role("link", name="Open room").click()
    expect(page.locator("#room-head")).to_be_visible()
    room = page.url
    expect(page.locator("#room-head")).to_contain_text("Major")
    press(page, "Take the lead")
    expect(page.locator("#room-head")).to_contain_text("you lead")
    for step in ("", *STEPS):
        page.goto(f"{room}{step}")
        refuse_barriers(page)
        only_primary(page)

    page.goto(room)
    page.locator("#room-head .button--primary").click()
    press(page, "Freeze now")
    expect(page.get_by_text(re.compile("held · .* in flight"))).to_be_visible()

    page.goto(room)
    page.locator("#room-head .button--primary").click()
    agree_on_the_facts(page)
    choose_the_apology(page)
    say_it_well(page)
    answer_the_hurt(page, room)
    refuse_barriers(page)

    press(page, r"\+6 h")
    press(page, r"\+30 min")
    page.goto(f"{room}settle/")
    refuse_barriers(page)
    press(page, "Settle it")
    expect(page.get_by_role("heading", name="It is settled")).to_be_visible()

    page.goto(f"{room}lesson/")
    press(page, "Draw a lesson")
    press(page, "Replay over the history")
    expect(page.get_by_text("It catches its own mistake")).to_be_visible()
    refuse_barriers(page)
    press(page, "Adopt this lesson")
    expect(page.get_by_role("heading", name="This lesson asks")).to_be_visible()

    page.goto(f"{desk.url}/compose/?new=1")
    page.get_by_role("link", name="Write as @ladera.practice").click()
    page.locator("#text").fill(JOKE)
    expect(page.locator("#verdict")).to_contain_text("made before", timeout=15_000)
    expect(page.locator("#verdict")).to_contain_text("Our croissants have more layers")


def test_what_a_person_says_of_a_reading_counts(page: Page, desk: DeskProcess) -> None:
    sign_in(page, desk)
    page.goto(f"{desk.url}/listen/?reproach=1")
    refuse_barriers(page)
    row = page.locator(".said-row").first
    name = row.locator(".said-row__who").inner_text()
    row.get_by_role("button", name="This is not reproach").click()
    expect(page.locator(".said-row", has_text=name)).to_have_count(0)
    page.goto(f"{desk.url}/listen/")
    expect(page.locator(".said-row", has_text=name).first).to_contain_text("says ana")


def test_a_reply_is_linted_before_it_leaves(page: Page, desk: DeskProcess) -> None:
    sign_in(page, desk)
    page.goto(f"{desk.url}/listen/")
    row = page.locator(".said-row", has_text="forty minutes").first
    row.get_by_role("link", name=re.compile("^Reply")).click()
    page.get_by_label("Your answer").fill("Calm down, it is only a form.")
    expect(page.locator("#findings")).to_contain_text("Instead:", timeout=15_000)
    refuse_barriers(page)
    press(page, "Answer as")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Your answer")).to_have_value("Calm down, it is only a form.")
    page.get_by_label("Your answer").fill("I am sorry that you waited forty minutes. Ana")
    page.get_by_label("Why it is right as it is").fill("Read twice.")
    press(page, "Answer as")
    expect(page.get_by_text("leaves after the undo time")).to_be_visible()


def test_without_scripts_a_person_freezes_and_approves(browser: Browser, desk: DeskProcess) -> None:
    context = browser.new_context(java_script_enabled=False, color_scheme="dark")
    page = context.new_page()
    sign_in(page, desk)
    page.goto(f"{desk.url}/mistake/")
    page.get_by_role("radio", name="@candil.practice").last.check()  # an account, no post
    page.locator("main form").get_by_role("button").first.click()
    page.locator("#room-head .button--primary").click()
    press(page, "Freeze now")
    expect(page.get_by_text(re.compile("held · .* in flight")).first).to_be_visible()
    page.get_by_role("link", name="Statement").click()
    page.locator("#statement-text").fill(FIRST_WORD)
    press(page, "Save")
    reason = page.locator("#approve").get_by_label("Why it is right as it is")
    if reason.count():
        reason.fill("It says what we know.")
    press(page, "Approve .* and publish")

    def is_live() -> bool:
        page.reload()
        return "live" in page.locator("#outcome").inner_text()

    until(is_live, 60)
    context.close()
