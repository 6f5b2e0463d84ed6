"""`amends ledger verify`: does an exported record add up? Offline, without the store."""

import re
import sys
from pathlib import Path

from amends.ledger import Report, verify

HELP = """amends ledger verify FILE [--kept SIZE:ROOT]...

Checks an exported record, entry by entry, and says whether it adds up.

  FILE              the export, one JSON object per line
  --kept SIZE:ROOT  a head you kept elsewhere: the number of entries, and the root in hex

Exit codes: 0 it adds up, 1 it does not, 2 wrong use or a file that cannot be read.
"""

_KEPT = re.compile(r"(\d{1,15}):([0-9a-f]{64})")

PROVES = """It proves: no byte of these entries changed since the head was made, none is missing,
none was added, swapped or repeated.
It does not prove: that the head is the one that was made then, unless you kept it elsewhere
{kept}; nor that what was entered is true."""


def main(argv: list[str]) -> int:
    """Return the exit code of the command; prints what was found."""
    if {"-h", "--help"} & set(argv[:2]):
        print(HELP, end="")
        return 0
    try:
        file, kept = _arguments(argv)
    except ValueError as error:
        print(f"amends ledger: {error}", file=sys.stderr)
        return 2
    try:
        with file.open("rb") as lines:
            report = verify(lines, kept)
    except OSError as error:
        why = error.strerror or "it cannot be read"
        print(f"amends ledger: {file}: {why}. Give the path of an export.", file=sys.stderr)
        return 2
    return _say(report, kept)


def _arguments(argv: list[str]) -> tuple[Path, dict[int, str]]:
    if len(argv) < 2 or argv[0] != "verify":
        raise ValueError("say what to check: amends ledger verify FILE")
    words = argv[1:]
    kept: dict[int, str] = {}
    while "--kept" in words:
        at = words.index("--kept")
        match = _KEPT.fullmatch(words[at + 1]) if at + 1 < len(words) else None
        if match is None:
            raise ValueError("a kept head is written SIZE:ROOT, the root as 64 hexadecimal digits")
        kept[int(match[1])] = match[2]
        del words[at : at + 2]
    if len(words) != 1:
        raise ValueError("give one file to check")
    return Path(words[0]), kept


def _say(report: Report, kept: dict[int, str]) -> int:
    if report.ok:
        print(f"OK: {report.size} entries, root {report.root}, head of {report.at}.")
        agreed = f"(kept heads that agree: {len(kept)})" if kept else "(see --kept)"
        print(PROVES.format(kept=agreed))
        return 0
    print(f"BROKEN at entry {report.broken}: {report.why}")
    if report.broken:
        print("Entries before it add up.")
    print("Keep this file as it is and make a fresh export.")
    return 1
