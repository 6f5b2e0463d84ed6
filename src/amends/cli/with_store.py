"""The commands that need the store: Django set up, and refusals said in one line."""

import os
import sys
from collections.abc import Callable

from amends.vocabulary.errors import AmendsError

REFUSED = 2


def with_store(name: str, act: Callable[[], int]) -> int:
    """Set the store up, run the command, and return its exit code; a refusal is one line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amends.desk.settings")
    try:
        import django

        django.setup()
        refuse_old_store()
        return act()
    except AmendsError as problem:
        print(f"amends {name}: {problem}", file=sys.stderr)
        return REFUSED


def refuse_old_store() -> None:
    """Refuse to work on a store that is not set up or comes from another version.

    Raises:
        BadInput: run `amends up` once.
    """
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    from amends.vocabulary.errors import BadInput

    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        raise BadInput(f"The store cannot be read: {error}".strip().splitlines()[0]) from error
    if waiting:
        raise BadInput("The store is not set up yet: start `amends up` once, then try again.")
