"""What goes out: one post's record, its name, and its places of links and hashtags."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from amends.networks.bluesky.addresses import strong
from amends.networks.bluesky.limits import COLLECTION
from amends.networks.port import Content, Frozen, Shown

TID_LETTERS = "234567abcdefghijklmnopqrstuvwxyz"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

LINK = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
LINK_END = re.compile(r"[.,;:!?'\"»”’…)\]}]+$")
TAG = re.compile(r"(?<![\w/&#])#(?=[^\W_]*[^\W\d_])(\w{1,64})")


def tid(at: datetime, op: str) -> str:
    """Return the record name for one intent: microseconds of `at`, then ten bits of the intent.

    >>> tid(datetime(2026, 3, 2, 12, tzinfo=UTC), "op-1") == tid(EPOCH, "op-1")
    False

    Source: atproto specification, "Record Key: TID".
    """
    micros = (at - EPOCH) // timedelta(microseconds=1)
    clock = int.from_bytes(hashlib.sha256(op.encode()).digest()[-2:], "big") & 0x3FF
    number = ((micros & ((1 << 53) - 1)) << 10) | clock
    return "".join(TID_LETTERS[(number >> shift) & 31] for shift in range(60, -1, -5))


def stamp(at: datetime) -> str:
    """Return the moment as Bluesky writes it, in milliseconds, UTC."""
    text = at.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


def facets(text: str) -> list[dict[str, object]]:
    """Return the links and hashtags with their places in UTF-8 bytes; text stays as it is."""
    found = sorted([*_links(text), *_tags(text)], key=lambda one: one[0])
    return [
        {
            "index": {"byteStart": len(text[:a].encode()), "byteEnd": len(text[:b].encode())},
            "features": [feature],
        }
        for a, b, feature in found
    ]


def _links(text: str) -> Iterator[tuple[int, int, dict[str, str]]]:
    for found in LINK.finditer(text):
        uri = LINK_END.sub("", found.group())
        # A bracket that was opened inside the link belongs to it.
        if uri.count("(") > uri.count(")") and found.group()[len(uri) :].startswith(")"):
            uri += ")"
        if _has_host(uri):
            feature = {"$type": "app.bsky.richtext.facet#link", "uri": uri}
            yield found.start(), found.start() + len(uri), feature


def _has_host(uri: str) -> bool:
    try:
        return bool(urlsplit(uri).hostname)
    except ValueError:  # an odd bracket: a text like any other, but no link
        return False


def _tags(text: str) -> Iterator[tuple[int, int, dict[str, str]]]:
    links = [found.span() for found in LINK.finditer(text)]
    for found in TAG.finditer(text):
        if not any(a <= found.start() < b for a, b in links):
            feature = {"$type": "app.bsky.richtext.facet#tag", "tag": found.group(1)}
            yield found.start(), found.end(), feature


def record(content: Content, at: datetime) -> dict[str, object]:
    """Return the post's record."""
    made: dict[str, object] = {
        "$type": COLLECTION,
        "text": content.text,
        "createdAt": stamp(at),
        "langs": [content.language],
    }
    if marks := facets(content.text):
        made["facets"] = marks
    if content.reply_parent:
        root = content.reply_root or content.reply_parent
        made["reply"] = {"parent": strong(content.reply_parent), "root": strong(root)}
    if shown := embed(content):
        made["embed"] = shown
    return made


def embed(content: Content) -> dict[str, object]:
    """Return what stands under the text: pictures, a quoted post, both, or nothing."""
    if not content.quote:
        return _images(content.pictures) if content.pictures else {}
    quote: dict[str, object] = {"$type": "app.bsky.embed.record", "record": strong(content.quote)}
    if not content.pictures:
        return quote
    media = _images(content.pictures)
    return {"$type": "app.bsky.embed.recordWithMedia", "record": quote, "media": media}


def _images(shown: tuple[Shown, ...]) -> dict[str, object]:
    return {"$type": "app.bsky.embed.images", "images": [_image(one) for one in shown]}


def _image(one: Shown) -> dict[str, object]:
    made: dict[str, object] = {"image": json.loads(one.ref), "alt": one.alt}  # alt: always, also ""
    if one.width and one.height:
        made["aspectRatio"] = {"width": one.width, "height": one.height}
    return made


def put(did: str, name: str, made: Mapping[str, object]) -> Frozen:
    """Return the one body under this name; the null makes the server refuse any other body."""
    body = {
        "repo": did,
        "collection": COLLECTION,
        "rkey": name,
        "swapRecord": None,  # must stay in the bytes: without it another text would overwrite
        "record": made,
    }
    return Frozen.of(name, body)
