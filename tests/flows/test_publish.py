"""One approved text leaves once, or a person is told why it did not; on the practice network."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from amends.flows import clock, connect, decide, due, publish, results
from amends.flows.patience import POLICY, Worker
from amends.networks.memory import Fault
from amends.networks.memory.connector import Memory
from amends.networks.port import Content, Frozen, Published, Refused, RefusedKind, Unknown
from amends.store import brands, outgoings, posts, workspaces
from amends.store.models import AttemptRow, OutgoingRow
from amends.vocabulary.errors import BadInput, NotApproved
from amends.vocabulary.outgoing import Outgoing, OutgoingState
from tests.flows.conftest import RealTime, Workplace

pytestmark = pytest.mark.usefixtures("plain_reader")

S = OutgoingState
WORKER = Worker("test")
TEXT = "Our branches will open at 9:00 on Monday."
OTHER = "Our branches will open at 9:00 on Tuesday."


def state_of(outgoing_id: str) -> OutgoingState:
    return outgoings.load(outgoing_id).state


def due_now(workplace: Workplace, text: str = TEXT) -> str:
    """Approve a post whose undo window has passed, and send nothing yet."""
    outgoing_id = workplace.publish(text)
    pass_the_undo_window()
    return outgoing_id


def pass_the_undo_window() -> None:
    workspaces.set_offset(clock.offset() + timedelta(seconds=11))


def look_on(workplace: Workplace, real_time: RealTime, hours: float = 0.5) -> None:
    """Let real time pass in steps of half a minute, with a worker awake."""
    for _ in range(int(hours * 120)):
        real_time.on(seconds=30)
        workplace.work()


# --- the plain way ---------------------------------------------------------------------------------


def test_a_post_leaves_once_after_its_undo_window(
    workplace: Workplace, real_time: RealTime
) -> None:
    out = workplace.publish(TEXT)
    workplace.work()
    assert state_of(out) is S.APPROVED
    assert workplace.on_the_wall(TEXT) == 0
    workplace.move_on(seconds=11)
    workplace.work()
    assert state_of(out) is S.PUBLISHED
    assert workplace.on_the_wall(TEXT) == 1
    look_on(workplace, real_time, 0.1)
    assert state_of(out) is S.CONFIRMED
    assert workplace.on_the_wall(TEXT) == 1
    view = outgoings.outgoing(out)
    assert view.confirmed_at is not None
    assert posts.post_by_link(view.url)


def test_undone_before_it_leaves_it_never_leaves(workplace: Workplace) -> None:
    out = workplace.publish(TEXT)
    decide.undo("ana", out)
    workplace.move_on(minutes=5)
    assert state_of(out) is S.CANCELLED
    assert workplace.on_the_wall(TEXT) == 0


def test_what_is_live_cannot_be_undone(workplace: Workplace) -> None:
    out = workplace.publish(TEXT)
    workplace.move_on(seconds=11)
    with pytest.raises(BadInput, match="published now"):
        decide.undo("ana", out)


@pytest.mark.parametrize("text", ["", "  \n", "x" * 301])
def test_empty_and_too_long_are_refused_and_nothing_waits(workplace: Workplace, text: str) -> None:
    with pytest.raises(BadInput):
        workplace.publish(text)
    assert outgoings.upcoming() == ()


def test_a_time_that_has_passed_is_refused(workplace: Workplace) -> None:
    with pytest.raises(BadInput, match="passed"):
        workplace.publish(TEXT, minutes=-5)


def test_a_scheduled_post_may_get_another_time(workplace: Workplace) -> None:
    out = workplace.publish(TEXT, hours=2)
    decide.reschedule("ana", out, clock.now() + timedelta(hours=5))
    workplace.move_on(hours=3)
    assert state_of(out) is S.APPROVED
    workplace.move_on(hours=3)
    assert state_of(out) is S.PUBLISHED


# --- faults of the network -------------------------------------------------------------------------


def test_no_connection_is_tried_again(workplace: Workplace, real_time: RealTime) -> None:
    workplace.world.misbehave("ladera.test", Fault.REFUSE_BEFORE)
    out = due_now(workplace)
    workplace.work()
    assert state_of(out) is S.APPROVED
    assert "could not be reached" in outgoings.outgoing(out).words
    assert workplace.on_the_wall(TEXT) == 0
    real_time.on(seconds=31)
    workplace.work()
    assert state_of(out) is S.PUBLISHED
    assert workplace.on_the_wall(TEXT) == 1


def test_no_connection_for_long_ends_in_words_or_missed(
    workplace: Workplace, real_time: RealTime
) -> None:
    workplace.world.misbehave("ladera.test", Fault.REFUSE_BEFORE, times=50)
    out = due_now(workplace)
    look_on(workplace, real_time)
    assert state_of(out) is S.MISSED
    assert "could not be reached" in outgoings.outgoing(out).words
    assert 2 <= AttemptRow.objects.filter(outgoing_id=out, left="no").count() <= 5


@pytest.mark.parametrize("fault", [Fault.DROP_AFTER, Fault.TIMEOUT])
@pytest.mark.parametrize("times", [1, 2, 4])
def test_a_lost_answer_is_repeated_under_the_same_name(
    workplace: Workplace, real_time: RealTime, fault: Fault, times: int
) -> None:
    workplace.world.misbehave("ladera.test", fault, times=times)
    out = due_now(workplace)
    workplace.work()
    assert state_of(out) is S.UNKNOWN
    name = outgoings.load(out).wire_name
    look_on(workplace, real_time, 0.2)
    assert state_of(out) is S.CONFIRMED
    assert outgoings.load(out).wire_name == name
    assert workplace.on_the_wall(TEXT) == 1
    assert AttemptRow.objects.filter(outgoing_id=out).count() == times + 1


@pytest.mark.parametrize("fault", [Fault.REFUSE_BEFORE, Fault.POLICY, Fault.UNAUTHORIZED])
def test_a_repeat_that_is_turned_away_proves_nothing(
    workplace: Workplace, real_time: RealTime, fault: Fault
) -> None:
    """The first call was accepted: no later refusal may call the post refused or missed."""
    workplace.world.misbehave("ladera.test", Fault.DROP_AFTER)
    workplace.world.misbehave("ladera.test", fault, times=50)
    out = due_now(workplace)
    seen = set()
    for _ in range(60):
        real_time.on(seconds=30)
        workplace.work()
        seen.add(state_of(out))
    assert seen <= {S.UNKNOWN, S.PUBLISHED, S.CONFIRMED}
    assert workplace.on_the_wall(TEXT) == 1
    assert state_of(out) is S.CONFIRMED


def test_a_timeout_without_end_is_proven_not_to_be_out(
    workplace: Workplace, real_time: RealTime
) -> None:
    """The name is ours: what is absent under it long after the last call never left."""
    workplace.world.misbehave("ladera.test", Fault.TIMEOUT, times=99)
    out = due_now(workplace)
    look_on(workplace, real_time)
    assert state_of(out) is S.MISSED
    assert "nothing under its name" in outgoings.outgoing(out).words


def test_a_timeout_that_nobody_can_look_up_goes_to_a_person(
    workplace: Workplace, real_time: RealTime
) -> None:
    workplace.world.misbehave("ladera.test", Fault.TIMEOUT, times=99)
    workplace.world.misbehave("ladera.test", Fault.READ_FAILS, times=99)
    out = due_now(workplace)
    look_on(workplace, real_time)
    assert state_of(out) is S.NEEDS_PERSON
    assert [one.id for one in outgoings.needs_person()] == [out]
    assert workplace.on_the_wall(TEXT) == 0


def test_the_network_asks_to_wait_and_is_given_time(
    workplace: Workplace, real_time: RealTime
) -> None:
    workplace.world.misbehave("ladera.test", Fault.RATE_LIMITED, amount=200)
    out = due_now(workplace)
    workplace.work()
    real_time.on(seconds=190)
    workplace.work()
    assert state_of(out) is S.APPROVED
    real_time.on(seconds=11)
    workplace.work()
    assert state_of(out) is S.PUBLISHED


def test_a_no_of_the_network_ends_it_with_its_words(workplace: Workplace) -> None:
    workplace.world.misbehave("ladera.test", Fault.POLICY)
    out = due_now(workplace)
    workplace.work()
    assert state_of(out) is S.REFUSED
    assert outgoings.outgoing(out).words == "The network does not allow it."
    decide.retry("ana", out)
    workplace.work()
    assert state_of(out) is S.PUBLISHED
    assert workplace.on_the_wall(TEXT) == 1


def test_an_expired_sign_in_disconnects_the_account_and_the_post_waits(
    workplace: Workplace, real_time: RealTime
) -> None:
    workplace.world.misbehave("ladera.test", Fault.UNAUTHORIZED)
    account_id = workplace.ladera.account.id
    out = due_now(workplace)
    workplace.work()
    assert state_of(out) is S.APPROVED
    assert not brands.account(account_id).connected
    assert "Connect the account again" in brands.account(account_id).connection_words
    real_time.on(minutes=2)
    workplace.work()
    assert workplace.on_the_wall(TEXT) == 0
    connect.reconnect("ana", account_id, "")
    workplace.work()
    assert state_of(out) is S.PUBLISHED
    assert workplace.on_the_wall(TEXT) == 1


def test_an_account_that_stays_away_makes_its_post_missed(
    workplace: Workplace, real_time: RealTime
) -> None:
    workplace.world.misbehave("ladera.test", Fault.UNAUTHORIZED)
    out = due_now(workplace)
    workplace.work()
    real_time.on(minutes=16)
    workplace.work()
    assert state_of(out) is S.MISSED


@pytest.mark.parametrize("looks", [1, 3])
def test_a_network_that_shows_late_is_not_taken_for_a_loss(
    workplace: Workplace, real_time: RealTime, looks: int
) -> None:
    workplace.world.misbehave("ladera.test", Fault.READ_LAG, amount=looks)
    out = due_now(workplace)
    look_on(workplace, real_time)
    assert state_of(out) is S.CONFIRMED
    assert workplace.on_the_wall(TEXT) == 1


def test_a_read_that_fails_is_not_an_absence(workplace: Workplace, real_time: RealTime) -> None:
    out = due_now(workplace)
    workplace.work()
    workplace.world.misbehave("ladera.test", Fault.READ_FAILS, times=3)
    look_on(workplace, real_time)
    assert state_of(out) is S.CONFIRMED


def test_a_post_that_is_gone_without_our_hand_is_an_alarm(
    workplace: Workplace, real_time: RealTime
) -> None:
    out = due_now(workplace)
    workplace.work()
    workplace.world.take_down(outgoings.load(out).network_id)
    look_on(workplace, real_time)
    assert state_of(out) is S.VANISHED
    assert "removed by the network" in outgoings.outgoing(out).words


# --- a person decides ------------------------------------------------------------------------------


def needing_a_person(workplace: Workplace, real_time: RealTime, fault: Fault) -> str:
    """Return a text of which nobody could prove whether it is out."""
    workplace.world.misbehave("ladera.test", fault, times=99)
    workplace.world.misbehave("ladera.test", Fault.READ_FAILS, times=99)
    out = due_now(workplace)
    look_on(workplace, real_time)
    workplace.world.behave("ladera.test")
    assert state_of(out) is S.NEEDS_PERSON
    return out


def test_send_again_keeps_the_name_so_that_a_wrong_no_cannot_double(
    workplace: Workplace, real_time: RealTime
) -> None:
    out = needing_a_person(workplace, real_time, Fault.DROP_AFTER)
    decide.not_there_send_again("ana", out)
    workplace.work()
    assert state_of(out) is S.PUBLISHED
    assert workplace.on_the_wall(TEXT) <= 1


def test_a_retry_of_what_was_missed_after_a_lost_answer_cannot_double(
    workplace: Workplace, real_time: RealTime
) -> None:
    """Sent, lost, "send again", missed, retried: every call used the one name."""
    out = needing_a_person(workplace, real_time, Fault.DROP_AFTER)
    name = outgoings.load(out).wire_name
    decide.not_there_send_again("ana", out)
    real_time.on(hours=1)
    workplace.work()
    assert state_of(out) is S.MISSED
    decide.retry("ana", out)
    workplace.work()
    assert outgoings.load(out).wire_name == name
    assert state_of(out) is S.PUBLISHED
    wall = workplace.world.posts_of("ladera.test", 500)
    assert [told.text for told in wall].count(TEXT) == 1


def test_it_is_there_adopts_the_link_once(workplace: Workplace, real_time: RealTime) -> None:
    out = needing_a_person(workplace, real_time, Fault.TIMEOUT)
    other = workplace.publish(OTHER)
    workplace.move_on(seconds=11)
    with pytest.raises(BadInput, match="something else"):
        decide.it_is_there("ana", out, outgoings.outgoing(other).url)
    by_hand = workplace.world.post_as("ladera.test", TEXT, clock.real())
    decide.it_is_there("ana", out, by_hand)
    assert state_of(out) is S.PUBLISHED
    assert posts.post_by_link(by_hand)
    with pytest.raises(BadInput):
        decide.give_up("ana", out)


def test_one_post_is_the_outcome_of_one_text(workplace: Workplace, real_time: RealTime) -> None:
    first = due_now(workplace)
    workplace.work()
    second = needing_a_person(workplace, real_time, Fault.TIMEOUT)
    with pytest.raises(BadInput, match="another text"):
        decide.it_is_there("ana", second, outgoings.outgoing(first).url)


def test_give_up_leaves_it_unproven(workplace: Workplace, real_time: RealTime) -> None:
    out = needing_a_person(workplace, real_time, Fault.TIMEOUT)
    decide.give_up("ana", out)
    assert state_of(out) is S.GIVEN_UP
    with pytest.raises(BadInput):
        decide.not_there_send_again("ana", out)
    look_on(workplace, real_time, 0.1)
    assert workplace.on_the_wall(TEXT) == 0


# --- late ------------------------------------------------------------------------------------------


def test_late_is_missed_and_never_a_burst(workplace: Workplace, real_time: RealTime) -> None:
    made = [workplace.publish(f"{TEXT} Branch {n}.", minutes=10 * (n + 1)) for n in range(6)]
    real_time.on(hours=12)
    workplace.work()
    assert {state_of(out) for out in made} == {S.MISSED}
    assert len(outgoings.missed()) == 6
    decide.retry("ana", made[0])
    decide.drop("ana", made[1])
    decide.reschedule("ana", made[2], clock.now() + timedelta(hours=1))
    workplace.work()
    assert [state_of(out) for out in made[:3]] == [S.PUBLISHED, S.CANCELLED, S.APPROVED]


def test_a_late_text_does_not_leave_by_the_claim_alone(
    workplace: Workplace, real_time: RealTime
) -> None:
    out = due_now(workplace)
    real_time.on(minutes=16)
    publish.send_next(Worker("test"))
    assert state_of(out) is S.MISSED
    assert workplace.on_the_wall(TEXT) == 0


# --- a worker dies ---------------------------------------------------------------------------------


def claimed(workplace: Workplace) -> Outgoing:
    due_now(workplace)
    one = publish._claim(Worker("dies"))
    assert one is not None
    assert one.state is S.INTENDED
    return one


def begun(workplace: Workplace) -> tuple[Memory, Outgoing]:
    one = claimed(workplace)
    network = Memory(workplace.world, "ladera.test")
    started = publish._begin(one, publish._frozen(network, one), POLICY)
    assert started is not None
    return network, started


def die_after_claim(workplace: Workplace) -> str:
    return claimed(workplace).id


def die_after_begin(workplace: Workplace) -> str:
    return begun(workplace)[1].id


def die_after_call(workplace: Workplace) -> str:
    network, started = begun(workplace)
    assert isinstance(results.call(network, started), Published)
    return started.id


@pytest.mark.parametrize("die", [die_after_claim, die_after_begin, die_after_call])
def test_a_dead_worker_neither_doubles_nor_loses(
    workplace: Workplace, real_time: RealTime, die: Callable[[Workplace], str]
) -> None:
    out = die(workplace)
    workplace.work()
    assert state_of(out) in {S.INTENDED, S.SENDING}  # its lease still runs
    real_time.on(seconds=121)
    began = state_of(out) is S.SENDING
    publish.rescue(WORKER)
    assert state_of(out) is (S.UNKNOWN if began else S.APPROVED)  # never "failed", never sent
    look_on(workplace, real_time, 0.1)
    assert state_of(out) is S.CONFIRMED
    assert workplace.on_the_wall(TEXT) == 1


@pytest.mark.parametrize("die", [die_after_claim, die_after_begin, die_after_call])
def test_a_new_process_takes_over_at_once(
    workplace: Workplace, real_time: RealTime, die: Callable[[Workplace], str]
) -> None:
    out = die(workplace)
    due.take_over()
    workplace.work()
    look_on(workplace, real_time, 0.05)
    assert state_of(out) is S.CONFIRMED
    assert workplace.on_the_wall(TEXT) == 1


def test_a_slow_worker_that_wakes_late_changes_nothing(
    workplace: Workplace, real_time: RealTime
) -> None:
    network, started = begun(workplace)
    real_time.on(seconds=121)
    look_on(workplace, real_time, 0.05)
    assert state_of(started.id) is S.CONFIRMED
    result = results.call(network, started)
    results.record(started, result, WORKER)
    results.record(started, Unknown("timeout"), WORKER)
    results.record(started, Refused(RefusedKind.POLICY, True, "no"), WORKER)
    assert state_of(started.id) is S.CONFIRMED
    assert workplace.on_the_wall(TEXT) == 1


def test_a_worker_that_was_slow_to_begin_does_not_begin(
    workplace: Workplace, real_time: RealTime
) -> None:
    one = claimed(workplace)
    real_time.on(seconds=31)
    frozen = publish._frozen(Memory(workplace.world, "ladera.test"), one)
    assert publish._begin(one, frozen, POLICY) is None
    assert state_of(one.id) is S.APPROVED


def test_a_claim_that_was_taken_over_does_not_begin(
    workplace: Workplace, real_time: RealTime
) -> None:
    one = claimed(workplace)
    frozen = publish._frozen(Memory(workplace.world, "ladera.test"), one)
    due.take_over()
    publish.rescue(WORKER)
    second = publish._claim(Worker("second"))
    assert second is not None
    assert second.fence == one.fence + 1
    assert publish._begin(one, frozen, POLICY) is None
    assert state_of(one.id) is S.INTENDED


# --- one poison text -------------------------------------------------------------------------------


@pytest.mark.parametrize("problem", [BadInput("odd sign"), RuntimeError("a bug of ours")])
def test_one_poison_text_stops_no_other(
    workplace: Workplace,
    real_time: RealTime,
    monkeypatch: pytest.MonkeyPatch,
    problem: Exception,
) -> None:
    freeze = Memory.freeze

    def poisoned(self: Memory, content: Content, **more: object) -> Frozen:
        if content.text == TEXT:
            raise problem
        return freeze(self, content, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Memory, "freeze", poisoned)
    bad = workplace.publish(TEXT)
    good = workplace.publish(OTHER)
    pass_the_undo_window()
    for _ in range(3):
        workplace.work()
    assert state_of(good) is S.PUBLISHED
    for _ in range(6):
        real_time.on(seconds=121)
        workspaces.set_offset(clock.offset() - timedelta(seconds=121))  # only real time passes
        for _ in range(3):
            workplace.work()
    assert state_of(bad) is (S.REFUSED if isinstance(problem, BadInput) else S.NEEDS_PERSON)
    assert workplace.on_the_wall(TEXT) == 0


def test_a_network_that_breaks_in_our_hands_is_parked_with_a_person(
    workplace: Workplace, real_time: RealTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a bug of ours")

    monkeypatch.setattr(Memory, "publish", broken)
    monkeypatch.setattr(Memory, "find", broken)
    out = due_now(workplace)
    for _ in range(120):
        real_time.on(seconds=61)
        workplace.work()
    assert state_of(out) is S.NEEDS_PERSON


def test_failures_are_counted_on_the_text_that_broke(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = claimed(workplace)  # the same worker's, and nothing wrong with it

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a bug of ours")

    monkeypatch.setattr(Memory, "freeze", broken)
    other = due_now(workplace, OTHER)
    assert due.send_once("dies") is False
    assert outgoings.load(other).failures == 1
    assert outgoings.load(one.id).failures == 0


# --- the approval ----------------------------------------------------------------------------------


def test_an_approval_withdrawn_before_the_claim_stops_it(workplace: Workplace) -> None:
    out = due_now(workplace)
    OutgoingRow.objects.filter(pk=out).update(approved_hash="")
    workplace.work()
    assert state_of(out) is S.CANCELLED
    assert workplace.on_the_wall(TEXT) == 0


def test_an_approval_withdrawn_between_claim_and_send_stops_it(workplace: Workplace) -> None:
    one = claimed(workplace)
    frozen = publish._frozen(Memory(workplace.world, "ladera.test"), one)
    OutgoingRow.objects.filter(pk=one.id).update(approved_hash="")
    assert publish._begin(one, frozen, POLICY) is None
    workplace.work()
    assert state_of(one.id) is S.CANCELLED
    assert workplace.on_the_wall(TEXT) == 0


@pytest.mark.parametrize("field", ["text", "target", "language", "content_hash"])
def test_what_was_changed_after_the_yes_does_not_leave(workplace: Workplace, field: str) -> None:
    out = due_now(workplace)
    changed = {"text": OTHER, "target": "memory://x/1", "language": "es", "content_hash": "0" * 64}
    OutgoingRow.objects.filter(pk=out).update(**{field: changed[field]})
    workplace.work()
    assert state_of(out) is S.CANCELLED
    assert workplace.on_the_wall(TEXT) + workplace.on_the_wall(OTHER) == 0


def test_a_text_for_another_account_does_not_leave(workplace: Workplace) -> None:
    out = due_now(workplace)
    OutgoingRow.objects.filter(pk=out).update(account_id=workplace.candil.account.id)
    workplace.work()
    assert state_of(out) is S.CANCELLED
    assert workplace.on_the_wall(TEXT, workplace.candil) == 0


def test_a_body_changed_after_it_was_frozen_does_not_leave(
    workplace: Workplace, real_time: RealTime
) -> None:
    workplace.world.misbehave("ladera.test", Fault.REFUSE_BEFORE)
    out = due_now(workplace)
    workplace.work()
    kept = outgoings.load(out).frozen
    OutgoingRow.objects.filter(pk=out).update(frozen=kept.replace("Monday", "Sunday"))
    real_time.on(seconds=31)
    for _ in range(3):
        workplace.work()
    assert workplace.on_the_wall(TEXT.replace("Monday", "Sunday")) == 0


def test_a_disconnected_account_sends_nothing_also_when_already_claimed(
    workplace: Workplace,
) -> None:
    one = claimed(workplace)
    frozen = publish._frozen(Memory(workplace.world, "ladera.test"), one)
    connect.disconnect("ana", workplace.ladera.account.id)
    assert publish._begin(one, frozen, POLICY) is None
    workplace.work()
    assert workplace.on_the_wall(TEXT) == 0
    assert state_of(one.id) is S.APPROVED


def test_a_withdrawn_text_is_not_retried(workplace: Workplace) -> None:
    workplace.world.misbehave("ladera.test", Fault.POLICY)
    out = due_now(workplace)
    workplace.work()
    OutgoingRow.objects.filter(pk=out).update(approved_hash="")
    with pytest.raises(NotApproved, match="withdrawn"):
        decide.retry("ana", out)
