"""How often the detector cries wolf, and how late it is, beside two common rules.

    python benchmarks/notice/run.py

Simulated streams, five-minute bins, the product's own baseline learned from 14 days and
learned again each night; peers see the same streams: "z > 3" (a bin more than three standard
deviations above the stream's own mean) and "3 times the usual" (an hour above three times the
mean hour, at least three texts); both rest for an hour after an alarm. Results go to results.csv with date and machine.
"""

import csv
import platform
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray

from amends.notice.baseline import Usual, learn
from amends.notice.watch import Watch, hear, tick

START = datetime(2026, 3, 2, tzinfo=UTC)
BIN = timedelta(minutes=5)
LEARN, WATCHED, STREAMS, SURGES = 14, 30, 40, 60
HOURS = np.arange(288) / 12
SHAPE = 1 + 0.8 * np.sin(2 * np.pi * (HOURS - 9) / 24)
Counts = NDArray[np.int64]


def poisson(chance: np.random.Generator, a_day: float, days: int) -> Counts:
    return chance.poisson(np.tile(SHAPE, days) * a_day / 288)


def clustered(chance: np.random.Generator, a_day: float, days: int) -> Counts:
    m, size = np.tile(SHAPE, days) * a_day / 288, 0.05
    return chance.poisson(chance.gamma(size, m / size))


def ours(counts: Counts) -> Iterator[int]:
    """Yield the bins in which the product alarms; each text is its own author, weight 1."""
    usual, watch = Usual(), tick(Watch("s"), at=START + LEARN * timedelta(days=1), usual=Usual())
    for number in range(LEARN * 288, len(counts)):
        at = START + BIN * number
        if number % 288 == 0:
            usual = learned(counts, number)
        if counts[number]:
            for text in range(counts[number]):
                who = f"{number}.{text}"
                watch, alarm = hear(watch, author=who, weight=1.0, at=at, usual=usual)
                if alarm:
                    yield number
        elif number % 288 == 287:
            watch = tick(watch, at=at, usual=usual)


def learned(counts: Counts, until: int) -> Usual:
    days = counts[max(0, until - 28 * 288) : until].reshape(-1, 288)
    begun = START + BIN * max(0, until - 28 * 288)
    heard = [begun + BIN * int(n) for n in np.flatnonzero(days.reshape(-1))]
    return learn([float(total) for total in days.sum(axis=1)], heard)


def z_over_3(counts: Counts) -> Iterator[int]:
    past = counts[: LEARN * 288]
    limit = past.mean() + 3 * past.std()
    quiet = 0
    for number in range(LEARN * 288, len(counts)):
        quiet = max(quiet - 1, 0)
        if counts[number] > limit and not quiet:
            quiet = 12
            yield number


def three_times(counts: Counts) -> Iterator[int]:
    usual = counts[: LEARN * 288].mean() * 12
    quiet = 0
    for number in range(LEARN * 288, len(counts)):
        hour = counts[number - 11 : number + 1].sum()
        quiet = max(quiet - 1, 0)
        if hour > 3 * usual and hour >= 3 and not quiet:
            quiet = 12
            yield number


def surge(chance: np.random.Generator, a_day: float, peak: float) -> tuple[Counts, int]:
    counts = poisson(chance, a_day, LEARN + 2)
    begin = LEARN * 288 + int(chance.integers(0, 288))
    minutes = np.arange(288) * 5.0
    rate = np.where(minutes < 30, minutes / 30, 0.5 ** ((minutes - 30) / 360)) * peak / 12
    more = chance.poisson(rate)
    end = min(begin + 288, len(counts))
    counts[begin:end] += more[: end - begin]
    return counts, begin


def main() -> None:
    rows = []
    peers = {"ours": ours, "z > 3": z_over_3, "3 x usual": three_times}
    for kind in (poisson, clustered):
        for a_day in (3, 30):
            wrong = dict.fromkeys(peers, 0)
            chance = np.random.default_rng(3)
            for _ in range(STREAMS):
                counts = kind(chance, a_day, LEARN + WATCHED)
                for name, detector in peers.items():
                    wrong[name] += sum(1 for _ in detector(counts))
            what = f"false alarms per 30 days, {kind.__name__}, {a_day} a day"
            rows += lines(what, {k: v / STREAMS for k, v in wrong.items()}, "alarms")
    for a_day in (3, 30):
        for peak in (5, 20, 100):
            rows += delays(a_day, peak)
    with (Path(__file__).parent / "results.csv").open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["date", "machine", "what", "value", "unit", "peer", "peer_value"])
        out.writerows(rows)


def lines(what: str, values: dict[str, float], unit: str) -> list[list[object]]:
    today, machine = datetime.now(UTC).date().isoformat(), f"{platform.machine()}, 1 core"
    mine = round(values["ours"], 3)
    found: list[list[object]] = [
        [today, machine, what, mine, unit, name, round(value, 3)]
        for name, value in values.items()
        if name != "ours"
    ]
    print(what, {name: round(value, 3) for name, value in values.items()})
    return found or [[today, machine, what, mine, unit, "", ""]]


def delays(a_day: float, peak: float) -> list[list[object]]:
    chance = np.random.default_rng(5)
    late: dict[str, list[float]] = {"ours": [], "3 x usual": []}
    for _ in range(SURGES):
        counts, begin = surge(chance, a_day, peak)
        for name, detector in (("ours", ours), ("3 x usual", three_times)):
            hit = next((n for n in detector(counts) if n >= begin), None)
            late[name].append(5.0 * (hit - begin + 1) if hit is not None else float("inf"))
    what = f"{a_day} a day, surge to {peak} an hour"
    middle = {name: median(values) for name, values in late.items()}
    missed = {name: 100 * float(np.mean(np.isinf(v))) for name, v in late.items()}
    return lines(f"median delay, {what}", middle, "min") + lines(f"missed, {what}", missed, "%")


if __name__ == "__main__":
    main()
