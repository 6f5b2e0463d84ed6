"""What the self-praise rule underlines, and what it leaves alone."""

import pytest

from amends.answer.credibility.self_praise import rule
from amends.vocabulary.language import Language
from tests.pictures import seen_by

ENGLISH = [
    "We [take privacy very seriously].",
    "This does not reflect [our values].",
    "Kindness is [in our DNA].",
    "[We believe in] respect for all.",
    "[We are proud] of our service.",
    # It leaves alone:
    "We did not take your complaint seriously.",
    "We are not proud of what we wrote.",
    "I believe you.",
    "Take the number 3 bus.",
    "You trusted us, and we lost your parcel.",
]
SPANISH = [
    "[Nos tomamos la privacidad muy en serio].",
    "Esto no refleja [nuestros valores].",
    "La amabilidad está en [nuestro ADN].",
    "[Creemos firmemente en] el respeto.",
    "Estamos [orgullosos] de nuestro servicio.",
    # It leaves alone:
    "No nos tomamos en serio tu queja.",
    "No estamos orgullosos de lo que escribimos.",
    "Te creo.",
    "Toma el autobús 3.",
    "Confiabas en nosotros y perdimos tu paquete.",
]


@pytest.mark.parametrize("picture", ENGLISH)
def test_english(picture: str) -> None:
    assert seen_by(rule, picture, Language.EN) == picture


@pytest.mark.parametrize("picture", SPANISH)
def test_spanish(picture: str) -> None:
    assert seen_by(rule, picture, Language.ES) == picture
