"""We did not mean to.

What it notices: the good intention as a defence: "it was never our intention", "we did not mean
    to", "unintentional".
Why it hurts: intent is about us; it asks the people hurt to feel for whoever hurt them.
Example: It was never our intention to offend.
Instead: We did not think about you when we wrote it. We should have.
Source: W02. Ingall & McCarthy (2023), Sorry, Sorry, Sorry: "didn't mean to" is on their list of
    words to avoid. The words are ours.
"""

from amends.answer.wording import ANSWERS, Patterns, places
from amends.rulebook.rule import Advice, Rule, Spans
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft

PATTERNS: Patterns = {
    Language.EN: (
        r"(?:\b(?:never|not)|n't) (?:ever )?(?:our|my|the|his|her|their|anyone's) (?:\w+ )?"
        r"(?:intent(?:ion)?s?|aim|goal)\b",
        r"\b(?:did not|didn't|never|do not|don't|had no|without|no) (?:\w+ )?"
        r"(?:mean to|meant to|intend(?:ed)?(?: to)?|intention|intent|malice)\b",
        r"(?:\b(?:not|never)|n't) (?:\w+ )?(?:try(?:ing)? to|intend(?:ing)? to|aiming to) "
        r"(?!excuse|justify|hide|avoid|explain|minimi[sz]e|defend)",
        r"\b(?:unintentional(?:ly)?|inadvertent(?:ly)?|unintended|good intentions|meant well)\b",
        r"\b(?:i|we|it|this|that|which|post|tweet|message|joke|image|ad|campaign|video|reply) "
        r"(?:was |were |is |are |had )?(?:only |solely |simply |just |merely |never |really )?"
        r"(?:meant|intended) (?:to|as|for)\b",
        r"\b(?:our|my) (?:only |sole |true )?(?:intent(?:ion)?s?|aim|goal) (?:was|is|were"
        r"|has been)\b",
    ),
    Language.ES: (
        r"\b(?:no|nunca|jam[aá]s) (?:era|fue|es|ha sido|estaba en|estuvo en) "
        r"(?:nuestr[oa]s?|mis?|la|el|su) (?:\w+ )?(?:intenci[oó]n|intenciones|[aá]nimo"
        r"|prop[oó]sito)",
        r"\ben ning[uú]n momento\b",
        r"\b(?:sin|no hubo|no hab[ií]a|no ten[ií]a(?:mos)?) (?:ninguna |la )?(?:mala )?"
        r"(?:intenci[oó]n|[aá]nimo de|mala fe|querer)\b",
        r"\b(?:no|nunca) (?:quer[ií]a(?:mos)?|quise|quisimos|pretend[ií]a(?:mos)?|pretendimos"
        r"|pretend[ií]|pretende(?:mos)?|se pretend[ií]a|busc[aá]bamos)\b",
        r"\b(?:nuestra|mi|la) (?:\w+ )?intenci[oó]n (?:era|fue|es|ha sido)\b",
        r"\binvoluntari(?:o|a|amente)\b",
    ),
}


def spans(draft: Draft) -> Spans:
    """Yield each place where the intention stands as a defence."""
    yield from places(PATTERNS, draft)


rule = Rule(
    name=__name__.rpartition(".")[2],
    source="W02: Ingall & McCarthy (2023), Sorry, Sorry, Sorry",
    spans=spans,
    advice={
        Language.EN: Advice(
            why="What you meant is about you, not about the people hurt.",
            instead="Say what it did to them, and leave the intention out.",
        ),
        Language.ES: Advice(
            why="Lo que pretendías habla de ti, no de quienes salieron heridos.",
            instead="Di qué les hizo y deja fuera la intención.",
        ),
    },
    fires={
        Language.EN: (
            "It was never our intention to offend.",
            "We did not mean to hurt anyone.",
            "The joke was only meant to make you smile.",
            "We unintentionally shared her address.",
            "Our intention was to honour them.",
            "We weren't trying to mock your town.",
        ),
        Language.ES: (
            "No era nuestra intención ofender a nadie.",
            "En ningún momento quisimos hacer daño.",
            "Fue un error sin mala intención.",
            "No pretendíamos molestar.",
            "Nuestra intención era rendir homenaje.",
        ),
    },
    silent={
        Language.EN: (
            "We hurt you, and we are sorry.",
            "That means a refund today for each of you.",
            "We intend to pay everybody back by Friday.",
            "You were right to be angry.",
            "We are not trying to excuse it.",
            "The new label is easier to read.",
        ),
        Language.ES: (
            "Te hicimos daño y lo sentimos.",
            "Queremos devolverte el dinero hoy.",
            "Tenemos la intención de pagar a todos el viernes.",
            "Tienes razón.",
            "La nueva etiqueta se lee mejor.",
        ),
    },
    family="answer",
    kinds=ANSWERS,
)
