"""A brand's colour stays visible on both papers, whatever was chosen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.desk import colours


@given(st.integers(0, 0xFFFFFF))
def test_every_colour_is_seen_on_both_papers(number: int) -> None:
    colour = f"#{number:06x}"
    assert colours.contrast(colours.on_light(colour), colours.LIGHT_PAPER) >= colours.ENOUGH
    assert colours.contrast(colours.on_dark(colour), colours.DARK_SHEET) >= colours.ENOUGH


@given(st.integers(0, 0xFFFFFF))
def test_the_initial_on_a_colour_is_legible(number: int) -> None:
    colour = colours.on_light(f"#{number:06x}")
    assert colours.contrast(colours.ink_on(colour), colour) >= 4.5


def test_a_colour_that_is_seen_already_stays_as_it_is() -> None:
    assert colours.on_light("#1f4f82") == "#1f4f82"


@pytest.mark.parametrize("text", ["", "red", "#12345", "#1234567", "#12345g", "url(x)", "#12;}*{"])
def test_only_colours_reach_the_stylesheet(text: str) -> None:
    assert not colours.is_colour(text)
    assert colours.on_light(text) == colours.on_light(colours.PLAIN)
