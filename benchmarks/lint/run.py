"""How fast the credibility lint is, and what it says of real apologies where they are at hand.

Usage: python benchmarks/lint/run.py [--cases FOLDER]   (the folder holds apologies.jsonl)

Speed: a cold process for one text, and texts a second in one process, on the rules' own examples
joined three by three. Counts: a text is *stopped* on stop and *let through* on pass and ask. The
rules were written with these apologies in view, so every count is a development figure and says
nothing about texts not seen. Writes results.csv beside this file; misses are printed.
"""

import argparse
import csv
import json
import math
import platform
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from amends.answer import credibility
from amends.answer.statement import Lint, lint
from amends.rulebook.rule import Decision
from amends.rulebook.shelf import rules_in
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft, DraftKind

HERE = Path(__file__).parent
COLD_RUNS = 15
COLD_BAR_S = 0.35
TEXTS_BAR = 2000
PROGRAM = "import sys; from amends.cli import main; sys.argv[1:] = ['lint', '--json']; main()"
JUDGED = ("credible", "not_credible")

Row = tuple[str, float, str]


def cold() -> list[Row]:
    """The time of a whole process, from its start to its exit, for one text on stdin."""
    taken = []
    for _ in range(COLD_RUNS):
        begun = time.perf_counter()
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            input=b"We are sorry if anyone was hurt.",
            stdout=subprocess.DEVNULL,
            check=True,
        )
        taken.append(time.perf_counter() - begun)
    return [
        ("cold process, one text, median", round(median(taken), 3), "s"),
        ("cold process, one text, worst of 15", round(max(taken), 3), "s"),
    ]


def sample() -> list[Draft]:
    """About a hundred statements in both languages, each of three examples of the rules."""
    drafts = []
    for language in Language:
        rules = rules_in(credibility)
        texts = [text for rule in rules for text in (*rule.fires[language], *rule.silent[language])]
        drafts += [
            Draft(" ".join(texts[n : n + 3]), language, DraftKind.STATEMENT)
            for n in range(0, len(texts), 3)
        ]
    return drafts


def warm() -> list[Row]:
    drafts = sample()
    for draft in drafts:  # the first text of a language compiles its patterns
        lint(draft)
    rates = []
    for turn in range(20):
        # Never the same text twice: the lint remembers the last ones.
        fresh = [replace(draft, text=f"{draft.text} Turn {turn}.") for draft in drafts]
        begun = time.perf_counter()
        for draft in fresh:
            lint(draft)
        rates.append(len(drafts) / (time.perf_counter() - begun))
    letters = sum(len(draft.text) for draft in drafts) / len(drafts)
    return [
        ("statements in one process, median of 20", round(median(rates)), "texts/s"),
        ("length of those statements, mean", round(letters), "characters"),
    ]


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 % Wilson interval of a share."""
    z = 1.959964
    share, spread = hits / of, z * z / of
    middle = (share + spread / 2) / (1 + spread)
    half = z * math.sqrt(share * (1 - share) / of + spread / (4 * of)) / (1 + spread)
    return round(middle - half, 2), round(middle + half, 2)


def apologies(file: Path) -> list[tuple[dict[str, object], Lint]]:
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    clear = [row for row in rows if row["strength"] == "clear" and row["gold"] in JUDGED]
    return [
        (row, lint(Draft(row["text"], Language(row["lang"]), DraftKind.STATEMENT))) for row in clear
    ]


def separation(seen: list[tuple[dict[str, object], Lint]]) -> float:
    """The share of pairs in which the credible text has the higher score; ties count half."""
    good = [found.score for row, found in seen if row["gold"] == "credible"]
    poor = [found.score for row, found in seen if row["gold"] == "not_credible"]
    won = sum((high > low) + (high == low) / 2 for high in good for low in poor)
    return round(won / (len(good) * len(poor)), 2)


def counts(file: Path) -> list[Row]:
    seen = apologies(file)
    table: list[Row] = []
    for gold in JUDGED:
        of = [found for row, found in seen if row["gold"] == gold]
        for decision in (Decision.STOP, Decision.ASK, Decision.PASS):
            hits = sum(found.verdict is decision for found in of)
            low, high = wilson(hits, len(of))
            what = f"development, clear {gold}: {decision.word} ({low}-{high})"
            table.append((what, hits, f"of {len(of)}"))
    table.append(("development, score: credible above not credible", separation(seen), "AUC"))
    for row, found in seen:
        if (row["gold"] == "credible") == (found.verdict is Decision.STOP):
            rules = sorted({one.rule for one in found.findings})
            print(f"miss: {row['gold']}, {found.verdict.word}: {row['text']}\n      {rules}")
    return table


def machine() -> str:
    cpu = Path("/proc/cpuinfo")
    names = [
        line.partition(":")[2].strip()
        for line in (cpu.read_text().splitlines() if cpu.exists() else [])
        if line.startswith("model name")
    ]
    python = platform.python_version()
    return f"{names[0] if names else platform.machine()}, {len(names) or 1} cores, Python {python}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=Path, default=HERE.parents[1] / ".." / "shared" / "cases")
    file = parser.parse_args().cases / "apologies.jsonl"
    table = cold() + warm()
    if file.exists():
        table += counts(file)
    else:
        print("No apologies.jsonl there: the counts are left out. Say where with --cases FOLDER.")
    day, where = datetime.now(UTC).date().isoformat(), machine()
    with (HERE / "results.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["date", "machine", "what", "value", "unit"])
        writer.writerows([day, where, *row] for row in table)
    for what, value, unit in table:
        print(f"{what}: {value} {unit}")
    slow = table[0][1] > COLD_BAR_S or table[2][1] < TEXTS_BAR
    if slow:
        print(f"Below the bar: {COLD_BAR_S} s cold, {TEXTS_BAR} texts/s.", file=sys.stderr)
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
