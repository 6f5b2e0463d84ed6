"""`amends replay`: what a learned rule would have done over a history. Without the store."""

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from amends.learn.replay import Replay, replay
from amends.rulebook.pattern import Pattern, from_json
from amends.vocabulary.errors import BadInput
from amends.vocabulary.post import Post

HELP = """amends replay PATTERN.json HISTORY.(jsonl|parquet)

Says what a rule would have caught and wrongly stopped over a history of posts.

  PATTERN.json  a pattern, as a lesson exports it
  HISTORY       rows of id, text, and where known account, at and mistake (true or false)

Prints one JSON object: rule, caught (ids), would_stop, of, examples.
Exit codes: 0 answered, 2 wrong use or a row that cannot be read (the others are answered).
"""

# Rows without a time stand at the beginning of time; a replay does not look at it.
_NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)


class _Rows:
    """The rows of a history as posts; what cannot be read is named on standard error."""

    def __init__(self) -> None:
        self.unread = 0
        self.mistakes: set[str] = set()

    def posts(self, rows: Iterable[tuple[int, object]]) -> Iterator[Post]:
        for number, row in rows:
            post = self._post(row)
            if post is None:
                self.unread += 1
                _complain(f"line {number} is not a post with an id and a text; it is left out")
            else:
                yield post

    def _post(self, row: object) -> Post | None:
        if not isinstance(row, dict) or not isinstance(row.get("text"), str):
            return None
        name, account = row.get("id"), row.get("account") or ""
        if not isinstance(name, str | int) or isinstance(name, bool) or name == "":
            return None
        if row.get("mistake") is True:
            self.mistakes.add(str(name))
        return Post(id=str(name), account_id=str(account), text=row["text"], at=_NO_TIME)


def main(argv: list[str]) -> int:
    """Return the exit code of the command; prints what the rule would have done."""
    if argv[:1] in (["-h"], ["--help"]):
        print(HELP, end="")
        return 0
    if len(argv) != 2:
        _complain("give a pattern and a history: amends replay PATTERN.json HISTORY.jsonl")
        return 2
    try:
        return _run(Path(argv[0]), Path(argv[1]))
    except OSError as error:
        _complain(f"{error.filename or argv[1]}: {error.strerror or 'it cannot be read'}")
    except UnicodeDecodeError:
        _complain(f"{argv[0]} is not text in UTF-8. Export the pattern again.")
    except BadInput as error:
        _complain(str(error))
    return 2


def _run(pattern_file: Path, history: Path) -> int:
    rows = _Rows()
    pattern = from_json(pattern_file.read_text(encoding="utf-8"))
    result = replay(pattern, rows.posts(_history(history)), rows.mistakes)
    print(json.dumps(_answer(pattern, result), ensure_ascii=False))
    return 2 if rows.unread else 0


def _complain(words: str) -> None:
    print(f"amends replay: {words}", file=sys.stderr)


def _answer(pattern: Pattern, result: Replay) -> dict[str, object]:
    return {
        "rule": pattern.name,
        "caught": list(result.caught),
        "would_stop": result.would_stop,
        "of": result.of,
        "examples": [{"id": post.id, "text": post.text} for post in result.examples],
    }


def _history(file: Path) -> Iterator[tuple[int, object]]:
    return enumerate(_parquet(file), 1) if file.suffix == ".parquet" else _jsonl(file)


def _jsonl(file: Path) -> Iterator[tuple[int, object]]:
    with file.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield number, _parsed(line)


def _parsed(line: bytes) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


_COLUMNS = ("id", "account", "text", "mistake")


def _parquet(file: Path) -> Iterator[object]:
    # Imported here: it takes a fifth of a second, and most histories are JSONL.
    import duckdb

    file.open("rb").close()  # a missing file is an OSError, as for JSONL
    try:
        table = duckdb.read_parquet(str(file))
        names = [name for name in _COLUMNS if name in table.columns]
        rows = duckdb.execute(
            f"SELECT {', '.join(names) or 'NULL'} FROM read_parquet(?)",  # noqa: S608 - our own names
            [str(file)],
        )
        while batch := rows.fetchmany(4096):
            yield from (dict(zip(names, row, strict=False)) for row in batch)
    except duckdb.Error:
        raise BadInput(f"{file.name} is not a parquet file that can be read.") from None
