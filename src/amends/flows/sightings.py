"""What of our texts can be seen on a network after a restore; looking only, nothing is sent.

A text is found by its own name where that was kept, else by its words and what it answers,
among our own posts since the copy. One post is one text's outcome, and a post that the copy
knew is nobody's.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils.translation import gettext as _

from amends.flows import reach
from amends.networks.port import (
    CannotTell,
    Capabilities,
    Content,
    Found,
    Frozen,
    HistoryPost,
    Network,
    NotThere,
    Published,
    SafeRepeat,
)
from amends.store import posts, unsure, workspaces
from amends.vocabulary.errors import NetworkError, Refusal
from amends.vocabulary.outgoing import Outgoing, OutgoingKind

SLACK = timedelta(minutes=10)  # a network's clock is not ours; house judgement
NEARLY = 0.9
REWRITTEN = ("@", "://")  # networks shorten and complete these: only they know what is the same


@dataclass(frozen=True)
class Seen:
    """What one look at an account's network showed."""

    posts: tuple[HistoryPost, ...] = ()  # our own since the copy, newest first
    named: dict[str, Published] = field(default_factory=dict)  # by text: found under its name
    gone: set[str] = field(default_factory=set)  # removals whose post is not there
    unread: dict[str, str] = field(default_factory=dict)  # by text: why this look says nothing


def see(account_id: str, waiting: Sequence[Outgoing], most: int) -> Seen:
    """Return what the network shows now; outside of any turn.

    Args:
        account_id: The account.
        waiting: Its unsure texts.
        most: How many of its own posts to read.

    Raises:
        NetworkError: our own posts could not be read.
    """
    network = reach.network_of(account_id)
    since = min(filter(None, (workspaces.restored_since(), *(o.unsure_since for o in waiting))))
    history = network.history(most)
    seen = Seen(tuple(post for post in history if post.at >= since))
    # A network may leave out what it cannot read, so nearly as many as asked for is as many.
    if len(history) > most * NEARLY and history[-1].at >= since:
        words = _("It could not be proven: there are too many posts since then.")
        seen.unread.update((one.id, words) for one in waiting)
    can, shown = network.can(), {normal(post.text) for post in seen.posts}
    for one in waiting:
        if one.kind is OutgoingKind.REMOVAL:
            _ask_removed(network, one, seen)
        elif _must_ask(one, can, shown):
            _ask(network, one, seen)
    return seen


def _must_ask(one: Outgoing, can: Capabilities, shown: set[str]) -> bool:
    """Return whether the list of our posts alone cannot tell: a listing for each would be many."""
    if can.safe_repeat is SafeRepeat.NAMED:
        return bool(one.frozen)
    rewritten = one.kind is OutgoingKind.PRIVATE or any(sign in one.text for sign in REWRITTEN)
    return rewritten and normal(one.text) not in shown


def _ask_removed(network: Network, one: Outgoing, seen: Seen) -> None:
    try:
        network.evidence(one.target)
    except NotThere:
        seen.gone.add(one.id)
    except NetworkError as problem:
        seen.unread[one.id] = str(problem)


def _ask(network: Network, one: Outgoing, seen: Seen) -> None:
    """Let the network look for one text in its own way."""
    try:
        frozen = Frozen.from_json(one.frozen) if one.frozen else _as_it_would_be(network, one)
    except NetworkError as problem:
        seen.unread[one.id] = str(problem)
        return
    except Refusal:
        return  # it cannot be made ready any more; its words may still be found
    found = network.find(frozen, one.unsure_since or one.approved_at)
    if isinstance(found, Found):
        seen.named[one.id] = found.published
    elif isinstance(found, CannotTell):
        seen.unread[one.id] = found.words


def _as_it_would_be(network: Network, one: Outgoing) -> Frozen:
    """Return the body that a text without one would have; only to look for it.

    Raises:
        NetworkError: what it answers could not be read.
        Refusal: it cannot be made ready.
    """
    try:
        parent, root = network.thread_ref(one.target) if one.target else ("", "")
    except NotThere:
        parent, root = "", ""
    content = Content(
        one.text,
        one.language,
        reply_parent=parent,
        reply_root=root,
        private_to=reach.private_to(one),
    )
    return network.freeze(content, op=one.id, at=one.unsure_since or one.approved_at)


def _known_before(account_id: str, found: Sequence[Published | HistoryPost]) -> frozenset[str]:
    """Return those of the posts that the copy knew: they are nobody's outcome now.

    What was imported since has a later time than the copy, and may be a text's outcome still.
    """
    addresses = [one.network_id for one in found]
    known = posts.posts_by_address(account_id, addresses)
    since = workspaces.restored_since()
    if since is None:
        return frozenset(known)
    later = {one.network_id for one in found if one.at > since + SLACK}
    return frozenset(known) - (later & posts.imported(account_id, addresses))


def match(account_id: str, waiting: Sequence[Outgoing], seen: Seen) -> dict[str, Published]:
    """Return each text's post: by its own name, else by its words; one post for one text."""
    found: list[Published | HistoryPost] = [*seen.named.values(), *seen.posts]
    used = set(_known_before(account_id, found))
    used |= unsure.outcomes(account_id, [one.network_id for one in found])
    taken: dict[str, Published] = {}
    for one in waiting:
        named = seen.named.get(one.id)
        if named is not None and named.network_id not in used:
            taken[one.id] = named
            used.add(named.network_id)
    for one in waiting:
        fitting = (
            post
            for post in reversed(seen.posts)
            if post.network_id not in used and _fits(one, post)
        )
        if one.id not in taken and (post := next(fitting, None)) is not None:
            taken[one.id] = Published(post.network_id, post.url, post.at, "")
            used.add(post.network_id)
    return taken


def _fits(one: Outgoing, post: HistoryPost) -> bool:
    """Return whether the post can be this text: its words, what it answers, and its time."""
    if one.kind is OutgoingKind.REMOVAL or normal(post.text) != normal(one.text):
        return False
    if one.unsure_since is not None and post.at < one.unsure_since:
        return False
    if one.part:
        return bool(post.answers)
    alone = one.kind is OutgoingKind.STATEMENT and not post.answers  # what it answered was gone
    return post.answers == one.target or alone


def normal(text: str) -> str:
    r"""Return a text as two of them are compared: NFC, runs of white space as one space.

    >>> normal("a  cafe\u0301 ") == normal("a caf\u00e9")
    True
    """
    return " ".join(unicodedata.normalize("NFC", text).split())
