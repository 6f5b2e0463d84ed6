"""The detector: evidence that more reproach comes than the usual, with a stated error rate.

Theory of operation
    Time runs in five-minute bins. For each bet theta the evidence grows by
    (1 + theta x) / (1 + theta m), where x is the weight heard in the bin and m a bound on its
    mean that was known before. The bets are averaged with equal weights, and an alarm is due
    when the average reaches A with at least three different people since the onset. If the
    bound holds, at most t / A alarms are expected in t bins, whatever the distribution.

    Within a bin x only grows, so the test may be made after every text with the whole bin's m.
    Quiet bins count too: a skipped quiet bin is a bin in which the evidence never fades. Bins
    that nobody observed (feed down, incident open) are carried over instead.

Source: Shin, Ramdas & Rinaldo (2024), e-detectors, Shiryaev-Roberts form. Ours: the bets, the
    bound on counts, and the reset of all bets after an alarm.
"""

import json
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from math import fsum

from amends.notice.baseline import BIN, DECAY, FOLLOW, Usual, drift
from amends.notice.tally import Tally, add, people_from, pruned
from amends.vocabulary.reproach import Alarm

BETS = (1.0, 3.0, 7.0, 15.0, 31.0, 63.0)
BINS_PER_DAY = 288
BINS_PER_HOUR = 12
LONGEST = 35 * BINS_PER_DAY  # quiet bins that are walked through one by one
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Policy:
    """The false-alarm budget and the least number of people.

    `days_per_false_alarm`: one false alarm is accepted in so many days over all streams that a
    person on duty watches (house judgement: a month). `least_people`: below three people
    nobody is woken (house judgement).
    """

    days_per_false_alarm: float = 30.0
    least_people: int = 3


POLICY = Policy()


def threshold(policy: Policy = POLICY, streams: float = 1.0, share: float = 1.0) -> float:
    """Return A: bins per false alarm for one stream.

    Args:
        policy: The budget in days.
        streams: How many streams share it, >= 1.
        share: The part of the budget that these streams may use, in (0, 1].

    >>> threshold()
    8640.0
    """
    return BINS_PER_DAY * policy.days_per_false_alarm * max(streams, 1.0) / share


@dataclass(frozen=True, slots=True)
class Watch:
    """A stream's exact state; JSON gives it back bit for bit.

    `evidence` is per bet as the last closed bin left it; `bin` counts five-minute bins since
    2000; `x` is the open bin's weight; `lately` the decayed weight of the last half hour;
    `runs` holds per bet the best product of growth that ends here, and the bin it began in;
    `hours` holds the weight heard and the bound of each observed hour of the last day or so;
    `is_spent` says that the open bin has alarmed: whatever it still hears is no evidence.
    """

    stream: str
    evidence: tuple[float, ...] = (0.0,) * 6
    bin: int = -1
    x: float = 0.0
    lately: float = 0.0
    runs: tuple[tuple[float, int], ...] = ((0.0, -1),) * 6
    tally: Tally = field(default_factory=Tally)
    hours: tuple[tuple[int, float, float], ...] = ()
    is_spent: bool = False


def bin_of(at: datetime) -> int:
    """Return the number of the five-minute bin that holds this time."""
    return (at - EPOCH) // BIN


def start_of(number: int) -> datetime:
    """Return when a bin begins, aware, UTC."""
    return EPOCH + BIN * number


def expected(watch: Watch, usual: Usual) -> float:
    """Return the bound m for the open bin, > 0, from what was known before it."""
    return day_drift(watch) * usual.per_bin(start_of(watch.bin)) + FOLLOW * watch.lately


def day_drift(watch: Watch) -> float:
    """Return how much busier than usual the 24 hours were that ended an hour ago, 1 to 4.

    Whole hours that were observed, none of them within an hour of the open bin: the bound of a
    bin must not have seen the bin.
    """
    hour = watch.bin // BINS_PER_HOUR
    day = [one for one in watch.hours if hour - 25 <= one[0] <= hour - 2]
    return drift(fsum(one[1] for one in day), fsum(one[2] for one in day))


def level(watch: Watch, m: float) -> float:
    """Return the statistic for the open bin as it stands, >= 0."""
    if watch.is_spent:
        return 0.0
    return fsum(_grown(watch.evidence, watch.x, m)) / len(BETS)


def _growth(bet: float, x: float, m: float) -> float:
    return (1 + bet * x) / (1 + bet * m)


def _grown(evidence: tuple[float, ...], x: float, m: float) -> tuple[float, ...]:
    return tuple((held + 1) * _growth(bet, x, m) for bet, held in zip(BETS, evidence, strict=True))


def onset(watch: Watch, m: float) -> int:
    """Return the bin in which the rise began: the best start for the bet that says most."""
    grown = _grown(watch.evidence, watch.x, m)
    value, start = watch.runs[grown.index(max(grown))]
    return start if value > 1 else watch.bin


def people_since(watch: Watch, start: datetime) -> int:
    """Return how many different authors were counted since then."""
    return people_from(watch.tally, start)


