"""What Bluesky can do, and how it counts."""

import regex

from amends.networks.port import Capabilities, Count, SafeRepeat, SendLimit

NAME = "bluesky"
SERVER = "https://bsky.social"  # where most accounts are; seen 2026-11
SITE = "https://bsky.app"  # where people read
COLLECTION = "app.bsky.feed.post"

# Lexicon app.bsky.feed.post, `text`: maxGraphemes 300, maxLength 3000 bytes; seen 2026-11.
GRAPHEMES, BYTES = 300, 3000
# Lexicon app.bsky.embed.images: at most 4; "up to 2 MB, formerly limited to 1 MB"; @atproto/api
# 0.20.44, seen 2026-11. Servers from before the change refuse more than the older limit.
PICTURES, PICTURE_BYTES = 4, 1_000_000
# No limit in the lexicon; the network's own app stops at so many characters; seen 2026-11.
ALT = 2_000
PAGE = 100  # most notifications or records in one answer
PAGES = 10  # pages of notifications read at once, and how deep the deeper look goes

# docs.bsky.app, "Rate limits": 5,000 points an hour and 35,000 a day, three for each record that is
# made; the answers' own headers, where a server sends them, are heeded besides. Seen 2026-11.
SENDS = (SendLimit(5_000 // 3, 3_600.0), SendLimit(35_000 // 3, 86_400.0))

CAN = Capabilities(
    network=NAME,
    title="Bluesky",
    safe_repeat=SafeRepeat.NAMED,
    assumed_lag_s=30.0,
    sends=SENDS,
    pictures=PICTURES,
    picture_bytes=PICTURE_BYTES,
    alt_limit=ALT,
    why_not={
        "edit": "Bluesky posts are not edited: answers and likes would hold the old text.",
        "private": "Private messages on Bluesky are not connected yet; write to the person there.",
        "mentions": "Names written with @ are sent as plain text and notify nobody; a reply does.",
    },
)

_CLUSTER = regex.compile(r"\X")
# Where our clusters and the server's differ, it is at Indic viramas, and we are one or two short.
_VIRAMA = regex.compile(r"[\p{Indic_Syllabic_Category=Virama}]")
MARGIN = 2


def count(text: str) -> Count:
    """Return graphemes and UTF-8 bytes.

    >>> count("año 👩‍👩‍👧").used
    5
    """
    used = len(_CLUSTER.findall(text))
    near = GRAPHEMES - MARGIN < used <= GRAPHEMES
    return Count(
        used=used,
        limit=GRAPHEMES,
        unit="characters",
        second_used=len(text.encode("utf-8", "surrogatepass")),
        second_limit=BYTES,
        second_unit="bytes",
        maybe_over=near and _VIRAMA.search(text) is not None,
    )
