"""The languages Amends reads and writes."""

from enum import StrEnum


class Language(StrEnum):
    """A language with rules of its own; texts in others are only checked by its markers."""

    EN = "en"
    ES = "es"
