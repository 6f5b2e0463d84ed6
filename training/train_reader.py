"""Learn the linear reader from the corpus and write its weights into the product.

    python training/train_reader.py

Nothing is drawn by chance: the folds are made of scenarios by a fixed seed, and the solver has no
randomness. The same corpus and the same scikit-learn give the same weights.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from corpus_rows import Row, corpus
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold

from amends.readers.linear.features import LONGEST, SHAPE, SHORTEST, cleaned

OUT = Path(__file__).parent.parent / "src/amends/readers/linear"
SEED = 0
FOLDS = 5
C = {"reproach": 8.0, "offensive": 8.0, "hurt": 8.0, "level": 8.0}
MOST_FEATURES = 24_000


def vectorisers(
    words: Sequence[str] | None = None, pieces: Sequence[str] | None = None
) -> tuple[TfidfVectorizer, TfidfVectorizer]:
    """Return the two blocks of features, over a given vocabulary or one still to be learnt."""
    shared = {"preprocessor": cleaned, "sublinear_tf": True, "dtype": np.float64}
    return (
        TfidfVectorizer(
            token_pattern=SHAPE,
            ngram_range=(1, 2),
            min_df=1 if words else 2,
            vocabulary=words,
            **shared,
        ),
        TfidfVectorizer(
            analyzer="char_wb",
            ngram_range=(SHORTEST, LONGEST),
            min_df=1 if pieces else 3,
            vocabulary=pieces,
            **shared,
        ),
    )


@dataclass
class Heads:
    """The fitted heads over the fitted features."""

    blocks: tuple[TfidfVectorizer, TfidfVectorizer]
    yes_no: dict[str, LogisticRegression]
    level: LogisticRegression

    def scores(self, texts: Sequence[str]) -> np.ndarray:
        """Return (n, 3 + 4) scores before calibration."""
        x = transformed(self.blocks, texts)
        columns = [
            self.yes_no[name].decision_function(x) for name in ("reproach", "offensive", "hurt")
        ]
        return np.column_stack([*columns, self.level.decision_function(x)])


def transformed(blocks: Sequence[TfidfVectorizer], texts: Sequence[str]) -> csr_matrix:
    return hstack([block.transform(texts) for block in blocks]).tocsr()


def fitted(rows: Sequence[Row], *, most: int = MOST_FEATURES) -> Heads:
    """Return heads learnt from the rows; light features are dropped and the rest learnt anew."""
    texts = [row.text for row in rows]
    blocks = vectorisers()
    for block in blocks:
        block.fit(texts)
    heads = _heads(blocks, rows)
    if sum(len(block.vocabulary_) for block in blocks) <= most:
        return heads
    words, pieces = _heaviest(heads, most)
    blocks = vectorisers(words, pieces)
    for block in blocks:
        block.fit(texts)
    return _heads(blocks, rows)


def _heads(blocks: tuple[TfidfVectorizer, TfidfVectorizer], rows: Sequence[Row]) -> Heads:
    x = transformed(blocks, [row.text for row in rows])
    blamed = np.array([row.level is not None for row in rows])
    answers = {
        "reproach": blamed,
        "offensive": np.array([row.offensive for row in rows]),
        "hurt": np.array([row.hurt for row in rows]),
    }
    return Heads(
        blocks,
        {name: _learner(name).fit(x, answer) for name, answer in answers.items()},
        _learner("level").fit(x[blamed], [row.level for row in rows if row.level is not None]),
    )


def _learner(name: str) -> LogisticRegression:
    return LogisticRegression(C=C[name], class_weight="balanced", max_iter=2000)


def _heaviest(heads: Heads, most: int) -> tuple[list[str], list[str]]:
    stacked = np.vstack([head.coef_ for head in (*heads.yes_no.values(), heads.level)])
    heft = np.abs(stacked / stacked.std(axis=1, keepdims=True)).max(axis=0)
    names = [block.get_feature_names_out() for block in heads.blocks]
    kept = np.sort(np.argsort(-heft, kind="stable")[:most])
    first = len(names[0])
    return (
        [str(names[0][place]) for place in kept if place < first],
        [str(names[1][place - first]) for place in kept if place >= first],
    )


def folds(rows: Sequence[Row]) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return train and held-back places; no scenario stands on both sides."""
    scenes = [row.scenario for row in rows]
    split = StratifiedGroupKFold(min(FOLDS, len(set(scenes))), shuffle=True, random_state=SEED)
    return list(split.split(np.zeros(len(rows)), [row.level is not None for row in rows], scenes))


