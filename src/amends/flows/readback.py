"""Reading back: what is unknown is looked for, repeated where that is safe, or a person's.

Theory of operation, by what a second identical send would do on the network:

named   We chose the post's name, so the identical call is repeated until an answer comes. Where
        it may not be repeated any more (a hold, its time passed), the name is looked up: what is
        absent a minute after the last call never left.
keyed   Looked for first, then repeated with the same key, never before the network has surely
        finished the lost call and never after it may have forgotten the key. Then as below.
none    Only looked for, and only after the network's read lag. What is still absent after the
        last look is a person's to decide; no timer ever chooses.

A removal is repeated everywhere: it reads first, and what is gone cannot go twice.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from amends.flows import aftermath, clock, guards, reach, results
from amends.flows.patience import Policy, Worker
from amends.networks.port import (
    Absent,
    CannotTell,
    Capabilities,
    Found,
    Frozen,
    Network,
    NotThere,
    SafeRepeat,
)
from amends.store import brands, outgoings, posts
from amends.store.turns import turn
from amends.vocabulary.errors import AmendsError, NetworkError
from amends.vocabulary.outgoing import Outgoing, OutgoingKind, OutgoingState

S = OutgoingState
Look = Found | Absent | CannotTell
SLACK = timedelta(minutes=2)  # a network's clock may be behind ours


def look_next(worker: Worker, states: tuple[OutgoingState, ...]) -> bool:
    """Look for, repeat or confirm one text that was sent; False when none waits for that."""
    with turn():
        real, policy = clock.real(), worker.policy
        one = outgoings.lock_look(real, states)
        if one is None:
            return False
        if one.state is S.UNKNOWN and one.reads >= policy.most_looks:
            words = one.words or _("Nothing could be proven after many looks.")
            return _give_to_person(one, words, _later(policy))
        # The look itself is leased by its next time, so that a dead worker only delays it.
        outgoings.change(one, next_at=real + policy.lease, reads=one.reads + 1)
    worker.at("looking")
    try:
        network = reach.network_of(one.account_id)
        can = network.can()
    except AmendsError as problem:
        _look_later(one, str(problem), policy)
        return True
    if one.state is S.PUBLISHED:
        _confirm(network, one, worker)
    elif one.state is S.NEEDS_PERSON:
        _look_on(network, one, worker)
    elif one.kind is OutgoingKind.REMOVAL or can.safe_repeat is SafeRepeat.NAMED:
        _repeat_or_seek(network, one, worker)
    else:
        _seek(network, one, can, worker)
    return True


def _give_to_person(one: Outgoing, words: str, look_at: datetime | None = None) -> bool:
    """Let a person decide; where nobody could read the network, it goes on being looked for."""
    return outgoings.move(one, S.NEEDS_PERSON, at=clock.now(), words=words, next_at=look_at)


def _look_later(one: Outgoing, words: str, policy: Policy) -> None:
    with turn():
        fresh = outgoings.lock(one.id)
        if fresh.state is S.UNKNOWN and one.reads >= len(policy.looks_s):
            _give_to_person(fresh, words, _later(policy))
        elif fresh.state is one.state:
            _plan_look(fresh, one.reads, policy)


def _later(policy: Policy) -> datetime:
    return clock.real() + timedelta(seconds=policy.looks_s[-1])


def _look_on(network: Network, one: Outgoing, worker: Worker) -> None:
    """Look once more for what waits for a person: what is found there needs no decision."""
    found = CannotTell("") if one.kind is OutgoingKind.REMOVAL else _find(network, one)
    worker.at("looked")
    with turn():
        fresh = outgoings.lock(one.id)
        if fresh.state is not S.NEEDS_PERSON:
            return
        if isinstance(found, Found):
            results.published(fresh, found.published, clock.now())
        else:
            again = isinstance(found, CannotTell) and one.reads < worker.policy.last_look
            outgoings.change(fresh, next_at=_later(worker.policy) if again else None)
    worker.at("recorded")


def _plan_look(one: Outgoing, reads: int, policy: Policy) -> None:
    """Look again so long after the first call as `looks_s` says."""
    waits = policy.looks_s
    wait = waits[min(reads, len(waits) - 1)] - (waits[reads - 1] if 0 < reads < len(waits) else 0)
    outgoings.change(one, next_at=clock.real() + timedelta(seconds=max(wait, waits[0])))


# --- repeating -----------------------------------------------------------------------------------


def _repeat_or_seek(network: Network, one: Outgoing, worker: Worker) -> None:
    if guards.barred(one, clock.now()) is None or one.kind is OutgoingKind.REMOVAL:
        _repeat(network, one, worker)
    else:
        _seek_named(network, one, worker)


def _repeat(network: Network, one: Outgoing, worker: Worker) -> None:
    """Make the identical call again."""
    since = results.awake_s()
    started = _begin_again(one, worker)
    if started is None:
        return
    worker.at("begun again")
    if results.must_stop(started, since, worker.policy):
        results.not_begun(started, worker, S.UNKNOWN)
        return
    worker.at("calling again")
    result = results.of_repeat(one, results.call(network, started))
    worker.at("answered again")
    results.record(started, result, worker)
    with turn():
        fresh, repeats = outgoings.lock(one.id), worker.policy.repeats_s
        if fresh.state is S.UNKNOWN:
            wait = repeats[min(one.reads + 1, len(repeats) - 1)]
            outgoings.change(fresh, next_at=clock.real() + timedelta(seconds=wait))


def _begin_again(one: Outgoing, worker: Worker) -> Outgoing | None:
    with turn():
        real, now = clock.real(), clock.now()
        fresh = outgoings.lock(one.id)
        epoch = brands.lock_gate(one.account_id)
        barred = guards.barred(fresh, now) is not None and one.kind is not OutgoingKind.REMOVAL
        if fresh.state is not S.UNKNOWN or barred:
            return None
        outgoings.begin_attempt(replace(fresh, fence=fresh.fence + 1), real)
        outgoings.move(
            fresh,
            S.SENDING,
            at=now,
            attempts=fresh.attempts + 1,
            fence=fresh.fence + 1,
            gate_epoch=epoch,
            lease_owner=worker.owner,
            lease_until=real + worker.policy.lease,
        )
        return outgoings.load(one.id)


# --- looking -------------------------------------------------------------------------------------


def _find(network: Network, one: Outgoing) -> Look:
    since = (one.first_left_at or one.approved_at) - SLACK
    return network.find(Frozen.from_json(one.frozen), since)


def _seek_named(network: Network, one: Outgoing, worker: Worker) -> None:
    """Look a named text up that may not be sent any more: what is absent for long never left."""
    found = _find(network, one)
    worker.at("looked")
    with turn():
        fresh, now, policy = outgoings.lock(one.id), clock.now(), worker.policy
        if fresh.state is not S.UNKNOWN:
            return
        barred = guards.barred(fresh, now)
        last = outgoings.last_call_at(fresh.id)
        if isinstance(found, Found):
            results.published(fresh, found.published, now)
        elif isinstance(found, Absent) and barred and _is_settled(last, policy):
            words = _("It did not leave: the network has nothing under its name.")
            outgoings.move(fresh, barred[0], at=now, words=words, next_at=None)
        elif isinstance(found, Absent) or one.reads < policy.most_looks:
            outgoings.change(fresh, next_at=clock.real() + policy.settled / 2)
        else:
            _give_to_person(fresh, found.words, _later(policy))
    worker.at("recorded")


def _is_settled(last: datetime | None, policy: Policy) -> bool:
    return last is None or clock.real() - last >= policy.settled


def _seek(network: Network, one: Outgoing, can: Capabilities, worker: Worker) -> None:
    """Look for a text that a repeat might double; repeat with its key while that is known."""
    found = _find(network, one)
    worker.at("looked")
    if not isinstance(found, Found) and _may_repeat_keyed(one, can):
        _repeat(network, one, worker)
        return
    with turn():
        fresh = outgoings.lock(one.id)
        if fresh.state is S.UNKNOWN:
            _after_look(fresh, found, one.reads, worker.policy)
    worker.at("recorded")


def _after_look(one: Outgoing, found: Look, reads: int, policy: Policy) -> None:
    if isinstance(found, Found):
        others = len(found.others)
        if results.published(one, found.published, clock.now()) and others:
            words = _("It stands there %(n)d times: look at the account, and take one down openly.")
            outgoings.change(outgoings.load(one.id), words=words % {"n": others + 1})
    elif reads < len(policy.looks_s):
        _plan_look(one, reads, policy)
    elif isinstance(found, CannotTell):
        _give_to_person(one, found.words, _later(policy))
    else:
        _give_to_person(one, _("Not found on the network after several looks."))


def _may_repeat_keyed(one: Outgoing, can: Capabilities) -> bool:
    if can.safe_repeat is not SafeRepeat.KEYED or one.first_left_at is None:
        return False
    real, last = clock.real(), outgoings.last_call_at(one.id) or one.first_left_at
    if guards.barred(one, clock.now()) is not None:
        return False
    in_window = real - one.first_left_at <= timedelta(seconds=can.repeat_window_s)
    return in_window and real - last >= timedelta(seconds=can.first_repeat_s)


# --- confirming ----------------------------------------------------------------------------------


def _confirm(network: Network, one: Outgoing, worker: Worker) -> None:
    if one.kind is OutgoingKind.REMOVAL:
        _confirm_removal(network, one, worker)
        return
    found = _find(network, one)
    worker.at("looked")
    policy = worker.policy
    with turn():
        fresh, now = outgoings.lock(one.id), clock.now()
        if fresh.state is not S.PUBLISHED:
            return
        if isinstance(found, Found):
            outgoings.move(fresh, S.CONFIRMED, at=now, confirmed_at=now, next_at=None)
        elif one.reads < len(policy.looks_s):  # it may only not be visible yet
            _plan_look(fresh, one.reads, policy)
        elif isinstance(found, CannotTell):
            outgoings.change(fresh, next_at=None)
        else:
            _vanished(fresh, now)
    worker.at("recorded")


def _vanished(one: Outgoing, now: datetime) -> None:
    if posts.is_taken_down(one.account_id, one.network_id):
        outgoings.change(one, next_at=None)
        return
    words = _("The network took it, and it is not there: removed by the network, or by somebody.")
    if outgoings.move(one, S.VANISHED, at=now, words=words, next_at=None):
        aftermath.vanished(one, now)


def _confirm_removal(network: Network, one: Outgoing, worker: Worker) -> None:
    """Read back until the post is gone."""
    gone, words = _is_gone(network, one)
    worker.at("looked")
    with turn():
        fresh, now = outgoings.lock(one.id), clock.now()
        if fresh.state is not S.PUBLISHED:
            return
        if gone:
            outgoings.move(fresh, S.CONFIRMED, at=now, confirmed_at=now, next_at=None)
        elif one.reads < len(worker.policy.looks_s):
            _plan_look(fresh, one.reads, worker.policy)
        else:
            outgoings.change(fresh, next_at=None, words=words)
    worker.at("recorded")


def _is_gone(network: Network, one: Outgoing) -> tuple[bool, str]:
    try:
        network.evidence(one.target)
    except NotThere:
        return True, ""
    except NetworkError as problem:
        return False, str(problem)
    return False, _("The network said that it is removed, and still shows it.")
