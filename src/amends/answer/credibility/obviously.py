"""Obviously sorry.

What it notices: "obviously", "of course", "already" in the sentence that apologises.
Why it hurts: it tells the reader that the apology goes without saying, and that they should know
    it.
Example: Obviously, we are sorry.
Instead: We are sorry.
Source: W01. Ingall & McCarthy (2023), Sorry, Sorry, Sorry: "obviously" and "already" are on their
    list of words to avoid.
"""

from amends.answer.anatomy import Component, part
from amends.answer.wording import ANSWERS, Patterns, places, sentences
from amends.rulebook.rule import Advice, Rule, Spans
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft

PATTERNS: Patterns = {
    Language.EN: (r"\b(?:obviously|of course|already|clearly|needless to say)\b",),
    Language.ES: (
        r"\b(?:obviamente|evidentemente|como es l[oó]gico|por supuesto|desde luego"
        r"|l[oó]gicamente)\b",
    ),
}


def spans(draft: Draft) -> Spans:
    """Yield each such word that shares its sentence with the word of apology."""
    found = list(places(PATTERNS, draft))
    for first, last in sentences(draft.text) if found else ():
        inside = [(start, end) for start, end in found if first <= start and end <= last]
        if inside and part(Component.IFID, draft.text[first:last], draft.language):
            yield from inside


rule = Rule(
    name=__name__.rpartition(".")[2],
    source="W01: Ingall & McCarthy (2023), Sorry, Sorry, Sorry",
    spans=spans,
    advice={
        Language.EN: Advice(
            why="“Obviously” says that the apology goes without saying.",
            instead="Take the word out.",
        ),
        Language.ES: Advice(
            why="«Obviamente» dice que la disculpa se da por supuesta.",
            instead="Quita la palabra.",
        ),
    },
    fires={
        Language.EN: (
            "Obviously, we are sorry.",
            "Of course we apologise.",
            "I have already apologised.",
            "We are clearly sorry.",
            "Needless to say, we are sorry.",
        ),
        Language.ES: (
            "Obviamente, lo sentimos.",
            "Evidentemente, pedimos perdón.",
            "Como es lógico, pedimos disculpas.",
            "Por supuesto, lo sentimos mucho.",
            "Desde luego que lo siento.",
        ),
    },
    silent={
        Language.EN: (
            "We are sorry. Your refund is already on its way.",
            "Of course you can change the size.",
            "It was obviously a fake. We checked too late.",
            "We are sorry that we lost your parcel.",
            "The shop is already open.",
        ),
        Language.ES: (
            "Lo sentimos. El dinero ya está en camino.",
            "Por supuesto que puedes cambiar la talla.",
            "Evidentemente era falso. Lo comprobamos tarde.",
            "Sentimos haber perdido tu paquete.",
            "La tienda abre, como es lógico, a las nueve.",
        ),
    },
    family="answer",
    kinds=ANSWERS,
)
