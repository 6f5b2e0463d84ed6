"""What the obviously rule underlines, and what it leaves alone."""

import pytest

from amends.answer.credibility.obviously import rule
from amends.vocabulary.language import Language
from tests.pictures import seen_by

ENGLISH = [
    "[Obviously], we are sorry.",
    "[Of course] we apologise.",
    "I have [already] apologised.",
    "We are [clearly] sorry.",
    "[Needless to say], we are sorry.",
    # It leaves alone:
    "We are sorry. Your refund is already on its way.",
    "Of course you can change the size.",
    "It was obviously a fake. We checked too late.",
    "We are sorry that we lost your parcel.",
    "The shop is already open.",
]
SPANISH = [
    "[Obviamente], lo sentimos.",
    "[Evidentemente], pedimos perdón.",
    "[Como es lógico], pedimos disculpas.",
    "[Por supuesto], lo sentimos mucho.",
    "[Desde luego] que lo siento.",
    # It leaves alone:
    "Lo sentimos. El dinero ya está en camino.",
    "Por supuesto que puedes cambiar la talla.",
    "Evidentemente era falso. Lo comprobamos tarde.",
    "Sentimos haber perdido tu paquete.",
    "La tienda abre, como es lógico, a las nueve.",
]


@pytest.mark.parametrize("picture", ENGLISH)
def test_english(picture: str) -> None:
    assert seen_by(rule, picture, Language.EN) == picture


@pytest.mark.parametrize("picture", SPANISH)
def test_spanish(picture: str) -> None:
    assert seen_by(rule, picture, Language.ES) == picture
