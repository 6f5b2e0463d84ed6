"""A hashtag of another account.

What it notices: a tag that belongs to another brand of this desk alone.
Why it hurts: a brand's tag is its signature; followers of both see the swap.
Example: Save a little each month. #crumbs
Instead: Take the tag out, use your own, or move the draft to the account the tag belongs to.
Source: house judgement. A campaign's tag that two brands share belongs to neither.
"""

import re

from amends.prevent.marks import ask_or_stop, bank_draft, foreign
from amends.rulebook.rule import Advice, Basis, Rule, Spans
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft

TAG = re.compile(r"(?<![\w/])#(\w+)")


def spans(draft: Draft) -> Spans:
    """Yield each hashtag that another brand owns."""
    owned = foreign(draft, lambda marks: marks.hashtags)
    for match in TAG.finditer(draft.text):
        if match[1].casefold() in owned:
            yield match.span()


def owner(draft: Draft, start: int, end: int) -> str:
    """Return the handle of the account that the tag belongs to, with its @."""
    owned = foreign(draft, lambda marks: marks.hashtags)
    return f"@{owned[draft.text[start + 1 : end].casefold()].handle}"


rule = Rule(
    name=__name__.rpartition(".")[2],
    source="house judgement",
    spans=spans,
    advice={
        Language.EN: Advice(
            why="This hashtag belongs to {about}, another brand.",
            instead="Take it out, use your own, or move the draft to that account.",
        ),
        Language.ES: Advice(
            why="Esta etiqueta es de {about}, otra marca.",
            instead="Quítala, usa la tuya o mueve el borrador a esa cuenta.",
        ),
    },
    fires={
        Language.EN: (
            "Save a little each month. #crumbs",
            "#Crumbs for your savings account",
            "Rates are up. #banksavings #crumbs",
        ),
        Language.ES: (
            "Ahorra un poco cada mes. #crumbs",
            "#Crumbs para tu cuenta de ahorro",
            "Suben los tipos. #banksavings #crumbs",
        ),
    },
    silent={
        Language.EN: (
            "Save a little each month. #banksavings",
            "Come and see us. #openday",
            "Not a tag of ours: #crumbsofcomfort",
        ),
        Language.ES: (
            "Ahorra un poco cada mes. #banksavings",
            "Ven a vernos. #openday",
            "No es etiqueta nuestra: #crumbsydulces",
        ),
    },
    family="voice",
    basis=Basis.FACT,
    decides=ask_or_stop,
    about=owner,
    example=bank_draft,
)
