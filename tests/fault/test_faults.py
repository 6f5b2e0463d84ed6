"""Each fault does what it says: seen from the wire, and by the network's own ledger."""

import threading
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx
import pytest

from tests.fault.faults import Fault
from tests.fault.server import FaultNetwork
from tests.fault.speakers import OnBluesky, OnMastodon, Speaker
from tests.outside import until

CLOSED = "closed"
NOT_JSON = "not JSON"
# fault, what else is given, what the caller sees (a status, CLOSED, NOT_JSON), how many are out
ROWS: list[tuple[Fault, dict[str, object], int | str, int]] = [
    (Fault.DROP_BEFORE, {}, CLOSED, 0),
    (Fault.ERROR_BEFORE, {}, 500, 0),
    (Fault.ERROR_BEFORE, {"status": 503}, 503, 0),
    (Fault.WRONG_JSON_BEFORE, {}, NOT_JSON, 0),
    (Fault.POLICY, {}, 403, 0),
    (Fault.QUOTA, {"seconds": 60, "say": "retry-after"}, 429, 0),
    (Fault.REDIRECT, {}, 302, 0),
    (Fault.ANSWER, {"status": 418}, 418, 0),
    (Fault.ANSWER, {"status": 0}, CLOSED, 0),
    (Fault.ANSWER, {"status": 418, "after": True}, 418, 1),
    (Fault.DROP_AFTER, {}, CLOSED, 1),
    (Fault.ERROR_AFTER, {}, 500, 1),
    (Fault.ERROR_AFTER, {"status": 502}, 502, 1),
    (Fault.WRONG_JSON, {}, NOT_JSON, 1),
    (Fault.WRONG_JSON, {"say": "truncated"}, NOT_JSON, 1),
    (Fault.CUT, {}, CLOSED, 1),
    (Fault.SLOW, {"seconds": 200}, 200, 1),
    (Fault.SILENT_DROP, {}, 200, 0),
    (Fault.READ_LAG, {"seconds": 30}, 200, 1),
]


def seen(ours: Speaker, text: str, key: str = "key") -> int | str:
    """Return what a caller sees of one send."""
    try:
        answer = ours.publish(text, key)
    except httpx.RemoteProtocolError:
        return CLOSED
    try:
        answer.json()
    except ValueError:
        return NOT_JSON if answer.status_code == 200 else answer.status_code
    return answer.status_code


@pytest.mark.parametrize(
    ("fault", "given", "wanted", "out"), ROWS, ids=[f"{row[0]} {row[1]}" for row in ROWS]
)
def test_what_the_caller_sees_and_what_is_out(
    ours: Speaker,
    network: FaultNetwork,
    fault: Fault,
    given: dict[str, object],
    wanted: int | str,
    out: int,
) -> None:
    network.misbehave(fault, **given)
    assert seen(ours, "Sorry.") == wanted
    assert network.published("Sorry.") == network.standing("Sorry.") == out
    network.behave()
    network.advance(60)
    assert ours.texts() == ["Sorry."] * out


def test_the_documented_refusal_is_in_the_dialects_own_form(
    ours: Speaker, network: FaultNetwork
) -> None:
    network.misbehave(Fault.REFUSE)
    answer = ours.publish("Sorry.")
    assert answer.status_code == (400 if ours.dialect == "bluesky" else 422)
    assert answer.json()["error"]
    assert network.published("Sorry.") == 0
    assert ours.publish("Sorry.").status_code == 200


# --- which requests it meets ---------------------------------------------------------------------


def test_a_fault_comes_once_unless_told_otherwise(ours: Speaker, network: FaultNetwork) -> None:
    network.misbehave(Fault.POLICY)
    assert [seen(ours, "One."), seen(ours, "One.")] == [403, 200]
    network.misbehave(Fault.POLICY, times=2)
    assert [seen(ours, "Two.", "two") for _ in range(3)] == [403, 403, 200]
    always = network.misbehave(Fault.POLICY, times=0)
    assert [seen(ours, "Three.", "three") for _ in range(3)] == [403, 403, 403]
    network.behave(always)
    assert seen(ours, "Three.", "three") == 200
    assert network.troubles() == []


