"""Quotas delay and never drop; what is kept for answers is not spent on posts; accounts take turns."""

from dataclasses import replace
from datetime import timedelta

import pytest

from amends.flows import clock, decide, draft, pace, publish
from amends.flows.patience import POLICY, Worker
from amends.networks import shelf
from amends.networks.memory import Fault
from amends.networks.port import SendLimit
from amends.store import outgoings, paces
from amends.store.models import AttemptRow, OutgoingRow
from amends.store.posts import KeptDraft
from amends.store.turns import turn
from amends.vocabulary.outgoing import OutgoingState, Quota
from tests.flows.conftest import RealTime, Workplace
from tests.flows.test_hold_at_every_step import due_posts
from tests.flows.test_publish import TEXT, due_now, state_of

pytestmark = pytest.mark.usefixtures("plain_reader")
S = OutgoingState


def test_a_429_makes_the_whole_account_wait(workplace: Workplace, real_time: RealTime) -> None:
    workplace.world.misbehave("ladera.test", Fault.RATE_LIMITED, amount=300)
    made = due_posts(workplace, 3)
    workplace.work()
    assert {state_of(out) for out in made} == {S.APPROVED}
    assert AttemptRow.objects.count() == 1, "the others did not run into the same wall"
    real_time.on(seconds=299)
    workplace.work()
    assert AttemptRow.objects.count() == 1
    real_time.on(seconds=2)
    workplace.work()
    assert {state_of(out) for out in made} == {S.PUBLISHED}


def test_another_account_does_not_wait(workplace: Workplace) -> None:
    workplace.world.misbehave("ladera.test", Fault.RATE_LIMITED, amount=300)
    first, second = due_posts(workplace, 1), due_posts(workplace, 1, 9, workplace.candil)
    workplace.work()
    assert [state_of(*made) for made in (first, second)] == [S.APPROVED, S.PUBLISHED]


@pytest.mark.parametrize("wait_s", [1_200, 5_000])
def test_a_long_wait_delays_and_never_drops(
    workplace: Workplace, real_time: RealTime, wait_s: int
) -> None:
    """Longer than the quarter of an hour after which a post is late by itself."""
    workplace.world.misbehave("ladera.test", Fault.RATE_LIMITED, amount=wait_s)
    out, later = due_now(workplace), workplace.publish("Ask at the desk.", minutes=10)
    workplace.work()
    real_time.on(seconds=wait_s - 5)
    workplace.work()
    assert [state_of(one) for one in (out, later)] == [S.APPROVED, S.APPROVED]
    real_time.on(seconds=10)
    workplace.work()
    assert [state_of(one) for one in (out, later)] == [S.PUBLISHED, S.PUBLISHED]


def test_waiting_is_no_failed_try(workplace: Workplace, real_time: RealTime) -> None:
    workplace.world.misbehave("ladera.test", Fault.RATE_LIMITED, times=9, amount=60)
    out = due_now(workplace)
    for _ in range(10):
        workplace.work()
        real_time.on(seconds=61)
    assert AttemptRow.objects.filter(outgoing_id=out).count() == 10
    assert state_of(out) is S.PUBLISHED


def test_without_a_word_how_long_the_wait_doubles(workplace: Workplace) -> None:
    one = outgoings.load(due_now(workplace))
    waits = []
    for _ in range(6):
        until = pace.asked_to_wait(one, None, POLICY)
        waits.append(round((until - clock.real()).total_seconds()))
    assert waits == [60, 120, 240, 480, 900, 900]
    paces.forget_waits(one.account_id)
    until = pace.asked_to_wait(one, None, POLICY)
    assert round((until - clock.real()).total_seconds()) == 60


def reply_to(workplace: Workplace, text: str) -> str:
    """Approve an answer that is due now."""
    account, now = workplace.ladera.account, clock.now()
    said = workplace.world.post_as("tomas.test", "When do you open?", now)
    kept = KeptDraft("", account.id, text, "reply", said, "", (), "", sent=False)
    one = draft.outgoing_of("ana", kept, account, "", now, now)
    with turn():
        outgoings.add(one, at=now)
    return one.id


def test_the_last_fifth_is_kept_for_answers(workplace: Workplace, real_time: RealTime) -> None:
    account_id = workplace.ladera.account.id
    paces.set_quota(account_id, Quota(20, 100, clock.real() + timedelta(hours=1)))
    post, answer = due_now(workplace), reply_to(workplace, "At nine, every day.")
    workplace.work()
    assert [state_of(one) for one in (post, answer)] == [S.APPROVED, S.PUBLISHED]
    assert "allows 20 of 100 more" in outgoings.outgoing(post).words
    real_time.on(hours=1, seconds=1)
    workplace.work()
    assert state_of(post) is S.PUBLISHED


def test_with_nothing_left_answers_wait_too(workplace: Workplace, real_time: RealTime) -> None:
    account_id = workplace.ladera.account.id
    paces.set_quota(account_id, Quota(0, 100, clock.real() + timedelta(minutes=5)))
    answer = reply_to(workplace, "At nine, every day.")
    workplace.work()
    assert state_of(answer) is S.APPROVED
    real_time.on(minutes=6)
    workplace.work()
    assert state_of(answer) is S.PUBLISHED


def test_a_network_s_written_limit_is_kept(
    workplace: Workplace, real_time: RealTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shelf.FOLDERS["memory"]
    can = replace(folder.can, sends=(SendLimit(10, 300),))
    monkeypatch.setitem(shelf.FOLDERS, "memory", replace(folder, can=can))
    made = due_posts(workplace, 12)
    workplace.work()
    assert [state_of(out) for out in made].count(S.PUBLISHED) == 8, "a fifth is kept"
    answer = reply_to(workplace, "At nine, every day.")
    workplace.work()
    assert state_of(answer) is S.PUBLISHED
    for _ in range(12):
        real_time.on(seconds=60)
        workplace.work()
    assert {state_of(out) for out in made} <= {S.PUBLISHED, S.CONFIRMED}


def test_one_brand_with_many_posts_does_not_starve_another(workplace: Workplace) -> None:
    many = due_posts(workplace, 30)
    (one,) = due_posts(workplace, 1, 99, workplace.candil)
    order: list[str] = []
    worker = Worker("test", at=lambda _point: order.extend(new_claims(order)))
    while one not in order:
        assert publish.send_next(worker)
    assert len(order) <= 2
    assert {state_of(out) for out in many} >= {S.APPROVED}


def new_claims(known: list[str]) -> list[str]:
    rows = OutgoingRow.objects.filter(fence__gt=0).exclude(pk__in=known)
    return list(rows.values_list("pk", flat=True))


# --- a text that our own code breaks on ------------------------------------------------------------


def test_a_poisoned_text_stops_nothing_else_and_ends_with_a_person(
    workplace: Workplace, real_time: RealTime
) -> None:
    poison = due_now(workplace)
    OutgoingRow.objects.filter(pk=poison).update(language="none")
    made = due_posts(workplace, 5)
    for _ in range(40):
        workplace.work()
        real_time.on(seconds=30)
    assert {state_of(out) for out in made} <= {S.PUBLISHED, S.CONFIRMED}
    assert outgoings.load(poison).state is S.NEEDS_PERSON
    assert "broke five times" in outgoings.outgoing(poison).words
    decide.give_up("ana", poison)
    assert state_of(poison) is S.GIVEN_UP
    assert workplace.on_the_wall(TEXT) == 0
