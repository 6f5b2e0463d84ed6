"""What the absolute-promise rule underlines, and what it leaves alone."""

import pytest

from amends.answer.credibility.absolute_promise import rule
from amends.rulebook.rule import apply
from amends.vocabulary.incident import Circumstances
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft, DraftKind
from tests.pictures import seen_by

ENGLISH = [
    "This [will never happen again].",
    "It [won't happen again].",
    "[Never again].",
    "[We will never do this again].",
    "It [will not be repeated].",
    # It leaves alone:
    "From today two people read every post, so that it does not happen again.",
    "We will try not to repeat it.",
    "The concert will not take place on Monday.",
    "I never saw your letter.",
    "Call us again tomorrow.",
]
SPANISH = [
    "Esto [no volverá a ocurrir].",
    "[No se repetirá].",
    "[Nunca más].",
    "[No volveremos a hacerlo].",
    "[No va a volver a pasar].",
    # It leaves alone:
    "Desde hoy dos personas leen cada mensaje.",
    "Volveremos a abrir el lunes.",
    "El concierto no será el lunes.",
    "Nunca vi tu carta.",
    "Vuelve a llamarnos mañana.",
]


@pytest.mark.parametrize("picture", ENGLISH)
def test_english(picture: str) -> None:
    assert seen_by(rule, picture, Language.EN) == picture


@pytest.mark.parametrize("picture", SPANISH)
def test_spanish(picture: str) -> None:
    assert seen_by(rule, picture, Language.ES) == picture


@pytest.mark.parametrize("language", list(Language))
def test_silent_when_a_rule_is_linked(language: Language) -> None:
    for text in rule.fires[language]:
        backed = Draft(
            text=text,
            language=language,
            kind=DraftKind.STATEMENT,
            circumstances=Circumstances(rules=("two-readers",)),
        )
        assert list(apply(rule, backed)) == []
