"""The detector as people meet it: who is heard, when it wakes somebody, what it forgets."""

from datetime import timedelta

import pytest

from amends.notice.baseline import Usual, post_usual
from amends.notice.watch import (
    Policy,
    Watch,
    bin_of,
    carry_over,
    day_drift,
    expected,
    from_json,
    hear,
    is_calm,
    level,
    start_of,
    threshold,
    tick,
    to_json,
)
from amends.vocabulary.reproach import Alarm
from tests.cast import NOON

CALM = Usual(level_per_day=1.5, mean_per_day=0.9, days=14)
BIN = timedelta(minutes=5)


def rested(usual: Usual = CALM) -> Watch:
    """A stream that has been quiet for two days."""
    begun = tick(Watch("account:x"), at=NOON - timedelta(days=2), usual=usual)
    return tick(begun, at=NOON, usual=usual)


def nine_people(watch: Watch, usual: Usual, weight: float, **budget: float) -> list[Alarm]:
    """Nine people over five bins, at most two in one; return the alarms."""
    alarms = []
    for person in range(9):
        at = NOON + BIN * (person // 2) + timedelta(minutes=1 + person % 2)
        watch, alarm = hear(
            watch,
            author=f"p{person}",
            weight=weight,
            at=at,
            usual=usual,
            **budget,  # type: ignore[arg-type]
        )
        alarms += [alarm] if alarm else []
    return alarms


@pytest.mark.parametrize("weight", [1.0, 2.0, 2.5])
def test_nine_people_over_five_bins_raise_one_alarm(weight: float) -> None:
    for usual, streams in ((CALM, 2), (post_usual(CALM, 10), 20)):
        (alarm,) = nine_people(rested(usual), usual, weight, streams=streams, share=0.5)
        assert 3 <= alarm.people <= 6
        assert alarm.since <= alarm.at


def test_friendly_replies_weigh_nothing_and_raise_nothing() -> None:
    watch = rested()
    for person in range(12):
        watch, alarm = hear(watch, author=f"f{person}", weight=0.0, at=NOON, usual=CALM)
        assert alarm is None
    assert watch.x == 0.0


def test_one_person_writing_fifty_times_never_alarms() -> None:
    watch = rested()
    for minute in range(50):
        at = NOON + timedelta(minutes=minute)
        watch, alarm = hear(watch, author="tomas", weight=3.0, at=at, usual=CALM)
        assert alarm is None


def test_two_people_are_never_enough() -> None:
    watch = rested()
    for turn in range(40):
        at = NOON + BIN * turn
        for who in ("tomas", "ines"):
            watch, alarm = hear(watch, author=who, weight=3.0, at=at, usual=CALM)
            assert alarm is None


def test_three_single_reproaches_in_a_row_alarm_from_rest_and_two_do_not() -> None:
    usual = Usual(level_per_day=0.5)
    watch = tick(Watch("x"), at=NOON, usual=usual)
    alarms = []
    for turn in range(3):
        at = NOON + BIN * turn
        watch, alarm = hear(watch, author=f"p{turn}", weight=2.0, at=at, usual=usual)
        alarms.append(alarm)
    assert alarms[:2] == [None, None]
    assert alarms[2] is not None


def test_an_alarm_resets_the_evidence_and_keeps_the_day_of_each_author() -> None:
    watch = rested()
    for person in range(9):
        at = NOON + BIN * (person // 2)
        watch, alarm = hear(watch, author=f"p{person}", weight=2.5, at=at, usual=CALM)
        if alarm:
            break
    assert set(watch.evidence) == {0.0}
    again, alarm = hear(watch, author="p0", weight=2.5, at=NOON + timedelta(hours=1), usual=CALM)
    assert alarm is None
    assert again.x == 0.0


def test_quiet_bins_count_and_the_evidence_fades_to_its_rest() -> None:
    watch, _ = hear(rested(), author="a", weight=3.0, at=NOON, usual=CALM)
    loud = level(watch, expected(watch, CALM))
    faded = tick(watch, at=NOON + timedelta(days=1), usual=CALM)
    assert level(faded, expected(faded, CALM)) < loud


def test_bins_that_nobody_observed_change_nothing() -> None:
    watch, _ = hear(rested(), author="a", weight=3.0, at=NOON, usual=CALM)
    later = carry_over(watch, at=NOON + timedelta(hours=5))
    assert later.evidence == watch.evidence
    assert later.bin == bin_of(NOON + timedelta(hours=5))


def test_a_restart_resumes_to_the_last_bit() -> None:
    straight = broken = rested()
    for person in range(6):
        at = NOON + timedelta(minutes=7 * person)
        said = {"author": f"p{person}", "weight": 0.7 + person / 3, "at": at, "usual": CALM}
        straight, _ = hear(straight, **said)  # type: ignore[arg-type]
        broken, _ = hear(from_json(to_json(broken)), **said)  # type: ignore[arg-type]
    assert straight == broken
    assert to_json(straight) == to_json(broken)


def test_a_late_text_counts_in_the_open_bin() -> None:
    watch, _ = hear(rested(), author="a", weight=1.0, at=NOON + timedelta(hours=1), usual=CALM)
    later, _ = hear(watch, author="b", weight=1.0, at=NOON, usual=CALM)
    assert later.bin == watch.bin
    assert later.x == 2.0


def test_bins_begin_where_they_say() -> None:
    assert start_of(bin_of(NOON)) == NOON
    assert bin_of(NOON + BIN) == bin_of(NOON) + 1


def test_the_budget_is_shared_by_streams_and_halves() -> None:
    assert threshold(Policy(30)) == 8_640
    assert threshold(Policy(30), streams=4, share=0.5) == 8_640 * 8


@pytest.mark.parametrize(
    ("heard", "usual", "alarmed", "calm"),
    [(0, 0, False, True), (1, 0, False, True), (1.1, 0, False, False), (4, 2, False, True),
     (4.1, 2, False, False), (0, 5, True, False)],
)  # fmt: skip
def test_calm_is_near_the_usual_and_without_an_alarm(
    heard: float, usual: float, *, alarmed: bool, calm: bool
) -> None:
    assert is_calm(heard, usual, alarmed=alarmed) is calm


def test_a_bin_that_alarmed_is_spent() -> None:
    watch = rested()
    alarms = []
    for person in range(40):
        at = NOON + BIN * min(person // 2, 1)
        watch, alarm = hear(watch, author=f"p{person}", weight=2.5, at=at, usual=CALM)
        alarms += [alarm] if alarm else []
    heard = watch.x
    assert len(alarms) == 1
    assert heard > 2.5 * 30  # the crowd came after the alarm, in the same bin
    after = tick(watch, at=NOON + 2 * BIN, usual=CALM)
    assert set(after.evidence) == {0.0}
    assert after.lately > heard


def test_a_busier_day_raises_the_bound_an_hour_later_and_not_before() -> None:
    watch = rested()
    for person in range(10):
        watch, _ = hear(watch, author=f"p{person}", weight=0.5, at=NOON, usual=CALM)
    soon = tick(watch, at=NOON + timedelta(minutes=115), usual=CALM)
    later = tick(watch, at=NOON + timedelta(hours=2), usual=CALM)
    tomorrow = tick(watch, at=NOON + timedelta(hours=27), usual=CALM)
    assert day_drift(soon) == day_drift(tomorrow) == 1.0
    assert 1.4 < day_drift(later) < 2.0


def test_hours_that_nobody_observed_are_not_in_the_drift() -> None:
    watch = carry_over(rested(), at=NOON + timedelta(hours=20))
    assert sum(hour >= bin_of(NOON) // 12 for hour, _, _ in watch.hours) == 0


def test_a_long_silence_is_not_walked_bin_by_bin() -> None:
    watch, _ = hear(rested(), author="a", weight=3.0, at=NOON, usual=CALM)
    later = tick(watch, at=NOON + timedelta(days=40_000), usual=CALM)
    assert later.bin == bin_of(NOON + timedelta(days=40_000))


def test_the_feed_coming_back_never_turns_time_back() -> None:
    watch = tick(rested(), at=NOON + timedelta(hours=1), usual=CALM)
    assert carry_over(watch, at=NOON).bin == watch.bin
