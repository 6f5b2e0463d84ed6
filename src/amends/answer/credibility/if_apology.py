"""Apologising only "if" someone was hurt.

What it notices: an apology hung on a condition: "sorry if", "to anyone who felt", "may have
    caused". A repair on a condition ("if you were charged twice, we refund you") is left alone.
Why it hurts: it doubts the harm and hands the fault to whoever felt it.
Example: We are sorry if anyone was upset by our post.
Instead: We are sorry that our post hurt you.
Source: B1. Lazare (2004), On Apology: the conditional acknowledgement is one of the ways in which
    an apology fails; Ingall & McCarthy (2023), Sorry, Sorry, Sorry. The words are ours.
"""

from amends.answer.wording import ANSWERS, SORRY_EN, SORRY_ES, Patterns, places, stops_statements
from amends.rulebook.rule import Advice, Basis, Rule, Spans
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft

_FELT = r"(?:offen\w+|hurt|upset\w*|fe(?:el|lt)|caus\w+|mistake\w*|wrong\w*|harm\w*)"
_HURT = (
    r"(?:offen\w+|hurt|upset\w*|bother\w*|fe(?:el|lt)|caus\w+|inconvenienc\w*|mis\w+|wrong\w*"
    r"|harm\w*|distress\w*)"
)
_FELT_ES = r"(?:ofen\w+|molest\w+|herid\w+|hiri\w+|sinti\w+|sentid\w+|caus\w+|equivoc\w+)"
# "If you lost money, we will ...": a condition on the repair, not on the harm.
_REPAIR = r"(?![^.!?\n]{0,80}\b(?:we(?:'ll| will| can)|i(?:'ll| will)|please|write to us)\b)"
_REPAIR_ES = (
    r"(?![^.!?\n]{0,80}\b(?:te|le|les|os|lo) (?:devolv\w+|reembols\w+|pag\w+|ayud\w+|escrib\w+)"
    r"|[^.!?\n]{0,80}\bescr[ií]b\w+)"
)

PATTERNS: Patterns = {
    Language.EN: (
        rf"\b{SORRY_EN}\b[^.!?\n]{{0,60}}\bif\b{_REPAIR}[^.!?\n]{{0,50}}\b{_HURT}\b",
        rf"\bif\b[^.!?\n]{{0,50}}\b{_FELT}\b[^.!?\n]{{0,40}}\b{SORRY_EN}\b",
        rf"\b{SORRY_EN}\b[^.!?\n]{{0,60}}\b(?:any(?:one|body) (?:who|that)"
        r"|who (?:felt|took offen[cs]e|found)|should any|may have|might have)\b",
    ),
    Language.ES: (
        rf"\b{SORRY_ES}\b[^.!?\n]{{0,60}}\bsi\b{_REPAIR_ES}[^.!?\n]{{0,50}}\b(?:ofen\w+|molest\w+"
        rf"|hiri\w+"
        r"|herid\w+|da[ñn]\w+|sinti\w+|sient\w+|sentid\w+|caus\w+|incomod\w+|equivoc\w+)\b",
        rf"\bsi\b[^.!?\n]{{0,50}}\b{_FELT_ES}\b[^.!?\n]{{0,40}}\b{SORRY_ES}\b",
        rf"\b{SORRY_ES}\b[^.!?\n]{{0,90}}\b(?:(?:haya[ns]?|hayamos|hubiera[ns]?|hubi[eé]ramos"
        r"|hubi[eé]semos) podido|pud(?:iera|iese)(?:n|s)?|pudi[eé](?:ra|se)mos"
        r"|(?:quien(?:es)?|los que|las que|cualquiera que) (?:se )?"
        r"(?:haya[ns]?|hubiera[ns]?|sient\w+|pueda[ns]?))\b",
    ),
}


def spans(draft: Draft) -> Spans:
    """Yield the place of each apology that hangs on a condition."""
    yield from places(PATTERNS, draft)


rule = Rule(
    name=__name__.rpartition(".")[2],
    source="B1: Lazare (2004), On Apology; Ingall & McCarthy (2023), Sorry, Sorry, Sorry",
    spans=spans,
    advice={
        Language.EN: Advice(
            why="“Sorry if” doubts that anyone was hurt.",
            instead="Say that it happened, and to whom: “We are sorry that our post hurt you.”",
        ),
        Language.ES: Advice(
            why="«Perdón si» pone en duda que alguien saliera herido.",
            instead="Di que ocurrió y a quién: «Sentimos haberte hecho daño con nuestro mensaje».",
        ),
    },
    fires={
        Language.EN: (
            "We are sorry if anyone was offended.",
            "I apologize if I hurt you.",
            "If our post upset you, we're sorry.",
            "We apologize to anyone who felt our post was in poor taste.",
            "Sorry for the pain we may have caused.",
        ),
        Language.ES: (
            "Pedimos perdón si alguien se ha sentido ofendido.",
            "Si te he molestado, lo siento.",
            "Disculpas por los daños que hayamos podido causar.",
            "Lamentamos lo que pudiera haber molestado.",
            "Pedimos disculpas a quienes se hayan sentido heridos.",
        ),
    },
    silent={
        Language.EN: (
            "If you bought the lamp, return it and we refund you.",
            "We're sorry. If you lost money, write to us.",
            "We are sorry, and if you were charged twice we will refund you today.",
            "I apologize to the three people I named.",
            "We asked ourselves if the joke was fair. It was not, and we are sorry.",
        ),
        Language.ES: (
            "Sentimos que hayas tenido que esperar tres horas.",
            "Si compraste la lámpara, devuélvela.",
            "Lo siento. Si perdiste dinero, escríbeme.",
            "Sentimos el error; si se te cobró dos veces, te devolvemos el dinero hoy.",
            "Pedimos perdón a las tres personas que nombramos.",
        ),
    },
    family="answer",
    basis=Basis.FACT,
    kinds=ANSWERS,
    decides=stops_statements,
)
