"""Distinct people: an author counts in a day with the heaviest of their texts.

In any 24 hours an author contributes the largest weight of their texts: a first text adds its
weight, a later one only what it adds to that. Reckoning from the first text alone would count
a grave text of the evening a second time on the next morning.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Self

DAY_S = timedelta(hours=24).total_seconds()
FRESH_MOST = 512  # one more text copies so many authors at most, never all of a burst's

Texts = tuple[tuple[float, float], ...]
"""An author's texts that still matter, oldest first: (seconds since 1970, falling weight)."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Who has spoken in the last 24 hours; `add` returns the next one, this one stays.

    `fresh` overrides `settled`; they are two only so that one more text stays cheap.
    """

    fresh: Mapping[str, Texts] = field(default_factory=dict)
    settled: Mapping[str, Texts] = field(default_factory=dict)

    def to_json(self) -> str:
        """Return the tally as JSON, authors in order."""
        return json.dumps([dict(sorted(part.items())) for part in (self.fresh, self.settled)])

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the tally that `to_json` kept."""
        fresh, settled = (
            {who: tuple((at, weight) for at, weight in texts) for who, texts in part.items()}
            for part in json.loads(text)
        )
        return cls(fresh, settled)


def add(tally: Tally, author: str, weight: float, at: datetime) -> tuple[Tally, float]:
    """Return the tally with one text, and how much it adds: only what exceeds the author's most.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    >>> first, more = add(Tally(), "tomas", 1.0, noon)
    >>> more, add(first, "tomas", 3.0, noon)[1], add(first, "tomas", 0.5, noon)[1]
    (1.0, 2.0, 0.0)
    """
    if weight <= 0:
        return tally, 0.0
    now = at.timestamp()
    before = _alive(tally.fresh.get(author) or tally.settled.get(author, ()), now)
    more = max(0.0, weight - before[0][1]) if before else weight
    heavier = tuple(text for text in before if text[1] > weight)
    fresh = {**tally.fresh, author: (*heavier, (now, weight))}
    if len(fresh) > FRESH_MOST:
        return pruned(Tally(fresh, tally.settled), at), more
    return Tally(fresh, tally.settled), more


def people_from(tally: Tally, start: datetime) -> int:
    """Return how many different authors were last counted at that time or later."""
    start_s = start.timestamp()
    return sum(texts[-1][0] >= start_s for _, texts in _authors(tally))


def pruned(tally: Tally, at: datetime) -> Tally:
    """Return the tally without the texts that are a day old."""
    now = at.timestamp()
    return Tally({}, {who: left for who, texts in _authors(tally) if (left := _alive(texts, now))})


def _authors(tally: Tally) -> Iterator[tuple[str, Texts]]:
    yield from tally.fresh.items()
    for who, texts in tally.settled.items():
        if who not in tally.fresh:
            yield who, texts


def _alive(texts: Texts, now: float) -> Texts:
    return tuple(text for text in texts if now - text[0] < DAY_S)
