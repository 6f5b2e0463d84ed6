"""Workers: ours, and one that just tries again; each in a forked process that may be killed."""

import json
import os
import signal
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from amends.flows import clock, publish, reach
from amends.flows.patience import Worker
from amends.networks.port import Content, Network, Published
from amends.store import brands, outgoings
from amends.vocabulary.outgoing import Outgoing, OutgoingState
from tests.crash.cells import NO_POINT, Cell
from tests.crash.desk import Desk

S = OutgoingState
ENDS = frozenset(
    {S.CONFIRMED, S.REFUSED, S.MISSED, S.NEEDS_PERSON, S.CANCELLED, S.VANISHED, S.GIVEN_UP}
)
STEP_S = 31.0  # how far the clock is moved on while a worker has nothing to do
ROUNDS = 120  # an hour of that
KILLED = -signal.SIGKILL


@dataclass
class Killer:
    """Kills its own process at the n-th coming to a point."""

    point: str = NO_POINT
    nth: int = 1
    seen: Counter[str] = field(default_factory=Counter)

    def at(self, point: str) -> None:
        """Die here, or go on."""
        self.seen[point] += 1
        if point == self.point and self.seen[point] == self.nth:
            os.kill(os.getpid(), signal.SIGKILL)


def forked(work: Callable[[], None]) -> int:
    """Run `work` in a process of its own; return its exit code, negative for a signal."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def carry_on(desk: Desk, one: Outgoing, repeat: str, killer: Killer) -> None:
    """Work, and let time pass, until the text reached an end."""
    worker = Worker(f"worker-{os.getpid()}", at=killer.at)
    for _ in range(ROUNDS):
        while publish.work_once(worker):
            pass
        if is_over(one.id):
            points_file().write_text(json.dumps(sorted(killer.seen)), encoding="utf-8")
            return
        desk.reconnect(repeat)
        desk.clock.advance(STEP_S)


def points_file() -> Path:
    """Return where the last worker that lived wrote down which points it came to."""
    return Path(os.environ["AMENDS_DATA"]) / "points.json"


def points_seen() -> list[str]:
    """Return which points the last worker that lived came to."""
    return [str(one) for one in json.loads(points_file().read_text(encoding="utf-8"))]


def is_over(outgoing_id: str) -> bool:
    """Return whether nothing more happens to a text by itself."""
    one = outgoings.load(outgoing_id)
    return one.state in ENDS and (one.state is not S.NEEDS_PERSON or one.next_at is None)


def ours(desk: Desk, one: Outgoing, cell: Cell) -> list[int]:
    """Let our workers carry a text to its end; return how each of them ended."""
    codes = [forked(lambda: carry_on(desk, one, cell.repeat, Killer(cell.point, cell.nth)))]
    if codes[-1] == KILLED:
        desk.clock.advance(cell.jump_s)
        second = Killer(cell.second)
        codes.append(forked(lambda: carry_on(desk, one, cell.repeat, second)))
    if codes[-1] == KILLED:
        codes.append(forked(lambda: carry_on(desk, one, cell.repeat, Killer())))
    return codes


# --- the sender that just tries again ------------------------------------------------------------


def naive(desk: Desk, one: Outgoing, cell: Cell) -> list[int]:
    """Send until a yes is kept, as most senders do: after any failure, simply again."""
    kept = Path(os.environ["AMENDS_DATA"]) / f"{one.id}.sent"
    codes: list[int] = []
    for attempt in range(8):
        killer = Killer(cell.point, cell.nth) if attempt == 0 else Killer()
        codes.append(forked(lambda killer=killer: send(one, killer, kept)))  # type: ignore[misc]
        if kept.exists():
            break
        desk.reconnect(cell.repeat)
        desk.clock.advance(500.0)
    return codes


def send(one: Outgoing, killer: Killer, kept: Path) -> None:
    """Send once; keep a yes."""
    killer.at("claimed")
    network: Network = reach.network_of(one.account_id)
    attempt = f"{one.id}-{os.getpid()}"
    frozen = network.freeze(Content(one.text, one.language), op=attempt, at=clock.real())
    killer.at("calling")
    result = network.publish(frozen)
    killer.at("answered")
    killer.at("recording")
    if isinstance(result, Published):
        kept.write_text(result.network_id, encoding="utf-8")
    elif "no longer" in getattr(result, "words", ""):
        brands.set_connected(one.account_id, connected=False, words="")
    killer.at("recorded")
