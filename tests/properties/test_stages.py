"""Laws of the incident's table."""

import inspect
from dataclasses import replace
from itertools import product
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.answer import stages
from amends.answer.stages import ENDS, NEXT, Command, Event, opened, step
from amends.vocabulary.errors import Refusal, WrongStage
from amends.vocabulary.incident import Incident, Stage
from amends.vocabulary.reproach import Severity
from tests.cast import NOON

# The table of the design, written a second time: stage, event, where to, what is asked.
TABLE = """
noticed PostsHeld held
noticed,held Dismissed dismissed AskToRelease
noticed,held,decided StatementApproved same Publish
noticed,held StatementPublished same
noticed,held,decided OutcomeLost same ReadBack
noticed,held FactsAgreed understood
understood,decided,answered NewFacts was WithdrawApprovals
understood OptionChosen decided
decided OptionChosen same WithdrawApprovals
decided StatementPublished answered OfferPrivateReplies
decided PrivateAnswersSent answered OfferPrivateReplies
decided TakenDownOpenly answered OfferPrivateReplies
decided Clarified answered OfferPrivateReplies
decided SilenceChosen answered OfferPrivateReplies
answered,settled ReproachRose noticed OfferHold
answered ReproachQuiet settled AskToRelease,OfferLesson
settled LessonAdopted learned
"""
EVENTS: tuple[type, ...] = get_args(Event)


def promised() -> dict[tuple[Stage, str], tuple[str, tuple[str, ...]]]:
    pairs = {}
    for line in TABLE.split("\n"):
        if line:
            froms, event, to, *commands = line.split()
            asked = tuple(commands[0].split(",")) if commands else ()
            for stage in froms.split(","):
                pairs[Stage(stage), event] = (stage if to == "same" else to, asked)
    return pairs


def made(event: type, text: str = "ana") -> Event:
    event_made: Event = event(*[text for _ in inspect.signature(event).parameters])
    return event_made


def standing(stage: Stage, *, was_held: bool = False) -> Incident:
    incident = opened("incident-1", "brand-1", Severity.MINOR, NOON).incident
    return replace(incident, stage=stage, was_held=was_held)


events = st.sampled_from(EVENTS)


@pytest.mark.parametrize(("stage", "event"), list(product(Stage, EVENTS)))
@pytest.mark.parametrize("was_held", [True, False])
def test_each_pair_moves_as_the_table_says_or_is_refused(
    *, stage: Stage, event: type, was_held: bool
) -> None:
    incident = standing(stage, was_held=was_held)
    says = promised().get((stage, event.__name__))
    if says is None:
        with pytest.raises(WrongStage):
            step(incident, made(event))
        return
    to, commands = says
    move = step(incident, made(event))
    assert move.incident.stage == (("held" if was_held else "noticed") if to == "was" else to)
    assert tuple(command.value for command in move.commands) == commands


@given(names=st.lists(st.tuples(events, st.sampled_from(["ana", "", " "]))))
def test_no_path_publishes_without_a_named_yes(names: list[tuple[type, str]]) -> None:
    incident = opened("incident-1", "brand-1", Severity.MINOR, NOON).incident
    for event, name in names:
        try:
            move = step(incident, made(event, name))
        except Refusal:
            continue
        if Command.PUBLISH in move.commands:
            assert event is stages.StatementApproved
            assert name == "ana"
        incident = move.incident


@given(data=st.data())
def test_was_held_remembers_where_new_facts_lead(data: st.DataObject) -> None:
    incident, last = standing(Stage.NOTICED), Stage.NOTICED
    for _ in range(12):
        possible = [event for stage, event in NEXT if stage is incident.stage]
        if not possible:
            break
        incident = step(incident, made(data.draw(st.sampled_from(possible)))).incident
        last = incident.stage if incident.stage in {Stage.NOTICED, Stage.HELD} else last
        assert incident.was_held == (last is Stage.HELD)


def test_every_stage_can_still_reach_an_end_and_ends_are_ends() -> None:
    reached = set(ENDS)
    for _ in Stage:
        reached |= {
            stage
            for (stage, _event), leads in NEXT.items()
            if (leads.to or Stage.NOTICED) in reached
        }
    assert reached == set(Stage)
    assert not any(stage in ENDS for stage, _event in NEXT)
