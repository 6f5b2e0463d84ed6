"""The usual level errs upwards, and says when it is still learning."""

import math
from datetime import timedelta

import pytest

from amends.notice.baseline import (
    COLD_LEVEL,
    FLOOR,
    Usual,
    bound,
    drift,
    gamma_quantile,
    gamma_share,
    learn,
    post_usual,
)
from tests.cast import NOON


@pytest.mark.parametrize(
    ("p", "shape", "value"),
    # Values of R 4.2, qgamma(p, shape).
    [(0.9, 1.0, 2.3025851), (0.9, 2.0, 3.8897202), (0.9, 28.5, 35.5198567), (0.5, 0.5, 0.2274682)],
)
def test_gamma_quantiles_agree_with_r(p: float, shape: float, value: float) -> None:
    assert gamma_quantile(p, shape, 1.0) == pytest.approx(value, rel=1e-6)


def test_the_gamma_distribution_grows_from_nothing_to_one() -> None:
    shares = [gamma_share(3.0, x / 4) for x in range(80)]
    assert shares[0] == 0.0
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1.0, abs=1e-6)


def test_the_bound_lies_above_the_mean_and_above_it_further_when_days_differ() -> None:
    even, uneven = [2.0] * 14, [0.0] * 7 + [4.0] * 7
    assert bound(even) > 2.0
    assert bound(uneven) > bound(even)


def test_fewer_than_fourteen_days_take_the_larger_of_own_and_fallback() -> None:
    usual = learn([0.0] * 5, [], fallback=6.0)
    assert usual.is_learning
    assert usual.level_per_day == 6.0
    assert learn([9.0] * 5, [], fallback=6.0).level_per_day > 9.0
    assert learn([], []).level_per_day == COLD_LEVEL


def test_the_shape_follows_the_hours_in_which_people_speak() -> None:
    heard = [NOON - timedelta(days=day) for day in range(1, 15) for _ in range(20)]
    usual = learn([1.0] * 14, heard)
    assert usual.shape[12] > 2 * usual.shape[0]
    assert min(usual.shape) >= FLOOR
    assert usual.per_bin(NOON) > usual.per_bin(NOON - timedelta(hours=12))


def test_the_shape_is_local_and_bins_are_utc() -> None:
    half_past = NOON + timedelta(minutes=30)
    heard = [half_past - timedelta(days=day) for day in range(1, 15) for _ in range(20)]
    there = learn([1.0] * 14, heard, utc_offset_s=6 * 3_600)
    assert there.shape.index(max(there.shape)) == 18
    assert there.per_bin(NOON) > there.per_bin(NOON - timedelta(hours=12))


def test_drift_only_raises_and_never_more_than_fourfold() -> None:
    assert drift(0.0, 10.0) == 1.0
    assert drift(20.0, 5.0) == 2.5
    assert drift(1_000.0, 1.0) == 4.0


def test_a_post_is_expected_to_hear_its_share() -> None:
    usual = Usual(level_per_day=8.0, mean_per_day=4.0, days=20)
    assert post_usual(usual, 8).level_per_day == 1.0
    assert post_usual(usual, 0.2).level_per_day == 8.0


def test_json_gives_the_same_usual_back() -> None:
    usual = learn([1.0] * 14, [NOON - timedelta(days=day) for day in range(1, 15)])
    assert Usual.from_json(usual.to_json()) == usual


def test_the_peak_is_not_lower_than_the_replies_say() -> None:
    """A day of 10 to 90 replies an hour, its peak 1.8 times the mean: so must the bound be."""
    counts = [round(50 * (1 + 0.8 * math.cos(math.tau * hour / 24))) for hour in range(24)]
    heard = [
        NOON + timedelta(days=-day, hours=hour, minutes=30)
        for day in range(1, 15)
        for hour, count in enumerate(counts)
        for _ in range(count)
    ]
    shape = learn([1.0] * 14, heard).shape
    assert max(shape) == pytest.approx(1.8, rel=0.01)
    assert sum(shape) >= 24


@pytest.mark.parametrize("days", range(14, 29))
def test_even_days_have_even_weekdays_however_many_were_seen(days: int) -> None:
    heard = [NOON - timedelta(days=day) for day in range(1, days + 1) for _ in range(20)]
    assert learn([1.0] * days, heard).weekdays == pytest.approx([1.0] * 7)
