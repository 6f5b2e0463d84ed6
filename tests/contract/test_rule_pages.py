"""The rules' pages in the docs say what the rule files say."""

from importlib import import_module
from pathlib import Path

import pytest

from amends.answer import credibility
from amends.prevent import rules
from amends.rulebook.page import HEADINGS, index_of, page_of, parts_of
from amends.rulebook.rule import Rule
from amends.rulebook.shelf import rules_in

PAGES = Path(__file__).parents[2] / "docs" / "rules"
CURE = "The page is out of date. Run: make docs"
DOCUMENTED = [
    (rule, import_module(f"{folder.__name__}.{rule.name}").__doc__ or "")
    for folder in (rules, credibility)
    for rule in rules_in(folder)
]
NAMES = [rule.name for rule, _ in DOCUMENTED]


def on_disk(name: str) -> str:
    page = PAGES / name
    return page.read_text(encoding="utf-8") if page.exists() else ""


@pytest.mark.parametrize(("rule", "docstring"), DOCUMENTED, ids=NAMES)
def test_page_equals_file(rule: Rule, docstring: str) -> None:
    assert on_disk(f"{rule.name}.md") == page_of(rule, docstring), CURE


@pytest.mark.parametrize(("rule", "docstring"), DOCUMENTED, ids=NAMES)
def test_five_headings(rule: Rule, docstring: str) -> None:
    parts = parts_of(docstring)
    assert [heading for heading in HEADINGS if not parts.get(heading)] == []
    assert parts[""]


def test_index_names_every_rule_and_no_page_is_left_over() -> None:
    assert on_disk("README.md") == index_of(DOCUMENTED), CURE
    assert {page.name for page in PAGES.glob("*.md")} == {
        "README.md",
        *(f"{n}.md" for n in NAMES),
    }, CURE


def test_no_two_rules_share_a_name() -> None:
    assert len(NAMES) == len(set(NAMES))
