"""The whole of it: three dialects, one ledger, one clock, and what a test may ask.

Every method here can be called from any thread, and over HTTP as ``/_control/<method>`` with its
arguments as JSON: see `app` and `remote`.
"""

import random
import threading
from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from tests.fault.clock import Clock, SharedClock
from tests.fault.dialect import Account, Dialect
from tests.fault.faults import LASTING, Fault, Faults, Trouble
from tests.fault.ledger import Ledger
from tests.fault.wire import Request

OURS, THEIRS = ("ladera", "candil"), ("tomas",)
RATE = 30_000  # requests in five minutes; Mastodon's documents say 300, see `World.rate`
KNOWN = {one.name for one in fields(Trouble)}


@dataclass(frozen=True, slots=True)
class Heard:
    """One request as it came in."""

    number: int
    dialect: str
    call: str
    body: bytes


class World:
    """State and control; the dialects are made once their addresses are known."""

    def __init__(self, clock: Clock | None = None, seed: int = 0, rate: int = RATE) -> None:
        self.clock: Clock = clock or SharedClock()
        self.seed, self.rate = seed, rate
        self.lock = threading.RLock()
        self.releases = 0  # how often what hangs was let go
        self.page = 0  # most rows in one answer, 0: as documented
        self.mistakes: list[str] = []  # of the fault network itself; must stay empty
        self.dialects: dict[str, Dialect] = {}
        self._make: Mapping[str, Callable[[], Dialect]] = {}
        self._clear()

    def _clear(self) -> None:
        self.chance = random.Random(self.seed)
        self.ledger, self.faults = Ledger(), Faults(self.chance)
        self.requests: deque[Heard] = deque(maxlen=20_000)
        self.numbers = 0

    def open(self, make: Mapping[str, Callable[[], Dialect]]) -> None:
        """Make the dialects, with our accounts and somebody else on each."""
        self._make = make
        self.reset()

    # --- what a test asks ------------------------------------------------------------------------

    def reset(self, seed: int | None = None, accounts: bool = True) -> None:
        """Start again with nothing; what hangs is let go. The clock stays where it is."""
        with self.lock:
            self.seed = self.seed if seed is None else seed
            self.release()
            self._clear()
            self.dialects = {name: make() for name, make in self._make.items()}
            for dialect in self.dialects.values() if accounts else ():
                for handle in (*OURS, *THEIRS):
                    dialect.create_account(handle, is_ours=handle in OURS)

    def misbehave(self, fault: Fault | str, **given: Any) -> int:
        """Let a fault wait for its requests; see `Trouble` for what can be given.

        A fault comes once; ``times=0`` is until it is taken back. Some come until taken back
        anyway: see `faults.LASTING`.

        Returns:
            Its number, for `behave`.
        """
        if unknown := given.keys() - KNOWN:
            raise ValueError(f"no such thing as {sorted(unknown)}")
        fault = Fault(fault)
        one = Trouble(fault, **{"times": 0 if fault in LASTING else 1, **given})
        with self.lock:
            return self.faults.add(one, self.clock.now()).number

    def behave(self, number: int = 0) -> None:
        """Take one fault back, or all."""
        with self.lock:
            self.faults.clear(number)

    def troubles(self) -> list[dict[str, Any]]:
        """Return the faults that still wait."""
        with self.lock:
            return [one.to_dict() for one in self.faults.waiting()]

    def release(self) -> None:
        """Let everything go that hangs."""
        self.releases += 1

    def entries(self, since: int = 0) -> list[dict[str, Any]]:
        """Return the ledger, from after an entry."""
        return [one.to_dict() for one in self.ledger.since(since)]

    def published(self, text: str) -> int:
        """Return how often this text became a post."""
        return self.ledger.published(text)

    def standing(self, text: str) -> int:
        """Return how many posts with this text stand now."""
        return self.ledger.standing(text)

    def counts(self, texts: list[str]) -> dict[str, list[int]]:
        """Return published and standing for many texts at once."""
        return {text: [self.published(text), self.standing(text)] for text in texts}

    def doubled(self) -> dict[str, int]:
        """Return the texts that became more than one post."""
        return self.ledger.doubled()

    def calls(self) -> dict[str, int]:
        """Return how many requests came in, by dialect and call."""
        with self.lock:
            return dict(Counter(f"{one.dialect} {one.call}" for one in self.requests))

    def mistaken(self) -> list[str]:
        """Return the mistakes of the fault network itself; there must be none."""
        return list(self.mistakes)

    def posts(self, dialect: str) -> list[dict[str, Any]]:
        """Return all that stands, seen or not, oldest first."""
        with self.lock:
            return self.dialects[dialect].posts()

    def advance(self, seconds: float) -> float:
        """Move the clock; return how far it is ahead of real time."""
        if not isinstance(self.clock, SharedClock):
            raise TypeError("real time cannot be moved; start the network with a SharedClock")
        return self.clock.advance(seconds)

    # --- accounts and other people ---------------------------------------------------------------

    def account(self, dialect: str, handle: str = OURS[0]) -> Account:
        """Return an account with its tokens; a new one where there is none of this handle."""
        with self.lock:
            where = self.dialects[dialect]
            return where.find(handle) or where.create_account(handle)

    def accounts(self, dialect: str = "") -> list[dict[str, Any]]:
        """Return all accounts."""
        with self.lock:
            return [
                {"dialect": name, **one.to_dict()}
                for name, where in self.dialects.items()
                if dialect in {"", name}
                for one in where.accounts.values()
            ]

    def say(self, dialect: str, text: str, about: str = "", **more: Any) -> str:
        """Let somebody else answer a post, or mention one of ours; return the new post's id.

        Args:
            dialect: Where.
            text: What they write.
            about: The post's id, "" for a mention of `to`.
            more: `author` and `to` (handles), and what the dialect knows besides.
        """
        author = more.pop("author", THEIRS[0])
        with self.lock:
            return self.dialects[dialect].say(author, text, about, **more)

    def revoke(self, dialect: str, handle: str = OURS[0]) -> None:
        """End an account's tokens."""
        with self.lock:
            self.dialects[dialect].revoke(handle)

    def restore(self, dialect: str, handle: str = OURS[0]) -> None:
        """Let the same tokens hold again."""
        with self.lock:
            self.dialects[dialect].restore(handle)

    def reconnect(self, dialect: str, handle: str = OURS[0]) -> Account:
        """Return the account with new tokens; the old ones stay dead."""
        with self.lock:
            return self.dialects[dialect].reconnect(handle)

    def expire(self, dialect: str, handle: str = OURS[0]) -> None:
        """Let the access token be too old."""
        with self.lock:
            self.dialects[dialect].expire(handle)

    # --- from the app ----------------------------------------------------------------------------

    def meet(self, dialect: Dialect, request: Request) -> Trouble | None:
        """Let a request meet what waits for it; return how its answer goes wrong."""
        with self.lock:
            self.numbers += 1
            request.number = self.numbers
            kinds = dialect.kinds(request)
            self.requests.append(Heard(self.numbers, dialect.name, kinds[-1], request.body))
            if not self.faults.waiting():
                return None
            who = dialect.account(request)
            handle = who.handle if who else ""
            text, now = dialect.text(request), self.clock.now()
            request.met = self.faults.meet(dialect.name, kinds, text, handle, now)
            return request.met.trouble
