"""How each account sounds, learned from its own posts.

Theory of operation. What is taught is multinomial naive Bayes over the presence of n-grams.
A text's score for an account is its log-likelihood divided by the square root of its number
of known n-grams, so that a long text does not drown the short ones. Its *strangeness* as a
post of T is the best score among the other accounts minus T's own: above zero, another
account sounds nearer. Counts add up, so each tenth of an account's posts can be taken out
again and judged by a book that never saw it. The strangeness of all posts, found in that
way, is kept: a draft is ranked among them, which gives a conformal p-value.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import chain
from typing import Any

from amends.prevent.style import grams_in, styled

BLOCKS = 10  # each tenth of an account's posts is judged by a book that lacks it
SHARED = 2  # an n-gram in one post only says nothing about a voice
LEAST_POSTS = 20  # fewer distinct posts are not a voice
MOST_POSTS = 1000  # the newest ones; voices change, and a page must not wait
UNSEEN = 0.1  # added to every count, Lidstone; chosen on development data


@dataclass(frozen=True, slots=True)
class VoiceBook:
    """The voices that one desk knows.

    `gains` says, for each n-gram, which accounts use it and how much likelier that makes
    them; `floors` is the log-probability of an n-gram an account never used. `usual` is
    the sorted strangeness of each account's posts, each unseen.
    """

    accounts: tuple[str, ...] = ()
    gains: Mapping[str, tuple[tuple[int, float], ...]] = field(default_factory=dict)
    floors: tuple[float, ...] = ()
    usual: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    posts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # newest last, for proof

    def calibrated(self, account_id: str) -> tuple[float, ...]:
        """Return the sorted strangeness of the account's own posts, () when unknown."""
        return self.usual.get(account_id, ())

    def scores(self, grams: Iterable[str]) -> dict[str, float]:
        """Return each account's score for these n-grams; higher is nearer."""
        gains = self.gains
        totals = [0.0] * len(self.accounts)
        known = 0
        for gram in grams:
            users = gains.get(gram)
            if users is None:
                continue
            known += 1
            for index, gain in users:
                totals[index] += gain
        scale = math.sqrt(known) or 1.0
        scored = zip(self.accounts, totals, self.floors, strict=True)
        return {name: (total + known * floor) / scale for name, total, floor in scored}


def strangeness(scores: Mapping[str, float], account_id: str) -> float:
    """Return how much nearer the nearest other account is; above 0, nearer than its own."""
    others = (score for name, score in scores.items() if name != account_id)
    return max(others) - scores[account_id]


def _distinct(posts: Sequence[str]) -> list[str]:
    """Keep the first of each near-duplicate: the same but for marks, digits and case."""
    seen: dict[str, str] = {}
    for post in posts[-MOST_POSTS:]:
        bare = "".join(c for c in styled(post).text.casefold() if c.isalpha())
        if bare:
            seen.setdefault(bare, post)
    return list(seen.values())


@dataclass(frozen=True, slots=True)
class _Heard:
    """What was counted: the posts' n-grams by account, and how many posts hold each n-gram."""

    accounts: tuple[str, ...]
    grams: tuple[tuple[set[str], ...], ...]
    counts: Mapping[str, Counter[int]]  # n-gram -> account index -> posts
    totals: Mapping[str, int]


def _heard(texts: Mapping[str, Sequence[str]]) -> _Heard:
    accounts = tuple(texts)
    grams = tuple(tuple(grams_in(styled(text).text) for text in texts[name]) for name in accounts)
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    for index, posts in enumerate(grams):
        for gram in chain.from_iterable(posts):
            counts[gram][index] += 1
    totals = {gram: users.total() for gram, users in counts.items()}
    return _Heard(accounts, grams, counts, totals)


