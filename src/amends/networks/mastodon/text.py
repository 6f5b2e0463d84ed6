"""From Mastodon's HTML to plain text, and the form in which two texts are compared.

Only words come out, never markup. A link keeps its true target: where what it shows is not where
it leads, the target stands behind it in brackets.
"""

import re
import unicodedata
from collections.abc import Mapping
from html.parser import HTMLParser
from urllib.parse import unquote

import httpx

from amends.networks.mastodon.addresses import full_handle
from amends.networks.mastodon.limits import LINK, MENTION

HTML_LIMIT = 200_000  # characters of HTML that are read
TEXT_LIMIT = 20_000  # characters of a foreign text that we keep

PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "ul", "ol"})
LINES = frozenset({"br", "div", "li", "tr"})
UNSEEN = frozenset({"script", "style", "template", "title"})
QUOTE = "quote-inline"  # a line that servers add under a quote for those who cannot show one


class _Reader(HTMLParser):
    """Collects words; knows nothing but lines and links."""

    def __init__(self, mentions: Mapping[str, str]) -> None:
        super().__init__(convert_charrefs=True)
        self._mentions = mentions
        self._out: list[str] = []
        self._link: list[str] | None = None  # what a link shows so far
        self._href, self._is_mention = "", False
        self._unseen: list[str] = []  # open tags of which nothing is kept

    def parse_html_declaration(self, i: int) -> int:
        """Take any <! for a comment: the parser's own way raises on some."""
        return self.parse_bogus_comment(i)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if self._unseen:
            if tag == self._unseen[0]:
                self._unseen.append(tag)
        elif tag in UNSEEN or QUOTE in given.get("class", "").split():
            self._unseen = [tag]
        elif tag == "a":
            self._end_link()
            self._link, self._href = [], given.get("href", "")
            classes = given.get("class", "").split()
            self._is_mention = "mention" in classes and "hashtag" not in classes
        elif tag == "img":
            self.handle_data(given.get("alt", ""))
        elif tag in PARAGRAPHS:
            self.handle_data("\n\n")
        elif tag in LINES:
            self.handle_data("\n- " if tag == "li" else "\n")

    def handle_endtag(self, tag: str) -> None:
        if self._unseen:
            if tag == self._unseen[0]:
                self._unseen.pop()
        elif tag == "a":
            self._end_link()
        elif tag in PARAGRAPHS:
            self.handle_data("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            (self._out if self._link is None else self._link).append(data)

    def _end_link(self) -> None:
        if self._link is None:
            return
        shown, self._link = "".join(self._link), None
        known = self._mentions.get(self._href) if self._is_mention else None
        self._out.append(f"@{known}" if known else link_words(shown, self._href))

    def words(self) -> str:
        self._end_link()
        return "".join(self._out)


def plain(html: str, mentions: Mapping[str, str] | None = None) -> str:
    """Return the words of a post.

    Args:
        html: The post's content, from anybody.
        mentions: Of each person it names: the address it links to, and the handle.
    """
    reader = _Reader(mentions or {})
    reader.feed(html[:HTML_LIMIT])
    reader.close()
    lines = (line.strip() for line in reader.words().replace("\xa0", " ").split("\n"))
    return clean(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip())


def clean(text: str) -> str:
    """Return a foreign text as a database can keep it: no NUL, no half characters, bounded."""
    whole = text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()
    return whole[:TEXT_LIMIT]


def link_words(shown: str, href: str) -> str:
    """Return what stands for a link in plain text.

    >>> link_words("https://bank.example", "https://thief.example")
    'https://bank.example (https://thief.example)'
    """
    words = shown.strip()
    if not href.startswith(("https://", "http://")) or words.startswith(("#", "@")):
        return shown
    if words.endswith("…") and _bare(href).startswith(_bare(words[:-1])):
        return href
    return shown if _same(words, href) else f"{shown} ({href})"


def _same(words: str, href: str) -> bool:
    if _bare(words) == _bare(href):
        return True
    try:  # the same host in other letters, the same path with other marks
        full = words if "//" in words else f"https://{words}"
        return _bare(str(httpx.URL(full))) == _bare(str(httpx.URL(href)))
    except (httpx.InvalidURL, UnicodeError):
        return False


def _bare(address: str) -> str:
    return re.sub(r"^https?://", "", address).rstrip("/")


def normal(text: str, domain: str) -> str:
    r"""Return the form in which texts are compared: what servers change of their own is evened out.

    NFC; handles whole and in small letters; marks in links decoded; runs of white space to one
    space; ends trimmed. Case and punctuation stay.

    >>> normal("@Ines  said\nso ", "candil.example")
    '@ines@candil.example said so'
    """
    whole = unicodedata.normalize("NFC", text)
    whole = LINK.sub(lambda found: unquote(found.group()), whole)
    whole = MENTION.sub(lambda found: f"@{full_handle(found.group(), domain)}", whole)
    return " ".join(whole.split())


def named(text: str, domain: str) -> tuple[str, ...]:
    """Return everybody whom a text mentions, as name@host, in order."""
    return tuple(full_handle(found.group(), domain) for found in MENTION.finditer(text))
