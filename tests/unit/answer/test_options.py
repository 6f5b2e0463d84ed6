"""The options: which comes first on which facts, what is struck through, and the arithmetic."""

from itertools import product
from math import sqrt
from statistics import fmean, stdev

import pytest

from amends.answer.options import (
    DRAWS,
    ORDER,
    Criterion,
    Option,
    Ranking,
    draws,
    is_dominated,
    least_shift,
    rank,
    weights,
    win_shares,
)
from amends.vocabulary.errors import BadInput
from amends.vocabulary.incident import Circumstances, Harm, Reputation, Responsibility
from amends.vocabulary.statement import Strategy

ALL = frozenset({"remove", "private"})


def ranked(facts: Circumstances, **changes: object) -> Ranking:
    given: dict[str, object] = {"can": ALL, "people": 30, "minutes_since": 20, "seed": "incident-1"}
    return rank(facts, **(given | changes))  # type: ignore[arg-type]


def option(ranking: Ranking, key: str) -> Option:
    return next(one for one in ranking.options if one.key == key)


JOKE_AS_THE_BANK = Circumstances(Responsibility.HUMAN, harm=Harm.OFFENCE)
NOBODY_KNOWS = Circumstances(Responsibility.UNCLEAR)
NOT_OURS = Circumstances(Responsibility.NONE, evidence=True)
A_LIST_OF_NAMES = Circumstances(Responsibility.HUMAN, harm=Harm.PRIVACY)


@pytest.mark.parametrize(
    ("facts", "first"),
    [
        (JOKE_AS_THE_BANK, "full_apology"),
        (NOBODY_KNOWS, "acknowledge_now"),
        (NOT_OURS, "clarify"),
        (A_LIST_OF_NAMES, "take_down_openly"),
        (Circumstances(Responsibility.NONE), "wait_and_listen"),
        (Circumstances(Responsibility.TECHNICAL, evidence=True), "correct"),
    ],
)
def test_other_facts_another_first_option(facts: Circumstances, first: str) -> None:
    assert ranked(facts).first.key == first


def test_danger_comes_before_all_else_and_says_so() -> None:
    ranking = ranked(A_LIST_OF_NAMES)
    assert ranking.fit.instruct
    assert ranking.first.strategy is Strategy.INSTRUCT


def test_at_least_six_options_each_with_six_reasons_and_a_source() -> None:
    ranking = ranked(NOBODY_KNOWS)
    assert len(ranking.options) == 8
    for one in ranking.options:
        if one.key != "hide":
            assert [reason.criterion for reason in one.why] == list(ORDER)
            assert all(r.sentence and r.source and 0 <= r.score <= 100 for r in one.why)


def test_hiding_is_shown_last_and_struck_on_all_facts() -> None:
    for parts in product(Responsibility, (False, True), (False, True), Reputation, Harm):
        last = ranked(Circumstances(*parts)).options[-1]
        assert last.key == "hide"
        assert last.struck
        assert last.value == 0


def test_denial_needs_innocence_and_proof() -> None:
    assert option(ranked(Circumstances(Responsibility.NONE)), "clarify").struck
    assert option(ranked(Circumstances(Responsibility.HUMAN, evidence=True)), "clarify").struck
    assert not option(ranked(NOT_OURS), "clarify").struck


def test_what_the_network_cannot_do_is_struck_with_the_reason() -> None:
    ranking = ranked(A_LIST_OF_NAMES, can=frozenset({"private"}))
    assert "does not let us remove" in option(ranking, "take_down_openly").struck
    assert ranking.first.key == "full_apology"


def test_without_private_messages_writing_to_each_is_worth_less_but_stays_possible() -> None:
    without = option(ranked(JOKE_AS_THE_BANK, people=4, can=frozenset()), "answer_privately_first")
    with_them = option(ranked(JOKE_AS_THE_BANK, people=4), "answer_privately_first")
    assert not without.struck
    assert without.value < with_them.value


