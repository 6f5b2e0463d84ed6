"""A pattern over history: what it caught and whom it would have stopped."""

from amends.learn.bounds import upper_bound
from amends.learn.replay import EXAMPLES, replay
from amends.rulebook.pattern import Pattern
from amends.vocabulary.post import Post
from tests.cast import CANDIL, JOKE, LADERA, NOON

OVEN = Pattern("oven", ("croissant",), 1, account_ids=(LADERA.id,), example=JOKE)


def post(number: int, text: str, account: str = LADERA.id) -> Post:
    return Post(f"post-{number}", account, text, NOON)


def test_mistakes_are_caught_and_good_posts_counted() -> None:
    history = [
        post(1, JOKE),
        post(2, "Croissants, once more, as the bank"),
        post(3, "A croissant in the branch, meant so"),
        post(4, "Our branches close at two"),
        post(5, "Croissants at seven", CANDIL.id),
    ]
    result = replay(OVEN, history, frozenset({"post-2", "post-4"}))
    assert result.caught == ("post-1", "post-2")
    assert (result.would_stop, result.of) == (1, 1)
    assert [one.id for one in result.examples] == ["post-3"]


def test_the_bound_is_over_the_good_posts_only() -> None:
    history = [post(0, JOKE), *(post(number, "Quiet day") for number in range(1, 101))]
    assert replay(OVEN, history).bound == upper_bound(0, 100)


def test_up_to_twenty_wrong_stops_are_shown_and_all_counted() -> None:
    history = [post(number, "croissant") for number in range(30)]
    result = replay(OVEN, iter(history))
    assert (result.would_stop, len(result.examples)) == (30, EXAMPLES)


def test_a_pattern_for_all_accounts_looks_at_all() -> None:
    everywhere = Pattern("oven", ("croissant",), 1)
    assert replay(everywhere, [post(1, "croissant", CANDIL.id)]).of == 1


def test_an_empty_history_proves_nothing() -> None:
    result = replay(OVEN, [])
    assert (result.of, result.bound) == (0, 1.0)
