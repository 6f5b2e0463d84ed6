"""A text as Mastodon counts it and shows it: HTML with shortened links and mentions as cards.

From documents (docs.joinmastodon.org, "Posting to your profile") and from the shape that
Mastodon's own TextFormatter gives, version 4.3; seen 2026-11. Not measured.
"""

import html
import re
from collections.abc import Callable, Iterator

import regex

LINK = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
LINK_END = re.compile(r"[.,;:!?'\"»”’…)\]}]+$")
MENTION = re.compile(
    r"(?<![=/\w])@([a-z0-9_]+(?:[a-z0-9_.-]*[a-z0-9_])?)(?:@([\w.:-]*\w))?", re.IGNORECASE
)
TAG = re.compile(r"(?<![\w/&#])#(\w*[^\W\d_]\w*)")
PREFIX = re.compile(r"https?://(?:www\.)?")
CLUSTER = regex.compile(r"\X")
SHOWN, URL_CHARACTERS = 30, 23

Person = tuple[str, str]  # name as shown, address of the profile
Find = Callable[[str, str], Person | None]  # name, domain ("" for this server)


def _links(text: str) -> Iterator[tuple[int, int, str]]:
    for found in LINK.finditer(text):
        url = LINK_END.sub("", found.group())
        if url.count("(") > url.count(")") and found.group()[len(url) :].startswith(")"):
            url += ")"
        yield found.start(), found.start() + len(url), url


def length(text: str) -> int:
    """Return the characters: every link counts 23, a mention without its server.

    >>> length("@ines@mastodon.test año https://candil.example/a/very/long/path/indeed")
    33
    """
    parts, last = [], 0
    for start, end, _ in _links(text):
        parts += [text[last:start], "x" * URL_CHARACTERS]
        last = end
    whole = "".join([*parts, text[last:]])
    return len(CLUSTER.findall(MENTION.sub(lambda found: f"@{found.group(1)}", whole)))


def mentioned(text: str) -> list[tuple[str, str]]:
    """Return (name, domain) of everybody in a text, each once, outside of links."""
    taken = [(start, end) for start, end, _ in _links(text)]
    found = {
        (one.group(1).lower(), (one.group(2) or "").lower()): None
        for one in MENTION.finditer(text)
        if not any(start <= one.start() < end for start, end in taken)
    }
    return list(found)


def as_html(text: str, find: Find, tags: str) -> str:
    """Return the content of a status; `tags` is the address before a hashtag's name."""
    out, last = [], 0
    for start, end, made in sorted(_entities(text, find, tags)):
        if start >= last:
            out += [_escaped(text[last:start]), made]
            last = end
    whole = "".join([*out, _escaped(text[last:])]).replace("\r\n", "\n")
    paragraphs = [one for one in re.split(r"\n\n+", whole) if one]
    return "".join(f"<p>{one.replace(chr(10), '<br />')}</p>" for one in paragraphs)


def _entities(text: str, find: Find, tags: str) -> Iterator[tuple[int, int, str]]:
    for start, end, url in _links(text):
        yield start, end, _link(url)
    for one in MENTION.finditer(text):
        person = find(one.group(1).lower(), (one.group(2) or "").lower())
        if person:
            name, url = (_escaped(part) for part in person)
            inner = f'<a href="{url}" class="u-url mention">@<span>{name}</span></a>'
            yield *one.span(), f'<span class="h-card" translate="no">{inner}</span>'
    for one in TAG.finditer(text):
        name = _escaped(one.group(1))
        url = f"{tags}{name.lower()}"
        made = f'<a href="{url}" class="mention hashtag" rel="tag">#<span>{name}</span></a>'
        yield *one.span(), made


def _link(url: str) -> str:
    found = PREFIX.match(url)
    prefix = found.group() if found else ""
    shown, rest = url[len(prefix) :][:SHOWN], url[len(prefix) + SHOWN :]
    cut = "ellipsis" if rest else ""
    spans = (
        f'<span class="invisible">{_escaped(prefix)}</span>'
        f'<span class="{cut}">{_escaped(shown)}</span>'
        f'<span class="invisible">{_escaped(rest)}</span>'
    )
    more = 'target="_blank" rel="nofollow noopener" translate="no"'
    return f'<a href="{_escaped(url)}" {more}>{spans}</a>'


def _escaped(text: str) -> str:
    return html.escape(text).replace("&#x27;", "&#39;")
