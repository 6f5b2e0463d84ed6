"""How places count a text: as people see it, by code unit, or weighted.

Each rule gives (lowest, highest): the two differ where we cannot know how the place reads a part
of the text, and then the place itself has the last word.
"""

import unicodedata
from collections.abc import Callable

import regex

_CLUSTER = regex.compile(r"\X")

# Source: twitter-text, configuration version 3 (weights, URL 23, emoji parsing on); seen 2026-11.
X_URL = 23
X_LIGHT = ((0x0000, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))
_PICTURE = (
    r"(?:\p{Emoji_Presentation}\uFE0F?|\p{Extended_Pictographic}\uFE0F"
    r"|\p{Extended_Pictographic}(?=\p{Emoji_Modifier}|\u200D\p{Extended_Pictographic}))"
    r"\p{Emoji_Modifier}?"
)
_EMOJI = regex.compile(
    rf"\p{{Regional_Indicator}}{{2}}|[0-9#*]\uFE0F?\u20E3"
    rf"|{_PICTURE}(?:\u200D(?:{_PICTURE}|\p{{Extended_Pictographic}}))*"
    r"(?:[\U000E0020-\U000E007E]+\U000E007F)?"
)
# Top-level domains that people write without https://. Every two-letter one counts as a country's.
_ENDS = (
    "app art biz blog cafe cat club com coop dev digital edu email eus eu fun gal gov guru info"
    " int jobs life link live ltd media mil mobi museum name net news online org page photo"
    " pro restaurant shop site social space store studio tech tel today tools top travel wiki"
    " work world xyz zone bank bar bio cash city cloud design events family food games group"
    " help house law love marketing music network ninja one party pizza place press show style"
    " support team tours tv video vip website wine"
)
COMMON_ENDS = frozenset(_ENDS.split())
_LINK = regex.compile(
    r"(?<![\p{L}\p{N}@＠$#＃_./-])(?P<scheme>https?://)?"
    r"(?P<host>(?:[\p{L}\p{N}](?:[\p{L}\p{N}_-]*[\p{L}\p{N}])?\.)+"
    r"(?P<end>[a-z]{2,24}|xn--[a-z0-9-]{2,59}))(?![\p{L}\p{N}@＠_-])"
    r"(?::\d+)?(?:[/?](?:[A-Za-z0-9\p{Latin}\p{Cyrillic}!*';:=+,.$%#\[\]\u2013_~@|&/?-]"
    r"|\([^()\s]*\))*(?:[A-Za-z0-9\p{Latin}\p{Cyrillic}=#/_&+%-]|\([^()\s]*\)|(?<=[/?])))?",
    regex.IGNORECASE,
)


def as_seen(text: str) -> tuple[int, int]:
    """Return the characters as people see them.

    >>> as_seen("año 👩‍👩‍👧")
    (5, 5)
    """
    used = len(_CLUSTER.findall(text))
    return used, used


def units(text: str) -> tuple[int, int]:
    """Return between which numbers the length lies: as people see it, and in UTF-16 code units.

    Most places say "characters" and count code units, as their programs do.

    >>> units("año 👩‍👩‍👧")
    (5, 12)
    """
    return as_seen(text)[0], len(text.encode("utf-16-le", "surrogatepass")) // 2


def emoji_as_bytes(text: str) -> tuple[int, int]:
    """Return the code points, with each emoji counted as its UTF-8 bytes.

    >>> emoji_as_bytes("año 👍")
    (8, 8)
    """
    used = len(text)
    for found in _EMOJI.findall(text):
        used += len(found.encode()) - len(found)
    return used, used


def weighted(text: str) -> tuple[int, int]:
    """Return the length as X weighs it: light letters 1, the rest and each emoji 2, a link 23.

    >>> weighted("año"), weighted("日本"), weighted("see https://candil.example.com/menu")
    ((3, 3), (4, 4), (27, 27))
    """
    whole = unicodedata.normalize("NFC", text)
    used, low, high, place = 0, 0, 0, 0
    for link in _LINK.finditer(whole):
        plain = _weight(whole[place : link.start()])
        low, high, used = low + plain, high + plain, used + plain
        written = _weight(link.group())
        if _is_sure(link.group("end")):
            low, high = low + X_URL, high + X_URL
        else:
            low, high = low + min(written, X_URL), high + max(written, X_URL)
        place = link.end()
    rest = _weight(whole[place:])
    return low + rest, high + rest


def _is_sure(end: str) -> bool:
    return len(end) == 2 or end.casefold() in COMMON_ENDS


def _weight(text: str) -> int:
    emojis = list(_EMOJI.finditer(text))
    kept = regex.sub(_EMOJI, "", text)
    return 2 * len(emojis) + sum(1 if _is_light(ord(one)) else 2 for one in kept)


def _is_light(point: int) -> bool:
    return any(low <= point <= high for low, high in X_LIGHT)


Rule = Callable[[str], tuple[int, int]]
