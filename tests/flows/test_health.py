"""Health from outside: it tells when something due does not leave, and never whose it is."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from amends.flows import clock, due, health, hold
from amends.networks.memory import Fault
from amends.store import workers
from tests.flows.conftest import RealTime, Workplace

SECRETS = ("ladera", "candil", "Ladera", "Candil", "Nobody may read this")


@pytest.fixture
def outside() -> Client:
    """Somebody who is not signed in."""
    return Client(raise_request_exception=False)


def asked(outside: Client) -> tuple[int, dict[str, Any]]:
    health._probe._good_at = float("-inf")
    answer = outside.get("/healthz")
    return answer.status_code, json.loads(answer.content)


def alive() -> None:
    for kind in health.LOOPS:
        workers.beat(f"host-1-{kind}", kind, clock.real())


def test_all_is_well_while_workers_live_and_nothing_is_late(
    workplace: Workplace, outside: Client
) -> None:
    alive()
    workplace.publish("Nobody may read this.", hours=2)
    code, told = asked(outside)
    assert (code, told["ok"], told["wrong"]) == (200, True, [])
    assert told["oldest_unsent_s"] == told["oldest_unconfirmed_s"] == 0
    assert told["waiting_for_person"] == 0
    assert [one["kind"] for one in told["workers"]] == ["listener", "sender"]


def test_a_due_text_that_does_not_leave_is_told(workplace: Workplace, outside: Client) -> None:
    alive()
    workplace.publish("Nobody may read this.")
    clock.set_offset(timedelta(minutes=4))
    assert asked(outside)[0] == 200
    clock.set_offset(timedelta(minutes=6))
    code, told = asked(outside)
    assert (code, told["wrong"]) == (503, ["unsent"])
    assert 300 < told["oldest_unsent_s"] < 400


def test_a_held_text_is_no_fault_and_one_for_a_person_is_counted(
    workplace: Workplace, outside: Client
) -> None:
    alive()
    workplace.publish("Held.")
    hold.hold("ana", "everything")
    clock.set_offset(timedelta(hours=2))
    assert asked(outside)[0] == 200
    for one in hold.active():
        hold.release("ana", one.id)
    assert asked(outside)[1]["waiting_for_person"] == 1  # missed


@pytest.mark.parametrize("kind", health.LOOPS)
def test_each_loop_must_live(
    workplace: Workplace, outside: Client, real_time: RealTime, kind: str
) -> None:
    alive()
    real_time.on(seconds=119)
    assert asked(outside)[0] == 200
    real_time.on(seconds=2)
    workers.beat(f"host-2-{kind}", kind, clock.real())
    code, told = asked(outside)
    assert (code, told["wrong"]) == (503, ["workers"])


def test_an_unconfirmed_text_has_an_age(
    workplace: Workplace, outside: Client, real_time: RealTime
) -> None:
    workplace.world.misbehave(workplace.ladera.account.handle, Fault.TIMEOUT, 1)
    workplace.publish("Nobody may read this.")
    clock.set_offset(timedelta(seconds=20))
    assert due.send_once("test")
    real_time.on(seconds=7)
    alive()
    code, told = asked(outside)
    assert code == 200
    assert 7 <= told["oldest_unconfirmed_s"] < 10


def test_a_late_poll_has_an_age(workplace: Workplace, outside: Client, real_time: RealTime) -> None:
    real_time.on(seconds=90)
    alive()
    assert 85 < asked(outside)[1]["oldest_poll_s"] < 100


def test_metrics_read_as_prometheus_does(workplace: Workplace, outside: Client) -> None:
    alive()
    workplace.publish("Nobody may read this.")
    clock.set_offset(timedelta(seconds=20))
    workplace.work()
    workplace.publish("Nobody may read this either.", hours=2)
    hold.hold("ana", "everything")
    answer = outside.get("/metrics")
    assert answer["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    lines = answer.content.decode().splitlines()
    values = dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    assert values["amends_ok"] == "1"
    assert values['amends_workers{kind="sender"}'] == "1"
    assert values['amends_outgoing{state="held"}'] == "1"
    assert values['amends_attempts_total{result="published"}'] == "1"
    assert values["amends_holds"] == "1"
    named = {line.split()[2] for line in lines if line.startswith("# TYPE")}
    assert {name.split("{")[0] for name in values} == named


def test_neither_tells_a_name_or_a_text(workplace: Workplace, outside: Client) -> None:
    alive()
    workplace.publish("Nobody may read this.")
    for path in ("/healthz", "/metrics"):
        told = outside.get(path).content.decode()
        assert not [word for word in (*SECRETS, "host-1") if word in told]


def test_the_desk_says_it_in_words_and_a_banner_speaks_when_something_is_stuck(
    workplace: Workplace, real_time: RealTime
) -> None:
    get_user_model().objects.create_user("ana", password="a lamp and a desk")
    client = Client()
    client.force_login(get_user_model().objects.get(username="ana"))
    assert "Oldest unsent: none. Workers: none at work." in client.get("/desk/").content.decode()
    alive()
    real_time.on(seconds=2)
    told = client.get("/desk/").content.decode()
    assert "Oldest unsent: none. Workers: 1, last seen 2 s ago." in told
    workplace.publish("Late.")
    clock.set_offset(timedelta(minutes=3))
    assert "has not left" not in client.get("/").content.decode()  # a worker lives: it may yet
    clock.set_offset(timedelta(minutes=7))
    told = client.get("/").content.decode()
    assert "A text has been due for 6 minutes and has not left. See under Calendar" in told
    real_time.on(minutes=3)
    told = client.get("/").content.decode()
    assert "No worker is at work: start `amends up`, or `amends work`. Nothing is lost." in told
    workplace.work()
    assert "has not left" not in client.get("/").content.decode()
