"""What a network must do, and say about itself.

A `Network` is bound to one account: it never sees another account's text. Words used below:

network id
    A post's own address on its network, kept for ever: Bluesky ``at://did/collection/rkey``.
ref
    What another post needs in order to answer or quote one: on Bluesky the network id and the
    content id, written ``at://...|bafy...``; on other networks the network id alone. Opaque to
    callers: take it from `Network.thread_ref`, put it into `Content`. `network_id_of(ref)` gives
    the network id back, and every method that wants a network id takes a ref as well.

Three answers to a send, never two: `Published`, `Refused`, `Unknown`. Reads raise `NetworkError`.
"""

import hashlib
import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NoReturn, Protocol, Self

from amends.vocabulary.errors import NetworkError
from amends.vocabulary.mention import Mention
from amends.vocabulary.outgoing import Quota

WORDS_LIMIT = 500  # characters of a network's own sentence that we keep
REF_MARK = "|"


class NotThere(NetworkError):
    """The post is not there, or not for us to see."""

    permanent = True


class SafeRepeat(StrEnum):
    """What a second identical send does; see the publish flow."""

    NAMED = "named"  # we choose the record's name: repeat until an answer comes
    KEYED = "keyed"  # the network remembers our key for a while
    NONE = "none"  # one automatic send at most
    BY_HAND = "by_hand"  # no automatic send at all: a person does it


class RefusedKind(StrEnum):
    """Why nothing was published."""

    UNREACHABLE = "unreachable"
    RATE_LIMITED = "rate_limited"
    UNAUTHORIZED = "unauthorized"
    POLICY = "policy"
    INVALID = "invalid"
    TOO_LONG = "too_long"
    CONFLICT = "conflict"
    GONE = "gone"
    MISCONFIGURED = "misconfigured"


@dataclass(frozen=True, slots=True)
class SendLimit:
    """At most so many sends in so long a window, by the network's own documents."""

    most: int
    window_s: float


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that goes with a post."""

    sha256: str
    kind: str  # image/jpeg, image/png
    width: int
    height: int
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as a frozen body names it: the network's own word for it, and the alternative."""

    ref: str  # opaque JSON, from `Network.upload`
    alt: str
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a network can do; pages offer only this, and say `why_not` for the rest."""

    network: str
    title: str  # as people write it
    safe_repeat: SafeRepeat
    assumed_lag_s: float  # from a write to its first sure visibility in reads
    read_back: bool = True
    reply: bool = True
    quote: bool = True
    remove: bool = True
    edit: bool = False
    private: bool = False
    threads: bool = True
    pictures: int = 0  # most pictures with one post
    picture_bytes: int = 0  # most bytes of one picture
    alt_limit: int = 1_500  # characters of an alternative text
    first_repeat_s: float = 1.0  # real time from a lost call to its first repeat
    repeat_window_s: float = math.inf  # from the first byte, as long as the network knows our key
    sends: tuple[SendLimit, ...] = ()  # how many sends an account has, where the network says so
    practice: bool = False  # nothing here ever reaches the outside
    poll_s: float = 60.0  # how often to fetch
    why_not: Mapping[str, str] = field(default_factory=dict)  # capability -> one sentence


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the network says that we are."""

    id: str  # never changes: a DID, a number
    handle: str  # without @
    name: str
    avatar: str = ""  # address of a picture, "" when none


@dataclass(frozen=True, slots=True)
class Count:
    """How long a text is, as the network counts, with a second limit where it has one."""

    used: int
    limit: int
    unit: str
    second_used: int = 0
    second_limit: int = 0  # 0: there is none
    second_unit: str = ""
    maybe_over: bool = False  # our count may be one or two too low: the network has the last word

    @property
    def over(self) -> bool:
        """True where the text is surely too long."""
        return self.used > self.limit or (0 < self.second_limit < self.second_used)


@dataclass(frozen=True, slots=True)
class Content:
    """What a person approved, before it has a shape on the wire.

    `reply_parent`, `reply_root` and `quote` are refs or "". `private_to` is the handle of the one
    person who may read it, "" for everybody.
    """

    text: str
    language: str = "en"
    reply_parent: str = ""
    reply_root: str = ""
    quote: str = ""
    pictures: tuple[Shown, ...] = ()
    private_to: str = ""


@dataclass(frozen=True, slots=True)
class Frozen:
    """The exact body of one send; keep it before the call, and send nothing else under its name."""

    wire_name: str  # the record's name or the key that the network remembers
    body: str  # canonical JSON, sent as it is
    body_hash: str  # SHA-256 of the body's UTF-8, hex

    @classmethod
    def of(cls, wire_name: str, body: Mapping[str, object]) -> Self:
        """Return the body in canonical JSON with its hash."""
        text = json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        return cls(wire_name, text, hash_of(text))

    def to_json(self) -> str:
        """Return what the store keeps."""
        return json.dumps({"wire_name": self.wire_name, "body": self.body, "hash": self.body_hash})

    @classmethod
    def from_json(cls, kept: str) -> Self:
        """Return the frozen body that `to_json` kept.

        Raises:
            ValueError: The kept body no longer has its hash.
        """
        found = json.loads(kept)
        if hash_of(found["body"]) != found["hash"]:
            raise ValueError("the kept body was changed after it was frozen")
        return cls(found["wire_name"], found["body"], found["hash"])


@dataclass(frozen=True, slots=True)
class Published:
    """It is out."""

    network_id: str
    url: str  # for people
    at: datetime  # the post's own time, aware
    raw_hash: str  # SHA-256 of the network's answer, hex
    quota: Quota | None = field(default=None, compare=False)
    notice: str = field(default="", compare=False)  # out, but not as we asked: one sentence


