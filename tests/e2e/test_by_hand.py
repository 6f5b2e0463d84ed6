"""A day with an account that people work by hand, in Chromium: added, written, copied, done."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import chromium, make_owner
from tests.e2e.process import desk_in
from tests.e2e.test_pages import wrong_with

pytestmark = pytest.mark.browser

TEXT = "The oven is warm again.\n\nCome by from seven."
LINK = "https://x.com/candil/status/1"


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    """A desk whose clock may be moved, with its owner signed in."""
    with desk_in(tmp_path, AMENDS_CLOCK_MOVES="1") as desk, chromium() as browser:
        context = browser.new_context(
            viewport={"width": 360, "height": 800},
            permissions=["clipboard-read", "clipboard-write"],
        )
        found = context.new_page()
        make_owner(found, desk.url)
        yield found


def add_account(page: Page) -> None:
    page.get_by_role("link", name="Add an account by hand").click()
    page.get_by_label("Where it is").select_option("x")
    page.get_by_label("Handle").fill("candil")
    page.get_by_label("Brand", exact=True).fill("Candil")
    page.get_by_label("Time zone").fill("Europe/Madrid")
    assert wrong_with(page) == []
    page.get_by_role("button", name="Add this account").click()
    expect(page.get_by_role("status")).to_contain_text("@candil is here")


def test_a_text_is_copied_put_out_and_said_to_be_out(page: Page) -> None:
    add_account(page)
    page.goto("/".join(page.url.split("/")[:3]) + "/compose/?new=1")
    page.get_by_role("textbox", name="Text, as @candil").fill(TEXT)
    expect(page.locator("#meter")).to_contain_text("44 / 280 characters, as X counts")
    assert wrong_with(page) == []
    page.get_by_role("button", name="Make a card for @candil").click()
    expect(page.get_by_text("yours in")).to_be_visible()
    card = page.get_by_role("link", name="Open the card @candil")
    expect(card).to_be_visible(timeout=30_000)  # it comes by itself, after the undo window
    card.click()
    assert wrong_with(page) == []
    page.get_by_role("button", name="Copy the text").press("Enter")
    expect(page.locator("#card-said")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == TEXT
    expect(page.locator("#card-state")).to_contain_text("It is in your hands")
    open_x = page.get_by_role("link", name="Open X")
    assert open_x.get_attribute("href") == "https://x.com/compose/post"
    page.get_by_label("Paste its link on X").fill(LINK)
    page.get_by_role("button", name="It is out").click()
    expect(page.get_by_text("out, says ana")).to_be_visible()
    assert wrong_with(page) == []


def test_a_hold_stops_the_copy_button_of_an_open_card(page: Page) -> None:
    add_account(page)
    root = "/".join(page.url.split("/")[:3])
    page.goto(f"{root}/compose/?new=1")
    page.get_by_role("textbox", name="Text, as @candil").fill(TEXT)
    page.get_by_role("button", name="Make a card for @candil").click()
    page.get_by_role("button", name="+5 min").click()
    page.get_by_role("link", name="Open the card @candil").click()
    copy = page.get_by_role("button", name="Copy the text")
    copy.focus()  # in use, so the button stays where it is
    other = page.context.new_page()
    other.goto(f"{root}/freeze/")
    other.get_by_role("button", name="Freeze everything").click()
    expect(page.locator("#card-state")).to_contain_text("Held: do not put it out.")
    expect(copy).to_be_disabled()
    page.evaluate("navigator.clipboard.writeText('before')")
    copy.press("Enter")
    assert page.evaluate("navigator.clipboard.readText()") == "before"
