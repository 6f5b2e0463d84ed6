"""What the feelings-not-act rule underlines, and what it leaves alone."""

import pytest

from amends.answer.credibility.feelings_not_act import rule
from amends.rulebook.rule import Decision, apply
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft, DraftKind
from tests.pictures import seen_by

ENGLISH = [
    "We're [sorry you feel] that way.",
    "[Sorry that some people were upset].",
    "We [apologize for any offence].",
    "We sincerely [apologize for any perceived insensitivity].",
    "We are [sorry that some of you were hurt].",
    # It leaves alone:
    "We are sorry we offended you.",
    "Sorry that you waited three hours on the phone.",
    "We apologize for the insensitivity of our tweet.",
    "I feel ashamed, and I am sorry for what I wrote.",
    "I am sorry for any reader I named without asking.",
    "We are sorry that your parcel came two weeks late.",
]
SPANISH = [
    "[Sentimos que te sientas] así.",
    "[Lamentamos que algunos se hayan ofendido].",
    "[Lo siento por cualquier ofensa].",
    "[Sentimos que alguien se haya molestado].",
    # It leaves alone:
    "Sentimos haberte ofendido.",
    "Siento que esperaras tres horas al teléfono.",
    "Pedimos perdón por nuestro chiste sobre las víctimas.",
    "Me siento avergonzada y pido perdón por lo que escribí.",
    "Sentimos que el pan llegara quemado.",
    "Nos sentimos responsables y pedimos perdón.",
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
