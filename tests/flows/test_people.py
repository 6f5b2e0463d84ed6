"""People hurt: each once, in words of their own, followed to an end."""

from datetime import timedelta

import pytest

from amends.flows import clock, incident, mention, people
from amends.networks.memory import Fault
from amends.store import mentions, outgoings, posts, rooms
from amends.store.views import AffectedView
from amends.vocabulary.errors import BadInput, NotApproved
from amends.vocabulary.incident import AffectedState
from amends.vocabulary.outgoing import OutgoingState
from tests.flows.conftest import RealTime, Workplace

pytestmark = pytest.mark.usefixtures("plain_reader")

INES = "I lost my flat in January over an overdraft at your bank. This hurts me, be ashamed."
TOMAS = "You charged my father 45 euros and this hurts me. You should be ashamed of the joke."
LETTER = (
    "You wrote that you lost your flat over an overdraft. I posted a joke about exactly that. "
    "It was wrong, I am sorry that it hurt you. I will call you today if you tell me when. Ana"
)


@pytest.fixture
def hurt(workplace: Workplace) -> str:
    """An incident in which two people say that they are hurt."""
    account_id = workplace.ladera.account.id
    post = posts.recent_posts(account_id)[0]
    incident_id = incident.mistake("ana", post_id=post.id)
    for handle, text in (("ines.test", INES), ("tomas.test", TOMAS), ("ines.test", INES + "!")):
        workplace.world.say(handle, text, post.network_id, clock.now())
    mention.take_in(account_id)
    return incident_id


def listed(incident_id: str) -> dict[str, AffectedView]:
    affected = rooms.room(incident_id, clock.now()).affected
    return {one.affected.handle: one for one in affected}


def test_each_is_on_the_list_once(hurt: str) -> None:
    assert sorted(listed(hurt)) == ["ines.test", "tomas.test"]
    people.add("ana", hurt, mention_id=listed(hurt)["ines.test"].mention_id)
    people.add("ana", hurt, handle="@ines.test", network="memory")
    assert len(listed(hurt)) == 2
    people.add("ana", hurt, handle="a neighbour", said="wrote a letter")
    assert not listed(hurt)["a neighbour"].can_reply
    with pytest.raises(BadInput):
        people.add("ana", hurt, handle=" @ ")


def test_a_draft_starts_from_what_they_said_and_cannot_go_as_it_is(hurt: str) -> None:
    person = listed(hurt)["ines.test"]
    text = people.draft(person.affected.id, "Ana")
    assert "[" in text
    with pytest.raises(NotApproved):
        people.send("ana", person.affected.id, text)


def test_an_answer_goes_where_they_spoke_and_a_copy_does_not(
    workplace: Workplace, hurt: str
) -> None:
    ines, tomas = (listed(hurt)[name].affected.id for name in ("ines.test", "tomas.test"))
    out = people.send("ana", ines, LETTER, reason="Written for Inés.")
    assert listed(hurt)["ines.test"].affected.state is AffectedState.TO_WRITE
    workplace.let_go()
    assert outgoings.load(out).state is OutgoingState.PUBLISHED
    told = next(one for one in workplace.world.wall("ladera.test") if one.text == LETTER)
    assert told.parent == mentions.address(listed(hurt)["ines.test"].mention_id)[1]
    assert listed(hurt)["ines.test"].affected.state is AffectedState.SENT
    assert mentions.mention(listed(hurt)["ines.test"].mention_id).answered
    assert people.lint(tomas, LETTER).copied
    with pytest.raises(BadInput, match="nearly the same"):
        people.send("ana", tomas, LETTER, reason="again")
    with pytest.raises(BadInput, match="nearly the same"):
        people.by_hand("ana", tomas, LETTER, "https://x.test/1")


def test_a_lost_answer_is_not_called_sent(
    workplace: Workplace, hurt: str, real_time: RealTime
) -> None:
    workplace.world.misbehave("ladera.test", Fault.TIMEOUT)
    person = listed(hurt)["ines.test"].affected.id
    people.send("ana", person, LETTER, reason="Written for Inés.")
    workplace.let_go()
    assert listed(hurt)["ines.test"].affected.state is AffectedState.TO_WRITE
    real_time.on(seconds=5)
    workplace.let_go()
    assert listed(hurt)["ines.test"].affected.state is AffectedState.SENT


def test_by_hand_needs_the_link_and_moves_on(hurt: str) -> None:
    person = listed(hurt)["ines.test"].affected.id
    with pytest.raises(BadInput, match="link"):
        people.by_hand("ana", person, LETTER, "sent it")
    people.by_hand("ana", person, LETTER, "https://x.test/1")
    view = listed(hurt)["ines.test"]
    assert (view.affected.state, view.by_hand_link) == (AffectedState.SENT, "https://x.test/1")
    with pytest.raises(BadInput, match="Sent is set"):
        people.move("ana", person, AffectedState.SENT)
    people.move("ana", person, AffectedState.REPAIRED)
    assert listed(hurt)["ines.test"].affected.state is AffectedState.REPAIRED
    assert rooms.open_ends(hurt) == ("tomas.test",)


def test_someone_who_cannot_be_answered_here_is_written_to_by_hand(hurt: str) -> None:
    people.add("ana", hurt, handle="a neighbour")
    with pytest.raises(BadInput, match="by hand"):
        people.send("ana", listed(hurt)["a neighbour"].affected.id, LETTER, reason="yes")


def test_two_people_do_not_write_to_the_same_person(workplace: Workplace, hurt: str) -> None:
    person = listed(hurt)["ines.test"].affected.id
    assert people.lock(person, "ana") == ""
    assert people.lock(person, "bruno") == "ana"
    assert listed(hurt)["ines.test"].locked_by == "ana"
    assert people.lock(person, "ana") == ""
    workplace.move_on(minutes=3)
    assert people.lock(person, "bruno") == ""
    assert timedelta(minutes=2) == people.LOCK
