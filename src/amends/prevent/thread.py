"""One text that is several posts: a line that holds only three hyphens begins the next one."""

import re
from dataclasses import dataclass

# Three hyphens or more. Phones make a dash of the first two while they are typed.
BREAK = re.compile(r"^[ \t]*(?:-{3,}|—-+)[ \t\r]*$", re.MULTILINE)
AROUND = " \t\r\n"


@dataclass(frozen=True, slots=True)
class Part:
    """One post of a text, with its place in the whole."""

    text: str
    start: int
    end: int


def parts_of(text: str) -> tuple[Part, ...]:
    r"""Return the posts that a text is; one, as it stands, where no line parts it.

    >>> [one.text for one in parts_of("First.\n\n---\nSecond.")]
    ['First.', 'Second.']
    >>> [one.text for one in parts_of("A --- B")]
    ['A --- B']
    """
    breaks = [found.span() for found in BREAK.finditer(text)]
    if not breaks:
        return (Part(text, 0, len(text)),)
    starts = [0, *(end for _, end in breaks)]
    ends = [*(start for start, _ in breaks), len(text)]
    return tuple(_trimmed(text, *span) for span in zip(starts, ends, strict=True))


def _trimmed(text: str, start: int, end: int) -> Part:
    inner = text[start:end]
    words = inner.strip(AROUND)
    if not words:
        return Part("", end, end)
    left = start + len(inner) - len(inner.lstrip(AROUND))
    return Part(words, left, left + len(words))


def joined(texts: tuple[str, ...]) -> str:
    """Return the one text that is these posts.

    >>> parts_of(joined(("A.", "B.")))[1].text
    'B.'
    """
    return "\n\n---\n\n".join(texts)


def without_breaks(text: str) -> str:
    r"""Return the text with its breaks blanked, every other character in its place.

    >>> without_breaks("A.\n---\nB.")
    'A.\n   \nB.'
    """
    return BREAK.sub(lambda found: re.sub(r"\S", " ", found.group()), text)
