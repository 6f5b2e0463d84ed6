"""A hold that is released restores the schedule, except for what is past due."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from amends.answer.holds import LATENESS, after_release
from tests.cast import NOON

minutes = st.integers(-600, 600).map(lambda number: timedelta(minutes=number))
schedules = st.lists(minutes.map(lambda later: NOON + later)).map(
    lambda times: [(f"post-{number}", at) for number, at in enumerate(times)]
)


@given(schedule=schedules, held_for=minutes.map(abs))
def test_hold_then_release_restores_the_schedule_but_for_what_is_missed(
    schedule: list[tuple[str, datetime]], held_for: timedelta
) -> None:
    released_at = NOON + held_for
    goes_on, gone = after_release(schedule, released_at)
    assert sorted([post for post, _ in goes_on] + list(gone)) == sorted(p for p, _ in schedule)
    assert set(goes_on) <= set(schedule), "a time was changed"
    assert all(due_at >= released_at - LATENESS for _, due_at in goes_on), "a burst"
    assert {post for post, at in schedule if at < released_at - LATENESS} == set(gone)
