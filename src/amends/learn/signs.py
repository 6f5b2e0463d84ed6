r"""A sign's expression as the words that a person reads.

>>> readable(r"(?:^|[^\p{L}\p{N}_])(cr[oóòôö][iíìîï]ss[aáàâä]nt\p{L}*)")
'croissant…'
"""

import re

_EDGES = re.compile(r"\(\?:[\^$]\|\[[^\]]*\]\)")
_NEAR = re.compile(r"\[\^[^\]]*\]\+(?:\(\?:\\p\{L\}\+\[\^[^\]]*\]\+\)\{0,2\})?")
_CHOICE = re.compile(r"\[(.)[^\]]*\]")
_ANY = re.compile(r"\\p\{L\}\*")
_MARKS = re.compile(r"[()\\^$?]|\?:")


def readable(sign: str) -> str:
    """Return what the sign looks for, with an ellipsis where any ending will do."""
    plain = _ANY.sub("…", _NEAR.sub(" ", _EDGES.sub("", sign)))
    plain = _CHOICE.sub(r"\1", plain.replace("(?:e?s)?", ""))
    return _MARKS.sub("", plain.replace("(?:", "(")).strip()
