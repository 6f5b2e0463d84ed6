"""Praising ourselves inside an apology.

What it notices: "we take this very seriously", "our values", "in our DNA", "we believe in",
    "proud".
Why it hurts: the text turns to the brand when it should be with the people hurt.
Example: We take privacy very seriously.
Instead: We published your address. We deleted it within the hour.
Source: W09. House judgement, after Cerulo & Ruane (2014), Soc. Psychol. Q. 77(2):123: begin and
    end with those hurt.
"""

from amends.answer.wording import ANSWERS, Patterns, places
from amends.rulebook.rule import Advice, Rule, Spans
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft

PATTERNS: Patterns = {
    Language.EN: (
        r"(?<!not )(?<!n't )(?<!never )(?<!should )\b(?:take|takes"
        r"|taking) (?:[^\s.!?]{1,20} ){1,6}?"
        r"(?:very |so |extremely |incredibly |deeply )?seriously\b",
        r"\b(?:our|my) (?:\w+ )?values\b(?! (?:were|are) (?:wrong|not))",
        r"\bin (?:our|my) dna\b|\b(?:i|we) (?:\w+ )?believe in\b|\bpride (?:ourselves|myself)\b",
        r"(?<!not )(?<!n't )\b(?:i am|we are|i'm|we're|have been|been"
        r"|always) (?:(?!not\b)\w+ )?proud\b|\bproudly\b",
    ),
    Language.ES: (
        r"(?<!no )\b(?:nos|me) (?:lo |la |los |las )?(?:tomamos|tomo) (?:[^\s.!?]{1,20} ){0,6}?"
        r"(?:muy |tan |totalmente )?en serio\b",
        r"\b(?:nuestros|mis) (?:\w+ )?valores\b|\bnuestro adn\b",
        r"(?<!no )\bcree(?:mos) (?:\w+mente )?en\b",
        r"(?<!no estamos )(?<!no estoy )\borgullos[oa]s?\b",
    ),
}


def spans(draft: Draft) -> Spans:
    """Yield each place where the brand praises itself."""
    yield from places(PATTERNS, draft)


rule = Rule(
    name=__name__.rpartition(".")[2],
    source="W09: house judgement; Cerulo & Ruane (2014), Soc. Psychol. Q. 77(2):123",
    spans=spans,
    advice={
        Language.EN: Advice(
            why="Here the text turns to you and away from the people hurt.",
            instead="Take it out, or say what you do for them instead.",
        ),
        Language.ES: Advice(
            why="Aquí el texto se vuelve hacia ti y se aleja de quienes salieron heridos.",
            instead="Quítalo o di qué haces por ellos.",
        ),
    },
    fires={
        Language.EN: (
            "We take privacy very seriously.",
            "This does not reflect our values.",
            "Kindness is in our DNA.",
            "We believe in respect for all.",
            "We are proud of our service.",
        ),
        Language.ES: (
            "Nos tomamos la privacidad muy en serio.",
            "Esto no refleja nuestros valores.",
            "La amabilidad está en nuestro ADN.",
            "Creemos firmemente en el respeto.",
            "Estamos orgullosos de nuestro servicio.",
        ),
    },
    silent={
        Language.EN: (
            "We did not take your complaint seriously.",
            "We are not proud of what we wrote.",
            "I believe you.",
            "Take the number 3 bus.",
            "You trusted us, and we lost your parcel.",
        ),
        Language.ES: (
            "No nos tomamos en serio tu queja.",
            "No estamos orgullosos de lo que escribimos.",
            "Te creo.",
            "Toma el autobús 3.",
            "Confiabas en nosotros y perdimos tu paquete.",
        ),
    },
    family="answer",
    kinds=ANSWERS,
)
