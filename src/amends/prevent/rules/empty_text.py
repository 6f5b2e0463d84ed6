"""Nothing to read.

What it notices: a draft without a single visible character.
Why it hurts: an empty post looks like a broken account, and a network may show it anyway.
Example: (only spaces)
Instead: Write the text, or take the draft out of the queue.
Source: house judgement.
"""

import unicodedata

from amends.rulebook.rule import Advice, Basis, Decision, Rule, Spans
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft

# Blank on every screen although Unicode calls them letters or symbols.
BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")


def _is_visible(character: str) -> bool:
    """Whether a reader sees it: no separator, control or format character, no filler."""
    return unicodedata.category(character)[0] not in "ZC" and character not in BLANK


def _stop(_draft: Draft) -> Decision:
    return Decision.STOP


def spans(draft: Draft) -> Spans:
    """Yield the whole draft when nothing in it can be seen."""
    if not any(_is_visible(character) for character in draft.text):
        yield 0, len(draft.text)


rule = Rule(
    name=__name__.rpartition(".")[2],
    source="house judgement",
    spans=spans,
    advice={
        Language.EN: Advice(
            why="There is nothing to read in this draft.",
            instead="Write the text, or take the draft out.",
        ),
        Language.ES: Advice(
            why="En este borrador no hay nada que leer.",
            instead="Escribe el texto o retira el borrador.",
        ),
    },
    fires=dict.fromkeys(Language, ("", "  \n\t ", "\u200b\u3164")),
    silent={
        Language.EN: ("Open again.", "👍", "…"),
        Language.ES: ("Ya abrimos.", "👍", "…"),
    },
    family="craft",
    basis=Basis.FACT,
    decides=_stop,
)
