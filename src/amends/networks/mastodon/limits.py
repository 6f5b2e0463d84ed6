"""What a Mastodon server can do, and how Mastodon counts.

The numbers are Mastodon's own defaults; a server may have others. What a connected account may do
is read from its server, see `instance.py`.
"""

import re

import regex

from amends.networks.port import Capabilities, Count, SafeRepeat, SendLimit

NAME = "mastodon"

# docs.joinmastodon.org, "Posting to your profile" and the entity V1::Instance; seen 2026-11.
CHARACTERS = 500
URL_CHARACTERS = 23  # every link counts as so many
PICTURES = 4
PICTURE_BYTES = 16_777_216  # image_size_limit, 16 MiB
ALT_CHARACTERS = 1_500  # description_limit

# docs.joinmastodon.org, "Rate limits": 300 calls in 5 minutes an account; seen 2026-11. Every call
# counts, reads too, so the answer's own numbers matter more: see `Published.quota`.
SENDS, SENDS_S = 300, 300.0

# Source code of PostStatusService: a key is kept for 3,600 s, and is written only after the post
# is saved, without a lock; seen 2026-11. So a repeat never overtakes a slow first call.
FIRST_REPEAT_S = 60.0
REPEAT_WINDOW_S = 50 * 60.0

# docs.joinmastodon.org, methods of accounts, notifications and search; seen 2026-11.
PAGE = 40  # most posts in one answer
NOTICES = 80  # most notifications in one answer
PAGES = 10  # answers that are read in a row

CAN = Capabilities(
    network=NAME,
    title="Mastodon",
    # Until a server is proven to be Mastodon itself; others may ignore the key.
    safe_repeat=SafeRepeat.NONE,
    assumed_lag_s=30.0,
    quote=False,
    private=True,
    pictures=PICTURES,
    picture_bytes=PICTURE_BYTES,
    alt_limit=ALT_CHARACTERS,
    sends=(SendLimit(SENDS, SENDS_S),),
    why_not={
        "edit": "Editing on Mastodon is not connected yet; take the post down openly instead.",
        "quote": "Quoting on Mastodon needs the other person's leave and is not connected yet.",
    },
)

LINK = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
LINK_END = re.compile(r"[.,;:!?'\"»”’…)\]}]+$")
_HOST = re.compile(r"https?://(?:[\w-]+\.)+[^\W\d_]{2,}(?:[:/?#]|$)", re.IGNORECASE)
# As Mastodon's Account::MENTION_RE; seen 2026-11.
MENTION = re.compile(
    r"(?<![=/\w])@([a-z0-9_]+(?:[a-z0-9_.-]+[a-z0-9_]+)?)((?:@\w+(?:[.-]+\w+)*)?)",
    re.IGNORECASE,
)
_CLUSTER = regex.compile(r"\X")


def link(found: re.Match[str]) -> str:
    """Return a link without the punctuation that only follows it."""
    whole = found.group()
    address = LINK_END.sub("", whole)
    # A bracket that was opened inside the link belongs to it.
    if address.count("(") > address.count(")") and whole[len(address) :].startswith(")"):
        address += ")"
    return address


def count(text: str, most: int = CHARACTERS, url: int = URL_CHARACTERS) -> Count:
    """Return the characters as Mastodon counts: each link as 23, of a mention only its name.

    >>> count("@ines@mastodon.example año https://candil.example/a/very/long/path/indeed").used
    33
    """

    def short(found: re.Match[str]) -> str:
        address = link(found)
        if not _HOST.match(address):  # to Mastodon it is no link
            return found.group()
        return "x" * url + found.group()[len(address) :]

    shown = MENTION.sub(lambda found: f"@{found.group(1)}", LINK.sub(short, text))
    return Count(used=len(_CLUSTER.findall(shown)), limit=most, unit="characters")
