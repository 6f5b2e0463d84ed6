"""`amends lint`: is this apology, or this answer, credible? Without the store."""

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NoReturn

from amends.answer.statement import Lint, lint
from amends.rulebook.rule import Decision, Finding
from amends.rulebook.words import COMMON, words_of
from amends.vocabulary.errors import BadInput
from amends.vocabulary.incident import Circumstances, Responsibility
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft, DraftKind

HELP = "amends lint [--kind statement|reply] [--lang en|es] [FILE|-] [--json|--jsonl]"

_EXITS = {Decision.PASS: 0, Decision.STOP: 1, Decision.ASK: 3}
_WRONG_USE = 2
_KINDS = {"statement": DraftKind.STATEMENT, "reply": DraftKind.REPLY}
_LANGUAGES = tuple(language.value for language in Language)
_KNOWN_KEYS = frozenset({"id", "text", "kind", "lang", "answers", "context"})

# Words and letters that give a short answer away, where the common words are silent.
_CUES = {
    Language.EN: re.compile(r"\b(?:sorry|apolog\w+|regret\w*|thanks?|hello|hi|dear|please)\b"),
    Language.ES: re.compile(
        r"\b(?:perd[oó]n\w*|disculp\w*|siento|sentimos|lament\w+|gracias|hola|favor)\b|[áéíóúñ¿¡]"
    ),
}


def guessed(text: str) -> Language:
    """Return the language that more of the text's words speak for; English where none does.

    >>> guessed("Perdona, cálmate."), guessed("Sorry, my mistake.")
    (<Language.ES: 'es'>, <Language.EN: 'en'>)
    """
    words, lowered = words_of(text), text.lower()
    votes = {
        language: sum(word in COMMON[language] for word in words) + len(cues.findall(lowered))
        for language, cues in _CUES.items()
    }
    return Language.ES if votes[Language.ES] > votes[Language.EN] else Language.EN


@dataclass(frozen=True)
class _Choice:
    """What was asked for at the command line; rows may say otherwise for themselves."""

    kind: DraftKind
    language: Language | None
    file: str
    shape: str  # "words", "json" or "jsonl"


class _Parser(argparse.ArgumentParser):
    """A parser that answers wrong use with one line."""

    def error(self, message: str) -> NoReturn:
        raise BadInput(f"{message}. Use: {HELP}")


def _parser() -> _Parser:
    parser = _Parser(
        prog="amends lint",
        usage=HELP,
        description="Says whether an apology or an answer is credible, and what to change.",
        epilog="Exit codes: 0 pass, 1 stop, 3 ask, 2 wrong use or a line that cannot be read. "
        "JSONL in: id, text, and where known kind, lang, answers, context "
        "(evidence, responsibility, rules, same_kind_90d).",
    )
    parser.add_argument("--kind", choices=tuple(_KINDS), default="statement", help="what it is")
    parser.add_argument("--lang", choices=_LANGUAGES, help="its language; guessed when left out")
    parser.add_argument("file", nargs="?", default="-", metavar="FILE", help="a text, - for stdin")
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="one text in, one JSON object out")
    shape.add_argument("--jsonl", action="store_true", help="one JSON object a line, in and out")
    return parser


def main(argv: list[str]) -> int:
    """Return the exit code of the command; prints what the rules say."""
    try:
        choice = _chosen(argv)
    except SystemExit:  # --help has printed what it had to say
        return 0
    except BadInput as error:
        _complain(str(error))
        return _WRONG_USE
    try:
        return _many(choice) if choice.shape == "jsonl" else _one(choice)
    except BadInput as error:
        _complain(str(error))
    except OSError as error:
        _complain(f"{error.filename or choice.file}: {error.strerror or 'it cannot be read'}.")
    except UnicodeDecodeError:
        _complain(f"{choice.file} is not text in UTF-8. Save it as UTF-8 and try again.")
    return _WRONG_USE


def _chosen(argv: list[str]) -> _Choice:
    said = _parser().parse_args(argv)
    return _Choice(
        kind=_KINDS[said.kind],
        language=Language(said.lang) if said.lang else None,
        file=said.file,
        shape="jsonl" if said.jsonl else "json" if said.json else "words",
    )


def _complain(words: str) -> None:
    print(f"amends lint: {words}", file=sys.stderr)


def _bytes(file: str) -> bytes:
    return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()


def _lines(file: str) -> Iterator[bytes]:
    """Yield the lines as they come, so that a long file never lies in memory."""
    if file == "-":
        yield from sys.stdin.buffer
        return
    with Path(file).open("rb") as lines:
        yield from lines


def _one(choice: _Choice) -> int:
    text = _bytes(choice.file).decode("utf-8-sig").rstrip("\n")
    if not text.strip():
        raise BadInput("there are no words to read. Give a file with the text, or pipe it in.")
    draft = Draft(text=text, language=choice.language or guessed(text), kind=choice.kind)
    found = lint(draft)
    if choice.shape == "json":
        name = "-" if choice.file == "-" else Path(choice.file).name
        print(_as_json(_answer(name, found)))
    else:
        print("\n".join(_told(draft, found)))
    return _EXITS[found.verdict]


