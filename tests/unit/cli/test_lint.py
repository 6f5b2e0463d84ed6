"""`amends lint` as people and programs use it: texts, lines, wrong use, exit codes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from amends.cli.lint import HELP, guessed, main
from amends.vocabulary.language import Language

Capture = pytest.CaptureFixture[str]
STOPPED = "We are sorry if anyone was offended."
ASKED = "It is true, I was wrong, I am very sorry. It will not happen again."
PASSED = (
    "On Monday we charged 212 customers twice and kept your money for nine days. That was our "
    "mistake, and we are sorry. The money is back in your account today."
)


def written(folder: Path, text: str, name: str = "text") -> str:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return str(file)


def rows(folder: Path, *lines: object) -> str:
    told = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    return written(folder, "\n".join(told), "rows.jsonl")


def answers(capsys: Capture) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def as_process(*arguments: str, told: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    code = "import sys; from amends.cli.lint import main; sys.exit(main(sys.argv[1:]))"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], input=told, capture_output=True, check=False
    )


@pytest.mark.parametrize(("text", "code"), [(STOPPED, 1), (ASKED, 3), (PASSED, 0)])
def test_the_exit_code_says_the_verdict(text: str, code: int, tmp_path: Path) -> None:
    assert main([written(tmp_path, text)]) == code


def test_one_text_as_json(tmp_path: Path, capsys: Capture) -> None:
    assert main(["--json", written(tmp_path, STOPPED)]) == 1
    (answer,) = answers(capsys)
    assert list(answer) == ["id", "verdict", "score", "components", "findings"]
    assert (answer["id"], answer["verdict"]) == ("text", "stop")
    findings = answer["findings"]
    assert isinstance(findings, list)
    one = next(one for one in findings if one["rule"] == "if_apology")
    keys = ["rule", "decision", "start", "end", "message", "instead", "source"]
    assert list(one) == keys
    assert STOPPED[one["start"] : one["end"]] == "sorry if anyone was offended"


def test_words_for_a_person_at_a_shell(tmp_path: Path, capsys: Capture) -> None:
    main([written(tmp_path, f"Hello.\n{STOPPED}\nBye.")])
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith("STOP")
    place = told.index(f"     {STOPPED}")
    marked = told[place + 1]
    underlined = "".join(
        letter for letter, mark in zip(told[place], marked, strict=False) if mark == "^"
    )
    assert underlined == "sorry if anyone was offended"
    assert "Say that it happened" in told[place + 2]


def test_a_long_line_is_shown_around_the_words(tmp_path: Path, capsys: Capture) -> None:
    main([written(tmp_path, "We baked bread " * 40 + STOPPED)])
    told = capsys.readouterr().out.splitlines()
    marked = next(line for line in told if set(line) == {" ", "^"})
    shown = told[told.index(marked) - 1]
    assert len(shown) <= 95
    assert shown[marked.index("^") :].startswith("sorry if")


def test_kind_and_language_can_be_said(tmp_path: Path) -> None:
    text = written(tmp_path, STOPPED)
    assert main(["--kind", "reply", text]) == 3
    assert main(["--kind", "reply", "--lang", "es", text]) == 0


def test_rows_one_answer_each_in_their_order(tmp_path: Path, capsys: Capture) -> None:
    file = rows(
        tmp_path,
        {"id": "a", "text": PASSED},
        "",
        {"id": 2, "text": STOPPED, "kind": "reply", "answers": "You lost my parcel."},
        {"id": "c", "text": "Cálmate.", "kind": "reply", "lang": "es"},
    )
    assert main(["--jsonl", file]) == 1
    given = [(one["id"], one["verdict"]) for one in answers(capsys)]
    assert given == [("a", "pass"), (2, "ask"), ("c", "stop")]


@pytest.mark.parametrize(
    ("texts", "code"),
    [((PASSED,), 0), ((PASSED, ASKED), 3), ((ASKED, STOPPED, PASSED), 1), ((), 0)],
)
def test_the_gravest_row_decides(texts: tuple[str, ...], code: int, tmp_path: Path) -> None:
    file = rows(tmp_path, *({"id": n, "text": text} for n, text in enumerate(texts)))
    assert main(["--jsonl", file]) == code


def test_unknown_keys_come_back_under_extra(tmp_path: Path, capsys: Capture) -> None:
    main(["--jsonl", rows(tmp_path, {"id": 1, "text": PASSED, "by": "Inés", "n": [1]})])
    (answer,) = answers(capsys)
    assert answer["extra"] == {"by": "Inés", "n": [1]}


def test_the_context_is_taken_into_account(tmp_path: Path, capsys: Capture) -> None:
    context = {"evidence": True, "responsibility": "technical", "rules": ["x"], "same_kind_90d": 0}
    file = rows(
        tmp_path,
        {"id": 1, "text": "Our account was hacked. It will not happen again."},
        {"id": 2, "text": "Our account was hacked. It will not happen again.", "context": context},
    )
    main(["--jsonl", file])
    seen = []
    for answer in answers(capsys):
        findings = answer["findings"]
        assert isinstance(findings, list)
        seen.append({one["rule"] for one in findings} & {"hacked_claim", "absolute_promise"})
    assert seen == [{"hacked_claim", "absolute_promise"}, set()]


BAD = [
    ("{", "this is not JSON"),
    ("[]", "not a JSON object"),
    ("7", "not a JSON object"),
    ("[" * 100_000, "this is not JSON"),
    ({"text": "x"}, '"id" is missing'),
    ({"id": True, "text": "x"}, '"id" is missing'),
    ({"id": 1}, '"text" is missing'),
    ({"id": 1, "text": None}, '"text" is missing'),
    ({"id": 1, "text": "x", "lang": "fr"}, "\"lang\" is 'fr'"),
    ({"id": 1, "text": "x", "lang": ["es"]}, '"lang" is'),
    ({"id": 1, "text": "x", "kind": {}}, '"kind" is'),
    ({"id": 1, "text": "x", "kind": "post"}, '"kind" is'),
    ({"id": 1, "text": "x", "answers": 7}, '"answers"'),
    ({"id": 1, "text": "x", "context": "x"}, '"context"'),
    ({"id": 1, "text": "x", "context": {"evidence": "no"}}, '"evidence"'),
    ({"id": 1, "text": "x", "context": {"responsibility": "mine"}}, '"responsibility"'),
    ({"id": 1, "text": "x", "context": {"rules": "r"}}, '"rules"'),
    ({"id": 1, "text": "x", "context": {"same_kind_90d": -1}}, '"same_kind_90d"'),
]


@pytest.mark.parametrize(("line", "words"), BAD)
def test_a_line_that_cannot_be_read_is_named_and_the_others_answered(
    line: object, words: str, tmp_path: Path, capsys: Capture
) -> None:
    file = rows(tmp_path, {"id": "a", "text": STOPPED}, line, {"id": "b", "text": PASSED})
    assert main(["--jsonl", file]) == 2
    said = capsys.readouterr()
    assert [json.loads(one)["id"] for one in said.out.splitlines()] == ["a", "b"]
    assert said.err.startswith("amends lint: line 2: ")
    assert words in said.err
    assert said.err.count("\n") == 1


def test_bytes_that_are_not_utf8_are_a_line_that_cannot_be_read(
    tmp_path: Path, capsys: Capture
) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_bytes(b'{"id": 1, "text": "\xff"}\n{"id": 2, "text": "Sorry."}\n')
    assert main(["--jsonl", str(file)]) == 2
    assert "line 1" in capsys.readouterr().err


def test_half_a_character_does_not_break_the_answer(tmp_path: Path, capsys: Capture) -> None:
    assert main(["--jsonl", rows(tmp_path, '{"id": "\\ud83d", "text": "Sorry. \\ud83d"}')]) == 3
    assert answers(capsys)[0]["id"] == "\ud83d"


def test_an_empty_row_is_answered_and_an_empty_text_is_wrong_use(
    tmp_path: Path, capsys: Capture
) -> None:
    assert main(["--jsonl", rows(tmp_path, {"id": 1, "text": ""})]) == 3
    capsys.readouterr()
    assert main([written(tmp_path, " \n")]) == 2
    assert "no words" in capsys.readouterr().err


WRONG = [
    (["--lang", "fr"], "--lang"),
    (["--kind", "post"], "--kind"),
    (["--json", "--jsonl"], "not allowed"),
    (["--loud"], "--loud"),
    (["one", "two"], "two"),
    (["no-such-file"], "no-such-file"),
    (["."], "."),
]


@pytest.mark.parametrize(("arguments", "words"), WRONG)
def test_wrong_use_is_one_line_that_helps(
    arguments: list[str], words: str, capsys: Capture
) -> None:
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert words in said.err


def test_a_text_in_another_encoding_is_wrong_use(tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / "text"
    file.write_bytes("Perdón.".encode("latin-1"))
    assert main([str(file)]) == 2
    assert "UTF-8" in capsys.readouterr().err


def test_help(capsys: Capture) -> None:
    assert main(["--help"]) == 0
    assert HELP in capsys.readouterr().out
    assert "\n" not in HELP


GUESSES = [
    (STOPPED, Language.EN),
    ("Sorry.", Language.EN),
    ("", Language.EN),
    ("Perdona, cálmate.", Language.ES),
    ("Lo sentimos si alguien se ha ofendido.", Language.ES),
    ("Lamentamos lo ocurrido.", Language.ES),
    ("The café in Málaga is closed, we are sorry.", Language.EN),
    ("Disculpen las molestias", Language.ES),
]


@pytest.mark.parametrize(("text", "language"), GUESSES)
def test_the_language_is_guessed(text: str, language: Language) -> None:
    assert guessed(text) is language


def test_as_a_process_from_standard_input() -> None:
    done = as_process("--json", told="Perdón si os ha molestado.".encode())
    assert done.returncode == 1
    assert json.loads(done.stdout)["verdict"] == "stop"
    assert done.stderr == b""


def test_as_a_process_in_lines() -> None:
    told = b'{"id": 1, "text": "Calm down.", "kind": "reply"}\nnonsense\n'
    done = as_process("--jsonl", "-", told=told)
    assert done.returncode == 2
    assert json.loads(done.stdout)["verdict"] == "stop"
    assert done.stderr.startswith(b"amends lint: line 2: ")


def test_it_loads_no_web_framework_and_no_models() -> None:
    code = (
        "import sys; from amends.cli.lint import main; main(['--help']); "
        "heavy = {'django', 'numpy', 'duckdb', 'httpx', 'onnxruntime', 'regex', 're2'}; "
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
