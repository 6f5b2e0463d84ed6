"""What the talking-down rule underlines, and what it leaves alone."""

import pytest

from amends.answer.credibility.talking_down import rule
from amends.vocabulary.language import Language
from tests.pictures import seen_by

ENGLISH = [
    "[Did you even read the label?]",
    "[Actually,] the price was on the door.",
    "[As clearly stated] in our terms, there is no refund.",
    "[Had you read] the page, there would be no surprise.",
    "[It is really quite simple]: no ticket, no seat.",
    # It leaves alone:
    "You are right, the label is too small.",
    "Did you get your parcel today?",
    "As we said this morning, refunds start today.",
    "We actually lost it, and we are sorry.",
    "If you read it differently, tell us: we may be wrong.",
]
SPANISH = [
    "[¿Acaso no leíste la etiqueta?]",
    "[En realidad,] el precio estaba en la puerta.",
    "[Como está bien claro] en las condiciones, no hay devolución.",
    "[Si leyeras] la página, no habría sorpresa.",
    "[Es muy sencillo]: sin entrada no hay asiento.",
    # It leaves alone:
    "Tienes razón, la etiqueta es demasiado pequeña.",
    "¿Te ha llegado hoy el paquete?",
    "Como dijimos esta mañana, hoy devolvemos el dinero.",
    "La tienda en realidad cerró a las nueve, y no avisamos.",
    "Te explicamos el retraso: se rompió el horno.",
]


@pytest.mark.parametrize("picture", ENGLISH)
def test_english(picture: str) -> None:
    assert seen_by(rule, picture, Language.EN) == picture


@pytest.mark.parametrize("picture", SPANISH)
def test_spanish(picture: str) -> None:
    assert seen_by(rule, picture, Language.ES) == picture