def test_nobody_to_write_to() -> None:
    assert option(ranked(JOKE_AS_THE_BANK, people=0), "answer_privately_first").struck


def test_writing_to_each_person_costs_more_for_more_people() -> None:
    few, many = (
        option(ranked(JOKE_AS_THE_BANK, people=people), "answer_privately_first").cost_hours
        for people in (4, 40)
    )
    assert many > few


def test_the_first_word_is_worth_less_a_day_late() -> None:
    early, late = (
        option(ranked(NOBODY_KNOWS, minutes_since=minutes), "acknowledge_now").value
        for minutes in (5, 60 * 25)
    )
    assert late < early


def test_another_order_of_criteria_can_be_too_close_to_call() -> None:
    order = (
        Criterion.REVERSIBLE,
        Criterion.EFFORT,
        Criterion.CARE,
        Criterion.SPREAD,
        Criterion.FIT,
        Criterion.SPEED,
    )
    clear = ranked(JOKE_AS_THE_BANK)
    assert not clear.too_close
    unclear = ranked(JOKE_AS_THE_BANK, order=order)
    assert unclear.first.key != clear.first.key


def test_too_close_is_said_when_the_leader_wins_few_draws() -> None:
    for parts in product(Responsibility, (False, True), Harm):
        facts = Circumstances(parts[0], evidence=parts[1], harm=parts[2])
        for order in (ORDER, tuple(reversed(ORDER)), (*ORDER[3:], *ORDER[:3])):
            ranking = ranked(facts, order=order)
            assert ranking.too_close == (ranking.first.win_share < 0.60)


def test_an_order_with_a_criterion_twice_is_refused() -> None:
    with pytest.raises(BadInput):
        ranked(NOBODY_KNOWS, order=(Criterion.CARE, *ORDER[:5]))


def test_weights_sum_to_one_and_fall() -> None:
    six = weights(6)
    assert sum(six) == pytest.approx(1)
    assert list(six) == sorted(six, reverse=True)


def test_the_mean_of_the_draws_is_the_centroid() -> None:
    drawn = draws("incident-1", 6)
    assert len(drawn) == DRAWS
    for place, weight in enumerate(weights(6)):
        column = [one[place] for one in drawn]
        assert abs(fmean(column) - weight) < 3 * stdev(column) / sqrt(DRAWS)


def test_the_same_seed_gives_the_same_page_and_another_seed_another_draw() -> None:
    assert ranked(NOBODY_KNOWS) == ranked(NOBODY_KNOWS)
    assert draws("incident-1", 6) != draws("incident-2", 6)


def test_a_dominated_option_is_never_first() -> None:
    for parts in product(Responsibility, (False, True), (False, True), Reputation, Harm):
        ranking = ranked(Circumstances(*parts))
        assert not ranking.first.dominated


def test_dominated_means_as_good_everywhere_and_better_somewhere() -> None:
    assert is_dominated((1, 2), [(1, 2), (1, 3)])
    assert not is_dominated((1, 2), [(1, 2), (0, 9)])


def test_adding_a_constant_to_a_criterion_changes_no_share() -> None:
    table = [(90, 10, 40), (60, 70, 40), (50, 50, 90)]
    lifted = [(first, second + 25, third) for first, second, third in table]
    assert win_shares(table, "x") == pytest.approx(win_shares(lifted, "x"))


def test_ties_share_the_win() -> None:
    assert win_shares([(5, 5), (5, 5)], "x") == (0.5, 0.5)


def test_the_least_shift_makes_the_rival_catch_up() -> None:
    leader, rival, weighting = (90, 10), (50, 60), (0.8, 0.2)
    shift = least_shift(leader, rival, weighting)
    assert shift is not None
    moved = (weighting[0] - shift / 2, weighting[1] + shift / 2)
    gap = sum(w * (a - b) for w, a, b in zip(moved, leader, rival, strict=True))
    assert gap == pytest.approx(0)
    assert least_shift((90, 60), (50, 60), weighting) is not None
    assert least_shift((90, 61), (50, 60), weighting) is None
