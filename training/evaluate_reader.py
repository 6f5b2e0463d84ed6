"""Measure the linear reader, and write the figures into its card and the results.

    python training/evaluate_reader.py --data ../shared/data

The public sets only measure: nothing is learnt from them and no choice is made on them here.
Without their folder only the figures of our own corpus are made.
"""

import argparse
import csv
import gzip
import json
import platform
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from corpus_rows import Row, corpus
from sklearn.metrics import (
    brier_score_loss,
    cohen_kappa_score,
    confusion_matrix,
    f1_score,
    roc_auc_score,
)
from train_reader import calibration, folds, held_back, probabilities

from amends.readers.linear import shipped

ROOT = Path(__file__).parent.parent
CARD = ROOT / "src/amends/readers/linear/card.md"
RESULTS = ROOT / "benchmarks/read/results.csv"
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"
HEAD = ("date", "machine", "what", "value", "unit", "peer", "peer_value")
PEER = "TF-IDF + LR learnt on complaints/train"
DRAWS, SEED = 1000, 0


def _shown(value: float | str, unit: str) -> str:
    if isinstance(value, str):
        return value
    return f"{value:.1f}" if unit == "%" else f"{value:.3f}"


class Figures:
    """The figures, in the order in which they were made."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, str, str, str, str]] = []

    def add(
        self, what: str, value: float | str, unit: str, peer: tuple[str, str] = ("", "")
    ) -> None:
        self.rows.append((what, _shown(value, unit), unit, *peer))


def ours(figures: Figures) -> None:
    """Add what heads that never saw the scenario make of our own rows."""
    rows = corpus()
    scores = held_back(rows)
    shares = nested(rows, scores)
    answers = np.array([row.level is not None for row in rows])
    for lang in ("en", "es"):
        mine = np.array([row.lang == lang for row in rows])
        said, true = shares[mine, 0], answers[mine]
        figures.add(f"held-back scenarios, {lang}: texts", f"{mine.sum()}", "texts")
        figures.add(f"held-back scenarios, {lang}: of them reproach", f"{true.sum()}", "texts")
        figures.add(f"held-back scenarios, {lang}: macro-F1 at .5", macro(true, said), "%")
        figures.add(f"held-back scenarios, {lang}: 95 % of draws", between(true, said), "%")
        figures.add(f"held-back scenarios, {lang}: AUC", float(roc_auc_score(true, said)), "")
        figures.add(f"held-back scenarios, {lang}: Brier", float(brier_score_loss(true, said)), "")
        figures.add(
            f"held-back scenarios, {lang}: calibration error, ten bins",
            calibration_error(true, said),
            "",
        )
        levels(figures, lang, [r for r, m in zip(rows, mine, strict=True) if m], shares[mine, 3:])
    for column, head in ((1, "offensive"), (2, "hurt")):
        true = np.array([getattr(row, head) for row in rows])
        figures.add(f"held-back scenarios, both: {head}, texts that are", f"{true.sum()}", "texts")
        figures.add(
            f"held-back scenarios, both: {head}, AUC",
            float(roc_auc_score(true, shares[:, column])),
            "",
        )
        figures.add(
            f"held-back scenarios, both: {head}, F1 at .5",
            100 * float(f1_score(true, shares[:, column] > 0.5)),
            "%",
        )


def nested(rows: Sequence[Row], scores: np.ndarray) -> np.ndarray:
    """Return probabilities whose calibration saw nothing of the scenario either."""
    shares = np.zeros_like(scores)
    for known, new in folds(rows):
        found = calibration([rows[place] for place in known], scores[known])
        shares[new] = probabilities(scores[new], found)
    return shares


def levels(figures: Figures, lang: str, rows: Sequence[Row], shares: np.ndarray) -> None:
    blamed = np.array([row.level is not None for row in rows])
    true = np.array([row.level for row in rows if row.level is not None])
    said = shares[blamed].argmax(axis=1)
    counts = ", ".join(f"{(true == level).sum()}" for level in range(4))
    name = f"held-back scenarios, {lang}: level given reproach"
    figures.add(f"{name}, texts of 0, 1, 2, 3", counts, "texts")
    figures.add(f"{name}, macro-F1", 100 * float(f1_score(true, said, average="macro")), "%")
    figures.add(
        f"{name}, quadratic kappa", float(cohen_kappa_score(true, said, weights="quadratic")), ""
    )
    figures.add(f"{name}, at most one level off", 100 * float((abs(true - said) <= 1).mean()), "%")
    table = confusion_matrix(true, said, labels=range(4))
    figures.add(
        f"{name}, read as 0, 1, 2, 3 (a row a true level)",
        " / ".join(" ".join(map(str, r)) for r in table),
        "texts",
    )


def macro(true: np.ndarray, said: np.ndarray) -> float:
    return 100 * float(f1_score(true, said > 0.5, average="macro"))


def between(true: np.ndarray, said: np.ndarray) -> str:
    """Return the middle 95 % of the macro-F1 over draws of the texts."""
    chance = np.random.default_rng(SEED)
    drawn = (chance.integers(0, len(true), len(true)) for _ in range(DRAWS))
    low, high = np.percentile([macro(true[one], said[one]) for one in drawn], (2.5, 97.5))
    return f"{low:.1f}-{high:.1f}"


def calibration_error(true: np.ndarray, said: np.ndarray) -> float:
    """Return the mean gap of what was said and what was so, over ten equal bins."""
    bins = np.minimum((said * 10).astype(int), 9)
    gaps = [
        (bins == b).mean() * abs(true[bins == b].mean() - said[bins == b].mean()) for b in set(bins)
    ]
    return float(sum(gaps))


def rows_of(path: Path) -> list[dict[str, object]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def said_of(texts: Iterable[object]) -> np.ndarray:
    return shipped().read([str(text) for text in texts]).reproach[:, 0].astype(float)


def unsure_of(texts: Iterable[object]) -> float:
    """Return the share of texts in which neither "no reproach" nor any level holds half."""
    found = shipped().read([str(text) for text in texts])
    five = np.column_stack([1 - found.reproach, found.severity])
    return float((five.max(axis=1) < 0.5).mean())


def complaints(figures: Figures, data: Path) -> None:
    rows = rows_of(data / "complaints" / "dev.jsonl.gz")
    said, true = said_of(row["text"] for row in rows), np.array([row["label"] == 1 for row in rows])
    marked = np.array([row["annotated"] == 1 for row in rows])
    name = "complaints dev (English), transfer"
    for part, mine, peer in (("all", marked | ~marked, "80.5"), ("annotated", marked, "71.2")):
        figures.add(f"{name}, {part}: texts", f"{mine.sum()}", "texts")
        figures.add(
            f"{name}, {part}: macro-F1 at .5", macro(true[mine], said[mine]), "%", (PEER, peer)
        )
        figures.add(f"{name}, {part}: 95 % of draws", between(true[mine], said[mine]), "%")
    figures.add(f"{name}, all: AUC", float(roc_auc_score(true, said)), "", (PEER, "0.907"))
    figures.add(f"{name}, all: Brier", float(brier_score_loss(true, said)), "", (PEER, "0.122"))
    figures.add(f"{name}, all: unsure", 100 * unsure_of(row["text"] for row in rows), "%")


def airline(figures: Figures, data: Path) -> None:
    rows = rows_of(data / "airline" / "dev.jsonl.gz")
    said, true = (
        said_of(row["text"] for row in rows),
        [row["sentiment"] == "negative" for row in rows],
    )
    name = "airline dev (English), negative or not, transfer"
    figures.add(f"{name}: texts", f"{len(rows)}", "texts")
    figures.add(f"{name}: AUC", float(roc_auc_score(true, said)), "", (PEER, "0.835"))
    figures.add(f"{name}: macro-F1 at .5", macro(np.array(true), said), "%", (PEER, "72.3"))


def speed(figures: Figures) -> None:
    """Add how long a first reading takes in a new process, and how many follow in a second."""
    words = "import time as t;b=t.perf_counter();from amends.readers.linear import shipped;shipped();print(t.perf_counter()-b)"
    took = [float(subprocess.check_output([sys.executable, "-c", words])) for _ in range(5)]
    figures.add("import and load, median of 5", float(np.median(took)), "s")
    texts = [row.text for row in corpus()][:1000]
    begun = time.perf_counter()
    shipped().read(texts)
    figures.add(
        "texts in one process",
        f"{len(texts) / (time.perf_counter() - begun):.0f}",
        "texts/s",
    )
    size = sum((CARD.parent / name).stat().st_size for name in ("weights.npz", "vocabulary.json"))
    figures.add("weights and vocabulary", size / 1e6, "MB")


def write(figures: Figures) -> None:
    day = time.strftime("%Y-%m-%d", time.gmtime())
    machine = f"{platform.machine()}, Python {platform.python_version()}"
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    with RESULTS.open("w", newline="", encoding="utf-8") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow(HEAD)
        table.writerows((day, machine, *row) for row in figures.rows)
    lines = [f"Measured on {day}.", "", "| what | value | peer |", "|---|---|---|"]
    for what, value, unit, peer, peer_value in figures.rows:
        beside = f"{peer_value} ({peer})" if peer else ""
        lines.append(f"| {what} | {value} {unit}".rstrip() + f" | {beside} |")
    before, rest = CARD.read_text("utf-8").split(BEGIN)
    after = rest.split(END)[1]
    CARD.write_text("\n".join([before + BEGIN, *lines, END]) + after, "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="the folder of the public sets")
    data = parser.parse_args().data
    figures = Figures()
    ours(figures)
    if data and (data / "complaints").is_dir():
        complaints(figures, data)
        airline(figures, data)
    else:
        print("no folder of public sets: their figures are left out")
    speed(figures)
    write(figures)
    for row in figures.rows:
        print(*row, sep=" | ")


if __name__ == "__main__":
    main()
