"""What the other-link rule underlines, and what it leaves alone."""

from dataclasses import replace

import pytest

from amends.prevent.marks import bank_draft
from amends.prevent.rules.other_link import rule
from amends.rulebook.rule import Decision, apply
from amends.vocabulary.language import Language
from tests.pictures import seen_by

ENGLISH = [
    "Open an account today: [bakery.example/menu].",
    "See [https://www.bakery.example/a?b=1] for the details.",
    "Order at [shop.bakery.example]!",
    "Questions? Write to [hello@bakery.example].",
    "([bakery.example]) says more.",
    "See [BAKERY.EXAMPLE] now.",
    # It leaves alone:
    "Open an account today: bank.example/start",
    "Thanks to @bakery.example for the bread.",
    "See notbakery.example for another place.",
    "See bakery.example.org for another place.",
    "The story is at https://news.example/bakery.example",
]
SPANISH = [
    "Abre hoy tu cuenta: [bakery.example/carta].",
    "¿Dudas? Escribe a [hola@bakery.example].",
    "Mira «[https://bakery.example/pan]» y decide.",
    # It leaves alone:
    "Abre hoy tu cuenta: bank.example/alta",
    "Gracias a @bakery.example por el pan.",
    "Otro sitio: mibakery.example",
]


@pytest.mark.parametrize("picture", ENGLISH)
def test_english(picture: str) -> None:
    assert seen_by(rule, picture, Language.EN) == picture


@pytest.mark.parametrize("picture", SPANISH)
def test_spanish(picture: str) -> None:
    assert seen_by(rule, picture, Language.ES) == picture


def test_asks_or_stops_on_a_protected_account_and_names_the_owner() -> None:
    draft = bank_draft(rule.fires[Language.EN][0], Language.EN)
    assert draft.account is not None
    guarded = replace(draft, account=replace(draft.account, protected=True))
    assert [finding.decision for finding in apply(rule, draft)] == [Decision.ASK]
    assert [finding.decision for finding in apply(rule, guarded)] == [Decision.STOP]
    assert all("@bakery.test" in finding.message for finding in apply(rule, draft))


def test_a_mark_of_the_own_brand_gives_nobody_away() -> None:
    draft = bank_draft(rule.fires[Language.EN][0], Language.EN)
    sister = replace(
        draft.others[0],
        id="sister",
        brand=draft.account.brand if draft.account else draft.others[0].brand,
    )
    assert list(apply(rule, replace(draft, others=(sister,)))) == []
    assert list(apply(rule, replace(draft, account=None))) == []
