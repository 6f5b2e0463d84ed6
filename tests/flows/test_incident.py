"""An incident is led by people: who may do what, when, and what is written down."""

from collections.abc import Callable

import pytest

from amends.flows import clock, hold, incident, mention, people, quiet, statement
from amends.networks.memory import Fault
from amends.store import brands, incidents, mentions, outgoings, posts, rooms
from amends.store.views import Room
from amends.vocabulary.brand import Account, Brand
from amends.vocabulary.errors import BadInput, NotApproved, WrongStage
from amends.vocabulary.incident import (
    Circumstances,
    Harm,
    Responsibility,
    Stage,
    Standing,
)
from amends.vocabulary.outgoing import OutgoingState
from amends.vocabulary.reproach import Severity
from tests.flows.conftest import RealTime, Workplace, joined

pytestmark = pytest.mark.usefixtures("plain_reader")

S = OutgoingState
FACTS = Circumstances(Responsibility.HUMAN, harm=Harm.OFFENCE)
HOLDING = "We know about our post of this morning. We are looking into it and will be back at six."
GOOD = (
    "This morning we posted a joke about overdrafts. We were wrong: we laughed at people who "
    "struggle to pay, and we hurt them. It is our fault and we are sorry. From today two people "
    "read every post before it goes out, and we will answer each of you."
)
HURT = "I lost my flat over an overdraft at your bank. This hurts me, you should be ashamed."


def opened(workplace: Workplace) -> str:
    post = posts.recent_posts(workplace.ladera.account.id)[0]
    return incident.mistake("ana", post_id=post.id)


def room_of(incident_id: str) -> Room:
    return rooms.room(incident_id, clock.now())


def stage_of(incident_id: str) -> Stage:
    return incidents.load_incident(incident_id).stage


def decided(workplace: Workplace) -> str:
    incident_id = opened(workplace)
    incident.agree_facts("ana", incident_id, FACTS)
    incident.choose("ana", incident_id, "full_apology", "It was our joke.")
    return incident_id


def approve(incident_id: str, text: str, accounts: list[str], kind: str = "statement") -> str:
    text_id = statement.save("ana", incident_id, text, kind=kind, account_ids=accounts)
    shown = incidents.statement(text_id).content_hash
    statement.approve("ana", text_id, shown_hash=shown, reason="Read by two.")
    return text_id


# --- opening ---------------------------------------------------------------------------------------


def test_a_mistake_may_be_named_by_post_account_or_brand(workplace: Workplace) -> None:
    account = workplace.ladera.account
    post = posts.recent_posts(account.id)[0]
    by_post = incident.mistake("ana", post_id=post.id)
    by_account = incident.mistake("ana", account_id=account.id, what="Wrong tone all week.")
    by_brand = incident.mistake("ana", brand_id=account.brand.id)
    assert {room_of(one).brand.id for one in (by_post, by_account, by_brand)} == {account.brand.id}
    assert room_of(by_post).evidence[0].text == post.text
    assert room_of(by_account).title == "Wrong tone all week."
    with pytest.raises(BadInput, match="Say where"):
        incident.mistake("ana")


def test_the_same_post_opens_one_room(workplace: Workplace) -> None:
    first = opened(workplace)
    assert opened(workplace) == first
    incident.dismiss("ana", first, "It was fine.")
    assert opened(workplace) != first


def test_it_gathers_what_was_said_before_and_those_who_are_hurt(workplace: Workplace) -> None:
    post = posts.recent_posts(workplace.ladera.account.id)[0]
    workplace.world.say("ines.test", HURT, post.network_id, clock.now())
    workplace.world.say("friend.test", "good to know, thanks", post.network_id, clock.now())
    mention.take_in(workplace.ladera.account.id)
    room = room_of(incident.mistake("ana", post_id=post.id))
    assert room.people == 1
    assert [one.affected.handle for one in room.affected] == ["ines.test"]
    assert room.clocks[0].since is not None


# --- its course ------------------------------------------------------------------------------------


def test_it_goes_to_answered_only_with_a_live_statement(workplace: Workplace) -> None:
    incident_id = decided(workplace)
    approve(incident_id, GOOD, [workplace.ladera.account.id])
    assert stage_of(incident_id) is Stage.DECIDED
    workplace.let_go()
    assert stage_of(incident_id) is Stage.ANSWERED
    assert room_of(incident_id).answered_how == "statement"


