"""The runs: every cell once, then random ones; every outcome judged by the network's own ledger.

``python -m tests.crash.run --seconds 180 --seed 7 --csv FILE`` prints one JSON line with the
counts and, for each thing that went wrong, the cell that shows it.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from amends.store import outgoings
from amends.store.models import AttemptRow
from amends.vocabulary.outgoing import LIVE, Outgoing, OutgoingState
from tests.crash.cells import (
    ACCEPTED,
    CLASSES,
    FAULTS,
    NO_FAULT,
    NO_POINT,
    Cell,
    random_cell,
    unharmed_cells,
)
from tests.crash.desk import Desk, Network
from tests.crash.worker import KILLED, S, naive, ours, points_seen
from tests.fault.clock import SharedClock


@dataclass(frozen=True)
class Outcome:
    """What one run came to."""

    cell: Cell
    strategy: str
    reached: bool  # the worker died at its point
    published: int
    standing: int
    state: str
    wrong: str = ""  # doubled, lost, hidden, needless, stuck, broken: "" when all is well

    @property
    def needs_person(self) -> bool:
        return self.state == S.NEEDS_PERSON.value


@dataclass
class Count:
    """Runs of one class, strategy and fault."""

    runs: int = 0
    duplicates: int = 0
    losses: int = 0
    needs_person: int = 0
    needless: int = 0
    must_double: int = 0

    def add(self, one: Outcome) -> None:
        self.runs += 1
        self.duplicates += one.wrong == "doubled"
        self.losses += one.wrong in {"lost", "hidden", "stuck", "broken"}
        self.needs_person += one.needs_person
        self.needless += one.wrong == "needless"


@dataclass
class Tally:
    """All runs."""

    counts: dict[tuple[str, str, str], Count] = field(default_factory=dict)
    wrong: list[Outcome] = field(default_factory=list)
    points: Counter[str] = field(default_factory=Counter)
    naive_missed: list[Cell] = field(default_factory=list)

    def add(self, one: Outcome) -> None:
        """Count one run; a cell whose point was not reached is none."""
        if not one.reached:
            return
        key = (one.cell.repeat, one.strategy, one.cell.fault)
        count = self.counts.setdefault(key, Count())
        count.add(one)
        self.points[one.cell.point] += 1
        if one.strategy == "ours" and one.wrong:
            self.wrong.append(one)
        if one.strategy == "naive" and one.cell.doubles_naively:
            count.must_double += 1
            if one.wrong != "doubled":
                self.naive_missed.append(one.cell)

    def summary(self) -> dict[str, Any]:
        """Return the counts as JSON."""
        ours_ = [one for (_, strategy, _), one in self.counts.items() if strategy == "ours"]
        naive_ = [one for (_, strategy, _), one in self.counts.items() if strategy == "naive"]
        return {
            "runs": sum(one.runs for one in ours_),
            "duplicates": sum(one.duplicates for one in ours_),
            "losses": sum(one.losses for one in ours_),
            "needs_person": sum(one.needs_person for one in ours_),
            "needless": sum(one.needless for one in ours_),
            "naive_runs": sum(one.runs for one in naive_),
            "naive_duplicates": sum(one.duplicates for one in naive_),
            "naive_must_double": sum(one.must_double for one in naive_),
            "naive_missed": [asdict(one) for one in self.naive_missed],
            "points": dict(self.points),
            "wrong": [asdict(one) for one in self.wrong[:50]],
        }


def run(desk: Desk, cell: Cell, strategy: str = "ours") -> Outcome:
    """Carry one text through one cell and judge what became of it."""
    target = published_before(desk, cell) if cell.kind == "removal" else ""
    one = desk.approve(cell.repeat, target=target)
    if cell.fault != NO_FAULT:
        where = {"text": one.text} if not target else {}
        kind = "remove" if target else "publish"
        given = {"kind": kind, "dialect": CLASSES[cell.repeat], **where, **FAULTS[cell.fault]}
        desk.network.ask("misbehave", fault=str(cell.fault), **given)
    desk.close()
    codes = (ours if strategy == "ours" else naive)(desk, one, cell)
    desk.network.ask("behave")
    desk.network.ask("release")
    desk.forget(cell.repeat)
    reached = cell.point == NO_POINT or codes[0] == KILLED
    if target:
        return judged_removal(desk, cell, one, target, reached=reached, codes=codes)
    return judged(desk, cell, one, strategy, reached=reached, codes=codes)


def published_before(desk: Desk, cell: Cell) -> str:
    """Publish a post that will be taken down; return its network id."""
    one = desk.approve(cell.repeat)
    desk.close()
    codes = ours(desk, one, Cell(cell.repeat))
    kept = outgoings.load(one.id)
    if codes != [0] or not kept.network_id:
        raise RuntimeError(f"the post to take down is not out: {kept}")
    return kept.network_id


def judged(
    desk: Desk, cell: Cell, one: Outgoing, strategy: str, *, reached: bool, codes: list[int]
) -> Outcome:
    """Return the outcome of a send."""
    published = desk.network.ask("published", text=one.text)
    standing = desk.network.ask("standing", text=one.text)
    state = outgoings.load(one.id).state
    wrong = "doubled" if published > 1 else ""
    if strategy == "ours" and not wrong:
        wrong = "broken" if codes[-1] != 0 else wrong_with(one, state, published, cell)
    return Outcome(cell, strategy, reached, published, standing, state.value, wrong)


def wrong_with(one: Outgoing, state: OutgoingState, published: int, cell: Cell) -> str:
    """Return what is wrong with where a text ended, "" for nothing."""
    faults = {
        "lost": (state in LIVE and not published)
        or (state is S.MISSED and not may_miss(one, cell)),
        "hidden": state in {S.REFUSED, S.MISSED, S.CANCELLED} and bool(published),
        # Reading back could have decided.
        "needless": state is S.NEEDS_PERSON and bool(published or can_prove_absence(cell)),
        "stuck": state not in LIVE | {S.REFUSED, S.MISSED, S.NEEDS_PERSON},
    }
    return next((name for name, is_so in faults.items() if is_so), "")


def can_prove_absence(cell: Cell) -> bool:
    """Return whether a network's silence proves that a text is not there."""
    return cell.repeat == "named"


