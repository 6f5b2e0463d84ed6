"""Words of a text as rules see them: folded, without the common ones, cut to their stem.

Light on purpose: a stem is the beginning of a word that its other forms share, so that
`stem` and any letters after it find them all. House judgement; no dictionary.
"""

import re
from functools import lru_cache

from amends.vocabulary.language import Language

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_FOLD = str.maketrans("áàâäãéèêëíìîïóòôöõúùûüç’", "aaaaaeeeeiiiiooooouuuuc'")

_COMMON = {
    Language.EN: """
a about above after again against ago all almost along already also although always am among an
and another any anybody anyone anything are around as ask asked at away back be because been
before began begin being below best better between big both bring but by call called came can
can't cannot come comes coming could couldn't day days did didn't different do does doesn't doing
don't done down during each early either else end enough even ever every everybody everyone
everything far few find first for found from full gave get gets getting give given go goes going
gone good got great had half has have haven't having he her here hers him his how i i'd i'll i'm
i've if in instead into is isn't it it's its itself just keep kept kind knew know known last late
later least leave left less let let's like little long look looks lot made make makes making many
may maybe me mean might mine more most much must my myself near need needs never new next nice no
nobody none nor not nothing now of off often old on once one only onto open or other others our
ours ourselves out over own part people perhaps place please put quite rather read ready really
right said same saw say says see seem seen she should show since so some somebody someone something
soon still stop such sure take takes taking tell than that that's the their them themselves then
there these they thing things think this those though thought three through time times to today
together told tomorrow too took toward try turn two under until up upon us use used very want
wants was way we we'll we're we've week well went were what when where whether which while who
whom whose why will with within without won't word words work world would year years yes yesterday
yet you you'll you're you've your yours yourself
""",
    Language.ES: """
a ademas ahi ahora al algo alguien algun alguna algunas alguno algunos alli año años antes aqui
aquel aquella aquello asi aun aunque bajo bien buen buena bueno cada casi como con contra cosa
cosas cual cuales cualquier cuando cuanto de deja del desde despues dia dias dice dijo donde dos
durante e el ella ellas ello ellos en entonces entre era eran eres es esa esas ese eso esos esta
estaba estais estamos estan estar estas este esto estos estoy fin fue fueron gran grande ha habia
hace hacen hacer hacia hago han hasta hay haya he hecho hemos hoy la las le les lo los luego mañana
mas me mejor menos mi mia mientras mio mis misma mismo mucha muchas mucho muchos muy nada nadie ni
ningun ninguna ninguno no nos nosotros nuestra nuestras nuestro nuestros nueva nuevo nunca o os otra
otras otro otros para parece parte pero poco pocos poder podemos por porque primera primero pude
puede pueden puedo pues que quien quienes quiere quiero sabe saber se sea segun seis ser si sido
siempre sin sino so sobre solo somos son soy su sus suya suyo tal tambien tan tanta tanto te tenemos
tener tengo ti tiempo tiene tienen toda todas todavia todo todos tras tres tu tus tuya tuyo un una
unas uno unos va vamos van ver vez veces vosotros voy y ya yo
""",
}
COMMON = {language: frozenset(words.split()) for language, words in _COMMON.items()}
_ALL_COMMON = frozenset().union(*COMMON.values())

_ENDINGS = {
    Language.EN: (
        "iness",
        "ness",
        "ings",
        "ing",
        "ies",
        "ied",
        "ily",
        "ed",
        "es",
        "ly",
        "s",
        "y",
        "e",
    ),
    Language.ES: (
        *("amientos", "amiento", "imientos", "imiento", "aciones", "acion", "amente", "mente"),
        *("iendo", "ando", "ados", "adas", "idos", "idas", "ado", "ada", "ido", "ida"),
        *("itos", "itas", "ito", "ita", "ones", "ar", "er", "ir", "os", "as", "es"),
        *("o", "a", "e", "s"),
    ),
}
SHORTEST_STEM = 4  # a shorter beginning finds too many other words


def folded(text: str) -> str:
    """Return the text in lower case, without accents; ñ is a letter of its own and stays.

    >>> folded("¡Qué Niño!")
    '¡que niño!'
    """
    return text.lower().translate(_FOLD)


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of the text, folded, in their order."""
    return tuple(_WORD.findall(folded(text)))


def language_of(text: str) -> Language:
    """Return the language whose common words are more frequent; English when there are none."""
    words = words_of(text)
    spanish = sum(word in COMMON[Language.ES] for word in words)
    english = sum(word in COMMON[Language.EN] for word in words)
    return Language.ES if spanish > english else Language.EN


def is_common(word: str) -> bool:
    """Tell whether a folded word says nothing by itself, in either language."""
    return len(word) < 3 or word in _ALL_COMMON


@lru_cache(maxsize=65_536)
def stem(word: str, language: Language) -> str:
    """Return the beginning that a folded word's forms share, at least four letters long.

    >>> stem("excuses", Language.EN), stem("panaderas", Language.ES)
    ('excus', 'panader')
    """
    bare = word.removesuffix("'s").replace("'", "")
    for ending in _ENDINGS[language]:
        if bare.endswith(ending) and len(bare) - len(ending) >= SHORTEST_STEM:
            return bare.removesuffix(ending)
    return bare


def stems_of(text: str, language: Language | None = None) -> tuple[str, ...]:
    """Return the stems of the text's content words in their order, repeats included."""
    known = language or language_of(text)
    return tuple(stem(word, known) for word in words_of(text) if not is_common(word))
