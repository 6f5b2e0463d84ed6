"""What the hiding rule underlines, and what it leaves alone."""

import pytest

from amends.answer.credibility.hiding import rule
from amends.rulebook.rule import Decision, apply
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft, DraftKind
from tests.pictures import seen_by

ENGLISH = [
    "The post [has been removed].",
    "[We have deleted] the tweet.",
    "[We immediately took it down].",
    "[I took the photo down].",
    "We posted a joke. [We deleted] it.",
    "[We deleted] it because it hurt them.",
    # It leaves alone:
    "We posted a joke about the fire. We deleted it because it hurt the families.",
    "I wrote that tweet. I removed it because it named a patient.",
    "We did not remove any review.",
    "They deleted their own account.",
    "The snow has been cleared from line 3.",
    "We shared a false map. We removed it because it showed the wrong street.",
]
SPANISH = [
    "La publicación [ha sido eliminada].",
    "[Hemos borrado] el tuit.",
    "[Hemos retirado] el mensaje.",
    "[He retirado] la foto.",
    # It leaves alone:
    "Publicamos una broma sobre el incendio. La hemos borrado porque hirió a las familias.",
    "Escribí ese tuit. Lo he borrado porque nombraba a un paciente.",
    "No hemos eliminado ninguna reseña.",
    "No hemos borrado nada.",
    "La nieve ya no está en la línea 3.",
    "Compartimos un mapa falso. Lo hemos retirado porque mostraba otra calle.",
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
