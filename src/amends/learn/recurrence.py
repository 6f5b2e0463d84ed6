"""The same kind of mistake again: which lesson there was, and why it did not hold."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class WhyNot(StrEnum):
    """Why the earlier rule did not hold."""

    NO_RULE = "no rule"
    OUTSIDE = "outside its scope"
    OVERRIDDEN = "overridden"
    SILENT = "rule silent"


@dataclass(frozen=True, slots=True)
class Mishap:
    """An incident as far as recurrence asks.

    `kind` is its class, the word people file it under. Of the rule that came of it:
    `rule` is its name, "" where none was adopted, and `rule_accounts` empty means all.
    """

    incident_id: str
    kind: str
    account_id: str
    at: datetime  # aware, UTC
    rule: str = ""
    rule_accounts: frozenset[str] = frozenset()
    spoke: frozenset[str] = frozenset()  # rules that spoke on the draft before it went out


@dataclass(frozen=True, slots=True)
class Recurrence:
    """The earlier incident of the same kind, and why its rule did not hold."""

    earlier: Mishap
    why: WhyNot
    sentence: str
    times: int  # earlier incidents of this kind, >= 1


_SENTENCES = {
    WhyNot.NO_RULE: "No rule came of it then.",
    WhyNot.OUTSIDE: "The rule {rule} came of it, but it is not for this account.",
    WhyNot.OVERRIDDEN: "The rule {rule} spoke, and someone went on.",
    WhyNot.SILENT: "The rule {rule} came of it and saw nothing this time.",
}


def recurs(now: Mishap, earlier: Iterable[Mishap]) -> Recurrence | None:
    """Return the latest earlier incident of the same kind, or None for a first time.

    Where one of them left a rule, the latest of those is shown, for its rule is what should
    have held.
    """
    same = [one for one in earlier if one.kind == now.kind and one.at < now.at]
    if not same:
        return None
    latest = max(same, key=lambda one: (bool(one.rule), one.at, one.incident_id))
    why = _why(now, latest)
    return Recurrence(latest, why, _SENTENCES[why].format(rule=latest.rule), len(same))


def _why(now: Mishap, earlier: Mishap) -> WhyNot:
    if not earlier.rule:
        return WhyNot.NO_RULE
    if earlier.rule_accounts and now.account_id not in earlier.rule_accounts:
        return WhyNot.OUTSIDE
    return WhyNot.OVERRIDDEN if earlier.rule in now.spoke else WhyNot.SILENT
