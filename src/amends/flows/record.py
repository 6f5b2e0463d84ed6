"""The record at the desk: its head, its export, and a check of what is stored."""

from datetime import datetime

from amends import ledger
from amends.flows import clock
from amends.store import records
from amends.store.turns import turn


def head() -> tuple[int, str, datetime | None]:
    """Return the record's size, its root in hex, and the time of its last entry."""
    return records.head()


def export() -> str:
    """Return the record as a file that `amends ledger verify` checks offline."""
    with turn():
        lines = list(records.export(clock.now()))
    return "".join(f"{line}\n" for line in lines)


def verify() -> ledger.Report:
    """Return whether the stored record adds up, computed now."""
    return ledger.verify(export().splitlines())
