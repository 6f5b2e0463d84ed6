"""It seemed, it came across as.

What it notices: verbs that turn an act into an impression: "came across as", "seemed
    insensitive", "was perceived", "to the extent that"; "pudo parecer", "percibido".
Why it hurts: it says that the fault is in the eye of whoever looked.
Example: We know that our post came across as cold.
Instead: Our post was cold.
Source: W20. Lazare (2004), On Apology: the minimising acknowledgement. The words are ours.
"""

from amends.answer.wording import ANSWERS, Patterns, places
from amends.rulebook.rule import Advice, Rule, Spans
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft

_ILL = (
    r"(?!harmless|careful)(?:\w+(?:ive|ous|less|ful|ist|ting)|rude|cold|harsh|mean|unfair|wrong"
    r"|unkind|in (?:poor|bad) taste|inappropriate)\b"
)
_ILL_ES = (
    r"(?:ofensiv|insensible|inapropiad|inadecuad|desafortunad|frí|maleducad|poco|mal\b|grosér"
    r"|groser|machist|racist|de mal gusto)\w*"
)

PATTERNS: Patterns = {
    Language.EN: (
        rf"\b(?:seemed|appeared|seems|appears) (?:to be )?(?:\w+ly |a bit |a little "
        rf"|somewhat )?{_ILL}",
        r"\b(?:came|comes|coming|come) (?:across|off) (?:as|like|the wrong)\b",
        r"\b(?:was|were|been|be|being) (?:\w+ly )?(?:perceived|seen by some|construed)\b",
        r"\bto the extent (?:that)?\b|\b(?:may|might|could|can) (?:have |be )?(?:seemed?"
        r"|appear(?:ed)?|(?:been )?(?:seen|read|understood|taken|interpreted) as)\b",
    ),
    Language.ES: (
        r"\b(?:pud(?:o|iera|ieron|ieran|iese)|ha(?:ya)?n? podido|puede|podr[ií]a) "
        r"(?:haber )?(?:parec|result|interpret|entender|percib|son)\w+",
        r"\b(?:fue|fueron|ha sido|haya sido|fuera|era|siendo) percibid[oa]s?\b|\bse percibi[oó]\b"
        r"|\bpercibid[oa]s? como\b",
        rf"\bpareci(?:ó|era|eron) (?:\w+mente )?{_ILL_ES}",
        r"\ben la medida en que\b",
    ),
}


def spans(draft: Draft) -> Spans:
    """Yield each verb that turns the act into an impression."""
    yield from places(PATTERNS, draft)


rule = Rule(
    name=__name__.rpartition(".")[2],
    source="W20: Lazare (2004), On Apology",
    spans=spans,
    advice={
        Language.EN: Advice(
            why="This makes an impression of what was an act.",
            instead="Say what it was: “Our post was …”.",
        ),
        Language.ES: Advice(
            why="Esto convierte un acto en una impresión.",
            instead="Di qué fue: «Nuestro mensaje fue…».",
        ),
    },
    fires={
        Language.EN: (
            "We know that our post came across as cold.",
            "The joke seemed insensitive.",
            "It was perceived as an insult.",
            "We apologise to the extent that it hurt.",
            "That could be seen as rude.",
        ),
        Language.ES: (
            "Sabemos que pudo parecer una burla.",
            "El mensaje fue percibido como un insulto.",
            "Nuestra respuesta pareció ofensiva.",
            "Pedimos perdón en la medida en que molestó.",
            "Puede haber resultado frío.",
        ),
    },
    silent={
        Language.EN: (
            "Our post was cold.",
            "The joke seemed harmless to us. It was not.",
            "Your parcel appeared on Monday.",
            "We came across your letter today.",
            "It seems to be raining.",
        ),
        Language.ES: (
            "Nuestro mensaje fue frío.",
            "Nos pareció gracioso y no lo era.",
            "Tu paquete apareció el lunes.",
            "Puede recoger su paquete hoy.",
            "Parece que llueve.",
        ),
    },
    family="answer",
    kinds=ANSWERS,
)
