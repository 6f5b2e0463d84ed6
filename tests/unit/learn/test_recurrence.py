"""The same kind again: the earlier lesson, and why it did not hold."""

from datetime import timedelta

import pytest

from amends.learn.recurrence import Mishap, WhyNot, recurs
from tests.cast import CANDIL, LADERA, NOON

NOW = Mishap("incident-9", "wrong account", LADERA.id, NOON, spoke=frozenset({"lesson-oven"}))


def before(days: int, **more: object) -> Mishap:
    fields = {"incident_id": f"incident-{days}", "kind": "wrong account", "account_id": LADERA.id}
    return Mishap(at=NOON - timedelta(days=days), **(fields | more))  # type: ignore[arg-type]


def test_a_first_time_is_no_recurrence() -> None:
    assert recurs(NOW, []) is None
    assert recurs(NOW, [before(3, kind="leak")]) is None
    assert recurs(NOW, [NOW]) is None


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({}, WhyNot.NO_RULE),
        ({"rule": "lesson-joke"}, WhyNot.SILENT),
        ({"rule": "lesson-oven"}, WhyNot.OVERRIDDEN),
        ({"rule": "lesson-oven", "rule_accounts": frozenset({CANDIL.id})}, WhyNot.OUTSIDE),
        ({"rule": "lesson-joke", "rule_accounts": frozenset({LADERA.id})}, WhyNot.SILENT),
    ],
)
def test_why_the_rule_did_not_hold(more: dict[str, object], why: WhyNot) -> None:
    found = recurs(NOW, [before(3, **more)])
    assert found is not None
    assert found.why is why
    assert found.sentence.endswith(".")
    assert "{" not in found.sentence


def test_the_latest_with_a_rule_is_shown_and_all_are_counted() -> None:
    found = recurs(NOW, [before(30, rule="lesson-a"), before(20, rule="lesson-b"), before(1)])
    assert found is not None
    assert (found.earlier.rule, found.times) == ("lesson-b", 3)
