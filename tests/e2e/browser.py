"""A real Chromium, and the few things that every journey does in it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests import tools

FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PASSWORD = "a lamp, a desk, a quiet room"


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run a headless Chromium."""
    program = tools.chromium()
    assert program is not None
    root = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium refuses to run as root else
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(program), args=[*FLAGS, *root])
        try:
            yield browser
        finally:
            browser.close()


def make_owner(page: Page, url: str, name: str = "ana") -> None:
    """Make the owner's account, as the first page asks."""
    page.goto(url)
    page.get_by_label("Your name at this desk").fill(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)
    page.get_by_role("button", name="Make my account").click()
    expect(page.get_by_role("heading", name="Two ways to begin")).to_be_visible()
