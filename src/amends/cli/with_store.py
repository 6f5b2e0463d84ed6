"""The commands that need the store: Django set up, and refusals said in one line."""

import os
import sys
from collections.abc import Callable

from amends.vocabulary.errors import AmendsError, BadInput

REFUSED = 2


def with_store(name: str, act: Callable[[], int]) -> int:
    """Set the store up, run the command, and return its exit code; a refusal is one line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amends.desk.settings")
    try:
        import django

        django.setup()
        refuse_old_store()
        return _worked(act)
    except AmendsError as problem:
        print(f"amends {name}: {problem}", file=sys.stderr)
        return REFUSED


def _worked(act: Callable[[], int]) -> int:
    """Run the command; a store that fails under it is a refusal, not a "stop".

    Raises:
        BadInput: the store could not be read or written.
    """
    from django.db import DatabaseError

    try:
        return act()
    except DatabaseError as error:
        raise BadInput(f"The store did not answer: {_first_line(error)}. Try again.") from error


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]


def refuse_old_store() -> None:
    """Refuse to work on a store that is not set up or comes from another version.

    Raises:
        BadInput: run `amends up` once.
    """
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        raise BadInput(f"The store cannot be read: {_first_line(error)}") from error
    if waiting:
        raise BadInput("The store is not set up yet: start `amends up` once, then try again.")
