"""An export checked, line by line: does the record add up, and if not, where first?

A file is entries in their order, with head lines between them wherever one was made and one
at the end. Every line must be written in canonical form, so no byte can change unnoticed.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeGuard

from amends.ledger.entries import HASH, MOST, OPAQUE, VERSION, canonical, head_sum
from amends.ledger.tree import Frontier, append_hash, leaf_hash, root
from amends.vocabulary.record import Verb

LONGEST_LINE = 65_536  # bytes; an entry has about 300
BACKWARDS = timedelta(minutes=5)  # clocks are set right now and then
_VERBS = frozenset(Verb)
_NEEDED = frozenset({"v", "seq", "at", "actor", "verb", "object"})
_ALLOWED = _NEEDED | {"content_hash", "stage", "brand", "rules"}
_EMPTY_ROOTS: Mapping[int, str] = {}


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found. `broken` is the number of the first entry that does not add up.

    Entries are numbered by their place from 0, as `seq` does; for a broken head it is the
    first entry that no earlier good head vouches for.
    """

    ok: bool
    size: int  # entries that were read and added up so far
    root: str  # hex, over those entries
    at: str = ""  # time of the last head
    heads: int = 0  # heads that agreed
    broken: int | None = None
    why: str = ""  # one sentence, "" when ok


class _Broken(Exception):
    """Carries the sentence, and the entry's number where it is not the next one."""

    def __init__(self, why: str, entry: int | None = None) -> None:
        super().__init__(why)
        self.entry = entry


@dataclass(slots=True)
class _Check:
    """Where the check stands; lives only while `verify` runs."""

    kept: Mapping[int, str]
    frontier: Frontier = field(default_factory=Frontier)
    vouched: int = 0  # entries under the last good head
    heads: int = 0
    ended: bool = False  # the last line read was a head
    head_at: str = ""
    last_at: datetime | None = None
    time_moved: bool = False

    @property
    def number(self) -> int:
        return self.frontier.size


def verify(lines: Iterable[bytes | str], kept: Mapping[int, str] = _EMPTY_ROOTS) -> Report:
    """Return whether an export adds up, and the first entry that does not.

    Args:
        lines: The file's lines, with or without their line ends.
        kept: Heads kept elsewhere: root (hex) by size. Only they can expose a record that
            was rewritten as a whole, or cut and given a new head.

    >>> verify([]).why
    'The file has no head line at its end, so nobody can say whether the tail was cut.'
    """
    check = _Check(kept)
    try:
        for raw in lines:
            _take(check, raw.encode("utf-8", "surrogatepass") if isinstance(raw, str) else raw)
        _finish(check)
    except _Broken as broken:
        number = check.number if broken.entry is None else broken.entry
        return _report(check, broken=number, why=str(broken))
    return _report(check, broken=None, why="")


def _report(check: _Check, *, broken: int | None, why: str) -> Report:
    return Report(
        ok=not why,
        size=check.number,
        root=root(check.frontier).hex(),
        at=check.head_at,
        heads=check.heads,
        broken=broken,
        why=why,
    )


def _finish(check: _Check) -> None:
    if not check.ended:
        raise _Broken(
            "The file has no head line at its end, so nobody can say whether the tail was cut.",
            check.vouched,
        )
    if missing := [size for size in check.kept if size > check.number]:
        raise _Broken(
            f"The file ends after {check.number} entries, but a kept head has {max(missing)}: "
            "the tail was cut."
        )


def _take(check: _Check, raw: bytes) -> None:
    text = raw.removesuffix(b"\n")
    value = _parsed(text, check.number)
    if "head" in value:
        _take_head(check, value)
    else:
        _take_entry(check, value, text)


def _no_number(text: str) -> object:
    raise ValueError(text)


_decode = json.JSONDecoder(parse_float=_no_number, parse_constant=_no_number).decode


def _parsed(text: bytes, number: int) -> dict[str, object]:
    if len(text) > LONGEST_LINE:
        raise _Broken(f"Entry {number} is longer than an entry can be: it is damaged.")
    try:
        value = _decode(text.decode())
        as_written = canonical(value)
    except (ValueError, RecursionError):
        raise _Broken(f"Entry {number} cannot be read: its JSON is damaged.") from None
    if not isinstance(value, dict):
        raise _Broken(f"Entry {number} is not an entry: it holds no fields.")
    if as_written != text:
        raise _Broken(f"Entry {number} is not written in canonical form: it was edited.")
    return value


