r"""A rule as data: what a lesson becomes.

Theory of operation
    People write patterns, so they run on RE2, whose time is linear in the text whatever was
    written. A pattern has signs, each an RE2 expression; it matches a text in which at
    least `at_least` different signs are found. One sign is one idea, and a sign found twice
    counts once. The same signs run live and over history.

    RE2 knows `\b` and `\w` in ASCII only: `niñ\b` matches "niño". A word's edge is written
    `(?:^|[^\p{L}\p{N}_])`, and the first group of a sign, where it has one, is the place
    that is underlined.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Protocol, cast

import re2

from amends.rulebook.rule import Advice, Basis, Decision, Rule, Spans
from amends.vocabulary.errors import BadInput
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft

LONGEST_TEXT = 20_000  # characters; the rest of a text is not looked at
MOST_SIGNS = 40
LONGEST_SIGN = 500  # characters
SIGN_MEMORY = 2 << 20  # bytes; what needs more is refused at once, not compiled for seconds
SET_MEMORY = 32 << 20  # bytes, for all signs of a pattern together


class Place(Protocol):
    """What RE2 answers; it ships no types."""

    def span(self, group: int = 0) -> tuple[int, int]: ...


class Sign(Protocol):
    """A compiled expression of RE2; it ships no types."""

    groups: int

    def search(self, text: str) -> Place | None: ...


class Together(Protocol):
    """All signs compiled into one automaton, so that a text is read once; no types either."""

    def Match(self, text: str) -> list[int] | None: ...  # noqa: N802 - RE2's name


@dataclass(frozen=True, slots=True)
class Pattern:
    """A rule that an incident taught, as plain data.

    `decision` is ASK or STOP as it was adopted; `account_ids` empty means every account.
    """

    name: str
    signs: tuple[str, ...]
    at_least: int
    account_ids: tuple[str, ...] = ()
    decision: Decision = Decision.ASK
    incident_id: str = ""
    example: str = ""
    why: str = ""
    version: int = 1


def _quiet() -> re2.Options:
    options = re2.Options()
    options.log_errors = False  # else RE2 writes a bad expression to standard error
    options.case_sensitive = False
    options.max_mem = SIGN_MEMORY
    return options


@lru_cache(maxsize=4096)
def _compiled(sign: str) -> Sign:
    if len(sign) > LONGEST_SIGN:
        raise BadInput(f"The expression {sign[:40]!r}… is too long. Write it shorter.")
    try:
        compiled = cast("Sign", re2.compile(sign, _quiet()))
    except (re2.error, UnicodeEncodeError) as error:
        if "too large" in str(error):
            raise BadInput(f"The expression {sign!r} is too large. Write it shorter.") from None
        raise BadInput(
            f"The expression {sign!r} cannot be read. Correct it; look-around and "
            "back-references are not known here."
        ) from None
    if compiled.search("") is not None:
        raise BadInput(f"The expression {sign!r} matches everything. Write what it looks for.")
    return compiled


@lru_cache(maxsize=512)
def _together(signs: tuple[str, ...]) -> Together:
    for sign in signs:
        _compiled(sign)
    options = _quiet()
    options.max_mem = SET_MEMORY
    together = re2.Set.SearchSet(options)
    for sign in signs:
        together.Add(sign)
    try:
        together.Compile()
    except re2.error:
        raise BadInput("The pattern is too large. Use fewer or shorter signs.") from None
    return cast("Together", together)


def checked(pattern: Pattern) -> Pattern:
    """Return the pattern itself, once it is known to be usable.

    Raises:
        BadInput: An expression cannot be read or matches everything, or the numbers do not fit.
    """
    if not 1 <= len(pattern.signs) <= MOST_SIGNS:
        raise BadInput(f"A pattern needs between 1 and {MOST_SIGNS} signs.")
    if not 1 <= pattern.at_least <= len(pattern.signs):
        raise BadInput(f"At least must be between 1 and {len(pattern.signs)}, its number of signs.")
    if pattern.decision is Decision.PASS:
        raise BadInput("A pattern asks or stops. Choose one of the two.")
    _together(pattern.signs)
    return pattern


def matches(pattern: Pattern, text: str) -> tuple[tuple[int, int], ...]:
    r"""Return the places of the signs found, or nothing when they are too few.

    Places are code point offsets into the text, one for each sign found, in text order.
    Only the first 20,000 characters are looked at.

    Raises:
        BadInput: An expression of the pattern cannot be read.

    >>> early = Pattern(name="early", signs=(r"(?:^|[^\p{L}])(niñ\p{L}*)",), at_least=1)
    >>> matches(early, "Los niños")
    ((4, 9),)
    """
    readable = text[:LONGEST_TEXT]
    together = _together(pattern.signs)
    try:
        found = together.Match(readable) or ()
    except UnicodeEncodeError:  # a lone surrogate: one odd character, so offsets stay
        readable = readable.encode("utf-8", "replace").decode()
        found = together.Match(readable) or ()
    if len(found) < pattern.at_least:
        return ()
    return tuple(sorted({_place(_compiled(pattern.signs[at]), readable) for at in found}))


def _place(sign: Sign, text: str) -> tuple[int, int]:
    """Return the span of the first group that took part, else of the whole match."""
    found = sign.search(text)
    if found is None:
        raise AssertionError("RE2 finds alone what it finds together.")
    spans = (found.span(group) for group in range(1, sign.groups + 1))
    return next((span for span in spans if span[0] >= 0), found.span())


def to_json(pattern: Pattern) -> str:
    """Return the pattern as one line of JSON; `from_json` gives it back."""
    return json.dumps(asdict(pattern) | {"decision": pattern.decision.word}, ensure_ascii=False)


_TEXTS = ("name", "incident_id", "example", "why")


def from_json(text: str) -> Pattern:
    """Return the pattern written in JSON; unknown keys are left aside.

    Raises:
        BadInput: It is not a pattern, or an expression in it cannot be read.
    """
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise BadInput("The pattern is not JSON. Export it again from the lesson.") from None
    if not isinstance(value, dict) or not isinstance(value.get("name"), str):
        raise BadInput("The pattern has no name. Export it again from the lesson.")
    texts = {key: _text(value, key) for key in _TEXTS}
    return checked(
        Pattern(
            **texts,
            signs=_list(value, "signs"),
            account_ids=_list(value, "account_ids"),
            at_least=_number(value, "at_least"),
            version=_number(value, "version"),
            decision=_decision(value.get("decision", "ask")),
        )
    )


def _text(value: Mapping[str, object], key: str) -> str:
    text = value.get(key, "")
    if not isinstance(text, str):
        raise BadInput(f"The pattern's {key!r} must be text.")
    return text


def _list(value: Mapping[str, object], key: str) -> tuple[str, ...]:
    items = value.get(key, [])
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        raise BadInput(f"The pattern's {key!r} must be a list of texts.")
    return tuple(items)


def _number(value: Mapping[str, object], key: str) -> int:
    number = value.get(key, 1)
    if type(number) is not int or number < 1:
        raise BadInput(f"The pattern's {key!r} must be a whole number from 1.")
    return number


def _decision(word: object) -> Decision:
    words = {Decision.ASK.word: Decision.ASK, Decision.STOP.word: Decision.STOP}
    if not isinstance(word, str) or word not in words:
        raise BadInput("The pattern's 'decision' must be ask or stop.")
    return words[word]


_WHY = {
    Language.EN: "This resembles a mistake that this team has made before.",
    Language.ES: "Esto se parece a un error que este equipo ya cometió.",
}
_INSTEAD = {
    Language.EN: "Read the earlier incident first. If this is different, say why and go on.",
    Language.ES: "Lee antes el incidente anterior. Si esto es distinto, di por qué y sigue.",
}


def rule_from(pattern: Pattern) -> Rule:
    """Return the pattern as a rule that a review can take.

    The person's own `why` is shown in both languages, as they wrote it.

    Raises:
        BadInput: The pattern cannot be used.
    """
    checked(pattern)

    def spans(draft: Draft) -> Spans:
        account = draft.account.id if draft.account else ""
        if pattern.account_ids and account and account not in pattern.account_ids:
            return
        yield from matches(pattern, draft.text)

    examples = (pattern.example,) if matches(pattern, pattern.example) else ()
    return Rule(
        name=f"lesson-{pattern.name}",
        source=f"Incident {pattern.incident_id}" if pattern.incident_id else "A lesson of ours",
        spans=spans,
        advice={
            language: Advice(why=pattern.why or why, instead=_INSTEAD[language])
            for language, why in _WHY.items()
        },
        fires=dict.fromkeys(Language, examples),
        silent=dict.fromkeys(Language, ()),
        family="lesson",
        basis=Basis.REPLAYED,
        decides=lambda _draft: pattern.decision,
    )
