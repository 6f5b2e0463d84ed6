"""Where we stand in the notifications: what was heard, and where the deeper look goes on.

Notifications are sorted by a time that their authors can back-date. So a poll does two things: it
reads from the top until it meets what it met last time, and it looks at one page more, further
down each time and then from the top again, so that a back-dated reproach is heard as well.
"""

import base64
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from amends.networks.bluesky.limits import PAGES
from amends.networks.bluesky.wire import Notification, NotificationPage, mention
from amends.networks.port import Page
from amends.vocabulary.errors import NetworkError, RateLimited, Unauthorized, Unreachable
from amends.vocabulary.mention import Mention

Notices = Callable[[str], NotificationPage]
KEPT = 1500  # keys of notifications that we remember; more than PAGES pages hold
ANCHORS = 20  # of these, the newest of last time: meeting one means that we have caught up


@dataclass(frozen=True, slots=True)
class Mark:
    """The cursor that the store keeps."""

    seen: tuple[str, ...] = ()  # the latest first
    anchors: tuple[str, ...] = ()
    deep: str = ""  # the network's own cursor for the deeper look; "" starts it again
    depth: int = 0  # pages below the top

    @classmethod
    def from_json(cls, cursor: str) -> "Mark":
        """Return the mark; a cursor that cannot be read starts again, which loses nothing."""
        try:
            found = json.loads(cursor)
            seen, anchors = tuple(found["seen"]), tuple(found["anchors"])
            return cls(seen, anchors, str(found["deep"]), int(found["depth"]))
        except (ValueError, KeyError, TypeError):
            return cls()

    def to_json(self) -> str:
        """Return what the store keeps."""
        return json.dumps(
            {"seen": self.seen, "anchors": self.anchors, "deep": self.deep, "depth": self.depth},
            separators=(",", ":"),
        )


class Heard:
    """Collects the mentions of one fetch."""

    def __init__(self, mark: Mark) -> None:
        self._anchors = frozenset(mark.anchors)
        self._seen = dict.fromkeys(mark.seen)
        self._now: dict[str, None] = {}
        self._mentions: dict[str, Mention] = {}

    def take(self, notices: Sequence[dict[str, Any]]) -> tuple[bool, bool]:
        """Take one page in; return (it held something new, it reached what we met last time)."""
        keys = [key(one) for one in notices]
        fresh = [k not in self._seen and k not in self._now for k in keys]
        for one, new in zip(notices, fresh, strict=True):
            found = _mention(one) if new else None
            if found is not None:
                self._mentions.setdefault(found.network_id, found)
        self._now.update(dict.fromkeys(keys))
        return any(fresh), not self._anchors.isdisjoint(keys)

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The new ones, as the network orders them."""
        return tuple(self._mentions.values())

    def seen(self) -> tuple[str, ...]:
        """Return the keys to remember, the latest first."""
        return tuple({**self._now, **self._seen})[:KEPT]

    def newest(self) -> tuple[str, ...]:
        """Return the first keys of this fetch: the anchors of the next."""
        return tuple(self._now)[:ANCHORS]


def listened(notices: Notices, cursor: str) -> Page:
    """Return what is new since the cursor.

    Args:
        notices: One page of notifications from a place of the network's own, "" for the top.
        cursor: A mark as JSON, "" for the first time: then what is there is taken in, and what
            lies deeper than PAGES pages is left alone.
    """
    mark = Mark.from_json(cursor)
    heard = Heard(mark)
    places, caught_up = _from_top(notices, heard)
    after, more = Mark(heard.seen(), heard.newest(), mark.deep, mark.depth), False
    if not cursor:
        pass
    elif caught_up:
        after, more = _deeper(notices, heard, after, places[0])
    else:  # more than we read at once came in: go on there, and do not stop until it is known
        after, more = replace(after, deep=places[-1], depth=PAGES), True
    return Page(heard.mentions, after.to_json(), more)


def _from_top(notices: Notices, heard: Heard) -> tuple[list[str], bool]:
    """Read until we meet what we met last time; return the places after each page."""
    places: list[str] = []
    for _ in range(PAGES):
        page = notices(places[-1] if places else "")
        fresh, met = heard.take(page.notifications)
        places.append(page.cursor or "")
        if not page.cursor or met or (page.notifications and not fresh):
            return places, True
    return places, False


def _deeper(notices: Notices, heard: Heard, mark: Mark, top: str) -> tuple[Mark, bool]:
    """Look at one page further down than last time."""
    if not mark.deep:
        return replace(mark, deep=top, depth=1), False
    try:
        page = notices(mark.deep)
    except (Unauthorized, RateLimited, Unreachable):
        raise
    except NetworkError:  # the network no longer knows the place: start again from the top
        return replace(mark, deep="", depth=0), False
    fresh, _ = heard.take(page.notifications)
    deep, depth = page.cursor or "", mark.depth + 1
    if not fresh and depth >= PAGES:
        deep, depth = "", 0
    return replace(mark, seen=heard.seen(), deep=deep, depth=depth), fresh and bool(deep)


def key(notice: dict[str, Any]) -> str:
    """Return a short name of one notification, 48 bits."""
    words = f"{notice.get('uri')} {notice.get('reason')}"
    digest = hashlib.blake2b(words.encode("utf-8", "replace"), digest_size=6).digest()
    return base64.urlsafe_b64encode(digest).decode()


def _mention(notice: dict[str, Any]) -> Mention | None:
    try:
        return mention(Notification.model_validate(notice))
    except ValidationError:
        return None  # one broken notification never stops the others
