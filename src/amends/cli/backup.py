"""`amends backup FILE`: copies the embedded store, also while the desk runs."""

import argparse
import os
from pathlib import Path

from amends.cli.with_store import refusing, small
from amends.desk import environment
from amends.store import copies
from amends.vocabulary.errors import BadInput

HELP = "copy the embedded store to a file, also while the desk runs"
BROKEN_RECORD = "The record in it does not add up: look under Desk, Check it now."


def main(argv: list[str]) -> int:
    """Make the copy, say what it is, and return 0; 1 where its record does not add up."""
    parser = argparse.ArgumentParser(prog="amends backup", description=HELP)
    parser.add_argument("file", type=Path, help="where to; it must not be there yet")
    parser.add_argument("--replace", action="store_true", help="put it in a former file's place")
    parser.add_argument("--data", type=Path, help="folder of the store; default AMENDS_DATA")
    wanted = parser.parse_args(argv)
    if wanted.data is not None:
        os.environ["AMENDS_DATA"] = str(wanted.data)
    return refusing("backup", lambda: _backup(wanted.file, replace=wanted.replace))


def _backup(file: Path, *, replace: bool) -> int:
    refuse_server("backup", "pg_dump")
    folder = environment.data_folder()
    about, size = copies.make(folder / copies.NAME, file.absolute(), replace=replace)
    print(
        f"Backed up to {file}: {small(size)}, up to line {about.lines} of the record "
        f"(root {about.root[:12]}), as of {about.time:%Y-%m-%d %H:%M:%S} UTC."
    )
    print(key_words(folder))
    if not about.sound:
        print(BROKEN_RECORD)
    return 0 if about.sound else 1


def refuse_server(command: str, instead: str) -> None:
    """Refuse where the store is not the embedded one.

    Raises:
        BadInput: the store is on PostgreSQL, which has its own ways.
    """
    if environment.value("DATABASE_URL"):
        raise BadInput(
            f"`amends {command}` is for the embedded store, and DATABASE_URL names a server: "
            f"use {instead} there."
        )


def key_words(folder: Path) -> str:
    """Return where the key lies that a backup needs and does not hold."""
    given = environment.value("AMENDS_ROOT_KEY")
    place = "AMENDS_ROOT_KEY" if given else str(folder / "root.key")
    return (
        f"The key of the kept tokens is not in it and is needed with it: keep {place} "
        "in another place too, or every account must be connected again."
    )