def test_a_step_out_of_place_is_refused_and_changes_nothing(workplace: Workplace) -> None:
    incident_id = opened(workplace)
    steps: tuple[Callable[[], None], ...] = (
        lambda: incident.choose("ana", incident_id, "full_apology", "because"),
        lambda: incident.silence("ana", incident_id, "because"),
        lambda: incident.new_facts("ana", incident_id, "more"),
        lambda: incident.answered_privately("ana", incident_id),
    )
    for wrong in steps:
        with pytest.raises(WrongStage):
            wrong()
    assert stage_of(incident_id) is Stage.NOTICED
    assert incidents.facts(incident_id) == ()


def test_reasons_are_asked_for(workplace: Workplace) -> None:
    incident_id = opened(workplace)
    with pytest.raises(BadInput):
        incident.dismiss("ana", incident_id, " ")
    with pytest.raises(BadInput):
        incident.add_fact("ana", incident_id, " ", Standing.KNOWN)
    with pytest.raises(BadInput):
        incident.add_to_timeline("ana", incident_id, "")
    with pytest.raises(BadInput):
        incident.attach_evidence("ana", incident_id, "")
    incident.agree_facts("ana", incident_id, FACTS)
    with pytest.raises(BadInput):
        incident.choose("ana", incident_id, "full_apology", " ")
    with pytest.raises(BadInput):
        incident.choose("ana", incident_id, "no such option", "because")
    incident.choose("ana", incident_id, "full_apology", "because")
    with pytest.raises(BadInput):
        incident.silence("ana", incident_id, "")
    with pytest.raises(BadInput, match="calm"):
        incident.settle("ana", incident_id)


def test_who_leads_how_bad_and_notes_are_on_the_timeline(workplace: Workplace) -> None:
    incident_id = opened(workplace)
    incident.take_lead("bruno", incident_id)
    incident.set_severity("bruno", incident_id, Severity.CRITICAL)
    incident.add_fact("bruno", incident_id, "Nobody read it.", Standing.ASSUMED)
    incident.add_to_timeline("bruno", incident_id, "Called the client.")
    incident.attach_evidence("bruno", incident_id, "A screenshot.", "https://example.test/1")
    room = room_of(incident_id)
    assert room.incident.lead == "bruno"
    assert room.incident.severity is Severity.CRITICAL
    assert [one.standing for one in room.facts] == [Standing.ASSUMED]
    words = " ".join(line.words for line in room.timeline)
    for part in ("bruno leads", "critical", "Nobody read it", "Called the client", "A screenshot"):
        assert part in words


def test_new_facts_withdraw_what_has_not_left(workplace: Workplace) -> None:
    incident_id = decided(workplace)
    text_id = approve(incident_id, GOOD, [workplace.ladera.account.id])
    incident.new_facts("ana", incident_id, "It was posted twice.")
    assert stage_of(incident_id) is Stage.NOTICED
    workplace.let_go()
    assert outgoings.of_statement(text_id)[0].state is S.CANCELLED
    assert workplace.on_the_wall(GOOD) == 0
    assert room_of(incident_id).statements[0].withdrawn


def test_a_freeze_from_the_room_is_in_the_room(workplace: Workplace) -> None:
    incident_id = opened(workplace)
    out = workplace.publish("Our branches will open at 9:00 on Monday.", hours=1)
    scope = f"brand:{workplace.ladera.account.brand.id}"
    receipt = incident.hold_posts("ana", incident_id, scope)
    room = room_of(incident_id)
    assert room.incident.stage is Stage.HELD
    assert [one.id for one in room.holds[0].held] == [out]
    incident.agree_facts("ana", incident_id, FACTS)
    incident.new_facts("ana", incident_id, "More came to light.")
    assert stage_of(incident_id) is Stage.HELD
    hold.release("ana", receipt.id)
    assert room_of(incident_id).holds[0].held == ()


# --- answers that are no statement -----------------------------------------------------------------


def test_silence_is_an_answer_with_its_reason(workplace: Workplace) -> None:
    incident_id = decided(workplace)
    incident.silence("ana", incident_id, "It was answered by others.")
    room = room_of(incident_id)
    assert (room.incident.stage, room.answered_how) == (Stage.ANSWERED, "silence")


