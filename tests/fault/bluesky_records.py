"""Records on a Bluesky server: what one is, and which stand."""

import base64
import bisect
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.fault.dialect import Account


@dataclass(slots=True)
class Record:
    """A record as it stands."""

    uri: str
    cid: str
    value: dict[str, Any]
    account: Account
    seen_from: float

    @property
    def text(self) -> str:
        """Return the post's text."""
        return str(self.value.get("text", ""))

    def row(self) -> dict[str, Any]:
        """Return it as getRecord and listRecords give it."""
        return {"uri": self.uri, "cid": self.cid, "value": self.value}


@dataclass(slots=True)
class Told:
    """A notification."""

    to: Account
    record: Record
    reason: str
    at: str

    def row(self) -> dict[str, Any]:
        """Return it as listNotifications gives it."""
        return {
            "uri": self.record.uri,
            "cid": self.record.cid,
            "author": author(self.record.account),
            "reason": self.reason,
            "record": self.record.value,
            "isRead": False,
            "indexedAt": self.at,
        }


class Shelf:
    """All records that stand, by uri, and by folder in the order of their names."""

    def __init__(self) -> None:
        self._records: dict[str, Record] = {}
        self._folders: dict[str, list[str]] = defaultdict(list)
        self._answers: dict[str, dict[str, Record]] = defaultdict(dict)

    def put(self, one: Record) -> None:
        """Let a record stand, in place of another where one stands there."""
        if one.uri in self._records:
            self.drop(self._records[one.uri])
        self._records[one.uri] = one
        bisect.insort(self._folders[folder_of(one.uri)], one.uri)
        if parent := parent_of(one.value):
            self._answers[parent][one.uri] = one

    def drop(self, one: Record) -> None:
        """Let a record be gone."""
        del self._records[one.uri]
        self._folders[folder_of(one.uri)].remove(one.uri)
        self._answers[parent_of(one.value)].pop(one.uri, None)

    def get(self, uri: str) -> Record | None:
        """Return the record of this name."""
        return self._records.get(uri)

    def folder(self, folder: str) -> list[str]:
        """Return the uris of one repository's collection, sorted."""
        return self._folders.get(folder, [])

    def answers(self, uri: str) -> list[Record]:
        """Return the records that answer one."""
        return list(self._answers.get(uri, {}).values())

    def __iter__(self) -> Iterator[Record]:
        return iter(self._records.values())


def folder_of(uri: str) -> str:
    """Return a uri without its last piece; it ends in a stroke."""
    return uri[: uri.rindex("/") + 1]


def author(one: Account) -> dict[str, Any]:
    """Return somebody as the AppView shows them."""
    return {"did": one.id, "handle": one.handle, "displayName": one.name}


def parent_of(value: dict[str, Any]) -> str:
    """Return the uri of the post that a record answers, "" for none."""
    reply = value.get("reply")
    return str(reply["parent"]["uri"]) if isinstance(reply, dict) else ""


def cid_of(content: dict[str, Any] | bytes) -> str:
    """Return a content id: it changes with what it names, and not with the order of keys."""
    if isinstance(content, bytes):
        return f"bafkrei{_digest(content)}"
    return f"bafyrei{_digest(json.dumps(content, sort_keys=True).encode())}"


def _digest(whole: bytes) -> str:
    return base64.b32encode(hashlib.sha256(whole).digest()).decode().lower().rstrip("=")
