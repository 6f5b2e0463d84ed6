"""The practice network's JSON: what is frozen, and what is told back."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from amends.networks.memory.limits import NAME
from amends.networks.memory.world import Told, of_name
from amends.networks.port import Content, Frozen, HistoryPost, Published, hash_of
from amends.vocabulary.mention import Mention, MentionKind

SITE = "practice:"


def frozen(account: str, content: Content, op: str, at: datetime) -> Frozen:
    """Return the body under the name that the intent gives it."""
    name = hashlib.sha256(f"{account} {op}".encode()).hexdigest()[:13]
    body: dict[str, object] = {
        "network": NAME,
        "account": account,
        "name": name,
        "text": content.text,
        "language": content.language,
        "at": at.astimezone(UTC).isoformat(timespec="milliseconds"),
        "parent": content.reply_parent,
        "root": content.reply_root or content.reply_parent,
        "quote": content.quote,
    }
    if content.pictures:
        body["pictures"] = [[json.loads(one.ref)["sha256"], one.alt] for one in content.pictures]
    return Frozen.of(name, body)


def body_of(kept: Frozen) -> dict[str, Any] | None:
    """Return the body if it is this network's and still as frozen."""
    if hash_of(kept.body) != kept.body_hash:
        return None
    try:
        found = json.loads(kept.body)
    except ValueError:
        return None
    return found if isinstance(found, dict) and found.get("network") == NAME else None


def told(body: Mapping[str, Any], body_hash: str) -> Told:
    """Return the post that a frozen body is."""
    account = body["account"]
    return Told(
        seq=0,
        network_id=of_name(account, body["name"]),
        author_id="",
        author_handle=account,
        author_name="",
        text=body["text"],
        language=body["language"],
        at=datetime.fromisoformat(body["at"]),
        parent=body["parent"],
        root=body["root"],
        quote=body["quote"],
        body_hash=body_hash,
        pictures=tuple((sha256, alt) for sha256, alt in body.get("pictures", ())),
    )


def url_of(network_id: str) -> str:
    """Return the address for people: the practice pages show it."""
    return f"{SITE}{network_id.removeprefix('memory:')}"


def raw(post: Told) -> str:
    """Return a post as the network's own JSON."""
    words = {name: str(getattr(post, name)) for name in Told.__slots__}
    return json.dumps(words, ensure_ascii=False, sort_keys=True)


def published(post: Told) -> Published:
    """Return the answer to a send that is out."""
    return Published(post.network_id, url_of(post.network_id), post.at, hash_of(raw(post)))


def mention(post: Told, kind: MentionKind, about: str) -> Mention:
    """Return what was heard."""
    return Mention(
        network_id=post.network_id,
        url=url_of(post.network_id),
        author_id=post.author_id,
        author_handle=post.author_handle,
        author_name=post.author_name,
        text=post.text,
        kind=kind,
        written_at=post.at,
        about=about,
    )


def history_post(post: Told) -> HistoryPost:
    """Return one of our older posts."""
    at, language = post.at, post.language
    url = url_of(post.network_id)
    return HistoryPost(
        post.network_id, url, post.text, at, language, bool(post.parent), post.parent
    )
