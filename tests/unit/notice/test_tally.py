"""Each person counts once a day, with the heaviest of their texts."""

from datetime import timedelta

from amends.notice.tally import Tally, add
from tests.cast import NOON


def test_fifty_texts_by_one_person_add_what_the_heaviest_weighs() -> None:
    tally, total = Tally(), 0.0
    for minute in range(50):
        weight = 3.0 if minute == 20 else 1.0
        tally, more = add(tally, "tomas", weight, NOON + timedelta(minutes=minute))
        total += more
    assert total == 3.0
    assert len(tally.counted) == 1


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
