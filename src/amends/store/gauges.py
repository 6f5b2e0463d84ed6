"""What can be counted about the outbox: for those who watch the desk from outside."""

from datetime import datetime, timedelta

from django.db.models import Count, QuerySet

from amends.store.models import AttemptRow, DueRow, HoldRow, OutgoingRow
from amends.vocabulary.outgoing import OutgoingState

S = OutgoingState
UNSENT = (S.APPROVED, S.INTENDED, S.SENDING)
NONE = timedelta(0)


def _here() -> "QuerySet[OutgoingRow]":
    return OutgoingRow.objects.filter(account__brand__archived=False)


def by_state() -> dict[OutgoingState, int]:
    """Return how many texts stand in each state."""
    rows = dict(_here().values_list("state").annotate(n=Count("pk")))
    return {state: rows.get(state.value, 0) for state in OutgoingState}


def attempts() -> dict[str, int]:
    """Return how many calls ended how, "open" for those that have not."""
    rows = AttemptRow.objects.values_list("result").annotate(n=Count("pk"))
    return {result or "open": n for result, n in rows}


def standing_holds() -> int:
    """Return how many holds stand."""
    return HoldRow.objects.filter(released_at=None).count()


def oldest_unsent(work_now: datetime) -> timedelta | None:
    """Return how long the oldest text has been due that has not left; None for none."""
    rows = _here().filter(state__in=[state.value for state in UNSENT], due_at__lte=work_now)
    first = rows.order_by("due_at").values_list("due_at", flat=True).first()
    return None if first is None else work_now - first


def oldest_unconfirmed(real_now: datetime) -> timedelta | None:
    """Return since when the oldest text that nobody knows about may be out; None for none."""
    rows = _here().filter(state=S.UNKNOWN.value)
    times = rows.values_list("first_left_at", "unsure_since", "approved_at")
    begun = min((left or unsure or approved for left, unsure, approved in times), default=None)
    return None if begun is None else max(real_now - begun, NONE)


def oldest_poll(real_now: datetime) -> timedelta | None:
    """Return how long the poll due longest has waited; None where none is due."""
    rows = DueRow.objects.filter(kind="listen", due_at__lte=real_now).order_by("due_at")
    first = rows.values_list("due_at", flat=True).first()
    return None if first is None else real_now - first
