"""The detector's streams: their state, their usual level, and what is heard on them.

An account is a stream; a post of it is one more for 48 hours. Accounts share half of the
false-alarm budget and posts the other half. State is saved in the transaction of the
mentions that changed it.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from amends.notice import watch as detector
from amends.notice.baseline import COLD_LEVEL, Usual, learn, post_usual
from amends.notice.watch import Watch
from amends.store import alarms, brands, incidents, mentions, posts
from amends.store.mentions import Blame, Stream
from amends.vocabulary.reproach import Alarm, Reproach

POST_STREAM = timedelta(hours=48)
LEARN_DAYS = 28
RELEARN = timedelta(hours=1)
HALF = 0.5
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Raised:
    """An alarm on one of an account's streams."""

    alarm: Alarm
    post_id: str


def hear(account_id: str, post_id: str, reproach: Reproach, at: datetime) -> Raised | None:
    """Count one reproach on the account's stream and on its post's; return the alarm it raises.

    Call it inside the transaction that keeps the mention. The post's alarm wins, since it
    says what the reproach is about.
    """
    raised = None
    for key, of_post in _streams(account_id, post_id, at):
        found = _hear_on(key, account_id, of_post, reproach, at)
        if found is not None:
            raised = Raised(found, of_post) if of_post or raised is None else raised
    if raised is not None and not raised.post_id:
        # The account alarmed first: say which post it is about, where most of it is about one.
        return replace(raised, post_id=mentions.blamed_post(account_id, raised.alarm.since))
    return raised


def _streams(account_id: str, post_id: str, at: datetime) -> list[tuple[str, str]]:
    found = [(f"account:{account_id}", "")]
    if post_id and posts.post(post_id).at >= at - POST_STREAM:
        found.append((f"post:{post_id}", post_id))
    return found


def _hear_on(
    key: str, account_id: str, post_id: str, reproach: Reproach, at: datetime
) -> Alarm | None:
    kept = _stream(key, account_id, post_id, at)
    usual = usual_of(account_id, at)
    usual = post_usual(usual, live_posts(account_id, at)) if post_id else usual
    streams = posts_watched(account_id, at) if post_id else mentions.streams_watched()
    watch, alarm = detector.hear(
        _watch(kept),
        author=reproach.author_id,
        weight=reproach.weight,
        at=at,
        usual=usual,
        streams=streams,
        share=HALF,
    )
    mentions.save_stream(replace(kept, watch=detector.to_json(watch)))
    return alarm


def _watch(kept: Stream) -> Watch:
    return detector.from_json(kept.watch) if kept.watch else Watch(kept.key)


def _stream(key: str, account_id: str, post_id: str, at: datetime) -> Stream:
    found = mentions.stream(key)
    if found is not None:
        return found
    # A post's stream is quiet from its publication on; an account's from now.
    start = posts.post(post_id).at if post_id else at
    usual = usual_of(account_id, at)
    watch = detector.tick(Watch(key), at=min(start, at), usual=usual)
    return Stream(key, account_id, post_id, detector.to_json(watch), "", None)


def live_posts(account_id: str, at: datetime) -> float:
    """Return the account's usual number of posts that are streams of their own, >= 1."""
    a_day = mentions.usual_posts_a_day(account_id, at - 14 * DAY, at)
    return max(a_day * (POST_STREAM / DAY), 1.0)


def posts_watched(account_id: str, at: datetime) -> int:
    """Return how many posts are streams now, over all accounts, >= 1."""
    own = len(posts.live_posts_since(account_id, at - POST_STREAM))
    return max(own, 1) * mentions.streams_watched()


def usual_of(account_id: str, at: datetime) -> Usual:
    """Return what the account is expected to hear; learned again each hour."""
    key = f"usual:{account_id}"
    kept = mentions.stream(key)
    if kept is not None and kept.usual_at is not None and at - kept.usual_at < RELEARN:
        return Usual.from_json(kept.usual)
    return relearn(account_id, at)


