"""A hold beats the queue: when it has returned nothing planned begins any more."""

from datetime import timedelta

import pytest

from amends.flows import clock, decide, draft, hold, incident, publish, readback, results, statement
from amends.flows.patience import POLICY, Worker
from amends.networks.memory import Fault
from amends.networks.memory.connector import Memory
from amends.store import brands, holds, incidents, outgoings, posts
from amends.store.models import BrandRow
from amends.store.posts import KeptDraft
from amends.store.turns import turn
from amends.vocabulary.brand import Account, Brand
from amends.vocabulary.errors import BadInput
from amends.vocabulary.outgoing import Outgoing, OutgoingKind, OutgoingState
from tests.flows.conftest import RealTime, Workplace, joined
from tests.flows.test_publish import OTHER, TEXT, WORKER, look_on, pass_the_undo_window, state_of

pytestmark = pytest.mark.usefixtures("plain_reader")

S = OutgoingState
SCOPES = ("everything", "brand:{0.brand.id}", "account:{0.id}")


def freeze(workplace: Workplace, scope: str = "everything") -> str:
    return hold.hold("ana", scope.format(workplace.ladera.account), "a joke").id


# --- at every step of one post ---------------------------------------------------------------------


def test_set_before_the_claim_it_keeps_the_post(workplace: Workplace) -> None:
    out = workplace.publish(TEXT)
    pass_the_undo_window()
    freeze(workplace)
    workplace.work()
    assert state_of(out) is S.HELD
    assert workplace.on_the_wall(TEXT) == 0


@pytest.mark.parametrize("scope", SCOPES)
def test_set_between_claim_and_begin_it_keeps_the_post(workplace: Workplace, scope: str) -> None:
    out = workplace.publish(TEXT)
    pass_the_undo_window()
    one = publish._claim(Worker("test"))
    assert one is not None
    receipt = holds.hold(freeze(workplace, scope))
    assert [flying.id for flying in receipt.in_flight] == [out]
    frozen = publish._frozen(Memory(workplace.world, "ladera.test"), one)
    assert publish._begin(one, frozen, POLICY) is None
    workplace.work()
    assert state_of(out) is S.HELD
    assert workplace.on_the_wall(TEXT) == 0


def test_set_and_released_between_claim_and_begin_the_old_claim_is_void(
    workplace: Workplace,
) -> None:
    workplace.publish(TEXT)
    pass_the_undo_window()
    one = publish._claim(Worker("test"))
    assert one is not None
    hold.release("ana", freeze(workplace))
    frozen = publish._frozen(Memory(workplace.world, "ladera.test"), one)
    assert publish._begin(one, frozen, POLICY) is None


def begun(workplace: Workplace) -> tuple[Memory, Outgoing]:
    workplace.publish(TEXT)
    pass_the_undo_window()
    one = publish._claim(Worker("test"))
    assert one is not None
    network = Memory(workplace.world, "ladera.test")
    started = publish._begin(one, publish._frozen(network, one), POLICY)
    assert started is not None
    return network, started


def test_set_during_the_call_the_receipt_names_it_and_follows_it(workplace: Workplace) -> None:
    network, started = begun(workplace)
    hold_id = freeze(workplace)
    assert [one.state for one in holds.hold(hold_id).in_flight] == [S.SENDING]
    results.record(started, results.call(network, started), WORKER)
    assert [one.state for one in holds.hold(hold_id).in_flight] == [S.PUBLISHED]
    assert holds.hold(hold_id).held == ()


def test_set_during_a_call_without_answer_it_is_only_looked_for(
    workplace: Workplace, real_time: RealTime
) -> None:
    workplace.world.misbehave("ladera.test", Fault.TIMEOUT)
    network, started = begun(workplace)
    freeze(workplace)
    results.record(started, results.call(network, started), WORKER)
    assert state_of(started.id) is S.UNKNOWN
    look_on(workplace, real_time)
    assert workplace.on_the_wall(TEXT) == 0
    # Absent under a name that only we give, a minute after the last call: it never left.
    assert state_of(started.id) is S.HELD