def _taught(heard: _Heard) -> VoiceBook:
    """Return a book that knows the accounts' n-grams but has not been calibrated."""
    gains: dict[str, tuple[tuple[int, float], ...]] = {}
    sizes = [0] * len(heard.accounts)
    for gram, users in heard.counts.items():
        if heard.totals[gram] < SHARED:
            continue
        gains[gram] = tuple((index, _gain(count)) for index, count in users.items())
        for index, count in users.items():
            sizes[index] += count
    floors = tuple(-math.log(size + UNSEEN * (len(gains) + 1)) for size in sizes)
    return VoiceBook(accounts=heard.accounts, gains=gains, floors=floors)


@cache
def _gain(count: int) -> float:
    return math.log1p(count / UNSEEN)


@cache
def _lost(count: int, removed: int) -> float:
    """Return what a gain becomes less by when some of the posts are taken out, <= 0."""
    return _gain(count - removed) - _gain(count)


def _calibrated(heard: _Heard, taught: VoiceBook, index: int) -> tuple[float, ...]:
    """Return the sorted strangeness of one account's posts to a book that never saw them.

    The posts are hidden a tenth at a time, neighbours in time together: a campaign's posts
    resemble each other, and a book that had read half of it would find the rest too usual.
    """
    posts = heard.grams[index]
    size = math.ceil(len(posts) / BLOCKS)
    blocks = (posts[at : at + size] for at in range(0, len(posts), size))
    return tuple(sorted(chain.from_iterable(_hidden(heard, taught, index, b) for b in blocks)))


def _hidden(
    heard: _Heard, taught: VoiceBook, index: int, block: Sequence[set[str]]
) -> Iterator[float]:
    """Yield the strangeness of each post of a block, as if the block had not been taught."""
    removed = Counter(chain.from_iterable(block))
    counts = heard.counts
    gains = {
        gram: (*taught.gains[gram], (index, _lost(counts[gram][index], count)))
        for gram, count in removed.items()
        if heard.totals[gram] - count >= SHARED
    }
    without = replace(taught, gains=gains)
    for grams in block:
        yield strangeness(without.scores(grams), heard.accounts[index])


def learn(posts: Mapping[str, Sequence[str]]) -> VoiceBook:
    """Return the voices heard in each account's own posts.

    Args:
        posts: Account id to its published texts, oldest first. Accounts with fewer than 20
            distinct posts are left out; with fewer than two accounts left, nobody can be
            told apart and the book calibrates none.

    Source: naive Bayes with Lidstone smoothing (Manning, Raghavan & Schütze 2008, ch. 13);
        cross-conformal calibration (Vovk 2015). Ours: the division by the square root, and
        blocks of neighbours in time.
    """
    distinct = {name: _distinct(texts) for name, texts in posts.items()}
    kept = {name: texts for name, texts in sorted(distinct.items()) if len(texts) >= LEAST_POSTS}
    heard = _heard(kept)
    taught = _taught(heard)
    usual = {
        name: _calibrated(heard, taught, index)
        for index, name in enumerate(heard.accounts)
        if len(heard.accounts) > 1
    }
    return replace(taught, usual=usual, posts={name: tuple(texts) for name, texts in kept.items()})


def as_data(book: VoiceBook) -> dict[str, Any]:
    """Return the book as plain data that JSON can hold; `from_data` is its inverse."""
    return {
        "accounts": list(book.accounts),
        "gains": {gram: [list(user) for user in users] for gram, users in book.gains.items()},
        "floors": list(book.floors),
        "usual": {name: list(scores) for name, scores in book.usual.items()},
        "posts": {name: list(texts) for name, texts in book.posts.items()},
    }


def from_data(data: Mapping[str, Any]) -> VoiceBook:
    """Return the book that `as_data` wrote."""
    return VoiceBook(
        accounts=tuple(data["accounts"]),
        gains={
            gram: tuple((int(index), float(gain)) for index, gain in users)
            for gram, users in data["gains"].items()
        },
        floors=tuple(data["floors"]),
        usual={name: tuple(scores) for name, scores in data["usual"].items()},
        posts={name: tuple(texts) for name, texts in data["posts"].items()},
    )
