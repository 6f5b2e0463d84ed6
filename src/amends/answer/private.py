"""Replies to people who were hurt: each in their own words, none copied.

Source: the two limits of likeness, and that a reply must take up a word of theirs, are
    house judgement. That "I" does better than "we": Packard, Moore & McFerran (2018).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from amends.rulebook.words import folded, language_of, stems_of
from amends.vocabulary.incident import Affected
from amends.vocabulary.language import Language

SAME = 0.80  # from here on it is the same text
ALIKE = 0.60  # from here on a person is asked
GRAM = 5  # characters

_HANDLE = re.compile(r"@[\w.-]+")
_NUMBER = re.compile(r"\d+")
_NOT_WORD = re.compile(r"[^\w]+")
_GREETING = re.compile(
    r"\A\W*(?:hello|hi|dear|hey|good (?:morning|afternoon|evening)|hola|buenos d[ií]as|"
    r"buenas (?:tardes|noches)|estimad[oa]|querid[oa])\b[^,.:\n]{0,40}[,.:\n]",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"(?:\n\s*[-–—]+|\s[–—-]\s?)\s*[^\n.,]{1,40}\s*\Z")


class Likeness(StrEnum):
    """What to do about a reply that resembles an earlier one."""

    OWN = "own"
    ASK = "ask"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Resemblance:
    """How like the likest earlier reply is; `score` in [0, 1], 1 is the same."""

    likeness: Likeness
    score: float
    earlier: str = ""  # the likest earlier reply


def normalised(text: str, names: Iterable[str] = ()) -> str:
    """Return the text without what differs anyway: names, handles, numbers, greeting, signature."""
    body = _SIGNATURE.sub("", _GREETING.sub("", _HANDLE.sub(" ", text.strip())))
    body = _NUMBER.sub(" ", body)
    for name in filter(None, (name.strip() for name in names)):
        body = re.sub(rf"\b{re.escape(name)}\b", " ", body, flags=re.IGNORECASE)
    return _NOT_WORD.sub(" ", folded(body)).strip()


def _grams(text: str) -> frozenset[str]:
    return frozenset(text[at : at + GRAM] for at in range(max(1, len(text) - GRAM + 1)))


def similarity(one: str, other: str, names: Iterable[str] = ()) -> float:
    """Return the Jaccard similarity of the texts' character 5-grams once normalised, 0 to 1.

    >>> similarity("Hi Ana, I am sorry.", "Hi Tom, I am sorry.")
    1.0
    """
    known = tuple(names)
    a, b = _grams(normalised(one, known)), _grams(normalised(other, known))
    return len(a & b) / len(a | b)


def resemblance(text: str, earlier: Iterable[str], names: Iterable[str] = ()) -> Resemblance:
    """Return how like the text is to the earlier replies of the incident.

    Args:
        text: The reply about to be sent.
        earlier: All other replies of the incident.
        names: Names of the people written to and of those who write, which do not count.
    """
    known = tuple(names)
    scored = ((similarity(text, one, known), one) for one in earlier)
    score, likest = max(scored, default=(0.0, ""))
    if score >= SAME:
        return Resemblance(Likeness.REFUSE, score, likest)
    if score >= ALIKE:
        return Resemblance(Likeness.ASK, score, likest)
    return Resemblance(Likeness.OWN, score)


def shared_words(text: str, said: str) -> frozenset[str]:
    """Return the content words that the reply takes up from what they said.

    None means that the reply could have been written to anybody; where they used no content
    word at all there is nothing to take up, and that is not held against the reply.
    """
    language = language_of(f"{said} {text}")
    return frozenset(stems_of(text, language)) & frozenset(stems_of(said, language))


def takes_up(text: str, said: str) -> bool:
    """Tell whether the reply takes up at least one content word of theirs, if they used any."""
    return not stems_of(said) or bool(shared_words(text, said))


def by_harm(people: Iterable[Affected]) -> tuple[Affected, ...]:
    """Return the people hurt, the most hurt first; never by how many follow them."""
    return tuple(sorted(people, key=lambda one: (-one.harm_level, one.handle, one.id)))


_DRAFT = {
    Language.EN: (
        "You wrote: “{said}”. {act} That was wrong, and I am sorry that it hurt you. "
        "I would like to put it right. What would help you?\n— {signer}"
    ),
    Language.ES: (
        "Escribiste: «{said}». {act} Estuvo mal, y siento haberte hecho daño. "
        "Quiero repararlo. ¿Qué te ayudaría?\n— {signer}"
    ),
}
_LONGEST_QUOTE = 120  # characters


def first_draft(affected: Affected, act: str, language: Language, signer: str) -> str:
    """Return a first draft that starts from what this person said; a person goes on from it.

    Args:
        affected: The person hurt, with their words.
        act: What we did, one sentence in the first person: "I published a joke about debt."
        language: The language to write in.
        signer: The name of the person who signs.
    """
    deed = act.strip()
    deed += "" if not deed or deed[-1] in ".…" else "."
    return _DRAFT[language].format(said=quoted(affected.said), act=deed, signer=signer)


def quoted(said: str) -> str:
    """Return the sentence of theirs with the most content words, cut at a word if it is long."""
    plain = " ".join(_HANDLE.sub("", said).split()).replace("“", "").replace("”", "")
    sentences: Sequence[str] = re.split(r"(?<=[.!?…])\s+", plain)
    best = max(sentences, key=lambda one: len(set(stems_of(one[:_LONGEST_QUOTE]))))
    best = best.strip(" .")
    if len(best) <= _LONGEST_QUOTE:
        return best
    return best[:_LONGEST_QUOTE].rpartition(" ")[0] + "…"
