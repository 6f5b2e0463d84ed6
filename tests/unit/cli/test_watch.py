"""`amends watch` as a person uses it: events in, alarms out."""

import io
import json
import subprocess
import sys
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


def test_one_surge_is_one_alarm_and_the_next_week_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    later = NOON + timedelta(days=7)
    again = [
        {"stream": "@ladera", "at": (later + timedelta(minutes=2 * n)).isoformat(),
         "author": f"q{n}", "weight": 2.5}
        for n in range(60)
    ]  # fmt: skip
    path = tmp_path / "events.jsonl"
    path.write_text(events(60) + "\n".join(map(json.dumps, again)), encoding="utf-8")
    assert main([str(path)]) == 0
    alarms = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["at"][:10] for one in alarms] == ["2026-03-02", "2026-03-09"]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"author": None}, "stream, at, author"),
        ({"weight": True}, "a number from 0 to 3"),
        ({"weight": 3.5}, "a number from 0 to 3"),
        ({"weight": float("nan")}, "a number from 0 to 3"),
        ({"weight": None}, "a weight from 0 to 3, or a text"),
    ],
)
def test_a_row_that_cannot_be_weighed_is_named(
    changed: dict[str, object],
    says: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    row = {"stream": "s", "at": NOON.isoformat(), "author": "a", "weight": 1.0, **changed}
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(row)))
    assert main([]) == 2
    assert says in capsys.readouterr().err


def test_rows_are_replayed_by_their_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "events.jsonl"
    path.write_text(events(9), encoding="utf-8")
    main([str(path)])
    straight = capsys.readouterr().out
    path.write_text("\n".join(reversed(events(9).splitlines())), encoding="utf-8")
    main([str(path)])
    assert capsys.readouterr().out == straight != ""


def test_rows_that_bring_their_weight_load_no_reader(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_text(events(9), encoding="utf-8")
    told = (
        "import sys; from amends.cli.watch import main; main([sys.argv[1]]);"
        "sys.exit(any(n.startswith(('amends.readers', 'django')) for n in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", told, str(path)], check=False)
    assert done.returncode == 0


def test_a_line_nested_without_end_is_named_like_any_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "events.jsonl"
    path.write_text("[" * 100_000 + "\n", encoding="utf-8")
    assert main([str(path)]) == 2
    assert capsys.readouterr().err == "amends watch: line 1: it is not JSON\n"
