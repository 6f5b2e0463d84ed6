"""What became of a call, written in one transaction with what follows from it.

A result belongs to the fence that made the call. One that comes late, after another worker took
the text over, is kept as the attempt that it was; that it is out is never dropped.
"""

import time
from dataclasses import replace
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from amends.flows import aftermath, clock, pace, pictures
from amends.flows.patience import Policy, Worker
from amends.networks.port import (
    Frozen,
    Network,
    Published,
    Refused,
    RefusedKind,
    Removed,
    SafeRepeat,
    Unknown,
)
from amends.networks.shelf import network_named
from amends.store import brands, outgoings, paces
from amends.store.turns import turn
from amends.vocabulary.errors import AmendsError
from amends.vocabulary.outgoing import Outgoing, OutgoingKind, OutgoingState

S = OutgoingState
Result = Published | Removed | Refused | Unknown
PROVEN = (Published, Removed)
NOT_OUT = frozenset({S.APPROVED, S.HELD, S.MISSED, S.REFUSED, S.CANCELLED, S.GIVEN_UP})
LONGEST_URL = 500


def call(network: Network, one: Outgoing) -> Result:
    """Return what became of the one call; what breaks in it is unknown, never "not sent"."""
    try:
        if one.kind is OutgoingKind.REMOVAL:
            return network.remove(one.target)
        return network.publish(Frozen.from_json(one.frozen))
    except AmendsError as problem:
        return Unknown(hint=str(problem))


def record(one: Outgoing, result: Result, worker: Worker) -> None:
    """Write what became of the call that was made under this text's fence."""
    with turn():
        words, left = _told(result)
        outgoings.end_attempt(
            one.id,
            one.fence,
            at=clock.real(),
            result=type(result).__name__,
            words=words,
            left=left,
        )
        pace.heard(one.account_id, getattr(result, "quota", None))
        fresh = outgoings.lock(one.id)
        if (fresh.state, fresh.fence) == (S.SENDING, one.fence):
            _take(fresh, result, worker.policy)
        elif isinstance(result, PROVEN):
            _come_late(fresh, result)
        worker.at("recording")
    worker.at("recorded")


def awake_s() -> float:
    """Return seconds that also pass while the computer sleeps, and never jump."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


def must_stop(one: Outgoing, since: float, policy: Policy) -> bool:
    """Return whether a call that is written down must not be made: a hold fell, or we slept."""
    if awake_s() - since > policy.lease.total_seconds() / 3:
        return True
    return brands.gate_epoch(one.account_id) != one.gate_epoch


def not_begun(one: Outgoing, worker: Worker, back_to: OutgoingState = S.APPROVED) -> None:
    """Write that a call was written down and never made."""
    with turn():
        at, words = clock.real(), _("Stopped before anything was sent.")
        outgoings.end_attempt(one.id, one.fence, at=at, result="NotBegun", words=words, left="no")
        outgoings.move(one, back_to, at=clock.now(), attempts=one.attempts - 1, next_at=at)
    worker.at("recorded")


def _told(result: Result) -> tuple[str, str]:
    if isinstance(result, Refused):
        return result.words, "no"
    if isinstance(result, Unknown):
        return result.hint, "yes" if result.left else "no"
    return "", "yes"


def _take(one: Outgoing, result: Result, policy: Policy) -> None:
    if isinstance(result, Published):
        published(one, result, clock.now())
    elif isinstance(result, Removed):
        removed(one, result, clock.now())
    elif isinstance(result, Refused):
        refused(one, result, policy)
    else:
        _unknown(one, result, policy)


def _come_late(fresh: Outgoing, result: Published | Removed) -> None:
    """Believe a yes that came after the lease: the text is out, whatever was thought since."""
    now = clock.now()
    if fresh.state in NOT_OUT:  # people were told that it is not out: prove it, send nothing
        words = _("The network's yes came late: it is looked for.")
        outgoings.change(fresh, approved_hash="")
        outgoings.move(fresh, S.UNKNOWN, at=now, next_at=clock.real(), words=words, reads=0)
    elif fresh.state in {S.UNKNOWN, S.NEEDS_PERSON} and isinstance(result, Published):
        published(fresh, result, now)
    elif fresh.state in {S.UNKNOWN, S.NEEDS_PERSON} and isinstance(result, Removed):
        removed(fresh, result, now)


def lag_s(account_id: str) -> float:
    """Return how long the account's network takes to show what it accepted, in seconds."""
    # Asked of the shelf: the account may have been disconnected while the call was open.
    return network_named(brands.network_name(account_id)).can.assumed_lag_s


