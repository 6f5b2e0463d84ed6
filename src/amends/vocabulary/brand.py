"""Brands and their accounts: whose voice is worn."""

from dataclasses import dataclass, field

from amends.vocabulary.language import Language


@dataclass(frozen=True, slots=True)
class Brand:
    """A client, or a person, with one identity."""

    id: str
    name: str
    colour: str = "#1f4f82"
    time_zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Marks:
    """What gives an account away: each casefolded, handles without @, hashtags without #."""

    handles: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    hashtags: frozenset[str] = frozenset()
    signatures: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Account:
    """A brand's presence on one network."""

    id: str
    brand: Brand
    network: str
    handle: str  # as the network writes it, without @
    languages: tuple[Language, ...] = (Language.EN, Language.ES)
    protected: bool = False  # a deterministic mark of another account may stop a draft
    undo_seconds: int = 10
    marks: Marks = field(default_factory=Marks)
    place: str = ""  # which one, where a network stands for several: "instagram" by hand
