"""What people were told stays true: withdrawn, taken down, resumed, undone."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import DataError
from django.test import Client

from amends.desk import speech
from amends.desk.board import fact
from amends.flows import clock, course, decide, draft, hold, publish, statement, takedown
from amends.flows.patience import Worker
from amends.networks.memory import Fault
from amends.networks.memory.connector import Memory
from amends.networks.port import Found, Frozen, Published, SafeRepeat, Unknown
from amends.store import boards, brands, outgoings, posts, threads
from amends.store.models import AttemptRow, OutgoingRow
from amends.store.posts import KeptDraft
from amends.store.turns import turn
from amends.vocabulary.outgoing import LIVE, OutgoingState
from tests.flows.conftest import RealTime, Workplace
from tests.flows.test_hold_at_every_step import due_posts
from tests.flows.test_incident import GOOD, approve, decided, two_accounts
from tests.flows.test_publish import TEXT, due_now, look_on, pass_the_undo_window, state_of
from tests.flows.test_restore import of_class
from tests.flows.test_threads import due_now as thread_due_now
from tests.flows.test_threads import on_the_wall, one_step, parts

pytestmark = pytest.mark.usefixtures("plain_reader")
S = OutgoingState


def test_a_withdrawn_text_is_not_sent_again_where_its_first_try_is_unproven(
    workplace: Workplace, real_time: RealTime
) -> None:
    incident_id = decided(workplace)
    text_id = approve(incident_id, GOOD, two_accounts(workplace))
    pass_the_undo_window()
    for one in brands.accounts():
        workplace.world.misbehave(one.handle, Fault.TIMEOUT)
    publish.send_next(Worker("test"))
    assert S.UNKNOWN in {one.state for one in outgoings.of_statement(text_id)}
    statement.withdraw("ana", text_id)
    look_on(workplace, real_time, 0.3)
    assert {one.state for one in outgoings.of_statement(text_id)} == {S.CANCELLED}
    assert workplace.on_the_wall(GOOD) == 0


def test_new_facts_during_a_call_that_never_left_keep_the_text_here(
    workplace: Workplace, real_time: RealTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    incident_id = decided(workplace)
    text_id = approve(incident_id, GOOD, [workplace.ladera.account.id])
    pass_the_undo_window()

    def not_reached(_self: Memory, _frozen: Frozen) -> Unknown:
        with turn():
            course.withdraw_approvals(incident_id, by="ana", at=clock.now())
        return Unknown("no connection", left=False)

    with monkeypatch.context() as patched:
        patched.setattr(Memory, "publish", not_reached)
        publish.send_next(Worker("test"))
    look_on(workplace, real_time, 0.1)
    assert [one.state for one in outgoings.of_statement(text_id)] == [S.CANCELLED]
    assert workplace.on_the_wall(GOOD) == 0


def test_what_stood_under_a_post_that_was_taken_down_is_not_repeated(
    workplace: Workplace, real_time: RealTime
) -> None:
    first = thread_due_now(workplace)
    one_step(workplace)
    workplace.world.misbehave("ladera.test", Fault.TIMEOUT)
    one_step(workplace)
    assert state_of(parts(first)[1]) is S.UNKNOWN
    post = posts.post(posts.post_by_link(outgoings.outgoing(first).url))
    takedown.take_down("ana", post.id, why="A slur.", acknowledgement="We took it down.")
    pass_the_undo_window()
    look_on(workplace, real_time, 0.4)
    assert on_the_wall(workplace) == [0, 0, 0]


def test_what_follows_a_post_that_vanished_is_missed_with_a_sentence(
    workplace: Workplace, real_time: RealTime
) -> None:
    first = thread_due_now(workplace)
    one_step(workplace)
    with turn():
        outgoings.move(outgoings.load(first), S.VANISHED, at=clock.now())
    assert [state_of(one) for one in parts(first)[1:]] == [S.MISSED, S.MISSED]
    assert "Post 1 before it is gone" in outgoings.outgoing(parts(first)[1]).words
    assert threads.waits(outgoings.load(parts(first)[1]))


def test_resuming_lets_no_burst_out(workplace: Workplace) -> None:
    made = due_posts(workplace, 20)
    receipt = hold.hold("ana", "everything")
    workplace.move_on(minutes=5)
    hold.release("ana", receipt.id)
    workplace.work()
    assert {state_of(one) for one in made} == {S.MISSED}
    assert not any(workplace.on_the_wall(outgoings.load(one).text) for one in made)


def test_resume_all_lets_only_go_what_the_page_showed(workplace: Workplace) -> None:
    get_user_model().objects.create_user("ana", password="a lamp and a desk")
    client = Client()
    client.force_login(get_user_model().objects.get(username="ana"))
    shown = workplace.publish(TEXT, hours=1)
    receipt = hold.hold("ana", "everything")
    page = client.get(f"/freeze/{receipt.id}/").content.decode()
    assert f'name="shown" value="{shown}"' in page
    later = workplace.publish("Closed on Sunday.", hours=2)
    answer = client.post(f"/freeze/{receipt.id}/resume/", {"what": "all", "shown": [shown]})
    assert answer.status_code == 302
    assert [state_of(one) for one in (shown, later)] == [S.APPROVED, S.MISSED]


def test_a_reply_that_was_planned_for_later_is_held_and_one_for_now_leaves(
    workplace: Workplace,
) -> None:
    account, now = workplace.ladera.account, clock.now()
    about = posts.recent_posts(account.id)[0].network_id
    made = []
    for text, later in (("We open at nine.", timedelta(0)), ("See you there!", timedelta(hours=5))):
        kept = KeptDraft("", account.id, text, "reply", about, "", (), "", sent=False)
        with turn():
            outgoings.add(draft.outgoing_of("ana", kept, account, "", now + later, now), at=now)
        made.append(OutgoingRow.objects.get(text=text).pk)
    receipt = hold.hold("ana", "everything")
    assert [one.id for one in receipt.held] == [made[1]]
    workplace.move_on(hours=6)
    assert [state_of(one) in LIVE for one in made] == [True, False]


def test_a_time_of_now_keeps_the_undo_window(workplace: Workplace) -> None:
    out = workplace.publish(TEXT, seconds=-50)
    workplace.work()
    assert state_of(out) is S.APPROVED
    decide.undo("ana", out)
    assert workplace.on_the_wall(TEXT) == 0


def test_a_text_that_the_store_cannot_keep_is_counted_as_broken(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = due_now(workplace)

    def broken(*_given: object) -> None:
        raise DataError("value too long")

    monkeypatch.setattr(publish, "_begin", broken)
    with pytest.raises(DataError):
        publish.send_next(Worker("test"))
    assert outgoings.load(out).failures == 1


def test_a_repeat_that_is_told_to_wait_waits_and_uses_no_look_up(
    workplace: Workplace, real_time: RealTime
) -> None:
    workplace.world.misbehave("ladera.test", Fault.TIMEOUT)
    workplace.world.misbehave("ladera.test", Fault.RATE_LIMITED, amount=300)
    out = due_now(workplace)
    workplace.work()
    real_time.on(seconds=2)
    workplace.work()
    waiting = outgoings.load(out)
    assert (waiting.state, waiting.reads) == (S.UNKNOWN, 0)
    assert waiting.next_at is not None
    assert round((waiting.next_at - clock.real()).total_seconds()) == 300
    look_on(workplace, real_time, 0.2)
    assert state_of(out) is S.CONFIRMED
    assert workplace.on_the_wall(TEXT) == 1


def test_undo_gives_the_words_back(workplace: Workplace) -> None:
    out = workplace.publish(TEXT)
    assert draft.latest("bruno") == ""
    decide.undo("bruno", out)
    reopened = draft.latest("bruno")
    assert draft.load(reopened)[1] == TEXT
    again = draft.publish("bruno", reopened, reason="Read by two.")
    workplace.let_go()
    assert state_of(again) in LIVE
    assert workplace.on_the_wall(TEXT) == 1


def test_a_post_that_was_taken_down_is_not_called_live(
    workplace: Workplace, real_time: RealTime
) -> None:
    out = due_now(workplace)
    look_on(workplace, real_time, 0.1)
    assert speech.outgoing_words(outgoings.outgoing(out), clock.now())[0] == "good"
    post = posts.post(posts.post_by_link(outgoings.outgoing(out).url))
    takedown.take_down("ana", post.id, why="A slur.", acknowledgement="We took it down.")
    workplace.let_go()
    assert speech.outgoing_words(outgoings.outgoing(out), clock.now()) == (
        "quiet",
        "taken down since",
    )


def test_home_is_not_calm_while_a_text_waits_for_a_decision(workplace: Workplace) -> None:
    out = workplace.publish(TEXT)
    board = boards.home(clock.now())
    assert sum(one.to_decide for one in board.lines) == 0
    OutgoingRow.objects.filter(pk=out).update(state="needs_person")
    lines = list(boards.home(clock.now()).lines)
    assert sum(one.to_decide for one in lines) == 1
    assert "1 text waits for your decision" in fact(lines)


# --- networks on which a second send would double --------------------------------------------------


def test_what_may_be_out_is_never_sent_a_second_time_by_itself(
    workplace: Workplace, real_time: RealTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However it came to wait again: only a person's order after the lost call lets it go."""
    of_class(monkeypatch, SafeRepeat.NONE)
    workplace.world.misbehave("ladera.test", Fault.TIMEOUT)
    out = due_now(workplace)
    workplace.work()
    OutgoingRow.objects.filter(pk=out).update(state="approved", next_at=None)
    workplace.work()
    assert state_of(out) is S.NEEDS_PERSON
    assert "may be out already" in outgoings.outgoing(out).words
    assert AttemptRow.objects.filter(outgoing_id=out).count() == 1
    real_time.on(minutes=3)
    decide.not_there_send_again("ana", out)
    workplace.work()
    assert state_of(out) in LIVE
    assert AttemptRow.objects.filter(outgoing_id=out).count() == 2


@pytest.mark.parametrize("has_its_own", [True, False])
def test_equal_words_are_never_taken_for_each_other(
    workplace: Workplace,
    real_time: RealTime,
    monkeypatch: pytest.MonkeyPatch,
    *,
    has_its_own: bool,
) -> None:
    of_class(monkeypatch, SafeRepeat.NONE)
    first = due_now(workplace)
    workplace.work()
    theirs = Published(outgoings.load(first).network_id, "", clock.real(), "")
    own = workplace.world.post_as("ladera.test", TEXT, clock.real())
    others = (Published(own, "", clock.real(), ""),) if has_its_own else ()
    monkeypatch.setattr(Memory, "find", lambda *_given: Found(theirs, others))
    workplace.world.misbehave("ladera.test", Fault.TIMEOUT)
    second = due_now(workplace)
    look_on(workplace, real_time, 0.3)
    found = outgoings.load(second)
    assert found.state in ({S.PUBLISHED, S.CONFIRMED} if has_its_own else {S.NEEDS_PERSON})
    assert found.network_id == (own if has_its_own else "")
