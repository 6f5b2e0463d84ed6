"""Exact binomial tails and bounds, against published values and brute force."""

from math import comb

import pytest

from amends.learn.bounds import at_most, binomial_tail, upper_bound


@pytest.mark.parametrize(("k", "n", "rate"), [(0, 5, 0.3), (2, 7, 0.4), (6, 7, 0.9), (3, 3, 0.5)])
def test_tails_against_counting(k: int, n: int, rate: float) -> None:
    counted = sum(comb(n, i) * rate**i * (1 - rate) ** (n - i) for i in range(k + 1))
    assert at_most(k, n, rate) == pytest.approx(counted)
    assert binomial_tail(k + 1, n, rate) == pytest.approx(1 - counted)


def test_the_thresholds_of_adoption() -> None:
    # Stop: none of 598 or one of 1,000; ask: twelve of 1,000. One more is too many.
    assert upper_bound(0, 598) <= 0.005 + 1e-4
    assert upper_bound(0, 597) > 0.005
    assert upper_bound(1, 1_000) <= 0.005 < upper_bound(2, 1_000)
    assert upper_bound(12, 1_000) <= 0.02 < upper_bound(13, 1_000)


def test_nothing_seen_is_about_three_in_n() -> None:
    assert upper_bound(0, 1_000) == pytest.approx(3 / 1_000, rel=0.01)


def test_no_history_knows_nothing_and_large_ones_do_not_overflow() -> None:
    assert upper_bound(0, 0) == 1.0
    assert upper_bound(5, 5) == 1.0
    assert 0.0099 < upper_bound(10_000, 1_000_000) < 0.0102
    assert at_most(1, 9, 0.0) == 1.0
    assert at_most(1, 9, 1.0) == 0.0
    assert binomial_tail(0, 9, 0.2) == 1.0


def test_more_hits_or_fewer_posts_never_lower_the_bound() -> None:
    bounds = [upper_bound(k, 200) for k in range(20)]
    assert bounds == sorted(bounds)
    assert upper_bound(2, 100) > upper_bound(2, 200)
