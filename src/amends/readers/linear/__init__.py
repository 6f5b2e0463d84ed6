"""The linear reader: weighed words and pieces of words, with numpy alone.

It was learnt by `training/train_reader.py` from our own writing; `card.md` beside this file says
from what, how well it reads, and where it fails.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from amends.readers.linear.features import cleaned, pieces_of, words_of
from amends.readers.reader import Numbers, Readings

HERE = Path(__file__).parent
HEADS = ("reproach", "offensive", "hurt")  # the columns before the four of the level


@dataclass(frozen=True, slots=True)
class LinearReader:
    """Vocabulary and weights; one column a head, then one a level given reproach."""

    words: dict[str, int]
    pieces: dict[str, int]  # numbered after the words
    idf: NDArray[np.float32]  # (features,)
    weights: NDArray[np.float32]  # (features, 3 + 4)
    offsets: NDArray[np.float32]  # (3 + 4,)
    slopes: NDArray[np.float32]  # (3 + 4,) what calibration multiplies a score by
    shifts: NDArray[np.float32]  # (3 + 4,) and what it adds

    def read(self, texts: Sequence[str]) -> Readings:
        """Return one row a text, in the order of the texts."""
        scores = self.scores(texts) * self.slopes + self.shifts
        yes = 1 / (1 + np.exp(-scores[:, : len(HEADS)]))
        given = _shares(scores[:, len(HEADS) :])
        reproach, offensive, hurt = (yes[:, [column]].astype(np.float32) for column in range(3))
        return Readings(
            reproach=reproach,
            severity=(yes[:, [0]] * given).astype(np.float32),
            offensive=offensive,
            hurt=hurt,
        )

    def scores(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Return the scores before calibration, (n, 3 + 4)."""
        rows = np.empty((len(texts), len(self.offsets)))
        for row, text in zip(rows, texts, strict=True):
            clean = cleaned(text)
            row[:] = (
                self._sum(words_of(clean), self.words)
                + self._sum(pieces_of(clean), self.pieces)
                + self.offsets
            )
        return rows

    def _sum(self, features: Iterable[str], known: dict[str, int]) -> NDArray[np.float64]:
        """Return the weights of one block's features, sublinear, its vector of length 1."""
        counted = Counter(known[one] for one in features if one in known)
        if not counted:
            return np.zeros(len(self.offsets))
        places = np.fromiter(counted.keys(), dtype=np.int64)
        counts = np.fromiter(counted.values(), dtype=np.float64)
        vector = (1 + np.log(counts)) * self.idf[places]
        summed: NDArray[np.float64] = vector / np.linalg.norm(vector) @ self.weights[places]
        return summed


def _shares(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    grown = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: NDArray[np.float64] = grown / grown.sum(axis=1, keepdims=True)
    return shares


@lru_cache(maxsize=1)
def shipped() -> LinearReader:
    """Return the reader that is shipped, loaded once in a process."""
    known = json.loads((HERE / "vocabulary.json").read_text("utf-8"))
    words = {word: place for place, word in enumerate(known["words"])}
    pieces = {piece: len(words) + place for place, piece in enumerate(known["pieces"])}
    with np.load(HERE / "weights.npz") as stored:
        parts = {name: stored[name].astype(np.float32) for name in stored.files}
    return LinearReader(words=words, pieces=pieces, **parts)


__all__ = ["HEADS", "LinearReader", "Numbers", "shipped"]
