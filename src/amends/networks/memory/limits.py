"""What the practice network can do, and how it counts: as a real one, so that practice is true."""

import regex

from amends.networks.port import Capabilities, Count, SafeRepeat

NAME = "memory"
LIMIT = 300  # characters as people see them; the same as Bluesky's
PICTURES, PICTURE_BYTES = 4, 1_000_000  # the same as Bluesky's

CAN = Capabilities(
    network=NAME,
    title="Practice",
    safe_repeat=SafeRepeat.NAMED,
    assumed_lag_s=1.0,
    pictures=PICTURES,
    picture_bytes=PICTURE_BYTES,
    practice=True,
    poll_s=2.0,
    why_not={
        "edit": "Practice posts are not edited.",
        "private": "There are no private messages in practice.",
    },
)

_CLUSTER = regex.compile(r"\X")


def count(text: str) -> Count:
    """Return the characters as people see them.

    >>> count("año 👩‍👩‍👧").used
    5
    """
    return Count(used=len(_CLUSTER.findall(text)), limit=LIMIT, unit="characters")
