"""Laws of the incident's table."""

import inspect
from typing import get_args

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


incidents = st.builds(
    Incident,
    id=st.just("incident-1"),
    brand_id=st.just("brand-1"),
    stage=st.sampled_from(Stage),
    severity=st.sampled_from(Severity),
    opened_at=st.just(NOON),
    was_held=st.booleans(),
)
events = st.sampled_from(EVENTS)


@given(incident=incidents, event=events)
def test_each_pair_moves_as_the_table_says_or_is_refused(incident: Incident, event: type) -> None:
    says = promised().get((incident.stage, event.__name__))
    try:
        move = step(incident, made(event))
    except WrongStage:
        assert says is None
        return
    assert says is not None
    to, commands = says
    was = "held" if incident.was_held else "noticed"
    assert move.incident.stage == (was if to == "was" else to)
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


@given(path=st.lists(events))
def test_was_held_remembers_where_new_facts_lead(path: list[type]) -> None:
    incident = opened("incident-1", "brand-1", Severity.MINOR, NOON).incident
    last = Stage.NOTICED
    for event in path:
        try:
            incident = step(incident, made(event)).incident
        except WrongStage:
            continue
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
