"""The strategy table, all 240 sets of facts against the committed table."""

import csv
from itertools import product
from pathlib import Path

from amends.answer.strategy import steps_away, strategy
from amends.vocabulary.incident import Circumstances, Harm, Reputation, Responsibility
from amends.vocabulary.statement import Strategy

TABLE = Path(__file__).with_name("strategy_table.csv")


def facts_of(row: dict[str, str]) -> Circumstances:
    return Circumstances(
        responsibility=Responsibility(row["responsibility"]),
        evidence=row["evidence"] == "yes",
        history=row["history"] == "yes",
        reputation=Reputation(row["reputation"]),
        harm=Harm(row["harm"]),
    )


def test_every_row_of_the_committed_table() -> None:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for row in rows:
        wanted = (Strategy(row["strategy"]), row["rule"], row["instruct"] == "yes")
        assert strategy(facts_of(row)) == wanted, row
    assert len({facts_of(row) for row in rows}) == 240


def everything() -> list[Circumstances]:
    return [
        Circumstances(responsibility, evidence, history, reputation, harm)
        for responsibility, evidence, history, reputation, harm in product(
            Responsibility, (False, True), (False, True), Reputation, Harm
        )
    ]


def test_history_and_a_bad_name_never_move_away_from_owning_it() -> None:
    for facts in everything():
        clean = Circumstances(facts.responsibility, facts.evidence, harm=facts.harm)
        away = steps_away(strategy(facts).strategy, Strategy.REBUILD)
        assert away <= steps_away(strategy(clean).strategy, Strategy.REBUILD)


def test_what_a_person_did_is_always_owned() -> None:
    for facts in everything():
        if facts.responsibility in {Responsibility.HUMAN, Responsibility.KNOWING}:
            assert strategy(facts).rule == "D6"


def test_nobody_apologises_for_what_they_did_not_do() -> None:
    for facts in everything():
        if facts.responsibility is Responsibility.NONE:
            assert strategy(facts).strategy is not Strategy.REBUILD
