"""`amends watch`: replays mention events through the detector in event time."""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from amends.notice.baseline import Usual, learn
from amends.notice.judge import weight as weigh
from amends.notice.watch import Policy, Watch, hear
from amends.readers import read
from amends.vocabulary.errors import BadInput
from amends.vocabulary.reproach import Alarm

HELP = "replay mention events through the detector"
DAY = timedelta(days=1)
WRONG = 2


@dataclass
class Stream:
    """One stream as the replay knows it so far."""

    watch: Watch
    first: datetime
    learned_on: datetime | None = None
    usual: Usual = field(default_factory=Usual)
    heard: list[tuple[datetime, str, float]] = field(default_factory=list)


def main(argv: list[str]) -> int:
    """Print the alarms, and return 0, or 2 when a line could not be read."""
    parser = argparse.ArgumentParser(
        prog="amends watch",
        description=f"{HELP}. In: one JSON object a line, {{stream, at, author, weight}} or "
        "{stream, at, author, text}, in the order of time. The usual level is learned from the "
        "stream's own earlier days; until fourteen are known a level of 3 a day is assumed. After "
        "an alarm a stream begins anew, so a long surge alarms more than once.",
    )
    parser.add_argument("file", nargs="?", default="-", help="events; - for standard input")
    parser.add_argument(
        "--false-alarm-days",
        type=float,
        default=30.0,
        metavar="D",
        help="accept one false alarm in so many days over all streams; default 30",
    )
    wanted = parser.parse_args(argv)
    if not wanted.false_alarm_days > 0:
        parser.error("--false-alarm-days must be more than 0")
    try:
        lines = _lines(wanted.file)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        print(f"amends watch: cannot read {wanted.file}: {reason}.", file=sys.stderr)
        return WRONG
    return _replay(lines, Policy(days_per_false_alarm=wanted.false_alarm_days))


def _lines(name: str) -> list[str]:
    return (sys.stdin.read() if name == "-" else Path(name).read_text("utf-8")).splitlines()


def _replay(lines: Iterable[str], policy: Policy) -> int:
    rows, broken = _rows(lines)
    streams = len({row["stream"] for row in rows})
    known: dict[str, Stream] = {}
    for row in rows:
        alarm = _take(known, row, policy, streams)
        if alarm is not None:
            print(json.dumps(_told(alarm)))
    return WRONG if broken else 0


def _rows(lines: Iterable[str]) -> tuple[list[dict[str, Any]], bool]:
    rows: list[dict[str, Any]] = []
    broken = False
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            rows.append(_row(line))
        except (ValueError, BadInput) as problem:
            words = problem.msg if isinstance(problem, json.JSONDecodeError) else str(problem)
            print(f"amends watch: line {number}: {words}", file=sys.stderr)
            broken = True
    _weigh_texts(rows)
    rows.sort(key=lambda row: row["at"])
    return rows, broken


def _row(line: str) -> dict[str, Any]:
    row = json.loads(line)
    if not isinstance(row, dict) or not all(isinstance(row.get(k), str) for k in ("stream", "at")):
        raise BadInput("it must be an object with stream, at, author and weight or text")
    at = datetime.fromisoformat(row["at"])
    if at.utcoffset() is None:
        raise BadInput("the time has no zone: write it like 2026-03-01T12:00:00Z")
    weighed = isinstance(row.get("weight"), int | float) and row["weight"] >= 0
    if not weighed and not isinstance(row.get("text"), str):
        raise BadInput("it needs a weight from 0 to 3, or a text")
    return {
        "stream": row["stream"],
        "at": at.astimezone(UTC),
        "author": str(row.get("author", "")),
        "weight": float(row["weight"]) if weighed else None,
        "text": row.get("text", ""),
    }


def _weigh_texts(rows: list[dict[str, Any]]) -> None:
    unread = [row for row in rows if row["weight"] is None]
    for row, reading in zip(unread, read([row["text"] for row in unread]), strict=True):
        row["weight"] = weigh(reading)


def _take(
    known: dict[str, Stream], row: dict[str, Any], policy: Policy, streams: int
) -> Alarm | None:
    name, at = row["stream"], row["at"]
    stream = known.setdefault(name, Stream(Watch(name), at))
    _relearn(stream, at)
    stream.heard.append((at, row["author"], row["weight"]))
    stream.watch, alarm = hear(
        stream.watch,
        author=row["author"],
        weight=row["weight"],
        at=at,
        usual=stream.usual,
        policy=policy,
        streams=streams,
    )
    return alarm


def _relearn(stream: Stream, at: datetime) -> None:
    """Learn the usual level again at each midnight, from whole earlier days only."""
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    if stream.learned_on == midnight:
        return
    stream.learned_on = midnight
    begun = stream.first.replace(hour=0, minute=0, second=0, microsecond=0)
    days = (midnight - begun) // DAY
    earlier = [one for one in stream.heard if one[0] < midnight]
    most: dict[tuple[int, str], float] = defaultdict(float)
    for when, author, weight in earlier:
        day = (when - begun) // DAY
        most[day, author] = max(most[day, author], weight)
    totals = [0.0] * days
    for (day, _), weight in most.items():
        totals[day] += weight
    stream.usual = learn(totals[-28:], [one[0] for one in earlier])


def _told(alarm: Alarm) -> dict[str, object]:
    return {
        "stream": alarm.stream,
        "at": alarm.at.isoformat(),
        "level": round(alarm.level, 1),
        "people": alarm.people,
        "since": alarm.since.isoformat(),
    }
