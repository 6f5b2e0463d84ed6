"""What every rule promises, whoever wrote it and whichever room it stands in."""

import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from re import _constants as kinds  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

import pytest

from amends.answer import credibility, owning, parts_en, parts_es, plain_speech, wording
from amends.prevent import rules as prevent
from amends.rulebook.page import HEADINGS, parts_of
from amends.rulebook.rule import Basis, Decision, Finding, Rule, apply, example_draft
from amends.rulebook.shelf import rules_in
from amends.vocabulary.language import Language

TESTS = Path(__file__).parents[1] / "unit"
TWINS = {credibility: TESTS / "answer" / "credibility", prevent: TESTS / "prevent" / "rules"}
FOUND = [(folder, rule) for folder in TWINS for rule in rules_in(folder)]
IDS = [rule.name for _, rule in FOUND]
EXAMPLES = [
    pytest.param(rule, language, id=f"{rule.name}-{language}")
    for _, rule in FOUND
    for language in Language
]
LEAST = {credibility: 3, prevent: 1}  # examples of each sort, in each language


def found_in(rule: Rule, text: str, language: Language) -> list[Finding]:
    return list(apply(rule, example_draft(rule, text, language)))


def file_of(folder: ModuleType, rule: Rule) -> ModuleType:
    return import_module(f"{folder.__name__}.{rule.name}")


def test_there_are_rules_in_both_rooms() -> None:
    assert {folder for folder, _ in FOUND} == set(TWINS)


@pytest.mark.parametrize(("rule", "language"), EXAMPLES)
def test_fires_as_promised(rule: Rule, language: Language) -> None:
    quiet = [text for text in rule.fires[language] if not found_in(rule, text, language)]
    assert quiet == []


@pytest.mark.parametrize(("rule", "language"), EXAMPLES)
def test_stays_silent_as_promised(rule: Rule, language: Language) -> None:
    loud = [text for text in rule.silent[language] if found_in(rule, text, language)]
    assert loud == []


@pytest.mark.parametrize(("rule", "language"), EXAMPLES)
def test_fires_with_curly_apostrophes_too(rule: Rule, language: Language) -> None:
    curly = [text.replace("'", "’") for text in rule.fires[language]]
    assert [text for text in curly if not found_in(rule, text, language)] == []


@pytest.mark.parametrize(("rule", "language"), EXAMPLES)
def test_places_lie_in_the_text(rule: Rule, language: Language) -> None:
    for text in rule.fires[language]:
        for one in found_in(rule, text, language):
            assert 0 <= one.start <= one.end <= len(text), text


@pytest.mark.parametrize(("rule", "language"), EXAMPLES)
def test_judgement_never_stops(rule: Rule, language: Language) -> None:
    stopped = [
        text
        for text in rule.fires[language]
        for one in found_in(rule, text, language)
        if one.decision is Decision.STOP
    ]
    assert stopped == [] or rule.basis is not Basis.JUDGEMENT


@pytest.mark.parametrize(("folder", "rule"), FOUND, ids=IDS)
def test_enough_examples_in_every_language(folder: ModuleType, rule: Rule) -> None:
    for promised in (rule.fires, rule.silent):
        assert all(len(promised[language]) >= LEAST[folder] for language in Language)


@pytest.mark.parametrize(("folder", "rule"), FOUND, ids=IDS)
def test_advice_in_every_language(folder: ModuleType, rule: Rule) -> None:
    said = [words for one in Language for words in (rule.advice[one].why, rule.advice[one].instead)]
    assert all(words.strip() and "!" not in words for words in said)


@pytest.mark.parametrize(("folder", "rule"), FOUND, ids=IDS)
def test_five_headings(folder: ModuleType, rule: Rule) -> None:
    parts = parts_of(file_of(folder, rule).__doc__ or "")
    assert [heading for heading in HEADINGS if not parts.get(heading)] == []


@pytest.mark.parametrize(("folder", "rule"), FOUND, ids=IDS)
def test_the_source_is_known(folder: ModuleType, rule: Rule) -> None:
    written = parts_of(file_of(folder, rule).__doc__ or "")["Source"]
    assert rule.source.strip()
    assert "???" not in rule.source + written


