"""`amends replay` over a history in JSONL and in parquet."""

import json
from pathlib import Path

import duckdb
import pytest

from amends.cli.replay import HELP, main
from amends.rulebook.pattern import Pattern, to_json
from tests.cast import JOKE, LADERA

Capture = pytest.CaptureFixture[str]
OVEN = Pattern("oven", ("croissant", "landlord"), 2, account_ids=(LADERA.id,), example=JOKE)
ROWS = [
    {"id": "1", "account": LADERA.id, "text": JOKE, "at": "2026-03-02T12:00:00Z"},
    {"id": "2", "account": LADERA.id, "text": "A landlord with croissants", "mistake": False},
    {"id": "3", "account": LADERA.id, "text": "Croissants and landlords", "mistake": True},
    {"id": "4", "account": "account-candil", "text": JOKE},
    {"id": "5", "text": "Our branches close at two"},
]
ANSWER = {
    "rule": "oven",
    "caught": ["1", "3"],
    "would_stop": 1,
    "of": 2,
    "examples": [{"id": "2", "text": "A landlord with croissants"}],
}


@pytest.fixture
def pattern(tmp_path: Path) -> str:
    file = tmp_path / "pattern.json"
    file.write_text(to_json(OVEN), encoding="utf-8")
    return str(file)


def history(folder: Path, *lines: str) -> str:
    file = folder / "history.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    return str(file)


def test_one_json_object_over_jsonl(tmp_path: Path, pattern: str, capsys: Capture) -> None:
    assert main([pattern, history(tmp_path, *map(json.dumps, ROWS))]) == 0
    assert json.loads(capsys.readouterr().out) == ANSWER


def test_the_same_over_parquet(tmp_path: Path, pattern: str, capsys: Capture) -> None:
    rows = history(tmp_path, *map(json.dumps, ROWS))
    file = tmp_path / "history.parquet"
    duckdb.execute(f"COPY (SELECT * FROM read_json('{rows}')) TO '{file}' (FORMAT parquet)")
    assert main([pattern, str(file)]) == 0
    assert json.loads(capsys.readouterr().out) == ANSWER


def test_lines_that_are_no_posts_are_named_and_the_others_answered(
    tmp_path: Path, pattern: str, capsys: Capture
) -> None:
    file = history(
        tmp_path, "{", "", "[]", '{"id":"x"}', '{"id":null,"text":"x"}', json.dumps(ROWS[0])
    )
    assert main([pattern, file]) == 2
    said = capsys.readouterr()
    assert json.loads(said.out)["caught"] == ["1"]
    assert [word for word in said.err.split() if word.isdigit()] == ["1", "3", "4", "5"]


def test_a_parquet_file_that_is_none(tmp_path: Path, pattern: str, capsys: Capture) -> None:
    file = tmp_path / "history.parquet"
    file.write_bytes(b"PAR0")
    assert main([pattern, str(file)]) == 2
    assert "not a parquet file" in capsys.readouterr().err


def test_a_parquet_file_without_texts_is_named_row_by_row(
    tmp_path: Path, pattern: str, capsys: Capture
) -> None:
    file = tmp_path / "history.parquet"
    duckdb.execute(f"COPY (SELECT 1 AS other) TO '{file}' (FORMAT parquet)")
    assert main([pattern, str(file)]) == 2
    assert "line 1 is not a post" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["{", '{"name":"x","signs":["("]}'])
def test_a_pattern_that_cannot_be_used(tmp_path: Path, text: str, capsys: Capture) -> None:
    file = tmp_path / "pattern.json"
    file.write_text(text, encoding="utf-8")
    assert main([str(file), history(tmp_path, json.dumps(ROWS[0]))]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_missing_files_and_wrong_use(tmp_path: Path, pattern: str, capsys: Capture) -> None:
    for name in ("none.jsonl", "none.parquet"):
        assert main([pattern, str(tmp_path / name)]) == 2
    assert main([str(tmp_path), pattern]) == 2
    binary = tmp_path / "binary.json"
    binary.write_bytes(b"\xff\xfe")
    assert main([str(binary), pattern]) == 2
    assert main([pattern]) == 2
    assert capsys.readouterr().err.count("\n") == 5


def test_help(capsys: Capture) -> None:
    assert main(["-h"]) == 0
    assert capsys.readouterr().out == HELP
