"""A thread leaves post by post, each under the one before; it is continued, never begun again."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from amends.flows import clock, connect, decide, draft, hold, publish, takedown
from amends.flows.parts import as_draft
from amends.flows.patience import POINTS, Worker
from amends.networks.memory import Fault
from amends.networks.memory.connector import Memory
from amends.networks.port import Content, Frozen
from amends.prevent.thread import joined
from amends.store import brands, outgoings, posts, workspaces
from amends.store.models import AttemptRow, OutgoingRow
from amends.vocabulary.errors import BadInput
from amends.vocabulary.outgoing import LIVE, OutgoingState
from tests.flows.conftest import RealTime, Workplace

pytestmark = pytest.mark.usefixtures("plain_reader")

S = OutgoingState
US = "ladera.test"
TEXTS = (
    "On Monday our branches open at nine.",
    "On Tuesday they open at ten, because we count the notes.",
    "On Wednesday they open at nine again. Thank you for waiting.",
)
WHOLE = joined(TEXTS)


def parts(first: str) -> list[str]:
    """Return the ids of a thread's posts, in their order."""
    return list(
        OutgoingRow.objects.filter(thread_id=first).order_by("part").values_list("pk", flat=True)
    )


def states(first: str) -> list[OutgoingState]:
    return [outgoings.load(one).state for one in parts(first)]


def live(first: str) -> list[bool]:
    return [state in LIVE for state in states(first)]


def waits_for(outgoing_id: str) -> int:
    place = outgoings.outgoing(outgoing_id).thread
    assert place is not None
    return place.waits_for


def on_the_wall(workplace: Workplace) -> list[int]:
    return [workplace.on_the_wall(text) for text in TEXTS]


def pass_the_undo_window() -> None:
    workspaces.set_offset(clock.offset() + timedelta(seconds=11))


def due_now(workplace: Workplace) -> str:
    first = workplace.publish(WHOLE)
    pass_the_undo_window()
    return first


def one_step(workplace: Workplace) -> None:
    """Send the one post that may go now, and nothing else."""
    assert publish.send_next(Worker("test"))


def look_on(workplace: Workplace, real_time: RealTime, hours: float = 0.2) -> None:
    for _ in range(int(hours * 120)):
        real_time.on(seconds=30)
        workplace.work()


def is_chained(workplace: Workplace, first: str) -> bool:
    """Return whether every post stands under the one before it, and all under the first."""
    told = [workplace.world.look(outgoings.load(one).network_id) for one in parts(first)]
    assert all(told)
    found = [one for one in told if one is not None]
    parents = [one.parent for one in found]
    roots = [one.root for one in found]
    ids = [one.network_id for one in found]
    return parents == ["", *ids[:-1]] and roots == ["", *[ids[0]] * (len(ids) - 1)]


def nobody_can_tell(workplace: Workplace, real_time: RealTime, fault: Fault) -> None:
    """Let the next send be lost, and every look fail, until a person must decide."""
    workplace.world.misbehave(US, fault, times=99)
    one_step(workplace)
    workplace.world.misbehave(US, Fault.READ_FAILS, times=999)
    look_on(workplace, real_time, 1)
    workplace.world.behave(US)


# --- the plain way ---------------------------------------------------------------------------------


def test_each_post_leaves_under_the_one_before_it(
    workplace: Workplace, real_time: RealTime
) -> None:
    first = due_now(workplace)
    workplace.work()
    assert live(first) == [True, True, True]
    assert on_the_wall(workplace) == [1, 1, 1]
    assert is_chained(workplace, first)
    look_on(workplace, real_time)
    assert states(first) == [S.CONFIRMED] * 3
    assert on_the_wall(workplace) == [1, 1, 1]


