"""What the isolated-case rule underlines, and what it leaves alone."""

import pytest

from amends.answer.credibility.isolated_case import rule
from amends.vocabulary.language import Language
from tests.pictures import seen_by

ENGLISH = [
    "This was an [isolated incident].",
    "It was [a one-off] mistake.",
    "We see this as an [isolated case].",
    "That was a [single error].",
    "It was [a one-off].",
    # It leaves alone:
    "It happened twice in May.",
    "The farm lies isolated in the hills.",
    "Every single customer gets a refund.",
    "Each case is on this list.",
    "We made this mistake before, in 2024.",
]
SPANISH = [
    "Fue un [caso aislado].",
    "Se trata de un [hecho puntual].",
    "Son [casos aislados].",
    "Ha sido un [error puntual].",
    "Fue un [incidente aislado].",
    # It leaves alone:
    "Ocurrió dos veces en mayo.",
    "La granja está aislada en el monte.",
    "Devolvemos el dinero a todos, caso por caso.",
    "El tren fue puntual.",
    "Ya cometimos este error en 2024.",
]


@pytest.mark.parametrize("picture", ENGLISH)
def test_english(picture: str) -> None:
    assert seen_by(rule, picture, Language.EN) == picture


@pytest.mark.parametrize("picture", SPANISH)
def test_spanish(picture: str) -> None:
    assert seen_by(rule, picture, Language.ES) == picture
