"""The possible answers, ranked in the open: hard rules first, then values, then a person.

Theory of operation
    Options that break a hard rule are struck through with the reason and never ranked. Each
    other option has six scores from facts (`scores`). The person only ranks the criteria;
    the rank-order centroid turns that into weights, and the value is the weighted sum. The
    weights are not known that exactly, so 2,000 weightings that respect the same order are
    drawn, and the win share says in how many of them the option comes first.

    The draws need chance without a generator: they come from SHA-256 of the seed and a
    counter, so the same incident always shows the same page.

Source: Edwards & Barron (1994), SMARTS and SMARTER; Roberts & Goodwin (2002). The scores
    and the limit of 60 % are house judgement.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from itertools import count
from math import fsum, log
from operator import ge, mul
from struct import unpack

from amends.answer.scores import Criterion, Reason, Scene, reasons
from amends.answer.strategy import Fit, strategy
from amends.vocabulary.errors import BadInput
from amends.vocabulary.incident import Circumstances, Responsibility
from amends.vocabulary.statement import Strategy

__all__ = [
    "DRAWS",
    "ORDER",
    "TOO_CLOSE",
    "Criterion",
    "Fit",
    "Option",
    "Ranking",
    "Reason",
    "least_shift",
    "rank",
    "strategy",
    "weights",
]

DRAWS = 2_000
TOO_CLOSE = 0.60  # below this win share of the leader the page says "your judgement"
ORDER: tuple[Criterion, ...] = tuple(Criterion)


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer with its reasons.

    `value` is a whole number from 0 to 100 and `win_share` is in [0, 1]; both are 0 for an
    option that is struck through, whose `struck` says why.
    """

    key: str
    title: str
    strategy: Strategy
    risk: str
    cost_hours: float  # working hours of one person
    why: tuple[Reason, ...] = ()
    struck: str = ""
    value: int = 0
    win_share: float = 0.0
    dominated: bool = False  # another is as good on every criterion and better on one


@dataclass(frozen=True, slots=True)
class Ranking:
    """The options, best first, those struck through last.

    `too_close` is true when the leader wins less than 60 % of the draws.
    """

    options: tuple[Option, ...]
    fit: Fit
    too_close: bool

    @property
    def first(self) -> Option:
        """The option that leads; never one that is struck through."""
        return self.options[0]


_PLAIN = (
    Option(
        "acknowledge_now",
        "Say now that you know and when you will be back",
        Strategy.HOLDING,
        "The promised time is missed, and that is a second mistake.",
        0.5,
    ),
    Option(
        "full_apology",
        "Apologise to everyone and say what you repair",
        Strategy.REBUILD,
        "Words without an act, or with a wrong fact, are believed less than silence.",
        3.0,
    ),
    Option(
        "correct",
        "Correct it beside the error",
        Strategy.EXPLAIN_AND_FIX,
        "The correction reads as if nobody had been hurt.",
        1.0,
    ),
    Option(
        "take_down_openly",
        "Take it down and say so",
        Strategy.INSTRUCT,
        "Copies remain; a removal without a notice looks like hiding.",
        1.0,
    ),
    Option(
        "answer_privately_first",
        "Answer the people hurt first, one by one",
        Strategy.HOLDING,
        "Everyone else sees no answer meanwhile.",
        0.5,
    ),
    Option(
        "wait_and_listen",
        "Wait, listen and gather",
        Strategy.LISTEN,
        "Others tell the story before you do.",
        0.5,
    ),
    Option(
        "clarify",
        "Show that it was not your doing",
        Strategy.CLARIFY,
        "If anything comes out later, the denial is the bigger story.",
        2.0,
    ),
)
_HIDE = Option(
    "hide",
    "Remove it and say nothing",
    Strategy.LISTEN,
    "It is found, and then it is about the hiding.",
    0.1,
    struck="This is what we do not do: a mistake that is hidden is made twice.",
)
_HOURS_A_REPLY = 0.2


def rank(  # noqa: PLR0913 - the facts of a ranking
    circumstances: Circumstances,
    *,
    can: frozenset[str],
    people: int,
    minutes_since: int,
    seed: str,
    order: Sequence[Criterion] = ORDER,
) -> Ranking:
    """Return the options ranked for these facts.

    Args:
        circumstances: What is known about the mistake.
        can: What every network concerned allows; "remove" and "private" are looked at.
        people: Distinct people who reproached us or are known to be hurt, >= 0.
        minutes_since: Minutes since the mistake was noticed, >= 0.
        seed: The incident's id, so that the page is the same each time.
        order: The criteria, most important first; each exactly once.

    Raises:
        BadInput: The order does not hold each criterion once.
    """
    if sorted(order) != sorted(ORDER):
        raise BadInput("Put each of the six criteria in the order exactly once.")
    fit = strategy(circumstances)
    scene = Scene(circumstances, fit, can, people, minutes_since)
    facts = [_with_facts(option, scene) for option in _PLAIN]
    open_ones = [option for option in facts if not option.struck]
    table = [_scores(option, order) for option in open_ones]
    ranked = sorted(
        zip(table, win_shares(table, seed), open_ones, strict=True),
        key=lambda row: (-_value(row[0], weights(len(order))), row[2].key),
    )
    valued = [_valued(scores, share, option, table) for scores, share, option in ranked]
    struck = [option for option in facts if option.struck]
    return Ranking((*valued, *struck, _HIDE), fit, too_close=valued[0].win_share < TOO_CLOSE)


