"""What the placeholder rule underlines, and what it leaves alone.

Brackets are what it looks for, so the pictures here use ‹ and › instead.
"""

import pytest

from amends.prevent.rules.placeholder import rule
from amends.rulebook.rule import Decision, apply
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft, DraftKind

ENGLISH = [
    "Dear ‹{{first_name}}›, your order is ready.",
    "Dear ‹{name}›, your order is ready.",
    "Dear ‹<first name>›, your order is ready.",
    "We open in ‹[city]› next week.",
    "On Monday we posted ‹[what we did]›.",
    "Welcome, ‹[CLIENT NAME]›.",
    "Tickets from ‹$XX› at the door, at ‹XX:XX›.",
    "‹XXX› is with us tonight.",
    "Read all about it: ‹insert link here›",
    "Read all about it ‹(link)›",
    "‹Lorem ipsum› dolor sit amet.",
    "Opening date ‹TBD›. ‹TODO:› ask Marta.",
    # It leaves alone:
    "See you on Saturday, love you all xxx",
    "Watch it now [video], or [1/3] here.",
    "He said it “was grate [sic]”.",
    "Sizes go up to XXXL.",
    "Read [what we did](https://bank.example).",
    "A set is {1, 2, 3} and 2 < 3 > 1.",
    "The board said [the bank] would open in May.",
]
SPANISH = [
    "Hola, ‹{{nombre}}›: tu pedido está listo.",
    "Hola, ‹<nombre>›: tu pedido está listo.",
    "Abrimos en ‹[ciudad]› la semana que viene.",
    "El lunes publicamos ‹[qué hicimos]›.",
    "Entradas desde ‹XX› € en taquilla.",
    "Toda la información: ‹inserta el enlace aquí›",
    "‹Aquí va el enlace›",
    # It leaves alone:
    "Celebramos el XXX aniversario del mercado.",
    "Ya puedes verlo [vídeo].",
    "TODO: pan, queso y vino por diez euros.",
    "Un cartel del siglo XX.",
    "Aquí va el tren de las ocho.",
]


def seen(picture: str, language: Language, kind: DraftKind = DraftKind.POST) -> str:
    text = picture.replace("‹", "").replace("›", "")
    shown, last = "", 0
    for start, end in sorted(rule.spans(Draft(text=text, language=language, kind=kind))):
        shown += f"{text[last:start]}‹{text[start:end]}›"
        last = end
    return shown + text[last:]


@pytest.mark.parametrize("picture", ENGLISH)
def test_english(picture: str) -> None:
    assert seen(picture, Language.EN) == picture


@pytest.mark.parametrize("picture", SPANISH)
def test_spanish(picture: str) -> None:
    assert seen(picture, Language.ES) == picture


@pytest.mark.parametrize("kind", [DraftKind.REPLY, DraftKind.STATEMENT, DraftKind.PRIVATE])
def test_an_answer_keeps_no_brackets(kind: DraftKind) -> None:
    assert seen("We are sorry that ‹[the harm in a few words]›.", Language.EN, kind) == (
        "We are sorry that ‹[the harm in a few words]›."
    )
    assert seen("It “was grate [sic]”.", Language.EN, kind) == "It “was grate [sic]”."


@pytest.mark.parametrize("kind", DraftKind)
def test_asks_in_posts_and_stops_in_answers(kind: DraftKind) -> None:
    wanted = Decision.ASK if kind is DraftKind.POST else Decision.STOP
    findings = list(apply(rule, Draft(text="Dear {{name}},", kind=kind)))
    assert [finding.decision for finding in findings] == [wanted]