def test_private_answers_are_an_answer_once_everybody_has_one(workplace: Workplace) -> None:
    incident_id = decided(workplace)
    people.add("ana", incident_id, handle="@tomas.test", said="You laughed at us.")
    with pytest.raises(BadInput, match="no answer yet"):
        incident.answered_privately("ana", incident_id)
    (person,) = room_of(incident_id).affected
    people.by_hand(
        "ana", person.affected.id, "Tomás, I wrote that. I am sorry.", "https://x.test/1"
    )
    incident.answered_privately("ana", incident_id)
    assert room_of(incident_id).answered_how == "private answers"


# --- calm ------------------------------------------------------------------------------------------


def test_it_settles_after_six_quiet_hours_and_not_before(workplace: Workplace) -> None:
    incident_id = decided(workplace)
    approve(incident_id, GOOD, [workplace.ladera.account.id])
    workplace.let_go()
    workplace.move_on(hours=5)
    assert room_of(incident_id).settle_proposed_at is None
    workplace.move_on(hours=1, minutes=1)
    assert room_of(incident_id).settle_proposed_at is not None
    incident.settle("ana", incident_id)
    assert stage_of(incident_id) is Stage.SETTLED


def test_reproach_keeps_it_from_settling(workplace: Workplace) -> None:
    incident_id = decided(workplace)
    approve(incident_id, GOOD, [workplace.ladera.account.id])
    workplace.let_go()
    post = posts.recent_posts(workplace.ladera.account.id)[0]
    for n in range(7):
        for critic in range(6):
            said = f"Shame on you, number {n} {critic}. You have no respect for us."
            workplace.world.say(f"critic{critic}{n}.test", said, post.network_id, clock.now())
        mention.take_in(workplace.ladera.account.id)
        workplace.move_on(hours=1)
    quiet.check_all()
    assert room_of(incident_id).settle_proposed_at is None


# --- statements ------------------------------------------------------------------------------------


def two_accounts(workplace: Workplace) -> list[str]:
    brand = workplace.ladera.account.brand
    second = Account("x", Brand(brand.id, brand.name, brand.colour), "memory", "ladera2.test")
    return [workplace.ladera.account.id, joined(workplace.ladera.server, second)]


def test_a_statement_is_on_each_of_two_accounts_once(
    workplace: Workplace, real_time: RealTime
) -> None:
    accounts = two_accounts(workplace)
    incident_id = decided(workplace)
    text_id = approve(incident_id, GOOD, accounts)
    workplace.let_go()
    for _ in range(20):
        real_time.on(seconds=30)
        workplace.let_go()
    assert {one.state for one in outgoings.of_statement(text_id)} == {S.CONFIRMED}
    assert workplace.on_the_wall(GOOD) == 1
    assert workplace.on_the_wall(GOOD, brands.account(accounts[1])) == 1


def test_a_withdrawn_statement_leaves_from_neither_account(workplace: Workplace) -> None:
    accounts = two_accounts(workplace)
    incident_id = decided(workplace)
    text_id = approve(incident_id, GOOD, accounts)
    statement.withdraw("ana", text_id)
    workplace.let_go()
    assert {one.state for one in outgoings.of_statement(text_id)} == {S.CANCELLED}
    assert workplace.on_the_wall(GOOD) == 0


def test_one_account_away_does_not_keep_the_other_from_answering(workplace: Workplace) -> None:
    accounts = two_accounts(workplace)
    brands.set_connected(accounts[0], connected=False)
    incident_id = decided(workplace)
    text_id = approve(incident_id, GOOD, accounts)
    workplace.let_go()
    assert sorted(one.state for one in outgoings.of_statement(text_id)) == [S.APPROVED, S.PUBLISHED]
    assert stage_of(incident_id) is Stage.ANSWERED


def test_the_yes_is_to_the_letter(workplace: Workplace) -> None:
    incident_id, account_id = decided(workplace), workplace.ladera.account.id
    first = statement.save("ana", incident_id, GOOD, kind="statement", account_ids=[account_id])
    shown = incidents.statement(first).content_hash
    second = statement.save(
        "ana", incident_id, GOOD + " Ana", kind="statement", account_ids=[account_id]
    )
    with pytest.raises(BadInput, match="replaced by a newer"):
        statement.approve("ana", first, shown_hash=shown, reason="yes")
    for wrong in (shown, "", "0"):
        with pytest.raises(NotApproved, match="changed since you read"):
            statement.approve("ana", second, shown_hash=wrong, reason="yes")
    statement.approve(
        "ana", second, shown_hash=incidents.statement(second).content_hash, reason="yes"
    )
    with pytest.raises(BadInput, match="approved this text already"):
        statement.approve(
            "ana", second, shown_hash=incidents.statement(second).content_hash, reason="yes"
        )


