"""Who works on the store: each loop says that it lives, and others look."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from amends.store.models import WorkerRow

FORGET = timedelta(days=1)


@dataclass(frozen=True)
class Worker:
    """One loop of one worker."""

    name: str
    kind: str  # sender, listener
    seen_at: datetime


def beat(name: str, kind: str, at: datetime) -> None:
    """Say that a loop lives; those gone for a day are forgotten."""
    WorkerRow.objects.update_or_create(
        pk=name[:80], defaults={"kind": kind, "seen_at": at, "note": ""}
    )
    WorkerRow.objects.filter(seen_at__lt=at - FORGET).delete()


def leave(name: str) -> None:
    """Say that a loop has ended."""
    WorkerRow.objects.filter(pk=name[:80]).delete()


def all_of_them() -> tuple[Worker, ...]:
    """Return every loop that is known, the last seen first."""
    rows = WorkerRow.objects.exclude(kind="").order_by("-seen_at", "name")
    return tuple(Worker(row.name, row.kind, row.seen_at) for row in rows)


def probe(name: str, size: int, at: datetime) -> None:
    """Write something of a size and take it away again, to see that the store can be written.

    Raises:
        DatabaseError: it cannot.
    """
    row = WorkerRow.objects.create(pk=name[:80], kind="", seen_at=at, note="x" * size)
    row.delete()