def test_set_between_two_repeats_no_repeat_begins(
    workplace: Workplace, real_time: RealTime
) -> None:
    workplace.world.misbehave("ladera.test", Fault.TIMEOUT)
    network, started = begun(workplace)
    results.record(started, results.call(network, started), WORKER)
    unknown = outgoings.load(started.id)
    freeze(workplace)
    assert readback._begin_again(unknown, WORKER) is None
    assert state_of(started.id) is S.UNKNOWN


def test_a_repeat_needs_the_yes_still(workplace: Workplace, real_time: RealTime) -> None:
    workplace.world.misbehave("ladera.test", Fault.TIMEOUT)
    network, started = begun(workplace)
    results.record(started, results.call(network, started), WORKER)
    outgoings.change(outgoings.load(started.id), approved_hash="")
    look_on(workplace, real_time)
    assert workplace.on_the_wall(TEXT) == 0


# --- many ------------------------------------------------------------------------------------------


def schedule(workplace: Workplace, n: int) -> list[str]:
    """Schedule posts, a minute apart, beginning in an hour."""
    account, now = workplace.ladera.account, clock.now()
    made = []
    for number in range(n):
        one = KeptDraft("", account.id, f"{TEXT} No. {number}.", "post", "", "", (), "", False)
        due_at = now + timedelta(minutes=60 + number)
        outgoing = draft.outgoing_of("bruno", one, account, "", due_at, now)
        with turn():
            outgoings.add(outgoing, at=now)
        made.append(outgoing.id)
    return made


def test_two_hundred_scheduled_posts_are_held_with_a_receipt(workplace: Workplace) -> None:
    made = schedule(workplace, 200)
    other = workplace.publish(
        "Ugly muffins at half price till eight 😅", view=workplace.candil, hours=1
    )
    receipt = hold.hold("ana", f"brand:{workplace.ladera.account.brand.id}", "a joke went out")
    assert {one.id for one in receipt.held} == set(made)
    assert receipt.in_flight == ()
    assert receipt.out_of_reach
    assert receipt.scope_words == "Ladera, every account"
    workplace.move_on(hours=2)
    assert state_of(other) is S.PUBLISHED
    assert {state_of(out) for out in made} == {S.HELD}

    # Some are released; what is past its time is missed, and so is what nobody chose.
    late, in_time, unchosen = made[0], made[70:75], made[190]
    hold.release("ana", receipt.id, [late, *in_time])
    assert state_of(late) is S.MISSED
    assert "over its time" in outgoings.outgoing(late).words
    assert {state_of(out) for out in in_time} == {S.APPROVED}
    assert state_of(unchosen) is S.MISSED
    assert "not released with the others" in outgoings.outgoing(unchosen).words
    workplace.work()
    assert workplace.on_the_wall(f"{TEXT} No. 0.") == 0
    assert holds.hold(receipt.id).released_by == "ana"


def test_hold_then_release_restores(workplace: Workplace) -> None:
    made = schedule(workplace, 3)
    hold_id = freeze(workplace)
    hold.release("ana", hold_id)
    assert {state_of(out) for out in made} == {S.APPROVED}
    workplace.move_on(hours=2)
    assert {state_of(out) for out in made} == {S.PUBLISHED}
    with pytest.raises(BadInput, match="released this hold already"):
        hold.release("ana", hold_id)


def test_twelve_hours_away_makes_missed_not_a_burst(
    workplace: Workplace, real_time: RealTime
) -> None:
    made = schedule(workplace, 10)
    real_time.on(hours=12)
    workplace.work()
    assert {state_of(out) for out in made} == {S.MISSED}
    assert not any(workplace.on_the_wall(f"{TEXT} No. {n}.") for n in range(10))


