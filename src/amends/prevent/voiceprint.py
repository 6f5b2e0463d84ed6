"""Whose voice a draft sounds like, with proof, or an honest "still learning".

The voiceprint may only ask, never stop: one short post carries little evidence of style.
Three ways to answer, by how many distinct posts of the account are known:

from 99     asks when the draft is stranger than 99 in 100 of the account's own posts
20 to 98    a first impression: asks only when the draft is clearly stranger than all of
            them and at home among the likely account's; else says that it is still learning
below 20    says that it is still learning
"""

import math
from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from statistics import median

from amends.prevent.style import WORD, Styled, grams_in, places_of_grams, styled
from amends.prevent.voicebook import (
    VoiceBook,
    as_data,
    from_data,
    learn,
    strangeness,
)
from amends.rulebook.rule import Decision

__all__ = ["VoiceBook", "VoiceReading", "as_data", "from_data", "identify", "learn"]

SOFT = 0.01
ENOUGH_FOR_SOFT = 99  # 1 / (n + 1) reaches .01 from here
HARD = 0.002
LEAST_CALIBRATED = 20
LEAST_LETTERS = 12
CLEAR_MARGIN = 0.25  # of the way from the account's median post to its strangest
AT_HOME = 0.25
PLACES = 3
PROOFS = 2
RECENT = 100  # posts searched for proof: a person waits for the answer


@dataclass(frozen=True, slots=True)
class VoiceReading:
    """What the voiceprint makes of one draft.

    `decision` is PASS or ASK, None when it abstains and `sentence` says why. `scores` are
    shares in [0, 1] that sum to 1 over the accounts, higher is nearer; they are not
    probabilities. `p_value` is the share of the account's own posts at least as strange.
    """

    account_id: str
    decision: Decision | None = None
    likely: str = ""  # the nearest account, its own included
    scores: Mapping[str, float] = field(default_factory=dict)
    p_value: float | None = None
    places: tuple[tuple[int, int], ...] = ()  # at most three, code point offsets
    proof: tuple[str, ...] = ()  # two posts of the likely account, nearest first
    calibrated_on: int = 0  # posts of the account that the draft was ranked among
    is_first_impression: bool = False
    is_hard: bool = False  # p <= .002: the handle is typed by hand
    sentence: str = ""

    @property
    def abstained(self) -> bool:
        """Whether the voiceprint does not know enough to say anything."""
        return self.decision is None


def identify(book: VoiceBook, text: str, account_id: str) -> VoiceReading:
    """Return whether the text sounds like another account of the book.

    When draft and posts are exchangeable, an account's own draft is asked about about once
    in a hundred at most (from 99 posts on), or once in n + 1 (first impression). Voices
    drift, so learn again each week.

    Source: Vovk, Gammerman & Shafer (2005), conformal p-values. Ours: the first impression,
        and that a draft nearest to its own account is never asked about.
    """
    style = styled(text)
    usual = book.calibrated(account_id)
    reading = VoiceReading(account_id=account_id, calibrated_on=len(usual))
    silence = _why_silent(book, style, account_id)
    if silence:
        return replace(reading, sentence=silence)
    scores = book.scores(grams_in(style.text))
    strange = strangeness(scores, account_id)
    reading = replace(
        reading,
        likely=max(scores, key=scores.__getitem__),
        scores=_shares(scores),
        p_value=(1 + len(usual) - bisect_left(usual, strange)) / (len(usual) + 1),
    )
    judged = _judged(book, reading, scores)
    return _with_proof(book, judged, style) if judged.decision is Decision.ASK else judged


def _why_silent(book: VoiceBook, style: Styled, account_id: str) -> str:
    """Return why nothing can be said about this draft, "" when something can."""
    if sum(character.isalpha() for character in style.text) < LEAST_LETTERS:
        return "Too short to tell whose voice it is."
    if len(book.accounts) < 2:
        return "Only one voice is known here, so there is nothing to compare it with."
    if len(book.calibrated(account_id)) < LEAST_CALIBRATED:
        return _still_learning(len(book.calibrated(account_id)))
    return ""


def _still_learning(count: int) -> str:
    return f"still learning: {count} of {ENOUGH_FOR_SOFT}"


def _shares(scores: Mapping[str, float]) -> dict[str, float]:
    best = max(scores.values())
    raised = {name: math.exp(score - best) for name, score in scores.items()}
    total = math.fsum(raised.values())
    return {name: value / total for name, value in raised.items()}