@pytest.mark.parametrize(("folder", "rule"), FOUND, ids=IDS)
def test_the_rule_is_called_as_its_file(folder: ModuleType, rule: Rule) -> None:
    assert file_of(folder, rule).rule is rule


@pytest.mark.parametrize(("folder", "rule"), FOUND, ids=IDS)
def test_the_rule_has_a_twin(folder: ModuleType, rule: Rule) -> None:
    assert (TWINS[folder] / f"test_{rule.name}.py").exists()


# Linear in the text: a gap that may grow without end, inside a search that starts at each word,
# is quadratic. So no repetition without an upper bound may cross words.
SHARED = (owning, parts_en, parts_es, plain_speech, wording)
LINEAR = [*SHARED, *(file_of(folder, rule) for folder, rule in FOUND if folder is credibility)]
REPEATS = (kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT)


def patterns_in(value: object) -> Iterator[str]:
    if isinstance(value, re.Pattern):
        yield value.pattern
    elif isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (one for inner in value.values() for one in patterns_in(inner))
    elif isinstance(value, tuple | list):
        yield from (one for inner in value for one in patterns_in(inner))


def named_patterns(module: ModuleType) -> Iterator[str]:
    for name, value in vars(module).items():
        if name.strip("_").isupper():
            yield from patterns_in(value)


def stays_in_a_word(body: Any) -> bool:
    """Tell whether what is repeated is one character of a word, or one kind of space."""
    if len(body) != 1:
        return False
    kind, members = body[0]
    if kind is kinds.LITERAL:
        return True
    if kind is not kinds.IN:
        return False
    wide = (kinds.CATEGORY_NOT_SPACE, kinds.CATEGORY_NOT_WORD, kinds.CATEGORY_NOT_DIGIT)
    return all(one[0] is not kinds.NEGATE and one[1] not in wide for one in members)


def endless(node: Any) -> Iterator[str]:
    """Yield each repetition without an upper bound that can leave its word."""
    if isinstance(node, parser.SubPattern | list | tuple):
        if len(node) == 2 and node[0] in REPEATS:
            least, most, body = node[1]
            if most is kinds.MAXREPEAT and not stays_in_a_word(body):
                yield f"{{{least},}} of {list(body)}"
        for inner in node:
            yield from endless(inner)


@pytest.mark.parametrize("module", LINEAR, ids=lambda module: module.__name__.rpartition(".")[2])
def test_no_gap_without_an_upper_bound(module: ModuleType) -> None:
    for pattern in named_patterns(module):
        assert list(endless(parser.parse(pattern))) == [], pattern


def capitals(node: Any) -> Iterator[str]:
    """Yield each capital that a pattern asks for; texts are lowered before they are read."""
    if isinstance(node, parser.SubPattern | list | tuple):
        if len(node) == 2 and node[0] is kinds.LITERAL and chr(node[1]).isupper():
            yield chr(node[1])
        for inner in node:
            yield from capitals(inner)


@pytest.mark.parametrize("module", LINEAR, ids=lambda module: module.__name__.rpartition(".")[2])
def test_patterns_are_in_lower_case(module: ModuleType) -> None:
    if module is plain_speech:  # a name is known by its capital
        return
    for pattern in named_patterns(module):
        assert list(capitals(parser.parse(pattern))) == [], pattern


@pytest.mark.parametrize(("rule", "language"), EXAMPLES)
def test_capitals_do_not_hide_it(rule: Rule, language: Language) -> None:
    if rule.family != "answer":
        return
    loud = [text.upper() for text in rule.fires[language]]
    assert [text for text in loud if not found_in(rule, text, language)] == []


@pytest.mark.parametrize("pattern", [r"sorry.*if", r"sorry[^.]+if", r"\bif\b\S*", r"(?:\w+ )*if"])
def test_the_check_sees_an_endless_gap(pattern: str) -> None:
    assert list(endless(parser.parse(pattern)))


@pytest.mark.parametrize("word", ["sorry ", "perdón ", "a" * 40, "sorry if ", "but. "])
def test_twenty_kilobytes_of_one_word_come_to_an_end(word: str) -> None:
    text = word * (20_000 // len(word))
    for rule in rules_in(credibility):
        for language in Language:
            found = found_in(rule, text, language)
            assert all(one.end <= len(text) for one in found)
