"""Showing a critic the door.

What it notices: dismissive one-liners in answers: "your loss", "cope", "sounds like a you
    problem", "nobody is forcing you", "get over it", laughing at the person.
Why it hurts: the critic wanted to be heard and is told, in front of everybody, that they do
    not count. The answer then becomes the story.
Example: Nobody is forcing you to buy here.
Instead: Answer the point, or say nothing yet.
Source: Benoit (1995), Accounts, Excuses, and Apologies: attacking the accuser is a strategy
    of denial. The word lists are house judgement.
"""

import re

from amends.rulebook.rule import Advice, Rule, Spans
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft, DraftKind

DISMISSIVE = {
    Language.EN: re.compile(
        r"(?<!\bof )(?<!\bfor )(?<!\babout )\byour\s+loss(?=\s*(?:[.!,;—–-]|\s+not\s+ours|$))"
        r"|(?:^|[.!?…]\s+|,\s*)(?:just\s+)?cope(?:\s+harder)?(?=\s*(?:[.!]|$))|\bcry\s+(?:more|harder|about\s+it)\b"
        r"|\b(?:sounds\s+like\s+|that(?:['’]s|\s+is)\s+|this\s+is\s+)?a\s+(?:you|personal)\s+problem\b"
        r"|\b(?:that(?:['’]s|\s+is)|sounds\s+like)\s+your\s+problem\b"
        r"|\b(?:no(?:body|\s+one)(?:['’]s|\s+is)\s+forcing|no(?:body|\s+one)\s+(?:forces|forced|asked)|who\s+asked)\s+(?:you|u)\b"
        r"|\bif\s+you\s+(?:do\s+not|don['’]t)\s+like\s+(?:it|us|this|that)\b,?\s*(?:then\s+)?"
        r"(?:(?:do\s+not|don['’]t)\s+(?:buy|come|read|follow|look|eat|watch)|go\b|leave\b|you\s+know\b|tough\b|there(?:['’]s|\s+is)\s+the\s+door)"
        r"|\bget\s+(?:over\s+(?:it|yourself)|a\s+(?:life|grip|hobby))\b|\b(?:calm|settle)\s+down\b|\bgrow\s+up\b"
        r"|\bdeal\s+with\s+it(?=\s*(?:[.!]|$))|\btough\s+luck\b|\btoo\s+bad(?:,|\s+for\s+you)"
        r"|\b(?:good\s+riddance|bye,?\s+felicia|don['’]t\s+let\s+the\s+door)\b"
        r"|\bwe\s+(?:won['’]t|will\s+not)\s+miss\s+you\b|\bwe\s+(?:do\s+not|don['’]t)\s+(?:need|want)\s+(?:customers|people|clients|guests)\s+like\s+you\b"
        r"|\b(?:cool\s+story|ok(?:ay)?,?\s+(?:boomer|karen))\b|\b(?:touch|go\s+touch)\s+grass\b"
        r"|\b(?:end\s+of\s+(?:story|discussion|conversation)|this\s+conversation\s+is\s+over)\b"
        r"|\bthanks\s+for\s+(?:your|the)\s+(?:totally\s+|completely\s+)?(?:useless|pointless|irrelevant|unsolicited)\s+\w+",
        re.IGNORECASE,
    ),
    Language.ES: re.compile(
        r"\bsi\s+no\s+(?:te|le|os|les)\s+gust(?:a|an|[oó])\b[^.!?\n]{0,20}?,\s*"
        r"(?:ya\s+sabes?|puerta|no\s+(?:compres|vengas|leas|sigas|mires)|ah[ií]\s+(?:tienes?|est[aá])|vete|hay\s+otr[oa]s)"
        r"|\bnadie\s+(?:te|le|os)\s+(?:obliga|ha\s+(?:obligado|preguntado|pedido)|oblig[oó]|pregunt[oó]|pidi[oó])\b"
        r"|\bt[uú]\s+te\s+lo\s+pierdes\b|\b(?:eso|ese)\s+es\s+(?:tu|su|vuestro)\s+problema\b|\bes\s+problema\s+(?:tuyo|suyo)\b"
        r"|\b(?:ah[ií]|all[ií])\s+(?:tienes|est[aá])\s+la\s+puerta\b|\bpuerta\s+grande\b"
        r"|\b(?:ajo\s+y\s+agua|te\s+aguantas|haberlo\s+pensado|supéralo|sup[eé]ralo|madura\s+un\s+poco|c[oó]mprate\s+una\s+vida)\b"
        r"|\b(?:llora|llore)\s+(?:m[aá]s|un\s+poco\s+m[aá]s)\b|\ba\s+llorar\s+a\b"
        r"|\bno\s+te\s+(?:vamos\s+a\s+echar|echaremos)\s+de\s+menos\b|\bc[aá]lmate\b|\brel[aá]jate\b|\btranquil[ií]zate\b"
        r"|\bno\s+necesitamos\s+(?:clientes|gente|personas)\s+como\s+t[uú]\b"
        r"|\b(?:fin\s+de\s+la\s+(?:discusi[oó]n|conversaci[oó]n)|y\s+punto(?=\s*(?:[.!]|$)))"
        r"|\bgracias\s+por\s+(?:tu|su)\s+(?:in[uú]til|absurd[oa]|irrelevante)\s+\w+"
        r"|\b(?:qu[eé]\s+pena\s+me\s+das|mira\s+c[oó]mo\s+lloro|lo\s+que\s+hay\s+que\s+leer)\b",
        re.IGNORECASE,
    ),
}


def spans(draft: Draft) -> Spans:
    """Yield each phrase that sends the critic away."""
    for match in DISMISSIVE[draft.language].finditer(draft.text):
        start = match.start() + len(match.group()) - len(match.group().lstrip(" .!?…,"))
        yield start, match.end()


rule = Rule(
    name=__name__.rpartition(".")[2],
    source="Benoit (1995), Accounts, Excuses, and Apologies; word lists: house judgement",
    spans=spans,
    advice={
        Language.EN: Advice(
            why="This shows the critic the door, and everybody watches.",
            instead="Answer the point in one calm sentence, or wait before you answer.",
        ),
        Language.ES: Advice(
            why="Esto le enseña la puerta a quien critica, a la vista de todos.",
            instead="Responde al fondo con una frase serena o espera antes de responder.",
        ),
    },
    fires={
        Language.EN: (
            "Nobody is forcing you to buy here.",
            "Sounds like a you problem.",
            "If you don't like it, don't come.",
            "Your loss.",
        ),
        Language.ES: (
            "Nadie te obliga a comprar aquí.",
            "Si no te gusta, ya sabes.",
            "Eso es tu problema.",
            "Tú te lo pierdes.",
        ),
    },
    silent={
        Language.EN: (
            "We are so sorry for your loss.",
            "It is hard to cope with a delay like that.",
            "If you don't like it, we will refund you.",
            "That was our problem, not yours.",
        ),
        Language.ES: (
            "Si no te gusta, te devolvemos el dinero.",
            "Nadie te ha atendido en dos días y lo sentimos.",
            "El problema es nuestro y lo arreglamos hoy.",
        ),
    },
    family="answer",
    kinds=frozenset({DraftKind.REPLY, DraftKind.PRIVATE}),
)