def _take_entry(check: _Check, value: dict[str, object], text: bytes) -> None:
    said = value.pop("leaf", None)
    _check_order(check.number, value.get("seq"))
    _check_fields(check.number, value)
    # The line is canonical, so without its hash it is the leaf; no string holds a bare quote.
    hashed = leaf_hash(text if said is None else text.replace(f',"leaf":"{said}"'.encode(), b"", 1))
    if said is not None and said != hashed.hex():
        raise _Broken(f"Entry {check.number} was changed: it no longer gives its own hash.")
    _check_time(check, value)
    check.frontier = append_hash(check.frontier, hashed)
    check.ended = False
    if check.number in check.kept:
        _check_kept(check)


def _check_order(number: int, seq: object) -> None:
    if type(seq) is not int or not 0 <= seq < MOST:
        raise _Broken(f"Entry {number} has no number of its own.")
    if seq > number:
        raise _Broken(f"Entry {number} is missing: entry {seq} stands in its place.")
    if seq < number:
        raise _Broken(
            f"At place {number} stands entry {seq} once more: "
            "entries were repeated, swapped or inserted."
        )


def _check_fields(number: int, value: dict[str, object]) -> None:
    names = value.keys()
    if not names >= _NEEDED or not names <= _ALLOWED:
        odd = ", ".join(sorted((_NEEDED - names) | (names - _ALLOWED)))
        raise _Broken(f"Entry {number} does not have the fields of an entry: {odd}.")
    if type(value["v"]) is not int or value["v"] != VERSION:
        raise _Broken(f"Entry {number} has a version that this verifier does not know.")
    if not isinstance(value["verb"], str) or value["verb"] not in _VERBS:
        raise _Broken(f"Entry {number} has a verb that is not in the list.")
    rules = value.get("rules", [])
    ids = [value["actor"], value["object"], value.get("stage", ""), value.get("brand", "")]
    ids += rules if isinstance(rules, list) else [None]
    if not all(isinstance(one, str) and OPAQUE.fullmatch(one) for one in ids):
        raise _Broken(f"Entry {number} holds something that is not an id.")
    content = value.get("content_hash", "")
    if not isinstance(content, str) or not HASH.fullmatch(content):
        raise _Broken(f"Entry {number} has a content hash that is not one.")


def _time(number: int, text: object) -> datetime:
    """Return the time; `fromisoformat` is fast, and the round trip keeps it strict."""
    try:
        if isinstance(text, str) and len(text) == 27:
            at = datetime.fromisoformat(text)
            if text.endswith("Z") and text[10] == "T" and at.tzinfo == UTC:
                return at
    except ValueError:
        pass
    raise _Broken(f"Entry {number} has no readable time.")


def _check_time(check: _Check, value: dict[str, object]) -> None:
    at = _time(check.number, value["at"])
    # A practice workspace may move its clock, and says so in an entry.
    moves = value["verb"] == Verb.TIME_MOVED
    if check.last_at and not (moves or check.time_moved) and at < check.last_at - BACKWARDS:
        raise _Broken(
            f"Entry {check.number} is more than five minutes earlier than the one before."
        )
    check.last_at, check.time_moved = at, moves


def _check_kept(check: _Check) -> None:
    if root(check.frontier).hex() != check.kept[check.number]:
        raise _Broken(
            f"The first {check.number} entries do not give the head that was kept: "
            f"an entry from {check.vouched} on was rewritten.",
            check.vouched,
        )
    check.vouched = check.number


def _is_head(head: object) -> TypeGuard[dict[str, object]]:
    if not isinstance(head, dict) or head.keys() != {"size", "root", "at"}:
        return False
    return type(head["size"]) is int


def _take_head(check: _Check, value: dict[str, object]) -> None:
    head = value["head"]
    if not _is_head(head):
        raise _Broken(f"The head after {check.number} entries is damaged.", check.vouched)
    if not value.keys() <= {"head", "sum"} or value.get("sum", head_sum(head)) != head_sum(head):
        raise _Broken(f"The head after {check.number} entries was changed.", check.vouched)
    _time(check.number, head["at"])
    if head["size"] != check.number:
        raise _Broken(
            f"The head speaks of {head['size']} entries and {check.number} are here: "
            "the tail was cut or entries were added."
        )
    if head["root"] != root(check.frontier).hex():
        raise _Broken(
            f"The entries do not give the root of the head: one of the entries "
            f"{check.vouched} to {check.number - 1} was rewritten, or the head was.",
            check.vouched,
        )
    check.vouched, check.heads = check.number, check.heads + 1
    check.head_at, check.ended = str(head["at"]), True
