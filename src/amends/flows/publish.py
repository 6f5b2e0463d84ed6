"""The outbox: claimed with a lease, sent once, read back until proven or with a person.

Theory of operation: the database is the truth. A claim takes a lease and a fence; the call
to the network is outside any transaction; its result is written only by the fence that made
it. A row found in `sending` after its lease is `unknown`, never "failed". On a network where
we choose the post's name the identical call is repeated until an answer comes; elsewhere it
is only looked for, and a person decides when it cannot be found.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from amends.answer.statement import content_hash
from amends.flows import aftermath, by_hand, clock, course, hold, reach
from amends.networks.port import (
    CannotTell,
    Content,
    Found,
    Frozen,
    Network,
    NotThere,
    Published,
    Refused,
    RefusedKind,
    Removed,
    SafeRepeat,
    Unknown,
)
from amends.networks.shelf import network_named
from amends.store import brands, incidents, outgoings, posts
from amends.store.turns import turn
from amends.vocabulary.errors import (
    AmendsError,
    NetworkError,
    Unauthorized,
)
from amends.vocabulary.language import Language
from amends.vocabulary.outgoing import Outgoing, OutgoingKind, OutgoingState

S = OutgoingState
Result = Published | Removed | Refused | Unknown


@dataclass(frozen=True)
class Policy:
    """How long sends may take and when to look again; house judgement."""

    lease: timedelta = timedelta(seconds=90)
    grace: timedelta = timedelta(seconds=30)  # a paused worker may still wake
    retries_s: tuple[int, ...] = (30, 120, 600, 1_800)
    repeats_s: tuple[int, ...] = (1, 2, 5, 15, 30, 60, 60, 120, 120, 120)
    looks_s: tuple[int, ...] = (30, 120, 300, 600)
    most_attempts: int = 5
    most_looks: int = 20  # repeats and looks together; then a person decides


POLICY = Policy()
LATE = gettext_noop("Its time passed before it could leave.")


def work_once(owner: str, policy: Policy = POLICY) -> bool:
    """Carry the outbox one step on; False when there was nothing to do."""
    return rescue(policy) or miss_late() or send_next(owner, policy) or look_next(owner, policy)


def rescue(policy: Policy = POLICY) -> bool:
    """Take over a text whose worker died; it is never sent first."""
    with turn():
        real = clock.real()
        one = outgoings.lock_lapsed(real - policy.grace)
        if one is None:
            return False
        if one.failures >= policy.most_attempts and one.state is S.INTENDED:
            words = _(
                "Our own handling of this text broke five times. Look at the log, then decide."
            )
            return outgoings.move(one, S.NEEDS_PERSON, at=clock.now(), words=words)
        to = S.APPROVED if one.state is S.INTENDED else S.UNKNOWN
        return outgoings.move(one, to, at=clock.now(), next_at=real)


def miss_late() -> bool:
    """Move one text that is past its lateness limit to missed."""
    with turn():
        at = clock.now()
        one = outgoings.lock_late(at)
        if one is None:
            return by_hand.miss_late()
        return outgoings.move(one, S.MISSED, at=at, words=one.words or _(LATE))


def send_next(owner: str, policy: Policy = POLICY) -> bool:
    """Claim the text due first and send it; False when none is due."""
    one = _claim(owner, policy)
    if one is None:
        return False
    if one.state is S.INTENDED:
        try:
            _carry_out(one, policy)
        except Exception:  # counted so that a text which breaks us stops coming back; never hidden
            outgoings.count_failure(one.id)
            raise
    return True


def _claim(owner: str, policy: Policy) -> Outgoing | None:
    with turn():
        real, now = clock.real(), clock.now()
        one = outgoings.lock_due(now, real)
        if one is None:
            return None
        epoch = brands.lock_gate(one.account_id)
        barred = _barred(one, now)
        if barred is not None:
            to, words = barred
            outgoings.move(one, to, at=now, words=words)
            return outgoings.load(one.id)
        if by_hand.hand_over(one, at=now):
            return outgoings.load(one.id)
        outgoings.move(
            one,
            S.INTENDED,
            at=now,
            fence=one.fence + 1,
            lease_owner=owner,
            lease_until=real + policy.lease,
            gate_epoch=epoch,
        )
        return outgoings.load(one.id)


def _barred(one: Outgoing, now: datetime) -> tuple[OutgoingState, str] | None:
    """Return where a text goes that may not leave, and why; None when it may."""
    if _is_late(one, now):
        return S.MISSED, one.words or _(LATE)
    if hold.covers(one.account_id, one.kind):
        return S.HELD, ""
    if not is_approved(one):
        return S.CANCELLED, _(course.WITHDRAWN)
    return None


def _is_late(one: Outgoing, now: datetime) -> bool:
    return now > one.due_at + timedelta(seconds=one.lateness_s)


def is_approved(one: Outgoing) -> bool:
    """Return whether a person's yes to exactly this text for this account stands."""
    language = Language(one.language)
    hashed = content_hash(one.account_id, one.text, language, one.target)
    return bool(one.approved_hash) and one.approved_hash == hashed == one.content_hash


