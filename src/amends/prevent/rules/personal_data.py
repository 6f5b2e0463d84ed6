"""Somebody's personal data.

What it notices: a person's e-mail address or phone, a bank account (IBAN), a payment card,
    a Spanish DNI or NIE. Check digits are computed, so an order number is not taken for a
    card. A brand's own contact ("call us on ...", hello@...) stays silent.
Why it hurts: the person did not choose to be found, and strangers write and call within the
    hour. For a desk it may also be a breach that must be reported.
Example: Ask Marta, her number is 612 345 678.
Instead: Take it out and move to a private message.
Source: ISO 13616 (IBAN), ISO/IEC 7812-1 (Luhn check of cards), Spain's Ministry of the
    Interior (control letter of DNI and NIE). What counts as the brand's own contact is
    house judgement.
"""

import re
from collections.abc import Iterator

from amends.rulebook.rule import Advice, Rule, Spans
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft, DraftKind

IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
CARD = re.compile(r"(?<![\d.,/=-])[3-6]\d{3}(?:[ -]?\d{2,6}){2,4}(?![\d-])")
DNI = re.compile(r"\b(?P<number>(?:[XYZ][ -]?)?\d{7,8})[ -]?(?P<letter>[A-Z])\b", re.IGNORECASE)
DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
EMAIL = re.compile(r"(?<![\w.+@/-])(?P<local>[\w.+-]+)@(?:[\w-]+\.)+[^\W\d_]{2,}\b")
ROLE = re.compile(
    r"(?:info|hello|hi|hola|contact[oa]?|support|soporte|help|ayuda|press|prensa|media|sales|ventas|jobs|careers"
    r"|empleo|rrhh|privacy|privacidad|dpo|legal|no-?reply|reservas?|bookings?|orders?|pedidos?|team|equipo"
    r"|clientes?|customers?|atencion|care|service|servicio|office|oficina|news|security|abuse|events?|eventos?"
    r"|marketing|social|tienda|shop|store|admin|mail|correo|feedback|quejas|reclamaciones|complaints)"
    r"(?:[._+-].*)?$",
    re.IGNORECASE,
)
PHONE = re.compile(
    r"(?<![\w.,+/#-])(?<!\d )(?:"
    r"(?:\+|00)\d{1,3}[ .-]?(?:\(?\d{1,4}\)?[ .-]?){2,5}\d{2,4}"  # international
    r"|[6789]\d{2}(?:[ .-]?\d{3}){2}|[6789]\d{2}(?:[ .-]\d{2}){3}"  # Spain
    r"|\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}|\(\d{3}\) ?\d{3}-\d{4}"  # North America
    r"|0\d{2,4}[ -]\d{3,4}[ -]?\d{3,4}"  # Britain
    r")(?![\w-]|[.,]\d)"
)
FREE = re.compile(r"(?:\+?34)?(?:80[03]|90[0-2])|(?:\+?1)?8(?:00|88|77|66)|(?:\+?44|0)?800|0?808")
OURS = re.compile(
    r"\b(?:us|our(?:\s+\w+){1,3}|the\s+number(?:\s+(?:in\s+(?:\w+\s+)?\w+|you\s+need|to\s+call))?|hotline|helpline|switchboard|customer\s+(?:care|service)|reception|bookings?|enquiries"
    r"|ll[aá]m[ae]nos|llamarnos|escr[ií]b[ae]nos|nuestr[oa]s?(?:\s+\w+){1,3}|centralita|recepci[oó]n"
    r"|atenci[oó]n\s+al\s+cliente|reservas?|informaci[oó]n|av[ií]s[ae]nos|cont[aá]ct[ae]nos)"
    r"(?:\s+(?:on|at|by|al|en|a|por|is|es|:|phone|tel[eé]fono|whatsapp|number|n[uú]mero|e-?mail|correo|o|or|the|el))*"
    r"\s*:?\s*(?:📞|☎️?|📱|✉️?|📧)?\s*$|(?:📞|☎️?)\s*$",
    re.IGNORECASE,
)
NUMBERED = re.compile(
    r"\b(?:order|invoice|ticket|ref(?:erence)?|case|tracking|pedido|factura|referencia|expediente|incidencia|seguimiento)"
    r"(?:\s+(?:number|no|n[uú]mero|n[ºo°]|is|es))*\s*[.:#]?\s*$",
    re.IGNORECASE,
)
REACH = 60


