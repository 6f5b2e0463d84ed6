"""`amends watch` as a person uses it: events in, alarms out."""

import io
import json
from datetime import timedelta
from pathlib import Path

import pytest

from amends.cli.watch import main
from tests.cast import NOON


def events(n: int, *, weight: float = 2.5) -> str:
    rows = []
    for day in range(15):
        at = NOON - timedelta(days=15 - day)
        rows.append({"stream": "@ladera", "at": at.isoformat(), "author": "sour", "weight": 0.5})
    for person in range(n):
        at = NOON + timedelta(minutes=3 * person)
        rows.append(
            {"stream": "@ladera", "at": at.isoformat(), "author": f"p{person}", "weight": weight}
        )
    return "".join(json.dumps(row) + "\n" for row in rows)


def test_nine_people_are_an_alarm(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "events.jsonl"
    path.write_text(events(9), encoding="utf-8")
    assert main([str(path)]) == 0
    alarm, *_ = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert set(alarm) == {"stream", "at", "level", "people", "since"}
    assert alarm["stream"] == "@ladera"
    assert alarm["people"] >= 3


def test_two_people_are_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "events.jsonl"
    path.write_text(events(2), encoding="utf-8")
    assert main([str(path)]) == 0
    assert capsys.readouterr().out == ""


def test_a_larger_budget_of_quiet_days_asks_for_more(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "events.jsonl"
    path.write_text(events(4, weight=1.0), encoding="utf-8")
    main([str(path), "--false-alarm-days", "0.01"])
    early = capsys.readouterr().out
    main([str(path), "--false-alarm-days", "30000"])
    assert early
    assert capsys.readouterr().out == ""


def test_texts_are_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kind = "thank you, see you on Monday"
    rows = [
        {"stream": "s", "at": NOON.isoformat(), "author": f"p{n}", "text": kind} for n in range(9)
    ]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(json.dumps(row) for row in rows)))
    assert main([]) == 0
    assert capsys.readouterr().out == ""


def test_damaged_lines_are_named_and_the_others_answered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "events.jsonl"
    naive = json.dumps({"stream": "s", "at": "2026-03-01T12:00:00", "author": "a", "weight": 1})
    path.write_text(f"{{broken\n{naive}\n{events(9)}", encoding="utf-8")
    assert main([str(path)]) == 2
    told = capsys.readouterr()
    assert "line 1:" in told.err
    assert "line 2: the time has no zone" in told.err
    assert told.out.splitlines()


def test_a_missing_file_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["no-such-file.jsonl"]) == 2
    assert capsys.readouterr().err == (
        "amends watch: cannot read no-such-file.jsonl: No such file or directory.\n"
    )
