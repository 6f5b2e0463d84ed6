"""Words of the briefing left in the text.

What it notices: what was written to the community manager and not to the public: "could you
    put something like", "draft for approval", "here is the copy", and the opening lines of
    writing tools.
Why it hurts: readers see the seams, and whatever the brand says next sounds dictated.
Example: Could you put something like: we wish you a calm weekend.
Instead: Keep only what the public should read.
Source: house judgement.
"""

import re

from amends.rulebook.rule import Advice, Rule, Spans
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft

PIECE = r"(?:copy|caption|tweet|post|headline|blurb|toot)"
PIEZA = r"(?:texto|copy|tuit|tweet|post|publicaci[oó]n|titular|pie\s+de\s+foto|caption)"
BRIEFING = {
    Language.EN: re.compile(
        r"\b(?:could|can|would)\s+you\s+(?:please\s+)?(?:put|post|write|say|tweet)"
        r"\s+(?:something|sth)\s+(?:like|along|similar)\b"
        r"|\b(?:something|sth)\s+along\s+(?:these|the)\s+lines\s*:"
        rf"|\bhere(?:['’]s|\s+is|\s+are)\s+(?:the|your|a|some|(?:\w+\s+)?options\s+for\s+(?:the|your))"
        rf"\s+(?:final\s+|draft\s+|suggested\s+|new\s+)?{PIECE}s?\b(?=\s*:|\s+for\b|\s*$)"
        r"|\bdraft\s+(?:for|pending|awaiting)\s+(?:your\s+|client\s+)?(?:approval|review|sign-?off)\b"
        r"|\b(?:pending|awaiting|for)\s+client(?:['’]s)?\s+(?:approval|review|sign-?off)\b"
        r"|\bas\s+per\s+(?:the\s+)?client\b|\bper\s+client\s+(?:request|feedback)\b"
        r"|\bplease\s+(?:post|publish|tweet|schedule)\s+(?:this|the\s+following|it)\b"
        r"|\b(?:let\s+me|let\s+us)\s+know\s+if\s+(?:you\s+(?:want|need|would\s+like|['’]d\s+like)\s+)?"
        r"(?:any|more|some)\s+(?:changes|edits|tweaks)\b"
        rf"|^(?:{PIECE}|version|option)\s*\d?\s*:(?=\s)"
        r"|^(?:sure|certainly|absolutely)[,!.]\s+here(?:['’]s|\s+is|\s+are)\b"
        r"|\bas\s+an\s+ai\s+(?:language\s+)?(?:model|assistant)\b",
        re.IGNORECASE | re.MULTILINE,
    ),
    Language.ES: re.compile(
        r"\b(?:podr[ií]as|puedes|podr[eé]is|pod[eé]is)\s+(?:poner|publicar|escribir|decir|tuitear)\s+"
        r"(?:algo\s+(?:como|as[ií]|del\s+estilo)|lo\s+siguiente|esto)"
        r"|\bpon(?:ed)?\s+algo\s+(?:como|as[ií]|del\s+estilo)\b"
        r"|\balgo\s+(?:as[ií]\s+como|del\s+estilo)\s*:"
        rf"|\b{PIEZA}\s+(?:para|a)\s+(?:publicar|subir|programar)\b"
        rf"|\b(?:aqu[ií]\s+(?:va|tienes|est[aá])|te\s+(?:paso|mando|dejo))\s+(?:el|la|un|una)\s+(?:nuevo\s+)?{PIEZA}"
        r"\b(?=\s*:|\s+para\b|\s*$)"
        r"|\b(?:borrador|propuesta)\s+(?:para|pendiente\s+de)\s+(?:aprobaci[oó]n|aprobar|revisi[oó]n|revisar)\b"
        r"|\bpendiente\s+de(?:l)?\s+(?:visto\s+bueno|ok|aprobaci[oó]n)\s+(?:del?\s+)?cliente\b"
        r"|\b(?:seg[uú]n|como)\s+(?:nos\s+)?(?:pide|pidi[oó]|indica|indic[oó])\s+(?:el|la)\s+cliente\b"
        rf"|\b(?:publicad?|subid?|programad?)\s+(?:este|esta|el\s+siguiente|la\s+siguiente)\s+{PIEZA}\b"
        r"|\bd[ií](?:me|nos)\s+si\s+(?:quieres|quer[eé]is|hay)\s+(?:alg[uú]n\s+)?cambios?\b"
        rf"|^(?:{PIEZA}|versi[oó]n|opci[oó]n)\s*\d?\s*:(?=\s)"
        r"|^(?:claro|por\s+supuesto)[,!.]\s+aqu[ií]\s+(?:tienes|va)\b"
        r"|\bcomo\s+(?:un\s+)?(?:modelo\s+de\s+lenguaje|asistente\s+de\s+ia)\b",
        re.IGNORECASE | re.MULTILINE,
    ),
}


def spans(draft: Draft) -> Spans:
    """Yield each phrase that was meant for whoever publishes."""
    for match in BRIEFING[draft.language].finditer(draft.text):
        yield match.span()


rule = Rule(
    name=__name__.rpartition(".")[2],
    source="house judgement",
    spans=spans,
    advice={
        Language.EN: Advice(
            why="This reads like the briefing, not like the post.",
            instead="Keep only what the public should read.",
        ),
        Language.ES: Advice(
            why="Esto parece del encargo, no de la publicación.",
            instead="Deja solo lo que debe leer el público.",
        ),
    },
    fires={
        Language.EN: (
            "Could you put something like: we wish you a calm weekend.",
            "Here is the copy for Friday: doors open at nine.",
            "Draft for approval. Doors open at nine.",
            "Caption: Doors open at nine.",
        ),
        Language.ES: (
            "Podrías poner algo como: os deseamos un fin de semana tranquilo.",
            "Texto para publicar: abrimos a las nueve.",
            "Borrador pendiente de aprobación. Abrimos a las nueve.",
            "Te paso el texto para el viernes: abrimos a las nueve.",
        ),
    },
    silent={
        Language.EN: (
            "Could you tell us something about your order?",
            "Here is the post office that still opens on Sundays.",
            "Our clients approve of the new hours.",
        ),
        Language.ES: (
            "¿Podrías contarnos algo sobre tu pedido?",
            "Hay textos para leer en voz alta este sábado.",
            "El cliente pide y nosotros horneamos.",
        ),
    },
    family="craft",
)
