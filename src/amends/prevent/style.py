"""What is left of a text when its links, handles and tags are hidden: its style, in n-grams.

Marks say whose account it is far better than style does, so rules look at marks and the
voiceprint looks at what remains. An n-gram is one to four characters, case kept, or one or
two words; character n-grams see punctuation, emoji, spelling and signatures.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

MARK = re.compile(
    r"(?P<link>(?:https?://|www\.)\S+|\b(?:[\w-]+\.)+(?:com|org|net|es|co|io|ly|uk|gov|eu|me|example)\b(?:/\S*)?)"
    r"|(?P<handle>@[\w.-]*\w)"
    r"|(?P<tag>#\w+)",
    re.IGNORECASE,
)
STAND_IN = {"link": "\x01", "handle": "\x02", "tag": "\x03"}  # none of them is ever typed
WORD = re.compile(r"\w+(?:['’]\w+)?|[^\w\s]")
LONGEST = 4
ONE_WORD, TWO_WORDS = "\x04", "\x05"  # so that a word is never taken for a run of characters


@dataclass(frozen=True, slots=True)
class Styled:
    """A text with its marks hidden, and where each of its characters came from.

    `origins` has one more entry than `text`: the end of the original.
    """

    text: str
    origins: tuple[int, ...]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return the place in the original text, as code point offsets."""
        return self.origins[start], self.origins[end]


def styled(text: str) -> Styled:
    """Return the text with each link, handle and tag replaced by one stand-in character."""
    pieces: list[str] = []
    origins: list[int] = []
    last = 0
    for match in MARK.finditer(text):
        pieces += [text[last : match.start()], STAND_IN[match.lastgroup or "link"]]
        origins += range(last, match.start() + 1)
        last = match.end()
    pieces.append(text[last:])
    origins += range(last, len(text) + 1)
    return Styled("".join(pieces), tuple(origins))


def grams_in(hidden: str) -> set[str]:
    """Return the distinct n-grams of a text whose marks are hidden."""
    framed = f" {hidden.strip()} "
    found: set[str] = set()
    for size in range(1, LONGEST + 1):
        found.update(framed[at : at + size] for at in range(len(framed) - size + 1))
    words = [match.group().casefold() for match in WORD.finditer(hidden)]
    found.update(ONE_WORD + word for word in words)
    found.update(f"{TWO_WORDS}{first} {second}" for first, second in pairwise(words))
    return found


def places_of_grams(hidden: str) -> Iterator[tuple[str, int, int]]:
    """Yield each n-gram with its place in the text whose marks are hidden, repeats too."""
    for size in range(1, LONGEST + 1):
        for at in range(len(hidden) - size + 1):
            yield hidden[at : at + size], at, at + size
    words = [(match.group().casefold(), *match.span()) for match in WORD.finditer(hidden)]
    for word, start, end in words:
        yield ONE_WORD + word, start, end
    for (first, start, _), (second, _, end) in pairwise(words):
        yield f"{TWO_WORDS}{first} {second}", start, end
