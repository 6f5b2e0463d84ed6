"""`amends check`: reviews drafts as one of your accounts."""

import argparse
import json
import sys
from pathlib import Path

from amends.cli.with_store import REFUSED, with_store
from amends.vocabulary.errors import BadInput

HELP = "review drafts as an account"
CODES = {"pass": 0, "stop": 1, "ask": 3}
KNOWN = frozenset({"id", "account", "text", "reply_to", "at"})


def main(argv: list[str]) -> int:
    """Review one draft, or one a line, and return 0 pass, 1 stop, 3 ask, 2 wrong use."""
    parser = argparse.ArgumentParser(prog="amends check", description=HELP)
    parser.add_argument("--account", help="handle of the account that would publish")
    parser.add_argument("file", nargs="?", default="-", help="the draft; - for standard input")
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="one JSON object")
    shape.add_argument(
        "--jsonl", action="store_true", help="in {id, account, text, reply_to?, at?}, one a line"
    )
    wanted = parser.parse_args(argv)
    if not wanted.jsonl and not wanted.account:
        parser.error("say which account would publish, with --account HANDLE")
    return with_store("check", lambda: _check(wanted))


def _check(wanted: argparse.Namespace) -> int:
    text = _read(wanted.file)
    if wanted.jsonl:
        return _check_lines(text, wanted.account)
    result = reviewed(wanted.account, text)
    if wanted.json:
        print(json.dumps(result, ensure_ascii=False))
    else:
        _tell(result)
    return CODES[str(result["verdict"])]


def _read(name: str) -> str:
    try:
        if name == "-":
            return sys.stdin.read()
        return Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise BadInput(f"Cannot read {name}: {reason}.") from error


def reviewed(handle: str, text: str, reply_to: str = "") -> dict[str, object]:
    """Return the verdict on one draft, as the contract writes it.

    Raises:
        BadInput: there is no such account, or no text.
    """
    from amends.flows import draft
    from amends.store import brands

    if not text.strip():
        raise BadInput("There are no words yet: give the draft as a file or on standard input.")
    account = brands.account_by_handle(handle)
    kind = "reply" if reply_to else "post"
    found = draft.review(account.id, text, kind=kind, answers=reply_to)
    return {
        "verdict": found.decision,
        "findings": [
            {
                "rule": one.rule,
                "decision": one.decision.word,
                "start": one.start,
                "end": one.end,
                "message": one.message,
                "instead": one.instead,
                "source": one.source,
            }
            for one in found.findings
        ],
        "likely_account": found.likely.handle if found.likely else "",
    }


def _check_lines(text: str, default: str | None) -> int:
    gravest, broken = "pass", False
    order = ("pass", "ask", "stop")
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = _row(line)
            result = reviewed(
                str(row.get("account") or default or ""),
                str(row["text"]),
                str(row.get("reply_to") or ""),
            )
        except (ValueError, KeyError, RecursionError, BadInput) as problem:
            print(f"amends check: line {number}: {_why(problem)}", file=sys.stderr)
            broken = True
            continue
        extra = {key: value for key, value in row.items() if key not in KNOWN}
        more: dict[str, object] = {"extra": extra} if extra else {}
        print(json.dumps({"id": row.get("id"), **result, **more}, ensure_ascii=False))
        gravest = max(gravest, str(result["verdict"]), key=order.index)
    return REFUSED if broken else CODES[gravest]


def _row(line: str) -> dict[str, object]:
    row = json.loads(line)
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise BadInput("it must be an object with a text")
    return row


def _why(problem: Exception) -> str:
    if isinstance(problem, json.JSONDecodeError):
        return f"it is not JSON ({problem.msg})"
    return str(problem)


def _tell(result: dict[str, object]) -> None:
    print(str(result["verdict"]).upper())
    findings = result["findings"]
    for one in findings if isinstance(findings, list) else []:
        print(f"  {one['rule']} ({one['decision']}): {one['message']}")
        print(f"    instead: {one['instead']}")
    if result["likely_account"]:
        print(f"  likely account: @{result['likely_account']}")
