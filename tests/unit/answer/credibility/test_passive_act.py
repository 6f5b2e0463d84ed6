"""What the passive-act rule underlines, and what it leaves alone."""

import pytest

from amends.answer.credibility.passive_act import rule
from amends.rulebook.rule import Decision, apply
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft, DraftKind
from tests.pictures import seen_by

ENGLISH = [
    "[Mistakes were made].",
    "An [error has been made] in our channel.",
    "An offensive [tweet was posted] on our page yesterday.",
    "The [image was inadvertently included] in a reply.",
    "That [tweet was scheduled] before the news.",
    "Several [errors were made] on our side.",
    # It leaves alone:
    "We made a mistake.",
    "The tweet was sent by one of our editors, and we own it.",
    "I posted the photo. It was published at 16:42.",
    "Your message was sent to the repair team.",
    "The refund was sent this morning.",
    "We posted that photo. The photo was published without asking her.",
    "The campaign starts on Monday.",
    "Our opening hours are posted on the door.",
]
SPANISH = [
    "[Se cometieron] errores.",
    "[Se ha publicado] un mensaje ofensivo.",
    "El tuit [fue publicado] ayer por la tarde.",
    "El mensaje [ha sido difundido] en nuestra cuenta.",
    "[Se produjo] un error en la cuenta.",
    "[Se envió] un correo con datos de otra persona.",
    # It leaves alone:
    "Cometimos un error.",
    "El tuit fue publicado por nosotros y fue un error nuestro.",
    "Publiqué la foto a las 16:42. Se envió sin revisar.",
    "Se publicó la corrección a las 18:00.",
    "El lunes se publicarán los nombres de las tiendas.",
    "Enviamos el correo equivocado. Fue enviado a las nueve.",
    "La tienda fue inaugurada en mayo.",
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
