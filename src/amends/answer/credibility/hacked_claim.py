"""Claiming to be hacked without proof.

What it notices: "our account was hacked", "unauthorised access". Silent when evidence is attached
    to the incident.
Why it hurts: it is the excuse that has been caught out most often; a denial that falls later
    costs twice.
Example: Our account was hacked.
Instead: We wrote it. (Or attach the evidence to the incident, then say it.)
Source: B7. Kim, Ferrin, Cooper & Dirks (2004), JAP 89:104: a denial that turns out false does the
    most harm; press reports of false claims. The words are ours.
"""

from amends.answer.wording import ANSWERS, Patterns, always_stops, places
from amends.rulebook.rule import Advice, Basis, Rule, Spans
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft

PATTERNS: Patterns = {
    Language.EN: (
        r"\b(?:accounts?|page|profile|feed|channel|systems?|we|i)\b[^.!?\n]{0,25}"
        r"\b(?:was|were|been|got|is) (?:hacked|compromised|breached|hijacked)\b",
        r"\b(?:hackers?|unauthori[sz]ed (?:access|person|user|party)|security breach)\b",
    ),
    Language.ES: (
        r"\b(?:cuenta|perfil|p[aá]gina|canal)\b[^.!?\n]{0,25}(?<!no )\b(?:fue|ha sido|han sido"
        r"|fueron|result[oó]|est[aá]) "
        r"(?:hackead|jaquead|vulnerad|piratead|comprometid|suplantad)[oa]s?\b",
        r"(?<!no )\bnos (?:hackearon|jaquearon|piratearon|robaron la cuenta"
        r"|han (?:hackeado|jaqueado|pirateado))\b",
        r"\b(?:acceso no autorizado|hackers?|hackeo|ataque inform[aá]tico)\b",
    ),
}


def spans(draft: Draft) -> Spans:
    """Yield the place of each claim, unless its evidence is attached."""
    if not draft.circumstances.evidence:
        yield from places(PATTERNS, draft)


rule = Rule(
    name=__name__.rpartition(".")[2],
    source="B7: Kim, Ferrin, Cooper & Dirks (2004), JAP 89:104",
    spans=spans,
    advice={
        Language.EN: Advice(
            why="No evidence is attached that the account was taken over.",
            instead="Attach the evidence to the incident, or drop the claim.",
        ),
        Language.ES: Advice(
            why="No hay ninguna prueba adjunta de que entraran en la cuenta.",
            instead="Adjunta la prueba al incidente o quita la frase.",
        ),
    },
    fires={
        Language.EN: (
            "Our account was hacked.",
            "Twitter told us that our page was compromised.",
            "Hackers posted this.",
            "There was unauthorized access to our profile.",
            "We were hacked last night.",
        ),
        Language.ES: (
            "Nuestra cuenta fue hackeada.",
            "La seguridad de la cuenta ha sido vulnerada.",
            "Nos han hackeado.",
            "Hubo un acceso no autorizado a nuestro perfil.",
            "La página está comprometida.",
        ),
    },
    silent={
        Language.EN: (
            "We weren't hacked. We wrote it.",
            "Ten kitchen life hacks for you.",
            "We were never hacked: it was our mistake.",
            "This compromised your trust, and that is on us.",
            "Our account was not hacked.",
        ),
        Language.ES: (
            "No nos han hackeado: lo escribimos nosotros.",
            "Estamos comprometidos con la igualdad.",
            "Nuestra cuenta no fue hackeada.",
            "Diez trucos de cocina.",
            "Esto comprometió vuestra confianza, y es culpa nuestra.",
        ),
    },
    family="answer",
    basis=Basis.FACT,
    kinds=ANSWERS,
    decides=always_stops,
)
