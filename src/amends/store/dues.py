"""Work with its time: rows claimed by compare-and-set, taken over when a lease lapses."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q

from amends.store.models import DueRow


@dataclass(frozen=True)
class Due:
    """One claimed piece of work; `attempts` is the fence for `settle`."""

    kind: str
    key: str
    attempts: int


def plan(kind: str, key: str, due_at: datetime) -> None:
    """Make sure that the work is due at that time, or sooner when it was already."""
    row, made = DueRow.objects.get_or_create(kind=kind, key=key, defaults={"due_at": due_at})
    if not made and row.due_at > due_at:
        DueRow.objects.filter(pk=row.pk).update(due_at=due_at)


def drop(kind: str, key: str) -> None:
    """Forget the work."""
    DueRow.objects.filter(kind=kind, key=key).delete()


def claim(owner: str, at: datetime, lease: timedelta, kinds: tuple[str, ...]) -> Due | None:
    """Return the work due longest, leased to the owner; None when there is none.

    Args:
        owner: Who claims.
        at: The database's real time.
        lease: How long the work is the owner's.
        kinds: Which kinds of work.
    """
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=at)
    row = DueRow.objects.filter(free, kind__in=kinds, due_at__lte=at).order_by("due_at").first()
    if row is None:
        return None
    won = DueRow.objects.filter(pk=row.pk, attempts=row.attempts).update(
        attempts=F("attempts") + 1, leased_until=at + lease, leased_by=owner
    )
    return Due(row.kind, row.key, row.attempts + 1) if won else None


def settle(due: Due, next_at: datetime | None, error: str = "") -> bool:
    """Plan the work again, or drop it; False when another worker took it over meanwhile."""
    mine = DueRow.objects.filter(kind=due.kind, key=due.key, attempts=due.attempts)
    if next_at is None:
        return bool(mine.delete()[0])
    return bool(mine.update(due_at=next_at, leased_until=None, leased_by="", error=error[:600]))


def free_all() -> None:
    """End every lease; only for a process that alone holds the store."""
    DueRow.objects.update(leased_until=None, leased_by="")


def oldest(at: datetime) -> timedelta:
    """Return how long the oldest due work has waited, zero when none waits."""
    row = DueRow.objects.filter(due_at__lte=at).order_by("due_at").first()
    return at - row.due_at if row else timedelta(0)
