"""A thread with pictures, written in one box, in Chromium on the practice brands."""

import io
from collections.abc import Iterator

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, expect

from tests.e2e.browser import chromium, make_owner
from tests.e2e.process import DeskProcess, desk_in

pytestmark = pytest.mark.browser

THREAD = "On Monday we open at nine.\n---\nOn Tuesday at ten.\n---\nThank you for waiting."
WIDE = 200


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskProcess]:
    with desk_in(tmp_path_factory.mktemp("threads")) as running:
        yield running


@pytest.fixture(scope="module")
def signed_in(browser: Browser, desk: DeskProcess) -> BrowserContext:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    make_owner(page, desk.url)
    page.get_by_role("button", name="Practise").click()
    expect(page.get_by_role("heading", name="All calm")).to_be_visible()
    page.close()
    return context


@pytest.fixture
def page(signed_in: BrowserContext, desk: DeskProcess) -> Iterator[Page]:
    found = signed_in.new_page()
    found.goto(f"{desk.url}/compose/?new=1")
    found.get_by_role("link", name="ladera").first.click()
    expect(found.get_by_role("heading", name="Writing as @ladera.practice")).to_be_attached()
    yield found
    found.close()


def picture(colour: str = "teal") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (WIDE, 120), colour).save(out, "JPEG")
    return out.getvalue()


def file(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "image/jpeg", "buffer": content}


def add(page: Page, *files: FilePayload) -> None:
    page.get_by_label("Add pictures").set_input_files(list(files))


def give_a_reason(page: Page) -> None:
    """Say why it goes on, where a rule asks."""
    if page.locator("#reason").count():
        page.locator("#reason").fill("Read by two.")


def test_each_post_is_counted_as_it_is_typed(page: Page) -> None:
    page.get_by_label("Text, as").fill(THREAD)
    expect(page.locator("#meter")).to_contain_text("3 posts")
    page.get_by_label("Text, as").fill(THREAD.replace("at ten", "at ten " * 60))
    expect(page.locator("#meter")).to_contain_text("Post 2")
    expect(page.locator(".meter__over")).to_contain_text("too many")
    page.get_by_label("Text, as").fill("One.")
    expect(page.locator("#meter")).to_contain_text("4 / 300")
    expect(page.locator("#meter")).not_to_contain_text("posts")


def test_a_thread_with_pictures_is_described_published_and_seen(
    page: Page, desk: DeskProcess
) -> None:
    page.get_by_label("Text, as").fill(THREAD)
    expect(page.locator("#meter")).to_contain_text("3 posts")
    add(page, file("door.jpg", picture()), file("clock.jpg", picture("maroon")))
    expect(page.locator(".picture")).to_have_count(2)
    expect(page.get_by_label("Text, as")).to_have_value(THREAD)
    shown = page.locator(".picture__seen").first
    page.wait_for_function("() => document.querySelector('.picture__seen').naturalWidth")  # loaded
    assert shown.evaluate("one => one.naturalWidth") == WIDE
    expect(page.get_by_text("Not described yet").first).to_be_visible()
    with page.expect_response("**/compose/review/"):
        page.get_by_label("What picture 1 shows").fill("Our door, open.")
    expect(page.get_by_text("Not described yet").first).to_be_hidden()
    with page.expect_response("**/compose/review/"):
        page.get_by_label("Goes with post").nth(1).fill("3")
        page.get_by_label("Goes with post").nth(1).blur()
    page.reload()
    expect(page.get_by_label("What picture 1 shows")).to_have_value("Our door, open.")
    expect(page.get_by_label("Goes with post").nth(1)).to_have_value("3")
    give_a_reason(page)
    page.get_by_role("button", name="Publish as").click()
    page.wait_for_url("**/calendar/**")
    expect(page.get_by_role("button", name="Undo all 3 posts")).to_be_visible()
    expect(page.locator("#leaving")).to_contain_text("waits for post 1")
    page.get_by_role("button", name="Next post").click()
    expect(page.locator("#lately")).to_contain_text("3 of 3 live", timeout=30_000)
    expect(page.get_by_alt_text("Our door, open.")).to_be_visible()


