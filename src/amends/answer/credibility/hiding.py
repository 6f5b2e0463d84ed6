"""Taken down, and not a word about it.

What it notices: "deleted", "removed" in a text that names neither the act nor the reason.
Why it hurts: without them it reads as hiding; the pictures of the post are out already.
Example: The post has been removed.
Instead: We posted a joke about the fire. We removed it because it hurt the families.
Source: B8. Liao et al. (2024), doi 10.1002/mar.22065; the Red Cross case of 2011, where owning a
    stray post openly won goodwill. The words are ours.
"""

from amends.answer.owning import gives_reason, owns_act
from amends.answer.wording import ANSWERS, Patterns, places, stops_statements
from amends.rulebook.rule import Advice, Basis, Rule, Spans
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft

PATTERNS: Patterns = {
    Language.EN: (
        r"\b(?:has|have) (?:since |now |already )?been (?:deleted|removed|taken down)\b",
        r"\b(?:we|i)(?:'ve| have)? (?:since |now |already |immediately )?(?:deleted|removed"
        r"|taken down|took (?:it |them |the \w+ )?down)\b",
    ),
    Language.ES: (
        r"\b(?:ha|han) sido (?:borrad|eliminad|retirad)[oa]s?\b"
        r"|(?<!no )\b(?:hemos|he) (?:ya )?(?:borrado|eliminado|retirado)\b",
    ),
}


def spans(draft: Draft) -> Spans:
    """Yield each take-down in a text that does not name the act and the reason."""
    if not (owns_act(draft) and gives_reason(draft)):
        yield from places(PATTERNS, draft)


rule = Rule(
    name=__name__.rpartition(".")[2],
    source="B8: Liao et al. (2024), doi 10.1002/mar.22065",
    spans=spans,
    advice={
        Language.EN: Advice(
            why="It says that something is gone, not what it was or why.",
            instead="Say what you removed, why, and where it is kept.",
        ),
        Language.ES: Advice(
            why="Dice que algo ya no está, pero no qué era ni por qué.",
            instead="Di qué has retirado, por qué y dónde se conserva.",
        ),
    },
    fires={
        Language.EN: (
            "The post has been removed.",
            "We have deleted the tweet.",
            "We immediately took it down.",
        ),
        Language.ES: (
            "La publicación ha sido eliminada.",
            "Hemos borrado el tuit.",
            "Hemos retirado el mensaje.",
        ),
    },
    silent={
        Language.EN: (
            "We posted a joke about the fire. We deleted it because it hurt the families.",
            "I wrote that tweet. I removed it because it named a patient.",
            "We did not remove any review.",
        ),
        Language.ES: (
            "Publicamos una broma sobre el incendio. La hemos borrado porque hirió a las familias.",
            "Escribí ese tuit. Lo he borrado porque nombraba a un paciente.",
            "No hemos eliminado ninguna reseña.",
        ),
    },
    family="answer",
    basis=Basis.FACT,
    kinds=ANSWERS,
    decides=stops_statements,
)
