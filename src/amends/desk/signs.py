"""Hidden signs in foreign text: found, so that a page can show them instead of obeying them.

Direction overrides, zero-width characters and tags can make a text read otherwise than it is.
Joiners inside emoji and inside scripts that need them are left alone.
"""

import unicodedata
from collections.abc import Iterator

import regex

NAMES = {
    "\u00ad": "SHY",
    "\u061c": "ALM",
    "\u180e": "MVS",
    "\u200b": "ZWSP",
    "\u200c": "ZWNJ",
    "\u200d": "ZWJ",
    "\u200e": "LRM",
    "\u200f": "RLM",
    "\u202a": "LRE",
    "\u202b": "RLE",
    "\u202c": "PDF",
    "\u202d": "LRO",
    "\u202e": "RLO",
    "\u2060": "WJ",
    "\u2066": "LRI",
    "\u2067": "RLI",
    "\u2068": "FSI",
    "\u2069": "PDI",
    "\ufeff": "BOM",
}
MOST_MARKS = 8  # combining marks on one base that are shown

_EMOJI = r"[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f]"
_NEEDS_JOINERS = (
    r"[\p{Arabic}\p{Devanagari}\p{Bengali}\p{Malayalam}\p{Sinhala}\p{Kannada}\p{Mongolian}\p{M}]"
)
_FOUND = regex.compile(
    rf"(?P<kept>(?<={_EMOJI})\u200d(?=\p{{Extended_Pictographic}})"
    rf"|(?<={_NEEDS_JOINERS})[\u200c\u200d]"
    r"|(?<=\U0001F3F4)[\U000E0020-\U000E007E]+\U000E007F)"
    rf"|(?P<marks>(?<=\p{{M}}{{{MOST_MARKS}}})\p{{M}}+)"
    rf"|(?P<tags>[\U000E0000-\U000E007F]+)"
    rf"|(?P<hidden>[{''.join(NAMES)}])"
    r"|(?P<control>[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f])"
)


def pieces_of(text: str) -> Iterator[tuple[str, str]]:
    r"""Yield the text in pieces as (what to show, name of the sign); the name is "" for words.

    >>> list(pieces_of("pay\u202eno"))
    [('pay', ''), ('⟦RLO⟧', 'right-to-left override'), ('no', '')]
    """
    place = 0
    for found in _FOUND.finditer(text):
        if found.group("kept") is not None:
            continue
        if found.start() > place:
            yield text[place : found.start()], ""
        yield _sign(found)
        place = found.end()
    if place < len(text):
        yield text[place:], ""


def _sign(found: "regex.Match[str]") -> tuple[str, str]:
    sign = found.group()
    if found.group("marks") is not None:
        return f"⟦+{len(sign)}⟧", f"{len(sign)} more marks on one letter"
    if found.group("tags") is not None:
        return f"⟦{len(sign)} TAGS⟧", f"{len(sign)} hidden tag characters"
    if sign in NAMES:
        return f"⟦{NAMES[sign]}⟧", unicodedata.name(sign).lower()
    return f"⟦{ord(sign):02X}⟧", "control character"
