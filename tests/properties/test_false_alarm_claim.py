"""The claim that is printed on the page: from rest, at most t / A alarms are expected in t bins.

Finite horizon, fixed seeds, four kinds of streams whose mean is the bound. The simulation runs
the product's own formula on arrays; a test asserts that it is the product's own.
"""

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
    more=st.tuples(st.integers(0, 40), st.floats(0.1, 3.0)),
)
def test_one_more_reproach_never_quiets_the_watch(
    said: list[tuple[int, float]], more: tuple[int, float]
) -> None:
    """Within the same bins and the same bound, more reproach is never less evidence."""
    at_bin = dict.fromkeys(range(41), 0.0)
    for number, weight in said:
        at_bin[number] += weight
    louder = dict(at_bin)
    louder[more[0]] += more[1]
    assert _final(louder) >= _final(at_bin)


def _final(at_bin: dict[int, float]) -> float:
    held = np.zeros(len(BETS))
    bets = np.array(BETS)
    for number in sorted(at_bin):
        held = (held + 1) * (1 + bets * at_bin[number]) / (1 + bets * 0.01)
    return float(held.mean())
