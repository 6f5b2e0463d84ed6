"""The record: what is written down, by whom and when, in a closed list of verbs."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Verb(StrEnum):
    """Everything that can be entered in the record; a new verb is a new line here."""

    DRAFTED = "drafted"
    REVIEWED = "reviewed"
    OVERRIDDEN = "overridden"
    MOVED = "moved"
    SCHEDULED = "scheduled"
    APPROVED = "approved"
    APPROVAL_WITHDRAWN = "approval_withdrawn"
    UNDONE = "undone"
    HELD = "held"
    RELEASED = "released"
    MISSED = "missed"
    CLAIMED = "claimed"
    SENDING = "sending"
    PUBLISHED = "published"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    RECONCILING = "reconciling"
    NEEDS_PERSON = "needs_person"
    WITH_PERSON = "with_person"
    GIVEN_UP = "given_up"
    CANCELLED = "cancelled"
    TAKEN_DOWN = "taken_down"
    EVIDENCE_KEPT = "evidence_kept"
    OPENED = "opened"
    DISMISSED = "dismissed"
    STAGE_MOVED = "stage_moved"
    FACT_ADDED = "fact_added"
    OPTION_CHOSEN = "option_chosen"
    STATEMENT_WRITTEN = "statement_written"
    AFFECTED_ADDED = "affected_added"
    AFFECTED_MOVED = "affected_moved"
    LESSON_REPLAYED = "lesson_replayed"
    LESSON_ADOPTED = "lesson_adopted"
    ALARM = "alarm"
    MENTION_JUDGED = "mention_judged"
    ACCOUNT_CONNECTED = "account_connected"
    TIME_MOVED = "time_moved"
    RESTORED = "restored"
    SIGNED_IN = "signed_in"
    SETTING_CHANGED = "setting_changed"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the record: plain fields without personal data (leaf version 0).

    Ids are opaque and made at random; a handle, a name, a text or a bare hash of one of
    them does not belong here, because what is in the record can never be taken out.
    `content_hash` is the hash of a text that we wrote ourselves, as it was approved.
    """

    seq: int  # 0 for the first, no gaps
    at: datetime  # aware, UTC
    actor: str  # person:<id>, key:<id> or worker
    verb: Verb
    object: str  # intent:<id>, incident:<id>, ...
    content_hash: str = ""  # SHA-256, hex; "" where no text is meant
    stage: str = ""  # the stage an incident moved to
    rules: tuple[str, ...] = ()  # names of rules that spoke
    brand: str = ""  # id of the brand whose record it is
