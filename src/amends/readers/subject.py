"""What a text is about, in a few of its writer's own words."""

import re

from amends.rulebook.words import folded, is_common

MOST_WORDS = 4
SHORTEST = 4  # letters

_WORD = re.compile(r"(?<![\w@#/.])[^\W\d_]+(?:['’-][^\W\d_]+)*(?![\w@/])")
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


def subject_of(text: str) -> str:
    """Return at most four content words of the text, the first ones, as they were written.

    >>> subject_of("Why did you joke about overdrafts today, @candil?")
    'joke overdrafts'
    """
    kept: dict[str, str] = {}
    for word in _WORD.findall(_LINK.sub(" ", text)):
        bare = folded(word)
        if len(bare) >= SHORTEST and not is_common(bare):
            kept.setdefault(bare, word)
    return " ".join(list(kept.values())[:MOST_WORDS])
