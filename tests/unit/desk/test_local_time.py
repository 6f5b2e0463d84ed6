"""A time typed in a brand's zone, also on the two odd nights of the year."""

from datetime import UTC, datetime

import pytest

from amends.desk.prevent.forms import local_time
from amends.vocabulary.errors import BadInput


def test_a_time_is_read_in_the_brands_zone() -> None:
    found = local_time("2026-07-01T09:30", "Europe/Madrid")
    assert found.astimezone(UTC) == datetime(2026, 7, 1, 7, 30, tzinfo=UTC)


def test_an_hour_that_comes_twice_is_the_first() -> None:
    found = local_time("2026-10-25T02:30", "Europe/Madrid")
    assert found.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_an_hour_that_is_skipped_is_refused_by_name() -> None:
    with pytest.raises(BadInput, match="does not exist on that day in Europe/Madrid"):
        local_time("2026-03-29T02:30", "Europe/Madrid")


@pytest.mark.parametrize("text", ["", "  ", "tomorrow", "2026-13-40T09:00", "9:30"])
def test_what_is_no_time_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(BadInput):
        local_time(text, "UTC")
