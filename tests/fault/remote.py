"""The fault network in a process of its own, and what a test asks of it from here.

    with running_apart(folder / "clock") as network:
        network.misbehave(Fault.DROP_AFTER, text="apology 17")

Forked children may go on with the same `Remote`: each process has its own connection.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.fault.clock import SharedClock
from tests.fault.dialect import Account
from tests.fault.faults import Fault
from tests.fault.ledger import Entry
from tests.fault.world import OURS, RATE

ROOT = Path(__file__).parents[2]


class Remote:
    """The same words as `World`, over HTTP."""

    def __init__(self, urls: dict[str, str], clock: SharedClock) -> None:
        self.urls, self.clock = urls, clock
        self._base = f"{next(iter(urls.values()))}/_control/"
        self._client: tuple[int, httpx.Client] | None = None

    @property
    def allowed(self) -> frozenset[str]:
        """The host:port of each dialect, for a guard."""
        return frozenset(url.split("//", 1)[1] for url in self.urls.values())

    def ask(self, control: str, /, **given: Any) -> Any:
        """Return what one control gives.

        Raises:
            ValueError: It does not take these arguments.
        """
        answer = self._connected().post(self._base + control, content=json.dumps(given))
        found = answer.json()
        if answer.status_code != 200:
            raise ValueError(found["error"])
        return found["result"]

    def _connected(self) -> httpx.Client:
        if self._client is None or self._client[0] != os.getpid():
            transport = httpx.HTTPTransport(verify=False)  # loopback, without TLS
            self._client = os.getpid(), httpx.Client(transport=transport, timeout=30)
        return self._client[1]

    def close(self) -> None:
        """Close this process's connection."""
        if self._client is not None and self._client[0] == os.getpid():
            self._client[1].close()
        self._client = None

    def reset(self, seed: int | None = None, accounts: bool = True) -> None:
        """Start again with nothing."""
        self.ask("reset", seed=seed, accounts=accounts)

    def misbehave(self, fault: Fault | str, **given: Any) -> int:
        """Let a fault wait for its requests; return its number."""
        return int(self.ask("misbehave", fault=str(fault), **given))

    def behave(self, number: int = 0) -> None:
        """Take one fault back, or all."""
        self.ask("behave", number=number)

    def release(self) -> None:
        """Let everything go that hangs."""
        self.ask("release")

    def troubles(self) -> list[dict[str, Any]]:
        """Return the faults that still wait."""
        return list(self.ask("troubles"))

    def entries(self, since: int = 0) -> list[Entry]:
        """Return the ledger, from after an entry."""
        return [Entry(**one) for one in self.ask("entries", since=since)]

    def published(self, text: str) -> int:
        """Return how often this text became a post."""
        return int(self.ask("published", text=text))

    def standing(self, text: str) -> int:
        """Return how many posts with this text stand now."""
        return int(self.ask("standing", text=text))

    def counts(self, texts: list[str]) -> dict[str, list[int]]:
        """Return published and standing for many texts at once."""
        return dict(self.ask("counts", texts=texts))

    def doubled(self) -> dict[str, int]:
        """Return the texts that became more than one post."""
        return dict(self.ask("doubled"))

    def calls(self) -> dict[str, int]:
        """Return how many requests came in, by dialect and call."""
        return dict(self.ask("calls"))

    def posts(self, dialect: str) -> list[dict[str, Any]]:
        """Return all that stands, seen or not."""
        return list(self.ask("posts", dialect=dialect))

    def advance(self, seconds: float) -> float:
        """Move the clock; return how far it is ahead of real time."""
        return self.clock.advance(seconds)

    def account(self, dialect: str, handle: str = OURS[0]) -> Account:
        """Return an account with its tokens; a new one where there is none of this handle."""
        return Account(**self.ask("account", dialect=dialect, handle=handle))

    def accounts(self, dialect: str = "") -> list[dict[str, Any]]:
        """Return all accounts."""
        return list(self.ask("accounts", dialect=dialect))

    def say(self, dialect: str, text: str, about: str = "", **more: Any) -> str:
        """Let somebody else answer a post, or mention one of ours; return the new post's id."""
        return str(self.ask("say", dialect=dialect, text=text, about=about, **more))

    def revoke(self, dialect: str, handle: str = OURS[0]) -> None:
        """End an account's tokens."""
        self.ask("revoke", dialect=dialect, handle=handle)

    def restore(self, dialect: str, handle: str = OURS[0]) -> None:
        """Let the same tokens hold again."""
        self.ask("restore", dialect=dialect, handle=handle)

    def reconnect(self, dialect: str, handle: str = OURS[0]) -> Account:
        """Return the account with new tokens."""
        return Account(**self.ask("reconnect", dialect=dialect, handle=handle))

    def expire(self, dialect: str, handle: str = OURS[0]) -> None:
        """Let the access token be too old."""
        self.ask("expire", dialect=dialect, handle=handle)


@contextmanager
def running_apart(clock: str | Path, *, seed: int = 0, rate: int = RATE) -> Iterator[Remote]:
    """Return the fault network in a process of its own, which ends with this block.

    Args:
        clock: The file of the `SharedClock` that the server and its clients share.
        seed: Of all that is random.
        rate: Requests in five minutes that a server lets through.
    """
    words = ["--clock", str(clock), "--seed", str(seed), "--rate", str(rate)]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.fault.server", *words],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        word, _, found = process.stdout.readline().partition(" ")
        if word != "READY":
            raise RuntimeError(f"the fault network did not start: {word} {found}")
        remote = Remote(json.loads(found), SharedClock(clock))
        yield remote
        mistakes = remote.ask("mistaken")
        remote.close()
        if mistakes:
            raise AssertionError(f"the fault network itself is broken: {mistakes}")
    finally:
        process.stdin.close()  # the server ends with it
        process.wait(15)
        process.stdout.close()