def _carry_out(one: Outgoing, policy: Policy) -> None:
    try:
        network = reach.network_of(one.account_id)
        frozen = _frozen(network, one)
    except AmendsError as problem:
        _could_not_begin(one, problem, policy)
        return
    started = _begin(one, frozen, policy)
    if started is not None:
        _record(started, _call(network, started), policy)


def _frozen(network: Network, one: Outgoing) -> str:
    """Return the exact wire body, made at the first claim and kept from then on."""
    if one.frozen or one.kind is OutgoingKind.REMOVAL:
        return one.frozen
    parent, root = _thread(network, one)
    content = Content(one.text, one.language, reply_parent=parent, reply_root=root)
    return network.freeze(content, op=one.id, at=clock.real()).to_json()


def _thread(network: Network, one: Outgoing) -> tuple[str, str]:
    """Return the refs of what is answered; a statement to a post that is gone stands alone."""
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
    if isinstance(problem, Unauthorized):
        refused = Refused(RefusedKind.UNAUTHORIZED, permanent=True, words=str(problem))
    elif isinstance(problem, NetworkError) and not problem.permanent:
        refused = Refused(RefusedKind.UNREACHABLE, permanent=False, words=str(problem))
    else:
        refused = Refused(RefusedKind.INVALID, permanent=True, words=str(problem))
    with turn():
        _refused(replace(one, attempts=one.attempts + 1), one, refused, policy)


def _begin(one: Outgoing, frozen: str, policy: Policy) -> Outgoing | None:
    """Write down that the call begins; None when something changed since the claim."""
    with turn():
        now, real = clock.now(), clock.real()
        fresh = outgoings.lock(one.id)
        if fresh.fence != one.fence or fresh.state is not S.INTENDED:
            return None
        slow = fresh.lease_until is None or real > fresh.lease_until - policy.lease * 2 / 3
        changed = brands.lock_gate(one.account_id) != fresh.gate_epoch
        if slow or changed or _barred(fresh, now) is not None:
            outgoings.move(fresh, S.APPROVED, at=now)  # the next claim says where it goes
            return None
        n = outgoings.begin_attempt(fresh, real)
        outgoings.move(
            fresh,
            S.SENDING,
            at=now,
            attempts=n,
            frozen=frozen,
            wire_name=Frozen.from_json(frozen).wire_name if frozen else None,
            first_left_at=fresh.first_left_at or real,
        )
        return outgoings.load(one.id)


def _call(network: Network, one: Outgoing) -> Result:
    if one.kind is OutgoingKind.REMOVAL:
        return network.remove(one.target)
    return network.publish(Frozen.from_json(one.frozen))


def _record(one: Outgoing, result: Result, policy: Policy) -> None:
    """Write what became of a call, in one transaction with what follows from it."""
    with turn():
        real = clock.real()
        words, left = _told(result)
        outgoings.end_attempt(
            one.id, one.fence, at=real, result=type(result).__name__, words=words, left=left
        )
        if isinstance(result, Published):
            _published(one, result, clock.now())
        elif isinstance(result, Removed):
            _removed(one, result, clock.now())
        elif isinstance(result, Refused):
            _refused(one, one, result, policy)
        else:
            _unknown(one, result, policy)


