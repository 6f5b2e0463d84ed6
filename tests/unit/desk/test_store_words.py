"""A store that cannot be used is said in one sentence with what to do."""

import pytest

from amends.desk.frame import store_words


@pytest.mark.parametrize(
    ("cause", "told"),
    [
        ("database or disk is full", "The disk is full. Free some space, then try again."),
        ("attempt to write a readonly database", "The data folder cannot be written."),
        ("cannot execute INSERT in a read-only transaction", "The data folder cannot be written."),
        ("unable to open database file", "The data folder cannot be opened."),
        ("database is locked", "The store is busy."),
        ("connection refused", "The database does not answer."),
    ],
)
def test_each_cause_has_its_cure(cause: str, told: str) -> None:
    words = store_words(cause)
    assert words.startswith(told)
    assert words.endswith("Nothing was sent, and what was kept before is safe.")
