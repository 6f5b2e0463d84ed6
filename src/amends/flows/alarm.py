"""Alarms: one page an incident, and what people say to them."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from amends.answer import stages
from amends.flows import clock, course, ids, incident, watching
from amends.flows.watching import Raised
from amends.store import alarms, brands, incidents, posts, records
from amends.store.turns import turn
from amends.vocabulary.brand import Account
from amends.vocabulary.errors import BadInput
from amends.vocabulary.record import Verb
from amends.vocabulary.reproach import Severity

LATELY = timedelta(days=7)  # an answered incident rises again rather than a new one opening


def raise_(account_id: str, raised: Raised, at: datetime) -> str:
    """Raise an alarm inside a transaction and return the incident that it opened or woke."""
    account = brands.account(account_id).account
    known = incidents.lately_answered_for(account_id, at - LATELY)
    because = _because(account, raised)
    open_room = incidents.open_for(account_id)
    if open_room and _covers(open_room, raised.post_id):
        incidents.note(open_room, "alarm", f"It goes on. {because}", at=at)
        incident.gather(open_room, account_id, raised.post_id, at)
        watching.rest(account_id, at)
        return open_room
    if known:
        incident_id = known
        course.follow(known, stages.ReproachRose(), at=at)
        incidents.set_times(
            known, settle_proposed_at=None, settled_at=None, answered_at=None, reopened_at=at
        )
        incidents.note(known, "alarm", f"Reproach rose again. {because}", at=at)
        incident.gather(known, account_id, raised.post_id, at)
    else:
        incident_id = incident.open_now(
            by="",
            brand_id=account.brand.id,
            account_id=account_id,
            post_id=raised.post_id,
            title=_title(account, raised),
            because=because,
            severity=_severity(raised),
        )
    watching.rest(account_id, at)
    alarm_id = ids.new("alarm")
    alarms.add(alarm_id, account_id, raised.post_id, incident_id, raised.alarm)
    records.enter(Verb.ALARM, f"alarm:{alarm_id}", at=at, brand=account.brand.id)
    return incident_id


def _covers(incident_id: str, post_id: str) -> bool:
    """Return whether an open incident is already about this: one page an incident."""
    about = incidents.about(incident_id).post_id
    return not about or not post_id or about == post_id


def _title(account: Account, raised: Raised) -> str:
    text = posts.post(raised.post_id).text if raised.post_id else ""
    short = text if len(text) <= 60 else text[:57].rstrip() + "…"
    return f"@{account.handle}: “{short}”" if text else f"@{account.handle} is reproached"


def _because(account: Account, raised: Raised) -> str:
    alarm = raised.alarm
    minutes = max(int((alarm.at - alarm.since).total_seconds() // 60), 1)
    return (
        f"{alarm.people} different people reproached @{account.handle} in {minutes} min "
        f"(usual: {_usual_words(alarm.usual)})."
    )


def _usual_words(usual: float) -> str:
    return f"{usual:.1f}" if usual >= 0.1 else "under 0.1"


def _severity(raised: Raised) -> Severity:
    """Unsure means the higher: an alarm starts as major."""
    return Severity.CRITICAL if raised.alarm.people >= 50 else Severity.MAJOR


def not_us(by: str, alarm_id: str, why: str = "") -> None:
    """Say that an alarm is not about us; its incident is dismissed.

    Raises:
        WrongStage: somebody has gone further with the incident meanwhile.
    """
    with turn():
        found = alarms.alarm(alarm_id)
        alarms.answer(alarm_id, "not us", by=by, why=why)
        if found.incident_id:
            incident.dismiss(by, found.incident_id, why or "Not about us, said at the alarm.")


def watch_on(by: str, alarm_id: str, minutes: int = 30) -> None:
    """Watch on for a while; then the alarm asks again.

    Raises:
        BadInput: there is no such alarm.
    """
    with turn():
        alarms.alarm(alarm_id)
        until = clock.now() + timedelta(minutes=minutes)
        alarms.answer(alarm_id, "watching", by=by, until=until)


def take_back(by: str, alarm_id: str) -> str:
    """Take "not us" back; the incident opens anew, and its id is returned.

    Raises:
        BadInput: the alarm was not answered so.
    """
    with turn():
        found = alarms.alarm(alarm_id)
        if found.state not in {"not us", "watching"}:
            raise BadInput(_("This alarm is open. Look under Incidents."))
        alarms.answer(alarm_id, "seen", by=by)
        if found.state == "watching":
            return found.incident_id
        return incident.mistake(
            by,
            post_id=found.about_post.id if found.about_post else "",
            account_id=found.account.id,
        )
