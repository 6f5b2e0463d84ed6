"""A link of another account.

What it notices: a link or an e-mail address on a domain that belongs to another brand of
    this desk.
Why it hurts: readers land in a stranger's shop, and see at once for whom the text was meant.
Example: Open an account today: bakery.example/menu
Instead: Use your own link, or move the draft to the account the link belongs to.
Source: house judgement. A domain that two brands share belongs to neither.
"""

import re

from amends.prevent.marks import ask_or_stop, bank_draft, foreign
from amends.rulebook.rule import Advice, Basis, Rule, Spans
from amends.vocabulary.brand import Account
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft

LINK = re.compile(
    r"(?<![\w@.])(?:https?://)?(?:[\w.+-]{1,64}@)?"
    r"(?P<host>(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,})(?::\d+)?(?:[/?#][^\s<>\"”»)\]}]*)?",
    re.IGNORECASE,
)


def _owner(owned: dict[str, Account], host: str) -> Account | None:
    """Return whose the host is: the domain itself or any name under it."""
    name = host.casefold()
    matches = (domain for domain in owned if name == domain or name.endswith(f".{domain}"))
    return next((owned[domain] for domain in matches), None)


def spans(draft: Draft) -> Spans:
    """Yield each link on a domain of another brand."""
    owned = foreign(draft, lambda marks: marks.domains)
    if not owned:
        return
    for match in LINK.finditer(draft.text):
        if _owner(owned, match["host"]):
            yield match.start(), match.start() + len(match.group().rstrip(".,;:!?"))


def owner(draft: Draft, start: int, end: int) -> str:
    """Return the handle of the account that the link belongs to, with its @."""
    match = LINK.match(draft.text[start:end])
    account = match and _owner(foreign(draft, lambda marks: marks.domains), match["host"])
    return f"@{account.handle}" if account else ""


rule = Rule(
    name=__name__.rpartition(".")[2],
    source="house judgement",
    spans=spans,
    advice={
        Language.EN: Advice(
            why="This link belongs to {about}, another brand.",
            instead="Use your own link, or move the draft to that account.",
        ),
        Language.ES: Advice(
            why="Este enlace es de {about}, otra marca.",
            instead="Pon tu propio enlace o mueve el borrador a esa cuenta.",
        ),
    },
    fires={
        Language.EN: (
            "Open an account today: bakery.example/menu",
            "See https://www.bakery.example for the details.",
            "Questions? Write to hello@bakery.example.",
        ),
        Language.ES: (
            "Abre hoy tu cuenta: bakery.example/carta",
            "Mira https://www.bakery.example y decide.",
            "¿Dudas? Escribe a hola@bakery.example.",
        ),
    },
    silent={
        Language.EN: (
            "Open an account today: bank.example/start",
            "See https://news.example/bakery.example-opens for the story.",
            "Thanks to @bakery.example for the bread.",
        ),
        Language.ES: (
            "Abre hoy tu cuenta: bank.example/alta",
            "La noticia: https://news.example/abre-bakery",
            "Gracias a @bakery.example por el pan.",
        ),
    },
    family="voice",
    basis=Basis.FACT,
    decides=ask_or_stop,
    about=owner,
    example=bank_draft,
)
