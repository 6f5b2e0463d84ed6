"""A full disk: one clear sentence, the typed words given back, and nothing lost or sent."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from django.contrib.auth import get_user_model
from django.db import OperationalError, connection
from django.test import Client

from amends.flows import due, record
from amends.store import outgoings
from amends.vocabulary.outgoing import LIVE, OutgoingState
from tests.cast import JOKE
from tests.flows.conftest import RealTime, Workplace
from tests.flows.test_health import alive, asked

LONG = "We tell you what we know. " * 10
TYPED = "Our branches open at nine. " * 2_000


@contextmanager
def room_for(pages: int) -> Iterator[None]:
    """Let the store grow by so many pages and no more."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # no page is free inside of it
        cursor.execute("PRAGMA page_count")
        now = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {now + pages}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1073741823")


@pytest.mark.django_db(transaction=True)
def test_a_full_disk_says_so_and_gives_the_words_back(workplace: Workplace) -> None:
    get_user_model().objects.create_user("ana", password="a lamp and a desk")
    client = Client(raise_request_exception=False)
    client.force_login(get_user_model().objects.get(username="ana"))
    page = client.get(f"/compose/?account={workplace.ladera.account.id}")
    state = page.content.decode().split('name="state" value="', 1)[1].split('"', 1)[0]
    with room_for(0):
        text = (JOKE + TYPED)[:19_000]
        answer = client.post("/compose/", {"state": state, "text": text, "action": "publish"})
        assert answer.status_code == 503
        told = answer.content.decode()
        assert "The disk is full. Free some space, then try again." in told
        assert "Our branches open at nine." in told
    assert outgoings.upcoming() == ()
    assert client.get("/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_disk_that_fills_while_texts_leave_doubles_and_loses_none(
    workplace: Workplace, real_time: RealTime
) -> None:
    get_user_model().objects.create_user("ana", password="a lamp and a desk")
    client = Client(raise_request_exception=False)
    client.force_login(get_user_model().objects.get(username="ana"))
    stopped = 0
    for round_ in range(12):  # each round the disk is full a page later, so elsewhere on the way
        texts = [f"{round_}.{n} {LONG}" for n in range(4)]
        keys = [workplace.publish(text) for text in texts]
        real_time.on(seconds=11)
        with room_for(round_ // 2):
            for _step in range(24):
                with suppress(OperationalError):
                    due.send_once("one")
            stopped += sum(outgoings.load(key).state not in LIVE for key in keys)
            page = client.get("/calendar/")
            assert page.status_code == 200
            assert all(texts[n][:4] in page.content.decode() for n in range(4))
        for _wait in range(4):
            while due.send_once("next"):
                pass
            real_time.on(seconds=125)
        assert [outgoings.load(key).state for key in keys] == [OutgoingState.CONFIRMED] * 4
        assert [workplace.on_the_wall(text) for text in texts] == [1] * 4
    assert stopped > 4, "the disk was never in the way"
    report = record.verify()
    assert report.ok, report.why


@pytest.mark.django_db(transaction=True)
def test_a_store_that_takes_no_write_is_told_outside(workplace: Workplace) -> None:
    outside = Client(raise_request_exception=False)
    alive()
    assert asked(outside)[0] == 200
    with room_for(0):
        code, told = asked(outside)
        assert (code, told["wrong"]) == (503, ["store"])
        assert "amends_ok 0" in outside.get("/metrics").content.decode()
    assert asked(outside)[0] == 200
    with read_only():
        code, told = asked(outside)
        assert (code, told["wrong"]) == (503, ["store"])


class read_only:  # noqa: N801 - reads as `with read_only()`
    """No write at all."""

    def __enter__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only = ON")

    def __exit__(self, *_: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only = OFF")
