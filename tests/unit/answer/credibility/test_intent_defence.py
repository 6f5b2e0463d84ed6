"""What the intent-defence rule underlines, and what it leaves alone."""

import pytest

from amends.answer.credibility.intent_defence import rule
from amends.vocabulary.language import Language
from tests.pictures import seen_by

ENGLISH = [
    "It was [never our intention] to offend.",
    "We [did not mean to] hurt anyone.",
    "The [joke was only meant to] make you smile.",
    "We [unintentionally] shared her address.",
    "[Our intention was] to honour them.",
    "We were[n't trying to ]mock your town.",
    # It leaves alone:
    "We hurt you, and we are sorry.",
    "That means a refund today for each of you.",
    "We intend to pay everybody back by Friday.",
    "You were right to be angry.",
    "We are not trying to excuse it.",
    "The new label is easier to read.",
]
SPANISH = [
    "[No era nuestra intención] ofender a nadie.",
    "[En ningún momento] quisimos hacer daño.",
    "Fue un error [sin mala intención].",
    "[No pretendíamos] molestar.",
    "[Nuestra intención era] rendir homenaje.",
    # It leaves alone:
    "Te hicimos daño y lo sentimos.",
    "Queremos devolverte el dinero hoy.",
    "Tenemos la intención de pagar a todos el viernes.",
    "Tienes razón.",
    "La nueva etiqueta se lee mejor.",
]


@pytest.mark.parametrize("picture", ENGLISH)
def test_english(picture: str) -> None:
    assert seen_by(rule, picture, Language.EN) == picture


@pytest.mark.parametrize("picture", SPANISH)
def test_spanish(picture: str) -> None:
    assert seen_by(rule, picture, Language.ES) == picture