def _valued(
    scores: tuple[int, ...], share: float, option: Option, table: Sequence[tuple[int, ...]]
) -> Option:
    return replace(
        option,
        value=round(_value(scores, weights(len(scores)))),
        win_share=share,
        dominated=is_dominated(scores, table),
    )


def _with_facts(option: Option, scene: Scene) -> Option:
    writes = option.key == "answer_privately_first"
    hours = option.cost_hours + (_HOURS_A_REPLY * scene.people if writes else 0)
    return replace(
        option,
        cost_hours=round(hours, 1),
        why=reasons(option.key, scene),
        struck=_struck(option.key, scene),
    )


def _struck(key: str, scene: Scene) -> str:
    """Return the hard rule that the option breaks, "" when it breaks none."""
    not_ours = scene.facts.responsibility is Responsibility.NONE
    broken = {
        "clarify": (
            not (not_ours and scene.facts.evidence),
            "Deny only what was not your doing, and only with the proof attached.",
        ),
        "full_apology": (not_ours, "It would be an apology for what you did not do."),
        "take_down_openly": (
            "remove" not in scene.can,
            "A network here does not let us remove it.",
        ),
        "answer_privately_first": (
            scene.people == 0,
            "Nobody is known yet who could be written to.",
        ),
    }
    is_broken, why = broken.get(key, (False, ""))
    return why if is_broken else ""


def _scores(option: Option, order: Sequence[Criterion]) -> tuple[int, ...]:
    """Return the option's scores, most important criterion first."""
    by = {reason.criterion: reason.score for reason in option.why}
    return tuple(by[criterion] for criterion in order)


def weights(places: int) -> tuple[float, ...]:
    """Return the rank-order centroid weights, the most important first; they sum to 1.

    >>> [round(weight, 3) for weight in weights(6)]
    [0.408, 0.242, 0.158, 0.103, 0.061, 0.028]
    """
    return tuple(
        sum(1 / i for i in range(place, places + 1)) / places for place in range(1, places + 1)
    )


def _value(scores: Sequence[int], weighting: Sequence[float]) -> float:
    return fsum(map(mul, scores, weighting))


def is_dominated(scores: Sequence[int], others: Sequence[Sequence[int]]) -> bool:
    """Tell whether another option is as good on every criterion and better on one."""
    return any(all(map(ge, other, scores)) and tuple(other) != tuple(scores) for other in others)


def _uniforms(seed: str) -> Iterator[float]:
    """Yield numbers strictly between 0 and 1 without end, the same for the same seed."""
    for block in count():
        digest = sha256(f"{seed}/{block}".encode()).digest()
        for value in unpack(">4Q", digest):
            yield ((value >> 11) + 0.5) / 2**53


@lru_cache(maxsize=64)
def draws(seed: str, places: int) -> tuple[tuple[float, ...], ...]:
    """Return 2,000 weightings drawn uniformly among those that respect the order.

    Exponentials divided by their sum are uniform on the simplex; sorted, they are uniform
    over its part where the first weight is the largest. Their mean is `weights(places)`.
    """
    uniforms = _uniforms(seed)
    drawn = []
    for _ in range(DRAWS):
        sizes = sorted((-log(next(uniforms)) for _ in range(places)), reverse=True)
        whole = sum(sizes)
        drawn.append(tuple(size / whole for size in sizes))
    return tuple(drawn)


def win_shares(table: Sequence[Sequence[int]], seed: str) -> tuple[float, ...]:
    """Return for each row of scores the fraction of draws in which it is first, ties split."""
    won = [0.0] * len(table)
    for weighting in draws(seed, len(table[0])):
        values = [_value(scores, weighting) for scores in table]
        # Rounded, so that the same scores summed are the same value and truly tie.
        best = max(values) - 1e-9
        winners = [place for place, value in enumerate(values) if value >= best]
        for place in winners:
            won[place] += 1 / len(winners)
    return tuple(share / DRAWS for share in won)


def least_shift(
    leader: Sequence[int], rival: Sequence[int], weighting: Sequence[float]
) -> float | None:
    """Return the smallest change of weights that lets the rival catch the leader.

    The change is the sum of absolute differences, 0 to 2; None when no weights would do,
    because the leader is as good everywhere and better somewhere.
    """
    gains = [mine - theirs for mine, theirs in zip(leader, rival, strict=True)]
    lead = _value(gains, weighting)
    weakest = min(gains)
    moved = 0.0
    for gain, weight in sorted(zip(gains, weighting, strict=True), reverse=True):
        if lead <= 0 or gain <= weakest:
            break
        part = min(weight, lead / (gain - weakest))
        lead -= part * (gain - weakest)
        moved += 2 * part
    return moved if lead <= 1e-9 else None
