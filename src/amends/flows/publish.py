"""The outbox: claimed with a lease, sent once, read back until proven or with a person.

Theory of operation: the database is the truth. A claim takes a lease and a fence; the call
to the network is outside any transaction; its result is written only by the fence that made
it (`flows.results`). A row found in `sending` after its lease is `unknown`, never "failed".
What is unknown is looked for, and repeated only where a repeat cannot double (`flows.readback`).
"""

from dataclasses import replace
from datetime import timedelta

from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext as _

from amends.flows import by_hand, clock, guards, pace, parts, pictures, reach, readback, results
from amends.flows.patience import Policy, Worker
from amends.networks.port import (
    Content,
    Frozen,
    Network,
    NotThere,
    Refused,
    RefusedKind,
    SafeRepeat,
)
from amends.store import brands, incidents, outgoings, paces
from amends.store.turns import turn
from amends.vocabulary.errors import AmendsError, NetworkError, RateLimited, Unauthorized
from amends.vocabulary.outgoing import Outgoing, OutgoingKind, OutgoingState

S = OutgoingState
AWAY = (OperationalError, InterfaceError)  # the store is full, locked or gone: no text's fault


def work_once(worker: Worker) -> bool:
    """Carry the outbox one step on; False when there was nothing to do.

    What is unknown comes before what is due: a statement nobody knows about is the graver thing.
    """
    return (
        rescue(worker)
        or miss_late()
        or readback.look_next(worker, (S.UNKNOWN, S.NEEDS_PERSON))
        or send_next(worker)
        or readback.look_next(worker, (S.PUBLISHED,))
    )


def rescue(worker: Worker) -> bool:
    """Take over a text whose worker died; it is never sent first."""
    with turn():
        real, policy = clock.real(), worker.policy
        one = outgoings.lock_lapsed(real - policy.grace)
        if one is None:
            return False
        if one.state is S.SENDING:
            done = results.lost(one, _("The sender stopped before an answer came."), policy)
        elif one.failures >= policy.most_attempts:
            done = outgoings.move(one, S.NEEDS_PERSON, at=clock.now(), words=broken_words())
        else:
            done = outgoings.move(one, S.APPROVED, at=clock.now(), next_at=real)
    worker.at("rescued")
    return done


def broken_words() -> str:
    """Return what a person reads about a text that our own code breaks on."""
    return _("Our own handling of this text broke five times. Look at the log, then decide.")


def miss_late() -> bool:
    """Move one text that is past its lateness limit to missed."""
    with turn():
        at = clock.now()
        one = outgoings.lock_late(at, clock.offset())
        if one is None:
            return by_hand.miss_late()
        return outgoings.move(one, S.MISSED, at=at, words=one.words or _(guards.LATE))


def send_next(worker: Worker) -> bool:
    """Claim the text due first and send it; False when none is due."""
    one = _claim(worker)
    if one is None:
        return False
    if one.state is S.INTENDED:
        try:
            _carry_out(one, worker)
        except AWAY:
            raise
        except Exception:  # counted so that a text which breaks us stops coming back; never hidden
            outgoings.count_failure(one.id)
            raise
    return True


def _claim(worker: Worker) -> Outgoing | None:
    found = outgoings.due_id(clock.now(), clock.real())
    if found is None:
        return None
    try:
        with turn():
            one = _claimed(found, worker)
    except AWAY:  # the store's trouble, not this text's
        raise
    except Exception:  # a text that cannot even be read must not stop the others; never hidden
        _set_aside(found, worker.policy)
        raise
    worker.at("claimed")
    return one


def _claimed(outgoing_id: str, worker: Worker) -> Outgoing:
    one = outgoings.lock(outgoing_id)
    if one.state is not S.APPROVED:  # another worker was first
        return one
    real, now = clock.real(), clock.now()
    epoch = brands.lock_gate(one.account_id)
    barred = guards.barred(one, now)
    if barred is not None:
        outgoings.move(one, barred[0], at=now, words=barred[1])
    elif by_hand.hand_over(one, at=now):
        pass  # a person puts it out
    elif (waits := pace.wait_for(one, worker.policy)) is not None:
        until, words = waits
        outgoings.change(one, next_at=until, waited_at=until + clock.offset(), words=words)
    else:
        outgoings.move(
            one,
            S.INTENDED,
            at=now,
            fence=one.fence + 1,
            lease_owner=worker.owner,
            lease_until=real + worker.policy.lease,
            gate_epoch=epoch,
        )
        paces.served(one.account_id, real)
    worker.at("claiming")
    return outgoings.load(one.id)


