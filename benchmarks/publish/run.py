"""Never twice, never lost, never hidden: the bars as a table, and the long form as a CSV.

``make bench-publish`` prints the reduced form. ``make test-long`` makes ten thousand runs, on both
cores, and writes ``benchmarks/publish/results.csv`` and ``bars.csv``.
"""

import argparse
import csv
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
HEAD = ("date", "machine", "class", "strategy", "fault")
COUNTS = ("runs", "duplicates", "losses", "needs_person")
LONG_RUNS, HISTORIES, LONG_HISTORIES = 10_000, 40, 2_000
Row = tuple[str, str, str, str]


def machine() -> str:
    """Return what this ran on, in words."""
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"


def environment(**more: str) -> dict[str, str]:
    """Return the environment of a run: this source, one key."""
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    return {**os.environ, "PYTHONPATH": path, "AMENDS_ROOT_KEY": "k" * 43, **more}


def crash_runs(shares: Sequence[Sequence[str]]) -> tuple[list[dict[str, Any]], list[list[str]]]:
    """Run the crash cells, one process a share; return what each told and all CSV rows."""
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"{number}.csv" for number in range(len(shares))]
        started = [
            subprocess.Popen(
                [sys.executable, "-m", "tests.crash.run", "--csv", str(file), *words],
                cwd=ROOT,
                env=environment(),
                stdout=subprocess.PIPE,
                text=True,
            )
            for file, words in zip(files, shares, strict=True)
        ]
        told = [json.loads(one.communicate()[0]) for one in started]
        rows = [line.split(",") for file in files for line in file.read_text().splitlines()]
    return told, rows


def summed(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return one row for each class, strategy and fault."""
    sums: dict[tuple[str, ...], list[int]] = defaultdict(lambda: [0] * len(COUNTS))
    for row in rows:
        for place, count in enumerate(row[3:]):
            sums[tuple(row[:3])][place] += int(count)
    today, where = f"{datetime.now(UTC):%Y-%m-%d}", machine()
    return [[today, where, *key, *map(str, counts)] for key, counts in sorted(sums.items())]


def histories(n: int) -> tuple[int, bool]:
    """Run so many histories of clicks and steps; return how many, and whether all held."""
    where = "tests/flows/test_hold_at_every_step.py"
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", where]
    more = environment(AMENDS_INTERLEAVINGS=str(n))
    done = subprocess.run(words, cwd=ROOT, env=more, capture_output=True, check=False)
    return n, done.returncode == 0


def freeze_s(posts: int = 1_000) -> float:
    """Return how long it takes to freeze so many scheduled posts, in seconds."""
    words = [sys.executable, "-m", "tests.crash.freeze", str(posts)]
    done = subprocess.run(
        words, cwd=ROOT, env=environment(), capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def bars(told: Sequence[dict[str, Any]], held: tuple[int, bool], frozen_s: float) -> list[Row]:
    """Return what was measured as (what, value, bar, whether it holds)."""

    def count(name: str) -> int:
        return sum(int(one[name]) for one in told)

    must, did = count("naive_must_double"), count("naive_duplicates")
    return [
        ("crash runs", str(count("runs")), "", ""),
        ("duplicates", str(count("duplicates")), "0", _held(count("duplicates") == 0)),
        ("losses", str(count("losses")), "0", _held(count("losses") == 0)),
        ("needless needs_person", str(count("needless")), "0", _held(count("needless") == 0)),
        ("naive retry doubled", f"{did} of {must}", "all", _held(did >= must > 0)),
        ("histories of hold and send", str(held[0]), "none leaks", _held(held[1])),
        ("freeze of 1,000 posts, s", f"{frozen_s:.2f}", "1", _held(frozen_s <= 1)),
    ]


def _held(is_held: bool) -> str:  # noqa: FBT001 - its one fact
    return "holds" if is_held else "MISSED"


def shown(rows: Sequence[Row]) -> str:
    """Return the table as text."""
    lines = [("what", "value", "bar", ""), *rows]
    widths = [max(len(line[place]) for line in lines) for place in range(4)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def main() -> int:
    """Measure and print; with --long also write the CSVs."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--long", action="store_true")
    asked.add_argument("--seconds", type=float, default=60)
    options = asked.parse_args()
    began = time.monotonic()
    if options.long:
        half = str(LONG_RUNS // 2 - 400)  # every cell once comes on top of the random ones
        shares = [
            ["--seed", "11", "--seconds", "0", "--least", half],
            ["--seed", "12", "--seconds", "0", "--least", half],
        ]
    else:
        shares = [["--seconds", str(options.seconds)]]
    told, rows = crash_runs(shares)
    measured = bars(told, histories(LONG_HISTORIES if options.long else HISTORIES), freeze_s())
    print(shown(measured))
    print(f"took {time.monotonic() - began:.0f} s on {machine()}")
    for one in (one for found in told for one in found["wrong"]):
        print(one)
    if options.long:
        write(HERE / "results.csv", [[*HEAD, *COUNTS], *summed(rows)])
        today = [f"{datetime.now(UTC):%Y-%m-%d}", machine()]
        table = [[*today, *row[:3]] for row in measured]
        write(HERE / "bars.csv", [["date", "machine", "what", "value", "bar"], *table])
    return int(any(row[3] == "MISSED" for row in measured))


def write(path: Path, rows: Sequence[Sequence[str]]) -> None:
    """Write rows as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


if __name__ == "__main__":
    sys.exit(main())
