"""How often the voiceprint notices a post written for another account.

Usage: python benchmarks/voice/run.py --data FOLDER   (the folder holds voice_health and
voice_brand_support). Learns on the train part alone, through the product's own `learn`, and
tries each dev post as its own account (genuine) and as the others (swaps). Writes
results.csv and speed.csv beside this file. README.md says what was chosen on which part.
"""

import argparse
import csv
import gzip
import json
import random
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

from amends.prevent.style import grams_in, styled
from amends.prevent.voiceprint import VoiceBook, identify, learn
from amends.rulebook.rule import Decision

HERE = Path(__file__).parent
LEAST_BRAND_POSTS = 30
BRANDS_GIVEN = 21  # the data's README names the accounts with 30 posts or more in all parts
BASELINE = {  # the data's README: TF-IDF and linear SVM, masked, taught on all of train
    "voice_health": "62.4 / 13.5 / 37.3",
    "voice_brand_support": "83.3 / 7.2 / 41.0",
}
DRAWS = 1000


def posts_of(folder: Path, part: str) -> dict[str, list[str]]:
    by_account: dict[str, list[tuple[str, str]]] = defaultdict(list)
    with gzip.open(folder / f"{part}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            by_account[row["account"]].append((row["created_at"], row["text"]))
    return {name: [text for _, text in rows] for name, rows in by_account.items()}


def score_table(book: VoiceBook, dev: dict[str, list[str]]) -> tuple[np.ndarray, np.ndarray]:
    rows, truth = [], []
    for name, texts in dev.items():
        for text in texts:
            scores = book.scores(grams_in(styled(text).text))
            rows.append([scores[account] for account in book.accounts])
            truth.append(book.accounts.index(name))
    return np.array(rows), np.array(truth)


def strangeness_table(table: np.ndarray) -> np.ndarray:
    """Return, for each post and each account, the best other score minus its own."""
    best = table.argmax(1)
    rows = np.arange(len(table))
    first = table[rows, best]
    rest = table.copy()
    rest[rows, best] = -np.inf
    others = np.repeat(first[:, None], table.shape[1], axis=1)
    others[rows, best] = rest.max(1)
    return np.asarray(others - table)


def figures(strange: np.ndarray, truth: np.ndarray) -> tuple[float, float, float]:
    """Return accuracy, equal error rate and recall at 1 % of genuine posts asked about."""
    rows = np.arange(len(strange))
    own = np.sort(strange[rows, truth])
    is_swap = np.ones(strange.shape, bool)
    is_swap[rows, truth] = False
    swaps = np.sort(strange[is_swap])
    asked = 1 - np.arange(1, len(own) + 1) / len(own)
    missed = np.searchsorted(swaps, own, side="right") / len(swaps)
    at = np.abs(asked - missed).argmin()
    recall = 1 - np.searchsorted(swaps, np.quantile(own, 0.99), side="right") / len(swaps)
    return float((own < 0).mean()), float((asked[at] + missed[at]) / 2), float(recall)


def interval(strange: np.ndarray, truth: np.ndarray) -> list[str]:
    generator = np.random.default_rng(7)
    draws = []
    for _ in range(DRAWS):
        picked = generator.integers(0, len(truth), len(truth))
        draws.append(figures(strange[picked], truth[picked]))
    low, high = np.percentile(np.array(draws) * 100, [2.5, 97.5], axis=0)
    return [f"{a:.1f}-{b:.1f}" for a, b in zip(low, high, strict=True)]


def decisions(book: VoiceBook, dev: dict[str, list[str]], most: int) -> dict[str, str]:
    """Try up to `most` dev posts an account through `identify`: as its own, and one swap."""
    rng = random.Random(7)
    asked: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    silent = caught = right = swaps = 0
    spent = []
    for name, texts in dev.items():
        for text in texts[:most]:
            tried[name] += 1
            began = time.perf_counter()
            own = identify(book, text, name)
            spent.append(time.perf_counter() - began)
            asked[name] += own.decision is Decision.ASK
            silent += own.abstained
            other = rng.choice([account for account in book.accounts if account != name])
            began = time.perf_counter()
            swap = identify(book, text, other)
            spent.append(time.perf_counter() - began)
            swaps += 1
            caught += swap.decision is Decision.ASK
            right += swap.decision is Decision.ASK and swap.likely == name
    total = sum(tried.values())
    return {
        "genuine_asked_pct": f"{100 * sum(asked.values()) / total:.2f}",
        "genuine_asked_worst_account_pct": f"{100 * max(asked[n] / tried[n] for n in tried):.1f}",
        "genuine_abstained_pct": f"{100 * silent / total:.1f}",
        "swaps_asked_pct": f"{100 * caught / swaps:.1f}",
        "swaps_asked_and_named_right_pct": f"{100 * right / swaps:.1f}",
        "identify_ms_median": f"{1000 * float(np.median(spent)):.1f}",
        "identify_ms_p95": f"{1000 * float(np.quantile(spent, 0.95)):.1f}",
    }


def measured(folder: Path, newest: int | None) -> dict[str, str]:
    train = posts_of(folder, "train")
    dev = posts_of(folder, "dev")
    if folder.name == "voice_brand_support":
        largest = sorted(train, key=lambda name: -len(train[name] + dev.get(name, [])))[
            :BRANDS_GIVEN
        ]
        train = {name: train[name] for name in largest}
    if newest:
        train = {name: texts[-newest:] for name, texts in train.items()}
    began = time.perf_counter()
    book = learn(train)
    seconds = time.perf_counter() - began
    dev = {name: texts for name, texts in dev.items() if name in book.accounts}
    table, truth = score_table(book, dev)
    strange = strangeness_table(table)
    accuracy, eer, recall = (f"{100 * value:.1f}" for value in figures(strange, truth))
    intervals = interval(strange, truth)
    return {
        "set": folder.name,
        "newest_posts_used": str(newest or "all, at most 1000"),
        "accounts": str(len(book.accounts)),
        "train_posts": str(sum(map(len, train.values()))),
        "dev_posts": str(len(truth)),
        "accuracy_pct": accuracy,
        "accuracy_95": intervals[0],
        "eer_pct": eer,
        "eer_95": intervals[1],
        "recall_at_1pct": recall,
        "recall_95": intervals[2],
        "baseline_acc_eer_recall": BASELINE[folder.name],
        **decisions(book, dev, 150),
        "learn_seconds": f"{seconds:.1f}",
    }


def speed(folder: Path, accounts: int) -> dict[str, str]:
    """Time `learn` and `identify` on accounts of 200 posts each, cut from one large set."""
    texts = [text for posts in posts_of(folder, "train").values() for text in posts]
    book_of = {f"account-{n:02}": texts[n * 1200 : n * 1200 + 200] for n in range(accounts)}
    began = time.perf_counter()
    book = learn(book_of)
    seconds = time.perf_counter() - began
    spent = []
    for n, text in enumerate(texts[600 : 600 + 30 * accounts : 3]):
        began = time.perf_counter()
        identify(book, text, book.accounts[n % len(book.accounts)])
        spent.append(1000 * (time.perf_counter() - began))
    return {
        "accounts": str(accounts),
        "posts_each": "200",
        "learn_seconds": f"{seconds:.2f}",
        "identify_ms_median": f"{float(np.median(spent)):.1f}",
        "identify_ms_p95": f"{float(np.quantile(spent, 0.95)):.1f}",
        "identify_ms_worst": f"{max(spent):.1f}",
    }


def write(name: str, rows: list[dict[str, str]]) -> None:
    with (HERE / name).open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    for row in rows:
        print(json.dumps(row))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    data = parser.parse_args().data
    if not (data / "voice_health").is_dir():
        print(f"Skipped: there is no voice_health in {data}.", file=sys.stderr)
        return 0
    runs = [("voice_brand_support", None), ("voice_health", 200), ("voice_health", None)]
    write("speed.csv", [speed(data / "voice_health", accounts) for accounts in (2, 25)])
    write("results.csv", [measured(data / name, newest) for name, newest in runs])
    return 0


if __name__ == "__main__":
    sys.exit(main())
