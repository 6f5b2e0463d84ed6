"""The incident, as one table.

Theory of operation
    An incident stands at one stage. Something happens, an event; `NEXT` says where it leads
    and what the core asks for, the commands. A pair that is not in the table raises
    WrongStage. Commands called Ask or Offer put something before a person; `Publish`
    follows only from `StatementApproved`, which carries a name and the hash of a text.
    Nothing here sends, saves or reads a clock: `step` takes a value and gives a value back.

    New facts lead back to where the incident was before the facts were agreed: NOTICED, or
    HELD when posts were held. That is the one arrow whose end depends on the past, and
    `Incident.was_held` remembers it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from amends.vocabulary.errors import BadInput, NotApproved, WrongStage
from amends.vocabulary.incident import Incident, Stage
from amends.vocabulary.reproach import Severity


@dataclass(frozen=True, slots=True)
class PostsHeld:
    """The posts that could still go out now wait."""


@dataclass(frozen=True, slots=True)
class Dismissed:
    """A person says: this is not about us, or not a mistake."""

    by: str


@dataclass(frozen=True, slots=True)
class StatementApproved:
    """A named person's yes to an exact text."""

    by: str
    content_hash: str


@dataclass(frozen=True, slots=True)
class StatementPublished:
    """The approved words are out, as the network or a read-back confirmed."""


@dataclass(frozen=True, slots=True)
class OutcomeLost:
    """We sent and do not know what became of it."""


@dataclass(frozen=True, slots=True)
class FactsAgreed:
    """A person says: we know enough to choose an answer."""

    by: str


@dataclass(frozen=True, slots=True)
class NewFacts:
    """Something came to light that changes what we thought."""

    by: str


@dataclass(frozen=True, slots=True)
class OptionChosen:
    """A person chose how to answer."""

    by: str


@dataclass(frozen=True, slots=True)
class PrivateAnswersSent:
    """The people hurt were answered in private, and that is the answer."""

    by: str


@dataclass(frozen=True, slots=True)
class TakenDownOpenly:
    """The post was taken down with a public notice, and that is the answer."""

    by: str


@dataclass(frozen=True, slots=True)
class Clarified:
    """It was not our doing; we showed the proof."""

    by: str


@dataclass(frozen=True, slots=True)
class SilenceChosen:
    """A person chose to say nothing, and wrote down why."""

    by: str
    why: str


@dataclass(frozen=True, slots=True)
class ReproachRose:
    """An alarm again, after the answer."""


@dataclass(frozen=True, slots=True)
class ReproachQuiet:
    """Reproach is back to the usual for as long as the policy asks."""


@dataclass(frozen=True, slots=True)
class LessonAdopted:
    """What the mistake taught is now a rule."""

    by: str


Event = (
    PostsHeld
    | Dismissed
    | StatementApproved
    | StatementPublished
    | OutcomeLost
    | FactsAgreed
    | NewFacts
    | OptionChosen
    | PrivateAnswersSent
    | TakenDownOpenly
    | Clarified
    | SilenceChosen
    | ReproachRose
    | ReproachQuiet
    | LessonAdopted
)


class Command(StrEnum):
    """What the core asks the shell to do; Ask and Offer wait for a person."""

    OFFER_HOLD = "OfferHold"
    ASK_TO_RELEASE = "AskToRelease"
    PUBLISH = "Publish"
    READ_BACK = "ReadBack"
    WITHDRAW_APPROVALS = "WithdrawApprovals"
    OFFER_PRIVATE_REPLIES = "OfferPrivateReplies"
    OFFER_LESSON = "OfferLesson"


@dataclass(frozen=True, slots=True)
class Move:
    """The incident after an event, and what is asked for."""

    incident: Incident
    commands: tuple[Command, ...] = ()


@dataclass(frozen=True, slots=True)
class Leads:
    """Where a pair of the table leads; `to` is None for "as it was", NOTICED or HELD."""

    to: Stage | None
    commands: tuple[Command, ...] = ()


NOTICED, HELD, UNDERSTOOD, DECIDED = Stage.NOTICED, Stage.HELD, Stage.UNDERSTOOD, Stage.DECIDED
ANSWERED, SETTLED, LEARNED, DISMISSED = (
    Stage.ANSWERED,
    Stage.SETTLED,
    Stage.LEARNED,
    Stage.DISMISSED,
)
ENDS = frozenset({LEARNED, DISMISSED})

_RELEASE = (Command.ASK_TO_RELEASE,)
_PUBLISH = (Command.PUBLISH,)
_READ_BACK = (Command.READ_BACK,)
_WITHDRAW = (Command.WITHDRAW_APPROVALS,)
_REPLIES = (Command.OFFER_PRIVATE_REPLIES,)
_HOLD = (Command.OFFER_HOLD,)
_SETTLE = (Command.ASK_TO_RELEASE, Command.OFFER_LESSON)

