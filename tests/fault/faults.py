"""What can go wrong, and for which requests."""

import itertools
import random
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Fault(StrEnum):
    """How a request goes wrong. Of one request at most one of these and any of `MODIFIERS`."""

    # Nothing takes effect.
    DROP_BEFORE = "drop_before"  # closed without an answer
    REFUSE = "refuse"  # the documented 4xx; `status` for another
    ERROR_BEFORE = "5xx_before"  # 500; `status` for another, such as 503
    HANG = "hang"  # no answer until released, then closed
    WRONG_JSON_BEFORE = "wrong_json_before"  # 200 and nonsense; see WRONG_JSON
    POLICY = "policy"  # 403
    QUOTA = "quota"  # 429 for `seconds`; `say` is how the wait is told
    REDIRECT = "redirect"  # 302
    REVOKED = "revoked"  # the account's tokens end with this request, until connected again
    # It takes effect.
    DROP_AFTER = "accept_then_drop"  # closed without an answer
    ERROR_AFTER = "accept_then_5xx"
    HANG_AFTER = "accept_then_hang"  # answered when released
    WRONG_JSON = "wrong_json"  # 200 and a page; `say` "truncated" for half of the JSON
    CUT = "cut"  # the answer's head, half of its body, closed
    SLOW = "slow"  # answered `seconds` later by the server's clock, which is moved
    # It takes effect late: when released, or `seconds` later by the server's clock.
    LATE = "late"
    # Anything: `status`, `body`, `headers`; `after` lets it take effect first, status 0 closes.
    ANSWER = "answer"

    # Modifiers: the request is answered as usual.
    READ_LAG = "read_lag"  # what is published is not seen for `seconds`
    KEY_LATE = "key_late"  # the key is remembered only `seconds` after the post is out
    KEY_STORE_LOST = "key_store_lost"  # all keys are forgotten before this request
    SILENT_DROP = "silent_drop"  # answered as published, and is not
    PROCESSING = "processing"  # a picture is ready only `seconds` later: 202
    CLOCK_SKEW = "clock_skew"  # the server's own clock is off by `seconds`, for all it says


MODIFIERS = frozenset(
    {
        Fault.READ_LAG,
        Fault.KEY_LATE,
        Fault.KEY_STORE_LOST,
        Fault.SILENT_DROP,
        Fault.PROCESSING,
        Fault.CLOCK_SKEW,
    }
)
LASTING = frozenset({Fault.QUOTA, Fault.READ_LAG, Fault.CLOCK_SKEW})  # not once, until they end


@dataclass(slots=True)
class Trouble:
    """One fault that waits for its requests."""

    fault: Fault
    kind: str = "publish"  # or read, remove, upload, refresh, listen, who; or a call's name; "" any
    times: int = 1  # 0: until taken back
    text: str = ""  # only for texts that contain it
    account: str = ""  # only for this handle
    dialect: str = ""
    seconds: float = 0.0
    status: int = 0
    say: str = ""
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    after: bool = False
    chance: float = 1.0  # drawn from the network's own seed
    until: float = 0.0  # by the server's clock; 0: no end
    number: int = 0
    met: int = 0  # how many requests met it

    def fits(self, dialect: str, kinds: Iterable[str], text: str, account: str) -> bool:
        """True where a request is one of those that it waits for."""
        return (
            (not self.dialect or self.dialect == dialect)
            and (not self.kind or self.kind in kinds)
            and (not self.account or self.account == account)
            and (not self.text or self.text in text)
        )

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON."""
        return asdict(self)


@dataclass(slots=True)
class Met:
    """What one request met."""

    trouble: Trouble | None = None
    lag_s: float = 0.0
    key_late_s: float = 0.0
    keys_lost: bool = False
    swallowed: bool = False
    processing_s: float = 0.0

    def take(self, one: Trouble) -> None:
        """Take a modifier in."""
        if one.fault is Fault.READ_LAG:
            self.lag_s = max(self.lag_s, one.seconds)
        elif one.fault is Fault.KEY_LATE:
            self.key_late_s = one.seconds or float("inf")
        elif one.fault is Fault.KEY_STORE_LOST:
            self.keys_lost = True
        elif one.fault is Fault.SILENT_DROP:
            self.swallowed = True
        elif one.fault is Fault.PROCESSING:
            self.processing_s = one.seconds


class Faults:
    """All troubles, the oldest first."""

    def __init__(self, chance: random.Random) -> None:
        self._waiting: list[Trouble] = []
        self._chance = chance
        self._numbers = itertools.count(1)

    def add(self, one: Trouble, now: float) -> Trouble:
        """Let one wait for its requests."""
        one.number = next(self._numbers)
        if one.fault is Fault.QUOTA and one.seconds:
            one.until = now + one.seconds
        self._waiting.append(one)
        return one

    def clear(self, number: int = 0) -> None:
        """Take one back, or all."""
        self._waiting = [one for one in self._waiting if number not in {0, one.number}]

    def waiting(self) -> list[Trouble]:
        """Return those that still wait."""
        return list(self._waiting)

    def skew(self, dialect: str) -> float:
        """Return by how many seconds this dialect's own clock is off."""
        return sum(
            one.seconds
            for one in self._waiting
            if one.fault is Fault.CLOCK_SKEW and one.dialect in {"", dialect}
        )

    def meet(
        self, dialect: str, kinds: tuple[str, ...], text: str, account: str, now: float
    ) -> Met:
        """Return what one request meets; those that are used up are gone."""
        met = Met()
        if not self._waiting:
            return met
        for one in tuple(self._waiting):
            if one.fault is Fault.CLOCK_SKEW or (one.fault not in MODIFIERS and met.trouble):
                continue
            if one.until and now >= one.until:
                self.clear(one.number)
            elif one.fits(dialect, kinds, text, account) and self._drawn(one):
                self._use(one, met)
        return met

    def _drawn(self, one: Trouble) -> bool:
        return one.chance >= 1.0 or self._chance.random() < one.chance

    def _use(self, one: Trouble, met: Met) -> None:
        one.met += 1
        if one.times and one.met >= one.times:
            self.clear(one.number)
        if one.fault in MODIFIERS:
            met.take(one)
        else:
            met.trouble = one
