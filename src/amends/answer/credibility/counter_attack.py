"""Answering back.

What it notices: an order, sarcasm or an insult to the critic: "calm down", "if you had actually
    read", "you are overreacting".
Why it hurts: a brand that fights a person loses in front of everybody who watches.
Example: Calm down, it's a joke.
Instead: You are right, it was not funny. We have taken it down.
Source: B6. Xia (2013), IJEC 17(4); Johnen & Schnittka (2019), JAMS: defensive answers cost more
    than accommodating ones. The words are ours.
"""

from amends.answer.wording import ANSWERS, Patterns, always_stops, places
from amends.rulebook.rule import Advice, Basis, Rule, Spans
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft

PATTERNS: Patterns = {
    Language.EN: (
        r"\b(?:calm down|get over it|grow up|get a life|do your (?:own )?research"
        r"|learn (?:how )?to read|if you(?:'d| had) (?:actually |only |bothered to )?read"
        r"|as (?:we|i)(?:'ve| have)? (?:already |clearly ){1,3}(?:said|stated|explained)"
        r"|(?:can't|cannot) take a joke|cry more|nobody (?:is )?forc(?:es|ed|ing) you"
        r"|your (?:problem|loss)\b|that's your prerogative)",
        r"\byou(?:'re| are)(?: all)? (?:just |simply |being |clearly )?(?:wrong|overreacting"
        r"|ridiculous|rude|stupid|ignorant|dramatic|too sensitive"
        r"|an? (?:troll|idiot|hater|liar|moron)|trolls|haters|liars)\b",
        r"\b(?:the |you |these |those )?(?:haters|snowflakes|keyboard warriors)\b",
        r"\bnext time\b(?! (?:we|i)\b)[^.!?\n]{0,20}\b(?:reach out|read|ask|check|try)\b"
        r"[^.!?\n]{0,30}\b(?:first|before)\b",
    ),
    Language.ES: (
        r"\b(?:c[aá]lma(?:te|os)|c[aá]lmen?se|rel[aá]ja(?:te|os)|aprended? a leer"
        r"|inf[oó]rma(?:te|os) (?:antes|primero|bien|mejor)|si hubiera[s]? le[ií]do"
        r"|(?:le|te) hubi[eé]ramos recomendado"
        r"|como ya (?:(?:te|le|os|les) )?(?:hemos|he) (?:dicho|explicado|indicado)"
        r"|nadie (?:te|le|os) obliga|la piel (?:muy |tan )?fina|qu[eé] exagerad[oa]s?"
        r"|con una vez que se pregunt[ae])\b",
        r"\b(?:eres|sois|son) (?:un[ao]?s? )(?:troles?|troll|ignorantes?|exagerad[oa]s?"
        r"|ofendidit[oa]s|idiotas?|maleducad[oa]s?|mentiros[oa]s?|lloric[oa]s?|pesad[oa]s?)\b",
        r"\best[aá](?:s|is|n)? (?:muy |totalmente )?(?:equivocad[oa]s?|exagerando)\b",
        r"\b(?:ofendidit[oa]s|haters|lloric[oa]s)\b",
    ),
}


def spans(draft: Draft) -> Spans:
    """Yield each place that turns on the critic."""
    yield from places(PATTERNS, draft)


rule = Rule(
    name=__name__.rpartition(".")[2],
    source="B6: Xia (2013), IJEC 17(4); Johnen & Schnittka (2019), JAMS",
    spans=spans,
    advice={
        Language.EN: Advice(
            why="This turns on the person who complains.",
            instead="Answer the point in one sentence, or say nothing.",
        ),
        Language.ES: Advice(
            why="Esto se vuelve contra quien se queja.",
            instead="Responde al fondo con una frase, o no digas nada.",
        ),
    },
    fires={
        Language.EN: (
            "Calm down, it's a joke.",
            "If you had actually read the post, you'd know.",
            "As we already clearly said, it is in the terms.",
            "You are overreacting.",
            "Next time ask us first before you complain.",
        ),
        Language.ES: (
            "Cálmate, es una broma.",
            "Si hubieras leído el mensaje, lo sabrías.",
            "Como ya te hemos explicado, está en las condiciones.",
            "Estás exagerando.",
            "Sois unos exagerados.",
        ),
    },
    silent={
        Language.EN: (
            "You are right, and we were wrong.",
            "Keep calm and take the bus: line 3 is back.",
            "If you had trouble reading the label, here it is in large print.",
            "As we said this morning, refunds start today.",
            "Next time we will ask before we post.",
        ),
        Language.ES: (
            "Tienes razón: estábamos equivocados.",
            "Con calma: la línea 3 ya funciona.",
            "Si has tenido problemas para leer la etiqueta, aquí va en grande.",
            "Como dijimos esta mañana, hoy devolvemos el dinero.",
            "¿Estás bien? ¿Te podemos ayudar?",
        ),
    },
    family="answer",
    basis=Basis.FACT,
    kinds=ANSWERS,
    decides=always_stops,
)