def test_a_fault_waits_for_its_own_text(ours: Speaker, network: FaultNetwork) -> None:
    network.misbehave(Fault.DROP_AFTER, text="apology 2")
    assert seen(ours, "The apology 1.", "one") == 200
    assert seen(ours, "The apology 2.", "two") == CLOSED
    assert network.counts(["The apology 1.", "The apology 2."]) == {
        "The apology 1.": [1, 1],
        "The apology 2.": [1, 1],
    }


def test_a_fault_waits_for_its_own_kind(ours: Speaker, network: FaultNetwork) -> None:
    for kind, status in {"remove": 501, "read": 502, "listen": 503, "upload": 504}.items():
        network.misbehave(Fault.ANSWER, kind=kind, status=status)
    post = ours.publish("Sorry.")
    id_ = ours.id_of(post)
    calls = (ours.upload, ours.listen, lambda: ours.read(id_), lambda: ours.remove(id_))
    assert [call().status_code for call in calls] == [504, 503, 502, 501]
    assert network.standing("Sorry.") == 1
    assert [call().status_code for call in calls] == [200, 200, 200, 200]
    assert network.standing("Sorry.") == 0
    assert network.published("Sorry.") == 1


def test_a_fault_waits_for_its_own_dialect_and_account(
    ours: Speaker, network: FaultNetwork
) -> None:
    network.misbehave(Fault.POLICY, dialect="elsewhere", times=0)
    network.misbehave(Fault.POLICY, account="candil", times=0)
    assert seen(ours, "Sorry.") == 200
    network.misbehave(Fault.POLICY, account=ours.me.handle, times=0)
    assert seen(ours, "Again.", "again") == 403


def test_a_removal_may_take_effect_without_an_answer(ours: Speaker, network: FaultNetwork) -> None:
    id_ = ours.id_of(ours.publish("Sorry."))
    network.misbehave(Fault.DROP_BEFORE, kind="remove", text="Sorry")
    with pytest.raises(httpx.RemoteProtocolError):
        ours.remove(id_)
    assert network.standing("Sorry.") == 1
    network.misbehave(Fault.DROP_AFTER, kind="remove", text="Sorry")
    with pytest.raises(httpx.RemoteProtocolError):
        ours.remove(id_)
    assert network.standing("Sorry.") == 0
    assert ours.texts() == []


def test_what_does_not_exist_cannot_be_asked_for(network: FaultNetwork) -> None:
    with pytest.raises(ValueError, match="colour"):
        network.misbehave(Fault.POLICY, colour="red")
    with pytest.raises(ValueError, match="explode"):
        network.misbehave("explode")


def test_chance_comes_from_the_seed_alone(ours: Speaker, network: FaultNetwork) -> None:
    def tried(seed: int) -> list[int | str]:
        network.reset(seed=seed)
        ours.me = network.account(ours.dialect)
        network.misbehave(Fault.POLICY, times=0, chance=0.5)
        return [seen(ours, f"Text {n}.", f"key {n}") for n in range(12)]

    first = tried(1)
    assert tried(1) == first
    assert set(first) == {200, 403}
    assert tried(2) != first


# --- time ----------------------------------------------------------------------------------------


def test_slow_moves_the_clock_before_it_answers(ours: Speaker, network: FaultNetwork) -> None:
    network.misbehave(Fault.SLOW, seconds=200)
    before = network.clock.offset()
    assert seen(ours, "Sorry.") == 200
    assert network.clock.offset() - before == 200


def test_a_lagging_post_is_not_seen_until_its_time(ours: Speaker, network: FaultNetwork) -> None:
    network.misbehave(Fault.READ_LAG, seconds=60, text="late")
    lagging = ours.id_of(ours.publish("A late one.", "one"))
    assert seen(ours, "A quick one.", "two") == 200
    assert network.published("A late one.") == 1
    assert ours.texts() == ["A quick one."]
    assert ours.read(lagging).status_code in {400, 404}
    network.advance(59)
    assert ours.texts() == ["A quick one."]
    network.advance(2)
    assert sorted(ours.texts()) == ["A late one.", "A quick one."]
    assert ours.read(lagging).status_code == 200


