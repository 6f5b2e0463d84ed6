"""The story that decides, through flows on the memory network: one mistake, all the rooms."""

from datetime import timedelta

import pytest

from amends import ledger
from amends.flows import (
    clock,
    decide,
    draft,
    hold,
    incident,
    lesson,
    mention,
    people,
    quiet,
    record,
    statement,
)
from amends.store import alarms, incidents, lessons, mentions, outgoings, posts, rooms
from amends.vocabulary.errors import BadInput, NotApproved
from amends.vocabulary.incident import (
    AffectedState,
    Circumstances,
    Harm,
    Responsibility,
    Stage,
    Standing,
)
from amends.vocabulary.outgoing import LIVE, OutgoingState
from tests.cast import JOKE
from tests.flows.audience import FRIENDLY, HURT, REPROACHES
from tests.flows.conftest import Workplace
from tests.flows.paraphrases import PARAPHRASES

BAD = (
    "We are sorry if anyone was offended, but it was a joke made for another account by an intern."
)
GOOD = (
    "This morning we posted a joke about overdrafts. It was wrong: we laughed at people who "
    "struggle to pay, and we hurt them. It is our fault and we are sorry. "
    "From today two people read every post before it goes out, and we answer each of you."
)
DIFFERENT_FACTS = (
    Circumstances(Responsibility.HUMAN, harm=Harm.OFFENCE),
    Circumstances(Responsibility.UNCLEAR, harm=Harm.OFFENCE),
    Circumstances(Responsibility.NONE, evidence=True, harm=Harm.ANNOYANCE),
)


@pytest.fixture
def every() -> int:
    """All of the history: voices and the detector stand on it."""
    return 1


def the_joke_goes_out(workplace: Workplace) -> str:
    """Publish the bakery's joke as the bank, after overriding the warning; return the post."""
    account = workplace.ladera.account
    draft_id = draft.save("bruno", account.id, JOKE)
    review = draft.review(account.id, JOKE)
    assert review.decision == "ask"
    assert review.likely is not None
    assert review.likely.handle == "candil.test"
    assert any(len(one.proof) == 2 for one in review.findings)
    with pytest.raises(NotApproved):
        draft.publish("bruno", draft_id)
    out = draft.publish("bruno", draft_id, reason="We want to sound lighter today.")
    workplace.move_on(seconds=11)
    assert outgoings.load(out).state in LIVE
    return posts.post_by_address(account.id, outgoings.load(out).network_id)


def the_audience_reproaches(workplace: Workplace, post_id: str) -> str:
    """Twelve kind replies raise nothing; nine people over five bins do. Return the incident."""
    account_id = workplace.ladera.account.id
    address = posts.post(post_id).network_id
    for place, text in enumerate(FRIENDLY):
        workplace.world.say(f"kind{place}.test", text, address, clock.now())
    mention.take_in(account_id)
    assert alarms.open_alarms() == ()
    for place, text in enumerate(REPROACHES):
        workplace.world.say(f"critic{place}.test", text, address, clock.now())
        mention.take_in(account_id)
        if place % 2 == 1:
            workplace.move_on(minutes=5)
    (alarm,) = alarms.open_alarms()
    assert alarm.people >= 3
    assert alarm.about_post is not None
    assert alarm.about_post.id == post_id
    return alarm.incident_id


