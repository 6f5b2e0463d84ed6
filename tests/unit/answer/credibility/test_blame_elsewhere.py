"""What the blame-elsewhere rule underlines, and what it leaves alone."""

import pytest

from amends.answer.credibility.blame_elsewhere import rule
from amends.vocabulary.language import Language
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
