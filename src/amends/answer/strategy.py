"""Which family of answer fits the facts: the decision table, first match wins.

Source: Coombs (2007), Situational Crisis Communication Theory, and Benoit (1995), Accounts,
    Excuses, and Apologies. Ours: history and reputation move technical errors only, so that
    nobody apologises for what they did not do.
"""

from collections.abc import Callable
from typing import NamedTuple

from amends.vocabulary.incident import Circumstances, Harm, Reputation, Responsibility
from amends.vocabulary.statement import Strategy

DANGEROUS = frozenset({Harm.INJURY, Harm.SAFETY, Harm.PRIVACY})

# From denial to full ownership; "one step away" is measured along it.
LADDER = (
    Strategy.CLARIFY,
    Strategy.LISTEN,
    Strategy.HOLDING,
    Strategy.EXPLAIN_AND_FIX,
    Strategy.REBUILD,
)

BENOIT = {
    "D1": "denial",
    "D2": "",
    "D3": "",
    "D4": "evasion of responsibility, with corrective action",
    "D5": "mortification, with corrective action",
    "D6": "mortification, with corrective action",
}


class Fit(NamedTuple):
    """The strategy that fits, the row of the table that says so, and whether danger comes first."""

    strategy: Strategy
    rule: str  # D1 to D6
    instruct: bool  # D0: remove the danger and tell people what to do, before all else


def _is(which: Responsibility) -> Callable[[Circumstances], bool]:
    return lambda facts: facts.responsibility is which


def _not_ours_proven(facts: Circumstances) -> bool:
    return facts.responsibility is Responsibility.NONE and facts.evidence


def _technical_and_new(facts: Circumstances) -> bool:
    technical = facts.responsibility is Responsibility.TECHNICAL
    clean = not facts.history and facts.reputation is Reputation.OK
    return technical and facts.evidence and clean


_ROWS: tuple[tuple[str, Callable[[Circumstances], bool], Strategy], ...] = (
    ("D1", _not_ours_proven, Strategy.CLARIFY),
    ("D2", _is(Responsibility.NONE), Strategy.LISTEN),
    ("D3", _is(Responsibility.UNCLEAR), Strategy.HOLDING),
    ("D4", _technical_and_new, Strategy.EXPLAIN_AND_FIX),
    ("D5", _is(Responsibility.TECHNICAL), Strategy.REBUILD),
    ("D6", lambda _facts: True, Strategy.REBUILD),  # human or knowing: nothing else is left
)


def strategy(circumstances: Circumstances) -> Fit:
    """Return the strategy that fits the circumstances.

    >>> strategy(Circumstances(responsibility=Responsibility.HUMAN)).rule
    'D6'
    """
    rule, chosen = next((row[0], row[2]) for row in _ROWS if row[1](circumstances))
    return Fit(chosen, rule, circumstances.harm in DANGEROUS)


def steps_away(one: Strategy, other: Strategy) -> int:
    """Return how far two strategies stand apart on the ladder, 0 to 4."""
    return abs(LADDER.index(one) - LADDER.index(other))
