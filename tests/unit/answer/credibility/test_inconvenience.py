"""What the inconvenience rule underlines, and what it leaves alone."""

import pytest

from amends.answer.credibility.inconvenience import rule
from amends.rulebook.rule import Decision, apply
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft, DraftKind
from tests.pictures import seen_by

ENGLISH = [
    "[Sorry for the inconvenience].",
    "We [apologise for any inconvenience].",
    "[Apologies for the confusion].",
    "We are [sorry about the misunderstanding] on the phone.",
    # It leaves alone:
    "Sorry for the confusion we caused by sending two invoices.",
    "We are sorry we offended you.",
    "The works will cause some inconvenience on Monday.",
    "Sorry that you waited three hours on the phone.",
    "There was a misunderstanding, and it was mine.",
]
SPANISH = [
    "[Disculpen las molestias].",
    "Queremos pedir [disculpas por el malentendido].",
    "[Perdón por la confusión].",
    "Perdonad, [disculpad las molestias].",
    # It leaves alone:
    "Sentimos las molestias que te hemos causado al cobrarte dos veces.",
    "Sentimos haberte ofendido.",
    "Las obras causarán molestias el lunes.",
    "Siento que esperaras tres horas al teléfono.",
    "Hubo un malentendido y fue mío.",
]


@pytest.mark.parametrize("picture", ENGLISH)
def test_english(picture: str) -> None:
    assert seen_by(rule, picture, Language.EN) == picture


@pytest.mark.parametrize("picture", SPANISH)
def test_spanish(picture: str) -> None:
    assert seen_by(rule, picture, Language.ES) == picture


def test_only_asks_even_in_a_statement() -> None:
    draft = Draft(text=rule.fires[Language.EN][0], kind=DraftKind.STATEMENT)
    assert [one.decision for one in apply(rule, draft)] == [Decision.ASK]