NEXT: Mapping[tuple[Stage, type], Leads] = MappingProxyType(
    {
        (NOTICED, PostsHeld): Leads(HELD),
        (NOTICED, Dismissed): Leads(DISMISSED, _RELEASE),
        (HELD, Dismissed): Leads(DISMISSED, _RELEASE),
        (NOTICED, StatementApproved): Leads(NOTICED, _PUBLISH),
        (HELD, StatementApproved): Leads(HELD, _PUBLISH),
        (DECIDED, StatementApproved): Leads(DECIDED, _PUBLISH),
        (NOTICED, StatementPublished): Leads(NOTICED),
        (HELD, StatementPublished): Leads(HELD),
        (NOTICED, OutcomeLost): Leads(NOTICED, _READ_BACK),
        (HELD, OutcomeLost): Leads(HELD, _READ_BACK),
        (DECIDED, OutcomeLost): Leads(DECIDED, _READ_BACK),
        (NOTICED, FactsAgreed): Leads(UNDERSTOOD),
        (HELD, FactsAgreed): Leads(UNDERSTOOD),
        (UNDERSTOOD, NewFacts): Leads(None, _WITHDRAW),
        (DECIDED, NewFacts): Leads(None, _WITHDRAW),
        (ANSWERED, NewFacts): Leads(None, _WITHDRAW),
        (UNDERSTOOD, OptionChosen): Leads(DECIDED),
        (DECIDED, OptionChosen): Leads(DECIDED, _WITHDRAW),
        (DECIDED, StatementPublished): Leads(ANSWERED, _REPLIES),
        (DECIDED, PrivateAnswersSent): Leads(ANSWERED, _REPLIES),
        (DECIDED, TakenDownOpenly): Leads(ANSWERED, _REPLIES),
        (DECIDED, Clarified): Leads(ANSWERED, _REPLIES),
        (DECIDED, SilenceChosen): Leads(ANSWERED, _REPLIES),
        (ANSWERED, ReproachRose): Leads(NOTICED, _HOLD),
        (SETTLED, ReproachRose): Leads(NOTICED, _HOLD),
        (ANSWERED, ReproachQuiet): Leads(SETTLED, _SETTLE),
        (SETTLED, LessonAdopted): Leads(LEARNED),
    }
)


def opened(
    incident_id: str, brand_id: str, severity: Severity, at: datetime, lead: str = ""
) -> Move:
    """Return a new incident at NOTICED, with the offer to hold posts.

    Args:
        incident_id: Its id, made by the caller.
        brand_id: Whose mistake it is.
        severity: How bad it looks; unsure means the higher.
        at: When the alarm came or a person said "I made a mistake", aware, UTC.
        lead: Who leads the answer, "" when nobody has taken it yet.
    """
    incident = Incident(
        id=incident_id,
        brand_id=brand_id,
        stage=NOTICED,
        severity=severity,
        opened_at=at,
        lead=lead,
    )
    return Move(incident, _HOLD)


def step(incident: Incident, event: Event) -> Move:
    """Return the incident after the event, and the commands that follow.

    Raises:
        WrongStage: The event is not in the table for this stage.
        NotApproved: The yes has no name or no text.
        BadInput: An event that a person causes does not say who, or silence not why.
    """
    _refuse_nameless(event)
    leads = NEXT.get((incident.stage, type(event)))
    if leads is None:
        raise WrongStage(
            f"{_words(type(event)).capitalize()} does not fit an incident that is "
            f"{incident.stage}. Reload the page to see where it stands."
        )
    stage = leads.to or (HELD if incident.was_held else NOTICED)
    was_held = stage is HELD if stage in {NOTICED, HELD} else incident.was_held
    return Move(replace(incident, stage=stage, was_held=was_held), leads.commands)


def _refuse_nameless(event: Event) -> None:
    if isinstance(event, StatementApproved):
        if not event.by.strip() or not event.content_hash.strip():
            raise NotApproved("There is no named yes to an exact text. Ask someone to approve it.")
    elif not getattr(event, "by", "nobody is needed").strip():
        raise BadInput(f"Say who it was: {_words(type(event))} needs a name.")
    if isinstance(event, SilenceChosen) and not event.why.strip():
        raise BadInput("Write one sentence why silence is the answer here.")


def _words(event: type) -> str:
    """Return the event's name as words: FactsAgreed becomes "facts agreed"."""
    name = event.__name__
    return "".join(f" {sign.lower()}" if sign.isupper() else sign for sign in name).strip()


class NextStep(StrEnum):
    """The page's one primary button; NOTHING at an end."""

    HOLD = "hold"
    FACTS = "facts"
    OPTIONS = "options"
    STATEMENT = "statement"
    PEOPLE = "people"
    SETTLE = "settle"
    LESSON = "lesson"
    NOTHING = ""


_STEP = {
    NOTICED: NextStep.FACTS,
    HELD: NextStep.FACTS,
    UNDERSTOOD: NextStep.OPTIONS,
    DECIDED: NextStep.STATEMENT,
    ANSWERED: NextStep.SETTLE,
    SETTLED: NextStep.LESSON,
    LEARNED: NextStep.NOTHING,
    DISMISSED: NextStep.NOTHING,
}


def next_step(
    incident: Incident, *, can_hold: bool = False, to_write: int = 0, option: str = ""
) -> NextStep:
    """Return the one step that the page's primary button leads to.

    Args:
        incident: The incident as it stands.
        can_hold: Posts are waiting that a hold would stop, and nobody declined to hold them.
        to_write: People hurt whom nobody has written to yet.
        option: Key of the chosen option (`answer.options`), "" before one is chosen.
    """
    if incident.stage is NOTICED and can_hold:
        return NextStep.HOLD
    writes_first = incident.stage is DECIDED and option == "answer_privately_first"
    if to_write > 0 and (incident.stage is ANSWERED or writes_first):
        return NextStep.PEOPLE
    return _STEP[incident.stage]


def picture() -> str:
    """Return the table as a mermaid state diagram, for the docs."""
    arrows: dict[tuple[Stage, Stage], list[str]] = {}
    for (stage, event), leads in NEXT.items():
        for end in (leads.to,) if leads.to else (NOTICED, HELD):
            arrows.setdefault((stage, end), []).append(event.__name__)
    lines = ["stateDiagram-v2", "    [*] --> noticed"]
    lines += [f"    {a} --> {b}: {', '.join(names)}" for (a, b), names in arrows.items()]
    lines += [f"    {end} --> [*]" for end in (LEARNED, DISMISSED)]
    return "\n".join(lines)