def relearn(account_id: str, at: datetime) -> Usual:
    """Learn the account's usual level from its whole earlier days, and keep it."""
    usual = _learned(account_id, at, _fallback(account_id))
    kept = Stream(f"usual:{account_id}", account_id, "", "", usual.to_json(), at)
    mentions.save_stream(kept)
    return usual


def _learned(account_id: str, at: datetime, fallback: float) -> Usual:
    zone = ZoneInfo(brands.account(account_id).account.brand.time_zone)
    local = at.astimezone(zone)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    since = midnight - LEARN_DAYS * DAY
    heard = [one for one in mentions.heard_times(account_id, since) if one < midnight]
    if not heard:
        return learn([], [], fallback=fallback)
    days = min(max((midnight - heard[0]) // DAY + 1, 1), LEARN_DAYS)
    blames = [
        one for one in mentions.blames(account_id, midnight - days * DAY) if one.at < midnight
    ]
    offset = local.utcoffset() or timedelta(0)
    return learn(
        daily_totals(blames, midnight, days),
        heard,
        utc_offset_s=int(offset.total_seconds()),
        fallback=fallback,
    )


def daily_totals(blames: Sequence[Blame], midnight: datetime, days: int) -> list[float]:
    """Return each calm day's weight, oldest first, each author once a day.

    A day of which an incident took a part is left out: counted as it is, or as nothing, it
    would make the usual too low, and too low a usual voids the stated rate.
    """
    most: dict[tuple[int, str], float] = defaultdict(float)
    for one in blames:
        day = (midnight - one.at) // DAY
        most[day, one.author_id] = max(most[day, one.author_id], one.weight)
    totals = dict.fromkeys(reversed(range(days)), 0.0)
    for (day, _), weight in most.items():
        if day in totals:
            totals[day] += weight
    troubled = {(midnight - one.at) // DAY for one in blames if one.in_incident}
    return [weight for day, weight in totals.items() if day not in troubled]


def _fallback(account_id: str) -> float:
    """Return a safe level for a new account: the median of the others, or a house default."""
    others = [one.id for one in brands.accounts() if one.id != account_id]
    kept = [mentions.stream(f"usual:{one}") for one in others]
    levels = [Usual.from_json(one.usual).level_per_day for one in kept if one is not None]
    return median(levels) if levels else COLD_LEVEL


def tick_all(at: datetime) -> None:
    """Close the quiet bins of every stream up to now; inside a transaction."""
    for one in brands.accounts():
        usual = usual_of(one.id, at)
        is_open = bool(incidents.open_for(one.id))
        for key in mentions.stream_keys(one.id):
            if not key.startswith("usual:"):
                _tick(key, usual, at, is_open=is_open)


def _tick(key: str, usual: Usual, at: datetime, *, is_open: bool) -> None:
    kept = mentions.stream(key)
    if kept is None:
        return
    watch = _watch(kept)
    if is_open:
        watch = detector.carry_over(watch, at=at)
    else:
        level = post_usual(usual, live_posts(kept.account_id, at)) if kept.post_id else usual
        watch = detector.tick(watch, at=at, usual=level)
    mentions.save_stream(replace(kept, watch=detector.to_json(watch)))


def rest(account_id: str, at: datetime) -> None:
    """Begin again from rest on the account's streams: an incident is open, nobody observes."""
    for key in mentions.stream_keys(account_id):
        kept = mentions.stream(key)
        if kept is not None and not key.startswith("usual:"):
            watch = detector.carry_over(_watch(kept), at=at)
            mentions.save_stream(replace(kept, watch=detector.to_json(watch)))


def is_calm_since(account_id: str, since: datetime, until: datetime) -> bool:
    """Return whether the time since then was calm, measured against the plain mean."""
    last = alarms.last_at(account_id)
    usual = usual_of(account_id, until)
    return detector.is_calm(
        mentions.weight_since(account_id, since),
        usual.mean_over(since, until),
        alarmed=last is not None and last >= since,
    )
