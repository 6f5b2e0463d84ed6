"""Words to all, and to one person hurt, and the yes that lets them out."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from amends.vocabulary.language import Language


class Strategy(StrEnum):
    """The families of answers, and the two supplements."""

    INSTRUCT = "instruct"
    CLARIFY = "clarify"
    LISTEN = "listen"
    HOLDING = "holding"
    EXPLAIN_AND_FIX = "explain and fix"
    REBUILD = "rebuild"


@dataclass(frozen=True, slots=True)
class Approval:
    """A named person's yes to an exact text."""

    by: str
    at: datetime
    content_hash: str  # SHA-256, hex


@dataclass(frozen=True, slots=True)
class Statement:
    """Words to all, on one account, as a reply where the offence was or as a post."""

    id: str
    text: str
    language: Language
    content_hash: str


@dataclass(frozen=True, slots=True)
class PrivateReply:
    """Words to one person hurt."""

    affected_id: str
    text: str
