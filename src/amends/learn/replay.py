"""A pattern over history: what it would have caught, and whom it would have stopped wrongly."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from amends.learn.bounds import upper_bound
from amends.rulebook.pattern import Pattern, checked, matches
from amends.vocabulary.post import Post

EXAMPLES = 20  # what a person reads before adopting


@dataclass(frozen=True, slots=True)
class Replay:
    """What a pattern would have done.

    `caught` are the posts known to be mistakes that it matches, by id; `would_stop` counts
    the good posts it matches among `of` good posts; `examples` are up to twenty of those, to
    be read. `bound` is the upper 95 % bound on the rate of wrong stops, in [0, 1].
    """

    caught: tuple[str, ...]
    would_stop: int
    of: int
    examples: tuple[Post, ...]
    bound: float


def replay(
    pattern: Pattern, posts: Iterable[Post], mistakes: AbstractSet[str] = frozenset()
) -> Replay:
    """Return what the pattern would have done over these posts.

    Posts of accounts that the pattern is not for are left aside.

    Args:
        pattern: The pattern.
        posts: History, in any order; read once.
        mistakes: Ids of the posts that were corrected or reproached; looked up as each post
            comes. A post whose text is the pattern's own example counts as one.

    Raises:
        BadInput: The pattern cannot be used.
    """
    checked(pattern)
    caught: list[str] = []
    wrong: list[Post] = []
    would_stop = of = 0
    for post in posts:
        if pattern.account_ids and post.account_id and post.account_id not in pattern.account_ids:
            continue
        is_mistake = post.id in mistakes or post.text == pattern.example
        of += not is_mistake
        if not matches(pattern, post.text):
            continue
        if is_mistake:
            caught.append(post.id)
        else:
            would_stop += 1
            wrong += [post] if len(wrong) < EXAMPLES else []
    return Replay(tuple(caught), would_stop, of, tuple(wrong), upper_bound(would_stop, of))
