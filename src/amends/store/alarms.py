"""Alarms, what people said to them, and their record."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from amends.store import mentions
from amends.store.brands import account_of
from amends.store.models import AlarmRow
from amends.store.posts import view_of as post_view
from amends.store.views import AlarmView
from amends.vocabulary.errors import BadInput
from amends.vocabulary.reproach import Alarm

RECORD = timedelta(days=90)
STATED_DAYS = 30.0


def add(alarm_id: str, account_id: str, post_id: str, incident_id: str, alarm: Alarm) -> None:
    """Keep a new alarm."""
    AlarmRow.objects.create(
        id=alarm_id,
        account_id=account_id,
        post_id=post_id or None,
        incident_id=incident_id or None,
        at=alarm.at,
        since=alarm.since,
        people=alarm.people,
        usual=alarm.usual,
        level=alarm.level,
    )


def _record(account_id: str, now: datetime) -> str:
    rows = AlarmRow.objects.filter(account_id=account_id, at__gte=now - RECORD)
    n, wrong = rows.count(), rows.filter(state="not us").count()
    return f"{n} alarm{'' if n == 1 else 's'} in 90 days, {wrong} not about us"


def _view(row: AlarmRow) -> AlarmView:
    return AlarmView(
        id=row.id,
        account=account_of(row.account),
        at=row.at,
        since=row.since,
        people=row.people,
        usual=row.usual,
        about_post=post_view(row.post) if row.post else None,
        words=mentions.heaviest(row.account_id, row.post_id or "", row.since),
        incident_id=row.incident_id or "",
        state=row.state,
        watch_until=row.watch_until,
        stated_days_per_false_alarm=STATED_DAYS,
        record=_record(row.account_id, row.at),
    )


def _rows() -> "QuerySet[AlarmRow]":
    return AlarmRow.objects.filter(account__brand__archived=False).select_related(
        "account__brand", "post__account__brand"
    )


def open_alarms(now: datetime | None = None) -> tuple[AlarmView, ...]:
    """Return the alarms nobody has answered, and those whose watch has ended, newest first."""
    waiting = Q(state="open")
    if now is not None:
        waiting |= Q(state="watching", watch_until__lte=now)
    return tuple(_view(row) for row in _rows().filter(waiting).order_by("-at"))


def alarm(alarm_id: str) -> AlarmView:
    """Return one alarm.

    Raises:
        BadInput: There is no such alarm.
    """
    row = _rows().filter(pk=alarm_id).first()
    if row is None:
        raise BadInput(_("That alarm is not here any more. Look under Incidents."))
    return _view(row)


def answer(
    alarm_id: str, state: str, *, by: str, why: str = "", until: datetime | None = None
) -> None:
    """Keep what a person said to an alarm: seen, not us, watching, or open again."""
    AlarmRow.objects.filter(pk=alarm_id).update(
        state=state, answered_by=by, why=why[:300], watch_until=until
    )


def seen(incident_id: str, by: str) -> None:
    """Say that somebody is in the incident's room."""
    AlarmRow.objects.filter(incident_id=incident_id, state="open").update(
        state="seen", answered_by=by
    )


def of_incident(incident_id: str) -> tuple[AlarmView, ...]:
    """Return an incident's alarms, oldest first."""
    return tuple(_view(row) for row in _rows().filter(incident_id=incident_id).order_by("at"))


def last_at(account_id: str) -> datetime | None:
    """Return when the account last alarmed."""
    rows = AlarmRow.objects.filter(account_id=account_id).order_by("-at")
    return rows.values_list("at", flat=True).first()