def published(one: Outgoing, result: Published, now: datetime) -> bool:
    """Keep that a text is out, with all that follows; False when another worker was first."""
    won = outgoings.move(
        one,
        S.PUBLISHED,
        at=now,
        network_id=result.network_id,
        url=result.url if len(result.url) <= LONGEST_URL else "",
        published_at=now,
        next_at=clock.real() + timedelta(seconds=lag_s(one.account_id)),
        reads=0,
        words=result.notice,
    )
    if won:
        paces.forget_waits(one.account_id)
        aftermath.published(one, result.network_id, result.url, now)
    return won


def removed(one: Outgoing, result: Removed, now: datetime) -> None:
    """Keep that a post is gone by our hand, or was gone before."""
    words = "" if result.was_there else _("It was gone already.")
    look_at = clock.real() + timedelta(seconds=lag_s(one.account_id))
    if outgoings.move(
        one, S.PUBLISHED, at=now, published_at=now, next_at=look_at, reads=0, words=words
    ):
        aftermath.removed(one, now)


def refused(one: Outgoing, result: Refused, policy: Policy) -> None:
    """Put a text that is surely not out back, or end it with the network's words."""
    now, real = clock.now(), clock.real()
    pictures.forget_swept(one, result)
    if result.kind is RefusedKind.UNAUTHORIZED:
        brands.set_connected(one.account_id, connected=False, words=result.words)
        outgoings.move(one, S.APPROVED, at=now, words=result.words, next_at=None)
    elif result.kind is RefusedKind.RATE_LIMITED:
        until = pace.asked_to_wait(one, result.retry_after_s, policy)
        attempts = max(one.attempts - 1, 0)  # waiting in a queue is no failed try
        outgoings.move(
            one, S.APPROVED, at=now, words=result.words, next_at=until, attempts=attempts
        )
    elif result.permanent or one.attempts >= policy.most_attempts:
        if outgoings.move(one, S.REFUSED, at=now, words=result.words, attempts=one.attempts):
            aftermath.refused(one, result.words, now)
    else:
        named = policy.retries_s[min(one.attempts, len(policy.retries_s)) - 1]
        wait = timedelta(seconds=result.retry_after_s or named)
        outgoings.move(
            one,
            S.APPROVED,
            at=now,
            words=result.words,
            attempts=one.attempts,
            next_at=real + wait,
        )


def _unknown(one: Outgoing, result: Unknown, policy: Policy) -> None:
    if not result.left:
        words = _("The network could not be reached; nothing was sent.")
        refused(one, Refused(RefusedKind.UNREACHABLE, permanent=False, words=words), policy)
        return
    lost(one, result.hint, policy)


def lost(one: Outgoing, hint: str, policy: Policy) -> bool:
    """Keep that nobody knows whether a text is out; False when another worker was first."""
    now = clock.now()
    first_look = clock.real() + _first_look(one, policy)
    won = outgoings.move(one, S.UNKNOWN, at=now, words=hint, next_at=first_look)
    if won and one.reads == 0:  # said once, not at each repeat
        aftermath.lost(one, now)
    return won


def _first_look(one: Outgoing, policy: Policy) -> timedelta:
    """Return how long to wait after a lost call before the network is asked about it.

    Looking before the network shows what it accepted is as bad as sending again blindly.
    """
    can = network_named(brands.network_name(one.account_id)).can
    if one.kind is OutgoingKind.REMOVAL or can.safe_repeat is SafeRepeat.NAMED:
        return timedelta(seconds=policy.repeats_s[0])
    return timedelta(seconds=max(policy.looks_s[0], can.assumed_lag_s))


def of_repeat(one: Outgoing, result: Result) -> Result:
    """Return what a repeat proves: one that was turned away says nothing about the first call."""
    if isinstance(result, Refused):
        if result.kind is RefusedKind.UNAUTHORIZED:
            brands.set_connected(one.account_id, connected=False, words=result.words)
        return Unknown(hint=result.words)
    return replace(result, left=True) if isinstance(result, Unknown) else result
