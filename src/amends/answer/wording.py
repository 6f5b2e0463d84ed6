"""Words and their places: what the credibility rules and the anatomy share.

Patterns stay strings until a text in their language comes by: compiling all of them costs more
than reading one text, and `amends lint` starts cold. Every gap in them has an upper bound, so
the work grows linearly with the text.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from amends.rulebook.rule import Decision, Spans
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft, DraftKind

Patterns = dict[Language, tuple[str, ...]]

ANSWERS = frozenset({DraftKind.STATEMENT, DraftKind.REPLY, DraftKind.PRIVATE})

SORRY_EN = r"(?:sorry|apolog(?:y|ies|i[sz]e[sd]?|i[sz]ing)|regret(?:s|ted)?)"
SORRY_ES = r"(?:perd[oó]n|disculp\w+|lo siento|siento|sentimos|lament\w+)"

# One character for one character, so that a place in the result is a place in the original.
_STRAIGHT = str.maketrans("’‘ʼ´“”\u00a0\u202f\u2009\t", "''''\"\"    ")
_WRAPPED = re.compile(r"(?<=[\w,])\n(?=[a-záéíóúñü])")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")


def straight(text: str) -> str:
    r"""Return the text with straight quotes and plain spaces, of the same length.

    A line broken in the middle of a sentence is joined again.

    >>> straight("We’re sorry if\nyou were hurt")
    "We're sorry if you were hurt"
    """
    return _WRAPPED.sub(" ", text.translate(_STRAIGHT))


@lru_cache(maxsize=256)  # each rule asks for the same text
def lowered(text: str) -> str:
    """Return the text straight and in lower case, of the same length.

    Lower text with plain patterns is nearly twice as fast as patterns blind to capitals.

    >>> lowered("We’RE Sorry")
    "we're sorry"
    """
    return straight(text).replace("İ", "i").lower()  # the one letter that would become two


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Return the pattern, ready to use on a lowered text."""
    return re.compile(pattern)


def first_of(patterns: Iterable[str], text: str) -> tuple[int, int] | None:
    """Return the earliest place that one of the patterns finds in a lowered text."""
    found = (compiled(pattern).search(text) for pattern in patterns)
    return min((match.span() for match in found if match), default=None)


def places(patterns: Patterns, draft: Draft) -> Spans:
    """Yield the places that the patterns find in the draft; overlapping ones become one."""
    text = lowered(draft.text)
    found = sorted(
        match.span()
        for pattern in patterns[draft.language]
        for match in compiled(pattern).finditer(text)
    )
    yield from _joined(found)


def _joined(found: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    last: tuple[int, int] | None = None
    for start, end in found:
        if last is not None and start < last[1]:
            last = (last[0], max(last[1], end))
            continue
        if last is not None:
            yield last
        last = (start, end)
    if last is not None:
        yield last


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the places of the text's sentences; a line end also ends one.

    >>> sentences("We are sorry. It hurt you.")
    [(0, 13), (14, 26)]
    """
    straightened, start, found = straight(text), 0, []
    for gap in _SENTENCE_END.finditer(straightened):
        found.append((start, gap.start()))
        start = gap.end()
    found.append((start, len(text)))
    return [(start, end) for start, end in found if straightened[start:end].strip()]


def stops_statements(draft: Draft) -> Decision:
    """Return STOP for a statement to all, ASK for an answer to one person."""
    return Decision.STOP if draft.kind is DraftKind.STATEMENT else Decision.ASK


def always_stops(_draft: Draft) -> Decision:
    """Return STOP, for a statement and for an answer alike."""
    return Decision.STOP
