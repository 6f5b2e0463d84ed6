"""Whether the desk does its work: ages and heartbeats, no names and no texts."""

import secrets
import threading
import time
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.db import Error as DatabaseError

from amends.flows import clock
from amends.store import gauges, workers
from amends.vocabulary.outgoing import OutgoingState

S = OutgoingState
DEAD = timedelta(minutes=2)  # without a heartbeat for so long a loop does not live; house judgement
LOOPS = ("sender", "listener")
DECIDE = (S.NEEDS_PERSON, S.MISSED, S.REFUSED, S.WITH_PERSON)
PROBE_BYTES = 16_384  # more than fits on the last free page
PROBE_EVERY_S = 5.0


@dataclass(frozen=True)
class Loop:
    """One worker's loop: how long ago it was seen."""

    kind: str
    seen: timedelta

    @property
    def alive(self) -> bool:
        """Whether it was seen lately."""
        return self.seen < DEAD


@dataclass(frozen=True)
class Health:
    """How the desk does."""

    unsent: timedelta | None = None  # the oldest due text that has not left
    unconfirmed: timedelta | None = None  # the oldest of which nobody knows whether it is out
    poll: timedelta | None = None  # the oldest poll that is due
    waiting: int = 0  # texts that only a person can decide
    loops: tuple[Loop, ...] = ()
    wrong: tuple[str, ...] = field(default=("store",))  # of unsent, workers, store; () when well

    @property
    def ok(self) -> bool:
        """Whether all is well."""
        return not self.wrong

    def living(self, kind: str) -> tuple[Loop, ...]:
        """Return the living loops of a kind, the last seen first."""
        return tuple(one for one in self.loops if one.kind == kind and one.alive)


def look() -> Health:
    """Return how the desk does now, for its own pages.

    Raises:
        DatabaseError: the store does not answer.
    """
    real, now = clock.real(), clock.now()
    states = gauges.by_state()
    loops = tuple(Loop(one.kind, real - one.seen_at) for one in workers.all_of_them())
    unsent = gauges.oldest_unsent(now)
    wrong = []
    if unsent is not None and unsent > limit():
        wrong.append("unsent")
    if any(not any(one.alive and one.kind == kind for one in loops) for kind in LOOPS):
        wrong.append("workers")
    return Health(
        unsent=unsent,
        unconfirmed=gauges.oldest_unconfirmed(real),
        poll=gauges.oldest_poll(real),
        waiting=sum(states[state] for state in DECIDE),
        loops=loops,
        wrong=tuple(wrong),
    )


def unsent() -> timedelta | None:
    """Return how long the oldest text has been due that has not left; None for none."""
    return gauges.oldest_unsent(clock.now())


def limit() -> timedelta:
    """Return how old the oldest unsent text may be."""
    return timedelta(seconds=settings.UNSENT_LIMIT_S)


def checked() -> Health:
    """Return how the desk does, for those outside: never raises, and tries a write as well."""
    try:
        found = look()
        _probe.write()
    except DatabaseError:
        return Health()
    return found


class _Probe:
    """A write now and then, to see that the store takes one; many may ask, so not each time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._good_at = float("-inf")

    def write(self) -> None:
        """Write something and take it away, unless that went well a moment ago.

        Raises:
            DatabaseError: the store cannot be written.
        """
        with self._lock:
            if time.monotonic() - self._good_at < PROBE_EVERY_S:
                return
            workers.probe(f"probe-{secrets.token_hex(8)}", PROBE_BYTES, clock.real())
            self._good_at = time.monotonic()


_probe = _Probe()
