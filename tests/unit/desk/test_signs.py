"""Which signs in foreign text are shown as signs, and which are left alone."""

import pytest

from amends.desk.signs import pieces_of

SHOWN = [
    ("pay\u202eno", "pay⟦RLO⟧no"),
    ("@cand\u200bil.test", "@cand⟦ZWSP⟧il.test"),
    ("\ufeffhello", "⟦BOM⟧hello"),
    ("a\u2066b\u2069c", "a⟦LRI⟧b⟦PDI⟧c"),
    ("a\u200db", "a⟦ZWJ⟧b"),
    ("x\U000e0041\U000e0042", "x⟦2 TAGS⟧"),
    ("z" + "\u0301" * 20, "z" + "\u0301" * 8 + "⟦+12⟧"),
    ("bell\x07", "bell⟦07⟧"),
]
ALONE = [
    "We are sorry.\nSecond line\tand a tab",
    "Familia 👨‍👩‍👧 y corazón ❤️",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",  # the flag of England
    "می‌خواهم",  # Persian needs its joiner
    "niña, e\u0301l, שלום",
    "",
]


@pytest.mark.parametrize(("text", "shown"), SHOWN)
def test_hidden_signs_are_shown(text: str, shown: str) -> None:
    assert "".join(piece for piece, _ in pieces_of(text)) == shown
    assert any(name for _, name in pieces_of(text))


@pytest.mark.parametrize("text", ALONE)
def test_what_people_write_is_left_alone(text: str) -> None:
    assert "".join(piece for piece, _ in pieces_of(text)) == text
    assert not any(name for _, name in pieces_of(text))
