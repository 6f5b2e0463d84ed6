"""A signature of another account.

What it notices: the words another brand of this desk signs with, where a signature stands:
    at the end of a line, with only links or tags behind it.
Why it hurts: the reader is answered by somebody they never wrote to.
Example: Your transfer is on its way. — your bakers
Instead: Sign as yourselves, or move the draft to the account that signs so.
Source: house judgement. The same words inside a sentence name somebody and stay silent.
"""

import re
from functools import lru_cache

from amends.prevent.marks import ask_or_stop, bank_draft, foreign
from amends.rulebook.rule import Advice, Basis, Rule, Spans
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft


@lru_cache(maxsize=512)
def _signed(signature: str) -> re.Pattern[str]:
    """Return the pattern of a signature that opens a line or follows a full stop or dash."""
    words = r"\s+".join(re.escape(word) for word in signature.split())
    starts = "" if not signature[0].isalnum() else r"(?:^|[.!?…—–-])\s*"
    ends = r"(?=[ \t]*[.!]?(?:\s*(?:#\w+|https?://\S+))*[ \t]*$)"
    return re.compile(f"{starts}(?P<mark>{words}){ends}", re.IGNORECASE | re.MULTILINE)


def spans(draft: Draft) -> Spans:
    """Yield each place where the draft is signed as another brand."""
    for signature in foreign(draft, lambda marks: marks.signatures):
        for match in _signed(signature).finditer(draft.text):
            yield match.span("mark")


def owner(draft: Draft, start: int, end: int) -> str:
    """Return the handle of the account that signs so, with its @."""
    owned = foreign(draft, lambda marks: marks.signatures)
    written = " ".join(draft.text[start:end].casefold().split())
    matches = (mark for mark in owned if " ".join(mark.split()) == written)
    return next((f"@{owned[mark].handle}" for mark in matches), "")


rule = Rule(
    name=__name__.rpartition(".")[2],
    source="house judgement",
    spans=spans,
    advice={
        Language.EN: Advice(
            why="This is how {about} signs, another brand.",
            instead="Sign as this account, or move the draft to that one.",
        ),
        Language.ES: Advice(
            why="Así firma {about}, otra marca.",
            instead="Firma como esta cuenta o mueve el borrador a la otra.",
        ),
    },
    fires={
        Language.EN: (
            "Your transfer is on its way. — your bakers",
            "Thanks for your patience.\nThe bakery team",
            "Rates change in May. The Bakery Team #openday",
        ),
        Language.ES: (
            "Tu transferencia va en camino. — your bakers",
            "Gracias por tu paciencia.\nThe bakery team",
            "Los tipos cambian en mayo. The Bakery Team #openday",
        ),
    },
    silent={
        Language.EN: (
            "Your transfer is on its way.\nBank customer care",
            "Breakfast came from the bakery team.",
            "The bakery team won the local prize today.",
        ),
        Language.ES: (
            "Tu transferencia va en camino.\nBank customer care",
            "El desayuno lo trajo the bakery team.",
            "The bakery team ganó hoy el premio del barrio.",
        ),
    },
    family="voice",
    basis=Basis.FACT,
    decides=ask_or_stop,
    about=owner,
    example=bank_draft,
)
