"""Reproach: a mention that blames us, and how gravely."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum


class Severity(IntEnum):
    """How bad it is, for a mention and for an incident; unsure means the higher."""

    TRIVIAL = 0
    MINOR = 1
    MAJOR = 2
    CRITICAL = 3


@dataclass(frozen=True, slots=True)
class Reproach:
    """A mention judged to blame us."""

    author_id: str
    weight: float  # 0 < weight <= 3, `.5 p0 + p1 + 2 p2 + 3 p3` (science: Trosborg's levels)
    severity: Severity
    personally_hurt: bool
    subject: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """Reproach beyond the usual on one stream."""

    stream: str
    at: datetime
    since: datetime  # the estimated onset
    people: int  # distinct authors since the onset
    usual: float  # expected weight over the same time
    level: float  # the detector's statistic when it alarmed
