"""What the other-handle rule underlines, and what it leaves alone."""

from dataclasses import replace

import pytest

from amends.prevent.marks import bank_draft
from amends.prevent.rules.other_handle import rule
from amends.rulebook.rule import Decision, apply
from amends.vocabulary.language import Language
from tests.pictures import seen_by

ENGLISH = [
    "We at [@bakery.test] bake before dawn.",
    "Our night team at [@bakery.test] says hello.",
    "New menu on Monday. Follow us on [@bakery.test] for more.",
    "All fresh, all yours. Greetings from all of us at [@bakery.test]",
    "Hello, we are [@bakery.test].",
    "Here at [@Bakery.Test] we knead by hand.",
    "The oven is on.\n— [@bakery.test]",
    # It leaves alone:
    "Great work by @bakery.test on the new shop.",
    "We had breakfast at @bakery.test today.",
    "We are @bakery.test fans.",
    "This is @bakery.test in 1950, in a picture from our archive.",
    "We are @bakery.test's neighbours.",
    "@bakery.test Thanks for the loan of the hall.",
    "Congratulations to our friends at @bakery.test",
    "We at @bank.test open at nine.",
    "Join us at @bakery.test on Friday for the fair.",
    "We at @bakery.testing open at nine.",
    "Write to us at team@bakery.test",
]
SPANISH = [
    "En [@bakery.test] creemos en el pan lento.",
    "Desde [@bakery.test] os deseamos buen domingo.",
    "Síguenos en [@bakery.test] para más.",
    "Somos [@bakery.test], encantados.",
    "Un abrazo del equipo de [@bakery.test]",
    "El horno ya está encendido. — [@bakery.test]",
    # It leaves alone:
    "Gran trabajo de @bakery.test en la tienda nueva.",
    "Hoy desayunamos en @bakery.test con el equipo.",
    "Enhorabuena al equipo de @bakery.test",
    "Somos @bakery.test fans de toda la vida.",
    "Un abrazo al equipo de @bakery.test.",
    "En @bank.test creemos en el ahorro lento.",
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