def test_a_second_statement_needs_the_first_withdrawn(workplace: Workplace) -> None:
    incident_id, account_id = decided(workplace), workplace.ladera.account.id
    first = approve(incident_id, GOOD, [account_id])
    with pytest.raises(BadInput, match="withdraw it"):
        approve(incident_id, GOOD + " Ana", [account_id])
    statement.withdraw("ana", first)
    approve(incident_id, GOOD + " Ana", [account_id])
    workplace.let_go()
    assert workplace.on_the_wall(GOOD) == 0
    assert workplace.on_the_wall(GOOD + " Ana") == 1


def test_what_the_rules_stop_waits_ten_minutes_alone_and_can_be_withdrawn(
    workplace: Workplace,
) -> None:
    incident_id, account_id = decided(workplace), workplace.ladera.account.id
    bad = "We are sorry if anyone was offended by the post."
    text_id = statement.save("ana", incident_id, bad, kind="statement", account_ids=[account_id])
    shown = incidents.statement(text_id).content_hash
    assert statement.lint(incident_id, bad).verdict.word == "stop"
    with pytest.raises(NotApproved):
        statement.approve("ana", text_id, shown_hash=shown)
    statement.approve("ana", text_id, shown_hash=shown, reason="I am alone here.")
    workplace.move_on(minutes=9)
    assert workplace.on_the_wall(bad) == 0
    statement.withdraw("ana", text_id)
    workplace.move_on(minutes=9)
    assert workplace.on_the_wall(bad) == 0


def test_a_statement_needs_words_an_account_and_room(workplace: Workplace) -> None:
    incident_id, account_id = decided(workplace), workplace.ladera.account.id
    for text, accounts, kind in (
        (" ", [account_id], "statement"),
        (GOOD, [], "statement"),
        (GOOD, [workplace.candil.account.id], "statement"),
        ("x" * 301, [account_id], "statement"),
        (GOOD, [account_id], "poem"),
    ):
        with pytest.raises(BadInput):
            statement.save("ana", incident_id, text, kind=kind, account_ids=accounts)


def test_a_first_word_may_go_before_the_facts_and_is_no_answer(workplace: Workplace) -> None:
    incident_id = opened(workplace)
    approve(incident_id, HOLDING, [workplace.ladera.account.id], kind="holding")
    workplace.let_go()
    assert workplace.on_the_wall(HOLDING) == 1
    assert stage_of(incident_id) is Stage.NOTICED
    assert {one.name: one.done_at for one in room_of(incident_id).clocks}["first_word"] is not None


def test_a_skeleton_s_gaps_are_caught(workplace: Workplace) -> None:
    incident_id = decided(workplace)
    for kind in ("holding", "statement"):
        text = statement.skeleton(incident_id, kind)
        assert statement.lint(incident_id, text, kind=kind).verdict.word != "pass"


def test_a_late_statement_is_missed_not_sent(workplace: Workplace, real_time: RealTime) -> None:
    incident_id = decided(workplace)
    text_id = approve(incident_id, GOOD, [workplace.ladera.account.id])
    real_time.on(minutes=11)
    workplace.let_go()
    assert outgoings.of_statement(text_id)[0].state is S.MISSED
    assert stage_of(incident_id) is Stage.DECIDED


def test_a_lost_answer_is_said_once_in_the_room(workplace: Workplace, real_time: RealTime) -> None:
    incident_id = decided(workplace)
    workplace.world.misbehave("ladera.test", Fault.TIMEOUT, times=4)
    approve(incident_id, GOOD, [workplace.ladera.account.id])
    for _ in range(10):
        real_time.on(seconds=30)
        workplace.let_go()
    said = [line.words for line in room_of(incident_id).timeline if "unconfirmed" in line.words]
    assert len(said) == 1
    assert stage_of(incident_id) is Stage.ANSWERED


def test_a_mention_of_an_unhurt_critic_puts_nobody_on_the_list(workplace: Workplace) -> None:
    incident_id = opened(workplace)
    post = posts.recent_posts(workplace.ladera.account.id)[0]
    said = "This is cruel and arrogant. You owe us an apology for laughing at poor people."
    workplace.world.say("critic.test", said, post.network_id, clock.now())
    mention.take_in(workplace.ladera.account.id)
    assert room_of(incident_id).affected == ()
    heard = mentions.of_incident(incident_id)
    assert [one.author_handle for one in heard if one.is_reproach] == ["critic.test"]
