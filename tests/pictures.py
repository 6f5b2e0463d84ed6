"""Tests as pictures: brackets mark the words that a rule must underline."""

from collections.abc import Iterator

from amends.rulebook.rule import Rule, example_draft
from amends.vocabulary.language import Language


def _pieces(text: str, places: list[tuple[int, int]]) -> Iterator[str]:
    last = 0
    for start, end in places:
        yield f"{text[last:start]}[{text[start:end]}]"
        last = end
    yield text[last:]


def seen_by(rule: Rule, picture: str, language: Language) -> str:
    """Return the picture's text with brackets where the rule fires."""
    text = picture.replace("[", "").replace("]", "")
    places = sorted(set(rule.spans(example_draft(rule, text, language))))
    return "".join(_pieces(text, places))
