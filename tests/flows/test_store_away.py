"""A store that is away altogether: every page says so in a sentence, and typed words come back."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import InterfaceError, OperationalError, connection
from django.test import Client

from amends.flows import restore
from tests.flows.conftest import Workplace

AWAY = "The database does not answer. See that it runs, then try again."


@contextmanager
def away(error: Exception) -> Iterator[None]:
    """Let every question to the store fail."""

    def wrapper(_execute: Callable[..., Any], *_: Any) -> Any:
        raise error

    with connection.execute_wrapper(wrapper):
        yield


@pytest.fixture
def ana(workplace: Workplace) -> Client:
    get_user_model().objects.create_user("ana", password="a lamp and a desk")
    client = Client(raise_request_exception=False)
    client.force_login(get_user_model().objects.get(username="ana"))
    return client


@pytest.mark.parametrize(
    "error",
    [OperationalError("connection refused"), InterfaceError("connection already closed")],
    ids=["refused", "closed"],
)
def test_a_store_that_is_away_is_said_on_every_page(ana: Client, error: Exception) -> None:
    with away(error):
        for path in ("/", "/calendar/", "/desk/", "/compose/"):
            page = ana.get(path)
            assert page.status_code == 503, path
            assert AWAY in page.content.decode()
        page = ana.post("/compose/", {"text": "What I had typed.", "action": "publish"})
        assert page.status_code == 503
        assert "What I had typed." in page.content.decode()
        part = ana.get("/home/part/", headers={"HX-Request": "true"})
        assert part.status_code == 422
        assert AWAY in part.content.decode()
        health = ana.get("/healthz")
        assert (health.status_code, json.loads(health.content)["wrong"]) == (503, ["store"])
        assert "amends_ok 0" in ana.get("/metrics").content.decode()
    assert ana.get("/").status_code == 200


def test_the_file_of_the_newest_line_is_whole_whoever_writes_it(tmp_path: Path) -> None:
    """Both loops of a worker keep it; a half of it would hide that an older store was put back."""
    kept = [restore.Newest(1, n, "f" * 64, "0" * 64, "2026-01-01") for n in range(200)]
    broken: list[object] = []
    over = threading.Event()

    def write() -> None:
        for one in kept:
            restore.keep_newest(tmp_path, one)

    def read() -> None:
        while not over.is_set():
            if (tmp_path / restore.FILE).exists() and restore.kept_newest(tmp_path) is None:
                broken.append("half a file")

    writers = [threading.Thread(target=write) for _ in range(4)]
    reader = threading.Thread(target=read)
    for thread in (reader, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    over.set()
    reader.join()
    assert broken == []
    assert restore.kept_newest(tmp_path) == kept[-1]
