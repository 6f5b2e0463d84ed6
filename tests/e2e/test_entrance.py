"""The entrance as strangers and forgetful owners meet it."""

from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from tests.e2e.browser import chromium, make_owner
from tests.e2e.process import desk_in

pytestmark = pytest.mark.browser


def test_too_many_tries_are_said_and_strangers_see_no_rooms(tmp_path: Path) -> None:
    with desk_in(tmp_path / "desk") as desk, chromium() as browser:
        owner = browser.new_context().new_page()
        owner.goto(desk.url)
        owner.get_by_label("Your name at this desk").fill("Mia Berger")
        owner.get_by_role("button", name="Make my account").click()
        expect(owner.get_by_text("letters and digits without spaces").first).to_be_visible()
        make_owner(owner, desk.url)
        stranger = browser.new_context().new_page()
        for _ in range(6):
            stranger.goto(f"{desk.url}/accounts/login/")
            stranger.get_by_label("Username").fill("ana")
            stranger.get_by_label("Password").fill("not this one")
            stranger.get_by_role("button", name="Sign in").click()
            stranger.wait_for_load_state()
        expect(stranger.get_by_text("Too many tries: wait five minutes")).to_be_visible()
        lost = httpx.get(f"{desk.url}/no-such-page/")
        assert lost.status_code == 404
        assert "Incidents" not in lost.text
        owner.goto(desk.url)
        desk.stop()
        assert "Traceback" not in desk.log
