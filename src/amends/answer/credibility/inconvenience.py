"""Sorry for the inconvenience.

What it notices: the set phrase about "inconvenience", "confusion" or a "misunderstanding", in
    place of the act. Left alone when the words after it say what we did.
Why it hurts: a phrase from the shelf names neither the act nor what it cost, so it sounds like
    nobody looked.
Example: Sorry for the inconvenience.
Instead: We are sorry that we kept you waiting for three hours.
Source: B3, the branch that only asks. Lazare (2004), On Apology: the vague acknowledgement. That
    it only asks is house judgement: the phrase is worn, not hostile.
"""

from amends.answer.wording import ANSWERS, SORRY_EN, SORRY_ES, Patterns, places
from amends.rulebook.rule import Advice, Basis, Rule, Spans
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft

PATTERNS: Patterns = {
    Language.EN: (
        rf"\b{SORRY_EN}\b[^.!?\n]{{0,20}}\b(?:for|about) (?:the|any) "
        r"(?:inconveniences?|confusion|misunderstanding)\b(?! (?:that )?(?:we|i|our|my)\b)",
    ),
    Language.ES: (
        rf"\b{SORRY_ES}\b[^.!?\n]{{0,25}}\b(?:molestias?|inconvenientes?|malentendidos?"
        rf"|confusi[oó]n)\b"
        r"(?! que (?:te |os |le |les )?(?:hemos|he) )",
    ),
}


def spans(draft: Draft) -> Spans:
    """Yield the place of each set phrase."""
    yield from places(PATTERNS, draft)


rule = Rule(
    name=__name__.rpartition(".")[2],
    source="B3: Lazare (2004), On Apology; house judgement",
    spans=spans,
    advice={
        Language.EN: Advice(
            why="A set phrase stands where the act should be.",
            instead="Say what you did and what it cost them.",
        ),
        Language.ES: Advice(
            why="Una frase hecha ocupa el lugar del acto.",
            instead="Di qué hiciste y qué les costó.",
        ),
    },
    fires={
        Language.EN: (
            "Sorry for the inconvenience.",
            "We apologise for any inconvenience.",
            "Apologies for the confusion.",
        ),
        Language.ES: (
            "Disculpen las molestias.",
            "Queremos pedir disculpas por el malentendido.",
            "Perdón por la confusión.",
        ),
    },
    silent={
        Language.EN: (
            "Sorry for the confusion we caused by sending two invoices.",
            "We are sorry we offended you.",
            "The works will cause some inconvenience on Monday.",
            "Sorry that you waited three hours on the phone.",
        ),
        Language.ES: (
            "Sentimos las molestias que te hemos causado al cobrarte dos veces.",
            "Sentimos haberte ofendido.",
            "Las obras causarán molestias el lunes.",
            "Siento que esperaras tres horas al teléfono.",
        ),
    },
    family="answer",
    basis=Basis.FACT,
    kinds=ANSWERS,
)
