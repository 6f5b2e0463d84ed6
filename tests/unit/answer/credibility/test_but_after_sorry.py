"""What the but-after-sorry rule underlines, and what it leaves alone."""

import pytest

from amends.answer.credibility.but_after_sorry import rule
from amends.rulebook.rule import Decision, apply
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft, DraftKind
from tests.pictures import seen_by

ENGLISH = [
    "We're [sorry, but] it was only a joke.",
    "We [apologize; however], the quote was accurate.",
    "I am [sorry, although] I meant well.",
    "We are [sorry. But] many people liked it.",
    "Our tweet was wrong and we are [sorry, albeit] it was unintentional.",
    "I [apologise for the delay, though] we were busy.",
    # It leaves alone:
    "We wanted to be funny but we hurt people, and we are sorry.",
    "We're sorry not only for the tweet but also for the silence.",
    "I'm sorry, but that is no excuse.",
    "We are sorry. We will publish nothing but updates today.",
    "We're sorry, but we will do more than say it: refunds start today.",
    "The oven broke, but your bread is on its way.",
    "Sorry for the wait. Your table is ready.",
]
SPANISH = [
    "Lo [sentimos, pero] era una broma.",
    "Pedimos [perdón, aunque] la frase era correcta.",
    "[Disculpas; sin embargo], la cita era exacta.",
    "Lo [siento. Pero] a mucha gente le gustó.",
    "Pedimos [disculpas, si bien] no hubo mala intención.",
    "[Disculpad el retraso, aunque] avisamos.",
    # It leaves alone:
    "Quisimos ser graciosos pero hicimos daño, y pedimos perdón.",
    "Pedimos perdón no solo por el tuit, sino por el silencio.",
    "Lo siento, pero eso no es excusa.",
    "Lo sentimos. Hoy publicaremos solo novedades.",
    "Pedimos perdón, pero también vamos a devolver el dinero.",
    "Se rompió el horno, pero tu pan está en camino.",
    "Perdón por la espera. Tu mesa está lista.",
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
