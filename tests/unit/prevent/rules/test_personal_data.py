"""What the personal-data rule underlines, and what it leaves alone."""

import pytest

from amends.prevent.rules.personal_data import rule
from amends.vocabulary.language import Language
from tests.pictures import seen_by

ENGLISH = [
    "Ask Marta, her number is [612 345 678].",
    "Write to [marta.soler@mail.example] about your refund.",
    "We paid it into [ES91 2100 0418 4502 0005 1332].",
    "Your card [4111 1111 1111 1111] was charged twice.",
    "He lives there, call him on [+34 612 345 678].",
    "Her phone: [(415) 555-0132]",
    # It leaves alone:
    "Call us on 912 345 678 before noon.",
    "Write to hello@bakery.example and we will answer.",
    "Write to us at marta@bakery.example",
    "Your order 612345678 leaves tomorrow.",
    "Over 1.000.000 loaves since 2011-04-02.",
    "Account ES92 2100 0418 4502 0005 1332 does not exist.",
    "Card 4111 1111 1111 1112 does not exist.",
    "Free of charge: 900 123 456",
    "Scores were 612 and 345.",
    "https://bank.example/pin/4111111111111111",
]
SPANISH = [
    "Pregunta a Marta, su número es [612 345 678].",
    "Escribe a [marta.soler@mail.example] por tu devolución.",
    "Tu DNI [12345678Z] ya consta.",
    "Tu NIE [X1234567L] ya consta.",
    "Lo ingresamos en [ES9121000418450200051332].",
    # It leaves alone:
    "Llámanos al 912 345 678 antes de las doce.",
    "Nuestro teléfono: 912 345 678",
    "Escribe a hola@bakery.example y te respondemos.",
    "Tu pedido 612345678 sale mañana.",
    "El sorteo repartió 12345678 euros.",
    "El modelo 12345678A no es un DNI.",
    "El NIE X1234567A no es correcto.",
]


@pytest.mark.parametrize("picture", ENGLISH)
def test_english(picture: str) -> None:
    assert seen_by(rule, picture, Language.EN) == picture


@pytest.mark.parametrize("picture", SPANISH)
def test_spanish(picture: str) -> None:
    assert seen_by(rule, picture, Language.ES) == picture
