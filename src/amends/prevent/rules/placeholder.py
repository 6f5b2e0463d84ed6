"""A gap that was never filled.

What it notices: what a template leaves behind: [client name], {{first_name}}, <name>, XXX,
    XX %, lorem ipsum, TBD, "insert link here". In replies and statements every bracketed
    phrase counts, because the composer marks its gaps with brackets.
Why it hurts: it shows that nobody read the text before it went out; in an apology it shows
    that the apology is a form.
Example: Dear {{first_name}}, we are sorry.
Instead: Fill the gap or take the sentence out.
Source: house judgement.
"""

import re

from amends.rulebook.rule import Advice, Basis, Decision, Rule, Spans
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft, DraftKind

NAMED = (
    r"(?:(?:first|last|full|client|customer|brand|your|user|company)[ _]?)?"
    r"(?:name|link|url|date|time|handle|product|city|price|client|brand|customer"
    r"|nombre|apellidos?|enlace|fecha|hora|ciudad|precio|cliente|marca|producto|usuario)"
)
ANYWHERE = re.compile(
    r"\{\{[^{}\n]{0,60}\}\}|\$\{[^{}\n]{1,60}\}|%[A-Z][A-Z_]{2,30}%"
    rf"|\{{\s*{NAMED}\s*\}}|<\s*(?:insert\s+)?{NAMED}\s*>|\(\s*(?:insert\s+)?(?:link|enlace|url)\s*\)"
    r"|\blorem\s+ipsum\b"
    r"|\b(?:insert|add|put|paste)\s+(?:the\s+|your\s+|a\s+)?(?:link|url|name|text|date|photo)\s+here\b"
    r"|\b(?:link|url|text|caption)\s+goes\s+here\b|\byour\s+(?:name|text|link|brand)\s+here\b"
    r"|\b(?:inserta|insertar|inserte|pon|poner|a[nñ]ade|a[nñ]adir|pega|pegar)\s+(?:aqu[ií]\s+)?(?:el\s+|la\s+|tu\s+)?"
    r"(?:enlace|link|nombre|texto|fecha|foto)(?:\s+aqu[ií]\b|(?=\s*[\])}>]))"
    r"|\baqu[ií]\s+(?:va|ir[ií]a|falta)\s+(?:el|la|un|una)\s+(?:enlace|link|nombre|texto|fecha|foto)\b",
    re.IGNORECASE,
)
# Capitals only: "xxx" is three kisses, "todo" is Spanish for everything, "tba" may be a name.
CAPITALS = re.compile(
    r"\bX{3,}\b(?!\s+(?:[Aa]nivers|[Ee]dici|[Cc]ongres|[Jj]ornada|[Ff]eria|[Ff]estival|[Cc]ertamen"
    r"|[Pp]remio|[Ss]emana|[Cc]oncurso|[Ee]ncuentro|[Tt]orneo|[Aa]samblea|[Cc]arrera))"
    r"|\bXX(?=\s?(?:%|€|\$|£|euros?\b))|[€$£]\s?XX\b|\bXX[:/.]XX\b|\bTB[CDA]\b|\bFIXME\b|\bTODO:(?=\s)"
)
BRACKETED = re.compile(r"\[(?P<gap>[^\[\]\n]{2,80})\](?!\()")
# In a post brackets have other uses ([video], [ES], [1/3]); these openings mark a gap.
GAP = re.compile(
    rf"(?:{NAMED}|insert\b.*|add\b.*|(?:what|who|when|where|why|how|which)(?: \w+){{1,4}}"
    r"|(?:inserta|pon|poner|a[nñ]ad|completa|tu)\w*\b.*"
    r"|(?:qu[eé]|qui[eé]n|cu[aá]ndo|d[oó]nde|c[oó]mo|cu[aá]l)(?: \w+){1,4}"
    r"|.*\b(?:here|aqu[ií])|[A-Z]{2,}[ _][A-Z _]{2,})",
)
NOT_A_GAP = re.compile(
    r"(?:sic|ad|en|es|audio|v[ií]deo|thread|hilo|live|update|photo|foto|gif|pdf|\W*|\d[\d/ ]*)$"
    r"|(?:image|imagen|alt|id)\b.*:",
    re.IGNORECASE,
)


def _is_gap(inside: str, draft: Draft) -> bool:
    if NOT_A_GAP.match(inside):
        return False
    if draft.kind is not DraftKind.POST:
        return True
    return GAP.fullmatch(inside) is not None or GAP.fullmatch(inside.lower()) is not None


def spans(draft: Draft) -> Spans:
    """Yield each gap that is still open."""
    for pattern in (ANYWHERE, CAPITALS):
        for match in pattern.finditer(draft.text):
            if draft.language is Language.EN or match.group() != "TODO:":
                yield match.span()
    for match in BRACKETED.finditer(draft.text):
        if _is_gap(match["gap"].strip(), draft):
            yield match.span()


def _decide(draft: Draft) -> Decision:
    return Decision.ASK if draft.kind is DraftKind.POST else Decision.STOP


rule = Rule(
    name=__name__.rpartition(".")[2],
    source="house judgement",
    spans=spans,
    advice={
        Language.EN: Advice(
            why="A gap of the template is still open here.",
            instead="Fill it, or take the sentence out.",
        ),
        Language.ES: Advice(
            why="Aquí sigue abierto un hueco de la plantilla.",
            instead="Rellénalo o quita la frase.",
        ),
    },
    fires={
        Language.EN: (
            "Dear {{first_name}}, your order is ready.",
            "We open in [city] next week.",
            "Tickets from $XX at the door.",
            "Read all about it: insert link here",
            "On Monday we posted [what we did].",
            "Opening date TBD.",
        ),
        Language.ES: (
            "Hola, {{nombre}}: tu pedido está listo.",
            "Abrimos en [ciudad] la semana que viene.",
            "Entradas desde XX € en taquilla.",
            "Toda la información: inserta el enlace aquí",
            "El lunes publicamos [qué hicimos].",
            "Lorem ipsum dolor sit amet.",
        ),
    },
    silent={
        Language.EN: (
            "See you on Saturday, love you all xxx",
            "Watch it now [video].",
            "He said it “was grate [sic]”.",
            "Sizes go up to XXXL.",
        ),
        Language.ES: (
            "Celebramos el XXX aniversario del mercado.",
            "Ya puedes verlo [vídeo].",
            "TODO: pan, queso y vino por diez euros.",
            "Un cartel del siglo XX.",
        ),
    },
    family="craft",
    basis=Basis.FACT,
    decides=_decide,
)
