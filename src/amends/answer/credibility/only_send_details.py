"""Send us a message, and nothing else.

What it notices: an answer whose only act is "DM us" or "send us the details".
Why it hurts: the person has told their story once and is told to tell it again, out of sight.
Example: Hi, sorry to hear that. Please DM us your details.
Instead: Your parcel has been in Toledo since Monday. It goes out today; write to us if it is not
    there on Thursday.
Source: W21. Einwiller & Steilen (2015): companies' answers to complaints most often ask to move
    elsewhere, and that satisfies least. The words are ours.
"""

from dataclasses import replace

from amends.answer.anatomy import Component, has_part
from amends.answer.wording import Patterns, first_of, lowered, places, sentences
from amends.rulebook.rule import Advice, Rule, Spans
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft, DraftKind

_ACTS = (Component.ACT, Component.RESPONSIBILITY, Component.REPAIR, Component.EXPLANATION)
# What may stand around it without being an answer: greetings, thanks, sympathy, a signature.
_LONGEST_FILLER = 4  # words
_FILLER: Patterns = {
    Language.EN: (
        r"\b(?:hi|hello|hey|dear|thanks?|sorry|apolog\w+|help|look into|assist|regards"
        r"|hear(?:ing)?)\b",
    ),
    Language.ES: (
        r"\b(?:hola|buenas|buenos|gracias|sentimos|siento|perd[oó]n|disculp\w+|ayud\w+|mirar\w*"
        r"|revisar\w*|saludos?|encantad[oa]s)\b",
    ),
}

PATTERNS: Patterns = {
    Language.EN: (
        r"\b(?:dm us|dm me|(?:send|drop|shoot|write) us (?:a|your|the|an) "
        r"(?:dm|pm|(?:direct |private )?message|line|details?|e-?mail|order number|booking number)"
        r"|(?:message|contact|email|e-mail) us(?: (?:at|via|on|by|through|privately|directly))?"
        r"|(?:via|by|through|in (?:a|our)) (?:dm|direct message|private message)s?"
        r"|reach out (?:to us )?(?:via|by|through|at|on)|share (?:your|more"
        r"|the) [^.!?\n]{0,30}\b(?:dm|details))\b",
    ),
    Language.ES: (
        r"\b(?:m[aá]nd(?:a|e|ad|en)(?:nos|me)|env[ií](?:a|e|ad|en)(?:nos|me)|escr[ií]b(?:e|a|id"
        r"|an)(?:nos|me)"
        r"|d[eé]ja(?:nos|dnos)|contact(?:a|e|ad|en) con nosotros|p[oó]nte en contacto)\b"
        r"[^.!?\n]{0,50}\b(?:md|dm|mensaje(?: directo| privado)?|privado|datos|detalles|correo"
        r"|n[uú]mero de (?:pedido|cliente|reserva))\b"
        r"|\bpor (?:md|dm|mensaje (?:directo|privado)|privado)\b",
    ),
}


def spans(draft: Draft) -> Spans:
    """Yield the request, where nothing else in the answer is an answer."""
    asked = list(places(PATTERNS, draft))
    if not asked or any(has_part(act, _beside(draft, asked)) for act in _ACTS):
        return
    rest = _beside(draft, asked)
    if all(_says_nothing(rest.text[start:end], draft) for start, end in sentences(rest.text)):
        yield from asked


def _beside(draft: Draft, asked: list[tuple[int, int]]) -> Draft:
    """Return the draft without the sentences that ask for a message."""
    kept = [
        draft.text[start:end]
        for start, end in sentences(draft.text)
        if not any(start <= place < end for place, _ in asked)
    ]
    return replace(draft, text="\n".join(kept))


def _says_nothing(sentence: str, draft: Draft) -> bool:
    filler = first_of(_FILLER[draft.language], lowered(sentence)) is not None
    return filler or len(sentence.split()) <= _LONGEST_FILLER


rule = Rule(
    name=__name__.rpartition(".")[2],
    source="W21: Einwiller & Steilen (2015)",
    spans=spans,
    advice={
        Language.EN: Advice(
            why="The only thing this answer does is to ask for a message.",
            instead="Say first what you know or what you do. Then ask for what is missing.",
        ),
        Language.ES: Advice(
            why="Lo único que hace esta respuesta es pedir un mensaje.",
            instead="Di antes qué sabes o qué haces. Después pide lo que falte.",
        ),
    },
    fires={
        Language.EN: (
            "Hi, sorry to hear that. Please DM us your details.",
            "Hello! Send us a direct message so we can help.",
            "Please contact us via DM.",
            "Thanks for letting us know. Drop us a message. Team Candil",
            "We're sorry to hear this. Please share your order number in a DM.",
        ),
        Language.ES: (
            "Hola, sentimos leer esto. Envíanos un mensaje privado.",
            "Escríbenos por privado con tus datos.",
            "Mándanos un MD con tu número de pedido.",
            "Gracias por avisar. Contacta con nosotros por mensaje directo.",
            "¡Hola! Déjanos tus datos por MD para poder ayudarte.",
        ),
    },
    silent={
        Language.EN: (
            "We lost your parcel, and a new one leaves today. DM us if it is not there on Friday.",
            "The blue one is back on Monday. Message us if you want one kept.",
            "You are right, the label is wrong.",
            "We refund you today. Please DM us your account number.",
            "Sorry, the kitchen closes at ten.",
        ),
        Language.ES: (
            "Perdimos tu paquete y hoy sale otro. Escríbenos por privado si el viernes no ha "
            "llegado.",
            "El azul vuelve el lunes a la tienda. Mándanos un mensaje y te guardamos uno.",
            "Tienes razón, la etiqueta está mal.",
            "Te devolvemos el dinero hoy. Envíanos por privado tu número de cliente.",
            "Perdona, la cocina cierra a las diez.",
        ),
    },
    family="answer",
    kinds=frozenset({DraftKind.REPLY}),
)
