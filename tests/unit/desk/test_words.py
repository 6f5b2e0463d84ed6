"""The markup that words make: foreign text stays text, and a shape never stands alone."""

from hypothesis import given
from hypothesis import strategies as st

from amends.desk.templatetags import words

HOSTILE = '<img src=x onerror="alert(1)">\u202e&"\'</bdi><script>'


def test_foreign_text_is_escaped_and_isolated() -> None:
    shown = words.foreign(HOSTILE)
    assert shown.startswith('<bdi dir="auto">')
    assert "<img" not in shown
    assert "<script" not in shown
    assert shown.count("</bdi>") == 1
    assert "⟦RLO⟧" in shown


@given(st.text())
def test_no_text_opens_a_tag_of_its_own(text: str) -> None:
    inner = words.foreign(text).removeprefix('<bdi dir="auto">').removesuffix("</bdi>")
    bare = inner.replace('<span class="hidden-sign" title="', "").replace("</span>", "")
    assert "<" not in bare


def test_marked_words_are_escaped_too() -> None:
    shown = words.marked((("a <b>", False), ("<i>c", True), ("\u200bd", True)))
    assert "<b>" not in shown
    assert "<mark>&lt;i&gt;c</mark>" in shown
    assert "⟦ZWSP⟧" in shown


def test_a_state_is_a_shape_and_a_word() -> None:
    shown = words.state("grave", "Incident <1>")
    assert "marks.svg#grave" in shown
    assert "Incident &lt;1&gt;" in shown


def test_only_https_becomes_a_link() -> None:
    assert words.is_https("https://example.org/post")
    assert not words.is_https("javascript:alert(1)")
    assert not words.is_https("http://example.org")
    assert not words.is_https("")
