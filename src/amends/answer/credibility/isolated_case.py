"""An isolated case.

What it notices: "an isolated incident", "a one-off"; "un caso aislado", "un hecho puntual".
Why it hurts: it makes the hurt small and is a claim that nobody can check.
Example: This was an isolated incident.
Instead: It happened on Monday. We are checking whether it happened before.
Source: W03. Lazare (2004), On Apology: the minimising acknowledgement. The words are ours.
"""

from amends.answer.wording import ANSWERS, Patterns, places
from amends.rulebook.rule import Advice, Rule, Spans
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft

PATTERNS: Patterns = {
    Language.EN: (
        r"\b(?:isolated|one-?off|once-off|single|singular) "
        r"(?:incidents?|cases?|events?|occurrences?|mistakes?|errors?)\b|\ba one-off\b",
    ),
    Language.ES: (
        r"\b(?:casos?|hechos?|incidentes?|sucesos?|episodios?|errores|error|fallos?) "
        r"(?:aislad|puntual)\w*",
    ),
}


def spans(draft: Draft) -> Spans:
    """Yield each place that calls it the only time."""
    yield from places(PATTERNS, draft)


rule = Rule(
    name=__name__.rpartition(".")[2],
    source="W03: Lazare (2004), On Apology",
    spans=spans,
    advice={
        Language.EN: Advice(
            why="“Isolated” makes it small, and nobody can check it.",
            instead="Say when it happened and what you are doing to find out about the rest.",
        ),
        Language.ES: Advice(
            why="«Aislado» lo hace pequeño y nadie puede comprobarlo.",
            instead="Di cuándo ocurrió y cómo vas a averiguar el resto.",
        ),
    },
    fires={
        Language.EN: (
            "This was an isolated incident.",
            "It was a one-off mistake.",
            "We see this as an isolated case.",
            "That was a single error.",
            "It was a one-off.",
        ),
        Language.ES: (
            "Fue un caso aislado.",
            "Se trata de un hecho puntual.",
            "Son casos aislados.",
            "Ha sido un error puntual.",
            "Fue un incidente aislado.",
        ),
    },
    silent={
        Language.EN: (
            "It happened twice in May.",
            "The farm lies isolated in the hills.",
            "Every single customer gets a refund.",
            "Each case is on this list.",
            "We made this mistake before, in 2024.",
        ),
        Language.ES: (
            "Ocurrió dos veces en mayo.",
            "La granja está aislada en el monte.",
            "Devolvemos el dinero a todos, caso por caso.",
            "El tren fue puntual.",
            "Ya cometimos este error en 2024.",
        ),
    },
    family="answer",
    kinds=ANSWERS,
)
