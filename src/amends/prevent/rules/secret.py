"""A key, a token or a password.

What it notices: private keys, the known forms of access tokens, links with a password in
    them, and "password: ..." followed by something that looks like one.
Why it hurts: programs read public posts all day and try what they find within minutes.
    Taking the post down does not take the secret back.
Example: The guest password is Velero-2931.
Instead: Take it out, and change the secret if anyone else has seen it.
Source: the makers' published token prefixes (Amazon, GitHub, GitLab, Slack, Stripe, Google)
    and RFC 7468 for private keys; the pattern for written passwords is house judgement.
"""

import re

from amends.rulebook.rule import Advice, Basis, Decision, Rule, Spans
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft

# Forms that nothing else has: these stop.
KNOWN_FORMS = re.compile(
    r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----"
    r"|\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"
    r"|\bgh[pousr]_[A-Za-z0-9]{36,}\b|\bgithub_pat_[A-Za-z0-9_]{40,}\b|\bglpat-[\w-]{20,}"
    r"|\bxox[abeprs]-[A-Za-z0-9-]{10,}"
    r"|\b(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{16,}\b|\bsk-(?:[a-z]+-){0,3}(?=[\w-]*\d)[\w-]{20,}"
    r"|\bAIza[\w-]{35}(?![\w-])"
    r"|\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}"
    r"|\b\d{8,10}:AA[\w-]{33}(?![\w-])"
    r"|\b[a-z][a-z0-9+.-]*://[^\s/:@]+:[^\s/:@]+@[\w.-]+"
)
# Four groups of four, as networks make app passwords; a digit tells it from a hyphenated word.
APP_PASSWORD = re.compile(r"(?<![\w-])(?=[a-z-]*\d)[a-z0-9]{4}(?:-[a-z0-9]{4}){3}(?![\w-])")
# Written out, these only ask: a café may mean to share its wifi.
WRITTEN = re.compile(
    r"\b(?:password|passcode|passwd|pwd|contrase[nñ]a|clave(?:\s+de\s+acceso)?)\b(?:\s*[:=]\s*|\s+(?:is|es)\s+:?)"
    r"[\"'“«]?(?P<word>(?=[^\s\"'”»]*\d)[^\s\"'”»]{5,}?)(?=[\"'”».,;!?]*(?:\s|$))"
    r"|\b(?:api[ _-]?key|access[ _-]?token|token|secret|client[ _-]?secret)\s*[:=]\s*[\"'“]?"
    r"(?P<key>(?=[\w+/=-]*\d)[\w+/=-]{12,})"
    r"|\b(?:pin|PIN)\s*(?:[:=]|\b(?:is|es)\b)\s*(?P<pin>\d{4,8})\b",
    re.IGNORECASE,
)


def spans(draft: Draft) -> Spans:
    """Yield each secret, without the words around it."""
    for pattern in (KNOWN_FORMS, APP_PASSWORD):
        for match in pattern.finditer(draft.text):
            yield match.span()
    for match in WRITTEN.finditer(draft.text):
        yield match.span(match.lastgroup or 0)


def _decide(draft: Draft) -> Decision:
    return Decision.STOP if KNOWN_FORMS.search(draft.text) else Decision.ASK


rule = Rule(
    name=__name__.rpartition(".")[2],
    source="the makers' published token prefixes; RFC 7468",
    spans=spans,
    advice={
        Language.EN: Advice(
            why="This looks like a key or a password. Once it is public, it cannot be taken back.",
            instead="Take it out, and change it if anyone else has seen it.",
        ),
        Language.ES: Advice(
            why="Esto parece una clave o una contraseña. Una vez pública, no se puede recuperar.",
            instead="Quítala y cámbiala si alguien más la ha visto.",
        ),
    },
    fires={
        Language.EN: (
            "The guest password is Velero-2931.",
            "Connect with postgres://desk:mist4l@db.example and retry.",
            "PIN: 4821 for the side door.",
        ),
        Language.ES: (
            "La contraseña es Velero-2931.",
            "Conéctate con postgres://mesa:mist4l@db.example y prueba.",
            "PIN: 4821 para la puerta lateral.",
        ),
    },
    silent={
        Language.EN: (
            "A good password is long and yours alone.",
            "Never tell anyone your PIN, not even us.",
            "Our secret: butter, time and a cold room.",
            "Password: changed every 90 days since 2024.",
        ),
        Language.ES: (
            "Una buena contraseña es larga y solo tuya.",
            "No des tu PIN a nadie, tampoco a nosotros.",
            "La clave es madrugar 3 días por semana.",
            "Nuestro secreto: mantequilla, tiempo y frío.",
        ),
    },
    family="leak",
    basis=Basis.FACT,
    decides=_decide,
)
