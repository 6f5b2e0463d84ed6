"""What the ask-to-delete rule underlines, and what it leaves alone."""

import pytest

from amends.answer.credibility.ask_to_delete import rule
from amends.rulebook.rule import Decision, apply
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft, DraftKind
from tests.pictures import seen_by

ENGLISH = [
    "[Please delete your screenshot].",
    "We kindly ask [you to delete the video].",
    "[Could you remove this review]?",
    "We ask [you to take down the post].",
    # It leaves alone:
    "Please delete the app and install version 2.1.",
    "We will not delete your comments.",
    "We did not remove any review.",
    "You can remove the label with warm water.",
    "Please keep your receipt.",
]
SPANISH = [
    "[Por favor, borra tu comentario].",
    "[Os rogamos que eliminéis las capturas].",
    "[Te agradeceríamos que quitaras esa reseña].",
    "[Por favor, retira ese vídeo].",
    # It leaves alone:
    "Borra la aplicación e instala la 2.1.",
    "No borraremos tus comentarios.",
    "No hemos eliminado ninguna reseña.",
    "Puedes quitar la etiqueta con agua tibia.",
    "Por favor, guarda el recibo.",
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