def test_one_mistake_through_every_room(workplace: Workplace) -> None:
    account = workplace.ladera.account
    later = draft.save("bruno", account.id, "Our branches open at nine on Monday.")
    waiting = draft.publish("bruno", later, at=clock.now() + timedelta(hours=2), reason="planned")
    post_id = the_joke_goes_out(workplace)
    incident_id = the_audience_reproaches(workplace, post_id)

    # A person freezes; the scheduled post stays.
    receipt = incident.hold_posts("ana", incident_id, f"brand:{account.brand.id}")
    assert [one.id for one in receipt.held] == [waiting]
    room = rooms.room(incident_id, clock.now())
    assert room.incident.stage is Stage.HELD
    assert room.people == len(REPROACHES)
    assert HURT in [one.affected.said for one in room.affected]

    # Facts, and three different sets of them lead to three different first options.
    incident.add_fact("ana", incident_id, "The post was written for the bakery.", Standing.KNOWN)
    firsts = []
    for facts in DIFFERENT_FACTS:
        incident.agree_facts("ana", incident_id, facts)
        firsts.append(incident.options(incident_id).first.key)
        incident.new_facts("ana", incident_id, "We looked again.")
    assert len(set(firsts)) == 3
    incident.agree_facts("ana", incident_id, DIFFERENT_FACTS[0])
    incident.choose("ana", incident_id, "full_apology", "It was our joke, and it hurt people.")

    # A bad apology is stopped with reasons; a good one is on the network once.
    bad = statement.save("ana", incident_id, BAD, kind="statement", account_ids=[account.id])
    found = statement.lint(incident_id, BAD)
    assert {"if_apology", "but_after_sorry"} <= {one.rule for one in found.findings}
    hashed = incidents.statement(bad).content_hash
    with pytest.raises(NotApproved):
        statement.approve("ana", bad, shown_hash=hashed)
    good = statement.save("ana", incident_id, GOOD, kind="statement", account_ids=[account.id])
    with pytest.raises(NotApproved):
        statement.approve("ana", good, shown_hash=hashed)
    statement.approve(
        "ana", good, shown_hash=incidents.statement(good).content_hash, reason="Read by two."
    )
    workplace.let_go()
    (out,) = outgoings.of_statement(good)
    assert out.state in LIVE
    assert [told.text for told in workplace.world.wall(account.handle)].count(GOOD) == 1
    assert rooms.room(incident_id, clock.now()).incident.stage is Stage.ANSWERED

    # The person hurt is answered in their own words; a copy is refused.
    hurt = next(one for one in room.affected if one.affected.said == HURT)
    letter = (
        "You wrote that you lost your flat over an overdraft. I posted a joke about exactly that. "
        "It was wrong, I am sorry that it hurt you. I will call you today if you tell me when. Ana"
    )
    people.send("ana", hurt.affected.id, letter, reason="Written for this person.")
    workplace.let_go()
    room = rooms.room(incident_id, clock.now())
    answered = next(one for one in room.affected if one.affected.id == hurt.affected.id)
    assert answered.affected.state is AffectedState.SENT
    assert answered.outgoing[0].state in LIVE
    for other in room.affected:
        if other.affected.id != hurt.affected.id:
            with pytest.raises(BadInput):
                people.send("ana", other.affected.id, letter, reason="again")
    people.move("ana", hurt.affected.id, AffectedState.ANSWERED)

    # Quiet event time: it can be settled, and the held post is past its time, so missed.
    with pytest.raises(BadInput):
        incident.settle("ana", incident_id)
    workplace.move_on(hours=7)
    quiet.check_all()
    incident.settle("ana", incident_id)

    hold.release("ana", room.holds[0].id)
    assert outgoings.load(waiting).state is OutgoingState.MISSED
    decide.drop("ana", waiting)

    # The lesson is replayed and adopted; the same mistake is caught and says who taught it.
    lesson_id = lesson.propose("ana", incident_id)
    lesson.replay("ana", lesson_id)
    view = lessons.lesson(lesson_id)
    assert view.example_caught
    assert view.may_ask
    lesson.adopt("ana", lesson_id, "ask", (clock.now() + timedelta(days=90)).date())
    assert rooms.room(incident_id, clock.now()).incident.stage is Stage.LEARNED
    again = draft.review(account.id, JOKE)
    taught = [one for one in again.findings if one.rule == f"lesson-{lesson_id}"]
    assert taught
    assert incident_id in taught[0].source

    # Ten paraphrases, written before the pattern existed: caught for the bank, not the bakery.
    rule = f"lesson-{lesson_id}"
    caught = [text for text in PARAPHRASES if _asks(account.id, text, rule)]
    wrongly = [text for text in PARAPHRASES if _asks(workplace.candil.account.id, text, rule)]
    print(f"paraphrases caught {len(caught)} of 10 for the bank, {len(wrongly)} for the bakery")
    assert len(caught) >= 7
    assert wrongly == []

    price = rooms.room(incident_id, clock.now()).price
    assert price.people == len(REPROACHES)
    assert price.to_statement is not None
    assert ledger.verify(record.export().splitlines()).ok


def _asks(account_id: str, text: str, rule: str) -> bool:
    return any(one.rule == rule for one in draft.review(account_id, text).findings)


def test_the_story_is_not_taught(workplace: Workplace) -> None:
    heard = mentions.queue()
    assert not {one.text for one in heard} & set(REPROACHES)
