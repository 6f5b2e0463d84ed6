"""Calm: whether reproach is back to the usual, so that settling can be proposed."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from amends.flows import clock, watching
from amends.store import incidents
from amends.store.changes import bump
from amends.store.turns import turn

CALM = timedelta(hours=6)


def check_all() -> None:
    """Propose to settle each answered incident in which it has been calm for six hours."""
    with turn():
        now = clock.now()
        for incident_id in incidents.answered_ids():
            _check(incident_id, now)


def _check(incident_id: str, now: datetime) -> None:
    about = incidents.about(incident_id)
    waited = about.answered_at is not None and now - about.answered_at >= CALM
    if about.settle_proposed_at is not None or not waited:
        return
    if watching.is_calm_since(about.account_id, now - CALM, now):
        incidents.set_times(incident_id, settle_proposed_at=now)
        words = _("Reproach has been at its usual level for six hours: it can be settled.")
        incidents.note(incident_id, "calm", words, at=now)
        bump()