def _judged(book: VoiceBook, reading: VoiceReading, scores: Mapping[str, float]) -> VoiceReading:
    if reading.calibrated_on < ENOUGH_FOR_SOFT:
        return _first_impression(book, reading, scores)
    p_value = reading.p_value or 1.0
    if reading.likely == reading.account_id or p_value > SOFT:
        return replace(reading, decision=Decision.PASS)
    return replace(reading, decision=Decision.ASK, is_hard=p_value <= HARD)


def _first_impression(
    book: VoiceBook, reading: VoiceReading, scores: Mapping[str, float]
) -> VoiceReading:
    """Ask only when the draft leaves the account's posts behind and is at home elsewhere."""
    early = replace(reading, is_first_impression=True)
    if _is_clearly_strange(book, early, scores) and _is_at_home(book, early.likely, scores):
        words = f"first impression, {early.calibrated_on} posts"
        return replace(early, decision=Decision.ASK, sentence=words)
    return replace(early, sentence=_still_learning(early.calibrated_on))


def _is_clearly_strange(
    book: VoiceBook, reading: VoiceReading, scores: Mapping[str, float]
) -> bool:
    usual = book.calibrated(reading.account_id)
    margin = CLEAR_MARGIN * (usual[-1] - median(usual))
    return strangeness(scores, reading.account_id) > max(0.0, usual[-1] + margin)


def _is_at_home(book: VoiceBook, account_id: str, scores: Mapping[str, float]) -> bool:
    """Whether the text is clearly nearer to this account than to all others.

    Clearly: at least a quarter as near as the account's own median post. A text that is at
    home nowhere, in another language say, is no sign of a swap.
    """
    usual = book.calibrated(account_id)
    if len(usual) < LEAST_CALIBRATED:
        return False
    return strangeness(scores, account_id) <= min(0.0, AT_HOME * median(usual))


def _with_proof(book: VoiceBook, reading: VoiceReading, style: Styled) -> VoiceReading:
    return replace(
        reading,
        places=_places(book, reading, style),
        proof=_nearest_posts(book, reading.likely, style),
    )


def _places(book: VoiceBook, reading: VoiceReading, style: Styled) -> tuple[tuple[int, int], ...]:
    """Return the runs of words that speak most for the likely account, in reading order."""
    weights = _letter_weights(book, reading, style.text)
    words = [
        (math.fsum(weights[slice(*match.span())]), *match.span())
        for match in WORD.finditer(style.text)
    ]
    enough = max(weight for weight, _, _ in words) / 2
    runs = [
        (math.fsum(weight for weight, _, _ in run), run[0][1], run[-1][2])
        for is_telling, run in ((key, list(group)) for key, group in groupby(words, _above(enough)))
        if is_telling
    ]
    strongest = sorted(runs, reverse=True)[:PLACES] or [(0.0, 0, len(style.text))]
    return tuple(sorted(style.place(start, end) for _, start, end in strongest))


def _above(enough: float) -> Callable[[tuple[float, int, int]], bool]:
    """Return whether a word speaks for the likely account, and about as loud as any."""
    return lambda word: word[0] > 0 and word[0] >= enough


def _letter_weights(book: VoiceBook, reading: VoiceReading, hidden: str) -> list[float]:
    """Return, for each character, how much its n-grams speak for the likely account."""
    likely = book.accounts.index(reading.likely)
    own = book.accounts.index(reading.account_id)
    weights = [0.0] * len(hidden)
    for gram, start, end in places_of_grams(hidden):
        gains = dict(book.gains.get(gram, ()))
        weight = gains.get(likely, 0.0) - gains.get(own, 0.0)
        for at in range(start, end):
            weights[at] += weight / (end - start)
    return weights


def _nearest_posts(book: VoiceBook, account_id: str, style: Styled) -> tuple[str, ...]:
    """Return the account's posts that share most of the draft's rarer n-grams."""
    drafted = {
        gram: 1 / len(users)
        for gram in grams_in(style.text)
        if len(gram) > 1 and (users := book.gains.get(gram))
    }

    def nearness(post: str) -> float:
        grams = grams_in(styled(post).text)
        shared = math.fsum(sorted(drafted[gram] for gram in grams & drafted.keys()))
        return shared / math.sqrt(len(grams) + 1)

    recent = book.posts[account_id][-RECENT:]
    return tuple(sorted(recent, key=nearness, reverse=True)[:PROOFS])
