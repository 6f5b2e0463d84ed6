"""The reader's own features and sums against scikit-learn's, which trained it."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.readers import linear
from amends.readers.linear.features import (
    LONGEST,
    MOST_LETTERS,
    SHAPE,
    SHORTEST,
    cleaned,
    pieces_of,
    words_of,
)
from tests.unit.readers import acceptance

text_of_sklearn = pytest.importorskip("sklearn.feature_extraction.text")

TEXTS = (
    *acceptance.FRIENDLY_EN,
    *acceptance.REPROACHFUL_EN,
    *acceptance.FRIENDLY_ES,
    *acceptance.REPROACHFUL_ES,
    "@candil https://candil.example sooooo LATE!!! 😡😡 &amp; you   know it",
    "a",
    "",
)


def blocks() -> tuple[object, object]:
    shared = {"preprocessor": cleaned, "sublinear_tf": True, "dtype": np.float64}
    of = text_of_sklearn.TfidfVectorizer
    return (
        of(token_pattern=SHAPE, ngram_range=(1, 2), **shared),
        of(analyzer="char_wb", ngram_range=(SHORTEST, LONGEST), **shared),
    )


def test_scores_equal_those_of_scikit_learn() -> None:
    reader = linear.shipped()
    known = json.loads((linear.HERE / "vocabulary.json").read_text("utf-8"))
    expected = np.tile(reader.offsets.astype(float), (len(TEXTS), 1))
    start = 0
    for block, names in zip(blocks(), (known["words"], known["pieces"]), strict=True):
        block.vocabulary = names  # type: ignore[attr-defined]
        block.idf_ = reader.idf[start : start + len(names)].astype(float)  # type: ignore[attr-defined]
        vectors = block.transform(TEXTS)  # type: ignore[attr-defined]
        expected += vectors @ reader.weights[start : start + len(names)].astype(float)
        start += len(names)
    assert len(TEXTS) >= 50
    np.testing.assert_allclose(reader.scores(TEXTS), expected, atol=1e-5)


@given(st.text(max_size=120))
def test_features_equal_those_of_scikit_learn(text: str) -> None:
    words, pieces = (block.build_analyzer() for block in blocks())  # type: ignore[attr-defined]
    clean = cleaned(text)
    assert sorted(words_of(clean)) == sorted(words(text))
    assert sorted(pieces_of(clean)) == sorted(pieces(text))


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("@Candil hey", "hey"),
        ("hey @ana@mas.to you", "hey you"),
        ("see www.candil.example/x now", "see <url> now"),
        ("SOOOO baaaad!!!!", "soo baad!!"),
        ("Vergüenza, ¡qué año!", "verguenza, ¡que ano!"),
        ("don’t &amp; won't", "don't & won't"),
        ("mail a@b.example", "mail a@b.example"),
        ("  a \n b ", "a b"),
    ],
)
def test_cleaned(text: str, clean: str) -> None:
    assert cleaned(text) == clean


def test_only_the_beginning_of_a_very_long_text_is_read() -> None:
    assert len(cleaned("ab " * MOST_LETTERS)) <= MOST_LETTERS


def test_the_reader_is_loaded_once() -> None:
    assert linear.shipped() is linear.shipped()


def test_what_is_shipped_is_small() -> None:
    size = sum((linear.HERE / name).stat().st_size for name in ("weights.npz", "vocabulary.json"))
    assert size <= 3_000_000


def test_reading_needs_neither_scikit_learn_nor_django() -> None:
    words = (
        "import sys; from amends.readers import read; read(['you lied to me']);"
        "print([n for n in ('sklearn', 'scipy', 'django', 'httpx') if n in sys.modules])"
    )
    said = subprocess.run(
        [sys.executable, "-c", words], capture_output=True, text=True, check=True
    ).stdout
    assert said.strip() == "[]"


def test_the_card_says_where_the_texts_come_from() -> None:
    card = Path(linear.HERE / "card.md").read_text("utf-8")
    assert "labelled once" in card
    assert "Apache-2.0" in card