def may_miss(one: Outgoing, cell: Cell) -> bool:
    """Return whether a text's quarter of an hour could pass without anybody's fault."""
    tries = AttemptRow.objects.filter(outgoing_id=one.id).count()
    return cell.jump_s != 0 or cell.point != NO_POINT or tries > 1


def judged_removal(
    desk: Desk, cell: Cell, one: Outgoing, target: str, *, reached: bool, codes: list[int]
) -> Outcome:
    """Return the outcome of a removal: gone exactly when we say so, and never back."""
    standing = sum(
        post["id"] == target for post in desk.network.ask("posts", dialect=CLASSES[cell.repeat])
    )
    state = outgoings.load(one.id).state
    wrong = "broken" if codes[-1] != 0 else ""
    if not wrong and state in LIVE and standing:
        wrong = "hidden"
    if not wrong and state not in LIVE | {S.MISSED, S.REFUSED, S.NEEDS_PERSON}:
        wrong = "stuck"
    if not wrong and state is S.NEEDS_PERSON:
        wrong = "needless"  # a removal reads first: it can always be repeated
    return Outcome(cell, "ours", reached, 0, standing, state.value, wrong)


@contextmanager
def opened(folder: Path) -> Iterator[Desk]:
    """Return a warm desk beside a fault network in a process of its own."""
    clock = SharedClock(folder / "clock")
    words = [sys.executable, "-m", "tests.fault.server", "--clock", str(folder / "clock")]
    server = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        urls = json.loads(server.stdout.readline().removeprefix("READY "))
        desk = Desk(Network(urls), clock)
        desk.open()
        yield desk
    finally:
        server.kill()
        server.wait()


def runs(desk: Desk, tally: Tally, options: argparse.Namespace) -> None:
    """Run every cell, then random ones until the time is over."""
    if not options.random_only:
        for unharmed in unharmed_cells():
            tally.add(run(desk, unharmed))
            for cell in [unharmed, *(replace(unharmed, point=one) for one in points_seen())]:
                if cell.point != NO_POINT:
                    tally.add(run(desk, cell))
                if cell.doubles_naively:
                    tally.add(run(desk, cell, "naive"))
    chance, end, done = random.Random(options.seed), time.monotonic() + options.seconds, 0
    while done < options.most and (time.monotonic() < end or done < options.least):
        cell = random_cell(chance)
        tally.add(run(desk, cell))
        done += 1
        if done % 10 == 0:
            fault = chance.choice(tuple(ACCEPTED))
            tally.add(run(desk, Cell(cell.repeat, fault=fault), "naive"))


def main(words: list[str] | None = None) -> int:
    """Run; 1 where anything was doubled, lost or needlessly asked of a person."""
    asked = argparse.ArgumentParser(prog="python -m tests.crash.run", description=__doc__)
    asked.add_argument("--seconds", type=float, default=180, help="of random cells")
    asked.add_argument("--least", type=int, default=0, help="random cells at least")
    asked.add_argument("--most", type=int, default=1_000_000, help="random cells at most")
    asked.add_argument("--seed", type=int, default=7)
    asked.add_argument("--random-only", action="store_true")
    asked.add_argument("--csv", default="")
    options = asked.parse_args(words)
    tally, began = Tally(), time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix="amends-crash-") as folder,
        opened(Path(folder)) as desk,
    ):
        runs(desk, tally, options)
    found = tally.summary() | {"seed": options.seed, "took_s": round(time.monotonic() - began)}
    print(json.dumps(found))
    if options.csv:
        Path(options.csv).write_text(table(tally), encoding="utf-8")
    return int(bool(found["wrong"] or found["naive_missed"]))


def table(tally: Tally) -> str:
    """Return the counts as CSV rows without a head: class, strategy, fault, then the counts."""
    rows = [
        f"{repeat},{strategy},{fault},{one.runs},{one.duplicates},{one.losses},{one.needs_person}"
        for (repeat, strategy, fault), one in sorted(tally.counts.items())
    ]
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    sys.exit(main())
