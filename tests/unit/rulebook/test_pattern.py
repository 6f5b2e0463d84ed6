"""Patterns: places in characters, hostile input, JSON and back, and the rule made of one."""

import json

import pytest

from amends.rulebook.pattern import (
    LONGEST_TEXT,
    Pattern,
    checked,
    from_json,
    matches,
    rule_from,
    to_json,
)
from amends.rulebook.rule import Basis, Decision, findings_of
from amends.vocabulary.errors import BadInput
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft
from tests.cast import CANDIL, JOKE, LADERA

EDGE = r"(?:^|[^\p{L}\p{N}_])"
OVEN = Pattern(
    name="oven",
    signs=(rf"{EDGE}(croissant\p{{L}}*)", rf"{EDGE}(landlord\p{{L}}*)", rf"{EDGE}(niñ\p{{L}}*)"),
    at_least=2,
    account_ids=(LADERA.id,),
    decision=Decision.STOP,
    incident_id="incident-1",
    example=JOKE,
    why="A joke of the bakery went out as the bank.",
)


def words(pattern: Pattern, text: str) -> list[str]:
    return [text[start:end] for start, end in matches(pattern, text)]


def test_places_are_characters_whatever_stands_before() -> None:
    assert words(OVEN, "🥐🥐 CROISSANTS for the ÑOÑO landlord’s niños") == [
        "CROISSANTS",
        "landlord",
        "niños",
    ]


def test_one_sign_twice_is_one_idea() -> None:
    assert matches(OVEN, "croissant, croissants, croissanterie") == ()


def test_a_word_inside_a_word_is_not_it_also_behind_an_accent() -> None:
    assert matches(OVEN, "ñcroissants y ñlandlord") == ()


def test_a_sign_without_a_group_underlines_all_it_matched() -> None:
    assert words(Pattern("x", ("red (?:line|card)",), 1), "the Red card") == ["Red card"]


def test_a_sign_with_a_choice_underlines_the_group_that_took_part() -> None:
    assert words(Pattern("x", (r"a(b)c|d(e)f",), 1), "xdefx") == ["e"]


def test_lone_surrogates_do_not_move_places() -> None:
    assert words(OVEN, "\ud800 croissant \udfff landlord") == ["croissant", "landlord"]


def test_beyond_the_cap_nothing_is_looked_at() -> None:
    far = " " * LONGEST_TEXT + " croissant landlord"
    assert matches(OVEN, far) == ()
    assert matches(OVEN, far[100:]) != ()


@pytest.mark.parametrize("sign", ["(", "(?=ahead)", r"(a)\1", "a" * 501, "x*", "", "a\ud800"])
def test_an_expression_that_cannot_be_used_says_so(
    sign: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(BadInput):
        checked(Pattern("x", (sign,), 1))
    with pytest.raises(BadInput):
        matches(Pattern("x", (sign,), 1), "text")
    assert capfd.readouterr().err == ""


def test_what_is_too_large_to_run_says_so() -> None:
    with pytest.raises(BadInput, match="is too large"):
        checked(Pattern("x", (r"z[\p{L}\p{N}]{0,400}y",), 1))
    many = tuple(rf"z{number}[\p{{L}}\p{{N}}]{{0,20}}y" for number in range(40))
    with pytest.raises(BadInput, match="The pattern is too large"):
        checked(Pattern("x", many, 1))


@pytest.mark.parametrize(
    "pattern",
    [
        Pattern("x", (), 1),
        Pattern("x", ("a",), 2),
        Pattern("x", ("a",), 0),
        Pattern("x", ("a",) * 41, 1),
        Pattern("x", ("a",), 1, decision=Decision.PASS),
    ],
)
def test_numbers_that_do_not_fit_are_refused(pattern: Pattern) -> None:
    with pytest.raises(BadInput):
        checked(pattern)


def test_a_pattern_that_explodes_elsewhere_is_quiet_here() -> None:
    # Finishing at all is the test: a backtracking engine would not, in a lifetime.
    evil = Pattern("x", ("(a+)+$",), 1)
    assert matches(evil, "a" * 15_000 + "!") == ()


def test_json_and_back() -> None:
    assert from_json(to_json(OVEN)) == OVEN
    assert json.loads(to_json(OVEN))["decision"] == "stop"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "no name"),
        ('{"name":"x"}', "between 1"),
        ('{"name":"x","signs":"a"}', "list of texts"),
        ('{"name":"x","signs":["a"],"at_least":true}', "whole number"),
        ('{"name":"x","signs":["a"],"at_least":1.5}', "whole number"),
        ('{"name":"x","signs":["("]}', "cannot be read"),
        ('{"name":"x","signs":["a"],"decision":"pass"}', "ask or stop"),
        ('{"name":"x","signs":["a"],"decision":[]}', "ask or stop"),
        ('{"name":"x","signs":["a"],"why":3}', "must be text"),
    ],
)
def test_json_that_is_no_pattern_says_what_to_do(text: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        from_json(text)


def test_unknown_keys_are_left_aside() -> None:
    assert from_json('{"name":"x","signs":["a"],"later":1}') == Pattern("x", ("a",), 1)


def test_the_rule_speaks_on_its_account_and_may_stop() -> None:
    rule = rule_from(OVEN)
    assert (rule.name, rule.basis, rule.family) == ("lesson-oven", Basis.REPLAYED, "lesson")
    found = findings_of([rule], Draft(JOKE, account=LADERA))
    assert [JOKE[one.start : one.end] for one in found] == ["croissants", "landlord"]
    assert {one.decision for one in found} == {Decision.STOP}
    assert found[0].message == OVEN.why
    assert found[0].source == "Incident incident-1"
    assert findings_of([rule], Draft(JOKE, account=CANDIL)) == ()
    assert rule.fires[Language.EN] == (JOKE,)


def test_a_pattern_for_every_account_speaks_everywhere_and_asks_by_default() -> None:
    anywhere = Pattern("x", ("croissant",), 1)
    (found,) = findings_of([rule_from(anywhere)], Draft(JOKE, account=CANDIL))
    assert found.decision is Decision.ASK
    assert "resembles a mistake" in found.message
