"""How long sends may take, when to look again, and the worker that goes by it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Policy:
    """How long sends may take and when to look again; house judgement."""

    lease: timedelta = timedelta(seconds=90)
    grace: timedelta = timedelta(seconds=30)  # a paused worker may still wake
    retries_s: tuple[int, ...] = (30, 120, 600, 1_800)  # after a clean refusal
    repeats_s: tuple[int, ...] = (1, 2, 5, 15, 30, 60, 60, 120, 120, 120)  # an identical call again
    looks_s: tuple[int, ...] = (30, 120, 300, 600)  # after the lost call, on top of the lag
    waits_s: tuple[int, ...] = (60, 120, 240, 480, 900)  # where a 429 names no time
    settled: timedelta = timedelta(seconds=60)  # after this a named text that is absent stays so
    most_attempts: int = 5
    most_looks: int = 12  # repeats and looks together, a quarter of an hour; then a person decides
    last_look: int = 150  # a day of looks, ten minutes apart, while nobody can read the network
    reserve: float = 0.2  # of a network's allowance: kept for answers, never spent on posts


POLICY = Policy()

# Between each two of these a worker may die; tests kill it there. See docs/decisions/0003.
POINTS = (
    "claiming",  # inside the claim's transaction
    "claimed",
    "frozen",  # the body is made, and kept nowhere yet
    "begun",  # written down that a call begins
    "calling",  # the last look at the holds is behind it
    "answered",  # the call came back, and nothing of it is kept yet
    "recording",  # inside the result's transaction
    "recorded",
    "looking",  # a look is leased
    "begun again",
    "calling again",
    "answered again",
    "looked",  # a look came back, and nothing of it is kept yet
    "rescued",
)


def _on(_point: str) -> None:
    """Go on: nothing happens at a point but in tests."""


@dataclass(frozen=True)
class Worker:
    """Who carries the outbox on, how patiently, and what happens at each point on the way."""

    owner: str
    policy: Policy = POLICY
    at: Callable[[str], None] = _on
