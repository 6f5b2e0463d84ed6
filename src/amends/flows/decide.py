"""What a person decides about a text in the outbox: undone, given another time, or proven.

Nothing here sends: a decision moves a row, and the outbox carries it out.
"""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from amends.flows import aftermath, by_hand, clock, reach
from amends.flows.patience import POLICY
from amends.store import outgoings, posts, records, threads
from amends.store.turns import turn
from amends.vocabulary.errors import BadInput, NotApproved
from amends.vocabulary.outgoing import WAITING, Outgoing, OutgoingKind, OutgoingState
from amends.vocabulary.record import Verb

S = OutgoingState
NOT_OUT = frozenset({S.MISSED, S.REFUSED})
UNPROVEN = frozenset({S.NEEDS_PERSON})
OWN_POSTS = 100  # the newest of an account, among which a pasted link must be


def undo(by: str, outgoing_id: str) -> None:
    """Stop a text before anything of it was sent.

    Raises:
        BadInput: it is on its way or live already.
    """
    with turn():
        one = _lock(outgoing_id, WAITING)
        by_hand.refuse_if_in_hand(one, by)
        outgoings.move(one, S.CANCELLED, at=clock.now(), by=by, words=_("Undone before it left."))
        if one.kind in {OutgoingKind.POST, OutgoingKind.REPLY} and not one.part:
            posts.reopen(one.account_id, one.text)


def _lock(outgoing_id: str, states: frozenset[OutgoingState]) -> Outgoing:
    """Return a text, locked, whose state lets a person decide this about it.

    The table knows more arrows than a person may ask for: what is on its way goes back to waiting
    by its own result, never by somebody's click on an old page.

    Raises:
        BadInput: it has moved on.
    """
    one = outgoings.lock(outgoing_id)
    if one.state not in states:
        raise BadInput(outgoings.not_any_more(one.state))
    return one


def drop(by: str, outgoing_id: str) -> None:
    """Give up a text that was missed, refused or waits.

    Raises:
        BadInput: it is on its way or live already.
    """
    with turn():
        one = _lock(outgoing_id, WAITING | NOT_OUT)
        by_hand.refuse_if_in_hand(one, by)
        outgoings.move(
            one, S.CANCELLED, at=clock.now(), by=by, words=_("Dropped; it was not sent.")
        )


def reschedule(by: str, outgoing_id: str, at: datetime) -> None:
    """Give a waiting or missed text a new time; of a thread, all that has not left.

    Raises:
        BadInput: the time has passed, or the text is on its way or live already.
    """
    with turn():
        now, one = clock.now(), _lock(outgoing_id, WAITING | NOT_OUT)
        if at < now - timedelta(minutes=1):
            raise BadInput(_("That time has passed: choose a later one."))
        for part_id in threads.unsent(one):
            _give_time(outgoings.lock(part_id), by, now, at)


def _give_time(one: Outgoing, by: str, now: datetime, at: datetime) -> None:
    if one.state is S.WITH_PERSON:
        by_hand.put_off(by, one, _not_before(one, at), at=now)
    elif one.state in WAITING:
        outgoings.change(one, due_at=_not_before(one, at), next_at=None)
        records.enter(Verb.SCHEDULED, f"outgoing:{one.id}", by=by, at=now)
    else:
        _again(one, by, now, due_at=at)


def _not_before(one: Outgoing, at: datetime) -> datetime:
    """Return the time, or the end of the ten minutes that a stopped text waits, if later."""
    return max(at, one.earliest_at) if one.earliest_at else at


def retry(by: str, outgoing_id: str) -> None:
    """Try a refused or missed text again now.

    Raises:
        BadInput: it is on its way or live already.
    """
    with turn():
        now = clock.now()
        _again(_lock(outgoing_id, NOT_OUT), by, now, due_at=now)


def _again(one: Outgoing, by: str, now: datetime, *, due_at: datetime) -> None:
    """A person's new yes to the same words.

    What never left is frozen anew; what may have left keeps its name, so that it cannot double.
    """
    if not one.approved_hash:
        raise NotApproved(_("Its approval was withdrawn: approve it anew where it was written."))
    left = outgoings.may_have_left(one.id)
    outgoings.move(
        one,
        S.APPROVED,
        at=now,
        by=by,
        due_at=_not_before(one, due_at),
        next_at=None,
        attempts=0,
        failures=0,
        reads=0,
        words="",
        decided_at=clock.real(),
        approved_by=by,
        approved_at=now,
        approved_hash=one.content_hash,
        frozen=one.frozen if left else "",
        wire_name=one.wire_name if left and one.wire_name else None,
    )


def it_is_there(by: str, outgoing_id: str, link: str) -> None:
    """Adopt the link a person found.

    Raises:
        BadInput: the link is not a post on that network, or not this text.
        NetworkError: the network could not be asked.
    """
    one = outgoings.load(outgoing_id)
    if by_hand.is_by_hand(one.account_id):
        by_hand.done(by, outgoing_id, link)
        return
    if one.kind is OutgoingKind.REMOVAL:
        raise BadInput(_("This is a removal: send it again, or give it up."))
    network = reach.network_of(one.account_id)
    network_id = network.resolve(link)
    if network_id not in {post.network_id for post in network.history(OWN_POSTS)}:
        raise BadInput(_("That post is not from this account: paste the link of this text."))
    _refuse_another(one, network_id, network.evidence(network_id).text)
    with turn():
        now, fresh = clock.now(), _lock(outgoing_id, UNPROVEN)
        if outgoings.move(
            fresh,
            S.PUBLISHED,
            at=now,
            by=by,
            network_id=network_id,
            url=link,
            published_at=now,
            next_at=None,
        ):
            aftermath.published(fresh, network_id, link, now)


def _refuse_another(one: Outgoing, network_id: str, text: str) -> None:
    """Refuse a post that says something else, or is the outcome of another text."""
    if text.split() != one.text.split():
        raise BadInput(_("That post says something else: paste the link of this text."))
    other = outgoings.of_post(one.account_id, network_id)
    if other is not None and other.id != one.id:
        raise BadInput(
            _("That post is another text's outcome already: paste the link of this one.")
        )


def not_there_send_again(by: str, outgoing_id: str) -> None:
    """Send once more what a person has not found.

    Raises:
        BadInput: it is not waiting for a decision.
    """
    with turn():
        now, one = clock.now(), _lock(outgoing_id, UNPROVEN)
        _refuse_too_soon(one)
        # The same frozen body: where posts are named, even a wrong "not there" cannot double it.
        outgoings.move(
            one,
            S.APPROVED,
            at=now,
            by=by,
            due_at=max(one.due_at, now),  # after a restore its time may still be ahead
            next_at=None,
            decided_at=clock.real(),
            words="",
            reads=0,
            attempts=0,
            failures=0,
        )


def _refuse_too_soon(one: Outgoing) -> None:
    """Refuse while the sender whose call was lost may still wake and go on."""
    free_at = (one.lease_until or one.approved_at) + POLICY.grace
    if clock.real() < free_at:
        words = _("The lost try may still be going on: send it again in %(n)d seconds.")
        left = (free_at - clock.real()).total_seconds()
        raise BadInput(words % {"n": int(left) + 1})


def give_up(by: str, outgoing_id: str) -> None:
    """Leave it unproven.

    Raises:
        BadInput: it is not waiting for a decision.
    """
    with turn():
        one = _lock(outgoing_id, UNPROVEN)
        outgoings.move(one, S.GIVEN_UP, at=clock.now(), by=by)
