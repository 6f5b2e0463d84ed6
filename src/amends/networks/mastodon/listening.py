"""Where we stand in the notifications: what was heard, and from where to go on.

Notifications are numbered by the server and read forward from a number, so nothing is skipped
however much came in. One thing can come late: two that are made at the same moment may become
visible in the other order. So a poll starts a little before the last one heard, and leaves out what
it remembers.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass

from pydantic import ValidationError

from amends.networks.mastodon.limits import NOTICES, PAGES
from amends.networks.mastodon.wire import Notice, Place, Raw, mention
from amends.networks.port import Page
from amends.vocabulary.mention import Mention

KEPT = 40  # numbers that are remembered, and so how far back a poll starts
START = "0"  # before the first of all

Notices = Callable[[dict[str, str]], list[Raw]]


@dataclass(frozen=True, slots=True)
class Mark:
    """The cursor that the store keeps."""

    start: str = START  # read what is newer than this
    seen: tuple[str, ...] = ()  # heard already, the oldest first

    @classmethod
    def from_json(cls, cursor: str) -> "Mark | None":
        """Return the mark, None where there is none: what can be read is then read again."""
        try:
            found = json.loads(cursor)
            return cls(str(found["start"]), tuple(str(one) for one in found["seen"]))
        except (ValueError, KeyError, TypeError):
            return None

    def after(self, ids: list[str]) -> "Mark":
        """Return the mark once these were heard, the oldest first."""
        seen = (*self.seen, *ids)
        if len(seen) <= KEPT:
            return Mark(self.start, seen)
        return Mark(seen[-KEPT - 1], seen[-KEPT:])

    def to_json(self) -> str:
        """Return what the store keeps."""
        return json.dumps({"start": self.start, "seen": self.seen}, separators=(",", ":"))


def listened(notices: Notices, cursor: str, place: Place) -> Page:
    """Return what is new since the cursor.

    Args:
        notices: One answer of the server's, newest first, for `min_id` or `max_id`.
        cursor: A mark as JSON; "" for the first time: what lies deeper than PAGES answers is then
            left alone.
        place: From where we see.
    """
    mark = Mark.from_json(cursor)
    if mark is None:
        raw = _newest(notices)
        ids = _ids(raw)
        return Page(_mentions(raw, place), Mark().after(ids).to_json())
    raw, more = _since(notices, mark)
    return Page(_mentions(raw, place), mark.after(_ids(raw)).to_json(), more)


def _newest(notices: Notices) -> list[Raw]:
    """Return the latest, the oldest first."""
    found: list[Raw] = []
    below: dict[str, str] = {}
    for _ in range(PAGES):
        page = notices(below)
        fresh = _fresh(page, set(_ids(found)))
        found.extend(fresh)
        if not fresh:
            break
        below = {"max_id": str(page[-1].get("id"))}
    return found[::-1]


def _since(notices: Notices, mark: Mark) -> tuple[list[Raw], bool]:
    """Return what came since the mark, the oldest first, and whether there is more."""
    found: list[Raw] = []
    seen, start = set(mark.seen), mark.start
    for _ in range(PAGES):
        page = notices({"min_id": start})
        fresh = _fresh(page, seen)
        found.extend(fresh[::-1])
        seen.update(_ids(fresh))
        newest = str(page[0].get("id")) if page else start
        if newest == start or (not fresh and len(page) < NOTICES):
            return found, False
        start = newest
    return found, True


def _fresh(page: list[Raw], seen: set[str]) -> list[Raw]:
    return [one for one in page if str(one.get("id")) not in seen]


def _ids(raw: list[Raw]) -> list[str]:
    return [str(one.get("id")) for one in raw]


def _mentions(raw: list[Raw], place: Place) -> tuple[Mention, ...]:
    found: dict[str, Mention] = {}
    for one in raw:
        try:
            said = mention(Notice.model_validate(one), place)
        except ValidationError:
            continue  # one broken notification never stops the others
        if said is not None:
            found.setdefault(said.network_id, said)
    return tuple(found.values())
