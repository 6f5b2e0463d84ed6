"""What each option is worth on each criterion, from the facts, with one reason and one source.

A score is 0 to 100 and 100 is best. Nothing is learned and nothing is hidden: every number
on the page is a line of this file, and the ones without a study behind them say so. The
last matching line of a list wins, so each list goes from the usual to the particular.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from amends.answer.strategy import DANGEROUS, Fit, steps_away
from amends.vocabulary.incident import Circumstances, Harm, Responsibility
from amends.vocabulary.statement import Strategy

HOUSE = "House judgement"
S4 = "Herhausen et al. (2019), J. Marketing 83(3)"
S5 = "Feeding negativity on social media, JRIM 20(3)"
S6 = "Liao et al. (2024), doi 10.1002/mar.22065"
S11 = "Kim, Park, Cha & Jeong (2015), PLoS ONE 10(5)"
S16 = "Mosleh et al. (2021), doi 10.1145/3411764.3445642"
A16 = "Three studies of apologies for ambiguous offences (Gale A333742333)"
T1 = "Freshfields (2013): 28 % of crises spread abroad within an hour"
FEW = 10  # people one person can write to within the hour


class Criterion(StrEnum):
    """What an answer is judged by; the order here is the order unless people choose another."""

    CARE = "care"
    FIT = "fit"
    SPREAD = "spread"
    SPEED = "speed"
    REVERSIBLE = "reversible"
    EFFORT = "effort"


@dataclass(frozen=True, slots=True)
class Scene:
    """The facts that scores are made from."""

    facts: Circumstances
    fit: Fit
    can: frozenset[str]
    people: int
    minutes_since: int

    @property
    def dangerous(self) -> bool:
        return self.facts.harm in DANGEROUS

    @property
    def ours(self) -> bool:
        """It was our doing, and the facts are clear enough to say so."""
        return self.fit.strategy in {Strategy.REBUILD, Strategy.EXPLAIN_AND_FIX}

    @property
    def few(self) -> bool:
        return self.people <= FEW


@dataclass(frozen=True, slots=True)
class Line:
    """One score where `when` holds."""

    score: int
    why: str
    source: str = HOUSE
    when: Callable[[Scene], bool] = lambda _scene: True


def _responsibility(*which: Responsibility) -> Callable[[Scene], bool]:
    return lambda scene: scene.facts.responsibility in which


def _proven(scene: Scene) -> bool:
    return scene.fit.strategy is Strategy.CLARIFY


def _listening(scene: Scene) -> bool:
    return scene.fit.strategy is Strategy.LISTEN


def _unclear(scene: Scene) -> bool:
    return scene.fit.strategy is Strategy.HOLDING


def _technical_fix(scene: Scene) -> bool:
    return scene.fit.strategy is Strategy.EXPLAIN_AND_FIX


def _owed(scene: Scene) -> bool:
    return scene.fit.strategy is Strategy.REBUILD


def _offended(scene: Scene) -> bool:
    return scene.facts.harm is Harm.OFFENCE


_CARE = {
    "acknowledge_now": (
        Line(55, "People hear that they were heard, and wait for the rest."),
        Line(80, "It is the most that can honestly be said to those hurt.", S4, _unclear),
    ),
    "full_apology": (
        Line(30, "An apology before the facts are clear can hurt more than it heals.", A16),
        Line(
            70, "It owns the error; those hurt also need to know the cause.", HOUSE, _technical_fix
        ),
        Line(95, "It names the harm and says sorry to those who felt it.", S11, _owed),
    ),
    "correct": (
        Line(35, "It mends the text and says little to those hurt."),
        Line(55, "It mends the error, and those hurt hear no apology.", HOUSE, _owed),
        Line(90, "Putting it right is what people ask for here.", S4, _technical_fix),
    ),
    "take_down_openly": (
        Line(40, "The post stops, and those hurt are told why."),
        Line(65, "The post stops hurting people while it is still read.", HOUSE, _offended),
        Line(
            100,
            "The post can still harm people, and every minute counts.",
            HOUSE,
            lambda s: s.dangerous,
        ),
    ),
    "answer_privately_first": (
        Line(45, "Too many people to write to each of them soon."),
        Line(75, "Each person hurt is answered as a person.", A16, lambda s: s.few),
        Line(
            45,
            "No private message here: it would be a public reply, or by hand.",
            HOUSE,
            lambda s: "private" not in s.can,
        ),
    ),
    "wait_and_listen": (
        Line(10, "Nobody who is hurt hears anything."),
        Line(35, "Waiting is honest for a while, and feels like silence.", HOUSE, _unclear),
        Line(
            75,
            "Gathering first keeps us from hurting people with a wrong answer.",
            HOUSE,
            _listening,
        ),
        Line(0, "People can still be harmed while we wait.", HOUSE, lambda s: s.dangerous),
    ),
    "clarify": (
        Line(20, "Those hurt hear a defence."),
        Line(80, "Those hurt learn what really happened, with proof.", HOUSE, _proven),
    ),
}

_SPREAD = {
    "acknowledge_now": (Line(75, "Empathy early slows the spread.", S4),),
    "full_apology": (
        Line(85, "A quick public apology lowered reproach at once.", S11),
        Line(35, "A mass apology while facts are thin can feed the matter.", A16, _unclear),
    ),
    "correct": (Line(70, "A correction gives people something to pass on.", S4),),
    "take_down_openly": (
        Line(45, "Copies remain, and a visible deletion lowers forgiveness.", S6),
        Line(80, "A removed danger cannot be shared again from us.", HOUSE, lambda s: s.dangerous),
    ),
    "answer_privately_first": (
        Line(30, "The crowd sees no answer meanwhile."),
        Line(60, "Moving few people to another channel slows the spread.", S4, lambda s: s.few),
    ),
    "wait_and_listen": (
        Line(10, "Silence lets others tell the story."),
        Line(65, "A reply to a claim that is not ours lends it an audience.", S5, _listening),
    ),
    "clarify": (
        Line(30, "Correcting people in public makes them worse.", S16),
        Line(80, "Proof gives others something to pass on.", HOUSE, _proven),
    ),
}

_SPEED = {
    "acknowledge_now": (
        Line(40, "The first word was due a day ago; it can only be late now.", HOUSE),
        Line(85, "It can go out within minutes.", HOUSE, lambda s: s.minutes_since <= 24 * 60),
        Line(100, "It can go out within the first hour.", T1, lambda s: s.minutes_since <= 60),
    ),
    "full_apology": (Line(50, "It needs agreed facts and a second reader."),),
    "correct": (Line(60, "It needs the right text and a second reader."),),
    "take_down_openly": (Line(90, "It takes a minute, evidence kept first."),),
    "answer_privately_first": (
        Line(20, "Writing to each person takes hours."),
        Line(70, "Few people can be written to within the hour.", HOUSE, lambda s: s.few),
    ),
    "wait_and_listen": (
        Line(20, "The first word stays away."),
        Line(70, "There is nothing true to say yet.", HOUSE, _listening),
    ),
    "clarify": (
        Line(40, "The proof must be gathered first."),
        Line(70, "The proof is at hand.", HOUSE, _proven),
    ),
}

_REVERSIBLE = {
    "acknowledge_now": (Line(90, "It leaves every later answer open."),),
    "full_apology": (Line(40, "An apology cannot be taken back."),),
    "correct": (Line(60, "A correction can be corrected."),),
    "take_down_openly": (Line(20, "What is taken down cannot be put back as it was."),),
    "answer_privately_first": (Line(70, "A public word can still follow."),),
    "wait_and_listen": (Line(100, "Everything stays open."),),
    "clarify": (Line(40, "An apology after a denial is believed less."),),
}

_EFFORT = {
    "acknowledge_now": (Line(90, "Three sentences."),),
    "full_apology": (Line(50, "A text, a second reader, and answers to those hurt."),),
    "correct": (Line(65, "The right text, beside the wrong one."),),
    "take_down_openly": (Line(75, "Evidence, removal, a public notice."),),
    "answer_privately_first": (
        Line(10, "One text for each person, none alike."),
        Line(60, "A few texts, none alike.", HOUSE, lambda s: s.few),
    ),
    "wait_and_listen": (Line(100, "Only watching."),),
    "clarify": (Line(60, "The proof, in words that blame nobody."),),
}

# How far an option is from the table's strategy, in steps of the ladder.
FAMILY = {
    "acknowledge_now": Strategy.HOLDING,
    "full_apology": Strategy.REBUILD,
    "correct": Strategy.EXPLAIN_AND_FIX,
    "take_down_openly": Strategy.EXPLAIN_AND_FIX,
    "answer_privately_first": Strategy.HOLDING,
    "wait_and_listen": Strategy.LISTEN,
    "clarify": Strategy.CLARIFY,
}

TABLES: Mapping[Criterion, Mapping[str, tuple[Line, ...]]] = {
    Criterion.CARE: _CARE,
    Criterion.SPREAD: _SPREAD,
    Criterion.SPEED: _SPEED,
    Criterion.REVERSIBLE: _REVERSIBLE,
    Criterion.EFFORT: _EFFORT,
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One score with its sentence and its source."""

    criterion: Criterion
    score: int  # 0..100, 100 best
    sentence: str
    source: str


def reasons(key: str, scene: Scene) -> tuple[Reason, ...]:
    """Return the option's six scores, each with its reason, in the default order."""
    return tuple(
        _fit(key, scene) if criterion is Criterion.FIT else _score(criterion, key, scene)
        for criterion in Criterion
    )


def _score(criterion: Criterion, key: str, scene: Scene) -> Reason:
    holding = (line for line in reversed(TABLES[criterion][key]) if line.when(scene))
    line = next(holding)
    return Reason(criterion, line.score, line.why, line.source)


_FIT_SOURCE = "Coombs (2007), as the strategy table has it"


def _fit(key: str, scene: Scene) -> Reason:
    rule = scene.fit.rule
    if scene.fit.instruct and key == "take_down_openly":
        return Reason(Criterion.FIT, 100, "Removing the danger comes before all else.", "D0")
    away = steps_away(FAMILY[key], scene.fit.strategy)
    score = {0: 100, 1: 50}.get(away, 0)
    sentence = {
        100: f"It is the answer that fits the facts ({rule}).",
        50: f"It is one step away from what fits the facts ({rule}).",
    }.get(score, f"It is far from what fits the facts ({rule}).")
    return Reason(Criterion.FIT, score, sentence, _FIT_SOURCE)
