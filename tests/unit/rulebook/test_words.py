"""Words: folded, cut to a stem that their forms share, without the common ones."""

import pytest

from amends.rulebook.words import COMMON, folded, is_common, language_of, stem, stems_of, words_of
from amends.vocabulary.language import Language

EN, ES = Language.EN, Language.ES


def test_accents_fold_and_the_letter_enye_stays() -> None:
    assert folded("ÁRBOL, NIÑO, über, l’eau") == "arbol, niño, uber, l'eau"


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        (EN, ("layer", "layers", "layered", "layering")),
        (EN, ("excuse", "excuses", "excused", "excusing")),
        (EN, ("landlord", "landlords", "landlord's")),
        (EN, ("pastry", "pastries")),
        (ES, ("panadero", "panadera", "panaderos", "panaderas")),
        (ES, ("hipoteca", "hipotecas", "hipotecado", "hipotecar")),
    ],
)
def test_the_forms_of_a_word_share_their_stem(language: Language, forms: tuple[str, ...]) -> None:
    assert len({stem(form, language) for form in forms}) == 1


def test_a_stem_is_the_beginning_of_its_word_and_never_tiny() -> None:
    for word in ("rent", "uses", "red", "oven", "bed", "casa", "pan", "iris"):
        for language in Language:
            assert word.startswith(stem(word, language))
            assert len(stem(word, language)) >= min(4, len(word))


def test_the_language_is_guessed_by_its_small_words() -> None:
    assert language_of("The oven is on and the bread is in it") is EN
    assert language_of("El horno está encendido y el pan ya está dentro") is ES
    assert language_of("croissant") is EN


def test_only_words_that_say_something_are_left() -> None:
    assert stems_of("We are out of the ovens with you, and that is it.") == ("oven",)
    assert words_of("¡Qué niño! 27 años…") == ("que", "niño", "años")
    assert is_common("años")
    assert is_common("ok")


def test_the_common_words_are_written_as_they_are_looked_up() -> None:
    for words in COMMON.values():
        assert {folded(word) for word in words} == words
