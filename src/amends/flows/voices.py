"""How our accounts sound and what marks them, learned from their own posts.

The voice book lives in this process and is learned again when posts came or went; the
learned marks are kept with the accounts.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from amends.prevent.voiceprint import VoiceBook, learn
from amends.store import brands, posts

TIMES_USED = 5  # from here on a mark is an account's own, when no other account uses it
HASHTAG = re.compile(r"#(\w{2,50})")
LINK = re.compile(r"https?://(?:www\.)?([\w.-]+\.\w{2,})", re.IGNORECASE)


@dataclass
class _Kept:
    stamp: tuple[int, str] = (-1, "")
    book: VoiceBook | None = None


_kept = _Kept()


def book() -> VoiceBook | None:
    """Return the voice book over all active accounts; None while there is nothing to learn."""
    stamp = posts.newest_stamp()
    if stamp != _kept.stamp:
        texts = posts.texts_by_account()
        _kept.book = learn(texts) if texts else None
        _kept.stamp = stamp
    return _kept.book


def marks_in(texts: Sequence[str]) -> dict[str, Counter[str]]:
    """Return how often each hashtag and link domain is used, casefolded."""
    return {
        "hashtags": Counter(tag.casefold() for text in texts for tag in HASHTAG.findall(text)),
        "domains": Counter(host.casefold() for text in texts for host in LINK.findall(text)),
    }


def own_marks(used: Mapping[str, Counter[str]], account_id: str) -> list[str]:
    """Return the marks that one account uses often and no other account uses at all."""
    others = {mark for other, marks in used.items() if other != account_id for mark in marks}
    return [mark for mark, n in used[account_id].items() if n >= TIMES_USED and mark not in others]


def relearn_marks() -> None:
    """Learn every account's marks again from its history."""
    found = {account: marks_in(texts) for account, texts in posts.texts_by_account().items()}
    for account_id in found:
        brands.set_learned_marks(
            account_id,
            {
                kind: own_marks({one: used[kind] for one, used in found.items()}, account_id)
                for kind in ("hashtags", "domains")
            },
        )
