"""After a restore: each text that may have left is looked for on its network.

Theory of operation: an account's own posts since the copy are read, several times, and a text
that stands there is adopted, one post for one text. What is nowhere after the last look waits
for a person: held where its time is still ahead, else to be decided. A look that failed says
nothing about absence, and no timer ever sends.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from amends.flows import aftermath, by_hand, clock, hold, ids, sightings
from amends.flows.sightings import Seen
from amends.networks.port import HistoryPost, Published
from amends.store import brands, outgoings, posts, unsure
from amends.store.posts import KeptPost
from amends.store.turns import turn
from amends.vocabulary.errors import AmendsError, Unauthorized
from amends.vocabulary.outgoing import Outgoing, OutgoingKind, OutgoingState

S = OutgoingState
DUE = "reconcile"


@dataclass(frozen=True)
class Policy:
    """How often to look; house judgement."""

    looks_s: tuple[int, ...] = (30, 120, 300, 600)  # from one look to the next
    most_looks: int = 20  # with those that failed; then a person decides
    history: int = 1_000  # own posts read at each look


POLICY = Policy()


def look(account_id: str, policy: Policy = POLICY) -> datetime | None:
    """Look once for an account's unsure texts; return when to look again, None when all is done.

    Our own posts since the copy become known on the way, also those that it has no text of.
    """
    if not brands.is_here(account_id):
        return None
    waiting = _begin(account_id, policy)
    try:
        seen = (
            Seen()
            if by_hand.is_by_hand(account_id)
            else sightings.see(account_id, waiting, policy.history)
        )
    except AmendsError as problem:
        return _failed(account_id, problem, policy)
    with turn():
        now = clock.now()
        taken = sightings.match(account_id, waiting, seen)
        _keep(account_id, seen.posts, {one.network_id for one in taken.values()})
        left = [
            one
            for one in unsure.lock_of(account_id)
            if not _settle(one, seen, taken.get(one.id), now, policy)
        ]
    return _next(left, policy)


def _begin(account_id: str, policy: Policy) -> tuple[Outgoing, ...]:
    """Count a look for each text before it begins: one that breaks us still comes to an end."""
    with turn():
        waiting = unsure.lock_of(account_id)
        for one in waiting:
            if one.reads > policy.most_looks:
                words = _("We could not look for it on the network. Look there, then decide.")
                _to_person(one, words, clock.now())
        unsure.count_look([one.id for one in waiting])
    return waiting


def _failed(account_id: str, problem: AmendsError, policy: Policy) -> datetime | None:
    """Nothing could be read: look again, or let people decide when that goes on."""
    forgotten = isinstance(problem, Unauthorized)
    most = len(policy.looks_s) if forgotten else policy.most_looks
    left = []
    with turn():
        now = clock.now()
        for one in unsure.lock_of(account_id):
            if one.reads > most:
                _to_person(one, str(problem), now)
            else:
                left.append(one)
    if left or forgotten:
        return _next(left, policy)
    # Nothing of it waits any more, but what it posted meanwhile must still become known.
    return clock.real() + timedelta(seconds=policy.looks_s[-1])


def _next(left: Sequence[Outgoing], policy: Policy) -> datetime | None:
    if not left:
        return None
    looks = min(one.reads for one in left)
    wait = policy.looks_s[min(max(looks, 1), len(policy.looks_s)) - 1]
    return clock.real() + timedelta(seconds=wait)


def _keep(account_id: str, found: Sequence[HistoryPost], ours: set[str]) -> None:
    """Make our own posts since the copy known, so that they can be answered for and taken down."""
    posts.keep_posts(
        KeptPost(
            id=ids.new("post"),
            account_id=account_id,
            network_id=one.network_id,
            url=one.url,
            text=one.text,
            at=one.at + clock.offset(),
            is_answer=one.is_reply,
            imported=one.network_id not in ours,
        )
        for one in found
    )
    # A draft of the copy whose words are out since then is done: one click must not send it twice.
    posts.close_drafts(account_id, [one.text for one in found])


# ---- what becomes of a text ----


def _settle(
    one: Outgoing, seen: Seen, found: Published | None, now: datetime, policy: Policy
) -> bool:
    """Move a text to where this look puts it; False where it must be looked for again."""
    if found is not None:
        return _adopt(one, found, now)
    if one.id in seen.gone:
        return _was_removed(one, now)
    if by_hand.is_by_hand(one.account_id):
        return _to_person(one, _("Restored from a backup: see whether you posted it."), now)
    return _not_found(one, seen.unread.get(one.id, ""), now, policy)


def _not_found(one: Outgoing, unread: str, now: datetime, policy: Policy) -> bool:
    """Believe in absence only after the last look, and only where that look could tell."""
    if unread:
        return one.reads > policy.most_looks and _to_person(one, unread, now)
    return one.reads > len(policy.looks_s) and _is_nowhere(one, now)


def _adopt(one: Outgoing, found: Published, now: datetime) -> bool:
    at = found.at + clock.offset()
    won = outgoings.move(
        one,
        S.PUBLISHED,
        at=now,
        network_id=found.network_id,
        url=found.url,
        published_at=at,
        next_at=None,
        unsure_since=None,
        words=_("Found on the network after the restore."),
    )
    if won:
        _keep(one.account_id, [_as_posted(one, found)], {found.network_id})
        aftermath.published(one, found.network_id, found.url, now)
        outgoings.move(outgoings.load(one.id), S.CONFIRMED, at=now, confirmed_at=now)
    return won


def _as_posted(one: Outgoing, found: Published) -> HistoryPost:
    is_reply = one.kind is not OutgoingKind.POST
    return HistoryPost(found.network_id, found.url, one.text, found.at, is_reply=is_reply)


def _was_removed(one: Outgoing, now: datetime) -> bool:
    words = _("Found on the network after the restore.")
    won = outgoings.move(
        one, S.PUBLISHED, at=now, published_at=now, next_at=None, unsure_since=None, words=words
    )
    if won:
        aftermath.removed(one, now)
    return won


def _is_nowhere(one: Outgoing, now: datetime) -> bool:
    """Let a text wait for people: nothing of it is on the network, as far as can be seen."""
    provable = one.kind is not OutgoingKind.PRIVATE
    if provable and one.due_at > now and hold.is_held(one.account_id):
        words = _("Restored from a backup; it is not on the network. Read it again first.")
        return outgoings.move(one, S.HELD, at=now, words=words, unsure_since=None)
    return _to_person(
        one,
        _("Restored from a backup: it was not found on the network. Send it, or leave it."),
        now,
    )


def _to_person(one: Outgoing, words: str, now: datetime) -> bool:
    return outgoings.move(one, S.NEEDS_PERSON, at=now, words=words[:600], unsure_since=None)
