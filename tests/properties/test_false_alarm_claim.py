"""The claim that is printed on the page: from rest, at most t / A alarms are expected in t bins.

Finite horizon, fixed seeds, four kinds of streams whose mean is the bound. The simulation runs
the product's own formula on arrays; a test asserts that it is the product's own.
"""

import math
from collections.abc import Callable
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from amends.notice.baseline import DECAY, FOLLOW, Usual
from amends.notice.watch import BETS, Watch, expected, hear, level, tick
from tests.cast import NOON

A = 500
RUNS = 3_000
Draw = Callable[[np.random.Generator, float, int], NDArray[np.float64]]


def poisson(chance: np.random.Generator, m: float, n: int) -> NDArray[np.float64]:
    return chance.poisson(m, n).astype(float)


def clustered(chance: np.random.Generator, m: float, n: int) -> NDArray[np.float64]:
    size = 0.1
    return chance.poisson(chance.gamma(size, m / size, n)).astype(float)


def weighted(chance: np.random.Generator, m: float, n: int) -> NDArray[np.float64]:
    levels = np.array([0.5, 1.0, 2.0, 2.5])
    counts = chance.poisson(m / levels.mean() / 4, (4, n))
    found: NDArray[np.float64] = (counts * levels[:, None]).sum(axis=0)
    return found


def rare_jumps(chance: np.random.Generator, m: float, n: int) -> NDArray[np.float64]:
    return np.where(chance.random(n) < m / 200, 200.0, 0.0)


