"""The incident's table: a whole story, what is refused, the next step, and the picture."""

from pathlib import Path

import pytest

from amends.answer import stages
from amends.answer.stages import Command, Event, NextStep, next_step, opened, picture, step
from amends.vocabulary.errors import BadInput, NotApproved, WrongStage
from amends.vocabulary.incident import Incident, Stage
from amends.vocabulary.reproach import Severity
from tests.cast import LADERA_BRAND, NOON

DOCS = Path(__file__).parents[3] / "docs"


def fresh() -> Incident:
    return opened("incident-1", LADERA_BRAND.id, Severity.MAJOR, NOON, lead="ana").incident


def after(incident: Incident, *events: Event) -> Incident:
    for event in events:
        incident = step(incident, event).incident
    return incident


def test_it_opens_with_the_offer_to_hold_and_nothing_held() -> None:
    move = opened("incident-1", LADERA_BRAND.id, Severity.MAJOR, NOON)
    assert move.incident.stage is Stage.NOTICED
    assert not move.incident.was_held
    assert move.commands == (Command.OFFER_HOLD,)


def test_a_mistake_from_the_alarm_to_the_lesson() -> None:
    told = after(
        fresh(),
        stages.PostsHeld(),
        stages.StatementApproved("ana", "hash of the first word"),
        stages.StatementPublished(),
        stages.FactsAgreed("ana"),
        stages.OptionChosen("ana"),
        stages.StatementApproved("bruno", "hash of the apology"),
        stages.StatementPublished(),
        stages.ReproachQuiet(),
        stages.LessonAdopted("ana"),
    )
    assert told.stage is Stage.LEARNED


def test_the_first_word_does_not_end_the_answer() -> None:
    held = after(fresh(), stages.PostsHeld(), stages.StatementPublished())
    assert held.stage is Stage.HELD


@pytest.mark.parametrize("was_held", [True, False])
def test_new_facts_lead_back_to_where_it_was(*, was_held: bool) -> None:
    start = after(fresh(), stages.PostsHeld()) if was_held else fresh()
    decided = after(start, stages.FactsAgreed("ana"), stages.OptionChosen("ana"))
    move = step(decided, stages.NewFacts("bruno"))
    assert move.incident.stage is (Stage.HELD if was_held else Stage.NOTICED)
    assert move.commands == (Command.WITHDRAW_APPROVALS,)


def test_new_facts_after_a_second_alarm_do_not_remember_the_first_hold() -> None:
    answered = after(
        fresh(),
        stages.PostsHeld(),
        stages.FactsAgreed("ana"),
        stages.OptionChosen("ana"),
        stages.StatementPublished(),
        stages.ReproachRose(),
        stages.FactsAgreed("ana"),
        stages.NewFacts("ana"),
    )
    assert answered.stage is Stage.NOTICED


def test_a_pair_outside_the_table_says_what_to_do() -> None:
    with pytest.raises(WrongStage, match="Lesson adopted does not fit an incident that is noticed"):
        step(fresh(), stages.LessonAdopted("ana"))


def test_nothing_is_approved_without_a_name_or_a_text() -> None:
    for nobody in (stages.StatementApproved(" ", "hash"), stages.StatementApproved("ana", "")):
        with pytest.raises(NotApproved):
            step(fresh(), nobody)


def test_what_a_person_causes_needs_the_person() -> None:
    with pytest.raises(BadInput, match="facts agreed needs a name"):
        step(fresh(), stages.FactsAgreed(""))


def test_silence_needs_a_reason() -> None:
    decided = after(fresh(), stages.FactsAgreed("ana"), stages.OptionChosen("ana"))
    with pytest.raises(BadInput, match="why silence"):
        step(decided, stages.SilenceChosen("ana", " "))
    move = step(decided, stages.SilenceChosen("ana", "Nobody was hurt and the claim is not ours."))
    assert move.incident.stage is Stage.ANSWERED


def test_one_next_step_at_each_stage() -> None:
    noticed = fresh()
    assert next_step(noticed, can_hold=True) is NextStep.HOLD
    assert next_step(noticed) is NextStep.FACTS
    understood = after(noticed, stages.FactsAgreed("ana"))
    assert next_step(understood, can_hold=True) is NextStep.OPTIONS
    decided = after(understood, stages.OptionChosen("ana"))
    assert next_step(decided, to_write=3, option="full_apology") is NextStep.STATEMENT
    assert next_step(decided, to_write=3, option="answer_privately_first") is NextStep.PEOPLE
    answered = after(decided, stages.StatementPublished())
    assert next_step(answered, to_write=1) is NextStep.PEOPLE
    assert next_step(answered) is NextStep.SETTLE
    settled = after(answered, stages.ReproachQuiet())
    assert next_step(settled) is NextStep.LESSON
    assert next_step(after(settled, stages.LessonAdopted("ana"))) is NextStep.NOTHING


def test_the_picture_in_the_docs_is_the_table() -> None:
    assert picture() in (DOCS / "incident.md").read_text(encoding="utf-8")
