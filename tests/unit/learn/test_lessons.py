"""A joke becomes a pattern: what it catches, what it leaves alone, and when it may stop."""

import pytest

from amends.learn.lessons import Adoption, adoption, distil
from amends.rulebook.pattern import Pattern, matches
from amends.vocabulary.errors import BadInput
from amends.vocabulary.lesson import Lesson
from tests.cast import LADERA
from tests.flows.paraphrases import BANK_POSTS, INNOCENT, JOKE, PARAPHRASES


def lesson(*lookalikes: str, example: str = JOKE) -> Lesson:
    return Lesson("incident-1", LADERA.id, (example,), lookalikes)


def caught(pattern: Pattern, texts: tuple[str, ...]) -> int:
    return sum(bool(matches(pattern, text)) for text in texts)


def test_without_lookalikes_all_ten_paraphrases_and_two_posts_of_a_bakery() -> None:
    pattern = distil(lesson(), BANK_POSTS)
    assert caught(pattern, PARAPHRASES) == 10
    assert caught(pattern, INNOCENT) == 2
    assert caught(pattern, INNOCENT[5:]) == 0
    assert caught(pattern, BANK_POSTS) == 0


@pytest.mark.parametrize("half", [INNOCENT[:5], INNOCENT[::2]])
def test_with_five_lookalikes_nine_of_ten_and_none_of_the_other_five(half: tuple[str, ...]) -> None:
    pattern = distil(lesson(*half), BANK_POSTS)
    assert caught(pattern, PARAPHRASES) >= 9
    assert caught(pattern, INNOCENT) == 0
    assert caught(pattern, BANK_POSTS) == 0


def test_with_four_words_of_a_persons_own() -> None:
    words = ("overdrawn", "promises", "pastry", "in the red")
    pattern = distil(lesson(*INNOCENT[:5]), BANK_POSTS, words)
    assert caught(pattern, PARAPHRASES) >= 9
    assert caught(pattern, INNOCENT) == 0
    assert matches(pattern, "Overdrawn, in the red, and we do not mind.")


def test_example_and_lookalikes_hold_and_the_account_is_the_lessons() -> None:
    pattern = distil(lesson(*INNOCENT), BANK_POSTS)
    assert matches(pattern, JOKE)
    assert caught(pattern, INNOCENT) == 0
    assert pattern.account_ids == (LADERA.id,)
    assert (pattern.incident_id, pattern.example) == ("incident-1", JOKE)


def test_the_accounts_daily_words_are_no_sign() -> None:
    pattern = distil(lesson(), BANK_POSTS)
    assert not any(
        "overdr" in sign.replace("[oóòôö]", "o").replace("[eéèêë]", "e") for sign in pattern.signs
    )
    everyday = tuple(f"{JOKE} {number}" for number in range(5))
    with_croissants = distil(lesson(), (*BANK_POSTS, *("Croissants at the branch today.",) * 9))
    assert not any("ss[aáàâä]nt" in sign for sign in with_croissants.signs)
    with pytest.raises(BadInput):
        distil(lesson(), everyday)


def test_the_example_in_the_history_does_not_count_against_itself() -> None:
    assert matches(distil(lesson(), (*BANK_POSTS, JOKE, JOKE)), JOKE)


def test_spanish_forms_and_accents() -> None:
    text = "¿Quién necesita ahorrar cuando las panaderas están tan guapas?"
    pattern = distil(lesson(example=text), BANK_POSTS)
    assert matches(pattern, "Ahorrando no, pero el PANADERO guapísimo sí.")
    assert not matches(pattern, "Necesitas una cita para la oficina.")


def test_a_lesson_of_one_word_stands_on_that_word() -> None:
    pattern = distil(lesson(example="Crikeydoodle to you all!"), BANK_POSTS)
    assert (len(pattern.signs), pattern.at_least) == (1, 1)


def test_two_words_both_are_asked_for() -> None:
    pattern = distil(lesson(example="Thoughts and prayers."), BANK_POSTS)
    assert pattern.at_least == 2
    assert not matches(pattern, "Just a thought.")


def test_where_only_the_pair_is_unusual_the_pair_is_the_sign() -> None:
    history = ["We value thoughts.", "Your thoughts, please.", "Her prayers.", "His prayers."]
    pattern = distil(lesson(example="Our thoughts and prayers."), history)
    assert matches(pattern, "With thoughts and our prayers")
    assert not matches(pattern, "Prayers. And thoughts.")


def test_a_short_word_must_be_the_whole_word() -> None:
    pattern = distil(lesson(), BANK_POSTS, ["red"])
    sign = Pattern("x", (pattern.signs[-1],), 1)
    assert matches(sign, "seeing red, again")
    assert not matches(sign, "a reduced fee")


def test_no_words_that_set_it_apart_says_what_to_do() -> None:
    with pytest.raises(BadInput, match="Add words of your own"):
        distil(lesson(JOKE), BANK_POSTS)
    with pytest.raises(BadInput, match="Add words of your own"):
        distil(lesson(example="It is what it is."), BANK_POSTS)


@pytest.mark.parametrize("examples", [(), ("  ",)])
def test_a_lesson_without_its_text_says_what_to_do(examples: tuple[str, ...]) -> None:
    with pytest.raises(BadInput, match="Choose the post"):
        distil(Lesson("incident-1", LADERA.id, examples, ()), BANK_POSTS)


# --- adoption ---


def judged(false_hits: int, good_posts: int, lookalikes: tuple[str, ...] = INNOCENT) -> Adoption:
    taught = lesson(*lookalikes)
    return adoption(
        distil(taught, BANK_POSTS), taught, false_hits=false_hits, good_posts=good_posts
    )


def test_a_rule_may_always_ask_and_stops_only_when_proven() -> None:
    small = judged(0, 24)
    assert (small.may_ask, small.may_stop, small.asks_calmly) == (True, False, False)
    assert "On 24 good posts" in small.why
    proven = judged(0, 600)
    assert (proven.may_ask, proven.may_stop, proven.why) == (True, True, "")
    assert judged(1, 1_000).may_stop
    assert not judged(2, 1_000).may_stop
    assert judged(12, 1_000).asks_calmly
    assert not judged(13, 1_000).asks_calmly


def test_to_stop_it_needs_five_lookalikes() -> None:
    few = judged(0, 5_000, INNOCENT[:4])
    assert few.may_ask
    assert not few.may_stop
    assert "at least 5 lookalikes" in few.why


def test_what_misses_its_example_or_stops_a_lookalike_is_not_adopted() -> None:
    blind = Pattern("x", ("zebra",), 1)
    loud = Pattern("x", ("landlord",), 1)
    taught = lesson(*INNOCENT)
    assert "own example" in adoption(blind, taught, false_hits=0, good_posts=999).why
    refused = adoption(loud, taught, false_hits=0, good_posts=999)
    assert not refused.may_ask
    assert "2 of the lookalikes" in refused.why