@pytest.mark.parametrize("say", ["retry-after", "reset", ""])
def test_a_quota_lasts_its_time(ours: Speaker, network: FaultNetwork, say: str) -> None:
    network.misbehave(Fault.QUOTA, seconds=120, say=say)
    answer = ours.publish("Sorry.")
    heads = answer.headers
    assert answer.status_code == 429
    wait = int(heads["retry-after"]) if say == "retry-after" else 0
    assert bool(wait) == ("retry-after" in heads)
    if say == "reset" and ours.dialect == "bluesky":
        wait = int(heads["ratelimit-reset"]) - int(network.clock.now())
    elif say == "reset":
        ends = datetime.fromisoformat(heads["x-ratelimit-reset"])
        wait = int(ends.timestamp() - network.clock.now())
    assert wait in range(115, 122) if say else wait == 0
    assert seen(ours, "Sorry.") == 429
    network.advance(121)
    assert network.published("Sorry.") == 0
    assert seen(ours, "Sorry.") == 200
    assert network.published("Sorry.") == 1


@pytest.mark.parametrize("skew", [-600.0, 600.0])
def test_a_server_with_a_wrong_clock_says_the_wrong_time(
    ours: Speaker, network: FaultNetwork, skew: float
) -> None:
    network.misbehave(Fault.CLOCK_SKEW, seconds=skew, dialect=ours.dialect)
    answer = ours.publish("Sorry.")
    now = datetime.now(UTC)
    said = parsedate_to_datetime(answer.headers["date"])
    assert abs((said - now).total_seconds() - skew) < 60
    if ours.dialect != "bluesky":  # there the sender says when a post was made
        made = datetime.fromisoformat(answer.json()["created_at"])
        assert abs((made - now).total_seconds() - skew) < 60
    assert ours.texts() == ["Sorry."]


# --- what hangs ----------------------------------------------------------------------------------


def sent_aside(ours: Speaker, text: str) -> tuple[threading.Thread, list[int | str]]:
    """Send in another thread; return it and, once it ended, what it saw."""
    saw: list[int | str] = []
    thread = threading.Thread(target=lambda: saw.append(seen(ours, text)))
    thread.start()
    return thread, saw


HANGING = [(Fault.HANG, 0, CLOSED, 0), (Fault.HANG_AFTER, 1, 200, 1), (Fault.LATE, 0, 200, 1)]


@pytest.mark.parametrize(("fault", "meanwhile", "wanted", "out"), HANGING)
def test_what_hangs_is_let_go(
    ours: Speaker,
    network: FaultNetwork,
    fault: Fault,
    meanwhile: int,
    wanted: int | str,
    out: int,
) -> None:
    number = network.misbehave(fault)
    thread, saw = sent_aside(ours, "Sorry.")
    until(lambda: number not in [one["number"] for one in network.troubles()])
    until(lambda: network.published("Sorry.") == meanwhile)
    assert saw == []
    network.release()
    thread.join(10)
    assert saw == [wanted]
    assert network.published("Sorry.") == out


def test_a_late_send_goes_out_when_the_caller_has_long_given_up(
    ours: Speaker, network: FaultNetwork
) -> None:
    network.misbehave(Fault.LATE, seconds=100)
    ours.client.timeout = httpx.Timeout(0.2)
    with pytest.raises(httpx.ReadTimeout):
        ours.publish("Sorry.")
    ours.client.timeout = httpx.Timeout(10)
    assert network.published("Sorry.") == 0
    assert ours.texts() == []
    network.advance(101)
    until(lambda: network.published("Sorry.") == 1)


def test_what_hangs_over_a_reset_never_reaches_the_new_ledger(
    ours: Speaker, network: FaultNetwork
) -> None:
    number = network.misbehave(Fault.LATE)
    thread, saw = sent_aside(ours, "Sorry.")
    until(lambda: number not in [one["number"] for one in network.troubles()])
    network.reset()
    thread.join(10)
    assert saw == [CLOSED]
    assert len(network.ledger) == 0


# --- tokens --------------------------------------------------------------------------------------


