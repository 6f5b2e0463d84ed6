"""A promise that nothing stands behind.

What it notices: "never again", "it will not happen again", when no rule is linked that would
    catch it.
Why it hurts: a promise that breaks makes the next apology worth less than none.
Example: This will never happen again.
Instead: From today two people read every post. (Or link the rule to the incident.)
Source: W10. Halperin, Ho, List & Muir (2022), Econ. J. 132:273: apologies with promises that fail
    do worse than none. The words are ours.
"""

from amends.answer.wording import ANSWERS, Patterns, places
from amends.rulebook.rule import Advice, Rule, Spans
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft

PATTERNS: Patterns = {
    Language.EN: (
        r"\b(?:(?:will|would|can|could|must|shall)(?: not| never)|won't|can't|cannot|'ll never) "
        r"(?:ever )?(?:happen|occur|be repeated|repeat itself)\b(?: again)?",
        r"\bnever again\b|\b(?:i|we)(?:'ll| will) never (?:\w+ ){1,4}again\b",
    ),
    Language.ES: (
        r"\bno (?:se )?(?:volver[aá]n?|va a volver|volveremos|volver[eé]) a "
        r"(?:ocurrir|pasar|suceder|repetir\w*|hacerlo|hacer)\b",
        r"\b(?:nunca m[aá]s|no se repetir[aá]|no se va a repetir|jam[aá]s volver[aá])\b",
    ),
}


def spans(draft: Draft) -> Spans:
    """Yield each absolute promise, unless a rule is linked that backs it."""
    if not draft.circumstances.rules:
        yield from places(PATTERNS, draft)


rule = Rule(
    name=__name__.rpartition(".")[2],
    source="W10: Halperin, Ho, List & Muir (2022), Econ. J. 132:273",
    spans=spans,
    advice={
        Language.EN: Advice(
            why="Nothing stands behind this promise yet.",
            instead="Say what you changed, or link the rule that will catch it.",
        ),
        Language.ES: Advice(
            why="Todavía no hay nada que respalde esta promesa.",
            instead="Di qué has cambiado o enlaza la regla que lo detectará.",
        ),
    },
    fires={
        Language.EN: (
            "This will never happen again.",
            "It won't happen again.",
            "Never again.",
            "We will never do this again.",
            "It will not be repeated.",
        ),
        Language.ES: (
            "Esto no volverá a ocurrir.",
            "No se repetirá.",
            "Nunca más.",
            "No volveremos a hacerlo.",
            "No va a volver a pasar.",
        ),
    },
    silent={
        Language.EN: (
            "From today two people read every post, so that it does not happen again.",
            "We will try not to repeat it.",
            "The concert will not take place on Monday.",
            "I never saw your letter.",
            "Call us again tomorrow.",
        ),
        Language.ES: (
            "Desde hoy dos personas leen cada mensaje.",
            "Volveremos a abrir el lunes.",
            "El concierto no será el lunes.",
            "Nunca vi tu carta.",
            "Vuelve a llamarnos mañana.",
        ),
    },
    family="answer",
    kinds=ANSWERS,
)