def _told(result: Result) -> tuple[str, str]:
    if isinstance(result, Refused):
        return result.words, "no"
    if isinstance(result, Unknown):
        return result.hint, "yes" if result.left else "no"
    return "", "yes"


def _published(one: Outgoing, result: Published, now: datetime) -> bool:
    # Asked of the shelf: the account may have been disconnected while the call was open.
    lag = network_named(brands.network_name(one.account_id)).can.assumed_lag_s
    won = outgoings.move(
        one,
        S.PUBLISHED,
        at=now,
        network_id=result.network_id,
        url=result.url,
        published_at=now,
        next_at=clock.real() + timedelta(seconds=lag),
        reads=0,
        words="",
    )
    if won:
        aftermath.published(one, result.network_id, result.url, now)
    return won


def _removed(one: Outgoing, result: Removed, now: datetime) -> None:
    words = "" if result.was_there else "It was gone already."
    if outgoings.move(one, S.PUBLISHED, at=now, published_at=now, next_at=None, words=words):
        aftermath.removed(one, now)


def _refused(counted: Outgoing, one: Outgoing, result: Refused, policy: Policy) -> None:
    """Put a text that is surely not out back, or end it with the network's words."""
    now, real = clock.now(), clock.real()
    if result.kind is RefusedKind.UNAUTHORIZED:
        brands.set_connected(one.account_id, connected=False, words=result.words)
        outgoings.move(one, S.APPROVED, at=now, words=result.words, next_at=None)
        return
    if result.permanent or counted.attempts >= policy.most_attempts:
        if outgoings.move(one, S.REFUSED, at=now, words=result.words, attempts=counted.attempts):
            aftermath.refused(one, result.words, now)
        return
    wait = (
        result.retry_after_s or policy.retries_s[min(counted.attempts, len(policy.retries_s)) - 1]
    )
    outgoings.move(
        one,
        S.APPROVED,
        at=now,
        words=result.words,
        attempts=counted.attempts,
        next_at=real + timedelta(seconds=wait),
    )


def _unknown(one: Outgoing, result: Unknown, policy: Policy) -> None:
    now = clock.now()
    if not result.left:
        words = _("The network could not be reached; nothing was sent.")
        refused = Refused(RefusedKind.UNREACHABLE, permanent=False, words=words)
        _refused(one, one, refused, policy)
        return
    wait = timedelta(seconds=policy.repeats_s[0])
    next_at = clock.real() + wait
    won = outgoings.move(one, S.UNKNOWN, at=now, words=result.hint, next_at=next_at)
    if won and one.reads == 0:  # said once, not at each repeat
        aftermath.lost(one, now)


def look_next(owner: str, policy: Policy = POLICY) -> bool:
    """Look for, repeat or confirm one text that was sent; False when none waits for that."""
    with turn():
        real = clock.real()
        one = outgoings.lock_look(real)
        if one is None:
            return False
        if one.state is S.UNKNOWN and one.reads >= policy.most_looks:
            words = one.words or "Nothing could be proven after many looks."
            return outgoings.move(one, S.NEEDS_PERSON, at=clock.now(), words=words)
        # The look itself is leased by its next time, so that a dead worker only delays it.
        outgoings.change(one, next_at=real + policy.lease, reads=one.reads + 1)
    try:
        network = reach.network_of(one.account_id)
    except AmendsError as problem:
        _look_later(one, str(problem), policy)
        return True
    if one.state is S.PUBLISHED:
        _confirm(network, one, policy)
    elif network.can().safe_repeat is SafeRepeat.NAMED and _may_repeat(one, policy):
        _repeat(network, one, owner, policy)
    else:
        _seek(network, one, policy)
    return True


def _may_repeat(one: Outgoing, policy: Policy) -> bool:
    return one.reads < len(policy.repeats_s) and _barred(one, clock.now()) is None


