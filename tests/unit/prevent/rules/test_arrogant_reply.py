"""What the arrogant-reply rule underlines, and what it leaves alone."""

import pytest

from amends.prevent.rules.arrogant_reply import rule
from amends.rulebook.rule import apply
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft, DraftKind
from tests.pictures import seen_by

ENGLISH = [
    "[Nobody is forcing you] to buy here.",
    "[Sounds like a you problem].",
    "[If you don't like it, don't come].",
    "[Your loss], not ours.",
    "Others liked it. [Cope].",
    "[Get over it].",
    "Please [calm down].",
    "[We will not miss you].",
    # It leaves alone:
    "We are so sorry for your loss.",
    "We are sorry to hear of your loss.",
    "It is hard to cope with a delay like that.",
    "If you don't like it, we will refund you.",
    "That was our problem, not yours.",
    "We got over the flood and open again.",
    "Nobody is turned away.",
    "That must feel like a personal letdown.",
]
SPANISH = [
    "[Nadie te obliga] a comprar aquí.",
    "[Si no te gusta, ya sabes].",
    "[Eso es tu problema].",
    "[Tú te lo pierdes].",
    "[Ahí tienes la puerta].",
    "Las normas son así [y punto].",
    # It leaves alone:
    "Si no te gusta, te devolvemos el dinero.",
    "Nadie te ha atendido en dos días y lo sentimos.",
    "El problema es nuestro y lo arreglamos hoy.",
    "La puerta de la tienda está rota y la arreglamos.",
    "Punto y aparte: gracias por avisar.",
]


@pytest.mark.parametrize("picture", ENGLISH)
def test_english(picture: str) -> None:
    assert seen_by(rule, picture, Language.EN) == picture


@pytest.mark.parametrize("picture", SPANISH)
def test_spanish(picture: str) -> None:
    assert seen_by(rule, picture, Language.ES) == picture


def test_looks_at_answers_alone() -> None:
    assert list(apply(rule, Draft(text="Your loss.", kind=DraftKind.PRIVATE)))
    assert not list(apply(rule, Draft(text="Your loss.", kind=DraftKind.POST)))
