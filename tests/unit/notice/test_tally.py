"""Each person counts once a day, with the heaviest of their texts."""

from datetime import timedelta

from amends.notice.tally import FRESH_MOST, Tally, add, people_from, pruned
from tests.cast import NOON


def test_fifty_texts_by_one_person_add_what_the_heaviest_weighs() -> None:
    tally, total = Tally(), 0.0
    for minute in range(50):
        weight = 3.0 if minute == 20 else 1.0
        tally, more = add(tally, "tomas", weight, NOON + timedelta(minutes=minute))
        total += more
    assert total == 3.0
    assert people_from(tally, NOON) == 1


def test_a_day_later_a_person_counts_anew() -> None:
    tally, _ = add(Tally(), "tomas", 2.0, NOON)
    assert add(tally, "tomas", 2.0, NOON + timedelta(hours=23))[1] == 0.0
    assert add(tally, "tomas", 2.0, NOON + timedelta(hours=24))[1] == 2.0


def test_different_people_add_up() -> None:
    tally, first = add(Tally(), "tomas", 1.0, NOON)
    _, second = add(tally, "ines", 1.0, NOON)
    assert (first, second) == (1.0, 1.0)


def test_json_gives_the_same_tally_back() -> None:
    tally, _ = add(Tally(), "tomas", 1.25, NOON)
    assert Tally.from_json(tally.to_json()) == tally


def test_a_grave_text_counts_once_whenever_the_first_mild_one_was() -> None:
    tally, _ = add(Tally(), "tomas", 0.5, NOON)
    tally, grave = add(tally, "tomas", 3.0, NOON + timedelta(hours=23))
    tally, next_morning = add(tally, "tomas", 3.0, NOON + timedelta(hours=25))
    assert (grave, next_morning) == (2.5, 0.0)


def test_someone_heard_before_the_onset_and_after_it_is_counted() -> None:
    tally, _ = add(Tally(), "tomas", 0.5, NOON)
    tally, _ = add(tally, "tomas", 3.0, NOON + timedelta(hours=5))
    assert people_from(tally, NOON + timedelta(hours=4)) == 1
    assert people_from(tally, NOON + timedelta(hours=6)) == 0


def test_many_people_survive_the_packing_and_leave_after_a_day() -> None:
    tally, many = Tally(), 2 * FRESH_MOST + 7
    for person in range(many):
        tally, _ = add(tally, f"p{person}", 1.0, NOON)
    assert people_from(tally, NOON) == many
    assert add(tally, "p0", 1.0, NOON)[1] == 0.0
    assert Tally.from_json(tally.to_json()) == tally
    assert people_from(pruned(tally, NOON + timedelta(hours=24)), NOON) == 0
