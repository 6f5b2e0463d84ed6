"""Clocks that jump, workers that sleep, and answers that come after somebody else took over."""

from collections.abc import Callable

import pytest

from amends.flows import decide, hold, publish, readback, results
from amends.flows.patience import Worker
from amends.networks.memory import Fault
from amends.store import outgoings, workspaces
from amends.store.models import AttemptRow, OutgoingRow
from amends.store.turns import turn
from amends.vocabulary.errors import BadInput
from amends.vocabulary.outgoing import OutgoingState
from tests.flows.conftest import RealTime, Workplace
from tests.flows.test_publish import TEXT, due_now, look_on, state_of

pytestmark = pytest.mark.usefixtures("plain_reader")
S = OutgoingState


def during(point: str, do: Callable[[], object]) -> Worker:
    """Return a worker to whom this happens once, at the point."""
    waiting = [do]

    def at(come_to: str) -> None:
        if come_to == point and waiting:
            waiting.pop()()

    return Worker("slow", at=at)


def test_a_clock_that_jumps_ahead_during_a_call_loses_no_yes(
    workplace: Workplace, real_time: RealTime
) -> None:
    out = due_now(workplace)

    def jump() -> None:
        real_time.on(minutes=10)
        assert publish.rescue(Worker("other"))
        assert state_of(out) is S.UNKNOWN

    publish.work_once(during("answered", jump))
    assert state_of(out) is S.PUBLISHED
    look_on(workplace, real_time, 0.1)
    assert state_of(out) is S.CONFIRMED
    assert workplace.on_the_wall(TEXT) == 1
    assert AttemptRow.objects.get(outgoing_id=out).result == "Published"


def test_a_clock_set_back_during_a_call_changes_nothing(
    workplace: Workplace, real_time: RealTime
) -> None:
    out = due_now(workplace)
    publish.work_once(during("answered", lambda: real_time.on(minutes=-10)))
    assert state_of(out) is S.PUBLISHED
    assert workplace.on_the_wall(TEXT) == 1


def test_a_clock_set_back_delays_the_rescue_by_the_jump_at_most(
    workplace: Workplace, real_time: RealTime
) -> None:
    class Killed(BaseException):
        """Ends the worker as a signal would."""

    def die() -> None:
        raise Killed

    out = due_now(workplace)
    with pytest.raises(Killed):
        publish.work_once(during("begun", die))
    real_time.on(minutes=-10)
    assert not publish.rescue(Worker("other"))
    real_time.on(minutes=12, seconds=1)
    look_on(workplace, real_time, 0.1)
    assert state_of(out) in {S.PUBLISHED, S.CONFIRMED}
    assert workplace.on_the_wall(TEXT) == 1