def _repeat(network: Network, one: Outgoing, owner: str, policy: Policy) -> None:
    """Make the identical call again: it names the same post, so it cannot double it."""
    started = _begin_again(one, owner, policy)
    if started is None:
        return
    _record(started, _of_repeat(one, _call(network, started)), policy)
    with turn():
        fresh = outgoings.lock(one.id)
        if fresh.state is S.UNKNOWN:
            wait = policy.repeats_s[min(one.reads + 1, len(policy.repeats_s) - 1)]
            outgoings.change(fresh, next_at=clock.real() + timedelta(seconds=wait))


def _begin_again(one: Outgoing, owner: str, policy: Policy) -> Outgoing | None:
    with turn():
        real, now = clock.real(), clock.now()
        fresh = outgoings.lock(one.id)
        brands.lock_gate(one.account_id)
        if fresh.state is not S.UNKNOWN or _barred(fresh, now) is not None:
            return None
        n = outgoings.begin_attempt(replace(fresh, fence=fresh.fence + 1), real)
        outgoings.move(
            fresh,
            S.SENDING,
            at=now,
            attempts=n,
            fence=fresh.fence + 1,
            lease_owner=owner,
            lease_until=real + policy.lease,
        )
        return outgoings.load(one.id)


def _of_repeat(one: Outgoing, result: Result) -> Result:
    """Return what a repeat proves: one that was turned away says nothing about the first call."""
    if isinstance(result, Refused):
        if result.kind is RefusedKind.UNAUTHORIZED:
            brands.set_connected(one.account_id, connected=False, words=result.words)
        return Unknown(hint=result.words)
    return replace(result, left=True) if isinstance(result, Unknown) else result


def _seek(network: Network, one: Outgoing, policy: Policy) -> None:
    """Only look: the text may not, or must not, be sent again."""
    if one.kind is OutgoingKind.REMOVAL:
        with turn():
            outgoings.move(
                outgoings.lock(one.id),
                S.NEEDS_PERSON,
                at=clock.now(),
                words="Whether the removal worked is not proven. Open the post and look.",
            )
        return
    since = (one.first_left_at or one.approved_at) - timedelta(minutes=2)
    found = network.find(Frozen.from_json(one.frozen), since)
    with turn():
        fresh = outgoings.lock(one.id)
        if fresh.state is not S.UNKNOWN:
            return
        if isinstance(found, Found):
            _published(fresh, found.published, clock.now())
        elif one.reads >= len(policy.looks_s):
            unseen = "Not found on the network after several looks."
            words = found.words if isinstance(found, CannotTell) else unseen
            outgoings.move(fresh, S.NEEDS_PERSON, at=clock.now(), words=words)
        else:
            _plan_look(fresh, one.reads, policy)


def _plan_look(one: Outgoing, reads: int, policy: Policy) -> None:
    wait = policy.looks_s[min(reads, len(policy.looks_s) - 1)]
    outgoings.change(one, next_at=clock.real() + timedelta(seconds=wait))


def _confirm(network: Network, one: Outgoing, policy: Policy) -> None:
    since = (one.first_left_at or one.approved_at) - timedelta(minutes=2)
    found = network.find(Frozen.from_json(one.frozen), since)
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


def _vanished(one: Outgoing, now: datetime) -> None:
    if posts.is_taken_down(one.account_id, one.network_id):
        outgoings.change(one, next_at=None)
        return
    words = _("The network took it, and it is not there: removed by the network, or by somebody.")
    if outgoings.move(one, S.VANISHED, at=now, words=words, next_at=None):
        aftermath.vanished(one, now)


def _look_later(one: Outgoing, words: str, policy: Policy) -> None:
    with turn():
        fresh = outgoings.lock(one.id)
        if fresh.state is S.UNKNOWN and one.reads >= len(policy.looks_s):
            outgoings.move(fresh, S.NEEDS_PERSON, at=clock.now(), words=words)
        else:
            _plan_look(fresh, one.reads, policy)
