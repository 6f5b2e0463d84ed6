"""What the secret rule underlines, and what it leaves alone."""

import pytest

from amends.prevent.rules.secret import rule
from amends.rulebook.rule import Decision, apply
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft
from tests.pictures import seen_by

# Keys are put together from halves, so that no scanner takes the test for a leak.
ENGLISH = [
    "The guest password is [Velero-2931].",
    "Connect with [postgres://desk:mist4l@db.example] and retry.",
    "PIN: [4821] for the side door.",
    "Key [AKIA" + "Q1W2E3R4T5Y6U7I8] goes in the file.",
    "api_key=[q1w2e3r4t5y6u7]",
    "[-----BEGIN PRIVATE" + " KEY-----] and so on",
    "App password [ab1c-d2ef-gh3i-jk4l] works.",
    "Token [ghp_" + "a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B2]",
    # It leaves alone:
    "A good password is long and yours alone.",
    "Never tell anyone your PIN, not even us.",
    "Our secret: butter, time and a cold room.",
    "Password: changed every 90 days since 2024.",
    "A rock-roll-jazz-folk evening.",
    "See https://bank.example:8443/start",
    "Ask for token 12 at the counter.",
]
SPANISH = [
    "La contraseña es [Velero-2931].",
    "PIN: [4821] para la puerta lateral.",
    "Clave de acceso: «[mist4l-norte]».",
    # It leaves alone:
    "Una buena contraseña es larga y solo tuya.",
    "La clave es madrugar 3 días por semana.",
    "No des tu PIN a nadie, tampoco a nosotros.",
]


@pytest.mark.parametrize("picture", ENGLISH)
def test_english(picture: str) -> None:
    assert seen_by(rule, picture, Language.EN) == picture


@pytest.mark.parametrize("picture", SPANISH)
def test_spanish(picture: str) -> None:
    assert seen_by(rule, picture, Language.ES) == picture


def test_known_forms_stop_and_written_passwords_ask() -> None:
    known = Draft(text="Token ghp_" + "a1B2" * 9)
    written = Draft(text="The guest password is Velero-2931.")
    assert [finding.decision for finding in apply(rule, known)] == [Decision.STOP]
    assert [finding.decision for finding in apply(rule, written)] == [Decision.ASK]
