"""Putting it on somebody else.

What it notices: the cause put on an intern, an agency, a tool or an algorithm, or on how readers
    understood it. It only asks when the text takes responsibility, or when the incident is
    technical and its evidence is attached.
Why it hurts: whoever speaks for the brand answers for it; a scapegoat makes two people angry.
Example: The tweet was sent by an intern.
Instead: We sent the tweet. We should have read it twice.
Source: B5. Lazare (2004), On Apology; Risen & Gilovich (2007), JPSP 92:418: observers want the
    one at fault to own it. The words are ours.
"""

from amends.answer.owning import takes_responsibility
from amends.answer.wording import ANSWERS, Patterns, places, stops_statements
from amends.rulebook.rule import Advice, Basis, Decision, Rule, Spans
from amends.vocabulary.incident import Responsibility
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft

_WHO = (
    r"(?:intern|agency|contractor|freelancer|third[- ]part(?:y|ies)"
    r"|(?:rogue|junior|former|ex-?|disgruntled|individual) ?employees?|algorithm|auto-?correct"
    r"|glitch|(?:scheduling )?(?:tool|software)|supplier|another user|predictive text)"
)
_WHO_ES = (
    r"(?:becari[oa]|agencia|proveedora?|terceros?|ex ?-?emplead[oa]|emplead[oa]|algoritmo"
    r"|autocorrector|herramienta|fallo (?:inform[aá]tico|del sistema|t[eé]cnico)"
    r"|error (?:inform[aá]tico|del sistema))"
)

PATTERNS: Patterns = {
    Language.EN: (
        r"\b(?:by|due to|because of|fault of|blame\w*|caused by|thanks to)\b[^.!?\n]{0,30}"
        rf"\b{_WHO}\b",
        rf"\b(?:an?|the|our|this|one) (?:\w+ )?{_WHO}\b[^.!?\n]{{0,20}}\b(?:posted|sent|shared|made"
        r"|published|tweeted|failed|malfunctioned|pressed|chose|wrote)\b",
        r"\b(?:was|were|been|being|is|are|item was)\b[^.!?\n]{0,15}\b(?:misinterpreted"
        r"|misunderstood|misread|misconstrued|taken (?:out of context|the wrong way)|perceived)\b",
        r"\b(?:you|people|some|many|critics)\b (?:\w+ )?(?:misinterpret\w*|misunderst\w+|misread"
        r"|misconstrue\w*|overreact\w*|chose to (?:be|take|see))\b",
    ),
    Language.ES: (
        r"\b(?:por (?:culpa|parte) del?|culpa del?|debido al?|a causa del?|responsabilidad del?"
        r"|por) "
        rf"(?:un[ao]?|el|la|nuestr[oa]|l[ao]s)? ?(?:\w+ )?{_WHO_ES}\b",
        rf"\b(?:un[ao]?|el|la|nuestr[oa]) {_WHO_ES}\b[^.!?\n]{{0,20}}\b(?:public[oó]|envi[oó]"
        r"|comparti[oó]|cometi[oó]|fall[oó]|escribi[oó]|eligi[oó])",
        r"\b(?:malinterpretad[oa]s?|mal (?:entendid|interpretad)[oa]s?|sacad[oa]s? de contexto"
        r"|fuera de contexto|se (?:ha|haya) (?:entendido|interpretado) mal)\b",
        r"\b(?:algun[oa]s|much[oa]s|la gente|hab[eé]is|ha[ns]?) (?:han? |se ha[n]? )?"
        r"(?:malinterpret\w+|entendid[oa]s? mal|interpretado mal|exagerado)\b",
    ),
}


def spans(draft: Draft) -> Spans:
    """Yield each place where the cause is put on others."""
    yield from places(PATTERNS, draft)


def _decides(draft: Draft) -> Decision:
    about = draft.circumstances
    proven = about.responsibility is Responsibility.TECHNICAL and about.evidence
    if proven or takes_responsibility(draft):
        return Decision.ASK
    return stops_statements(draft)


rule = Rule(
    name=__name__.rpartition(".")[2],
    source="B5: Lazare (2004), On Apology; Risen & Gilovich (2007), JPSP 92:418",
    spans=spans,
    advice={
        Language.EN: Advice(
            why="This puts the cause on somebody else.",
            instead="Own it: you chose the people and the tools.",
        ),
        Language.ES: Advice(
            why="Esto pone la causa en otra parte.",
            instead="Asúmelo: tú elegiste a las personas y las herramientas.",
        ),
    },
    fires={
        Language.EN: (
            "The tweet was sent by an intern.",
            "This happened because of our agency.",
            "Our scheduling tool posted it at the wrong time.",
            "The message was taken out of context.",
            "Many people misunderstood our post.",
        ),
        Language.ES: (
            "El tuit lo publicó por error un becario, por culpa de un becario nuevo.",
            "Fue debido a un error informático.",
            "La agencia publicó el mensaje.",
            "Nuestro mensaje ha sido malinterpretado.",
            "La frase está sacada de contexto.",
        ),
    },
    silent={
        Language.EN: (
            "We misread the hashtag.",
            "I misunderstood what you asked, and I was rude.",
            "Our intern told us at once, and we thank her.",
            "We chose the agency and we approved the text.",
            "We took her words out of context.",
        ),
        Language.ES: (
            "Interpretamos mal la etiqueta.",
            "Te entendí mal y fui grosera.",
            "La becaria nos avisó enseguida y se lo agradecemos.",
            "Elegimos la agencia y aprobamos el texto.",
            "Sacamos sus palabras de su contexto.",
        ),
    },
    family="answer",
    basis=Basis.FACT,
    kinds=ANSWERS,
    decides=_decides,
)
