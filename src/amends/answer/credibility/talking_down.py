"""Talking down to the critic.

What it notices: rhetorical questions to the critic, "actually,", "as clearly stated", "had you
    read", "let me explain it to you", "it is really quite simple".
Why it hurts: a customer is taught a lesson in front of everybody; contempt is what people share.
Example: Did you even read the label?
Instead: The label says it on the back, and it is too small. We will print it larger.
Source: Wang & Potts (2019), TalkDown, for what condescension looks like; Johnen & Schnittka
    (2019), JAMS, for what it costs. The words are ours.
"""

from amends.answer.wording import Patterns, places
from amends.rulebook.rule import Advice, Rule, Spans
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft, DraftKind

PATTERNS: Patterns = {
    Language.EN: (
        r"(?:^|(?<=[.!?] )|(?<=\n))actually,",
        r"\b(?:did|have|do|are|can) you (?:even|actually|really|honestly|seriously"
        r"|bother(?:ed)? to)\b[^.!?\n]{0,80}\?",
        r"\b(?:what part of|how hard (?:is|can) it|is it (?:really |so ){1,3}(?:hard|difficult)"
        r"|don't you (?:think|know|get)|why (?:don't|didn't) you (?:just|simply|read|check))\b"
        r"[^.!?\n]{0,80}\?",
        r"\bas (?:(?:is|was) )?(?:clearly|plainly|repeatedly|previously) "
        r"(?:stated|said|explained|mentioned|written|indicated)\b|\bas stated in\b",
        r"\b(?:had you (?:only |actually |bothered to )?(?:read|looked|checked|asked)"
        r"|if you (?:had )?(?:bothered|cared) to (?:read|look|check|ask)|if you(?:'d"
        r"| would)? read (?:our|the) [^.!?\n]{0,40}\b(?:you'd|you would|carefully|properly)"
        r"|you would (?:have )?(?:know|known|understand|understood))\b",
        r"\b(?:let me (?:explain|spell) (?:it|this|that)|allow me to explain|it(?:'s"
        r"| is) (?:really |quite "
        r"|very |actually ){1,3}simple|with all due respect|perhaps you should|you (?:clearly"
        r"|obviously) (?:don't|do not|didn't|did not|have)|for your information)\b",
    ),
    Language.ES: (
        r"(?:^|(?<=[.!?] )|(?<=\n)|(?<=[¡¿]))en realidad,",
        r"¿(?:acaso|de verdad|en serio|qu[eé] parte|tan dif[ií]cil|es que (?:no|ni)|ni siquiera"
        r"|(?:te|se|os) (?:has|ha|hab[eé]is) (?:molestado|parado|tomado))[^.!?\n]{0,80}\?",
        r"\b(?:como (?:queda|qued[oó]|est[aá]|dejamos|hemos dejado) (?:bien |muy |ya )?claro"
        r"|como (?:se )?(?:indica|indicamos|dice|pone|consta|aparece) (?:claramente|bien claro))\b",
        r"\b(?:si (?:leyera[s]?|lees|lee usted|te hubieras molestado|se hubiera molestado)"
        r"|de haber le[ií]do|deber[ií]a[s]? (?:saber|leer|informarte|informarse|haber le[ií]do))\b",
        r"\b(?:(?:te|se|os) lo (?:explico|explicamos|repito|repetimos)|es (?:muy|bastante"
        r"|as[ií] de) "
        r"(?:sencillo|simple|f[aá]cil)|con todo (?:el )?respeto|para (?:tu|su) informaci[oó]n"
        r"|(?:evidentemente|claramente|obviamente) no (?:has|ha|sabes|sabe|entiendes|entiende))\b",
    ),
}


def spans(draft: Draft) -> Spans:
    """Yield each place that teaches the critic a lesson."""
    yield from places(PATTERNS, draft)


rule = Rule(
    name=__name__.rpartition(".")[2],
    source="Wang & Potts (2019), TalkDown; Johnen & Schnittka (2019), JAMS",
    spans=spans,
    advice={
        Language.EN: Advice(
            why="This talks down to the person who complains.",
            instead="Say the fact in one friendly sentence, and grant what is right.",
        ),
        Language.ES: Advice(
            why="Esto trata a quien se queja desde arriba.",
            instead="Di el dato con una frase amable y reconoce lo que sea cierto.",
        ),
    },
    fires={
        Language.EN: (
            "Did you even read the label?",
            "Actually, the price was on the door.",
            "As clearly stated in our terms, there is no refund.",
            "Had you read the page, there would be no surprise.",
            "It is really quite simple: no ticket, no seat.",
        ),
        Language.ES: (
            "¿Acaso no leíste la etiqueta?",
            "En realidad, el precio estaba en la puerta.",
            "Como está bien claro en las condiciones, no hay devolución.",
            "Si leyeras la página, no habría sorpresa.",
            "Es muy sencillo: sin entrada no hay asiento.",
        ),
    },
    silent={
        Language.EN: (
            "You are right, the label is too small.",
            "Did you get your parcel today?",
            "As we said this morning, refunds start today.",
            "We actually lost it, and we are sorry.",
            "If you read it differently, tell us: we may be wrong.",
        ),
        Language.ES: (
            "Tienes razón, la etiqueta es demasiado pequeña.",
            "¿Te ha llegado hoy el paquete?",
            "Como dijimos esta mañana, hoy devolvemos el dinero.",
            "La tienda en realidad cerró a las nueve, y no avisamos.",
            "Te explicamos el retraso: se rompió el horno.",
        ),
    },
    family="answer",
    kinds=frozenset({DraftKind.REPLY, DraftKind.PRIVATE}),
)
