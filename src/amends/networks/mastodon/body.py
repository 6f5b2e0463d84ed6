"""What goes out: one post's body, frozen once and sent as it is."""

import json
from dataclasses import dataclass
from typing import Any

from amends.networks.mastodon.addresses import VISIBILITIES, Parent, parent, person
from amends.networks.mastodon.text import named
from amends.networks.mastodon.wire import Place
from amends.networks.port import Content, Frozen, Shown, hash_of
from amends.vocabulary.errors import BadInput

ONLY_ONE = "a private text may name only the one person it is for"


@dataclass(frozen=True, slots=True)
class Sent:
    """What a frozen body says."""

    text: str
    visibility: str
    parent: str  # id on our server, "" for none
    alts: tuple[tuple[str, str], ...]  # of each picture its id on our server, and its words
    wire: str  # the very bytes that are sent, as text


def frozen(content: Content, op: str, who: str, place: Place) -> Frozen:
    """Return the body under the intent's id, which is its key at the server.

    The account stands beside the body, outside of what is sent, so that a text can never leave
    from another account than the one it was approved for; so do the words of pictures, which a
    server takes with the picture and not with the post.

    Args:
        content: What a person approved.
        op: The intent's id.
        who: Our account, name@host.
        place: From where we see.

    Raises:
        BadInput: The text, a ref or a handle cannot be used.
    """
    above = parent(content.reply_parent, place.host) if content.reply_parent else None
    body: dict[str, object] = {
        "status": _text(content, above, who, place),
        "visibility": _visibility(content, above),
        "language": content.language,
    }
    if above is not None:
        body["in_reply_to_id"] = above.id
    if content.pictures:
        body["media_ids"] = [_media(one) for one in content.pictures]
    kept: dict[str, object] = {"account": f"{who} at {place.host}", "send": body}
    if content.pictures:
        kept["alts"] = [one.alt for one in content.pictures]
    return Frozen.of(op, kept)


def sent(kept: Frozen, who: str, place: Place) -> Sent | None:
    """Return the frozen body, None where it was changed since or is another account's."""
    if hash_of(kept.body) != kept.body_hash:
        return None
    try:
        found = json.loads(kept.body)
        body = found["send"]
        ours = found["account"] == f"{who} at {place.host}"
        return _read(body, found.get("alts", [])) if ours else None
    except (ValueError, KeyError, TypeError):
        return None


def _read(body: dict[str, Any], alts: list[str]) -> Sent:
    return Sent(
        text=body["status"],
        visibility=body["visibility"],
        parent=body.get("in_reply_to_id", ""),
        alts=tuple(zip(body.get("media_ids", ()), alts, strict=True)),
        wire=Frozen.of("", body).body,
    )


def _text(content: Content, above: Parent | None, who: str, place: Place) -> str:
    """Return the text with the mention in front without which the person would hear nothing."""
    to = person(content.private_to, place.domain) if content.private_to else ""
    mentioned = named(content.text, place.domain)
    if to and set(mentioned) - {to}:
        others = ", ".join(f"@{one}" for one in dict.fromkeys(mentioned) if one != to)
        raise BadInput(f"Take {others} out: {ONLY_ONE}, and each name adds a reader.")
    speaks_to = to or (above.author if above else "")
    there = mentioned[:1] if to else mentioned  # a private text begins with the name
    begins = not to or content.text.lstrip().startswith("@")
    if speaks_to in {"", who} or (begins and speaks_to in there):
        return content.text
    return f"@{speaks_to} {content.text}"


def _visibility(content: Content, above: Parent | None) -> str:
    """Return who may read: one person, or as many as may read what is answered."""
    if content.private_to:
        return "direct"
    if above is not None and above.visibility == "direct":
        raise BadInput("They wrote privately: answer them privately, so that it stays so.")
    return above.visibility if above is not None else VISIBILITIES[0]


def _media(one: Shown) -> str:
    try:
        found = json.loads(one.ref)["id"]
    except (ValueError, KeyError, TypeError):
        found = None
    if not isinstance(found, str) or not found:
        raise BadInput("A picture is not on the network yet; add it again.")
    return found
