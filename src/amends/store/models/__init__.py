"""All row classes; each is imported here so that Django sees it."""

from amends.store.models.account import AccountRow, BrandRow
from amends.store.models.due import DueRow
from amends.store.models.incident import (
    AffectedRow,
    EvidenceRow,
    FactRow,
    IncidentRow,
    StatementRow,
    TimelineRow,
)
from amends.store.models.ledger import EntryRow, HeadRow
from amends.store.models.lesson import LessonRow, NearMissRow
from amends.store.models.media import MediaRow
from amends.store.models.mention import AlarmRow, MentionRow, StreamRow
from amends.store.models.outgoing import AttemptRow, HoldRow, OutgoingRow
from amends.store.models.post import DraftRow, PostRow
from amends.store.models.worker import WorkerRow
from amends.store.models.workspace import WorkspaceRow

__all__ = [
    "AccountRow",
    "AffectedRow",
    "AlarmRow",
    "AttemptRow",
    "BrandRow",
    "DraftRow",
    "DueRow",
    "EntryRow",
    "EvidenceRow",
    "FactRow",
    "HeadRow",
    "HoldRow",
    "IncidentRow",
    "LessonRow",
    "MediaRow",
    "MentionRow",
    "NearMissRow",
    "OutgoingRow",
    "PostRow",
    "StatementRow",
    "StreamRow",
    "TimelineRow",
    "WorkerRow",
    "WorkspaceRow",
]