def test_a_thread_is_undone_whole_or_from_a_post_on(page: Page) -> None:
    page.get_by_label("Text, as").fill(THREAD)
    page.get_by_text("Schedule…").click()
    page.get_by_label("Day and hour").fill("2037-03-02T09:30")
    give_a_reason(page)
    page.get_by_role("button", name="Schedule as").click()
    page.wait_for_url("**/calendar/**")
    page.get_by_role("button", name="Take post 3 out").click()
    expect(page.get_by_text("Undone").first).to_be_visible()
    expect(page.get_by_role("button", name="Take all 2 posts out")).to_be_visible()
    page.get_by_role("button", name="Take all 2 posts out").click()
    expect(page.get_by_text("Undone, with the posts after it")).to_be_visible()
    expect(page.locator("#later")).not_to_contain_text("On Tuesday")


def test_what_cannot_be_sent_is_named_and_the_rest_is_there(page: Page) -> None:
    page.get_by_label("Text, as").fill("Look at this.")
    svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    add(page, file("good.jpg", picture("olive")), file("bad.jpg", svg))
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("bad.jpg: This is not a picture that can be read here.")
    expect(page.locator(".picture")).to_have_count(1)
    expect(page.get_by_label("Text, as")).to_have_value("Look at this.")
    page.get_by_role("button", name="Remove picture 1").click()
    expect(page.locator(".picture")).to_have_count(0)


def test_enter_sends_nothing(page: Page) -> None:
    page.get_by_label("Text, as").fill("Look at this. Dear {{first_name}}, come.")
    expect(page.locator("#reason")).to_be_visible()
    page.locator("#reason").press("Enter")
    page.wait_for_url("**/compose/?draft=**")
    expect(page.get_by_label("Text, as")).to_have_value("Look at this. Dear {{first_name}}, come.")


def test_without_javascript_a_chosen_picture_is_never_left_behind(
    signed_in: BrowserContext, browser: Browser, desk: DeskProcess
) -> None:
    plain = browser.new_context(java_script_enabled=False)
    plain.add_cookies(signed_in.cookies())  # type: ignore[arg-type]
    page = plain.new_page()
    page.goto(f"{desk.url}/compose/?new=1")
    page.get_by_role("link", name="ladera").first.click()
    page.get_by_label("Text, as").fill("Only words so far.")
    add(page, file("door.jpg", picture("navy")))
    page.get_by_role("button", name="Publish as").click()
    expect(page.get_by_role("alert")).to_contain_text("look at them, then publish")
    expect(page.locator(".picture")).to_have_count(1)
    plain.close()


def test_a_picture_is_for_people_who_are_signed_in(page: Page, desk: DeskProcess) -> None:
    page.get_by_label("Text, as").fill("Look.")
    add(page, file("door.jpg", picture("gold")))
    address = page.locator(".picture__seen").get_attribute("src")
    assert address is not None
    seen = page.request.get(f"{desk.url}{address}")
    assert (seen.status, seen.headers["content-type"]) == (200, "image/jpeg")
    assert seen.headers["content-security-policy"].startswith("sandbox")
    assert seen.headers["x-content-type-options"] == "nosniff"
    assert "private" in seen.headers["cache-control"]
    stranger = httpx.get(f"{desk.url}{address}", follow_redirects=False)
    assert stranger.status_code == 302
    assert "/accounts/login/" in stranger.headers["location"]
    assert page.request.get(f"{desk.url}/media/{'0' * 64}").status == 404


@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_fits_and_can_be_read_by_everybody(page: Page, width: int) -> None:
    page.get_by_label("Text, as").fill(THREAD)
    add(page, file("door.jpg", picture()), file("clock.jpg", picture("maroon")))
    expect(page.locator(".picture")).to_have_count(2)
    page.set_viewport_size({"width": width, "height": 780})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(page).response["violations"]
    assert [one["id"] for one in found] == []
