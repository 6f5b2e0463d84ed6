"""Drafts and posts: the same words before and after publishing."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from amends.vocabulary.brand import Account
from amends.vocabulary.incident import Circumstances
from amends.vocabulary.language import Language


class DraftKind(StrEnum):
    """What a draft is for; replies and statements meet the credibility rules."""

    POST = "post"
    REPLY = "reply"
    STATEMENT = "statement"
    PRIVATE = "private"


@dataclass(frozen=True, slots=True)
class Draft:
    """A text that nobody has published yet, with what the rules may know about it."""

    text: str
    language: Language = Language.EN
    kind: DraftKind = DraftKind.POST
    account: Account | None = None
    others: tuple[Account, ...] = ()  # the desk's other accounts, for their marks
    answers: str = ""  # the text being answered
    circumstances: Circumstances = field(default_factory=Circumstances)


@dataclass(frozen=True, slots=True)
class Post:
    """A published text of one of our accounts."""

    id: str
    account_id: str
    text: str
    at: datetime  # aware, UTC
    url: str = ""
    network_id: str = ""
