"""Take down openly: evidence first, then the removal, with the public word that goes with it.

This is the only door to a network's `remove`; nothing of ours is edited or hidden.
"""

from hashlib import sha256

from django.utils.translation import gettext as _

from amends.answer.statement import content_hash
from amends.flows import by_hand, clock, ids, reach, statement
from amends.flows import incident as incident_flow
from amends.flows.draft import undo_until
from amends.networks.port import Snapshot
from amends.store import incidents, outgoings, posts, records
from amends.store.turns import turn
from amends.store.views import PostView
from amends.vocabulary.errors import BadInput
from amends.vocabulary.incident import Evidence
from amends.vocabulary.language import Language
from amends.vocabulary.outgoing import LIVE, Outgoing, OutgoingKind
from amends.vocabulary.record import Verb

LATENESS_S = 600


def take_down(by: str, post_id: str, *, why: str, acknowledgement: str, seen: str = "") -> str:
    """Keep evidence, take the post down, and keep the public word as a draft; return the room.

    Args:
        by: Who takes it down.
        post_id: The post.
        why: One sentence, for the record.
        acknowledgement: What will be said in public about the removal.
        seen: What a person pasted of what stands under the post, where it cannot be read from here.

    Raises:
        BadInput: the post is gone, or there is no reason or no public word.
        NetworkError: the post could not be read, so that no evidence could be kept.
    """
    if not why.strip() or not acknowledgement.strip():
        raise BadInput(_("Write why it goes, and what you will say in public about it."))
    post = posts.post(post_id)
    if post.taken_down_at is not None:
        raise BadInput(_("This post was taken down already."))
    copied = by_hand.is_by_hand(post.account.id)
    snapshot = (
        by_hand.own_copy(post, seen)
        if copied
        else reach.network_of(post.account.id).evidence(post.network_id)
    )
    with turn():
        _close_sent(post)
        incident_id = incident_flow.mistake(by, post_id=post_id)
        keep_snapshot(incident_id, snapshot, kind="own copy" if copied else "post")
        for earlier in incidents.unapproved_texts(incident_id, "statement"):
            aside = f"A draft of the statement was set aside: {earlier}"
            incidents.note(incident_id, "set_aside", aside, at=clock.now(), by=by)
        # First the public word: where it cannot be kept, nothing is taken down.
        statement.save(
            by, incident_id, acknowledgement, kind="statement", account_ids=[post.account.id]
        )
        outgoings.add(_removal(by, post, incident_id, why), at=clock.now())
        words = f"Taking the post down openly: {why.strip()}"
        incidents.note(incident_id, "taken_down", words, at=clock.now(), by=by)
    return incident_id


def keep_snapshot(incident_id: str, snapshot: Snapshot, *, kind: str = "post") -> None:
    """Keep a post as it stands on its network, or our own copy, with its replies and its hash."""
    at = clock.now()
    digest = sha256(snapshot.raw.encode()).hexdigest()
    replies = "".join(f"\n— {text}" for text in snapshot.replies)
    kept = Evidence(
        ids.new("evidence"), kind, snapshot.url, f"{snapshot.text}{replies}", at, digest
    )
    incidents.add_evidence(incident_id, kept, raw=snapshot.raw)
    records.enter(Verb.EVIDENCE_KEPT, f"incident:{incident_id}", at=at, content_hash=digest)


def _close_sent(post: PostView) -> None:
    """Refuse while the post's own send is not over: a late repeat would bring it back."""
    sent = outgoings.of_post(post.account.id, post.network_id)
    if sent is not None and sent.state not in LIVE:
        raise BadInput(
            _("Whether this post is out is not proven yet: wait until it is, then retry.")
        )
    if outgoings.is_being_removed(post.account.id, post.network_id):
        raise BadInput(
            _("This post is being taken down already. Look under Calendar how far it is.")
        )


def _removal(by: str, post: PostView, incident_id: str, why: str) -> Outgoing:
    now = clock.now()
    hashed = content_hash(post.account.id, post.text, Language.EN, post.network_id)
    return Outgoing(
        id=ids.new("outgoing"),
        kind=OutgoingKind.REMOVAL,
        account_id=post.account.id,
        text=post.text,
        language=Language.EN.value,
        target=post.network_id,
        content_hash=hashed,
        approved_hash=hashed,
        approved_by=by,
        approved_at=now,
        due_at=undo_until(post.account, now),
        lateness_s=LATENESS_S,
        reason=why.strip(),
        incident_id=incident_id,
    )
