"""What stands on a Mastodon server, who sees it, and how lists are paged."""

import bisect
import itertools
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar
from urllib.parse import urlencode

from tests.fault.dialect import Account
from tests.fault.mastodon_shapes import Media, Notice, Status
from tests.fault.wire import Request

OPEN = frozenset({"public", "unlisted"})


class Numbered(Protocol):
    @property
    def number(self) -> int: ...


Row = TypeVar("Row", bound=Numbered)


class Lists:
    """Posts, pictures and notifications, each in the order of its number."""

    def __init__(self) -> None:
        self.statuses: dict[str, Status] = {}
        self.by_account: dict[str, list[Status]] = defaultdict(list)  # handle -> oldest first
        self.children: dict[str, list[Status]] = defaultdict(list)
        self.notices: dict[str, list[Notice]] = defaultdict(list)
        self.media: dict[str, Media] = {}
        self._numbers = 0

    def number(self, at: float) -> int:
        """Return a new number that grows with time, as Mastodon's ids do."""
        self._numbers += 1
        return (int(at * 1000) << 16) | (self._numbers & 0xFFFF)

    def put(self, one: Status) -> None:
        """Let a post stand."""
        self.statuses[one.id] = one
        bisect.insort(self.by_account[one.account.handle], one, key=lambda row: row.number)
        if one.parent_id:
            self.children[one.parent_id].append(one)

    def drop(self, one: Status) -> None:
        """Let a post be gone, with all that told of it."""
        del self.statuses[one.id]
        self.by_account[one.account.handle].remove(one)
        if one.parent_id:
            self.children[one.parent_id].remove(one)
        for child in self.children.pop(one.id, []):
            child.parent, child.parent_id = None, None
        for rows in self.notices.values():
            rows[:] = [row for row in rows if row.status is not one]

    def tell(self, kind: str, to: Account, about: Status, at: float) -> None:
        """Notify somebody."""
        row = Notice(self.number(at), kind, at, to, about.account, about)
        bisect.insort(self.notices[to.handle], row, key=lambda one: one.number)

    def replies(self, one: Status) -> int:
        """Return how many answers stand."""
        return len(self.children.get(one.id, ()))

    def above(self, one: Status) -> list[Status]:
        """Return what it answers, the thread's first post first."""
        found: list[Status] = []
        while one.parent is not None:
            one = one.parent
            found.insert(0, one)
        return found

    def below(self, one: Status) -> list[Status]:
        """Return its answers and theirs."""
        found: list[Status] = []
        for child in self.children.get(one.id, ()):
            found += [child, *self.below(child)]
        return found


def is_seen(one: Status, who: Account | None, now: float) -> bool:
    """True where somebody may read a post, and the server shows it already."""
    if now < one.seen_from:
        return False
    mine = who is not None and who is one.account
    named = who is not None and any(who is person for person in one.mentions)
    return one.visibility in OPEN or mine or named


def paged(
    rows: Sequence[Row], keep: Callable[[Row], bool], request: Request, sizes: tuple[int, int]
) -> tuple[list[Row], bool]:
    """Return (rows of one page, newest first; whether older ones may follow).

    max_id: older than. since_id: newer than, the newest first. min_id: newer than, those just
    above it.

    Args:
        rows: All there are, oldest first.
        keep: True for those that belong in this list.
        request: With the limits.
        sizes: How many rows a page has usually, and at most.
    """
    limit = request.number_of("limit", *sizes)
    low = request.one("min_id") or request.one("since_id")
    start = bisect.bisect_right(rows, int(low), key=_number) if low.isdigit() else 0
    top = request.one("max_id")
    end = bisect.bisect_left(rows, int(top), key=_number) if top.isdigit() else len(rows)
    if request.one("min_id").isdigit():
        near = itertools.islice(filter(keep, (rows[n] for n in range(start, end))), limit)
        page = list(near)[::-1]
    else:
        newest = filter(keep, (rows[n] for n in range(end - 1, start - 1, -1)))
        page = list(itertools.islice(newest, limit))
    return page, len(page) == limit


def _number(row: Numbered) -> int:
    return row.number


def link_header(
    base: str, request: Request, rows: Sequence[Numbered], more: bool
) -> dict[str, str]:
    """Return the Link header of a page."""
    if not rows:
        return {}
    kept = [
        (name, value)
        for name, values in request.query.items()
        if name not in {"max_id", "since_id", "min_id"}
        for value in values
    ]
    places = [("prev", "min_id", rows[0].number)]
    if more:
        places.insert(0, ("next", "max_id", rows[-1].number))
    links = [
        f'<{base}{request.path}?{urlencode([*kept, (name, str(number))])}>; rel="{rel}"'
        for rel, name, number in places
    ]
    return {"link": ", ".join(links)}
