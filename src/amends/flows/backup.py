"""Putting a backup back: prepared beside the store, marked as restored, then put in one step."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.utils.translation import gettext as _

from amends.flows import restore as restores
from amends.flows import vault
from amends.store import copies, embedded, schema, workspaces


@dataclass(frozen=True)
class Restored:
    """What a restore did."""

    at: datetime  # of the backup
    lines: int  # of the record in it
    unsure: int  # texts that are looked for
    aside: Path | None  # where the former store is
    same_key: bool  # the root key here opens its tokens, as far as is known


def restore(by: str, file: Path, folder: Path) -> Restored:
    """Put a backup in the store's place; nothing is changed where it cannot be used.

    Args:
        by: Who restores.
        file: The backup.
        folder: The data folder, which this process alone holds.

    Raises:
        BadInput: it is no backup, damaged, or of a newer version.
    """
    kept = restores.kept_newest(folder)
    store = folder / copies.NAME
    with copies.unpacked(file, folder) as (half, about):
        schema.refuse_newer(about.schema)
        words = _("Restored from the backup of %(time)s: look before anything leaves.") % {
            "time": about.time.strftime(restores.TIME)
        }
        with embedded.working_on(half):
            schema.migrate()
            generation = max(workspaces.generation(), kept.generation if kept else 0) + 1
            unsure = restores.restored(by, about.time, words, generation)
            mark = workspaces.key_mark()
            newest = restores.now_newest()
        aside = store.with_name(
            f"amends.replaced-{datetime.fromisoformat(newest.at).astimezone(UTC):%Y%m%dT%H%M%SZ}.sqlite3"
        )
        had = copies.put_in_place(half, store, aside)
    restores.keep_newest(folder, newest)
    same_key = mark in {"", vault.key_mark()}
    return Restored(about.time, about.lines, unsure, aside if had else None, same_key)
