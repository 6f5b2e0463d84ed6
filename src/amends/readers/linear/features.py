"""The features of the linear reader: words, pairs of words and pieces of words.

The shapes are those of scikit-learn's vectorisers (words 1 to 2, `char_wb` 2 to 5), written again
so that reading needs numpy alone; a test holds the two equal.
"""

import html
import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

SHAPE = r"<?\b\w+\b>?|[!?#:;()]+|[\U0001F300-\U0001FAFF\u2600-\u27BF]"
SHORTEST, LONGEST = 2, 5  # letters in a piece
MOST_LETTERS = 4000  # a longer text is read up to here, so that no text can stall the queue

_TOKENS = re.compile(SHAPE)
_LINKS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_HANDLES = re.compile(r"(?<![\w.])@[\w.\-]*\w(?:@[\w.\-]*\w)?")
_STRETCHED = re.compile(r"(.)\1{2,}")
_SPACES = re.compile(r"\s+")
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\ufe0f": None})


def cleaned(text: str) -> str:
    """Return the text as it is read: no handles, links, accents, capitals or stretched letters.

    Handles are left out, not marked: every mention carries one, whatever it says.

    >>> cleaned("@candil VERGÜENZAAAA   https://candil.example/a")
    'verguenzaa <url>'
    """
    plain = html.unescape(text[:MOST_LETTERS]).translate(_PLAIN)
    masked = _HANDLES.sub(" ", _LINKS.sub("<url>", plain))
    split = unicodedata.normalize("NFKD", masked.lower())
    bare = "".join(letter for letter in split if not unicodedata.combining(letter))
    return _SPACES.sub(" ", _STRETCHED.sub(r"\1\1", bare)).strip()


def words_of(clean: str) -> Iterator[str]:
    """Yield the words of a cleaned text, then each pair of neighbours.

    >>> list(words_of("not again!"))
    ['not', 'again', '!', 'not again', 'again !']
    """
    tokens = _TOKENS.findall(clean)
    yield from tokens
    for first, second in pairwise(tokens):
        yield f"{first} {second}"


def pieces_of(clean: str) -> Iterator[str]:
    """Yield the pieces of each word of a cleaned text, its edges marked by a space.

    >>> list(pieces_of("no"))
    [' n', 'no', 'o ', ' no', 'no ', ' no ']
    """
    for word in clean.split():
        edged = f" {word} "
        for size in range(SHORTEST, LONGEST + 1):
            yield edged[:size]
            if len(edged) <= size:  # the whole word is said once, not again for each size
                break
            for start in range(1, len(edged) - size + 1):
                yield edged[start : start + size]
