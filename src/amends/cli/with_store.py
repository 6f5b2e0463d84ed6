"""The commands that need the store: Django set up, and refusals said in one line."""

import fcntl
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO

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


def refusing(name: str, act: Callable[[], int]) -> int:
    """Run a command that sets up what it needs by itself; a refusal is one line."""
    try:
        return act()
    except AmendsError as problem:
        print(f"amends {name}: {problem}", file=sys.stderr)
        return REFUSED


def small(size: int) -> str:
    """Return a number of bytes as a person reads it.

    >>> small(900), small(1_400_000)
    ('1 kB', '1.4 MB')
    """
    return f"{max(size / 1e3, 1):.0f} kB" if size < 1e6 else f"{size / 1e6:.1f} MB"


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


class alone:  # noqa: N801 - reads as `with alone(folder)`
    """Hold the data folder, so that no second process works on the same embedded store."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "in-use.lock"
        self._file: IO[str] | None = None

    def __enter__(self) -> None:
        self._file = self._path.open("w", encoding="utf-8")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self._file.close()
            raise BadInput(
                f"Another Amends works in {self._path.parent}: stop it, or choose another --data."
            ) from error

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()


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