def alarms_in(
    draw: Draw, m: float, bins: int, seed: int
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return alarms per run, and the bin of the first alarm (bins + 1 where none came)."""
    chance = np.random.default_rng(seed)
    bets = np.array(BETS)[:, None]
    held = np.zeros((len(BETS), RUNS))
    count, first = np.zeros(RUNS), np.full(RUNS, bins + 1)
    for number in range(1, bins + 1):
        x = draw(chance, m, RUNS)
        held = (held + 1) * (1 + bets * x) / (1 + bets * m)
        over = held.mean(axis=0) >= A
        first = np.where(over & (count == 0), number, first)
        count += over
        held[:, over] = 0
    return count, first


@pytest.mark.parametrize("m", [0.01, 0.1, 1.0])
@pytest.mark.parametrize("draw", [poisson, clustered, weighted, rare_jumps])
def test_no_more_alarms_than_stated(draw: Draw, m: float) -> None:
    count, first = alarms_in(draw, m, 500, seed=7)
    error = count.std(ddof=1) / RUNS**0.5
    assert count.mean() - 3 * error <= 500 / A
    assert (first <= 50).mean() <= 50 / A


def test_the_largest_bet_alone_would_break_the_claim() -> None:
    """The mean over bets keeps the promise; the maximum over them would not."""
    chance = np.random.default_rng(11)
    bets = np.array(BETS)[:, None]
    held, count = np.zeros((len(BETS), RUNS)), np.zeros(RUNS)
    for _ in range(500):
        x = poisson(chance, 0.1, RUNS)
        held = (held + 1) * (1 + bets * x) / (1 + bets * 0.1)
        over = held.max(axis=0) >= A
        count += over
        held[:, over] = 0
    assert count.mean() - 3 * count.std(ddof=1) / RUNS**0.5 > 500 / A


def test_three_single_reproaches_in_a_row_from_rest_and_two() -> None:
    held, bets = np.zeros(len(BETS)), np.array(BETS)
    levels = []
    for _ in range(3):
        held = (held + 1) * (1 + bets) / (1 + bets * 0.01)
        levels.append(held.mean())
    assert levels[1] == pytest.approx(416, abs=1)
    assert levels[2] == pytest.approx(13_464, abs=1)


def test_the_simulated_formula_is_the_products_own() -> None:
    usual = Usual(level_per_day=0.05 * 288)
    watch = tick(Watch("x"), at=NOON, usual=usual)
    held, lately = np.zeros(len(BETS)), 0.0
    bets = np.array(BETS)
    for number, x in enumerate([0, 1, 0, 0, 2, 1, 0, 3, 0, 0]):
        at = NOON + timedelta(minutes=5 * number)
        for person in range(x):
            watch, _ = hear(watch, author=f"{number}.{person}", weight=1.0, at=at, usual=usual)
        watch = tick(watch, at=at, usual=usual)
        m = 0.05 + FOLLOW * lately
        assert expected(watch, usual) == pytest.approx(m)
        grown = (held + 1) * (1 + bets * x) / (1 + bets * m)
        assert level(watch, m) == pytest.approx(grown.mean())
        held, lately = grown, DECAY * lately + x
        watch = tick(watch, at=at + timedelta(minutes=5), usual=usual)


@settings(max_examples=60, deadline=None)
@given(
    said=st.lists(st.tuples(st.integers(0, 40), st.floats(0.1, 3.0)), min_size=1, max_size=12),
    more=st.floats(0.1, 3.0),
)
def test_one_more_reproach_never_quiets_the_watch(
    said: list[tuple[int, float]], more: float
) -> None:
    """In the open bin, whatever came before: more reproach is more evidence, by the product."""
    usual = Usual(level_per_day=0.5)
    watch = tick(Watch("x"), at=NOON, usual=usual)
    for person, (number, weight) in enumerate(sorted(said)):
        at = NOON + timedelta(minutes=5 * number)
        watch, _ = hear(watch, author=f"p{person}", weight=weight, at=at, usual=usual, streams=1e30)
    at = NOON + timedelta(minutes=5 * 41)
    before = tick(watch, at=at, usual=usual)
    after, _ = hear(before, author="one more", weight=more, at=at, usual=usual, streams=1e30)
    m = expected(before, usual)
    assert expected(after, usual) == m
    assert level(after, m) > level(before, m)


@pytest.mark.parametrize("m", [0.01, 0.1, 1.0])
def test_a_bet_is_fair_at_the_bound_and_loses_below_it(m: float) -> None:
    """Sum over k of pmf(k) E(k) is 1 for a Poisson and for a clustered stream of mean m."""
    for pmf in (_poisson_pmf, _clustered_pmf):
        for bet in BETS:
            fair = sum(pmf(k, m) * (1 + bet * k) / (1 + bet * m) for k in range(400))
            below = sum(pmf(k, m / 2) * (1 + bet * k) / (1 + bet * m) for k in range(400))
            assert fair == pytest.approx(1, abs=1e-6)
            assert below < 1


def _poisson_pmf(k: int, mean: float) -> float:
    return math.exp(k * math.log(mean) - mean - math.lgamma(k + 1))


def _clustered_pmf(k: int, mean: float, size: float = 0.1) -> float:
    p = size / (size + mean)
    ways = math.lgamma(k + size) - math.lgamma(size) - math.lgamma(k + 1)
    return math.exp(ways + size * math.log(p) + k * math.log1p(-p))


def test_the_recursion_is_the_sum_over_all_starts() -> None:
    chance = np.random.default_rng(5)
    xs, m = chance.poisson(0.3, 60).astype(float), 0.1
    for bet in BETS:
        grown = (1 + bet * xs) / (1 + bet * m)
        held = 0.0
        for each in grown:
            held = (held + 1) * each
        starts = sum(float(np.prod(grown[start:])) for start in range(len(grown)))
        assert held == pytest.approx(starts)


def test_a_poisson_likelihood_ratio_would_break_the_claim_on_clusters() -> None:
    chance, m = np.random.default_rng(13), 0.1
    held, count = np.zeros((len(BETS), RUNS)), np.zeros(RUNS)
    rates = 1 + np.array(BETS)[:, None]
    for _ in range(500):
        x = clustered(chance, m, RUNS)
        held = (held + 1) * rates**x * np.exp(-(rates - 1) * m)
        over = held.mean(axis=0) >= A
        count += over
        held[:, over] = 0
    assert count.mean() - 3 * count.std(ddof=1) / RUNS**0.5 > 500 / A


def test_an_alarm_within_the_bin_is_the_alarm_of_the_whole_bin() -> None:
    """Asked after every text or once at the bin's end: the same bins alarm."""
    usual = Usual(level_per_day=0.05 * 288)
    chance = np.random.default_rng(17)
    watch = tick(Watch("x"), at=NOON, usual=usual)
    held, lately, whole, within = np.zeros(len(BETS)), 0.0, [], []
    for number, count in enumerate(chance.poisson(0.6, 200)):
        at = NOON + timedelta(minutes=5 * number)
        watch = tick(watch, at=at, usual=usual)
        m = expected(watch, usual)  # the drift included
        for person in range(count):
            watch, alarm = hear(watch, author=f"{number}.{person}", weight=1.0, at=at, usual=usual)
            within += [number] if alarm else []
        held = (held + 1) * (1 + np.array(BETS) * count) / (1 + np.array(BETS) * m)
        if held.mean() >= 8_640:
            whole.append(number)
            held[:] = 0
        lately = DECAY * lately + count
    assert watch.lately * DECAY + watch.x == pytest.approx(lately)
    assert within == whole
    assert len(whole) > 3