# --- scopes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("scope", SCOPES)
def test_scopes(workplace: Workplace, scope: str) -> None:
    second = Account(
        "second",
        Brand(workplace.ladera.account.brand.id, "Ladera", "#2f5d62"),
        "memory",
        "ladera2.test",
    )
    view = brands.account(joined(workplace.ladera.server, second))
    own = workplace.publish(TEXT, hours=1)
    sister = workplace.publish(OTHER, view=view, hours=1)
    other = workplace.publish(
        "Ugly muffins at half price till eight 😅", view=workplace.candil, hours=1
    )
    freeze(workplace, scope)
    held = [state_of(out) is S.HELD for out in (own, sister, other)]
    assert (
        held
        == {
            "everything": [True, True, True],
            "brand:{0.brand.id}": [True, True, False],
            "account:{0.id}": [True, False, False],
        }[scope]
    )


@pytest.mark.parametrize("scope", ["", "brand:", "brand:none", "account:none", "world", "brand"])
def test_a_scope_that_names_nothing_is_refused(workplace: Workplace, scope: str) -> None:
    with pytest.raises(BadInput):
        hold.hold("ana", scope)
    assert hold.active() == ()


def test_what_is_approved_under_a_hold_waits_too(workplace: Workplace) -> None:
    hold_id = freeze(workplace)
    out = workplace.publish(TEXT)
    assert state_of(out) is S.HELD
    assert [one.id for one in holds.hold(hold_id).held] == [out]
    decide.undo("ana", out)
    assert state_of(out) is S.CANCELLED


def test_two_holds_need_two_releases(workplace: Workplace) -> None:
    out = workplace.publish(TEXT, hours=1)
    first, second = freeze(workplace, "everything"), freeze(workplace, "account:{0.id}")
    assert len(hold.active()) == 2
    hold.release("ana", first)
    assert state_of(out) is S.HELD
    hold.release("ana", second)
    assert state_of(out) is S.APPROVED


def test_a_held_post_may_get_another_time(workplace: Workplace) -> None:
    out = workplace.publish(TEXT, hours=1)
    hold_id = freeze(workplace)
    decide.reschedule("ana", out, clock.now() + timedelta(hours=3))
    workplace.move_on(hours=2)
    hold.release("ana", hold_id)
    assert state_of(out) is S.APPROVED


def test_a_hold_on_a_brand_that_was_put_away_stops_nobody_else(workplace: Workplace) -> None:
    hold_id = freeze(workplace, "brand:{0.brand.id}")
    BrandRow.objects.filter(pk=workplace.ladera.account.brand.id).update(archived=True)
    assert hold.active() == ()
    text = "Ugly muffins at half price till eight 😅"
    out = workplace.publish(text, view=workplace.candil)
    workplace.move_on(minutes=1)
    assert state_of(out) is S.PUBLISHED
    hold.release("ana", hold_id)


# --- what a hold lets through ----------------------------------------------------------------------


def test_people_s_answers_still_leave(workplace: Workplace) -> None:
    account = workplace.ladera.account
    freeze(workplace)
    planned = workplace.publish(TEXT)
    post = posts.recent_posts(account.id)[0]
    incident_id = incident.mistake("ana", post_id=post.id)
    words = (
        "We are aware of our post of this morning. We are looking into it and will be back at six."
    )
    text_id = statement.save("ana", incident_id, words, kind="holding", account_ids=[account.id])
    shown = incidents.statement(text_id).content_hash
    statement.approve("ana", text_id, shown_hash=shown, reason="Read by two.")
    now = clock.now()
    kept = KeptDraft(
        "", account.id, "Thank you for telling us.", "reply", post.network_id, "", (), "", False
    )
    reply = draft.outgoing_of("ana", kept, account, "", now, now)
    assert reply.kind is OutgoingKind.REPLY
    with turn():
        outgoings.add(reply, at=now)
    workplace.move_on(minutes=1)
    assert state_of(outgoings.of_statement(text_id)[0].id) is S.PUBLISHED
    assert state_of(reply.id) is S.PUBLISHED
    assert state_of(planned) is S.HELD
