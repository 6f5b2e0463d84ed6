"""Sorry for their feelings instead of for the act.

What it notices: sorry "that you feel", "that people were upset", "for any offence".
Why it hurts: it makes the reaction the problem and leaves the act out.
Example: We're sorry you feel that way.
Instead: We are sorry that we mocked your town.
Source: B3. Lazare (2004), On Apology: empathy without responsibility. The words are ours.
"""

from amends.answer.wording import ANSWERS, SORRY_EN, SORRY_ES, Patterns, places, stops_statements
from amends.rulebook.rule import Advice, Basis, Rule, Spans
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft

PATTERNS: Patterns = {
    Language.EN: (
        r"\bsorry (?:that )?(?:you|they|people|some(?: people| of you)?)\b[^.!?\n]{0,20}\b(?:feel"
        r"|felt"
        r"|(?:are|were|got|is|was) (?:so )?(?:upset|offended|unhappy|hurt|bothered|disappointed)"
        r"|think|thought|took|misunderst\w+)\b",
        rf"\b{SORRY_EN}\b[^.!?\n]{{0,20}}\b(?:for|about) (?:any|perceived|possible|potential)\b"
        r"[^.!?\n]{0,25}\b(?:offen[cs]e|upset|confusion|misunderstandings?|hurt|insensitivity"
        r"|distress|harm)\b",
    ),
    Language.ES: (
        r"\b(?:siento|sentimos|lament\w+) (?:mucho )?que (?:te|le|les|os|se|alguien|algun[oa]s)\b"
        r"[^.!?\n]{0,30}\b(?:sient\w+|sinti\w+|sentid\w+|ofend\w+|molest\w+|enfad\w+|parec\w+)\b",
        rf"\b{SORRY_ES}\b[^.!?\n]{{0,25}}\bcualquier (?:ofensa|da[ñn]o)\b",
    ),
}


def spans(draft: Draft) -> Spans:
    """Yield the place of each apology for what others felt."""
    yield from places(PATTERNS, draft)


rule = Rule(
    name=__name__.rpartition(".")[2],
    source="B3: Lazare (2004), On Apology",
    spans=spans,
    advice={
        Language.EN: Advice(
            why="This is sorry for how people feel, not for what was done.",
            instead="Name the act: “We are sorry that we …”.",
        ),
        Language.ES: Advice(
            why="Esto lamenta lo que otros sienten, no lo que se hizo.",
            instead="Nombra el acto: «Sentimos haber…».",
        ),
    },
    fires={
        Language.EN: (
            "We're sorry you feel that way.",
            "Sorry that some people were upset.",
            "We apologize for any offence.",
            "We sincerely apologize for any perceived insensitivity.",
        ),
        Language.ES: (
            "Sentimos que te sientas así.",
            "Lamentamos que algunos se hayan ofendido.",
            "Lo siento por cualquier ofensa.",
        ),
    },
    silent={
        Language.EN: (
            "We are sorry we offended you.",
            "Sorry that you waited three hours on the phone.",
            "We apologize for the insensitivity of our tweet.",
            "I feel ashamed, and I am sorry for what I wrote.",
        ),
        Language.ES: (
            "Sentimos haberte ofendido.",
            "Siento que esperaras tres horas al teléfono.",
            "Pedimos perdón por nuestro chiste sobre las víctimas.",
            "Me siento avergonzada y pido perdón por lo que escribí.",
        ),
    },
    family="answer",
    basis=Basis.FACT,
    kinds=ANSWERS,
    decides=stops_statements,
)
