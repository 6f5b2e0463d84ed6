"""The usual: how much reproach a stream is expected to hear, from its own past.

Theory of operation: the level is an upper bound learned from daily totals, padded because
weights are no counts and days are over-dispersed; the shape says when in the day and week
people speak at all; both are learned from earlier days only. `expected` adds the drift of the
day and the follow-ups of what was just heard. A bound that is too low voids the stated
false-alarm rate, so every choice here errs upwards.

Source: science notes 5.4 of this project; gamma bound after the Jeffreys posterior of a
    Poisson rate.
"""

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta, timezone
from typing import Self

BINS_PER_DAY = 288
BIN = timedelta(minutes=5)
QUANTILE = 0.90
LEAST_DAYS = 14
COLD_LEVEL = 3.0  # weight a day, while nothing is known of the account or of its neighbours
FLOOR = 0.1  # least value of the shape
DECAY = math.exp(-5 / 30)  # per bin, of what was heard in the last half hour
FOLLOW = 0.127 * (1 - DECAY)  # expected follow-ups per reproach that count as usual
DRIFT_PRIOR = 5.0
DRIFT_MOST = 4.0


@dataclass(frozen=True, slots=True)
class Usual:
    """What a stream is expected to hear.

    `level_per_day` is the bound on its weight a day, > 0; `mean_per_day` the plain mean;
    `shape` the share of each hour of the local day, mean >= 1, or empty for a flat day;
    `weekdays` a factor for each weekday, Monday first, mean 1, or empty.
    """

    level_per_day: float = COLD_LEVEL
    mean_per_day: float = 0.0
    days: int = 0
    shape: tuple[float, ...] = ()
    weekdays: tuple[float, ...] = ()
    utc_offset_s: int = 0

    @property
    def is_learning(self) -> bool:
        """Whether fewer than fourteen days are known."""
        return self.days < LEAST_DAYS

    def per_bin(self, at: datetime) -> float:
        """Return the bound for the five minutes that hold this time, > 0."""
        return self.level_per_day * self._factor(at) / BINS_PER_DAY

    def mean_over(self, start: datetime, end: datetime) -> float:
        """Return the plain mean weight expected between two times, >= 0."""
        return self.mean_per_day * max((end - start) / timedelta(days=1), 0.0)

    def to_json(self) -> str:
        """Return it as JSON."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return what `to_json` kept."""
        kept = json.loads(text)
        kept["shape"], kept["weekdays"] = tuple(kept["shape"]), tuple(kept["weekdays"])
        return cls(**kept)

    def _factor(self, at: datetime) -> float:
        local = at.astimezone(timezone(timedelta(seconds=self.utc_offset_s)))
        hour = self.shape[local.hour] if self.shape else 1.0
        day = self.weekdays[local.weekday()] if self.weekdays else 1.0
        return hour * day


def learn(
    daily: Sequence[float],
    heard: Sequence[datetime],
    *,
    utc_offset_s: int = 0,
    fallback: float = COLD_LEVEL,
) -> Usual:
    """Return the usual of a stream from its earlier days.

    Args:
        daily: Total weight of each whole earlier day, incidents left out, oldest first.
        heard: When anybody spoke at all in those days, reproach or not, aware.
        utc_offset_s: The account's local time against UTC, in seconds.
        fallback: Level a day to be safe with while fewer than fourteen days are known:
            the median of the workspace's accounts.
    """
    level = bound(daily) if daily else 0.0
    if len(daily) < LEAST_DAYS:
        level = max(level, fallback)
    mean = sum(daily) / len(daily) if daily else 0.0
    shape, weekdays = _shape(heard, len(daily), utc_offset_s)
    return Usual(max(level, 1e-3), mean, len(daily), shape, weekdays, utc_offset_s)


def bound(daily: Sequence[float]) -> float:
    """Return the upper bound on the weight a day, from earlier daily totals.

    >>> round(bound([2.0] * 14), 2)
    2.54
    """
    k, total = len(daily), sum(daily)
    spread = max(1.0, _variance(daily) / (total / k)) if total > 0 and k > 1 else 1.0
    return spread * gamma_quantile(QUANTILE, 0.5 + total / spread, k)


def _variance(values: Sequence[float]) -> float:
    mean = sum(values) / len(values)
    return sum((value - mean) ** 2 for value in values) / (len(values) - 1)


