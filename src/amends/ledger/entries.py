"""An entry as bytes: the leaf in canonical form, and the lines of an export.

Leaf version 0 is plain fields without personal data: opaque ids, a verb from a closed list,
a time, the hash of a text of ours. Because nothing can be taken out again, what looks like
an address, a name or a sentence is refused here.

Source: RFC 8785 (2020), JSON Canonicalization Scheme. Ours: no floats at all, so that the
    only hard part of it never comes up; keys are ASCII.
"""

import json
import re
from datetime import datetime
from hashlib import sha256

from amends.ledger.tree import Frontier, leaf_hash, root
from amends.vocabulary.errors import BadInput
from amends.vocabulary.record import Entry

VERSION = 0
MOST = 2**53  # integers from here on are not the same in every JSON reader
OPAQUE = re.compile(r"[A-Za-z0-9:._-]{0,200}")  # no space, @ or slash: no name, no address
HASH = re.compile(r"(?:[0-9a-f]{64})?")
TIME = "%Y-%m-%dT%H:%M:%S.%fZ"
HEAD_PREFIX = b"amends-head-v0\n"

_encode = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"), check_circular=False
).encode


def canonical(value: object) -> bytes:
    """Return the one way to write this JSON value, UTF-8."""
    return _encode(value).encode()


def written(at: datetime) -> str:
    """Return the time as the record writes it: UTC, microseconds, Z.

    Raises:
        BadInput: The time is not in UTC.
    """
    if at.utcoffset() is None or at.utcoffset():
        raise BadInput("The record takes times in UTC only. Convert the time first.")
    return at.strftime(TIME).rjust(27, "0")


def fields(entry: Entry) -> dict[str, object]:
    """Return the fields of an entry's leaf; empty optional fields are left out.

    Raises:
        BadInput: A field holds something that may not enter the record.
    """
    if not 0 <= entry.seq < MOST:
        raise BadInput(f"An entry's number is 0 or more, not {entry.seq}.")
    for name in ("actor", "object", "stage", "brand"):
        _refuse_words(name, getattr(entry, name))
    for rule in entry.rules:
        _refuse_words("rules", rule)
    if not HASH.fullmatch(entry.content_hash):
        raise BadInput("A content hash is 64 hexadecimal digits, or nothing.")
    kept: dict[str, object] = {
        "v": VERSION,
        "seq": entry.seq,
        "at": written(entry.at),
        "actor": entry.actor,
        "verb": entry.verb.value,
        "object": entry.object,
    }
    more = {"content_hash": entry.content_hash, "stage": entry.stage, "brand": entry.brand}
    kept |= {name: value for name, value in more.items() if value}
    return kept | ({"rules": list(entry.rules)} if entry.rules else {})


def _refuse_words(name: str, value: str) -> None:
    if not OPAQUE.fullmatch(value):
        raise BadInput(
            f"The record's field {name!r} takes ids only (letters, digits, : . _ -), "
            "because nothing written there can be taken out again."
        )


def leaf(entry: Entry) -> bytes:
    """Return the entry's leaf, canonical JSON in UTF-8.

    Raises:
        BadInput: A field holds something that may not enter the record.
    """
    return canonical(fields(entry))


def line(entry: Entry) -> str:
    """Return the entry's line of an export, without a line end.

    It is the leaf's fields and the leaf's hash, which lets a verifier name the very entry
    that was changed.
    """
    kept = fields(entry)
    kept["leaf"] = leaf_hash(canonical(kept)).hex()
    return _encode(kept)


def head_line(frontier: Frontier, at: datetime) -> str:
    """Return a head as a line of an export: size, root and time, with a checksum.

    The checksum notices damage, not malice: whoever rewrites a head can rewrite it too.
    """
    head = {"size": frontier.size, "root": root(frontier).hex(), "at": written(at)}
    return _encode({"head": head, "sum": head_sum(head)})


def head_sum(head: object) -> str:
    """Return the checksum of a head's fields, hex."""
    return sha256(HEAD_PREFIX + canonical(head)).hexdigest()
