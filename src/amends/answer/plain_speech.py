"""How plainly a text speaks: as to a friend, in the first person, concrete, short, everyday.

The counterpart of the rules: it says what is good. It is shown beside the text and decides
nothing.
"""

import re
from dataclasses import dataclass

from amends.answer.wording import compiled, lowered, sentences, straight
from amends.vocabulary.language import Language

_WORD = re.compile(r"[a-zà-ÿ]+(?:'[a-z]+)?")
_LONGEST_SENTENCE = 20  # words; house judgement, near the usual advice of plain-language guides
_LONGEST_WORD = 12  # letters

_FIRST_PERSON = {
    Language.EN: r"\b(?:i|we|my|our|me|us|i'm|we're|i've|we've|i'll|we'll)\b",
    Language.ES: (
        r"\b(?:yo|nosotr[oa]s|mis?|nuestr[oa]s?|me|nos|he|hemos|siento|\w{2,20}[aei]mos)\b"
    ),
}
_CONCRETE = r"\d|(?<!\w)[@#]\w|(?<=[a-záéíóúñ,] )[A-ZÁÉÍÓÚÑ][a-záéíóúñ]{2}"
_DAYS = {
    Language.EN: (
        r"\b(?:to(?:day|morrow|night)|yesterday|this (?:morning|week)"
        r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
    ),
    Language.ES: (
        r"\b(?:hoy|mañana|ayer|anoche|esta (?:mañana|semana|tarde)|lunes|martes|mi[eé]rcoles"
        r"|jueves|viernes|s[aá]bado|domingo)\b"
    ),
}
_OFFICE = {
    Language.EN: (
        r"\b(?:stakeholders?|leverag\w+|going forward|endeavou?r\w*|utili[sz]\w+|regarding"
        r"|pertaining|in order to|facilitat\w+|valued (?:customers?|guests?)|utmost|commence\w*"
        r"|prior to|subsequent\w*|hereby|rest assured|reach out)\b"
    ),
    Language.ES: (
        r"\b(?:proceder\w*|procedemos|mediante|con el fin de|a la mayor brevedad|rogamos"
        r"|estimad[oa]s?|implementar\w*|gestionar\w*|incidencias?|en aras de|a tal efecto|asimismo"
        r"|no obstante|trasladar\w*|en relaci[oó]n con|poner en valor)\b"
    ),
}


@dataclass(frozen=True, slots=True)
class PlainSpeech:
    """Four shares in [0, 1], higher is plainer; all 0 for a text without words."""

    first_person: float  # of the sentences, those that say I or we
    concrete: float  # 1 with a time, number, name or handle, else 0
    short: float  # of the sentences, those of at most twenty words
    everyday: float  # of the words, those that are neither very long nor office words

    @property
    def share(self) -> float:
        """The mean of the four, in [0, 1]."""
        return round((self.first_person + self.concrete + self.short + self.everyday) / 4, 2)


def plain_speech(text: str, language: Language) -> PlainSpeech:
    """Return how plainly the text speaks.

    >>> plain_speech("It is true, I was wrong on Monday.", Language.EN).share
    1.0

    Source: Park & Cameron (2014) and Packard & Berger (2020) for first person and concreteness;
        the limits of length are house judgement.
    """
    level = lowered(text)
    spoken = [level[start:end] for start, end in sentences(text)]
    words = _WORD.findall(level)
    if not words:
        return PlainSpeech(0.0, 0.0, 0.0, 0.0)
    first = compiled(_FIRST_PERSON[language])
    stiff = len(compiled(_OFFICE[language]).findall(level))
    stiff += sum(len(word) > _LONGEST_WORD for word in words)
    return PlainSpeech(
        first_person=sum(bool(first.search(one)) for one in spoken) / len(spoken),
        concrete=float(_is_concrete(text, language)),
        short=sum(len(one.split()) <= _LONGEST_SENTENCE for one in spoken) / len(spoken),
        everyday=max(0.0, 1 - stiff / len(words)),
    )


def _is_concrete(text: str, language: Language) -> bool:
    # Capitals matter here: a name inside a sentence is concrete.
    return bool(
        re.search(_CONCRETE, straight(text)) or compiled(_DAYS[language]).search(lowered(text))
    )
