"""`amends watch`: replays mention events through the detector in event time."""

import argparse
import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from pathlib import Path

from amends.notice.baseline import Usual, learn
from amends.notice.judge import weight as weigh
from amends.notice.watch import Policy, Watch, carry_over, hear, is_calm
from amends.vocabulary.errors import BadInput
from amends.vocabulary.mention import Reading
from amends.vocabulary.reproach import Alarm

HELP = "replay mention events through the detector"
SAYS = (
    f"{HELP}. In: one JSON object a line, {{stream, at, author, weight}} or {{stream, at, author, "
    "text}; rows are replayed by their time, rows of the same time as they come. The usual level "
    "is learned from the stream's own earlier days (UTC), days with an alarm left out; until "
    "fourteen are known, a level of 3 a day is assumed, or the stream's own where that is "
    "larger. After an alarm a stream waits until six hours were calm, as an incident would be "
    "open. Out: one alarm a line, {stream, at, level, people, since}."
)
DAY = timedelta(days=1)
CALM = timedelta(hours=6)
KEPT_DAYS = 28
HEAVIEST = 3.0
WRONG = 2


@dataclass(frozen=True)
class Event:
    """One mention; `weight` is None until its text was read."""

    stream: str
    at: datetime
    author: str
    weight: float | None
    text: str


@dataclass
class Stream:
    """One stream as the replay knows it so far."""

    watch: Watch
    first: date
    usual: Usual = field(default_factory=Usual)
    learned_on: date | None = None
    alarmed_at: datetime | None = None
    days: dict[date, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))
    incidents: set[date] = field(default_factory=set)
    times: list[datetime] = field(default_factory=list)
    lately: list[tuple[datetime, float]] = field(default_factory=list)  # the last 6 hours


def main(argv: list[str]) -> int:
    """Print the alarms, and return 0, or 2 when a line could not be read."""
    parser = argparse.ArgumentParser(prog="amends watch", description=SAYS)
    parser.add_argument("file", nargs="?", default="-", help="events; - for standard input")
    parser.add_argument(
        "--false-alarm-days",
        type=float,
        default=30.0,
        metavar="D",
        help="accept one false alarm in so many days over all streams; default 30",
    )
    wanted = parser.parse_args(argv)
    if not 0 < wanted.false_alarm_days < math.inf:
        parser.error("--false-alarm-days must be more than 0")
    try:
        lines = _lines(wanted.file)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        print(f"amends watch: cannot read {wanted.file}: {reason}.", file=sys.stderr)
        return WRONG
    return _replay(lines, Policy(days_per_false_alarm=wanted.false_alarm_days))


def _lines(name: str) -> list[str]:
    # Not splitlines(): a JSON string may hold the line ends that only Unicode knows.
    return (sys.stdin.read() if name == "-" else Path(name).read_text("utf-8")).split("\n")


def _replay(lines: Iterable[str], policy: Policy) -> int:
    events, broken = _events(lines)
    streams = len({event.stream for event in events})
    known: dict[str, Stream] = {}
    for event, weight in _weighed(events):
        stream = known.setdefault(event.stream, Stream(Watch(event.stream), event.at.date()))
        alarm = _take(stream, event, weight, policy, streams)
        if alarm is not None:
            print(json.dumps(_told(alarm), ensure_ascii=False))
    return WRONG if broken else 0


def _events(lines: Iterable[str]) -> tuple[list[Event], bool]:
    events: list[Event] = []
    broken = False
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            events.append(_event(line))
        except (ValueError, BadInput, RecursionError) as problem:
            print(f"amends watch: line {number}: {_why(problem)}", file=sys.stderr)
            broken = True
    return sorted(events, key=lambda event: event.at), broken


def _why(problem: Exception) -> str:
    if isinstance(problem, json.JSONDecodeError | RecursionError):
        return "it is not JSON"
    return str(problem)


