"""A running desk whose folder loses its rights: a clear page, the words kept, nothing lost."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.outside import free_port, until
from tests.unit.cli.test_backup import Desk
from tests.unit.cli.test_store_commands import as_nobody, environment

NOBODY = 65534
TYPED = "Our branches open at nine."


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    made.play(f"set_up({str(made.world)!r})")
    made.play('get_user_model().objects.create_user("ana", password="a lamp and a desk")')
    return made


@contextmanager
def running(desk: Desk, tmp_path: Path) -> Iterator[int]:
    """A desk that runs as somebody who is not root, since root may write everywhere."""
    before = as_nobody()
    if before:
        probe = subprocess.run([*before, sys.executable, "-c", ""], check=False)
        if probe.returncode != 0:
            pytest.skip("another user may not run this Python here")
        for above in (tmp_path, *tmp_path.parents):
            if above != Path("/tmp") and above.is_relative_to("/tmp"):
                above.chmod(above.stat().st_mode | 0o055)
        for one in (tmp_path, desk.data, desk.world, *desk.data.iterdir()):
            os.chown(one, NOBODY, NOBODY)
    port = free_port()
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(
            [*before, sys.executable, "-m", "amends.cli", "up", "--port", str(port)],
            env=environment(desk.data),
            stdout=log,
            stderr=log,
            cwd="/",
        )
    try:
        until(lambda: is_well(port), 60)
        yield port
    finally:
        process.kill()
        process.wait()


def is_well(port: int) -> bool:
    try:
        return httpx.get(f"http://localhost:{port}/healthz", timeout=30).status_code == 200
    except httpx.TransportError:
        return False


def rights(desk: Desk, *, folder: int, files: int) -> None:
    for one in desk.data.iterdir():
        one.chmod(files)
    desk.data.chmod(folder)


def test_a_running_desk_that_loses_its_rights_says_so_and_keeps_the_words(
    desk: Desk, tmp_path: Path
) -> None:
    with (
        running(desk, tmp_path) as port,
        httpx.Client(base_url=f"http://localhost:{port}", timeout=60) as page,
    ):
        token = value(page.get("/accounts/login/"), "csrfmiddlewaretoken")
        given = {"login": "ana", "password": "a lamp and a desk", "csrfmiddlewaretoken": token}
        assert page.post("/accounts/login/", data=given).status_code == 302
        sent = {
            "state": value(page.get("/compose/"), "state"),
            "csrfmiddlewaretoken": page.cookies["amends-csrf"],
            "text": TYPED,
            "reason": "Read by two.",
            "action": "publish",
        }
        rights(desk, folder=0o555, files=0o444)
        answer = page.post("/compose/", data=sent)
        assert answer.status_code == 503, answer.text
        assert "Give it its rights back, then try again." in answer.text
        assert TYPED in answer.text
        told = until(lambda: not_well(page), 60)
        assert told["wrong"] == ["store"]
        rights(desk, folder=0o755, files=0o644)
        assert page.post("/compose/", data=sent).status_code == 302
        until(lambda: desk.wall() == [TYPED], 60)
        until(lambda: is_well(port), 60)
    assert desk.wall() == [TYPED]


def not_well(page: httpx.Client) -> dict[str, object]:
    answer = page.get("/healthz")
    return dict(answer.json()) if answer.status_code == 503 else {}


def value(answer: httpx.Response, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', answer.text)
    assert found is not None, answer.text
    return found.group(1)
