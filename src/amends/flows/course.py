"""An incident's course: each event through the table, in one transaction with its entry."""

from datetime import datetime

from amends.answer.stages import Command, Event, Move, step
from amends.store import incidents, outgoings, records
from amends.vocabulary.outgoing import WAITING, OutgoingState
from amends.vocabulary.record import Verb


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
    """Withdraw the approvals of texts that have not left yet."""
    for statement_id in incidents.withdraw_statements(incident_id):
        withdraw_outgoing(statement_id, by=by, at=at)


def withdraw_outgoing(statement_id: str, *, by: str, at: datetime) -> None:
    """Stop what of a statement has not left yet."""
    for one in outgoings.of_statement(statement_id):
        if one.state in WAITING:
            words = "Its approval was withdrawn, so it did not leave."
            outgoings.move(one, OutgoingState.CANCELLED, at=at, by=by, words=words)
        else:
            outgoings.change(one, approved_hash="")
    records.enter(Verb.APPROVAL_WITHDRAWN, f"statement:{statement_id}", by=by, at=at)
