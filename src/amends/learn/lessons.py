r"""What a mistake taught, as a pattern: from an example to the words that give it away.

Theory of operation
    The content words of the example are candidates, cut to their stems, except those that
    the account itself uses on ordinary days. Where only words in pairs are unusual, pairs
    are taken. A pattern then asks for at least k of its signs. Which candidates to keep, and
    which k, is a small search: every choice must catch all examples and leave every lookalike
    and, as far as can be, all of history alone; among those, the one wins that would most
    probably catch a paraphrase that keeps each idea with probability .4. Dropping a word that
    lookalikes share and asking for one sign more are the two ways to the same silence, and
    this weighs them.

    What people add is never dropped: a word that the example does not hold, such as "pastry"
    for a joke about croissants, is knowledge that no counting gives.

    House judgement throughout; how it does on ten paraphrases is a test.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from amends.learn.bounds import binomial_tail, upper_bound
from amends.rulebook.pattern import MOST_SIGNS, Pattern, checked, matches
from amends.rulebook.words import is_common, language_of, stem, words_of
from amends.vocabulary.errors import BadInput
from amends.vocabulary.language import Language
from amends.vocabulary.lesson import Lesson

KEPT = 0.4  # chance that a paraphrase keeps one idea of the example; house judgement
USUAL = 0.01  # a word in more than this share of the account's posts is its daily bread
USUAL_AT_LEAST = 2  # and in at least so many posts: one post proves nothing
FEWEST_LOOKALIKES = 5
STOP_BOUND = 0.005  # highest false-stop rate, upper 95 % bound, for a rule that stops
ASK_BOUND = 0.02
SMALL_WORD = 4  # a stem shorter than this must be the whole word
_ACCENTED = {"a": "[aáàâä]", "e": "[eéèêë]", "i": "[iíìîï]", "o": "[oóòôö]", "u": "[uúùûü]"}
_EDGE = r"(?:^|[^\p{L}\p{N}_])"
_END = r"(?:$|[^\p{L}\p{N}_])"
_GAP = r"[^\p{L}\p{N}]+"
_NEAR = _GAP + r"(?:\p{L}+[^\p{L}\p{N}]+){0,2}"  # up to two words between


def distil(lesson: Lesson, history: Sequence[str], synonyms: Sequence[str] = ()) -> Pattern:
    """Return the pattern that the lesson becomes, to be replayed before anyone adopts it.

    Args:
        lesson: At least one example to catch, and lookalikes that must pass.
        history: Ordinary posts of the account, in any order; the examples among them are
            left aside.
        synonyms: Words or short phrases that people add, for ideas the example names
            otherwise.

    Raises:
        BadInput: There is no example, or no words set it apart from its lookalikes.
    """
    if not lesson.examples or not all(text.strip() for text in lesson.examples):
        raise BadInput("A lesson needs the text that must not happen again. Choose the post.")
    usual = [text for text in history if text not in lesson.examples]
    language = language_of(" ".join(lesson.examples))
    phrases = filter(None, map(words_of, synonyms))
    added = tuple(dict.fromkeys(_sign(phrase, language) for phrase in phrases))
    candidates = _candidates(lesson.examples, usual, language)
    found = [sign for sign in candidates if sign not in added]
    found = found[: max(0, MOST_SIGNS - len(added))]
    signs = (*found, *added)
    best = _search(_seen(lesson, signs, usual), len(signs), len(found))
    if best is None:
        raise BadInput(
            "No words set the example apart from its lookalikes. Add words of your own, or "
            "choose other lookalikes."
        )
    kept = tuple(sign for place, sign in enumerate(signs) if best.kept >> place & 1)
    return checked(_pattern(lesson, kept, best.at_least))


def _pattern(lesson: Lesson, signs: tuple[str, ...], at_least: int) -> Pattern:
    return Pattern(
        name=lesson.incident_id or "lesson",
        signs=signs,
        at_least=at_least,
        account_ids=(lesson.account_id,) if lesson.account_id else (),
        incident_id=lesson.incident_id,
        example=lesson.examples[0],
    )


@dataclass(frozen=True, slots=True)
class _Seen:
    """Which signs stand in which texts, as bits: sign number i is bit i."""

    examples: tuple[int, ...]
    lookalikes: tuple[int, ...]
    usual: tuple[int, ...]  # only the posts with a sign in them


@dataclass(frozen=True, slots=True)
class _Choice:
    kept: int  # signs, as bits
    at_least: int
    merit: tuple[int, float, int]  # silence on history first, then reach, then fewer signs


def _seen(lesson: Lesson, signs: tuple[str, ...], usual: Sequence[str]) -> _Seen:
    def bits(texts: Iterable[str]) -> Iterator[int]:
        for text in texts:
            yield sum(_has(sign, text) << place for place, sign in enumerate(signs))

    return _Seen(
        tuple(bits(lesson.examples)),
        tuple(bits(lesson.lookalikes)),
        tuple(filter(None, bits(usual))),
    )


def _has(sign: str, text: str) -> bool:
    return bool(matches(Pattern("sign", (sign,), 1), text))


def _search(seen: _Seen, signs: int, droppable: int) -> _Choice | None:
    """Return the best choice met while dropping one sign after another, the first `droppable`."""
    kept = (1 << signs) - 1
    best = _at(seen, kept)
    for _ in range(signs - 2):  # two are always left: one word alone is rarely an idea
        smaller = [kept & ~(1 << place) for place in range(droppable) if kept >> place & 1]
        if not smaller:
            break
        kept = max(smaller, key=lambda bits: _promise(seen, bits))
        best = max(filter(None, (best, _at(seen, kept))), key=lambda one: one.merit, default=None)
    return best


def _at(seen: _Seen, kept: int) -> _Choice | None:
    """Return the best number of signs to ask for among those kept, if any number will do."""
    fewest, most = _range(seen, kept)
    choices = (_choice(seen, kept, at_least) for at_least in range(fewest, most + 1))
    return max(choices, key=lambda choice: choice.merit, default=None)


def _range(seen: _Seen, kept: int) -> tuple[int, int]:
    """Return the fewest signs that leave lookalikes alone and the most that catch examples."""
    loudest = max(((bits & kept).bit_count() for bits in seen.lookalikes), default=0)
    alone = min(2, kept.bit_count())
    most = min((bits & kept).bit_count() for bits in seen.examples)
    return max(alone, loudest + 1), most


def _choice(seen: _Seen, kept: int, at_least: int) -> _Choice:
    false_hits = sum((bits & kept).bit_count() >= at_least for bits in seen.usual)
    reach = binomial_tail(at_least, kept.bit_count(), KEPT)
    return _Choice(kept, at_least, (-false_hits, reach, -kept.bit_count()))


def _promise(seen: _Seen, kept: int) -> tuple[int, float, int]:
    """Return the merit of what is kept; without a choice yet, how near one is."""
    choice = _at(seen, kept)
    fewest, most = _range(seen, kept)
    return choice.merit if choice else (-len(seen.usual) - 1, most - fewest, 0)


def _candidates(
    examples: Sequence[str], usual: Sequence[str], language: Language
) -> tuple[str, ...]:
    """Return the signs of unusual words; of unusual pairs too where words give fewer than two."""
    single = _unusual((_sign((word,), language) for word in _content(examples)), usual)
    if len(single) >= 2:
        return single
    pairs = (
        _sign(pair, language, _NEAR) for text in examples for pair in pairwise(_content((text,)))
    )
    return single + _unusual(pairs, usual)


def _content(texts: Iterable[str]) -> list[str]:
    return [word for text in texts for word in words_of(text) if not is_common(word)]


def _unusual(signs: Iterable[str], usual: Sequence[str]) -> tuple[str, ...]:
    limit = max(USUAL_AT_LEAST, USUAL * len(usual) + 1)
    unique = dict.fromkeys(signs)
    return tuple(sign for sign in unique if sum(_has(sign, text) for text in usual) < limit)


def _sign(words: Sequence[str], language: Language, between: str = _GAP) -> str:
    """Return the expression for a word in all its forms, or for a phrase."""
    inner = between.join(_form(word, language) for word in words)
    return f"{_EDGE}({inner})" + ("" if inner.endswith("*") else _END)


def _form(word: str, language: Language) -> str:
    beginning = word if is_common(word) else stem(word, language)
    spelled = "".join(_ACCENTED.get(letter, re.escape(letter)) for letter in beginning)
    if is_common(word):
        return spelled
    return spelled + (r"\p{L}*" if len(beginning) >= SMALL_WORD else "(?:e?s)?")


@dataclass(frozen=True, slots=True)
class Adoption:
    """How far a rule may be adopted, and why not further.

    A rule may always be adopted so that it asks, with its bound shown; `asks_calmly` is true
    when the bound for asking holds. It may stop only where `may_stop`.
    """

    may_ask: bool
    may_stop: bool
    asks_calmly: bool
    bound: float  # upper 95 % bound on the rate of wrong stops, in [0, 1]
    why: str


def adoption(pattern: Pattern, lesson: Lesson, *, false_hits: int, good_posts: int) -> Adoption:
    """Return how far the pattern may be adopted.

    Args:
        pattern: The pattern.
        lesson: Its examples must be caught and its lookalikes must pass.
        false_hits: Good posts of the history that it matches, >= 0.
        good_posts: Posts of the history that were neither corrected nor reproached, >= 0.
    """
    bound = upper_bound(false_hits, good_posts)
    if why := _fault(pattern, lesson):
        return Adoption(may_ask=False, may_stop=False, asks_calmly=False, bound=bound, why=why)
    enough = len(lesson.lookalikes) >= FEWEST_LOOKALIKES
    may_stop = enough and bound <= STOP_BOUND
    why = "" if may_stop else _not_yet(bound, good_posts, enough=enough)
    return Adoption(
        may_ask=True, may_stop=may_stop, asks_calmly=bound <= ASK_BOUND, bound=bound, why=why
    )


def _fault(pattern: Pattern, lesson: Lesson) -> str:
    if not all(matches(pattern, text) for text in lesson.examples):
        return "It does not catch its own example. Add words or ask for fewer signs."
    if loud := sum(bool(matches(pattern, text)) for text in lesson.lookalikes):
        return f"It stops {loud} of the lookalikes that must pass. Ask for more signs."
    return ""


def _not_yet(bound: float, good_posts: int, *, enough: bool) -> str:
    if not enough:
        return f"To stop, a rule needs at least {FEWEST_LOOKALIKES} lookalikes that pass."
    return (
        f"On {good_posts} good posts it may stop up to {bound:.1%} of them wrongly; "
        f"a rule that stops must stay under {STOP_BOUND:.1%}."
    )