def gamma_quantile(p: float, shape: float, rate: float) -> float:
    """Return the p quantile of a gamma distribution, by bisection on its distribution.

    >>> round(gamma_quantile(0.9, 1.0, 1.0), 4)
    2.3026
    """
    low, high = 0.0, max(1.0, shape)
    while gamma_share(shape, high) < p:
        high *= 2
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if gamma_share(shape, middle) < p else (low, middle)
    return high / rate


def gamma_share(shape: float, x: float) -> float:
    """Return the regularised lower incomplete gamma function P(shape, x), 0 to 1.

    Source: Numerical Recipes (2007) 6.2: series below shape + 1, continued fraction above.
    """
    if x <= 0:
        return 0.0
    scale = math.exp(-x + shape * math.log(x) - math.lgamma(shape))
    return scale * _series(shape, x) if x < shape + 1 else 1.0 - scale * _fraction(shape, x)


def _series(shape: float, x: float) -> float:
    term = total = 1.0 / shape
    n = shape
    while abs(term) > abs(total) * 1e-14:
        n += 1
        term *= x / n
        total += term
    return total


def _fraction(shape: float, x: float) -> float:
    tiny = 1e-300
    b = x + 1 - shape
    c, d = 1 / tiny, 1 / b
    value = d
    for i in range(1, 10_000):
        a = -i * (i - shape)
        b += 2
        d = 1 / _off_zero(a * d + b, tiny)
        c = _off_zero(b + a / c, tiny)
        value *= d * c
        if abs(d * c - 1) < 1e-14:
            break
    return value


def _off_zero(value: float, tiny: float) -> float:
    return value if abs(value) > tiny else tiny


def _shape(
    heard: Sequence[datetime], days: int, utc_offset_s: int
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return the hour shape and the weekday factors; flat while little was heard."""
    if days < LEAST_DAYS or not heard:
        return (), ()
    zone = timezone(timedelta(seconds=utc_offset_s))
    local = [at.astimezone(zone) for at in heard]
    return _hours(local, days), _weekdays(local, days)


def _hours(local: Sequence[datetime], days: int) -> tuple[float, ...]:
    """Return the two-harmonic share of each hour: the larger of the shrunk and the plain one.

    The mean is 1 or more. It is not divided out again: shrinking lowers the peak, the maximum
    repairs it, and a peak that is too low is a bound that is too low.
    """
    n, flat = len(local), 7 * len(local) / days
    minutes = Counter(60 * at.hour + at.minute for at in local)
    waves = [_wave(minutes, k) for k in (1, 2)]
    shape = []
    for hour in range(24):
        angle = math.tau * (hour + 0.5) / 24
        height = sum(
            2 * (c * math.cos(k * angle) + s * math.sin(k * angle))
            for k, (c, s) in enumerate(waves, 1)
        )
        shape.append(max(1 + height / (n + flat), 1 + height / n, FLOOR))
    return tuple(shape)


def _wave(minutes: Mapping[int, int], k: int) -> tuple[float, float]:
    angles = [(math.tau * k * minute / 1440, count) for minute, count in minutes.items()]
    c = math.fsum(count * math.cos(angle) for angle, count in angles)
    return c, math.fsum(count * math.sin(angle) for angle, count in angles)


def _weekdays(local: Sequence[datetime], days: int) -> tuple[float, ...]:
    """Return a factor for each weekday, Monday first, mean 1, shrunk by one average week.

    Only whole weeks count: in 20 days one weekday comes twice and the others three times, and
    the one would look quiet without being so.
    """
    weeks = days // 7
    last = max(at.date() for at in local)
    counts = Counter(at.weekday() for at in local if last - at.date() < timedelta(weeks=weeks))
    pseudo = counts.total() / (7 * weeks)
    smooth = [counts[day] + pseudo for day in range(7)]
    middle = sum(smooth) / 7
    return tuple(each / middle for each in smooth)


def drift(heard: float, expected: float) -> float:
    """Return the day-level drift from the weight of the day that ended an hour ago, 1 to 4."""
    return min(max((DRIFT_PRIOR + heard) / (DRIFT_PRIOR + expected), 1.0), DRIFT_MOST)


def post_usual(usual: Usual, live_posts: float) -> Usual:
    """Return what one post is expected to hear: the account's share by its usual live posts."""
    share = 1 / max(live_posts, 1.0)
    return Usual(
        usual.level_per_day * share,
        usual.mean_per_day * share,
        usual.days,
        usual.shape,
        usual.weekdays,
        usual.utc_offset_s,
    )
