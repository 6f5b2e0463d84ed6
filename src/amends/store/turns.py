"""Writers take turns: whoever changes the desk's rows holds the one turn until it commits.

SQLite knows no other way; on PostgreSQL a lock of the transaction does the same. So what is
tested on one holds on the other, no two flows can wait for each other, and a hold and a claim
are never decided at once. Calls to networks and readers stay outside of a turn.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

TURN = 0x616D656E  # the lock's number: any, but always the same


@contextmanager
def turn() -> Iterator[None]:
    """Hold the turn and a transaction; a turn inside a turn is part of it."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])
        yield