def held_back(rows: Sequence[Row]) -> np.ndarray:
    """Return the scores of each row by heads that saw nothing of its scenario."""
    scores = np.zeros((len(rows), 7))
    for known, new in folds(rows):
        heads = fitted([rows[place] for place in known])
        scores[new] = heads.scores([rows[place].text for place in new])
    return scores


@dataclass
class Calibration:
    """What turns scores into probabilities: slope and shift a column."""

    slopes: np.ndarray
    shifts: np.ndarray


def calibration(rows: Sequence[Row], scores: np.ndarray) -> Calibration:
    """Return Platt's slope and shift a head, and one temperature for the levels."""
    slopes, shifts = np.ones(7), np.zeros(7)
    answers = (
        [row.level is not None for row in rows],
        [bool(row.offensive) for row in rows],
        [bool(row.hurt) for row in rows],
    )
    for column, answer in enumerate(answers):
        platt = LogisticRegression(C=1e6).fit(scores[:, [column]], answer)
        slopes[column], shifts[column] = platt.coef_[0, 0], platt.intercept_[0]
    blamed = [place for place, row in enumerate(rows) if row.level is not None]
    levels = np.array([rows[place].level for place in blamed])
    slopes[3:] = _temperature(scores[blamed, 3:], levels)
    return Calibration(slopes, shifts)


def _temperature(scores: np.ndarray, levels: np.ndarray) -> float:
    def loss(slope: float) -> float:
        grown = slope * scores
        shares = grown - np.logaddexp.reduce(grown, axis=1)[:, None]
        return float(-shares[np.arange(len(levels)), levels].mean())

    return float(minimize_scalar(loss, bounds=(0.05, 5.0), method="bounded").x)


def probabilities(scores: np.ndarray, found: Calibration) -> np.ndarray:
    """Return (n, 3 + 4): reproach, offensive, hurt, and the levels given reproach."""
    grown = scores * found.slopes + found.shifts
    levels = np.exp(grown[:, 3:] - np.logaddexp.reduce(grown[:, 3:], axis=1)[:, None])
    return np.column_stack([1 / (1 + np.exp(-grown[:, :3])), levels])


def written(heads: Heads, found: Calibration) -> int:
    """Write the weights and the vocabulary; return their size in bytes."""
    names = [[str(one) for one in block.get_feature_names_out()] for block in heads.blocks]
    every = [heads.yes_no[name] for name in ("reproach", "offensive", "hurt")]
    parts = {
        "idf": np.concatenate([block.idf_ for block in heads.blocks]),
        "weights": np.vstack([*(head.coef_ for head in every), heads.level.coef_]).T,
        "offsets": np.concatenate([*(head.intercept_ for head in every), heads.level.intercept_]),
        "slopes": found.slopes,
        "shifts": found.shifts,
    }
    np.savez_compressed(OUT / "weights.npz", **{k: v.astype(np.float32) for k, v in parts.items()})
    known = {"words": names[0], "pieces": names[1]}
    (OUT / "vocabulary.json").write_text(
        json.dumps(known, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8"
    )
    return sum((OUT / name).stat().st_size for name in ("weights.npz", "vocabulary.json"))


def main() -> None:
    rows = corpus()
    heads = fitted(rows)
    found = calibration(rows, held_back(rows))
    size = written(heads, found)
    features = sum(len(block.vocabulary_) for block in heads.blocks)
    print(f"{len(rows)} rows, {features} features, {size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