def _many(choice: _Choice) -> int:
    gravest, unread = Decision.PASS, False
    for number, line in enumerate(_lines(choice.file), start=1):
        if not line.strip():
            continue
        try:
            row = _row(line)
            found = lint(_draft(row, choice))
        except BadInput as error:
            _complain(f"line {number}: {error}")
            unread = True
            continue
        gravest = max(gravest, found.verdict)
        extra = {key: value for key, value in row.items() if key not in _KNOWN_KEYS}
        print(_as_json(_answer(row["id"], found, extra)))
    return _WRONG_USE if unread else _EXITS[gravest]


def _row(line: bytes) -> dict[str, object]:
    """Return the line's object.

    Raises:
        BadInput: it is no JSON object, or has no id or no text.
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
    return row


def _draft(row: dict[str, object], choice: _Choice) -> Draft:
    text, answers = str(row["text"]), row.get("answers") or ""
    if not isinstance(answers, str):
        raise BadInput('"answers" must be the text that is answered.')
    return Draft(
        text=text,
        language=_language(row, choice, text),
        kind=_kind(row, choice),
        answers=answers,
        circumstances=_circumstances(row.get("context") or {}),
    )


def _language(row: dict[str, object], choice: _Choice, text: str) -> Language:
    said = row.get("lang")
    if said is None:
        return choice.language or guessed(text)
    if said not in _LANGUAGES:
        raise BadInput(f'"lang" is {said!r}; the rules know {" and ".join(_LANGUAGES)}.')
    return Language(said)


def _kind(row: dict[str, object], choice: _Choice) -> DraftKind:
    said = row.get("kind")
    if said is None:
        return choice.kind
    if said not in tuple(_KINDS):  # a list would not hash
        raise BadInput(f'"kind" is {said!r}; write {" or ".join(_KINDS)}.')
    return _KINDS[str(said)]


def _circumstances(context: object) -> Circumstances:
    if not isinstance(context, dict):
        raise BadInput('"context" must be a JSON object.')
    known = Circumstances()
    evidence = context.get("evidence", known.evidence)
    rules = context.get("rules") or ()
    before = context.get("same_kind_90d", known.same_kind_90d)
    if not isinstance(evidence, bool):
        raise BadInput('"evidence" must be true or false.')
    if not isinstance(rules, list | tuple) or not all(isinstance(one, str) for one in rules):
        raise BadInput('"rules" must be a list of rule names.')
    if not isinstance(before, int) or isinstance(before, bool) or before < 0:
        raise BadInput('"same_kind_90d" must be a number, 0 or more.')
    return replace(
        known,
        evidence=evidence,
        responsibility=_responsibility(context.get("responsibility", known.responsibility)),
        rules=tuple(rules),
        same_kind_90d=before,
    )


def _responsibility(said: object) -> Responsibility:
    words = tuple(one.value for one in Responsibility)
    if said not in words:
        raise BadInput(f'"responsibility" must be one of {", ".join(words)}.')
    return Responsibility(said)


def _answer(name: object, found: Lint, extra: dict[str, object] | None = None) -> dict[str, object]:
    answer: dict[str, object] = {
        "id": name,
        "verdict": found.verdict.word,
        "score": found.score,
        "components": {part: list(at) if at else None for part, at in found.components.items()},
        "findings": [_finding(one) for one in found.findings],
    }
    return {**answer, "extra": extra} if extra else answer


def _as_json(answer: dict[str, object]) -> str:
    line = json.dumps(answer, ensure_ascii=False)
    # Half a character, as "\\ud83d" alone, is legal JSON and no text that can be printed.
    return line if line.isprintable() else json.dumps(answer)


def _finding(one: Finding) -> dict[str, object]:
    return {
        "rule": one.rule,
        "decision": one.decision.word,
        "start": one.start,
        "end": one.end,
        "message": one.message,
        "instead": one.instead,
        "source": one.source,
    }


_VERDICTS = {
    Decision.PASS: "PASS: nothing to change.",
    Decision.ASK: "ASK: look at these before it goes out.",
    Decision.STOP: "STOP: change this, or have a second person read it.",
}


def _told(draft: Draft, found: Lint) -> Iterator[str]:
    """Yield what a person at a shell reads: the verdict, then each finding, gravest first."""
    yield _VERDICTS[found.verdict]
    for one in sorted(found.findings, key=lambda one: -one.decision):
        yield ""
        yield f"{one.decision.word.upper():<5}{one.rule}"
        if one.end > one.start:
            yield from _underlined(draft.text, one.start, one.end)
        yield f"     {one.message} {one.instead}"
        yield f"     ({one.source})"
    present = [part for part, at in found.components.items() if at]
    yield ""
    yield f"Parts found: {', '.join(present) or 'none'}. Score {found.score:.2f} (shown, not used)."


def _underlined(text: str, start: int, end: int) -> Iterable[str]:
    """Return the line of the text in which the words stand, and marks under them."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", start)
    line = text[first:] if last == -1 else text[first:last]
    begin = max(0, start - first - 40)
    shown = line[begin : begin + 90].replace("\t", " ")
    marks = " " * (start - first - begin) + "^" * (min(end - first, len(line)) - (start - first))
    return f"     {shown}", f"     {marks[:90]}"
