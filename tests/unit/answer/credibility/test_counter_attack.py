"""What the counter-attack rule underlines, and what it leaves alone."""

import pytest

from amends.answer.credibility.counter_attack import rule
from amends.rulebook.rule import Decision, apply
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft, DraftKind
from tests.pictures import seen_by

ENGLISH = [
    "[Calm down], it's a joke.",
    "[If you had actually read] the post, you'd know.",
    "[As we already clearly said], it is in the terms.",
    "[You are overreacting].",
    "[Next time ask us first before] you complain.",
    "[The haters] will say it is fake.",
    # It leaves alone:
    "You are right, and we were wrong.",
    "Keep calm and take the bus: line 3 is back.",
    "If you had trouble reading the label, here it is in large print.",
    "As we said this morning, refunds start today.",
    "Next time we will ask before we post.",
    "I am sorry for your lost parcel.",
    "Grown-ups read it too.",
]
SPANISH = [
    "[Cálmate], es una broma.",
    "[Si hubieras leído] el mensaje, lo sabrías.",
    "[Como ya te hemos explicado], está en las condiciones.",
    "[Estás exagerando].",
    "[Sois unos exagerados].",
    "[Relájate], era un chiste.",
    # It leaves alone:
    "Tienes razón: estábamos equivocados.",
    "Con calma: la línea 3 ya funciona.",
    "Si has tenido problemas para leer la etiqueta, aquí va en grande.",
    "Como dijimos esta mañana, hoy devolvemos el dinero.",
    "¿Estás bien? ¿Te podemos ayudar?",
    "Infórmate en la web: abre a las nueve.",
    "Calma: todo está en su sitio.",
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
        (DraftKind.REPLY, Decision.STOP),
        (DraftKind.PRIVATE, Decision.STOP),
    ],
)
def test_how_grave(kind: DraftKind, decision: Decision) -> None:
    draft = Draft(text=rule.fires[Language.EN][0], kind=kind)
    assert [one.decision for one in apply(rule, draft)] == [decision]


def test_no_business_of_posts() -> None:
    assert list(apply(rule, Draft(text=rule.fires[Language.EN][0]))) == []
