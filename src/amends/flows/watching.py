"""The detector's streams: their state, their usual level, and what is heard on them.

An account is a stream; a post of it is one more for 48 hours. Their state is saved in the
transaction of the mentions that changed it.
"""

from dataclasses import dataclass
from datetime import timedelta

from amends.vocabulary.reproach import Alarm

POST_STREAM = timedelta(hours=48)
LEARN = timedelta(days=28)
RELEARN = timedelta(hours=1)
CALM = timedelta(hours=6)


@dataclass(frozen=True)
class Raised:
    """An alarm on one of an account's streams."""

    alarm: Alarm
    post_id: str
