"""What the briefing-phrase rule underlines, and what it leaves alone."""

import pytest

from amends.prevent.rules.briefing_phrase import rule
from amends.vocabulary.language import Language
from tests.pictures import seen_by

ENGLISH = [
    "[Could you put something like]: we wish you a calm weekend.",
    "[Would you please post something along] these lines",
    "[Draft for approval]. Doors open at nine.",
    "Doors open at nine. [Pending client sign-off]",
    "[Here's your caption]: doors open at nine.",
    "[Caption:] Doors open at nine.",
    "[Option 2:] Doors open at nine.",
    "[Sure, here is] a post about bread.",
    "Doors open at nine. [Let me know if you want any changes]",
    # It leaves alone:
    "Could you tell us something about your order?",
    "Here is the post office that still opens on Sundays.",
    "Our clients approve of the new hours.",
    "We post something like this every spring.",
    "The best option: walk there.",
    "Sure, we deliver on Sundays.",
]
SPANISH = [
    "[Podrías poner algo como]: os deseamos un fin de semana tranquilo.",
    "[Texto para publicar]: abrimos a las nueve.",
    "[Borrador pendiente de aprobación]. Abrimos a las nueve.",
    "[Te paso el texto] para el viernes: abrimos a las nueve.",
    "Abrimos a las nueve, [como pidió el cliente].",
    "[Opción 2:] abrimos a las nueve.",
    "[Claro, aquí tienes] una publicación sobre pan.",
    # It leaves alone:
    "¿Podrías contarnos algo sobre tu pedido?",
    "Hay textos para leer en voz alta este sábado.",
    "El cliente pide y nosotros horneamos.",
    "Claro, abrimos los domingos.",
    "Aquí tienes el pan de hoy.",
]


@pytest.mark.parametrize("picture", ENGLISH)
def test_english(picture: str) -> None:
    assert seen_by(rule, picture, Language.EN) == picture


@pytest.mark.parametrize("picture", SPANISH)
def test_spanish(picture: str) -> None:
    assert seen_by(rule, picture, Language.ES) == picture