def hear(  # noqa: PLR0913 - one text and what it is measured against
    watch: Watch,
    *,
    author: str,
    weight: float,
    at: datetime,
    usual: Usual,
    policy: Policy = POLICY,
    streams: float = 1.0,
    share: float = 1.0,
) -> tuple[Watch, Alarm | None]:
    """Return the watch after one text, with an alarm where one is due.

    Args:
        watch: The stream's state.
        author: Who spoke; counts in 24 h with the heaviest of their texts.
        weight: The text's weight, 0 to 3.
        at: When it was heard, aware; a time before the open bin counts in the open bin.
        usual: What the stream is expected to hear, from earlier days only.
        policy: The budget.
        streams: How many streams share the budget.
        share: The part of the budget these streams may use.
    """
    now = tick(watch, at=at, usual=usual)
    tally, more = add(now.tally, author, weight, at)
    if more <= 0:
        return replace(now, tally=tally), None
    heard = replace(now, tally=tally, x=now.x + more)
    m = expected(heard, usual)
    statistic = level(heard, m)
    if statistic < threshold(policy, streams, share):
        return heard, None
    alarm = _alarm(heard, at, usual, m)
    if alarm.people < policy.least_people:
        return heard, None
    return _reset(heard), alarm


def _alarm(watch: Watch, at: datetime, usual: Usual, m: float) -> Alarm:
    since = min(start_of(onset(watch, m)), at)
    return Alarm(
        stream=watch.stream,
        at=at,
        since=since,
        people=people_since(watch, since),
        usual=usual.mean_over(since, at),
        level=level(watch, m),
    )


def _reset(watch: Watch) -> Watch:
    """Return the watch from rest; authors keep their day, so nobody counts twice.

    The open bin stays open, spent: its whole weight still counts as what was heard lately.
    """
    rest = Watch(watch.stream)
    return replace(watch, evidence=rest.evidence, runs=rest.runs, is_spent=True)


def tick(watch: Watch, *, at: datetime, usual: Usual) -> Watch:
    """Return the watch with every bin before this time closed, quiet bins too."""
    now = bin_of(at)
    if watch.bin < 0:
        return replace(watch, bin=now)
    closed = watch
    if now - watch.bin > LONGEST:
        # To forget evidence is always allowed (it only makes the watch quieter), and a year's
        # silence need not be walked through bin by bin.
        closed = Watch(watch.stream, bin=now - LONGEST)
    while closed.bin < now:
        closed = _close(closed, usual)
    if closed.bin // BINS_PER_HOUR == watch.bin // BINS_PER_HOUR:
        return closed
    return replace(closed, tally=pruned(closed.tally, at))  # once an hour


def _close(watch: Watch, usual: Usual) -> Watch:
    lately = DECAY * watch.lately + watch.x
    if watch.is_spent:
        return replace(watch, bin=watch.bin + 1, x=0.0, lately=lately, is_spent=False)
    m = expected(watch, usual)
    runs = tuple(
        (max(value, 1.0) * _growth(bet, watch.x, m), start if value > 1 else watch.bin)
        for bet, (value, start) in zip(BETS, watch.runs, strict=True)
    )
    evidence = _grown(watch.evidence, watch.x, m)
    return replace(
        watch,
        evidence=evidence,
        runs=runs,
        bin=watch.bin + 1,
        x=0.0,
        lately=lately,
        hours=_hours(watch, usual),
    )


def _hours(watch: Watch, usual: Usual) -> tuple[tuple[int, float, float], ...]:
    hour, bound = watch.bin // BINS_PER_HOUR, usual.per_bin(start_of(watch.bin))
    if watch.hours and watch.hours[-1][0] == hour:
        _, x, s = watch.hours[-1]
        return (*watch.hours[:-1], (hour, x + watch.x, s + bound))
    return (*(one for one in watch.hours if one[0] >= hour - 25), (hour, watch.x, bound))


def carry_over(watch: Watch, *, at: datetime) -> Watch:
    """Return the watch as it was, with the bins up to this time not observed."""
    later = bin_of(at) > watch.bin
    return replace(
        watch, bin=max(watch.bin, bin_of(at)), x=0.0, is_spent=watch.is_spent and not later
    )


def is_calm(heard: float, usual: float, *, alarmed: bool) -> bool:
    """Return whether six observed hours were calm.

    Args:
        heard: Weight in those hours.
        usual: Mean weight expected in them.
        alarmed: Whether an alarm came in them.
    """
    return not alarmed and heard <= 1.5 * usual + 1


def to_json(watch: Watch) -> str:
    """Return the state as JSON, exact to the last bit."""
    kept = asdict(watch)
    kept["tally"] = watch.tally.to_json()
    return json.dumps(kept)


def from_json(text: str) -> Watch:
    """Return the state that `to_json` kept."""
    kept = json.loads(text)
    kept["evidence"] = tuple(kept["evidence"])
    kept["runs"] = tuple((value, start) for value, start in kept["runs"])
    kept["hours"] = tuple((hour, x, s) for hour, x, s in kept["hours"])
    kept["tally"] = Tally.from_json(kept["tally"])
    return Watch(**kept)