def test_a_token_is_revoked_in_the_middle_of_a_thread(ours: Speaker, network: FaultNetwork) -> None:
    network.misbehave(Fault.REVOKED, text="part 3")
    status = 400 if ours.dialect == "bluesky" else 401
    sent = [seen(ours, f"This is part {n}.", f"key {n}") for n in range(1, 5)]
    assert sent == [200, 200, status, status]
    assert ours.listen().status_code == status
    assert [network.published(f"This is part {n}.") for n in range(1, 5)] == [1, 1, 0, 0]
    old = ours.me.access
    ours.me = network.reconnect(ours.dialect)
    assert ours.me.access != old
    assert seen(ours, "This is part 3.", "key 3") == 200
    ours.me.access = old
    assert seen(ours, "This is part 4.", "key 4") == status


def test_a_revoked_token_may_be_restored(ours: Speaker, network: FaultNetwork) -> None:
    network.revoke(ours.dialect)
    assert seen(ours, "Sorry.") in {400, 401}
    network.restore(ours.dialect)
    assert seen(ours, "Sorry.") == 200


# --- keys ----------------------------------------------------------------------------------------


def test_a_repeat_is_one_post_where_the_class_says_so(ours: Speaker, network: FaultNetwork) -> None:
    first, again = ours.publish("Sorry."), ours.publish("Sorry.")
    assert first.status_code == again.status_code == 200
    doubles = ours.dialect == "compatible"
    assert network.published("Sorry.") == (2 if doubles else 1)
    assert (ours.id_of(first) != ours.id_of(again)) == doubles
    assert network.doubled() == ({"Sorry.": 2} if doubles else {})
    ops = [one.op for one in network.ledger]
    assert ops == (["published", "published"] if doubles else ["published", "repeated"])


def test_a_key_lasts_an_hour_after_the_post(mastodon: OnMastodon, network: FaultNetwork) -> None:
    mastodon.publish("Sorry.", "a")
    network.advance(3_590)
    mastodon.publish("Sorry.", "a")
    assert network.published("Sorry.") == 1
    network.advance(20)
    mastodon.publish("Sorry.", "a")
    assert network.published("Sorry.") == 2


def test_a_lost_store_of_keys_lets_a_repeat_double(
    mastodon: OnMastodon, network: FaultNetwork
) -> None:
    mastodon.publish("Sorry.", "a")
    network.misbehave(Fault.KEY_STORE_LOST)
    mastodon.publish("Sorry.", "a")
    assert network.published("Sorry.") == 2
    mastodon.publish("Sorry.", "a")
    assert network.published("Sorry.") == 2


def test_a_key_written_late_lets_an_early_repeat_double(
    mastodon: OnMastodon, network: FaultNetwork
) -> None:
    for wait, out in ((1.0, 2), (31.0, 1)):
        text = f"After {wait}."
        network.misbehave(Fault.KEY_LATE, seconds=30)
        network.misbehave(Fault.DROP_AFTER)
        assert seen(mastodon, text, text) == CLOSED
        network.advance(wait)
        assert seen(mastodon, text, text) == 200
        assert network.published(text) == out


def test_a_swallowed_post_is_answered_and_never_there(ours: Speaker, network: FaultNetwork) -> None:
    network.misbehave(Fault.SILENT_DROP)
    answer = ours.publish("Sorry.")
    assert ours.read(ours.id_of(answer)).status_code in {400, 404}
    assert ours.texts() == []
    assert [one.op for one in network.ledger] == ["swallowed"]
    assert network.posts(ours.dialect) == []


def test_a_lost_refresh_answer_may_be_asked_for_again(
    bluesky: OnBluesky, network: FaultNetwork
) -> None:
    def refreshed() -> httpx.Response:
        head = {"authorization": f"Bearer {bluesky.me.refresh}"}
        path = f"{bluesky.url}/xrpc/com.atproto.server.refreshSession"
        return bluesky.client.post(path, headers=head)

    bluesky.me = network.account("bluesky").copy()
    network.misbehave(Fault.DROP_AFTER, kind="refresh")
    with pytest.raises(httpx.RemoteProtocolError):
        refreshed()
    again = refreshed().json()
    assert again["refreshJwt"] != bluesky.me.refresh
    assert refreshed().json()["refreshJwt"] == again["refreshJwt"]
    assert bluesky.listen().status_code == 400
    bluesky.me.access = again["accessJwt"]
    assert bluesky.listen().status_code == 200
    network.advance(7_201)
    assert refreshed().json()["error"] == "ExpiredToken"
