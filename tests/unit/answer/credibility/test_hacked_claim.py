"""What the hacked-claim rule underlines, and what it leaves alone."""

import pytest

from amends.answer.credibility.hacked_claim import rule
from amends.rulebook.rule import Decision, apply
from amends.vocabulary.incident import Circumstances
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft, DraftKind
from tests.pictures import seen_by

ENGLISH = [
    "Our [account was hacked].",
    "Twitter told us that our [page was compromised].",
    "[Hackers] posted this.",
    "There was [unauthorized access] to our profile.",
    "[We were hacked] last night.",
    "It was posted after a [security breach].",
    # It leaves alone:
    "We weren't hacked. We wrote it.",
    "Ten kitchen life hacks for you.",
    "We were never hacked: it was our mistake.",
    "This compromised your trust, and that is on us.",
    "Our account was not hacked.",
    "The door of the shop was broken last night.",
    "This is our page, and the words are ours.",
]
SPANISH = [
    "Nuestra [cuenta fue hackeada].",
    "La seguridad de la [cuenta ha sido vulnerada].",
    "[Nos han hackeado].",
    "Hubo un [acceso no autorizado] a nuestro perfil.",
    "La [página está comprometida].",
    "[Nos robaron la cuenta] anoche.",
    # It leaves alone:
    "No nos han hackeado: lo escribimos nosotros.",
    "Estamos comprometidos con la igualdad.",
    "Nuestra cuenta no fue hackeada.",
    "Diez trucos de cocina.",
    "Esto comprometió vuestra confianza, y es culpa nuestra.",
    "Anoche nos robaron el pan de la puerta.",
    "Esta cuenta es nuestra y las palabras también.",
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


@pytest.mark.parametrize("language", list(Language))
def test_silent_when_the_evidence_is_attached(language: Language) -> None:
    for text in rule.fires[language]:
        proven = Draft(
            text=text,
            language=language,
            kind=DraftKind.STATEMENT,
            circumstances=Circumstances(evidence=True),
        )
        assert list(apply(rule, proven)) == []
