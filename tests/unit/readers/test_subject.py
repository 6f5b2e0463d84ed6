"""The words that say what a text is about."""

import pytest

from amends.readers.subject import subject_of


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Why did you joke about overdrafts today, @candil?", "joke overdrafts"),
        ("¿Por qué os reís de los desahucios?", "reís desahucios"),
        ("the the the you", ""),
        ("Refund! refund, REFUND", "Refund"),
        ("#crumbclub https://candil.example/overdraft", ""),
        ("mail me at ana.perez@candil.example", "mail"),
        ("butter flour sugar raisins almonds", "butter flour sugar raisins"),
    ],
)
def test_keeps_the_writers_own_content_words(text: str, subject: str) -> None:
    assert subject_of(text) == subject
