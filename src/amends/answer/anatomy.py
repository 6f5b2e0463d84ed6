"""The parts of an apology, and the words that prove each of them.

The detectors are word patterns of ours; which parts matter, and how much, is from the sources
at `Component` and `WEIGHTS`. A part that is hung on a condition ("if anyone was hurt") or denied
("nobody was hurt") is not there.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from amends.answer.parts_en import PARTS as ENGLISH
from amends.answer.parts_es import PARTS as SPANISH
from amends.answer.wording import compiled, first_of, lowered
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft

Span = tuple[int, int]


class Component(StrEnum):
    """A part of an apology.

    Source: Lewicki, Polin & Lount (2016) for responsibility, repair, regret, explanation,
        repentance and forgiveness; Lazare (2004) for harm; Frantz & Bennigson (2005) for heard.
    """

    IFID = "ifid"  # the word of apology itself
    ACT = "act"
    AGENT = "agent"
    HARM = "harm"
    RESPONSIBILITY = "responsibility"
    REPAIR = "repair"
    FORBEARANCE = "forbearance"  # what changes, so that it does not happen again
    EXPLANATION = "explanation"
    HEARD = "heard"  # what people said, taken up
    FORGIVENESS = "forgiveness"


# Rounded from the order in Lewicki et al. (2016), flattened after Scher & Darley (1997), who
# found the parts about equally helpful. House judgement: the sum is shown small, never a gate.
WEIGHTS = {
    Component.IFID: 0.10,
    Component.ACT: 0.10,
    Component.AGENT: 0.0,
    Component.HARM: 0.15,
    Component.RESPONSIBILITY: 0.25,
    Component.REPAIR: 0.20,
    Component.FORBEARANCE: 0.08,
    Component.EXPLANATION: 0.08,
    Component.HEARD: 0.04,
    Component.FORGIVENESS: 0.0,
}

_PARTS = {Language.EN: ENGLISH, Language.ES: SPANISH}
_GAP = re.compile(r"\[[^\[\]\n]{0,80}\]")
_LOOK_BACK = 60  # characters in which a condition or a denial takes a part away


@dataclass(frozen=True, slots=True)
class Anatomy:
    """Which parts are there, each with the place that proves it, and their weighted sum."""

    components: Mapping[str, Span | None]
    score: float  # in [0, 1], higher is more complete

    def has(self, component: Component) -> bool:
        """Return whether the part is there."""
        return self.components[component] is not None


@lru_cache(maxsize=1024)  # rules and order ask for the same parts again
def part(component: Component, text: str, language: Language) -> Span | None:
    """Return the first place that proves the part, None when it is missing."""
    # A gap of the template proves nothing.
    level = _GAP.sub(lambda gap: "." * len(gap.group()), lowered(text))
    if component is Component.AGENT:
        return _agent(level, language)
    patterns = _PARTS[language][component.value]
    if component is Component.HARM:
        return _undoubted(patterns, level, language)
    return first_of(patterns, level)


def _undoubted(patterns: tuple[str, ...], text: str, language: Language) -> Span | None:
    """Return the first place that no condition or denial before it takes away."""
    doubt = compiled(_PARTS[language]["doubt"][0])
    found = sorted(
        match.span() for pattern in patterns for match in compiled(pattern).finditer(text)
    )
    return next(
        (
            (start, end)
            for start, end in found
            if not doubt.search(text, max(0, start - _LOOK_BACK), end)
        ),
        None,
    )


def _agent(text: str, language: Language) -> Span | None:
    """Return the first person who did the act or who takes responsibility."""
    first_person = compiled(_PARTS[language]["agent"][0])
    for component in ("act", "responsibility"):
        place = first_of(_PARTS[language][component], text)
        match = first_person.search(text, *place) if place else None
        if match:
            return match.span()
    return None


def anatomy(draft: Draft) -> Anatomy:
    """Return the parts of the draft as an apology, with their places and the score in [0, 1].

    >>> found = anatomy(Draft(text="We charged you twice. It was our mistake, and we are sorry."))
    >>> found.components["ifid"], found.has(Component.REPAIR)
    ((53, 58), False)
    """
    parts = {one.value: part(one, draft.text, draft.language) for one in Component}
    score = math.fsum(WEIGHTS[one] for one in Component if parts[one.value] is not None)
    return Anatomy(components=parts, score=round(score, 2))


def has_part(component: Component, draft: Draft) -> bool:
    """Return whether the draft has the part."""
    return part(component, draft.text, draft.language) is not None
