"""Words to all: what they are made of, whether they are credible, and texts to start from."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from amends.answer import credibility
from amends.answer.anatomy import Anatomy, Component, anatomy
from amends.answer.order import order_of
from amends.rulebook.rule import Decision, Finding, decide, findings_of
from amends.rulebook.shelf import rules_in
from amends.vocabulary.language import Language
from amends.vocabulary.outgoing import Attached
from amends.vocabulary.post import Draft, DraftKind

__all__ = [
    "Anatomy",
    "Component",
    "Lint",
    "anatomy",
    "apology_skeleton",
    "content_hash",
    "holding_text",
    "lint",
]

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Lint:
    """What is said about a text before it is published.

    `components` gives each part of an apology its place or None; `score` is their weighted sum
    in [0, 1], shown small. The verdict comes from the findings alone, never from the score.
    """

    verdict: Decision
    score: float
    components: Mapping[str, Span | None]
    findings: tuple[Finding, ...]


# A question to the writer for each required part; repair and forbearance stand in for each other.
_QUESTIONS = {
    Language.EN: {
        Component.IFID: ("There is no word of apology.", "Say it once: “we are sorry”."),
        Component.ACT: ("What did you do?", "Name the act: “we posted …”, “we charged you twice”."),
        Component.AGENT: ("Who did it?", "Say “I” or “we”."),
        Component.HARM: ("Who was hurt, and how?", "Name them, and what it did to them."),
        Component.RESPONSIBILITY: (
            "Whose fault was it?",
            "Say it in one sentence: “it was our mistake”.",
        ),
        Component.REPAIR: (
            "What do you do for them, or what changes?",
            "Name one thing that you do now.",
        ),
    },
    Language.ES: {
        Component.IFID: ("Falta una palabra de disculpa.", "Dila una vez: «lo sentimos»."),
        Component.ACT: ("¿Qué hiciste?", "Nombra el acto: «publicamos…», «te cobramos dos veces»."),
        Component.AGENT: ("¿Quién lo hizo?", "Dilo en primera persona."),
        Component.HARM: ("¿A quién hizo daño, y cómo?", "Di quiénes son y qué les hizo."),
        Component.RESPONSIBILITY: (
            "¿De quién fue la culpa?",
            "Dilo en una frase: «fue culpa nuestra».",
        ),
        Component.REPAIR: ("¿Qué haces por ellos, o qué cambia?", "Di una cosa que haces ahora."),
    },
}
_MISSING_SOURCE = "Lewicki, Polin & Lount (2016), NCMR; Pace, Fediuk & Botero (2010)"


def lint(draft: Draft) -> Lint:
    """Return what the credibility rules say; of a statement, also what is missing.

    Raises nothing: an empty statement is one in which everything is missing.

    >>> lint(Draft(text="We are sorry if you were hurt.", kind=DraftKind.STATEMENT)).verdict.word
    'stop'
    """
    found = anatomy(draft)
    seen = [*findings_of(rules_in(credibility), draft)]
    if draft.kind is DraftKind.STATEMENT:
        seen += [*_missing(found, draft.language), *order_of(draft, found)]
    findings = tuple(sorted(seen, key=lambda one: (one.start, one.end, one.rule)))
    return Lint(decide(findings), found.score, found.components, findings)


def _missing(found: Anatomy, language: Language) -> Iterator[Finding]:
    """Yield a question for each required part that is not there; it has no place."""
    for component, (question, instead) in _QUESTIONS[language].items():
        repaired = component is Component.REPAIR and found.has(Component.FORBEARANCE)
        if found.has(component) or repaired:
            continue
        yield Finding(
            rule=f"missing.{component.value}",
            decision=Decision.ASK,
            start=0,
            end=0,
            message=question,
            instead=instead,
            source=_MISSING_SOURCE,
            family="answer",
        )


def content_hash(  # noqa: PLR0913 - what a person says yes to
    account_id: str,
    text: str,
    language: Language,
    target: str,
    *,
    media: Sequence[Attached] = (),
    place: tuple[str, int] = ("", 0),
) -> str:
    """Return the SHA-256, in hex, of what a person says yes to: any change voids it.

    Args:
        account_id: On which account it goes out.
        text: The exact text.
        language: Its language.
        target: The network's address of what it answers, "" for none.
        media: The pictures that go with it, in their order, each with its alternative text.
        place: Thread and part, ("", 0) for a text that stands alone.
    """
    what: dict[str, object] = {
        "account": account_id,
        "language": language.value,
        "target": target,
        "text": text,
    }
    if media:
        what["media"] = [[one.sha256, one.alt] for one in media]
    if place[0]:
        what["thread"] = list(place)
    canonical = json.dumps(what, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


_HOLDING = {
    Language.EN: (
        "We have read what you tell us about {known}. We do not know everything yet: "
        "we are finding out {unknown}. We will be back here {back}, also if we know nothing new "
        "by then. Until then, write to us here: we read every message."
    ),
    Language.ES: (
        "Hemos leído lo que nos contáis sobre {known}. Todavía no lo sabemos todo: "
        "estamos averiguando {unknown}. Volveremos aquí {back}, también si para entonces no "
        "sabemos nada nuevo. Mientras tanto, escribidnos aquí: leemos todos los mensajes."
    ),
}
_HOLDING_GAPS = {
    Language.EN: ("[what happened]", "[what we do not know]", "[today at what time]"),
    Language.ES: ("[qué ha pasado]", "[qué no sabemos]", "[hoy a qué hora]"),
}


def holding_text(language: Language, known: str = "", unknown: str = "", back: str = "") -> str:
    """Return a first word while facts are gathered; it names no cause and denies nothing.

    Args:
        language: The language of the text.
        known: What people point at ("the post of this morning").
        unknown: What is being found out ("who wrote it and who it hurt").
        back: When the next word comes, with its preposition ("today at 18:00").

    A fact that is not given leaves a gap in square brackets.
    """
    gaps = zip((known, unknown, back), _HOLDING_GAPS[language], strict=True)
    known, unknown, back = (fact.strip() or gap for fact, gap in gaps)
    return _HOLDING[language].format(known=known, unknown=unknown, back=back)


_SKELETON = {
    Language.EN: (
        "On [day] we [what we did], and it hurt [who was hurt, and how]. "
        "That was our mistake, and we are sorry. "
        "You told us [what people said]. "
        "[Why it happened, in one sentence and without an excuse.] "
        "By [when] we will [what we do for those hurt]. "
        "From today [what changes]."
    ),
    Language.ES: (
        "El [día] [qué hicimos], e hicimos daño a [a quién, y cómo]. "
        "Fue culpa nuestra y lo sentimos. "
        "Nos habéis dicho [qué dijo la gente]. "
        "[Por qué ocurrió, en una frase y sin excusas.] "
        "Antes de [cuándo] vamos a [qué hacemos por ellos]. "
        "Desde hoy [qué cambia]."
    ),
}


def apology_skeleton(language: Language) -> str:
    """Return an apology in the order that works, with a gap in brackets for each fact.

    Source: Lewicki, Polin & Lount (2016) for the parts; Cerulo & Ruane (2014) for the order.
    """
    return _SKELETON[language]
