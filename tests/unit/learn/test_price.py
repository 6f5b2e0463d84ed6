"""What a mistake cost, as times, people, a range of reproach and a range of money."""

from datetime import timedelta

import pytest

from amends.learn.price import Counts, Excess, Instants, Money, excess, price, total
from amends.vocabulary.errors import BadInput
from tests.cast import NOON

MINUTE = timedelta(minutes=1)


def test_times_run_from_the_stored_instants() -> None:
    instants = Instants(
        posted=NOON,
        alarmed=NOON + 7 * MINUTE,
        first_word=NOON + 20 * MINUTE,
        statement=NOON + 67 * MINUTE,
        settled=NOON + 600 * MINUTE,
    )
    cost = price(instants, Counts(41, 3, 30, 2), Excess(12.5, 10.0, 15.0))
    assert cost.to_notice == 7 * MINUTE
    assert cost.to_first_word == 13 * MINUTE
    assert cost.to_statement == 60 * MINUTE
    assert cost.to_calm == 600 * MINUTE
    assert (cost.people, cost.hurt, cost.answered, cost.heard) == (41, 3, 30, 2)
    assert cost.excess_reproach == 12.5


def test_what_has_not_happened_has_no_time_yet() -> None:
    cost = price(Instants(posted=NOON), Counts(), Excess(0, 0, 0))
    assert cost.to_notice is None
    assert cost.to_calm is None


def test_told_before_anyone_noticed_is_no_negative_time() -> None:
    cost = price(Instants(alarmed=NOON, first_word=NOON - MINUTE), Counts(), Excess(0, 0, 0))
    assert cost.to_first_word == timedelta(0)


def test_the_usual_is_no_excess() -> None:
    usual = [0.2] * 50
    assert excess(usual, usual).weight == 0
    assert excess([0.0] * 50, usual).weight == 0


def test_excess_adds_up_over_parts_and_stays_in_its_interval() -> None:
    observed, usual = [4.0, 0.0, 9.0, 2.0], [1.0, 1.0, 1.0, 1.0]
    whole = excess(observed, usual)
    parts = [excess(observed[:1], usual[:1]), excess(observed[2:], usual[2:])]
    assert whole.weight == sum(part.weight for part in parts) - 1.0  # the quiet bin gave one back
    assert 0 <= whole.low < whole.weight < whole.high
    assert excess(observed, usual, spread=4.0).high > whole.high


def test_no_bins_cost_nothing_and_uneven_ones_are_refused() -> None:
    assert excess([], []) == Excess(0, 0, 0)
    with pytest.raises(BadInput):
        excess([1.0], [])


def test_money_is_a_range() -> None:
    assert total([Money(100, 200), Money(0, 50)]) == Money(100, 250)
    assert total([]) == Money(0, 0)
    for low, high in ((2, 1), (-1, 1)):
        with pytest.raises(BadInput):
            Money(low, high)
