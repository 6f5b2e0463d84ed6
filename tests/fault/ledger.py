"""What really happened on the fault network: the truth by which doubles and losses are counted."""

import threading
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened.

    `op`: "published" (a new post stands), "repeated" (a send was answered with the post that stood
    already), "overwritten" (another text took the place of the old), "removed", "swallowed" (a
    send was answered as if it were out, and is not).
    """

    seq: int
    at: float  # the server's own time
    dialect: str
    account: str  # handle
    op: str
    network_id: str
    text: str
    key: str = ""  # the Idempotency-Key or the record's name
    parent: str = ""
    visibility: str = "public"
    request: int = 0  # number of the request that did it, 0 for a test's own hand

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON."""
        return asdict(self)


class Ledger:
    """Append-only; may be read from any thread."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._published: dict[str, int] = defaultdict(int)
        self._standing: dict[str, set[str]] = defaultdict(set)  # text -> network ids
        self._text: dict[str, str] = {}  # network id -> text
        self._lock = threading.Lock()

    def note(self, at: float, dialect: str, account: str, op: str, **more: Any) -> Entry:
        """Append one entry."""
        with self._lock:
            one = Entry(len(self._entries) + 1, at, dialect, account, op, **more)
            self._entries.append(one)
            self._count(one)
            return one

    def _count(self, one: Entry) -> None:
        if one.op in {"published", "overwritten"}:
            self._gone(one.network_id)
            self._published[one.text] += 1
            self._standing[one.text].add(one.network_id)
            self._text[one.network_id] = one.text
        elif one.op == "removed":
            self._gone(one.network_id)

    def _gone(self, network_id: str) -> None:
        self._standing[self._text.pop(network_id, "")].discard(network_id)

    def published(self, text: str) -> int:
        """Return how often this text became a post, those taken down since included."""
        return self._published.get(text, 0)

    def standing(self, text: str) -> int:
        """Return how many posts with this text stand now."""
        return len(self._standing.get(text, ()))

    def by_account(self, account: str) -> list[Entry]:
        """Return what happened in one account's name."""
        return [one for one in self if one.account == account]

    def since(self, seq: int) -> list[Entry]:
        """Return what happened after an entry; 0 gives everything."""
        with self._lock:
            return self._entries[seq:]

    def doubled(self) -> dict[str, int]:
        """Return the texts that became more than one post, with how many."""
        with self._lock:
            return {text: n for text, n in self._published.items() if n > 1}

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.since(0))

    def __len__(self) -> int:
        return len(self._entries)
