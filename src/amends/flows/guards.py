"""What every send must pass, asked again inside each transaction that brings it nearer."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from amends.answer.statement import content_hash
from amends.flows import clock, course, hold
from amends.store import paces
from amends.vocabulary.language import Language
from amends.vocabulary.outgoing import Outgoing, OutgoingState

LATE = gettext_noop("Its time passed before it could leave.")


def barred(one: Outgoing, now: datetime) -> tuple[OutgoingState, str] | None:
    """Return where a text goes that may not leave, and why; None when it may."""
    if is_late(one, now):
        return OutgoingState.MISSED, one.words or _(LATE)
    if hold.covers(one.account_id, one.kind):
        return OutgoingState.HELD, ""
    if not is_approved(one):
        return OutgoingState.CANCELLED, _(course.WITHDRAWN)
    return None


def is_late(one: Outgoing, now: datetime) -> bool:
    """Return whether a text's time has passed.

    Time in which the network itself asked us to wait does not count: a full quota delays.
    """
    return now > last_moment(one, paces.wait_until(one.account_id))


def last_moment(one: Outgoing, account_waits: datetime | None) -> datetime:
    """Return until when a text may leave, on the workspace's clock."""
    due_at = max(one.due_at, one.waited_at or one.due_at)
    if account_waits is not None:
        due_at = max(due_at, account_waits + clock.offset())
    return due_at + timedelta(seconds=one.lateness_s)


def is_approved(one: Outgoing) -> bool:
    """Return whether a person's yes to exactly this text for this account stands."""
    language = Language(one.language)
    hashed = content_hash(one.account_id, one.text, language, one.target)
    return bool(one.approved_hash) and one.approved_hash == hashed == one.content_hash
