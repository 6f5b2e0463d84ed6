"""`amends read`: what the reader measures in texts. Without the store."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn

from amends.readers import read
from amends.vocabulary.errors import BadInput
from amends.vocabulary.language import Language
from amends.vocabulary.mention import Reading

HELP = "amends read [FILE|-] [--jsonl]"

_WRONG = 2
_KNOWN = frozenset({"id", "text", "lang"})
_AT_ONCE = 256  # texts read together, so that a long file never lies in memory
_DIGITS = 6


class _Parser(argparse.ArgumentParser):
    """A parser that answers wrong use with one line."""

    def error(self, message: str) -> NoReturn:
        raise BadInput(f"{message}. Use: {HELP}")


def _parser() -> _Parser:
    parser = _Parser(
        prog="amends read",
        usage=HELP,
        description="Measures reproach, its severity, rudeness and hurt in texts. One text in, "
        "one JSON object out; with --jsonl, one {id, text, lang} a line, in and out.",
        epilog="severity holds hint, disapproval, accusation and blame, and sums to p_reproach. "
        "Exit codes: 0 read, 2 wrong use or a line that cannot be read.",
    )
    parser.add_argument("file", nargs="?", default="-", metavar="FILE", help="texts, - for stdin")
    parser.add_argument("--jsonl", action="store_true", help="one JSON object a line, in and out")
    return parser


def main(argv: list[str]) -> int:
    """Print a reading a text, and return 0, or 2 when something could not be read."""
    try:
        chosen = _parser().parse_args(argv)
        return _many(chosen.file) if chosen.jsonl else _one(chosen.file)
    except SystemExit:  # --help has printed what it had to say
        return 0
    except BadInput as error:
        words = str(error)
    except OSError as error:
        words = f"{error.filename}: {error.strerror}."
    except UnicodeDecodeError:
        words = "this is not text in UTF-8. Save it as UTF-8 and try again."
    return _complain(words)


def _complain(words: str) -> int:
    print(f"amends read: {words}", file=sys.stderr)
    return _WRONG


def _one(file: str) -> int:
    held = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    text = held.decode("utf-8-sig").rstrip("\n")
    if not text.strip():
        raise BadInput("there are no words to read. Give a file with the text, or pipe it in.")
    _answer([{"id": "-" if file == "-" else Path(file).name, "text": text}])
    return 0


def _many(file: str) -> int:
    waiting: list[dict[str, Any]] = []
    exit_code = 0
    for number, line in enumerate(_lines(file), start=1):
        if not line.strip():
            continue
        try:
            waiting.append(_row(line))
        except BadInput as error:
            exit_code = _complain(f"line {number}: {error}")
        if len(waiting) == _AT_ONCE:
            _answer(waiting)
            waiting.clear()
    _answer(waiting)
    return exit_code


def _lines(file: str) -> Iterator[bytes]:
    if file == "-":
        yield from sys.stdin.buffer
        return
    with Path(file).open("rb") as lines:
        yield from lines


def _row(line: bytes) -> dict[str, Any]:
    """Return the line's object.

    Raises:
        BadInput: it is no JSON object, has no id or no text, or names no language.
    """
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise BadInput("this is not JSON. Write one JSON object a line.") from None
    if not isinstance(row, dict):
        raise BadInput('this is not a JSON object. Write {"id": ..., "text": ...}.')
    if not isinstance(row.get("id"), str | int) or isinstance(row["id"], bool):
        raise BadInput('"id" is missing. Give each line a text or a number as its id.')
    if not isinstance(row.get("text"), str):
        raise BadInput('"text" is missing. Give the words to read as a JSON string.')
    if not isinstance(row.get("lang"), str | None):
        raise BadInput('"lang" must be the short name of a language, as "en".')
    return row


def _answer(rows: Sequence[dict[str, Any]]) -> None:
    for row, reading in zip(rows, read([row["text"] for row in rows]), strict=True):
        line = json.dumps(_told(row, reading), ensure_ascii=False)
        # Half a character, as "\\ud83d" alone, is legal JSON and no text that can be printed.
        print(line if line.isprintable() else json.dumps(_told(row, reading)))


def _told(row: dict[str, Any], reading: Reading) -> dict[str, Any]:
    severity = [round(part, _DIGITS) for part in reading.severity]
    told: dict[str, Any] = {
        "id": row["id"],
        "lang": row.get("lang") or _name(reading.language),
        "p_reproach": round(sum(severity), _DIGITS),
        "severity": severity,
        "p_offensive": round(reading.p_offensive, _DIGITS),
        "p_hurt": round(reading.p_hurt, _DIGITS),
        "subject": reading.subject,
        "unsure": reading.unsure,
    }
    extra = {key: value for key, value in row.items() if key not in _KNOWN}
    return {**told, "extra": extra} if extra else told


def _name(language: Language | None) -> str | None:
    return language.value if language else None
