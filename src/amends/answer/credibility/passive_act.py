"""An act that nobody did.

What it notices: the act told without whoever did it: "mistakes were made", "a tweet was posted".
    Left alone when the same text names the act and its doer in the first person.
Why it hurts: an acknowledgement in the passive hides who answers for it, and readers notice.
Example: An offensive tweet was posted on our page yesterday.
Instead: Yesterday we posted an offensive tweet.
Source: B2. Lazare (2004), On Apology: the passive acknowledgement. The words are ours.
"""

from amends.answer.owning import owns_act
from amends.answer.wording import ANSWERS, Patterns, places, stops_statements
from amends.rulebook.rule import Advice, Basis, Rule, Spans
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft

_THING = (
    r"(?:tweet|post|message|image|picture|photo|video|comment|story|e-?mail|content|reply|ad"
    r"|campaign)s?"
)
_DONE = r"(?:posted|published|sent|tweeted|shared|uploaded|scheduled|included|released)"
_OURS = r"(?! (?:\w+ ){0,4}by (?:us|me|our|my|one of (?:us|our)|a member of (?:our|my))\b)"
_OURS_ES = r"(?! por (?:nosotr[oa]s|m[ií]|nuestr[oa]|una persona de nuestro|alguien de nuestro))"
_NOTE_ES = r"(?! (?:la|una|esta) (?:correcci[oó]n|rectificaci[oó]n|disculpa|nota))"

PATTERNS: Patterns = {
    Language.EN: (
        rf"\b(?:mistake|error)s? (?:was|were|has been|have been) made\b{_OURS}",
        rf"(?<!your )(?<!their )\b{_THING}\b[^.!?\n]{{0,40}}\b(?:was|were|has been|have been|got) "
        rf"(?:\w+ly )?{_DONE}\b{_OURS}",
    ),
    Language.ES: (
        r"\bse (?:ha[n]? )?(?:cometi(?:ó|eron|do)|produ(?:jo|jeron|cido)|public(?:ó|aron|ado)"
        r"|envi(?:ó|aron|ado)|difundi(?:ó|eron|do)|comparti(?:ó|eron|do))\b" + _NOTE_ES,
        r"\b(?:ha[n]? sido|fue|fueron) (?:publicad|enviad|difundid|emitid|compartid|programad)"
        rf"[oa]s?\b{_OURS_ES}",
    ),
}


def spans(draft: Draft) -> Spans:
    """Yield the place of each act without a doer, unless the text names the doer as us."""
    if not owns_act(draft):
        yield from places(PATTERNS, draft)


rule = Rule(
    name=__name__.rpartition(".")[2],
    source="B2: Lazare (2004), On Apology",
    spans=spans,
    advice={
        Language.EN: Advice(
            why="Nobody does anything in this sentence.",
            instead="Name who did it, in the first person: “We posted …”.",
        ),
        Language.ES: Advice(
            why="En esta frase nadie hace nada.",
            instead="Di quién lo hizo, en primera persona: «Publicamos…».",
        ),
    },
    fires={
        Language.EN: (
            "Mistakes were made.",
            "An error has been made in our channel.",
            "An offensive tweet was posted on our page yesterday.",
            "The image was inadvertently included in a reply.",
            "That tweet was scheduled before the news.",
        ),
        Language.ES: (
            "Se cometieron errores.",
            "Se ha publicado un mensaje ofensivo.",
            "El tuit fue publicado ayer por la tarde.",
            "El mensaje ha sido difundido en nuestra cuenta.",
            "Se produjo un error en la cuenta.",
        ),
    },
    silent={
        Language.EN: (
            "We made a mistake.",
            "The tweet was sent by one of our editors, and we own it.",
            "I posted the photo. It was published at 16:42.",
            "Your message was sent to the repair team.",
            "The refund was sent this morning.",
        ),
        Language.ES: (
            "Cometimos un error.",
            "El tuit fue publicado por nosotros y fue un error nuestro.",
            "Publiqué la foto a las 16:42. Se envió sin revisar.",
            "Se publicó la corrección a las 18:00.",
            "El lunes se publicarán los nombres de las tiendas.",
        ),
    },
    family="answer",
    basis=Basis.FACT,
    kinds=ANSWERS,
    decides=stops_statements,
)