def _set_aside(outgoing_id: str, policy: Policy) -> None:
    """Let a text that breaks the claim wait; after five times it is a person's."""
    with turn():
        failures = outgoings.count_broken_claim(outgoing_id)
        wait = policy.repeats_s[min(failures, len(policy.repeats_s)) - 1]
        outgoings.set_aside(outgoing_id, clock.real() + timedelta(seconds=wait))
        if failures >= policy.most_attempts:
            outgoings.park(outgoing_id, at=clock.now(), words=broken_words())


def _carry_out(one: Outgoing, worker: Worker) -> None:
    try:
        network = reach.network_of(one.account_id)
        if _may_be_out(network, one):
            _ask_person(one)
            return
        frozen = _frozen(network, one)
    except AmendsError as problem:
        _could_not_begin(one, problem, worker.policy)
        return
    worker.at("frozen")
    since = results.awake_s()
    started = _begin(one, frozen, worker.policy)
    if started is None:
        return
    worker.at("begun")
    if results.must_stop(started, since, worker.policy):
        results.not_begun(started, worker)
        return
    worker.at("calling")
    result = results.call(network, started)
    worker.at("answered")
    results.record(started, result, worker)


def _may_be_out(network: Network, one: Outgoing) -> bool:
    """Return whether an earlier call may have been accepted by a network that would double it.

    A person's "send it again" after that call is what lets it go.
    """
    if one.kind is OutgoingKind.REMOVAL or network.can().safe_repeat is SafeRepeat.NAMED:
        return False
    return outgoings.may_have_left(one.id, after=one.decided_at)


def _ask_person(one: Outgoing) -> None:
    words = _("An earlier try may be out already: look on the network, then decide.")
    with turn():
        outgoings.move(one, S.NEEDS_PERSON, at=clock.now(), words=words)


def _frozen(network: Network, one: Outgoing) -> str:
    """Return the exact wire body, made at the first claim and kept from then on."""
    if one.kind is OutgoingKind.REMOVAL:
        return ""
    shown = pictures.shown(network, one)
    if one.frozen:
        return one.frozen
    parent, root = _thread(network, one)
    content = Content(
        one.text,
        one.language,
        reply_parent=parent,
        reply_root=root,
        pictures=shown,
        private_to=reach.private_to(one),
    )
    return network.freeze(content, op=one.id, at=clock.real()).to_json()


def _thread(network: Network, one: Outgoing) -> tuple[str, str]:
    """Return the refs of what is answered; a statement to a post that is gone stands alone."""
    if one.part:
        return parts.refs_above(network, one)
    if not one.target:
        return "", ""
    try:
        return network.thread_ref(one.target)
    except NotThere:
        if one.kind is not OutgoingKind.STATEMENT:
            raise
        words = _(
            "The post is not on the network any more: the text goes out as a post of its own."
        )
        with turn():
            incidents.note(one.incident_id, "gone", words, at=clock.now())
        return "", ""


def _could_not_begin(one: Outgoing, problem: AmendsError, policy: Policy) -> None:
    """Nothing was sent: try later, or say why it cannot be."""
    words = str(problem)
    refused = Refused(RefusedKind.INVALID, permanent=True, words=words)
    if isinstance(problem, Unauthorized):
        refused = Refused(RefusedKind.UNAUTHORIZED, permanent=True, words=words)
    elif isinstance(problem, RateLimited):
        asked = problem.retry_after_s
        refused = Refused(RefusedKind.RATE_LIMITED, False, words, asked)  # noqa: FBT003
    elif isinstance(problem, NetworkError) and not problem.permanent:
        refused = Refused(RefusedKind.UNREACHABLE, permanent=False, words=words)
    with turn():
        fresh = outgoings.lock(one.id)
        if (fresh.state, fresh.fence) == (S.INTENDED, one.fence):
            results.refused(replace(fresh, attempts=fresh.attempts + 1), refused, policy)


def _begin(one: Outgoing, frozen: str, policy: Policy) -> Outgoing | None:
    """Write down that the call begins; None when something changed since the claim."""
    with turn():
        now, real = clock.now(), clock.real()
        fresh = outgoings.lock(one.id)
        if fresh.fence != one.fence or fresh.state is not S.INTENDED:
            return None
        slow = fresh.lease_until is None or real > fresh.lease_until - policy.lease * 2 / 3
        changed = brands.lock_gate(one.account_id) != fresh.gate_epoch
        if slow or changed or guards.barred(fresh, now) is not None:
            outgoings.move(fresh, S.APPROVED, at=now)  # the next claim says where it goes
            return None
        outgoings.begin_attempt(fresh, real)
        outgoings.move(
            fresh,
            S.SENDING,
            at=now,
            attempts=fresh.attempts + 1,
            frozen=frozen,
            wire_name=Frozen.from_json(frozen).wire_name if frozen else None,
            first_left_at=fresh.first_left_at or real,
            reads=0,
        )
        return outgoings.load(one.id)
