"""What the blame-elsewhere rule underlines, and what it leaves alone."""

import pytest

from amends.answer.credibility.blame_elsewhere import rule
from amends.rulebook.rule import Decision, apply
from amends.vocabulary.incident import Circumstances, Responsibility
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft, DraftKind
from tests.pictures import seen_by

ENGLISH = [
    "The tweet was sent [by an intern].",
    "This happened [because of our agency].",
    "[Our scheduling tool posted] it at the wrong time.",
    "The message [was taken out of context].",
    "[Many people misunderstood] our post.",
    "It went out [because of a glitch].",
    # It leaves alone:
    "We misread the hashtag.",
    "I misunderstood what you asked, and I was rude.",
    "Our intern told us at once, and we thank her.",
    "We chose the agency and we approved the text.",
    "We took her words out of context.",
    "The intern starts on Monday.",
    "We use a tool to schedule our posts.",
    "Please read the label again: we printed it larger.",
]
SPANISH = [
    "El tuit lo publicó por error un becario, [por culpa de un becario] nuevo.",
    "Fue [debido a un error informático].",
    "[La agencia publicó] el mensaje.",
    "Nuestro mensaje ha sido [malinterpretado].",
    "La frase está [sacada de contexto].",
    "Salió [por culpa del algoritmo].",
    # It leaves alone:
    "Interpretamos mal la etiqueta.",
    "Te entendí mal y fui grosera.",
    "La becaria nos avisó enseguida y se lo agradecemos.",
    "Elegimos la agencia y aprobamos el texto.",
    "Sacamos sus palabras de su contexto.",
    "La agencia de viajes abre a las nueve.",
    "Usamos una herramienta para programar los mensajes.",
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


def decided(text: str, circumstances: Circumstances) -> Decision:
    draft = Draft(text=text, kind=DraftKind.STATEMENT, circumstances=circumstances)
    (one,) = apply(rule, draft)
    return one.decision


def test_only_asks_where_responsibility_is_taken() -> None:
    text = "The tweet was sent by an intern. We take full responsibility for it."
    assert decided(text, Circumstances()) is Decision.ASK


@pytest.mark.parametrize(
    ("responsibility", "evidence", "decision"),
    [
        (Responsibility.TECHNICAL, True, Decision.ASK),
        (Responsibility.TECHNICAL, False, Decision.STOP),
        (Responsibility.HUMAN, True, Decision.STOP),
    ],
)
def test_only_asks_where_a_technical_cause_is_proven(
    responsibility: Responsibility, evidence: bool, decision: Decision
) -> None:
    known = Circumstances(responsibility=responsibility, evidence=evidence)
    assert decided("It went out because of a glitch.", known) is decision
