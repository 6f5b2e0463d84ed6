"""Cards: what a person puts out by hand, who has it in hand, and what was said of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from amends.store import outgoings, records
from amends.store.models import MediaRow, OutgoingRow
from amends.store.outgoings import view_of, words_of
from amends.store.views import OutgoingView
from amends.vocabulary.errors import BadInput
from amends.vocabulary.outgoing import REPORTABLE, Outgoing, OutgoingKind, OutgoingState
from amends.vocabulary.record import Verb

S = OutgoingState


def waiting(real_now: datetime) -> tuple[OutgoingView, ...]:
    """Return what is with people now, the most urgent kind first, then the longest waiting.

    Args:
        real_now: The real time; a claim that has lapsed by then is not shown.
    """
    rows = OutgoingRow.objects.filter(state=S.WITH_PERSON.value, account__brand__archived=False)
    ordered = rows.alias(priority=outgoings.PRIORITY).order_by("priority", "due_at", "pk")
    return tuple(_view(row, real_now) for row in ordered.select_related("account__brand"))


def card(outgoing_id: str, real_now: datetime) -> OutgoingView:
    """Return one text as its card shows it.

    Raises:
        BadInput: There is none with this id.
    """
    row = OutgoingRow.objects.select_related("account__brand").filter(pk=outgoing_id).first()
    if row is None:
        raise BadInput(_("That text is not in the outbox any more. Reload the page."))
    return _view(row, real_now)


def _view(row: OutgoingRow, real_now: datetime) -> OutgoingView:
    if row.lease_until is None or row.lease_until <= real_now:
        row.lease_owner, row.lease_until = "", None  # only in memory: the claim has lapsed
    return view_of(row)


def number_waiting() -> int:
    """Return how many texts are with people now."""
    rows = OutgoingRow.objects.filter(state=S.WITH_PERSON.value, account__brand__archived=False)
    return rows.count()


def lock_late(work_now: datetime, real_now: datetime) -> Outgoing | None:
    """Return a post that nobody put out in time, locked; None for none.

    One that somebody has in hand is not late yet. Answers, statements and removals are never
    late: they stay with the person.
    """
    rows = OutgoingRow.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        state=S.WITH_PERSON.value,
        kind=OutgoingKind.POST.value,
        due_at__lt=work_now,
        account__brand__archived=False,
    )
    for row in rows.order_by("due_at"):
        in_hand = row.lease_until is not None and row.lease_until > real_now
        if not in_hand and row.due_at + timedelta(seconds=row.lateness_s) < work_now:
            return words_of(row)
    return None


def in_hand(outgoing_id: str, real_now: datetime) -> str:
    """Return who has a card in hand now, "" for nobody."""
    rows = OutgoingRow.objects.filter(pk=outgoing_id, lease_until__gt=real_now)
    return rows.values_list("lease_owner", flat=True).first() or ""


def posts_in_hand(account_ids: Sequence[str], real_now: datetime) -> dict[str, str]:
    """Return who has which post of these accounts in hand now, by the post's id."""
    rows = OutgoingRow.objects.filter(
        account_id__in=account_ids,
        kind=OutgoingKind.POST.value,
        state=S.WITH_PERSON.value,
        lease_until__gt=real_now,
    )
    return dict(rows.exclude(lease_owner="").values_list("pk", "lease_owner"))


def report(one: Outgoing, *, by: str, at: datetime, **changed: object) -> bool:
    """Write down that a person put a text out by hand; False when somebody was first.

    What is out is out: it is written down also where the desk had held, missed or undone it.

    Raises:
        BadInput: It is in a state in which no person can have put it out.
    """
    if one.state not in REPORTABLE:
        raise BadInput(_("That text is not one to put out by hand any more. Reload the page."))
    won = OutgoingRow.objects.filter(pk=one.id, state=one.state.value, fence=one.fence).update(
        state=S.PUBLISHED.value, lease_until=None, next_at=None, **changed
    )
    if won:
        records.enter(
            Verb.PUBLISHED, f"outgoing:{one.id}", by=by, at=at, content_hash=one.content_hash
        )
    return bool(won)


def picture(sha256: str) -> tuple[str, bytes]:
    """Return (kind, bytes) of a picture that goes with a text.

    Raises:
        BadInput: There is none with this hash.
    """
    row = MediaRow.objects.filter(pk=sha256).first()
    if row is None:
        raise BadInput(_("That picture is not here any more."))
    return row.kind, bytes(row.content)
