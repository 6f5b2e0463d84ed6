"""What is read from a server: which software it is, and its limits.

A repeat with the same key is safe on Mastodon itself only: servers that speak the same language
were seen to post it twice. So a server is *keyed* only while it says in both places that it is
Mastodon, and has not changed since the last reading; whatever is unknown counts as not keyed.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from pydantic import ValidationError

from amends.networks.mastodon import limits
from amends.networks.mastodon.limits import CAN
from amends.networks.mastodon.wire import Instance, NodeInfo, NodeLinks, Wire
from amends.networks.port import Capabilities, SafeRepeat
from amends.networks.transport import Answer, Call, Door

DAY_S = 86_400.0
FAILED_S = 300.0  # after a failed reading, before the next
CHANGED_S = 3_600.0  # as long as a key from before the change may matter
Read = TypeVar("Read", bound=Wire)
QUOTES = 7  # API version of Mastodon 4.5, the first that tells of quotes; seen 2026-11


@dataclass(frozen=True, slots=True)
class Reading:
    """What a server said about itself."""

    software: str
    version: str
    domain: str  # the host in its handles
    characters: int = limits.CHARACTERS
    url_characters: int = limits.URL_CHARACTERS
    pictures: int = limits.PICTURES
    picture_bytes: int = limits.PICTURE_BYTES
    alt_characters: int = limits.ALT_CHARACTERS
    tells_quotes: bool = False
    changed: bool = False  # since the reading before

    @property
    def is_keyed(self) -> bool:
        """True where a second send with the same key is surely no second post."""
        own = self.software == "mastodon" and "compatible" not in self.version.lower()
        return own and not self.changed

    def can(self) -> Capabilities:
        """Return what an account on this server can do."""
        found = replace(
            CAN,
            pictures=self.pictures,
            picture_bytes=self.picture_bytes,
            alt_limit=self.alt_characters,
        )
        if not self.is_keyed:
            return found
        return replace(
            found,
            safe_repeat=SafeRepeat.KEYED,
            first_repeat_s=limits.FIRST_REPEAT_S,
            repeat_window_s=limits.REPEAT_WINDOW_S,
        )


class Readings:
    """The readings of this process, by server: each good for a day."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now, self._lock = now, threading.Lock()
        self._kept: dict[str, tuple[float, Reading | None]] = {}  # until when, and what
        self._last: dict[str, Reading] = {}

    def known(self, server: str) -> Reading | None:
        """Return what was read last, without asking."""
        with self._lock:
            return self._last.get(server)

    def of(self, server: str, read: Callable[[], Reading | None]) -> Reading | None:
        """Return what a server says of itself, read again where the last time is too long ago."""
        with self._lock:
            until, kept = self._kept.get(server, (0.0, None))
            if self._now() < until:
                return kept
        found = read()  # two at once may ask: the second answer is as good as the first
        with self._lock:
            return self._keep(server, found)

    def _keep(self, server: str, found: Reading | None) -> Reading | None:
        before = self._last.get(server)
        lasts = FAILED_S
        if found is not None:
            same = before is None or (before.software, before.version) == (
                found.software,
                found.version,
            )
            found, lasts = replace(found, changed=not same), DAY_S if same else CHANGED_S
            self._last[server] = found
        self._kept[server] = self._now() + lasts, found
        return found


READINGS = Readings()


def read(door: Door, server: str, bearer: dict[str, str]) -> Reading | None:
    """Return what a server says about itself, None where it cannot be read."""
    said = about(door, server, bearer)
    node = _node(door, server)
    if said is None or node is None:
        return None
    statuses, media = said.configuration.statuses, said.configuration.media_attachments
    quotes = said.api_versions.get("mastodon")
    return Reading(
        software=node.software.name,
        version=f"{node.software.version} {said.version}",
        domain=(said.domain or _host(said.uri)).lower(),
        characters=_positive(statuses.max_characters, limits.CHARACTERS),
        url_characters=_positive(statuses.characters_reserved_per_url, limits.URL_CHARACTERS),
        pictures=_positive(statuses.max_media_attachments, limits.PICTURES),
        picture_bytes=_positive(media.image_size_limit, limits.PICTURE_BYTES),
        alt_characters=_positive(media.description_limit, limits.ALT_CHARACTERS),
        tells_quotes=isinstance(quotes, int) and quotes >= QUOTES,
    )


def about(door: Door, server: str, bearer: dict[str, str]) -> Instance | None:
    """Return the server's own description, in the newer form or the older, None without one."""
    for path in ("/api/v2/instance", "/api/v1/instance"):
        found = _parsed(Instance, door.call(Call("GET", f"{server}{path}", bearer)))
        if found is not None:
            return found
    return None


def _node(door: Door, server: str) -> NodeInfo | None:
    """Return the server's nodeinfo; only its own word counts, never that of another host."""
    links = _parsed(NodeLinks, door.call(Call("GET", f"{server}/.well-known/nodeinfo")))
    for link in links.links if links else ():
        if "/schema/2." in link.rel and link.href.startswith(f"{server}/"):
            return _parsed(NodeInfo, door.call(Call("GET", link.href)))
    return None


def _parsed(model: type[Read], outcome: object) -> Read | None:
    if not isinstance(outcome, Answer) or outcome.status != 200:
        return None
    try:
        return model.model_validate(outcome.document())
    except ValidationError:
        return None


def _host(uri: str) -> str:
    return uri.split("//", 1)[-1].strip("/")


def _positive(found: int | None, otherwise: int) -> int:
    return found if found is not None and found > 0 else otherwise
