"""The tamper-evident record in the database: appended in the transaction that it describes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from amends import ledger
from amends.store import changes
from amends.store.models import EntryRow, HeadRow
from amends.store.workspaces import person_id
from amends.vocabulary.record import Entry, Verb


def _head() -> HeadRow:
    HeadRow.objects.get_or_create(pk=1)
    return HeadRow.objects.select_for_update().get(pk=1)


def _frontier(row: HeadRow) -> ledger.Frontier:
    return ledger.Frontier(row.size, tuple(bytes.fromhex(peak) for peak in row.frontier))


def enter(  # noqa: PLR0913 - an entry is these fields
    verb: Verb,
    thing: str,
    *,
    by: str = "",
    at: datetime,
    content_hash: str = "",
    stage: str = "",
    rules: tuple[str, ...] = (),
    brand: str = "",
) -> None:
    """Seal one entry; call it inside the transaction of the change that it records.

    Args:
        verb: What happened.
        thing: What it happened to, as kind:id.
        by: The person's name at the desk, "" for the worker; only an opaque id is kept.
        at: When, on the workspace's clock.
        content_hash: Hash of the text that is meant, "" for none.
        stage: The stage an incident moved to.
        rules: Rules that spoke.
        brand: Whose record it is.
    """
    one = Entry(
        seq=0,  # its number comes with its place
        at=at,
        actor=person_id(by),
        verb=verb,
        object=thing,
        content_hash=content_hash,
        stage=stage.replace(" ", "_"),
        rules=rules,
        brand=brand,
    )
    _append([one], at)


def enter_many(
    verb: Verb, things: Sequence[tuple[str, str]], *, by: str = "", at: datetime
) -> None:
    """Seal one entry for each of (kind:id, content hash), in their order and in one go."""
    actor = person_id(by)
    _append([Entry(0, at, actor, verb, thing, hashed) for thing, hashed in things], at)


def _append(entries: Sequence[Entry], at: datetime) -> None:
    row = _head()
    frontier, rows = _frontier(row), []
    for entry in entries:
        numbered = replace(entry, seq=frontier.size)
        frontier = ledger.append(frontier, ledger.leaf(numbered))
        rows.append(EntryRow(seq=numbered.seq, line=ledger.line(numbered)))
    EntryRow.objects.bulk_create(rows)
    row.size, row.at = frontier.size, at
    row.frontier = [peak.hex() for peak in frontier.peaks]
    row.save()
    changes.bump()


def head() -> tuple[int, str, datetime | None]:
    """Return the record's size, its root in hex, and the time of its last entry."""
    row = HeadRow.objects.filter(pk=1).first() or HeadRow(size=0, frontier=[])
    return row.size, ledger.root(_frontier(row)).hex(), row.at


def size() -> int:
    """Return how many lines the record has."""
    return HeadRow.objects.filter(pk=1).values_list("size", flat=True).first() or 0


def newest_line(size: int) -> str:
    """Return the last line of the record as it was at this size, "" where it is shorter."""
    found = EntryRow.objects.filter(seq=size - 1).values_list("line", flat=True).first()
    return found or ""


def export(at: datetime) -> Iterator[str]:
    """Yield the record as lines, the head last, without line ends."""
    row = HeadRow.objects.filter(pk=1).first() or HeadRow(size=0, frontier=[])
    rows = EntryRow.objects.filter(seq__lt=row.size).order_by("seq")
    yield from rows.values_list("line", flat=True).iterator()
    yield ledger.head_line(_frontier(row), row.at or at)
