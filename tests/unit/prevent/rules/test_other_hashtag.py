"""What the other-hashtag rule underlines, and what it leaves alone."""

from dataclasses import replace

import pytest

from amends.prevent.marks import bank_draft
from amends.prevent.rules.other_hashtag import rule
from amends.rulebook.rule import Decision, apply
from amends.vocabulary.language import Language
from tests.pictures import seen_by

ENGLISH = [
    "Save a little each month. [#crumbs]",
    "[#Crumbs] for your savings account",
    "Rates are up. #banksavings [#CRUMBS].",
    # It leaves alone:
    "Save a little each month. #banksavings",
    "Two brands share it: #openday",
    "A longer tag: #crumbsofcomfort",
    "A place in a page: bank.example/#crumbs",
]
SPANISH = [
    "Ahorra un poco cada mes. [#crumbs]",
    "[#Crumbs] para tu cuenta",
    # It leaves alone:
    "Ven a vernos. #openday",
    "Otra etiqueta: #crumbsydulces",
    "Ahorra un poco cada mes. #banksavings",
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