@dataclass(frozen=True, slots=True)
class Refused:
    """It is surely not out; a first send may be tried again unless `permanent`."""

    kind: RefusedKind
    permanent: bool
    words: str  # one sentence for people; the network's own where it has one
    retry_after_s: float | None = None
    quota: Quota | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody knows whether it is out."""

    hint: str  # for people and for the record: "timeout", "server error 502", "exists"
    left: bool = True  # some byte of the request may have left


@dataclass(frozen=True, slots=True)
class Found:
    """The frozen text is out; others are suspected doubles, oldest first."""

    published: Published
    others: tuple[Published, ...] = ()


@dataclass(frozen=True, slots=True)
class Absent:
    """It was not there at this look."""


@dataclass(frozen=True, slots=True)
class CannotTell:
    """The look failed; never take it for absence."""

    words: str


@dataclass(frozen=True, slots=True)
class Removed:
    """It is gone by our hand, or was gone before (`was_there` False)."""

    network_id: str
    was_there: bool
    raw: str = ""  # what was removed, JSON as read just before


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A post as it stood when it was kept as evidence."""

    ref: str
    url: str
    text: str
    raw: str  # the network's own JSON
    counts: Mapping[str, int]  # like, repost, reply, quote: those the network tells
    replies: tuple[str, ...]  # their texts, as the network orders them


@dataclass(frozen=True, slots=True)
class Page:
    """What was heard since the cursor; keep both in one transaction."""

    mentions: tuple[Mention, ...]
    cursor: str  # opaque JSON, for the next fetch
    more: bool = False  # the page limit cut it short: fetch again at once


@dataclass(frozen=True, slots=True)
class HistoryPost:
    """One of our own older posts."""

    network_id: str
    url: str
    text: str
    at: datetime  # aware, UTC
    language: str = ""  # "" when the network does not say
    is_reply: bool = False
    answers: str = ""  # network id of the post that it answers, "" for none


class Secret:
    """Tokens and passwords by name; shows nothing of itself and cannot be pickled.

    >>> Secret({"token": "abc"})
    Secret(***)
    """

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = dict(values)

    def reveal(self) -> dict[str, str]:
        """Return a copy of the values, for the vault and for the wire only."""
        return dict(self._values)

    def with_values(self, **changed: str) -> "Secret":
        """Return a secret with some values replaced."""
        return Secret({**self._values, **changed})

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._values == other._values

    def __hash__(self) -> int:
        return hash(tuple(sorted(self._values.items())))

    def __repr__(self) -> str:
        return "Secret(***)"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return repr(self)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not pickled: ***")


Keep = Callable[[Secret], None]  # called with the new secret whenever tokens were replaced


class Network(Protocol):
    """One account on one network."""

    @property
    def name(self) -> str:
        """The network's name, as in `Account.network`."""

    def can(self) -> Capabilities:
        """Return what this network can do."""

    def whoami(self) -> Identity:
        """Return who the network says that we are.

        Raises:
            NetworkError: The read failed.
        """

    def count(self, text: str) -> Count:
        """Return the text's length as the network counts. Pure."""

    def freeze(self, content: Content, *, op: str, at: datetime) -> Frozen:
        """Return the exact body of one send. Pure: the same arguments give the same bytes.

        Length is not judged here: see `count`; the network's own no is `Refused(TOO_LONG)`.

        Args:
            content: What a person approved.
            op: The intent's id; part of the record's name.
            at: The real time of the first claim, aware; never ahead of the clock.

        Raises:
            BadInput: The text holds something that no network keeps as it is, or a ref is odd.
        """

    def publish(self, frozen: Frozen) -> Published | Refused | Unknown:
        """Return what became of one send; never raises for a network's reason."""

    def find(self, frozen: Frozen, since: datetime) -> Found | Absent | CannotTell:
        """Return whether the frozen text is out, created not before `since`; sends nothing."""

    def remove(self, ref: str) -> Removed | Refused | Unknown:
        """Return what became of taking one post of ours down; calm when it is gone already."""

    def evidence(self, ref: str) -> Snapshot:
        """Return a post as it stands now.

        Raises:
            NotThere: The post is gone, or hidden from us.
            NetworkError: The read failed.
        """

    def thread_ref(self, ref: str) -> tuple[str, str]:
        """Return (ref of this post, ref of its thread's first post), for an answer or a quote.

        Raises:
            NotThere: The post is gone, or hidden from us.
            NetworkError: The read failed.
        """

    def fetch(self, cursor: str) -> Page:
        """Return the replies, mentions and quotes since the cursor ("" for the first time).

        Repeat-safe: the same cursor gives the same mentions again, and perhaps newer ones.

        Raises:
            NetworkError: The read failed; keep the old cursor.
        """

    def history(self, limit: int) -> tuple[HistoryPost, ...]:
        """Return our own posts and replies, newest first, at most `limit`.

        Raises:
            NetworkError: The read failed.
        """

    def resolve(self, link: str) -> str:
        """Return the network id that a pasted link or address means.

        Raises:
            BadInput: It is not a link to a post on this network.
            NetworkError: The read failed.
        """


def hash_of(text: str) -> str:
    """Return the SHA-256 of the text's UTF-8, hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def network_id_of(ref: str) -> str:
    """Return the network id inside a ref.

    >>> network_id_of("at://did:plc:x/app.bsky.feed.post/3k|bafy")
    'at://did:plc:x/app.bsky.feed.post/3k'
    """
    return ref.split(REF_MARK, 1)[0]


def shortened(words: str) -> str:
    """Return a network's sentence without control characters, cut at 500 characters."""
    plain = "".join(c if c.isprintable() else " " for c in words)
    return " ".join(plain.split())[:WORDS_LIMIT]
