"""What is said to us or about us, and what a reader measured in it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from amends.vocabulary.language import Language


class MentionKind(StrEnum):
    """How the mention points at us."""

    REPLY = "reply"
    MENTION = "mention"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Mention:
    """One text said to or about an account of ours; unique by network and address."""

    network_id: str  # the network's own address of the text
    url: str
    author_id: str
    author_handle: str
    author_name: str
    text: str
    kind: MentionKind
    written_at: datetime  # the network's time, aware; can be back-dated, so never an order
    about: str = ""  # network id of our post that it answers or quotes, "" when none


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader measured in one text. Numbers only; a judge turns them into a word.

    `severity` is joint with `p_reproach`: its four parts sum to it. All in [0, 1].
    """

    language: Language | None  # None: neither English nor Spanish
    p_reproach: float
    severity: tuple[float, float, float, float]  # hint, disapproval, accusation, blame
    p_offensive: float
    p_hurt: float  # the writer says that they are hurt themselves
    subject: str  # a few of the writer's own words
    unsure: bool
