"""Holds and their receipts."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from amends.store import brands, outgoings
from amends.store.models import HoldRow
from amends.store.views import HoldView
from amends.vocabulary.errors import BadInput

OUT_OF_REACH = (
    "Posts that were scheduled in another tool, or in the network itself: look there.",
    "People and programs that hold the account's password outside Amends.",
)


def add(  # noqa: PLR0913 - a hold is these facts
    hold_id: str,
    scope: str,
    *,
    by: str,
    at: datetime,
    why: str,
    in_flight: Sequence[str],
    incident_id: str = "",
) -> None:
    """Keep a new hold."""
    HoldRow.objects.create(
        id=hold_id,
        scope=scope,
        why=why[:300],
        set_by=by,
        set_at=at,
        in_flight=list(in_flight),
        incident_id=incident_id or None,
    )


def _view(row: HoldRow) -> HoldView:
    covered = brands.covered_by(row.scope) if row.released_at is None else ()
    waiting = [one.id for one in outgoings.held(covered)]
    return HoldView(
        id=row.id,
        scope_words=brands.scope_words(row.scope),
        set_by=row.set_by,
        set_at=row.set_at,
        why=row.why,
        released_at=row.released_at,
        released_by=row.released_by,
        held=outgoings.views(waiting),
        in_flight=outgoings.views(row.in_flight),
        out_of_reach=OUT_OF_REACH,
    )


def active() -> tuple[HoldView, ...]:
    """Return the holds that stand, newest first."""
    rows = HoldRow.objects.filter(released_at=None).order_by("-set_at")
    # A hold whose brand was put away covers nothing any more.
    return tuple(
        _view(row) for row in rows if row.scope == "everything" or brands.covered_by(row.scope)
    )


def active_scopes() -> tuple[tuple[str, str], ...]:
    """Return the standing holds as (id, scope)."""
    return tuple(HoldRow.objects.filter(released_at=None).values_list("id", "scope"))


def scope_of(hold_id: str) -> str:
    """Return a standing hold's scope.

    Raises:
        BadInput: There is no such hold, or it was released.
    """
    row = HoldRow.objects.filter(pk=hold_id).first()
    if row is None:
        raise BadInput(_("There is no such hold. Look under Freeze for those that stand."))
    if row.released_at:
        raise BadInput(f"{row.released_by} has released this hold already.")
    return row.scope


def hold(hold_id: str) -> HoldView:
    """Return one hold with its receipt.

    Raises:
        BadInput: There is no such hold.
    """
    row = HoldRow.objects.filter(pk=hold_id).first()
    if row is None:
        raise BadInput(_("There is no such hold. Look under Freeze for those that stand."))
    return _view(row)


def of_incident(incident_id: str) -> tuple[HoldView, ...]:
    """Return the holds set for an incident, newest first."""
    rows = HoldRow.objects.filter(incident_id=incident_id).order_by("-set_at")
    return tuple(_view(row) for row in rows)


def release(hold_id: str, *, by: str, at: datetime) -> None:
    """End a hold."""
    HoldRow.objects.filter(pk=hold_id).update(released_at=at, released_by=by)
