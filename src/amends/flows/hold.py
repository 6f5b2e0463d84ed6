"""Freeze and resume: posts of a scope wait, and nothing of it leaves meanwhile.

People's answers (replies, statements, take-downs) still work: a hold stops what was planned
before anyone knew.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from amends.flows import by_hand, clock, ids
from amends.store import brands, holds, outgoings, records, threads
from amends.store.turns import turn
from amends.store.views import HoldView
from amends.vocabulary.outgoing import HELD_KINDS, Outgoing, OutgoingKind, OutgoingState
from amends.vocabulary.record import Verb

KINDS = tuple(sorted(HELD_KINDS))
PLANNED = timedelta(minutes=11)  # later than the ten minutes of what the rules stopped


def is_held(account_id: str) -> bool:
    """Return whether a standing hold covers the account; ask inside the sending transaction."""
    scopes = brands.scopes_of(account_id)
    return any(scope in scopes for _hold_id, scope in holds.active_scopes())


def hold(by: str, scope: str, why: str = "", incident_id: str = "") -> HoldView:
    """Hold the posts of a scope and return the receipt; when it returns, none of them leaves.

    Args:
        by: Who freezes.
        scope: everything, brand:<id> or account:<id>.
        why: One sentence, for the banner.
        incident_id: The incident it is set for, "" for none.

    Raises:
        BadInput: the scope names nothing that is here.
    """
    hold_id = ids.new("hold")
    with turn():
        at = clock.now()
        covered = brands.ids_in_scope(scope)
        brands.raise_epochs(covered)
        in_hand = by_hand.held_in_hand(covered)
        outgoings.hold_all(covered, KINDS, by=by, at=at, planned_after=at + PLANNED)
        flying = (*outgoings.in_flight(covered, KINDS), *in_hand)
        holds.add(hold_id, scope, by=by, at=at, why=why, in_flight=flying, incident_id=incident_id)
        records.enter(Verb.HELD, f"hold:{hold_id}", by=by, at=at)
    return holds.hold(hold_id)


def release(by: str, hold_id: str, outgoing_ids: Sequence[str] | None = None) -> None:
    """Release a hold, post by post.

    Args:
        by: Who resumes.
        hold_id: The hold.
        outgoing_ids: Those that were read again and may go; None for all that are still
            within their time. What is past its time becomes missed, never a burst; what was
            not chosen becomes missed too, so that a person decides about it.

    Raises:
        BadInput: there is no such hold, or it was released already.
    """
    with turn():
        at = clock.now()
        covered = brands.covered_by(holds.scope_of(hold_id))
        brands.raise_epochs(covered)
        holds.release(hold_id, by=by, at=at)
        for one in outgoings.held(covered):
            if not is_held(one.account_id):
                _let_go(one, by, at, chosen=outgoing_ids is None or one.id in outgoing_ids)
        records.enter(Verb.RELEASED, f"hold:{hold_id}", by=by, at=at)


def _let_go(one: Outgoing, by: str, at: datetime, *, chosen: bool) -> None:
    # What fell due meanwhile is missed, or all of it would leave at once. A later part of a
    # thread is not late: its time begins when the one before it is out. Nor is a card that a
    # person puts out: people do not burst.
    in_time = at <= one.due_at or threads.waits(one) or _is_card(one, at)
    if chosen and in_time:
        outgoings.move(one, OutgoingState.APPROVED, at=at, by=by, verb=Verb.RELEASED)
        return
    words = _("It was held over its time.") if chosen else _("It was not released with the others.")
    outgoings.move(one, OutgoingState.MISSED, at=at, by=by, words=words)


def _is_card(one: Outgoing, at: datetime) -> bool:
    late = at > one.due_at + timedelta(seconds=one.lateness_s)
    return by_hand.is_by_hand(one.account_id) and not late


def active() -> tuple[HoldView, ...]:
    """Return the holds that stand, newest first."""
    return holds.active()


def covers(account_id: str, kind: OutgoingKind) -> bool:
    """Return whether a new text of this kind must wait."""
    return kind in HELD_KINDS and is_held(account_id)
