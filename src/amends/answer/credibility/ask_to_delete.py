"""Asking people to delete.

What it notices: a request to delete, remove or take down posts, comments, reviews or pictures of
    others.
Why it hurts: it asks the people hurt to help hide it, and draws more eyes to it.
Example: Please delete your screenshot.
Instead: Leave it up. Answer it once, in public.
Source: B8, the branch that stops in answers too. Liao et al. (2024), doi 10.1002/mar.22065. The
    words are ours.
"""

from amends.answer.wording import ANSWERS, Patterns, always_stops, places
from amends.rulebook.rule import Advice, Basis, Rule, Spans
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft

PATTERNS: Patterns = {
    Language.EN: (
        r"\b(?:please |kindly |you to |you to please |you could |you please |could you |would you )"
        r"(?:delete|remove|take down) (?:your|the|this|that|any)\b[^.!?\n]{0,20}"
        r"\b(?:tweets?|posts?|comments?|reviews?|screenshots?|videos?|repl(?:y|ies)|captures?)\b",
    ),
    Language.ES: (
        r"\b(?:por favor,? |(?:te|os|le|les) (?:pedimos|rogamos|agradecer[ií]amos) (?:que )?)"
        r"(?:borr|elimin|quit|retir)\w+ (?:tus?|vuestr[oa]s?|sus?|el|las?|los|ese|esa|este|esta)\b"
        r"[^.!?\n]{0,20}\b(?:tuits?|comentarios?|posts?|mensajes?|capturas?|v[ií]deos?|rese[ñn]as?"
        r"|publicaci[oó]n(?:es)?)\b",
    ),
}


def spans(draft: Draft) -> Spans:
    """Yield each request to make something of others disappear."""
    yield from places(PATTERNS, draft)


rule = Rule(
    name=__name__.rpartition(".")[2],
    source="B8: Liao et al. (2024), doi 10.1002/mar.22065",
    spans=spans,
    advice={
        Language.EN: Advice(
            why="This asks people to help hide it.",
            instead="Leave it up and answer it openly.",
        ),
        Language.ES: Advice(
            why="Esto pide a la gente que ayude a esconderlo.",
            instead="Déjalo como está y responde a la vista de todos.",
        ),
    },
    fires={
        Language.EN: (
            "Please delete your screenshot.",
            "We kindly ask you to delete the video.",
            "Could you remove this review?",
        ),
        Language.ES: (
            "Por favor, borra tu comentario.",
            "Os rogamos que eliminéis las capturas.",
            "Te agradeceríamos que quitaras esa reseña.",
        ),
    },
    silent={
        Language.EN: (
            "Please delete the app and install version 2.1.",
            "We will not delete your comments.",
            "We did not remove any review.",
            "You can remove the label with warm water.",
        ),
        Language.ES: (
            "Borra la aplicación e instala la 2.1.",
            "No borraremos tus comentarios.",
            "No hemos eliminado ninguna reseña.",
            "Puedes quitar la etiqueta con agua tibia.",
        ),
    },
    family="answer",
    basis=Basis.FACT,
    kinds=ANSWERS,
    decides=always_stops,
)
