"""Which tables this program knows, and whether the store's are newer or still to be made."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache

from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from amends.vocabulary.errors import BadInput

OURS = "store"
MIGRATING = 0x616D6573  # the number of the lock that one migrating process holds


@cache
def known() -> frozenset[str]:
    """Return the names of our own migrations that this program has."""
    return frozenset(
        name for app, name in MigrationLoader(None).disk_migrations or {} if app == OURS
    )


def applied() -> tuple[str, ...]:
    """Return the names of our own migrations that the store has; none for an empty one."""
    if "django_migrations" not in connection.introspection.table_names():
        return ()
    return applied_here()


def applied_here() -> tuple[str, ...]:
    """Return the names of our own migrations that the store has, where it is set up."""
    rows = MigrationRecorder.Migration.objects.filter(app=OURS).order_by("pk")
    return tuple(rows.values_list("name", flat=True))


def refuse_newer(found: Iterable[str]) -> None:
    """Refuse tables that a newer Amends has changed.

    Raises:
        BadInput: this program does not know them.
    """
    if set(found) - known():
        raise BadInput(
            "The store was made by a newer Amends than this one: install that version, "
            "then start again. Nothing was changed."
        )


def migrate() -> None:
    """Bring the tables up to this program; of several that start at once, one does it.

    Raises:
        BadInput: the store is newer than this program.
    """
    with _alone():
        refuse_newer(applied())
        call_command("migrate", verbosity=0, interactive=False)


@contextmanager
def _alone() -> Iterator[None]:
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATING])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATING])
