"""What an incident taught, and what it cost."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Lesson:
    """What an incident taught: an example to catch and lookalikes that must pass."""

    incident_id: str
    account_id: str  # where the mistake must not happen again
    examples: tuple[str, ...]
    lookalikes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Price:
    """What a mistake cost: times, and how many people; None where it has not happened yet."""

    to_notice: timedelta | None  # post -> alarm
    to_first_word: timedelta | None  # alarm -> first public word
    to_statement: timedelta | None  # alarm -> statement
    to_calm: timedelta | None  # post -> settled
    people: int  # distinct people who reproached
    excess_reproach: float  # weight beyond the usual, >= 0
    answered: int
    heard: int
    hurt: int
