"""Threads on their way out: one text, read and approved as a whole, that leaves as several posts.

All parts are put in the outbox at once, each with its own hash; `store.threads` lets each go only
once the one before it is out.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from amends.answer.statement import content_hash
from amends.flows import clock, ids, pictures
from amends.networks.port import Count, Network, NotThere
from amends.networks.shelf import network_named
from amends.prevent.thread import Part, joined, parts_of, without_breaks
from amends.rulebook.rule import Decision, Finding, Verdict
from amends.store import outgoings, posts, threads
from amends.store.posts import KeptDraft, KeptPicture
from amends.store.turns import turn
from amends.store.views import PostSize
from amends.vocabulary.brand import Account
from amends.vocabulary.errors import BadInput, Unreachable
from amends.vocabulary.language import Language
from amends.vocabulary.outgoing import Attached, Outgoing, OutgoingKind, OutgoingState
from amends.vocabulary.post import Draft, DraftKind

MOST = 25  # posts in one thread


# ---- before it goes ----


def verdict(
    draft: Draft, heard: Callable[[Draft], Verdict], alone: Callable[[Draft], Verdict]
) -> Verdict:
    """Return what is said about a draft; of a thread about the whole, and about each post.

    Args:
        draft: The text; places of findings are those in the whole of it.
        heard: What is said about a text, its voice included.
        alone: The same without the voice, which a few words do not have.
    """
    parts = parts_of(draft.text)
    whole = heard(voiced(draft))
    if len(parts) == 1:
        return whole
    known = {(one.rule, one.start, one.end) for one in whole.findings}
    placed = (
        replace(one, start=one.start + part.start, end=one.end + part.start)
        for part in parts
        for one in alone(replace(draft, text=part.text)).findings
    )
    new = [one for one in placed if (one.rule, one.start, one.end) not in known]
    findings = tuple(sorted((*whole.findings, *new), key=lambda one: (one.start, one.end)))
    return replace(whole, findings=findings)


def voiced(draft: Draft) -> Draft:
    """Return a draft with nothing but its words, every one in its place."""
    return replace(draft, text=without_breaks(draft.text))


def sizes(account: Account, text: str, kind: OutgoingKind) -> tuple[PostSize, ...]:
    """Return how long each post is, as its network counts."""
    counted = [
        _size(account, part.text, kind, number) for number, part in enumerate(parts_of(text))
    ]
    return tuple(
        PostSize(number, one.used, one.limit, one.unit, one.over, one.maybe_over)
        for number, one in enumerate(counted, 1)
    )


def _size(account: Account, text: str, kind: OutgoingKind, number: int) -> Count:
    """Return the length of one post; a later one stands under the one before it."""
    count = network_named(account.network).count
    return count(text, account.place, kind, answers=number > 0)


def too_long(text: str, found: Sequence[PostSize]) -> tuple[Finding, ...]:
    """Return a finding for each post that is longer than its network takes."""
    parts = parts_of(text)
    return tuple(
        Finding(
            rule="too_long",
            decision=Decision.STOP,
            start=min(part.start + size.limit, part.end),
            end=part.end,
            message=_too_long_words(size, several=len(parts) > 1),
            instead="Shorten it: nothing is cut off for you.",
            source="the network's own limit",
            family="craft",
        )
        for part, size in zip(parts, found, strict=True)
        if size.over
    )


def _too_long_words(size: PostSize, *, several: bool) -> str:
    words = f"{size.used} {size.unit}, and this network takes {size.limit}."
    return f"Post {size.number}: {words}" if several else words


def refuse_unsendable(
    account: Account, text: str, media: Sequence[KeptPicture], kind: OutgoingKind
) -> None:
    """Refuse a draft of which the network cannot take every post.

    Raises:
        BadInput: a post is empty or too long, or has pictures that do not fit; or they are too
            many posts.
    """
    parts = parts_of(text)
    _refuse_threadless(account, len(parts))
    for number, part in enumerate(parts):
        name = _("Post %(n)d") % {"n": number + 1} if len(parts) > 1 else _("The post")
        size = _size(account, part.text, kind, number)
        _refuse_words(part, size, name, several=len(parts) > 1)
        pictures.refuse_unsendable(account, [one for one in media if one.part == number], name)
    for place, one in enumerate(media, 1):
        if one.part >= len(parts):
            words = _("Picture %(n)d goes with post %(part)d, which is not there: choose another.")
            raise BadInput(words % {"n": place, "part": one.part + 1})


def _refuse_threadless(account: Account, number: int) -> None:
    can = network_named(account.network).can
    if number > 1 and not can.threads:
        said = can.why_not.get("threads")
        raise BadInput(said or _("Threads are not sent there: publish the posts one by one."))
    if number > MOST:
        raise BadInput(_("A thread has %(n)d posts at most: make it shorter.") % {"n": MOST})


def _refuse_words(part: Part, size: Count, name: str, *, several: bool) -> None:
    if not part.text.strip():
        if several:
            words = _("%(post)s has no words yet: write them, or take the line --- away.")
            raise BadInput(words % {"post": name})
        raise BadInput(_("There are no words yet: write something first."))
    if size.over:
        over = max(size.used - size.limit, 1)
        subject = name if several else "The text"
        raise BadInput(
            f"{subject} is {over} {size.unit} over what this network takes ({size.limit}): "
            "shorten it, nothing was sent."
        )


def spread(
    whole: Outgoing, media: Sequence[KeptPicture], tongue: Callable[[str], Language]
) -> tuple[Outgoing, ...]:
    """Return the posts that an approved text leaves as: itself, or one for each of its parts.

    Args:
        whole: The text with all that a person said yes to.
        media: The draft's pictures, each with the post that it goes with.
        tongue: What language a text is in.
    """
    parts = parts_of(whole.text)
    thread_id = whole.id if len(parts) > 1 else ""
    made = []
    for number, part in enumerate(parts):
        mine = tuple(Attached(one.sha256, one.alt) for one in media if one.part == number)
        language = tongue(part.text)
        place = (thread_id, number)
        hashed = content_hash(
            whole.account_id, part.text, language, whole.target, media=mine, place=place
        )
        made.append(
            replace(
                whole,
                id=whole.id if number == 0 else ids.new("outgoing"),
                text=part.text,
                language=language.value,
                media=mine,
                thread_id=thread_id,
                part=number,
                content_hash=hashed,
                approved_hash=hashed,
            )
        )
    return tuple(made)


def as_draft(by: str, outgoing_id: str) -> str:
    """Return a new draft of a text that did not go out, with the posts that wait behind it.

    Under what it stood, or would have stood, it is written again; the old ones stay as they are.

    Raises:
        BadInput: there is no such text.
    """
    with turn():
        one = outgoings.load(outgoing_id)
        rest = [outgoings.load(after) for after in threads.after(one)]
        above = threads.before(one)
        under = outgoings.load(above).network_id if above else one.target
        answers = one.kind in {OutgoingKind.POST, OutgoingKind.REPLY}
        kept = KeptDraft(
            id=ids.new("draft"),
            account_id=one.account_id,
            text=joined(tuple(each.text for each in (one, *rest))),
            kind=(DraftKind.REPLY if one.kind is OutgoingKind.REPLY else DraftKind.POST).value,
            reply_to=under if answers else "",
            by=by,
            asked=(),
            asked_text="",
            sent=False,
            media=tuple(
                KeptPicture(picture.sha256, picture.alt, number)
                for number, each in enumerate((one, *rest))
                for picture in each.media
            ),
        )
        posts.save_draft(kept, clock.now())
    return kept.id


# ---- on the way out ----


def refs_above(network: Network, one: Outgoing) -> tuple[str, str]:
    """Return the refs of the post that a later part stands under, and of the thread's first.

    Raises:
        BadInput: the post above is not on the network any more.
        NetworkError: the read failed, or the post above is not to be seen yet.
    """
    above = outgoings.load(threads.before(one))
    try:
        return network.thread_ref(above.network_id)
    except NotThere:
        number = above.part + 1
        if above.state is OutgoingState.PUBLISHED:  # accepted a moment ago: it may show late
            words = _("Post %(n)d is out and not to be seen yet; this one waits for it.")
            raise Unreachable(words % {"n": number}) from None
        words = _("Post %(n)d above it is not on the network any more: edit this one as a draft.")
        raise BadInput(words % {"n": number}) from None