def _event(line: str) -> Event:
    row = json.loads(line)
    names = ("stream", "at", "author")
    if not isinstance(row, dict) or not all(isinstance(row.get(k), str) and row[k] for k in names):
        raise BadInput("it must be an object with stream, at, author and weight or text")
    at = datetime.fromisoformat(row["at"])
    if at.utcoffset() is None:
        raise BadInput("the time has no zone: write it like 2026-03-01T12:00:00Z")
    weight = row.get("weight")
    if weight is not None and not _is_weight(weight):
        raise BadInput("the weight must be a number from 0 to 3")
    if weight is None and not isinstance(row.get("text"), str):
        raise BadInput("it needs a weight from 0 to 3, or a text")
    return Event(row["stream"], at.astimezone(UTC), row["author"], weight, row.get("text", ""))


def _is_weight(value: object) -> bool:
    # A truth value is a number in Python, and NaN passes no comparison.
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= HEAVIEST


def _weighed(events: list[Event]) -> list[tuple[Event, float]]:
    unread = [event.text for event in events if event.weight is None]
    readings = iter(_read(unread) if unread else ())
    return [
        (event, weigh(next(readings)) if event.weight is None else event.weight) for event in events
    ]


def _read(texts: Sequence[str]) -> list[Reading]:
    # By name and late: rows that bring their weight need no reader, and loading one is slow.
    readings: list[Reading] = import_module("amends.readers").read(texts)
    return readings


def _take(
    stream: Stream, event: Event, weight: float, policy: Policy, streams: int
) -> Alarm | None:
    _relearn(stream, event.at)
    _settle(stream, event.at)
    _note(stream, event, weight)
    if stream.alarmed_at is not None:
        stream.incidents.add(event.at.date())
        return None
    stream.watch, alarm = hear(
        stream.watch,
        author=event.author,
        weight=weight,
        at=event.at,
        usual=stream.usual,
        policy=policy,
        streams=streams,
    )
    if alarm is not None:
        stream.alarmed_at = alarm.at
        stream.incidents |= {alarm.since.date(), alarm.at.date()}
    return alarm


def _settle(stream: Stream, at: datetime) -> None:
    """Watch again once six hours were calm; what came between was not observed."""
    if stream.alarmed_at is None or at - stream.alarmed_at < CALM:
        return
    heard = sum(weight for when, weight in stream.lately if at - when <= CALM)
    if is_calm(heard, stream.usual.mean_over(at - CALM, at), alarmed=False):
        stream.alarmed_at = None
        stream.watch = carry_over(stream.watch, at=at)


def _note(stream: Stream, event: Event, weight: float) -> None:
    """Keep what later days learn from: each author with the heaviest text of the day."""
    day = stream.days[event.at.date()]
    more = max(weight - day.get(event.author, 0.0), 0.0)
    day[event.author] = day.get(event.author, 0.0) + more
    stream.times.append(event.at)
    if more:
        stream.lately = [one for one in stream.lately if event.at - one[0] <= CALM]
        stream.lately.append((event.at, more))


def _relearn(stream: Stream, at: datetime) -> None:
    """Learn the usual level again at each midnight, from whole earlier days only."""
    today = at.date()
    if stream.learned_on == today:
        return
    stream.learned_on = today
    oldest = max(stream.first, today - KEPT_DAYS * DAY)
    span = [oldest + n * DAY for n in range((today - oldest).days)]
    calm = [day for day in span if day not in stream.incidents]
    stream.days = defaultdict(dict, {d: stream.days[d] for d in span if d in stream.days})
    totals = [sum(stream.days.get(day, {}).values()) for day in calm]
    stream.times = [when for when in stream.times if when.date() >= oldest]
    quiet = [when for when in stream.times if when.date() not in stream.incidents]
    stream.usual = learn(totals, quiet)


def _told(alarm: Alarm) -> dict[str, object]:
    return {
        "stream": alarm.stream,
        "at": alarm.at.isoformat(),
        "level": round(alarm.level, 1),
        "people": alarm.people,
        "since": alarm.since.isoformat(),
    }