def test_all_posts_are_put_in_the_outbox_at_once_each_with_its_own_yes(
    workplace: Workplace,
) -> None:
    first = workplace.publish(WHOLE, hours=2)
    made = [outgoings.load(one) for one in parts(first)]
    assert [one.text for one in made] == list(TEXTS)
    assert [(one.thread_id, one.part) for one in made] == [(first, 0), (first, 1), (first, 2)]
    assert len({one.content_hash for one in made}) == 3
    assert len({one.due_at for one in made}) == 1
    assert all(one.approved_hash == one.content_hash for one in made)


def test_half_a_thread_is_never_put_in_the_outbox(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, add = [], outgoings.add

    def break_at_the_second(one: object, **more: object) -> None:
        kept.append(one)
        if len(kept) == 2:
            raise RuntimeError("the disk is full")
        add(one, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(outgoings, "add", break_at_the_second)
    with pytest.raises(RuntimeError, match="full"):
        workplace.publish(WHOLE)
    assert outgoings.upcoming() == ()


def test_only_the_next_post_may_go(workplace: Workplace) -> None:
    first = due_now(workplace)
    assert [waits_for(one) for one in parts(first)] == [0, 1, 2]
    one_step(workplace)
    assert live(first) == [True, False, False]
    assert [waits_for(one) for one in parts(first)] == [0, 0, 2]
    one_step(workplace)
    assert live(first) == [True, True, False]
    assert outgoings.overdue(clock.now()) < timedelta(minutes=1)


def test_a_thread_under_a_post_goes_on_under_itself(workplace: Workplace) -> None:
    post = posts.recent_posts(workplace.ladera.account.id)[0]
    account_id = workplace.ladera.account.id
    made = draft.save("ana", account_id, WHOLE, kind="reply", reply_to=post.network_id)
    first = draft.publish("ana", made, reason="Read by two.")
    workplace.move_on(seconds=11)
    told = [workplace.world.look(outgoings.load(one).network_id) for one in parts(first)]
    found = [one for one in told if one is not None]
    ids = [one.network_id for one in found]
    assert [one.parent for one in found] == [post.network_id, *ids[:2]]
    assert {one.root for one in found} == {post.network_id}


# --- what goes wrong in the middle -----------------------------------------------------------------


def test_a_refused_post_lets_the_rest_wait_and_a_person_lets_it_go_on(
    workplace: Workplace, real_time: RealTime
) -> None:
    first = due_now(workplace)
    one_step(workplace)
    workplace.world.misbehave(US, Fault.POLICY)
    look_on(workplace, real_time, 2)
    assert states(first) == [
        S.CONFIRMED,
        S.REFUSED,
        S.APPROVED,
    ]  # not missed: it never was its turn
    assert waits_for(parts(first)[2]) == 2
    assert outgoings.missed() == ()
    assert outgoings.overdue(clock.now()) == timedelta(0)
    decide.retry("ana", parts(first)[1])
    workplace.work()
    assert live(first) == [True, True, True]
    assert on_the_wall(workplace) == [1, 1, 1]
    assert is_chained(workplace, first)


@pytest.mark.parametrize("fault", [Fault.DROP_AFTER, Fault.TIMEOUT])
@pytest.mark.parametrize("done", [0, 1, 2])
def test_while_a_post_is_unconfirmed_nothing_follows_it(
    workplace: Workplace, real_time: RealTime, fault: Fault, done: int
) -> None:
    first = due_now(workplace)
    for _ in range(done):
        one_step(workplace)
    workplace.world.misbehave(US, fault)
    one_step(workplace)
    assert states(first)[done] is S.UNKNOWN
    assert not publish.send_next(Worker("test"))
    assert live(first)[done:] == [False] * (3 - done)
    look_on(workplace, real_time)
    assert states(first) == [S.CONFIRMED] * 3
    assert on_the_wall(workplace) == [1, 1, 1]
    assert is_chained(workplace, first)


def test_after_a_night_without_a_sender_one_post_is_missed_and_the_rest_waits(
    workplace: Workplace, real_time: RealTime
) -> None:
    first = due_now(workplace)
    one_step(workplace)
    workspaces.set_offset(clock.offset() + timedelta(hours=12))
    look_on(workplace, real_time)
    assert states(first) == [S.CONFIRMED, S.MISSED, S.APPROVED]
    assert len(outgoings.missed()) == 1
    assert on_the_wall(workplace) == [1, 0, 0]
    decide.reschedule("ana", parts(first)[1], clock.now() + timedelta(hours=1))
    workplace.move_on(minutes=30)
    assert on_the_wall(workplace) == [1, 0, 0]
    workplace.move_on(hours=1)
    assert on_the_wall(workplace) == [1, 1, 1]
    assert is_chained(workplace, first)


def test_a_post_is_not_late_because_the_one_before_it_was(
    workplace: Workplace, real_time: RealTime
) -> None:
    first = due_now(workplace)
    one_step(workplace)
    nobody_can_tell(workplace, real_time, Fault.TIMEOUT)
    assert states(first)[1:] == [S.NEEDS_PERSON, S.APPROVED]
    real_time.on(hours=6)
    workplace.work()
    assert states(first)[2] is S.APPROVED
    decide.not_there_send_again("ana", parts(first)[1])
    workplace.work()
    assert live(first) == [True, True, True]
    assert on_the_wall(workplace) == [1, 1, 1]


def test_a_post_that_a_person_found_lets_the_thread_go_on(
    workplace: Workplace, real_time: RealTime
) -> None:
    first = due_now(workplace)
    nobody_can_tell(workplace, real_time, Fault.DROP_AFTER)
    assert states(first) == [S.NEEDS_PERSON, S.APPROVED, S.APPROVED]
    link = next(told for told in workplace.world.wall(US) if told.text == TEXTS[0]).network_id
    decide.it_is_there("ana", first, link)
    workplace.work()
    assert live(first) == [True, True, True]
    assert on_the_wall(workplace) == [1, 1, 1]


@pytest.mark.parametrize("minutes", [5, 20])
def test_a_sign_in_that_ends_in_the_middle_is_mended_and_the_thread_goes_on(
    workplace: Workplace, real_time: RealTime, minutes: int
) -> None:
    first = due_now(workplace)
    one_step(workplace)
    workplace.world.misbehave(US, Fault.UNAUTHORIZED)
    one_step(workplace)
    account_id = workplace.ladera.account.id
    assert not brands.account(account_id).connected
    real_time.on(minutes=minutes)
    workplace.work()
    connect.reconnect("ana", account_id, "")
    workplace.work()
    if minutes > 15:
        assert states(first)[1:] == [S.MISSED, S.APPROVED]
        decide.retry("ana", parts(first)[1])
        workplace.work()
    assert live(first) == [True, True, True]
    assert on_the_wall(workplace) == [1, 1, 1]


def test_a_network_that_shows_late_is_waited_for(workplace: Workplace, real_time: RealTime) -> None:
    first = due_now(workplace)
    workplace.world.misbehave(US, Fault.READ_LAG, amount=2)
    one_step(workplace)
    one_step(workplace)
    assert states(first) == [S.PUBLISHED, S.APPROVED, S.APPROVED]
    assert "not to be seen yet" in outgoings.outgoing(parts(first)[1]).words
    look_on(workplace, real_time)
    assert states(first) == [S.CONFIRMED] * 3
    assert is_chained(workplace, first)


def test_under_a_post_that_somebody_removed_nothing_is_sent(
    workplace: Workplace, real_time: RealTime
) -> None:
    first = due_now(workplace)
    one_step(workplace)
    OutgoingRow.objects.filter(pk=first).update(state=S.CONFIRMED.value, next_at=None)
    workplace.world.take_down(outgoings.load(first).network_id)
    workplace.work()
    assert states(first) == [S.CONFIRMED, S.REFUSED, S.APPROVED]
    assert "not on the network any more" in outgoings.outgoing(parts(first)[1]).words
    assert on_the_wall(workplace) == [0, 0, 0]


# --- a worker that dies ----------------------------------------------------------------------------


class Died(BaseException):
    """What kills a worker between two steps."""


def dying(point: str, times: int) -> Callable[[str], None]:
    """Return what lets a worker die when it comes to a point for the n-th time."""
    seen: Iterator[int] = iter(range(times))

    def at(here: str) -> None:
        if here == point and next(seen, None) is None:
            raise Died

    return at


@pytest.mark.parametrize("before", [0, 1, 2])
@pytest.mark.parametrize(
    "point", [one for one in POINTS if "again" not in one and one != "rescued"]
)
def test_a_worker_killed_anywhere_between_the_posts_costs_nothing(
    workplace: Workplace, real_time: RealTime, point: str, before: int
) -> None:
    first = due_now(workplace)
    worker = Worker("dies", at=dying(point, before))
    try:
        for _ in range(40):
            publish.work_once(worker)
            real_time.on(seconds=2)
    except Died:
        pass
    else:
        pytest.fail(f"the worker never came to {point}")
    look_on(workplace, real_time)
    assert states(first) == [S.CONFIRMED] * 3
    assert on_the_wall(workplace) == [1, 1, 1]
    assert is_chained(workplace, first)


# --- what a person decides -------------------------------------------------------------------------


@pytest.mark.parametrize("at", [0, 1, 2])
@pytest.mark.parametrize("how", [decide.undo, decide.drop])
def test_what_is_undone_takes_along_what_would_follow(
    workplace: Workplace, how: Callable[[str, str], None], at: int
) -> None:
    first = due_now(workplace)
    how("ana", parts(first)[at])
    workplace.move_on(minutes=5)
    assert states(first)[at:] == [S.CANCELLED] * (3 - at)
    assert on_the_wall(workplace) == [int(number < at) for number in range(3)]
    if at < 2:
        words = outgoings.outgoing(parts(first)[2]).words
        assert f"Post {at + 1} before it" in words


def test_a_post_left_unproven_ends_the_thread(workplace: Workplace, real_time: RealTime) -> None:
    first = due_now(workplace)
    nobody_can_tell(workplace, real_time, Fault.TIMEOUT)
    assert states(first)[0] is S.NEEDS_PERSON
    decide.give_up("ana", first)
    assert states(first) == [S.GIVEN_UP, S.CANCELLED, S.CANCELLED]
    with pytest.raises(BadInput):
        decide.retry("ana", parts(first)[1])


@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_new_time_is_the_whole_threads(workplace: Workplace, at: int) -> None:
    first = workplace.publish(WHOLE, hours=2)
    wanted = clock.now() + timedelta(hours=5)
    decide.reschedule("ana", parts(first)[at], wanted)
    assert {outgoings.load(one).due_at for one in parts(first)} == {wanted}
    workplace.move_on(hours=4)
    assert on_the_wall(workplace) == [0, 0, 0]
    workplace.move_on(hours=2)
    assert on_the_wall(workplace) == [1, 1, 1]


def test_a_new_time_leaves_alone_what_is_out(workplace: Workplace) -> None:
    first = due_now(workplace)
    one_step(workplace)
    decide.reschedule("ana", parts(first)[2], clock.now() + timedelta(hours=3))
    assert live(first) == [True, False, False]
    assert outgoings.load(parts(first)[1]).due_at == outgoings.load(parts(first)[2]).due_at
    workplace.move_on(hours=4)
    assert on_the_wall(workplace) == [1, 1, 1]


@pytest.mark.parametrize("hours", [0, 12])
def test_a_hold_in_the_middle_holds_the_rest_and_the_thread_goes_on(
    workplace: Workplace, real_time: RealTime, hours: int
) -> None:
    first = due_now(workplace)
    one_step(workplace)
    held = hold.hold("ana", "everything")
    assert states(first)[1:] == [S.HELD, S.HELD]
    workspaces.set_offset(clock.offset() + timedelta(hours=hours))
    look_on(workplace, real_time)
    assert on_the_wall(workplace) == [1, 0, 0]
    hold.release("ana", held.id)
    workplace.work()
    # Past its time: a person says when; what comes after it waits, and is not missed.
    assert states(first)[1:] == [S.MISSED, S.APPROVED]
    assert on_the_wall(workplace) == [1, 0, 0]
    decide.retry("ana", parts(first)[1])
    workplace.work()
    assert on_the_wall(workplace) == [1, 1, 1]
    assert is_chained(workplace, first)


def test_a_thread_written_under_a_hold_is_held_whole(workplace: Workplace) -> None:
    held = hold.hold("ana", "everything")
    first = workplace.publish(WHOLE)
    assert states(first) == [S.HELD] * 3
    hold.release("ana", held.id)
    workplace.move_on(seconds=11)
    assert on_the_wall(workplace) == [1, 1, 1]


def test_taking_a_post_down_stops_what_was_to_follow_and_sends_nothing_again(
    workplace: Workplace, real_time: RealTime
) -> None:
    first = due_now(workplace)
    one_step(workplace)
    one_step(workplace)
    post = posts.post_by_address(
        workplace.ladera.account.id, outgoings.load(parts(first)[1]).network_id
    )
    takedown.take_down("ana", post, why="Wrong day.", acknowledgement="We named a wrong day.")
    look_on(workplace, real_time, 1)
    assert states(first)[2] is S.CANCELLED
    assert "taken down" in outgoings.outgoing(parts(first)[2]).words
    assert on_the_wall(workplace) == [1, 0, 0]


def test_a_post_that_is_claimed_when_the_one_above_is_taken_down_goes_nowhere(
    workplace: Workplace, real_time: RealTime
) -> None:
    first = due_now(workplace)
    one_step(workplace)
    with pytest.raises(Died):
        publish.send_next(Worker("slow", at=dying("frozen", 0)))
    assert states(first)[1] is S.INTENDED
    post = posts.post_by_address(workplace.ladera.account.id, outgoings.load(first).network_id)
    takedown.take_down("ana", post, why="Wrong day.", acknowledgement="We named a wrong day.")
    look_on(workplace, real_time)
    assert states(first)[1:] == [S.CANCELLED, S.CANCELLED]
    assert on_the_wall(workplace) == [0, 0, 0]


# --- the approval ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changed",
    [
        {"text": "Something else."},
        {"part": 7},
        {"media": [["0" * 64, "A lie."]]},
        {"language": "es"},
    ],
)
def test_what_was_changed_after_the_yes_does_not_leave(
    workplace: Workplace, changed: dict[str, object]
) -> None:
    first = due_now(workplace)
    last = parts(first)[2]
    workplace.work(1)
    workplace.work(1)
    assert live(first)[:2] == [True, True]
    if "part" in changed:  # the second would stand where the third was approved
        OutgoingRow.objects.filter(pk=parts(first)[1]).update(part=6)
    OutgoingRow.objects.filter(pk=last).update(**changed)
    workplace.work()
    assert outgoings.load(last).state is S.CANCELLED
    assert workplace.on_the_wall(TEXTS[2]) == 0


def test_a_post_whose_yes_was_withdrawn_ends_the_thread(workplace: Workplace) -> None:
    first = due_now(workplace)
    one_step(workplace)
    OutgoingRow.objects.filter(pk=parts(first)[1]).update(approved_hash="")
    workplace.work()
    assert states(first) == [S.PUBLISHED, S.CANCELLED, S.CANCELLED]
    assert on_the_wall(workplace) == [1, 0, 0]


def test_the_next_post_is_frozen_only_when_its_turn_comes(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    freeze, frozen = Memory.freeze, []

    def seen(self: Memory, content: Content, **more: object) -> Frozen:
        frozen.append((content.text, content.reply_parent))
        return freeze(self, content, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Memory, "freeze", seen)
    first = due_now(workplace)
    one_step(workplace)
    assert [text for text, _ in frozen] == [TEXTS[0]]
    one_step(workplace)
    assert frozen[1] == (TEXTS[1], outgoings.load(first).network_id)
    assert AttemptRow.objects.count() == 2


# --- before it goes --------------------------------------------------------------------------------


def refused(workplace: Workplace, text: str) -> str:
    with pytest.raises(BadInput) as words:
        workplace.publish(text)
    assert outgoings.upcoming() == ()
    return str(words.value)


def test_each_post_has_its_own_length(workplace: Workplace) -> None:
    account_id = workplace.ladera.account.id
    review = draft.review(account_id, joined(("x" * 200, "y" * 314, "z" * 200)))
    assert [(one.number, one.used, one.over) for one in review.posts] == [
        (1, 200, False),
        (2, 314, True),
        (3, 200, False),
    ]
    assert review.over
    long = [one for one in review.findings if one.rule == "too_long"]
    assert ["Post 2" in one.message for one in long] == [True]
    words = refused(workplace, joined(("x" * 200, "y" * 314, "z" * 200)))
    assert words.startswith("Post 2 is 14 characters over")


def test_a_post_without_words_is_named(workplace: Workplace) -> None:
    assert "Post 2 has no words" in refused(workplace, "First.\n---\n")
    assert "Post 1 has no words" in refused(workplace, "---\nSecond.")
    assert "at most" in refused(workplace, joined(tuple(f"Number {n}." for n in range(30))))


def test_findings_of_every_post_stand_at_their_place_in_the_whole(workplace: Workplace) -> None:
    account_id = workplace.ladera.account.id
    text = joined(("We open in [city] next week.", "Fine.", "Dear {{first_name}}, come."))
    review = draft.review(account_id, text)
    pointed = {text[one.start : one.end] for one in review.findings if one.rule == "placeholder"}
    marked = [piece for piece, hit in review.pieces if hit]
    assert "".join(piece for piece, _ in review.pieces) == text
    assert any("[city]" in one for one in marked)
    assert any("{{first_name}}" in one for one in marked)
    assert pointed


def test_a_text_without_a_break_is_what_it_was(workplace: Workplace) -> None:
    text = "Open --- or closed?\nAsk us."
    out = workplace.publish(text)
    made = outgoings.load(out)
    assert (made.text, made.thread_id, made.part) == (text, "", 0)
    assert outgoings.outgoing(out).thread is None


def test_what_was_refused_is_written_again_with_what_waits_behind_it(workplace: Workplace) -> None:
    first = due_now(workplace)
    one_step(workplace)
    workplace.world.misbehave(US, Fault.POLICY)
    one_step(workplace)
    again = posts.draft(as_draft("ana", parts(first)[1]))
    assert again.text == joined(TEXTS[1:])
    assert again.reply_to == outgoings.load(first).network_id
    decide.drop("ana", parts(first)[1])
    draft.publish("ana", again.id, reason="Read by two.")
    workplace.move_on(seconds=11)
    assert on_the_wall(workplace) == [1, 1, 1]
    told = next(one for one in workplace.world.posts_of(US, 9) if one.text == TEXTS[1])
    assert told.parent == outgoings.load(first).network_id


def test_rules_that_were_overridden_are_known_of_each_post(workplace: Workplace) -> None:
    text = joined(("We open in [city] next week.", "Come and see."))
    out = workplace.publish(text)
    workplace.move_on(minutes=11)
    assert live(out) == [True, True]
    account_id = workplace.ladera.account.id
    for part in ("We open in [city] next week.", "Come and see."):
        assert "placeholder" in posts.overridden_rules(account_id, part)
    assert posts.overridden_rules(account_id, "Come") == frozenset()
