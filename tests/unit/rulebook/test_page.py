"""A rule's page says what its file says."""

from amends.rulebook.page import index_of, page_of, parts_of
from amends.rulebook.rule import Advice, Rule
from amends.vocabulary.language import Language

DOCSTRING = """Shouting at the reader.

What it notices: words in capitals,
    <name> included.
Why it hurts: it sounds angry.
Example: COME IN.
Instead: Come in.
Source: house judgement.
"""
RULE = Rule(
    name="shouting",
    source="house judgement",
    spans=lambda _draft: iter(()),
    advice={Language.EN: Advice("This shouts.", "Use small letters.")},
    fires={Language.EN: ("COME\nIN", "\u200b")},
    silent={Language.EN: ("Come `in`", "")},
    family="craft",
)


def test_headings_are_read_over_several_lines() -> None:
    parts = parts_of(DOCSTRING)
    assert parts[""] == "Shouting at the reader"
    assert parts["What it notices"] == "words in capitals, <name> included."
    assert parts["Source"] == "house judgement."


def test_the_page_shows_advice_and_examples_on_one_line_each() -> None:
    lines = page_of(RULE, DOCSTRING).splitlines()
    assert lines[0] == "# shouting: Shouting at the reader"
    assert "**What it notices.** Words in capitals, &lt;name> included." in lines
    assert "> This shouts. Use small letters." in lines
    assert {"- `COME\\nIN`", "- `\\u200b`", "- `Come 'in'`", "- `(nothing)`"} <= set(lines)


def test_the_index_links_each_page() -> None:
    assert "| [shouting](shouting.md) | craft | Shouting at the reader |" in index_of(
        [(RULE, DOCSTRING)]
    )
