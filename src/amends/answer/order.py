"""The order of an apology: those hurt first and last, the fault before the reason.

A rule of order speaks only where the parts are there but stand elsewhere; what is missing
altogether is asked for once, by `missing.*`.

Source: Cerulo & Ruane (2014), Soc. Psychol. Q. 77(2):123.
"""

from collections.abc import Iterator

from amends.answer.anatomy import Anatomy, Component, anatomy
from amends.answer.wording import sentences
from amends.rulebook.rule import Decision, Finding
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft

Span = tuple[int, int]

FIRST, LAST, FAULT = "order.first", "order.last", "order.fault"
_WORDS = {
    Language.EN: {
        FIRST: (
            "The first sentence does not reach the people hurt.",
            "Begin with what you did and whom it hurt.",
        ),
        LAST: (
            "The text does not end with the people hurt.",
            "End with what you do for them or what changes; move the reason up.",
        ),
        FAULT: (
            "The reason comes before the fault, so it reads as an excuse.",
            "Say first that it was your mistake, then why it happened.",
        ),
    },
    Language.ES: {
        FIRST: (
            "La primera frase no llega a quienes salieron heridos.",
            "Empieza por lo que hiciste y a quién hizo daño.",
        ),
        LAST: (
            "El texto no termina con quienes salieron heridos.",
            "Termina con lo que haces por ellos o lo que cambia; sube el motivo.",
        ),
        FAULT: (
            "El motivo va antes que la culpa y suena a excusa.",
            "Di primero que fue culpa tuya y después por qué ocurrió.",
        ),
    },
}
_GREETING = 3  # words
_NEEDS = (Component.REPAIR, Component.FORBEARANCE, Component.HARM)


def order_of(draft: Draft, found: Anatomy) -> Iterator[Finding]:
    """Yield what stands in the wrong place, with the sentence in which it stands."""
    places = sentences(draft.text)
    if not places:
        return
    first, last = _opening(draft, places), places[-1]
    if _opens_elsewhere(_sentence(draft, first), found):
        yield _finding(FIRST, draft.language, first)
    if len(places) > 1 and _ends_elsewhere(_sentence(draft, last), found):
        yield _finding(LAST, draft.language, last)
    fault, reason = found.components["responsibility"], found.components["explanation"]
    if fault and reason and reason[0] < fault[0]:
        yield _finding(FAULT, draft.language, reason)


def _opening(draft: Draft, places: list[Span]) -> Span:
    """Return the first sentence that is more than a greeting."""
    longer = (place for place in places if len(draft.text[slice(*place)].split()) > _GREETING)
    return next(longer, places[0])


def _sentence(draft: Draft, place: Span) -> Anatomy:
    return anatomy(Draft(text=draft.text[slice(*place)], language=draft.language))


def _opens_elsewhere(sentence: Anatomy, found: Anatomy) -> bool:
    begun = sentence.has(Component.IFID) or sentence.has(Component.ACT)
    could_begin = found.has(Component.IFID) or found.has(Component.ACT)
    if not begun:
        return could_begin
    return found.has(Component.HARM) and not sentence.has(Component.HARM)


def _ends_elsewhere(sentence: Anatomy, found: Anatomy) -> bool:
    if any(sentence.has(component) for component in _NEEDS):
        return False
    return sentence.has(Component.EXPLANATION) or any(found.has(one) for one in _NEEDS)


def _finding(rule: str, language: Language, place: Span) -> Finding:
    message, instead = _WORDS[language][rule]
    return Finding(
        rule=rule,
        decision=Decision.ASK,
        start=place[0],
        end=place[1],
        message=message,
        instead=instead,
        source="Cerulo & Ruane (2014), Soc. Psychol. Q. 77(2):123",
        family="answer",
    )
