"""Sorry, but.

What it notices: "but", "however", "although" after the apology, in its sentence or opening the
    next. "But that is no excuse" and "not only ... but also" are left alone.
Why it hurts: what follows takes the apology back; readers remember the excuse.
Example: We're sorry, but it was only a joke.
Instead: We're sorry. It was not funny, and we took it down.
Source: B4. Ingall & McCarthy (2023), Sorry, Sorry, Sorry; Cerulo & Ruane (2014): apologies that
    end in excuses convince least. The words are ours.
"""

from amends.answer.wording import ANSWERS, Patterns, places, stops_statements
from amends.rulebook.rule import Advice, Basis, Rule, Spans
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft

_FINE = (
    r"(?! (?:(?:that|it)(?:'s| is) (?:no|not)|(?:we|i) (?:\w+ )?(?:take|own|will|understand|know"
    r"|accept|promise)|also|for|more importantly)\b)"
)
_FINE_ES = r"(?! (?:(?:eso|esto) no\b|(?:lo )?asum\w+|vamos a|entendemos|tambi[eé]n|sabemos))"

PATTERNS: Patterns = {
    Language.EN: (
        r"\b(?:sorry|apolog\w+)\b(?![^.!?\n]{0,40}\bnot (?:just|only|merely)\b)[^.!?\n]{0,200}?"
        rf"\b(?:but|however|although|though|albeit|nevertheless)\b{_FINE}",
        r"\b(?:sorry|apolog\w+)\b[^.!?\n]{0,200}[.!?]\s+(?:but|however|although|nevertheless)\b"
        rf",?{_FINE}",
    ),
    Language.ES: (
        r"\b(?:perd[oó]n|disculp\w+|siento|sentimos)\b[^.!?\n]{0,200}?"
        rf"\b(?:pero|sin embargo|aunque|no obstante|si bien)\b{_FINE_ES}",
        r"\b(?:perd[oó]n|disculp\w+|siento|sentimos)\b[^.!?\n]{0,200}[.!?]\s+"
        rf"(?:pero|sin embargo|aunque|no obstante|ahora bien)\b,?{_FINE_ES}",
    ),
}


def spans(draft: Draft) -> Spans:
    """Yield the place of each apology that is taken back."""
    yield from places(PATTERNS, draft)


rule = Rule(
    name=__name__.rpartition(".")[2],
    source="B4: Ingall & McCarthy (2023), Sorry, Sorry, Sorry; Cerulo & Ruane (2014)",
    spans=spans,
    advice={
        Language.EN: Advice(
            why="What comes after “but” takes the apology back.",
            instead="End the sentence after “sorry”. Move the reason elsewhere, or drop it.",
        ),
        Language.ES: Advice(
            why="Lo que sigue al «pero» retira la disculpa.",
            instead="Pon punto después de la disculpa. Lleva el motivo a otro sitio o quítalo.",
        ),
    },
    fires={
        Language.EN: (
            "We're sorry, but it was only a joke.",
            "We apologize; however, the quote was accurate.",
            "I am sorry, although I meant well.",
            "We are sorry. But many people liked it.",
            "Our tweet was wrong and we are sorry, albeit it was unintentional.",
        ),
        Language.ES: (
            "Lo sentimos, pero era una broma.",
            "Pedimos perdón, aunque la frase era correcta.",
            "Disculpas; sin embargo, la cita era exacta.",
            "Lo siento. Pero a mucha gente le gustó.",
            "Pedimos disculpas, si bien no hubo mala intención.",
        ),
    },
    silent={
        Language.EN: (
            "We wanted to be funny but we hurt people, and we are sorry.",
            "We're sorry not only for the tweet but also for the silence.",
            "I'm sorry, but that is no excuse.",
            "We are sorry. We will publish nothing but updates today.",
            "We're sorry, but we will do more than say it: refunds start today.",
        ),
        Language.ES: (
            "Quisimos ser graciosos pero hicimos daño, y pedimos perdón.",
            "Pedimos perdón no solo por el tuit, sino por el silencio.",
            "Lo siento, pero eso no es excusa.",
            "Lo sentimos. Hoy publicaremos solo novedades.",
            "Pedimos perdón, pero también vamos a devolver el dinero.",
        ),
    },
    family="answer",
    basis=Basis.FACT,
    kinds=ANSWERS,
    decides=stops_statements,
)
