"""Speaking as another account.

What it notices: another account's handle used as one's own voice: "we at @bakery",
    "follow us at @bakery", or @bakery as the signature.
Why it hurts: the text was written for somebody else. Its own followers do not know what it
    is about, and the other brand finds its words in a stranger's mouth.
Example: We at @bakery.test bake before dawn.
Instead: Move the draft to the account it was written for, or name the other account as
    somebody else: "Great work by @bakery.test."
Source: house judgement. Naming another account as a subject is ordinary and stays silent.
"""

import re

from amends.prevent.marks import ask_or_stop, bank_draft, foreign
from amends.rulebook.rule import Advice, Basis, Rule, Spans
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft

HANDLE = re.compile(r"(?<![\w@.])@([\w.-]*\w)")
BEFORE = {
    Language.EN: re.compile(
        r"(?:\b(?:we(?:\s+all)?(?:\s+here)?|(?:all|both|most|some)\s+of\s+us(?:\s+here)?|us\s+here)\s+at"
        r"|\bour\s+(?:\w+\s+)?team\s+(?:at|of)"
        r"|\b(?:follow|tag|dm|message|contact|reach|write\s+to)\s+us(?:\s+(?:at|on|via|here))*:?"
        r"|\b(?:greetings|cheers|love|yours),?(?:\s+from)?(?:\s+(?:us|all))?(?:\s+at)?)\s*$",
        re.IGNORECASE,
    ),
    Language.ES: re.compile(
        r"(?:\b(?:nosotros|nosotras|nuestro\s+equipo|(?:quienes|los\s+que)\s+(?:hacemos|formamos))"
        r"(?:\s+(?:en|de))?"
        r"|\b(?:s[ií]guenos|etiqu[eé]tanos|escr[ií]benos|cont[aá]ctanos|m[aá]ndanos\s+un\s+mensaje)"
        r"(?:\s+(?:a|en|por))?:?"
        r"|\b(?:un\s+)?(?:saludos?|abrazos?|besos?)\s+(?:de|del\s+equipo\s+de|desde))\s*$",
        re.IGNORECASE,
    ),
}
# "We are @bakery." presents; "we are @bakery fans" and "we are @bakery's guests" do not.
PRESENTS = re.compile(
    r"\b(?:we\s+are|we['’]re|i\s+am|i['’]m|this\s+is|somos|soy)\s*$", re.IGNORECASE
)
PRESENTED = re.compile(r"\s*(?:$|[.,;:!\n—–-]|(?:and|here|speaking|y)\b)", re.IGNORECASE)
# "En @bakery creemos" speaks for it; "en @bakery comimos" only ate there.
PLACED = re.compile(r"\b(?:here\s+at|en|desde)\s*$", re.IGNORECASE)
FIRST_PERSON = re.compile(
    r",?\s+(?:we\b|(?:no\s+)?(?:creemos|queremos|sabemos|somos|llevamos|trabajamos|hacemos"
    r"|cuidamos|horneamos|(?:te|os|les)\s+(?:esperamos|deseamos|damos|invitamos|queremos))\b)",
    re.IGNORECASE,
)
SIGNS = re.compile(r"(?:^|\n|[.!?…)]\s*|\s)[—–-]\s*$")
ENDS = re.compile(r"\s*(?:[.!]\s*)?$")
REACH = 60  # characters looked at on each side of a handle


def _is_own_voice(draft: Draft, start: int, end: int) -> bool:
    before = draft.text[max(0, start - REACH) : start]
    after = draft.text[end : end + REACH]
    return bool(
        BEFORE[draft.language].search(before)
        or (PRESENTS.search(before) and PRESENTED.match(after))
        or (PLACED.search(before) and FIRST_PERSON.match(after))
        or (SIGNS.search(before) and ENDS.match(draft.text[end:]))
    )


def spans(draft: Draft) -> Spans:
    """Yield each handle of another brand's account that the draft speaks as."""
    owned = foreign(draft, lambda marks: marks.handles)
    for match in HANDLE.finditer(draft.text):
        if match[1].casefold() in owned and _is_own_voice(draft, *match.span()):
            yield match.span()


def owner(draft: Draft, start: int, end: int) -> str:
    """Return the handle of the account that is spoken as, with its @."""
    owned = foreign(draft, lambda marks: marks.handles)
    return f"@{owned[draft.text[start + 1 : end].casefold()].handle}"


rule = Rule(
    name=__name__.rpartition(".")[2],
    source="house judgement",
    spans=spans,
    advice={
        Language.EN: Advice(
            why="This draft speaks as {about}, which is another brand's account.",
            instead="Move it to that account, or speak as the account you are posting from.",
        ),
        Language.ES: Advice(
            why="Este borrador habla como {about}, la cuenta de otra marca.",
            instead="Muévelo a esa cuenta o habla como la cuenta desde la que publicas.",
        ),
    },
    fires={
        Language.EN: (
            "We at @bakery.test bake before dawn.",
            "New menu on Monday. Follow us at @bakery.test",
            "The oven is on. — @bakery.test",
        ),
        Language.ES: (
            "En @bakery.test creemos en el pan lento.",
            "Menú nuevo el lunes. Síguenos en @bakery.test",
            "El horno ya está encendido. — @bakery.test",
        ),
    },
    silent={
        Language.EN: (
            "Great work by @bakery.test on the new shop.",
            "We had breakfast at @bakery.test today.",
            "We at @bank.test open at nine.",
        ),
        Language.ES: (
            "Gran trabajo de @bakery.test en la tienda nueva.",
            "Hoy desayunamos en @bakery.test con el equipo.",
            "En @bank.test creemos en el ahorro lento.",
        ),
    },
    family="voice",
    basis=Basis.FACT,
    decides=ask_or_stop,
    about=owner,
    example=bank_draft,
)
