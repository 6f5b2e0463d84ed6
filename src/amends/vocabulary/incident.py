"""One mistake and all we do about it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from amends.vocabulary.reproach import Severity


class Stage(StrEnum):
    """Where an incident stands; the moves between are `answer.stages`."""

    NOTICED = "noticed"
    HELD = "held"
    UNDERSTOOD = "understood"
    DECIDED = "decided"
    ANSWERED = "answered"
    SETTLED = "settled"
    LEARNED = "learned"
    DISMISSED = "dismissed"


class Responsibility(StrEnum):
    """Whose doing it was, as far as is known."""

    NONE = "none"
    UNCLEAR = "unclear"
    TECHNICAL = "technical"
    HUMAN = "human"
    KNOWING = "knowing"


class Harm(StrEnum):
    """What it did to people."""

    NONE = "none"
    ANNOYANCE = "annoyance"
    OFFENCE = "offence"
    INJURY = "injury"
    SAFETY = "safety"
    PRIVACY = "privacy"


class Reputation(StrEnum):
    """How the brand stood before."""

    OK = "ok"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known about the mistake; the inputs of the strategy table and of the lint."""

    responsibility: Responsibility = Responsibility.UNCLEAR
    evidence: bool = False  # attached to the incident, not merely claimed
    history: bool = False  # the same class of mistake within 365 days
    reputation: Reputation = Reputation.OK
    harm: Harm = Harm.ANNOYANCE
    rules: tuple[str, ...] = ()  # rules that back a promise
    same_kind_90d: int = 0  # apologies of the same class by this brand in 90 days


class Standing(StrEnum):
    """How sure we are of a fact."""

    KNOWN = "known"
    NOT_KNOWN = "not known"
    ASSUMED = "assumed"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known, not known or assumed, and who said so."""

    text: str
    standing: Standing
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Incident:
    """One mistake: its stage, who leads, and since when."""

    id: str
    brand_id: str
    stage: Stage
    severity: Severity
    opened_at: datetime
    was_held: bool = False  # so that new facts lead back to NOTICED or HELD, as it was
    lead: str = ""


class AffectedState(StrEnum):
    """How far the answer to one person hurt has come; a person sets all but SENT."""

    TO_WRITE = "to write"
    SENT = "sent"
    ANSWERED = "answered"
    REPAIRED = "repaired"
    DECLINED = "declined"
    UNREACHABLE = "unreachable"


HEARD = frozenset({AffectedState.ANSWERED, AffectedState.REPAIRED, AffectedState.DECLINED})
ENDED = HEARD | {AffectedState.UNREACHABLE}


@dataclass(frozen=True, slots=True)
class Affected:
    """Someone hurt: a person, with what they said."""

    id: str
    handle: str
    network: str
    said: str
    state: AffectedState
    harm_level: float  # 0..3 plus one when personally hurt; the order of the list


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was kept: who, where, when, and its SHA-256."""

    id: str
    kind: str
    url: str
    text: str
    kept_at: datetime
    sha256: str
