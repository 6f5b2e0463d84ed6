"""What the only-send-details rule underlines, and what it leaves alone."""

import pytest

from amends.answer.credibility.only_send_details import rule
from amends.vocabulary.language import Language
from tests.pictures import seen_by

ENGLISH = [
    "Hi, sorry to hear that. Please [DM us] your details.",
    "Hello! [Send us a direct message] so we can help.",
    "Please [contact us via] DM.",
    "Thanks for letting us know. [Drop us a message]. Team Candil",
    "We're sorry to hear this. Please [share your order number in a DM].",
    # It leaves alone:
    "We lost your parcel, and a new one leaves today. DM us if it is not there on Friday.",
    "The blue one is back on Monday. Message us if you want one kept.",
    "You are right, the label is wrong.",
    "We refund you today. Please DM us your account number.",
    "Sorry, the kitchen closes at ten.",
]
SPANISH = [
    "Hola, sentimos leer esto. [Envíanos un mensaje privado].",
    "[Escríbenos por privado con tus datos].",
    "[Mándanos un MD con tu número de pedido].",
    "Gracias por avisar. [Contacta con nosotros por mensaje directo].",
    "¡Hola! [Déjanos tus datos por MD] para poder ayudarte.",
    # It leaves alone:
    "Perdimos tu paquete y hoy sale otro. Escríbenos por privado si el viernes no ha llegado.",
    "El azul vuelve el lunes a la tienda. Mándanos un mensaje y te guardamos uno.",
    "Tienes razón, la etiqueta está mal.",
    "Te devolvemos el dinero hoy. Envíanos por privado tu número de cliente.",
    "Perdona, la cocina cierra a las diez.",
]


@pytest.mark.parametrize("picture", ENGLISH)
def test_english(picture: str) -> None:
    assert seen_by(rule, picture, Language.EN) == picture


@pytest.mark.parametrize("picture", SPANISH)
def test_spanish(picture: str) -> None:
    assert seen_by(rule, picture, Language.ES) == picture
