"""The workspace: its clock's offset and whether it is for practice."""

from datetime import UTC, datetime, timedelta

from django.contrib.auth import get_user_model
from django.db import connection

from amends.store.models import WorkspaceRow


def database_time() -> datetime:
    """Return the database's own time, aware, UTC; leases and clocks stand on it alone."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')")
            return datetime.fromisoformat(cursor.fetchone()[0]).replace(tzinfo=UTC)
        cursor.execute("SELECT clock_timestamp()")
        found: datetime = cursor.fetchone()[0]
        return found.astimezone(UTC)


def _row() -> WorkspaceRow:
    return WorkspaceRow.objects.get_or_create(pk=1)[0]


def ensure() -> None:
    """Make the workspace's row where it is missing."""
    _row()


def offset() -> timedelta:
    """Return how far the workspace's clock was moved on."""
    return timedelta(seconds=_row().offset_s)


def set_offset(offset: timedelta) -> None:
    """Move the workspace's clock."""
    ensure()
    WorkspaceRow.objects.filter(pk=1).update(offset_s=offset.total_seconds())


def is_practice() -> bool:
    """Return whether the workspace practises on invented brands."""
    return _row().practice


def set_practice(*, practice: bool) -> None:
    """Say whether the workspace practises."""
    ensure()
    WorkspaceRow.objects.filter(pk=1).update(practice=practice)


def generation() -> int:
    """Return how often the store was put back from a copy, and one."""
    return _row().generation


def set_restored(generation: int, since: datetime) -> None:
    """Say that the store was put back, how often with this time, and since when it is unsure."""
    ensure()
    WorkspaceRow.objects.filter(pk=1).update(generation=generation, restored_since=since)


def restored_since() -> datetime | None:
    """Return the real time since when posts may be out that the store knows nothing of."""
    return _row().restored_since


def key_mark() -> str:
    """Return the mark of the root key that this store's tokens are sealed with, "" for none."""
    return _row().key_mark


def set_key_mark(mark: str) -> None:
    """Keep the mark of the root key."""
    ensure()
    WorkspaceRow.objects.filter(pk=1).update(key_mark=mark)


def has_people() -> bool:
    """Return whether anybody has an account at this desk."""
    return get_user_model().objects.exists()


def person_id(name: str) -> str:
    """Return the record's opaque name for a person: "person:<id>", or "worker" for "".

    A name outside the desk's people (the shell) is "shell".
    """
    if not name:
        return "worker"
    found = get_user_model().objects.filter(username=name).values_list("pk", flat=True).first()
    return f"person:{found}" if found is not None else "shell"
