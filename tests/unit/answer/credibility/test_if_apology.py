"""What the if-apology rule underlines, and what it leaves alone."""

import pytest

from amends.answer.credibility.if_apology import rule
from amends.rulebook.rule import Decision, apply
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft, DraftKind
from tests.pictures import seen_by

ENGLISH = [
    "We are [sorry if anyone was offended].",
    "I [apologize if I hurt] you.",
    "[If our post upset you, we're sorry].",
    "We [apologize to anyone who felt] our post was in poor taste.",
    "[Sorry for the pain we may have] caused.",
    "We're [sorry if our joke hurt] you.",
    # It leaves alone:
    "If you bought the lamp, return it and we refund you.",
    "We're sorry. If you lost money, write to us.",
    "We are sorry, and if you were charged twice we will refund you today.",
    "I apologize to the three people I named.",
    "We asked ourselves if the joke was fair. It was not, and we are sorry.",
    "We do not know yet if anyone was hurt.",
    "We are sorry. If you bought one, write to us and we will pay it back.",
    "We are sorry that our post hurt you.",
]
SPANISH = [
    "Pedimos [perdón si alguien se ha sentido ofendido].",
    "[Si te he molestado, lo siento].",
    "[Disculpas por los daños que hayamos podido] causar.",
    "[Lamentamos lo que pudiera] haber molestado.",
    "Pedimos [disculpas a quienes se hayan] sentido heridos.",
    "[Perdón si os ha molestado].",
    # It leaves alone:
    "Sentimos que hayas tenido que esperar tres horas.",
    "Si compraste la lámpara, devuélvela.",
    "Lo siento. Si perdiste dinero, escríbeme.",
    "Sentimos el error; si se te cobró dos veces, te devolvemos el dinero hoy.",
    "Pedimos perdón a las tres personas que nombramos.",
    "Aún no sabemos si alguien resultó herido.",
    "Lo sentimos, sí: fue culpa nuestra.",
    "Sentimos haberte hecho daño con nuestro mensaje.",
]


@pytest.mark.parametrize("picture", ENGLISH)
def test_english(picture: str) -> None:
    assert seen_by(rule, picture, Language.EN) == picture


@pytest.mark.parametrize("picture", SPANISH)
def test_spanish(picture: str) -> None:
    assert seen_by(rule, picture, Language.ES) == picture


@pytest.mark.parametrize(
    ("kind", "decision"),
    [
        (DraftKind.STATEMENT, Decision.STOP),
        (DraftKind.REPLY, Decision.ASK),
        (DraftKind.PRIVATE, Decision.ASK),
    ],
)
def test_how_grave(kind: DraftKind, decision: Decision) -> None:
    draft = Draft(text=rule.fires[Language.EN][0], kind=kind)
    assert [one.decision for one in apply(rule, draft)] == [decision]


def test_no_business_of_posts() -> None:
    assert list(apply(rule, Draft(text=rule.fires[Language.EN][0]))) == []