def _is_iban(written: str) -> bool:
    bare = written.replace(" ", "")
    turned = bare[4:] + bare[:4]
    return 15 <= len(bare) <= 34 and int("".join(str(int(c, 36)) for c in turned)) % 97 == 1


def _is_card(written: str) -> bool:
    digits = [int(c) for c in written if c.isdecimal()]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[-2::-2])
    return 13 <= len(digits) <= 19 and (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _is_dni(number: str, letter: str) -> bool:
    bare = re.sub(r"[ -]", "", number).upper()
    if bare[0] in "XYZ":
        if len(bare) != 8:
            return False
        bare = str("XYZ".index(bare[0])) + bare[1:]
    return len(bare) == 8 and DNI_LETTERS[int(bare) % 23] == letter.upper()


def _checked(text: str) -> Iterator[tuple[int, int]]:
    """Yield the numbers whose own check digits prove them."""
    yield from (match.span() for match in IBAN.finditer(text) if _is_iban(match.group()))
    yield from (match.span() for match in CARD.finditer(text) if _is_card(match.group()))
    for match in DNI.finditer(text):
        if _is_dni(match["number"], match["letter"]):
            yield match.span()


def _is_ours(text: str, start: int) -> bool:
    return OURS.search(text[max(0, start - REACH) : start]) is not None


def _contacts(text: str) -> Iterator[tuple[int, int]]:
    for match in EMAIL.finditer(text):
        if not ROLE.match(match["local"]) and not _is_ours(text, match.start()):
            yield match.span()
    for match in PHONE.finditer(text):
        bare = re.sub(r"[^\d+]", "", match.group())
        before = text[max(0, match.start() - REACH) : match.start()]
        if not (FREE.match(bare) or NUMBERED.search(before) or _is_ours(text, match.start())):
            yield match.span()


def spans(draft: Draft) -> Spans:
    """Yield each piece of personal data; a phone inside a longer number is not one."""
    proven = list(_checked(draft.text))
    yield from proven
    for start, end in _contacts(draft.text):
        if not any(start < last and first < end for first, last in proven):
            yield start, end


rule = Rule(
    name=__name__.rpartition(".")[2],
    source="ISO 13616; ISO/IEC 7812-1; Ministry of the Interior of Spain, control letter",
    spans=spans,
    advice={
        Language.EN: Advice(
            why="This looks like somebody's personal data, in public.",
            instead="Take it out and move to a private message.",
        ),
        Language.ES: Advice(
            why="Esto parece un dato personal de alguien, en público.",
            instead="Quítalo y sigue por mensaje privado.",
        ),
    },
    fires={
        Language.EN: (
            "Ask Marta, her number is 612 345 678.",
            "Write to marta.soler@mail.example about your refund.",
            "We paid it into ES91 2100 0418 4502 0005 1332.",
            "Your card 4111 1111 1111 1111 was charged twice.",
        ),
        Language.ES: (
            "Pregunta a Marta, su número es 612 345 678.",
            "Escribe a marta.soler@mail.example por tu devolución.",
            "Tu DNI 12345678Z ya consta.",
            "Lo ingresamos en ES91 2100 0418 4502 0005 1332.",
        ),
    },
    silent={
        Language.EN: (
            "Call us on 912 345 678 before noon.",
            "Write to hello@bakery.example and we will answer.",
            "Your order 612345678 leaves tomorrow.",
            "Over 1.000.000 loaves since 2011-04-02.",
        ),
        Language.ES: (
            "Llámanos al 912 345 678 antes de las doce.",
            "Escribe a hola@bakery.example y te respondemos.",
            "Tu pedido 612345678 sale mañana.",
            "El sorteo repartió 12345678 euros.",
        ),
    },
    family="leak",
    kinds=frozenset({DraftKind.POST, DraftKind.REPLY, DraftKind.STATEMENT}),
)
