"""Everything that leaves: its kinds, its states, and the only moves between them.

Theory of operation: nothing leaves without an approval, and no arrow is walked outside one
transaction that also writes the ledger. `SENDING` is the only state in which a call may be
open; a row found there after its lease is `UNKNOWN`, never "failed". `NEEDS_PERSON` is left
only by a person. `WITH_PERSON` is a text that a person puts out by hand, where no program may.

After a restore from a backup nobody knows what left meanwhile: whatever waits becomes `UNKNOWN`
and is looked for; what is nowhere is `HELD` for a person, or `NEEDS_PERSON` when it is late.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class OutgoingKind(StrEnum):
    """What leaves. A hold stops posts; people's answers still work while it lasts."""

    POST = "post"
    REPLY = "reply"
    STATEMENT = "statement"
    PRIVATE = "private"
    REMOVAL = "removal"


HELD_KINDS = frozenset({OutgoingKind.POST})


class OutgoingState(StrEnum):
    """Where one outgoing text stands."""

    APPROVED = "approved"
    HELD = "held"
    INTENDED = "intended"
    WITH_PERSON = "with_person"
    SENDING = "sending"
    PUBLISHED = "published"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    NEEDS_PERSON = "needs_person"
    MISSED = "missed"
    CANCELLED = "cancelled"
    GIVEN_UP = "given_up"
    VANISHED = "vanished"


S = OutgoingState

MOVES: dict[OutgoingState, frozenset[OutgoingState]] = {
    S.APPROVED: frozenset(
        {S.INTENDED, S.WITH_PERSON, S.HELD, S.MISSED, S.CANCELLED, S.NEEDS_PERSON, S.UNKNOWN}
    ),
    S.HELD: frozenset({S.APPROVED, S.MISSED, S.CANCELLED, S.UNKNOWN}),
    S.INTENDED: frozenset({S.SENDING, S.APPROVED, S.REFUSED, S.NEEDS_PERSON, S.UNKNOWN}),
    S.SENDING: frozenset({S.PUBLISHED, S.REFUSED, S.UNKNOWN, S.APPROVED}),
    S.WITH_PERSON: frozenset({S.PUBLISHED, S.APPROVED, S.HELD, S.MISSED, S.CANCELLED, S.UNKNOWN}),
    S.PUBLISHED: frozenset({S.CONFIRMED, S.VANISHED}),
    S.CONFIRMED: frozenset({S.VANISHED}),
    S.UNKNOWN: frozenset({S.SENDING, S.PUBLISHED, S.NEEDS_PERSON, S.HELD, S.MISSED, S.CANCELLED}),
    S.NEEDS_PERSON: frozenset({S.PUBLISHED, S.APPROVED, S.GIVEN_UP, S.UNKNOWN}),
    S.MISSED: frozenset({S.APPROVED, S.CANCELLED, S.UNKNOWN}),
    S.REFUSED: frozenset({S.APPROVED, S.CANCELLED, S.UNKNOWN}),
    S.CANCELLED: frozenset({S.UNKNOWN}),  # a network's yes came late, after all
    S.GIVEN_UP: frozenset({S.UNKNOWN}),
    S.VANISHED: frozenset(),
}

# One arrow beside the table, for texts that people put out by hand and for no other: what a person
# has put out is out, and is written down as published, also where the desk had held it, missed it,
# undone it, or lost sight of it in a restore before that person said so. Nothing is sent on it.
REPORTABLE = frozenset(
    {S.WITH_PERSON, S.APPROVED, S.HELD, S.MISSED, S.CANCELLED, S.UNKNOWN, S.NEEDS_PERSON}
)
LIVE = frozenset({S.PUBLISHED, S.CONFIRMED})
WAITING = frozenset({S.APPROVED, S.HELD, S.WITH_PERSON})  # nothing of it has left by our hand
IN_FLIGHT = frozenset({S.INTENDED, S.SENDING, S.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Quota:
    """What a network's answer said about what is left for this account."""

    left: int
    limit: int
    resets_at: datetime  # real time, aware


@dataclass(frozen=True, slots=True)
class Attached:
    """A picture that goes with a text: its bytes lie in the store under their hash."""

    sha256: str
    alt: str = ""
    ref: str = ""  # how the network calls it, once it has been given; opaque


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One approved text, or a removal, on its way out."""

    id: str
    kind: OutgoingKind
    account_id: str
    text: str
    language: str
    target: str  # network id that it answers, or removes; "" for none
    content_hash: str
    approved_by: str
    approved_at: datetime
    due_at: datetime  # on the workspace's clock
    state: OutgoingState = OutgoingState.APPROVED
    lateness_s: int = 900
    earliest_at: datetime | None = None  # what the rules stopped waits at least until then
    reason: str = ""
    incident_id: str = ""
    statement_id: str = ""
    affected_id: str = ""
    thread_id: str = ""  # the first part's id; "" where the text stands alone
    part: int = 0  # 0 for the first
    media: tuple[Attached, ...] = ()
    approved_hash: str = ""  # "" once the approval was withdrawn
    attempts: int = 0
    failures: int = 0
    fence: int = 0
    lease_until: datetime | None = None  # real time
    next_at: datetime | None = None  # real time
    waited_at: datetime | None = None  # workspace time until which its network let it wait
    reads: int = 0
    first_left_at: datetime | None = None  # real time
    gate_epoch: int = 0
    unsure_since: datetime | None = None  # real time; restored: it may have left since then
    decided_at: datetime | None = None  # real time at which a person said: send it again
    frozen: str = ""
    wire_name: str = ""
    network_id: str = ""
    url: str = ""
    published_at: datetime | None = None
    confirmed_at: datetime | None = None
    confirmed_by: str = ""  # who said so, where a person did it by hand
    words: str = ""
