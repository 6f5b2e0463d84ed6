"""`amends read` at a shell."""

import io
import json
import sys
from pathlib import Path

import pytest

from amends.cli import read

GOOD = '{"id": 1, "text": "You lied about the price, shame on you.", "seen": "desk"}'
OTHER = '{"id": "b", "text": "gracias, nos vemos el lunes", "lang": "es"}'


def told(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    path = tmp_path / "texts.jsonl"
    path.write_text(f"{GOOD}\n\n{OTHER}\n", "utf-8")
    return path


def test_reads_a_line_a_text(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert read.main([str(texts), "--jsonl"]) == 0
    first, second = told(capsys.readouterr().out)
    assert set(first) == {
        *("id", "lang", "p_reproach", "severity", "p_offensive", "p_hurt", "subject", "unsure"),
        "extra",
    }
    assert (first["id"], first["lang"], first["extra"]) == (1, "en", {"seen": "desk"})
    assert (second["id"], second["lang"]) == ("b", "es")
    assert "extra" not in second
    assert isinstance(first["severity"], list)
    assert sum(first["severity"]) == pytest.approx(first["p_reproach"], abs=1e-6)


def test_keeps_the_language_that_the_line_names(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "one.jsonl"
    path.write_text('{"id": 1, "text": "you are late again today", "lang": "pt"}\n', "utf-8")
    assert read.main([str(path), "--jsonl"]) == 0
    assert told(capsys.readouterr().out)[0]["lang"] == "pt"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("nonsense", "this is not JSON. Write one JSON object a line."),
        ("[1]", 'this is not a JSON object. Write {"id": ..., "text": ...}.'),
        ('{"text": "a"}', '"id" is missing. Give each line a text or a number as its id.'),
        (
            '{"id": true, "text": "a"}',
            '"id" is missing. Give each line a text or a number as its id.',
        ),
        ('{"id": 1}', '"text" is missing. Give the words to read as a JSON string.'),
        (
            '{"id": 1, "text": "a", "lang": 3}',
            '"lang" must be the short name of a language, as "en".',
        ),
    ],
)
def test_names_a_broken_line_and_answers_the_others(
    line: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_text(f"{GOOD}\n{line}\n{OTHER}\n", "utf-8")
    assert read.main([str(path), "--jsonl"]) == 2
    said = capsys.readouterr()
    assert said.err == f"amends read: line 2: {words}\n"
    assert [row["id"] for row in told(said.out)] == [1, "b"]


def test_reads_more_lines_than_it_takes_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "many.jsonl"
    rows = [json.dumps({"id": number, "text": "see you there"}) for number in range(600)]
    path.write_text("\n".join(rows), "utf-8")
    assert read.main([str(path), "--jsonl"]) == 0
    assert [row["id"] for row in told(capsys.readouterr().out)] == list(range(600))


def test_reads_one_plain_text_from_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"shame on you, you lied\n")))
    assert read.main([]) == 0
    (row,) = told(capsys.readouterr().out)
    assert row["id"] == "-"


def test_half_a_character_does_not_stop_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "half.jsonl"
    path.write_text('{"id": "\\ud83d", "text": "sad \\ud83d face today"}\n', "utf-8")
    assert read.main([str(path), "--jsonl"]) == 0
    assert told(capsys.readouterr().out)[0]["id"] == "\ud83d"


def test_a_missing_file_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert read.main(["missing.jsonl", "--jsonl"]) == 2
    assert capsys.readouterr().err == "amends read: missing.jsonl: No such file or directory.\n"


def test_a_file_that_is_no_text_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "picture.bin"
    path.write_bytes(b"\xff\xfe\x00")
    assert read.main([str(path)]) == 2
    assert "this is not text in UTF-8" in capsys.readouterr().err


def test_an_empty_text_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "empty.txt"
    path.write_text("\n", "utf-8")
    assert read.main([str(path)]) == 2
    assert "no words to read" in capsys.readouterr().err


def test_wrong_use_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert read.main(["--nonsense"]) == 2
    assert read.HELP in capsys.readouterr().err


def test_help_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert read.main(["--help"]) == 0
    assert read.HELP in capsys.readouterr().out
