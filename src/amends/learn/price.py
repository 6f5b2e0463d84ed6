"""What a mistake cost: times, people, reproach beyond the usual, and money as a range.

Source: science of the product, chapter on price; the excess is a sum of differences and not
    of their positive parts, which would count nearly all ordinary reproach as excess.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import fsum, sqrt

from amends.vocabulary.errors import BadInput
from amends.vocabulary.lesson import Price


@dataclass(frozen=True, slots=True)
class Instants:
    """When it happened, each aware and UTC; None where it has not happened yet."""

    posted: datetime | None = None
    alarmed: datetime | None = None
    first_word: datetime | None = None
    statement: datetime | None = None
    settled: datetime | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many people: who reproached, were hurt, were answered, and were heard to the end."""

    reproached: int = 0
    hurt: int = 0
    answered: int = 0
    heard: int = 0


@dataclass(frozen=True, slots=True)
class Excess:
    """Reproach beyond the usual, with its 95 % interval; all >= 0, in severity weight."""

    weight: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Money:
    """A cost as a range, in cents of the user's own currency and rates."""

    low_cents: int
    high_cents: int

    def __post_init__(self) -> None:
        if not 0 <= self.low_cents <= self.high_cents:
            raise BadInput("A cost is a range from its low to its high, both zero or more.")


def excess(observed: Sequence[float], usual: Sequence[float], spread: float = 1.0) -> Excess:
    """Return the reproach beyond the usual over the bins from the post to the calm.

    Args:
        observed: Severity-weighted reproach in each bin, >= 0.
        usual: What is expected in each bin, as many, >= 0.
        spread: How much more than Poisson the counts vary (phi), >= 0.

    Raises:
        BadInput: The two do not have the same number of bins.

    >>> excess((3.0, 1.0), (0.5, 0.5)).weight
    3.0
    """
    if len(observed) != len(usual):
        raise BadInput("Give the usual for each bin that was observed.")
    difference = fsum(observed) - fsum(usual)
    margin = 1.96 * sqrt(spread * fsum(usual))
    return Excess(
        max(0.0, difference), max(0.0, difference - margin), max(0.0, difference + margin)
    )


def price(instants: Instants, counts: Counts, reproach: Excess) -> Price:
    """Return what the mistake cost so far."""
    return Price(
        to_notice=_between(instants.posted, instants.alarmed),
        to_first_word=_between(instants.alarmed, instants.first_word),
        to_statement=_between(instants.alarmed, instants.statement),
        to_calm=_between(instants.posted, instants.settled),
        people=counts.reproached,
        excess_reproach=reproach.weight,
        answered=counts.answered,
        heard=counts.heard,
        hurt=counts.hurt,
    )


def _between(start: datetime | None, end: datetime | None) -> timedelta | None:
    """Return the time from start to end, never less than zero: telling first is no credit."""
    if start is None or end is None:
        return None
    return max(timedelta(0), end - start)


def total(parts: Sequence[Money]) -> Money:
    """Return the sum of lows to the sum of highs; never a point, never an invented rate."""
    return Money(sum(part.low_cents for part in parts), sum(part.high_cents for part in parts))
