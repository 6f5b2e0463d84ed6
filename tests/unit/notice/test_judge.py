"""What counts as reproach, and how gravely."""

import pytest

from amends.notice.judge import Policy, judge, weight
from amends.vocabulary.language import Language
from amends.vocabulary.mention import Reading
from amends.vocabulary.reproach import Severity


def reading(
    levels: tuple[float, float, float, float], *, hurt: float = 0.0, unsure: bool = False
) -> Reading:
    return Reading(Language.EN, sum(levels), levels, 0.0, hurt, "fees", unsure)


def test_a_text_below_half_weighs_nothing() -> None:
    assert weight(reading((0.1, 0.1, 0.1, 0.15))) == 0.0
    assert judge(reading((0.1, 0.1, 0.1, 0.15)), author_id="a") is None


def test_an_unsure_reading_is_left_to_a_person() -> None:
    assert judge(reading((0.15, 0.15, 0.15, 0.15), unsure=True), author_id="a") is None


def test_a_sure_reproach_of_unsure_level_counts_at_the_higher_level() -> None:
    found = judge(reading((0.05, 0.1, 0.4, 0.4), unsure=True), author_id="a")
    assert found is not None
    assert found.severity is Severity.CRITICAL


@pytest.mark.parametrize(
    ("levels", "weighed", "severity"),
    [
        ((0.9, 0.0, 0.0, 0.0), 0.45, Severity.TRIVIAL),
        ((0.0, 0.8, 0.0, 0.0), 0.8, Severity.MINOR),
        ((0.0, 0.1, 0.8, 0.0), 1.7, Severity.MAJOR),
        ((0.0, 0.0, 0.1, 0.9), 2.9, Severity.CRITICAL),
        ((0.0, 0.0, 0.4, 0.4), 2.0, Severity.CRITICAL),  # a tie means the higher
    ],
)
def test_levels_weigh_as_they_hurt(
    levels: tuple[float, float, float, float], weighed: float, severity: Severity
) -> None:
    found = judge(reading(levels), author_id="a")
    assert found is not None
    assert found.weight == pytest.approx(weighed)
    assert found.severity is severity


def test_someone_who_says_that_they_are_hurt_is_seen() -> None:
    blame = (0.0, 0.0, 0.0, 0.9)
    assert judge(reading(blame, hurt=0.7), author_id="a").personally_hurt  # type: ignore[union-attr]
    found = judge(reading(blame, hurt=0.7), author_id="a", policy=Policy(least_p_hurt=0.8))
    assert found is not None
    assert not found.personally_hurt
