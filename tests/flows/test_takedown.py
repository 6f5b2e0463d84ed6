"""Taking down openly: evidence, the public word, then the removal."""

from datetime import timedelta

import pytest

from amends.flows import clock, decide, hold, takedown
from amends.networks.memory import Fault
from amends.store import outgoings, posts, rooms
from amends.store.models import OutgoingRow
from amends.store.views import PostView
from amends.vocabulary.errors import BadInput, NetworkError
from amends.vocabulary.outgoing import Outgoing, OutgoingKind, OutgoingState
from tests.flows.conftest import RealTime, Workplace
from tests.flows.test_publish import TEXT, look_on, pass_the_undo_window

pytestmark = pytest.mark.usefixtures("plain_reader")

S = OutgoingState
WHY = "It laughs at people in debt."
WORD = "We took down this morning's post: it laughed at people in debt. That was wrong, and ours."


@pytest.fixture
def post(workplace: Workplace) -> PostView:
    """A post of ours that is live, with an answer under it."""
    out = workplace.publish(TEXT)
    workplace.move_on(seconds=11)
    found = posts.post_by_address(workplace.ladera.account.id, outgoings.load(out).network_id)
    workplace.world.say("critic.test", "This is cruel.", posts.post(found).network_id, clock.now())
    return posts.post(found)


def take(post: PostView, why: str = WHY, word: str = WORD) -> str:
    return takedown.take_down("ana", post.id, why=why, acknowledgement=word)


def removals() -> list[Outgoing]:
    rows = OutgoingRow.objects.filter(kind=OutgoingKind.REMOVAL.value)
    return [outgoings.words_of(row) for row in rows]


def test_evidence_first_then_gone_with_the_word_as_a_draft(
    workplace: Workplace, post: PostView, real_time: RealTime
) -> None:
    room = rooms.room(take(post), clock.now())
    kept = room.evidence[-1]
    assert TEXT in kept.text
    assert "This is cruel." in kept.text
    assert len(kept.sha256) == 64
    assert [one.text for one in room.statements] == [WORD]
    assert room.statements[0].approved_by == ""
    assert workplace.on_the_wall(TEXT) == 1
    workplace.let_go()
    assert workplace.on_the_wall(TEXT) == 0
    assert posts.post(post.id).taken_down_at is not None
    look_on(workplace, real_time, 0.1)
    (removal,) = removals()
    assert removal.state is S.CONFIRMED  # read back until it was gone
    sent = outgoings.of_post(post.account.id, post.network_id)
    assert sent is not None
    assert sent.state is not S.VANISHED  # by our hand, so no alarm
    with pytest.raises(BadInput, match="taken down already"):
        take(post)


@pytest.mark.parametrize(("why", "word"), [("", WORD), (WHY, " "), (WHY, "x" * 301)])
def test_without_a_reason_or_a_public_word_nothing_is_taken_down(
    workplace: Workplace, post: PostView, why: str, word: str
) -> None:
    with pytest.raises(BadInput):
        take(post, why, word)
    workplace.let_go()
    assert removals() == []
    assert workplace.on_the_wall(TEXT) == 1
    assert rooms.list_incidents() == ()


def test_without_evidence_nothing_is_taken_down(workplace: Workplace, post: PostView) -> None:
    workplace.world.misbehave("ladera.test", Fault.READ_FAILS)
    with pytest.raises(NetworkError):
        take(post)
    workplace.let_go()
    assert removals() == []
    assert workplace.on_the_wall(TEXT) == 1


def test_twice_is_refused_while_the_first_is_on_its_way(post: PostView) -> None:
    take(post)
    with pytest.raises(BadInput, match="being taken down"):
        take(post)
    assert len(removals()) == 1


def test_it_waits_until_the_post_s_own_send_is_over(
    workplace: Workplace, real_time: RealTime
) -> None:
    """A repeat after the removal would bring the post back."""
    workplace.world.misbehave("ladera.test", Fault.DROP_AFTER)
    out = workplace.publish(TEXT)
    pass_the_undo_window()
    workplace.let_go()
    name = outgoings.load(out).wire_name
    address = f"memory://ladera.test/{name}"
    posts.keep_posts(
        [posts.KeptPost("post-x", workplace.ladera.account.id, address, "", TEXT, clock.now())]
    )
    OutgoingRow.objects.filter(pk=out).update(network_id=address)
    with pytest.raises(BadInput, match="not proven yet"):
        take(posts.post("post-x"))


def test_a_lost_answer_is_repeated_until_it_is_gone(
    workplace: Workplace, post: PostView, real_time: RealTime
) -> None:
    workplace.world.misbehave("ladera.test", Fault.TIMEOUT, times=2)
    take(post)
    workplace.let_go()
    assert removals()[0].state is S.UNKNOWN
    look_on(workplace, real_time, 0.1)
    assert removals()[0].state is S.CONFIRMED
    assert workplace.on_the_wall(TEXT) == 0


def test_a_hold_does_not_keep_a_post_up(workplace: Workplace, post: PostView) -> None:
    hold.hold("ana", "everything")
    take(post)
    workplace.let_go()
    assert workplace.on_the_wall(TEXT) == 0


def test_an_unproven_removal_is_a_person_s_and_no_link_makes_it_a_post(
    workplace: Workplace, post: PostView, real_time: RealTime
) -> None:
    workplace.world.misbehave("ladera.test", Fault.TIMEOUT, times=99)
    take(post)
    look_on(workplace, real_time)
    (removal,) = removals()
    assert removal.state is S.NEEDS_PERSON
    with pytest.raises(BadInput, match="removal"):
        decide.it_is_there("ana", removal.id, post.url)
    workplace.world.behave("ladera.test")
    decide.not_there_send_again("ana", removal.id)
    workplace.let_go()
    assert workplace.on_the_wall(TEXT) == 0
    assert posts.post(post.id).taken_down_at is not None
    assert clock.now() - outgoings.load(removal.id).due_at < timedelta(minutes=1)
