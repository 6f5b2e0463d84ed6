"""Distinct people: an author counts in a day with the heaviest of their texts."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Tally:
    """Who has spoken in the last 24 hours: (author, since when, weight counted)."""

    counted: tuple[tuple[str, datetime, float], ...] = ()

    def to_json(self) -> str:
        """Return the tally as JSON."""
        return json.dumps([(who, at.isoformat(), weight) for who, at, weight in self.counted])

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the tally that `to_json` kept."""
        rows = json.loads(text)
        return cls(tuple((who, datetime.fromisoformat(at), weight) for who, at, weight in rows))


def add(tally: Tally, author: str, weight: float, at: datetime) -> tuple[Tally, float]:
    """Return the tally with one text, and how much it adds: only what exceeds the author's most.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    >>> first, more = add(Tally(), "tomas", 1.0, noon)
    >>> more, add(first, "tomas", 3.0, noon)[1], add(first, "tomas", 0.5, noon)[1]
    (1.0, 2.0, 0.0)
    """
    fresh = [one for one in tally.counted if at - one[1] < DAY]
    before = next((one for one in fresh if one[0] == author), None)
    counted = before[2] if before else 0.0
    more = max(weight - counted, 0.0)
    if more == 0.0:
        return Tally(tuple(fresh)), 0.0
    rest = [one for one in fresh if one[0] != author]
    since = before[1] if before else at
    return Tally((*rest, (author, since, counted + more))), more
