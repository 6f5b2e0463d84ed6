"""What the shipped reader and its corpus promise to the rest of the house."""

import json
import re
from collections import Counter
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import pytest

from amends.flows import practice_words
from amends.notice.judge import weight
from amends.readers import read
from tests.flows import audience
from tests.unit.readers import acceptance

CORPUS = Path(__file__).parent.parent.parent / "training" / "corpus"
ROWS = [
    json.loads(line)
    for path in sorted(CORPUS.glob("*.jsonl"))
    for line in path.read_text("utf-8").splitlines()
]
FIELDS = {"id", "lang", "text", "level", "offensive", "hurt", "scenario", "writer"}
ELSEWHERE = (
    *audience.FRIENDLY,
    *audience.REPROACHES,
    *practice_words.FRIENDS,
    *practice_words.REPROACHES,
    *practice_words.HISTORY_FRIENDLY,
    *practice_words.HISTORY_REPROACH,
    *acceptance.FRIENDLY_EN,
    *acceptance.REPROACHFUL_EN,
    *acceptance.FRIENDLY_ES,
    *acceptance.REPROACHFUL_ES,
)
REPROACHES = (*audience.REPROACHES, *practice_words.REPROACHES)


LONG = 6  # different words; shorter texts are everyday phrases that anybody writes
NEAR = 0.6


def words_of(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()))


def shared(some: frozenset[str], others: frozenset[str]) -> float:
    """Return the share of the words of either text that stand in both."""
    return len(some & others) / len(some | others)


def bare(text: str) -> str:
    """Return the letters and digits of a text alone, so that spelling hides no copy."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def test_no_text_of_the_corpus_stands_in_the_tests_or_the_practice_world() -> None:
    known = {bare(row["text"]) for row in ROWS}
    assert [text for text in ELSEWHERE if bare(text) in known] == []


def test_no_text_of_the_corpus_is_one_of_them_reworded() -> None:
    known = [(words_of(row["text"]), row["text"]) for row in ROWS]
    near = [
        (text, other)
        for text in ELSEWHERE
        for words, other in known
        if min(len(words), len(words_of(text))) >= LONG and shared(words, words_of(text)) > NEAR
    ]
    assert near == []


def test_every_row_is_whole() -> None:
    for row in ROWS:
        assert set(row) == FIELDS, row
        assert row["lang"] in {"en", "es"}, row
        assert row["level"] in {None, 0, 1, 2, 3}, row
        assert {row["offensive"], row["hurt"]} <= {0, 1}, row
        assert 1 <= len(row["text"].split()) <= 60, row


@pytest.mark.parametrize("field", ["id", "text"])
def test_no_row_is_said_twice(field: str) -> None:
    counted = Counter(str(row[field]).casefold() for row in ROWS)
    assert [one for one, times in counted.items() if times > 1] == []


def test_the_corpus_is_as_large_as_promised_and_half_of_it_is_no_reproach() -> None:
    counted = Counter(row["lang"] for row in ROWS)
    assert counted["en"] >= 380
    assert counted["es"] >= 260
    for lang in ("en", "es"):
        calm = sum(row["level"] is None for row in ROWS if row["lang"] == lang)
        assert 0.4 <= calm / counted[lang] <= 0.65


@pytest.mark.parametrize("text", REPROACHES)
def test_hears_the_reproach_of_the_story(text: str) -> None:
    (reading,) = read([text])
    assert reading.p_reproach > 0.5
    assert weight(reading) >= 1


def test_hears_who_is_hurt_in_the_story() -> None:
    assert read([audience.HURT])[0].p_hurt > 0.5


@pytest.mark.parametrize("texts", [audience.FRIENDLY, practice_words.FRIENDS])
def test_leaves_the_friends_of_the_story_alone(texts: tuple[str, ...]) -> None:
    taken = [t for t, r in zip(texts, read(texts), strict=True) if r.p_reproach >= 0.5]
    assert len(taken) <= 1, taken


def test_every_number_is_a_share_and_severity_is_joint() -> None:
    for reading in read([row["text"] for row in ROWS[::7]]):
        assert 0 <= min(reading.severity) <= max(reading.severity) <= 1
        assert abs(sum(reading.severity) - reading.p_reproach) <= 1e-6


@pytest.mark.parametrize("name", ["weights.npz", "vocabulary.json"])
def test_the_card_names_the_files_that_ship(name: str) -> None:
    folder = files("amends.readers.linear")
    digest = sha256(folder.joinpath(name).read_bytes()).hexdigest()
    card = folder.joinpath("card.md").read_text("utf-8")
    assert f"`{name}` {digest}" in card, "retrained: write the new checksum into card.md"
