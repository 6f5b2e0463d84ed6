"""Holds: what they reach, what is missed, and the receipt."""

from datetime import timedelta

import pytest

from amends.answer.holds import (
    LATENESS,
    Hold,
    Over,
    Position,
    Receipt,
    covers,
    is_held,
    missed,
    receipt,
)
from amends.vocabulary.errors import BadInput
from tests.cast import CANDIL, LADERA, LADERA_BRAND, NOON


@pytest.mark.parametrize(
    ("hold", "bank", "bakery"),
    [
        (Hold(Over.EVERYTHING), True, True),
        (Hold(Over.BRAND, LADERA_BRAND.id), True, False),
        (Hold(Over.ACCOUNT, CANDIL.id), False, True),
        (Hold(Over.INCIDENT, "incident-1", frozenset({LADERA.id})), True, False),
        (Hold(Over.INCIDENT, LADERA.id), False, False),
    ],
)
def test_a_hold_reaches_what_it_says(*, hold: Hold, bank: bool, bakery: bool) -> None:
    assert (covers(hold, LADERA), covers(hold, CANDIL)) == (bank, bakery)


def test_one_hold_is_enough_and_none_is_none() -> None:
    holds = [Hold(Over.ACCOUNT, CANDIL.id), Hold(Over.BRAND, LADERA_BRAND.id)]
    assert is_held(holds, LADERA)
    assert not is_held([], LADERA)


@pytest.mark.parametrize(("over", "target"), [(Over.BRAND, ""), (Over.EVERYTHING, "brand-1")])
def test_a_hold_says_what_it_holds(over: Over, target: str) -> None:
    with pytest.raises(BadInput, match="Say what to hold"):
        Hold(over, target)


def test_a_post_is_missed_only_once_it_is_too_late() -> None:
    assert not missed(NOON, NOON - timedelta(hours=1))
    assert not missed(NOON, NOON + LATENESS)
    assert missed(NOON, NOON + LATENESS + timedelta(microseconds=1))


def test_the_receipt_names_each_post_once() -> None:
    written = receipt([("a", Position.WAITING), ("b", Position.SENDING), ("c", Position.OUT)])
    assert written == Receipt(("a",), ("b",), ("c",))
    assert not written.is_complete
    assert Receipt(held=("a",)).is_complete
