"""Texts that a restore made unsure: they may have left since the copy was made."""

from collections.abc import Sequence

from django.db.models import F

from amends.store.models import OutgoingRow
from amends.store.outgoings import words_of
from amends.vocabulary.outgoing import Outgoing, OutgoingKind, OutgoingState

S = OutgoingState
OPEN = frozenset(
    {
        *(S.APPROVED, S.HELD, S.INTENDED, S.SENDING, S.WITH_PERSON),
        *(S.MISSED, S.REFUSED, S.NEEDS_PERSON, S.UNKNOWN),
    }
)


def lock_open() -> tuple[Outgoing, ...]:
    """Return every text that has not come to an end, locked until the transaction ends."""
    rows = OutgoingRow.objects.select_for_update(of=("self",)).filter(
        state__in=[state.value for state in OPEN], account__brand__archived=False
    )
    return tuple(words_of(row) for row in rows.order_by("due_at", "pk"))


def lock_of(account_id: str) -> tuple[Outgoing, ...]:
    """Return an account's unsure texts, locked; those due first first."""
    rows = OutgoingRow.objects.select_for_update(of=("self",)).filter(
        account_id=account_id,
        state=S.UNKNOWN.value,
        unsure_since__isnull=False,
        account__brand__archived=False,
    )
    return tuple(words_of(row) for row in rows.order_by("due_at", "pk"))


def count_look(ids: Sequence[str]) -> None:
    """Count one look for each, before it begins: one that breaks us still comes to an end."""
    OutgoingRow.objects.filter(pk__in=ids).update(reads=F("reads") + 1)


def outcomes(account_id: str, network_ids: Sequence[str]) -> frozenset[str]:
    """Return which of these posts are the outcome of a text already."""
    rows = OutgoingRow.objects.filter(account_id=account_id, network_id__in=set(network_ids))
    rows = rows.exclude(kind=OutgoingKind.REMOVAL.value)
    return frozenset(rows.values_list("network_id", flat=True))
