"""Pictures: written anew before anything keeps them, described, and given to the network.

The upload itself is never kept and never shown: what is stored is our own re-encoding, under the
hash of its bytes, and that hash is what a person says yes to.
"""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from django.utils.translation import gettext as _

from amends.flows import clock
from amends.networks.port import Capabilities, Network, Picture, Refused, RefusedKind, Shown
from amends.networks.shelf import network_named
from amends.readers import picture as uploads
from amends.readers.picture import rewritten
from amends.store import brands, outgoings, pictures, posts
from amends.store.pictures import KeptImage
from amends.store.posts import KeptDraft, KeptPicture
from amends.store.turns import turn
from amends.vocabulary.brand import Account
from amends.vocabulary.errors import BadInput
from amends.vocabulary.outgoing import Outgoing

MOST_BYTES = uploads.MOST_BYTES  # of one upload
MOST = 20  # pictures in one draft, also in a long thread
AT_ONCE = 2  # uploads that are opened at the same time
PATIENCE_S = 30
_turns = threading.BoundedSemaphore(AT_ONCE)

Told = Mapping[str, tuple[str, int]]  # hash -> alternative text, and the post it goes with from 0


def add(by: str, draft_id: str, upload: bytes) -> str:
    """Add an upload to a draft, written anew, and return its hash.

    Raises:
        BadInput: it is no picture that can be sent, or the draft has enough of them.
    """
    found = posts.draft(draft_id)
    can = _can(brands.account(found.account_id).account)
    if not can.pictures:
        raise BadInput(_no_pictures(can))
    made = _made(upload, can.picture_bytes)
    with turn():
        fresh = _open(by, draft_id)
        if len(fresh.media) >= MOST:
            raise BadInput(_("A draft holds %(n)d pictures: remove one first.") % {"n": MOST})
        at = clock.now()
        pictures.keep(made, by=by, at=at)
        if made.sha256 not in {one.sha256 for one in fresh.media}:
            media = (*fresh.media, KeptPicture(made.sha256))
            posts.save_draft(replace(fresh, media=media), at)
    return made.sha256


def _no_pictures(can: Capabilities) -> str:
    said = _("%(network)s takes no pictures from here: remove them, nothing was sent.")
    return can.why_not.get("pictures") or said % {"network": can.title}


def _made(upload: bytes, most_bytes: int) -> KeptImage:
    if not _turns.acquire(timeout=PATIENCE_S):
        raise BadInput(_("Other pictures are being opened: add this one again in a minute."))
    try:
        made = rewritten(upload, most_bytes)
    finally:
        _turns.release()
    name = sha256(made.content).hexdigest()
    return KeptImage(name, made.kind, made.width, made.height, made.content)


def take_out(by: str, draft_id: str, name: str) -> None:
    """Take a picture out of a draft.

    Raises:
        BadInput: the draft is not here, or in the outbox already.
    """
    with turn():
        fresh = _open(by, draft_id)
        media = tuple(one for one in fresh.media if one.sha256 != name)
        posts.save_draft(replace(fresh, media=media), clock.now())
        pictures.forget_unused(name)


def _open(by: str, draft_id: str) -> KeptDraft:
    found = posts.draft(draft_id)
    if found.sent or found.by != by:
        raise BadInput(_("This draft is in the outbox already. Look under Calendar."))
    return found


def described(media: Sequence[KeptPicture], told: Told) -> tuple[KeptPicture, ...]:
    """Return a draft's pictures with what was typed about them; order and number stay."""
    return tuple(
        replace(one, alt=told[one.sha256][0].strip(), part=told[one.sha256][1])
        if one.sha256 in told
        else one
        for one in media
    )


def fitted(by: str, media: Sequence[KeptPicture], account: Account) -> tuple[KeptPicture, ...]:
    """Return the pictures no larger than an account's network takes, made anew where they were.

    Raises:
        BadInput: one of them cannot be made small enough.
    """
    most = _can(account).picture_bytes
    large = {
        name for name, size in pictures.sizes([m.sha256 for m in media]).items() if size > most
    }
    made = {name: _made(pictures.picture(name).content, most) for name in large} if most else {}
    for one in made.values():
        pictures.keep(one, by=by, at=clock.now())
    return tuple(
        replace(one, sha256=made[one.sha256].sha256) if one.sha256 in made else one for one in media
    )


def refuse_unsendable(account: Account, media: Sequence[KeptPicture], post: str) -> None:
    """Refuse pictures that the network cannot take with one post.

    Args:
        account: Whose network.
        media: The pictures of one post, in their order.
        post: How a sentence names the post: "Post 2", "The post".

    Raises:
        BadInput: they are too many, too large, or described at too great a length.
    """
    can = _can(account)
    if media and not can.pictures:
        raise BadInput(_no_pictures(can))
    if len(media) > can.pictures:
        words = _("%(post)s has %(n)d pictures, and %(network)s takes %(most)d: nothing was sent.")
        told = {"post": post, "n": len(media), "network": can.title, "most": can.pictures}
        raise BadInput(words % told)
    known = pictures.sizes([one.sha256 for one in media])
    for number, one in enumerate(media, 1):
        if known.get(one.sha256, can.picture_bytes + 1) > can.picture_bytes:
            words = _("%(post)s: add picture %(n)d again, it is not here as %(network)s takes it.")
            raise BadInput(words % {"post": post, "n": number, "network": can.title})
        if len(one.alt) > can.alt_limit:
            words = _("%(post)s: what picture %(n)d shows is described too long, by %(over)d.")
            over = len(one.alt) - can.alt_limit
            raise BadInput(words % {"post": post, "n": number, "over": over})


def can(account: Account) -> tuple[int, int]:
    """Return how many pictures a post of this account takes, and how long each may be described."""
    found = _can(account)
    return found.pictures, found.alt_limit


def _can(account: Account) -> Capabilities:
    return network_named(account.network).can


# ---- on the way out ----


def shown(network: Network, one: Outgoing) -> tuple[Shown, ...]:
    """Return a text's pictures as a frozen body names them, each given to the network once.

    How the network calls one is kept at once: a slow line goes on where it stopped.

    Raises:
        BadInput: a picture is not here any more.
        NetworkError: the network did not take one; nothing was published.
    """
    media = list(one.media)
    found = []
    for place, named in enumerate(media):
        kept = pictures.picture(named.sha256)
        if not named.ref:
            ref = network.upload(Picture(**vars(kept)))
            media[place] = replace(named, ref=ref)
            with turn():
                outgoings.name_pictures(one, media)
        found.append(Shown(media[place].ref, named.alt, kept.width, kept.height))
    return tuple(found)


def forget_swept(one: Outgoing, result: Refused) -> None:
    """Give a text's pictures again before its next try, where the network no longer has them."""
    if one.media and result.kind is RefusedKind.GONE and not result.permanent:
        outgoings.name_pictures(one, [replace(named, ref="") for named in one.media])
