"""An incident's course: each event through the table, in one transaction with its entry."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from amends.answer.stages import Command, Event, Move, step
from amends.store import incidents, outgoings, records
from amends.vocabulary.outgoing import WAITING, Outgoing, OutgoingState
from amends.vocabulary.record import Verb

WITHDRAWN = gettext_noop("Its approval was withdrawn, so it did not leave.")

STOPPABLE = WAITING | {OutgoingState.INTENDED, OutgoingState.MISSED, OutgoingState.REFUSED}
# Of these nobody knows whether they are out: they are followed, and never sent again.
UNPROVEN = frozenset({OutgoingState.SENDING, OutgoingState.UNKNOWN, OutgoingState.NEEDS_PERSON})


def follow(incident_id: str, event: Event, *, at: datetime) -> Move:
    """Move the incident by the event and return where it led; call it in a transaction.

    Raises:
        WrongStage: the event does not fit where the incident stands.
        BadInput: there is no such incident.
    """
    before = incidents.load_incident(incident_id)
    move = step(before, event)
    incidents.save_incident(move.incident)
    by = getattr(event, "by", "")
    if move.incident.stage is not before.stage:
        records.enter(
            Verb.STAGE_MOVED,
            f"incident:{incident_id}",
            by=by,
            at=at,
            stage=move.incident.stage.value,
            brand=before.brand_id,
        )
    if Command.WITHDRAW_APPROVALS in move.commands:
        withdraw_approvals(incident_id, by=by, at=at)
    return move


def withdraw_approvals(incident_id: str, *, by: str, at: datetime) -> None:
    """Withdraw the approvals of texts that have not left yet; what is out stays out."""
    for statement_id in incidents.approved_ids(incident_id):
        withdraw_statement(statement_id, by=by, at=at)


def withdraw_statement(statement_id: str, *, by: str, at: datetime) -> bool:
    """Stop what of a text has not left; False when nothing of it can be stopped any more."""
    out = outgoings.of_statement(statement_id)
    waiting = [one for one in out if one.state in STOPPABLE]
    unproven = [one for one in out if one.state in UNPROVEN]
    for one in (*waiting, *unproven):
        _stop(one, by, at)
    if not (waiting or unproven):
        return False
    if len(waiting) == len(out):
        incidents.withdraw_statement(statement_id)
    records.enter(Verb.APPROVAL_WITHDRAWN, f"statement:{statement_id}", by=by, at=at)
    return True


def _stop(one: Outgoing, by: str, at: datetime) -> None:
    if one.state in WAITING:
        outgoings.move(one, OutgoingState.CANCELLED, at=at, by=by, words=_(WITHDRAWN))
    else:
        outgoings.change(one, approved_hash="")
