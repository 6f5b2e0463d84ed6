"""The order of an apology: those hurt first and last, the fault before the reason.

A rule of order speaks only where the parts are there but stand elsewhere; what is missing
altogether is asked for once, by `missing.*`.

Source: Cerulo & Ruane (2014), Soc. Psychol. Q. 77(2):123.
"""

from collections.abc import Iterator
from dataclasses import replace

from amends.answer.anatomy import Anatomy, Component, has_part
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
    if _opens_elsewhere(first, found):
        yield _finding(FIRST, draft.language, first)
    if len(places) > 1 and _ends_elsewhere(draft, last, found):
        yield _finding(LAST, draft.language, last)
    fault, reason = found.components["responsibility"], found.components["explanation"]
    if fault and reason and reason[0] < fault[0]:
        yield _finding(FAULT, draft.language, reason)


def _opening(draft: Draft, places: list[Span]) -> Span:
    """Return the first sentence that is more than a greeting."""
    longer = (place for place in places if len(draft.text[slice(*place)].split()) > _GREETING)
    return next(longer, places[0])


def _opens_elsewhere(first: Span, found: Anatomy) -> bool:
    # The anatomy keeps the first place of each part, so a later place is not in the opening.
    starts = {name: place[0] for name, place in found.components.items() if place}
    begun = [starts[name] < first[1] for name in ("ifid", "act") if name in starts]
    if begun and not any(begun):
        return True
    return bool(begun) and "harm" in starts and starts["harm"] >= first[1]


def _ends_elsewhere(draft: Draft, last: Span, found: Anatomy) -> bool:
    sentence = replace(draft, text=draft.text[slice(*last)])
    if any(has_part(component, sentence) for component in _NEEDS):
        return False
    return any(found.has(one) for one in _NEEDS) or has_part(Component.EXPLANATION, sentence)


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
