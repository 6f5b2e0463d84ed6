"""`amends ledger verify` as a person at a shell meets it."""

from pathlib import Path

import pytest

from amends.cli.ledger import HELP, main
from amends.ledger import verify
from tests.unit.test_ledger import export

Capture = pytest.CaptureFixture[str]


def written(folder: Path, lines: list[str]) -> str:
    file = folder / "record.jsonl"
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return str(file)


def test_a_whole_record_says_what_it_proves_and_what_not(tmp_path: Path, capsys: Capture) -> None:
    assert main(["verify", written(tmp_path, export(9))]) == 0
    out = capsys.readouterr().out
    assert out.startswith("OK: 9 entries, root ")
    assert "It proves" in out
    assert "It does not prove" in out


def test_damage_is_exit_one_with_the_entry_and_the_sentence(
    tmp_path: Path, capsys: Capture
) -> None:
    lines = export(9)
    del lines[5]
    assert main(["verify", written(tmp_path, lines)]) == 1
    assert "BROKEN at entry 5: Entry 5 is missing" in capsys.readouterr().out


def test_a_kept_head_exposes_a_new_history(tmp_path: Path, capsys: Capture) -> None:
    file = written(tmp_path, export(9))
    good = verify(export(4)).root
    assert main(["verify", file, "--kept", f"4:{good}"]) == 0
    assert "kept heads that agree: 1" in capsys.readouterr().out
    assert main(["verify", "--kept", f"4:{'0' * 64}", file]) == 1


@pytest.mark.parametrize(
    "argv",
    [[], ["verify"], ["check", "x"], ["verify", "a", "b"], ["verify", "a", "--kept"]],
)
def test_wrong_use_is_exit_two_in_one_line(argv: list[str], capsys: Capture) -> None:
    assert main(argv) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_missing_file_and_a_folder_are_exit_two(tmp_path: Path, capsys: Capture) -> None:
    assert main(["verify", str(tmp_path / "none.jsonl")]) == 2
    assert main(["verify", str(tmp_path)]) == 2
    assert "Give the path of an export" in capsys.readouterr().err


def test_a_binary_file_is_damage_not_a_crash(tmp_path: Path) -> None:
    file = tmp_path / "record.jsonl"
    file.write_bytes(b"\x89PNG\r\n\x00\xff")
    assert main(["verify", str(file)]) == 1


def test_help(capsys: Capture) -> None:
    assert main(["--help"]) == 0
    assert capsys.readouterr().out == HELP