def test_a_worker_that_slept_before_the_call_does_not_send(
    workplace: Workplace, real_time: RealTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The computer's lid was closed between the last commit and the first byte."""
    out = due_now(workplace)
    awake = results.awake_s
    worker = during("begun", lambda: monkeypatch.setattr(results, "awake_s", lambda: awake() + 40))
    publish.work_once(worker)
    assert state_of(out) is S.APPROVED
    assert workplace.on_the_wall(TEXT) == 0
    assert AttemptRow.objects.get(outgoing_id=out).left == "no"
    monkeypatch.undo()


def test_a_late_yes_ends_what_a_person_was_asked(workplace: Workplace, real_time: RealTime) -> None:
    out = due_now(workplace)

    def taken_over() -> None:
        workplace.world.misbehave("ladera.test", Fault.READ_FAILS, times=99)
        workplace.world.misbehave("ladera.test", Fault.TIMEOUT, times=99)
        look_on(workplace, real_time)
        assert state_of(out) is S.NEEDS_PERSON
        workplace.world.behave("ladera.test")

    publish.work_once(during("answered", taken_over))
    assert state_of(out) is S.PUBLISHED
    assert workplace.on_the_wall(TEXT) == 1


def test_a_late_yes_after_send_again_is_proven_before_anything_is_sent(
    workplace: Workplace, real_time: RealTime
) -> None:
    out = due_now(workplace)

    def ordered_again() -> None:
        workplace.world.misbehave("ladera.test", Fault.READ_FAILS, times=99)
        workplace.world.misbehave("ladera.test", Fault.TIMEOUT, times=99)
        look_on(workplace, real_time)
        workplace.world.behave("ladera.test")
        decide.not_there_send_again("ana", out)

    publish.work_once(during("answered", ordered_again))
    assert state_of(out) is S.UNKNOWN
    look_on(workplace, real_time, 0.1)
    assert state_of(out) is S.CONFIRMED
    assert workplace.on_the_wall(TEXT) == 1


def test_send_again_waits_until_the_lost_sender_cannot_wake(
    workplace: Workplace, real_time: RealTime
) -> None:
    out = due_now(workplace)
    workplace.world.misbehave("ladera.test", Fault.TIMEOUT)
    workplace.work()
    unknown = outgoings.load(out)
    with turn():
        outgoings.move(unknown, S.NEEDS_PERSON, at=unknown.due_at)
    with pytest.raises(BadInput, match="may still be going on"):
        decide.not_there_send_again("ana", out)
    real_time.on(minutes=3)
    decide.not_there_send_again("ana", out)
    assert state_of(out) is S.APPROVED


def test_what_a_person_is_asked_about_goes_on_being_looked_for(
    workplace: Workplace, real_time: RealTime
) -> None:
    """Nobody could read the network for an hour; when it is back, no decision is needed."""
    workplace.world.misbehave("ladera.test", Fault.DROP_AFTER)
    workplace.world.misbehave("ladera.test", Fault.TIMEOUT, times=99)
    workplace.world.misbehave("ladera.test", Fault.READ_FAILS, times=99)
    out = due_now(workplace)
    look_on(workplace, real_time, 0.6)
    assert state_of(out) is S.NEEDS_PERSON
    workplace.world.behave("ladera.test")
    look_on(workplace, real_time, 0.3)
    assert state_of(out) in {S.PUBLISHED, S.CONFIRMED}
    assert workplace.on_the_wall(TEXT) == 1


def test_a_hold_between_two_repeats_that_are_written_down_stops_the_second(
    workplace: Workplace, real_time: RealTime
) -> None:
    workplace.world.misbehave("ladera.test", Fault.TIMEOUT)
    out = due_now(workplace)
    workplace.work()
    real_time.on(seconds=2)
    worker = during("begun again", lambda: hold.hold("ana", "everything"))
    assert readback.look_next(worker, (S.UNKNOWN,))
    assert workplace.on_the_wall(TEXT) == 0
    look_on(workplace, real_time, 0.1)
    assert state_of(out) is S.HELD


# --- what was found by trying to break it ----------------------------------------------------------


def test_a_late_yes_is_believed_although_people_were_told_that_it_did_not_leave(
    workplace: Workplace, real_time: RealTime
) -> None:
    out = due_now(workplace)

    def told_otherwise() -> None:
        row = OutgoingRow.objects.filter(pk=out)
        row.update(state=S.HELD.value, fence=outgoings.load(out).fence + 1)
        decide.undo("ana", out)

    publish.work_once(during("answered", told_otherwise))
    look_on(workplace, real_time, 0.1)
    assert state_of(out) is S.CONFIRMED
    assert workplace.on_the_wall(TEXT) == 1


@pytest.mark.parametrize("state", ["approved", "unknown", "sending"])
@pytest.mark.parametrize("broken", [{"media": [["a", "b", "c", "d"]]}, {"kind": "no such kind"}])
def test_a_row_that_cannot_be_read_stops_neither_the_others_nor_a_freeze(
    workplace: Workplace, real_time: RealTime, state: str, broken: dict[str, object]
) -> None:
    poison = due_now(workplace, "This one is broken.")
    past = workspaces.database_time()
    OutgoingRow.objects.filter(pk=poison).update(
        state=state, next_at=past, lease_until=past, **broken
    )
    out = due_now(workplace)
    later = workplace.publish("Closed on Sunday.", hours=1)
    assert [one.id for one in hold.hold("ana", "everything").held if one.id == later] == [later]
    hold.release("ana", hold.active()[0].id)
    decide.retry("ana", out)
    look_on(workplace, real_time, 0.1)
    assert workplace.on_the_wall(TEXT) == 1
    kept = OutgoingRow.objects.get(pk=poison)
    assert kept.state in {S.NEEDS_PERSON.value, S.HELD.value, S.MISSED.value}
