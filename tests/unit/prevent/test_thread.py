"""One text that is several posts: where it is parted, and where each stands in the whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.prevent.thread import joined, parts_of, without_breaks


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        ("", [""]),
        ("One.", ["One."]),
        ("  One.  ", ["  One.  "]),  # a text that stands alone is sent as it is
        ("One.\n---\nTwo.", ["One.", "Two."]),
        ("One.\r\n---\r\nTwo.", ["One.", "Two."]),
        ("One.\n\n  ---  \n\nTwo.\n", ["One.", "Two."]),
        ("One.\n----------\nTwo.", ["One.", "Two."]),
        ("One.\n—-\nTwo.", ["One.", "Two."]),  # as a phone writes three hyphens
        ("One.\n---\n---\nTwo.", ["One.", "", "Two."]),
        ("---\nTwo.", ["", "Two."]),
        ("One.\n---", ["One.", ""]),
        ("One --- two.", ["One --- two."]),
        ("One.\n--\nTwo.", ["One.\n--\nTwo."]),
        ("One.\n—\nTwo.", ["One.\n—\nTwo."]),
        ("One.\n--- your bakers", ["One.\n--- your bakers"]),
    ],
)
def test_where_a_text_is_parted(text: str, posts: list[str]) -> None:
    assert [one.text for one in parts_of(text)] == posts


SIGNS = st.text(alphabet="ab -—\n\r\té👩", max_size=60)


@given(SIGNS)
def test_each_post_is_what_stands_at_its_place(text: str) -> None:
    for one in parts_of(text):
        assert text[one.start : one.end] == one.text


@given(SIGNS)
def test_blanked_breaks_move_nothing_and_part_nothing(text: str) -> None:
    blank = without_breaks(text)
    assert len(blank) == len(text)
    assert len(parts_of(blank)) == 1
    for one in parts_of(text):
        assert blank[one.start : one.end] == one.text


@given(st.lists(st.text(alphabet="abc .", min_size=1).filter(str.strip), min_size=2, max_size=5))
def test_joined_and_parted_again_they_are_the_same(texts: list[str]) -> None:
    assert [one.text for one in parts_of(joined(tuple(texts)))] == [one.strip() for one in texts]
