"""What the minimising rule underlines, and what it leaves alone."""

import pytest

from amends.answer.credibility.minimising import rule
from amends.vocabulary.language import Language
from tests.pictures import seen_by

ENGLISH = [
    "We know that our post [came across as] cold.",
    "The joke [seemed insensitive].",
    "It [was perceived] as an insult.",
    "We apologise [to the extent that] it hurt.",
    "That [could be seen as] rude.",
    # It leaves alone:
    "Our post was cold.",
    "The joke seemed harmless to us. It was not.",
    "Your parcel appeared on Monday.",
    "We came across your letter today.",
    "It seems to be raining.",
]
SPANISH = [
    "Sabemos que [pudo parecer] una burla.",
    "El mensaje [fue percibido] como un insulto.",
    "Nuestra respuesta [pareció ofensiva].",
    "Pedimos perdón [en la medida en que] molestó.",
    "[Puede haber resultado] frío.",
    # It leaves alone:
    "Nuestro mensaje fue frío.",
    "Nos pareció gracioso y no lo era.",
    "Tu paquete apareció el lunes.",
    "Puede recoger su paquete hoy.",
    "Parece que llueve.",
]


@pytest.mark.parametrize("picture", ENGLISH)
def test_english(picture: str) -> None:
    assert seen_by(rule, picture, Language.EN) == picture


@pytest.mark.parametrize("picture", SPANISH)
def test_spanish(picture: str) -> None:
    assert seen_by(rule, picture, Language.ES) == picture
