"""Starting the fault network: in this process, or in one of its own.

In one of its own it prints ``READY {"mastodon": "http://127.0.0.1:...", ...}`` and runs until it
is ended, or until its standard input closes.
"""

import argparse
import asyncio
import json
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from tests.fault.app import App
from tests.fault.bluesky import Bluesky
from tests.fault.clock import Clock, RealClock, SharedClock
from tests.fault.compatible import Compatible
from tests.fault.dialect import Dialect
from tests.fault.mastodon import Mastodon
from tests.fault.world import RATE, World

# By class: named, keyed, and none.
DIALECTS: dict[str, type[Dialect]] = {
    "bluesky": Bluesky,
    "mastodon": Mastodon,
    "compatible": Compatible,
}


class FaultNetwork(World):
    """The world with the addresses under which it answers."""

    urls: dict[str, str]

    @property
    def allowed(self) -> frozenset[str]:
        """The host:port of each dialect, for a guard."""
        return frozenset(url.split("//", 1)[1] for url in self.urls.values())


class Running:
    """A server and its sockets."""

    def __init__(self, network: FaultNetwork, port: int = 0) -> None:
        self.sockets = [_listening(port and port + n) for n in range(len(DIALECTS))]
        ports = [one.getsockname()[1] for one in self.sockets]
        names = dict(zip(ports, DIALECTS, strict=True))
        network.urls = {name: f"http://127.0.0.1:{number}" for number, name in names.items()}
        network.open(
            {
                name: lambda kind=kind, url=network.urls[name]: kind(network, url)  # type: ignore[misc]
                for name, kind in DIALECTS.items()
            }
        )
        self.server = uvicorn.Server(
            uvicorn.Config(
                App(network, names),
                http="h11",
                ws="none",
                lifespan="off",
                interface="asgi3",
                log_config=None,
                log_level="critical",
                access_log=False,
                server_header=False,
                date_header=False,  # the date is the server's own, and may be wrong
                timeout_graceful_shutdown=1,
            )
        )

    def run(self) -> None:
        """Answer until the end."""
        asyncio.run(self.server.serve(self.sockets))


def _listening(port: int) -> socket.socket:
    # Named as TCP, or asyncio would leave the delay for small packets on: 40 ms an answer.
    made = socket.socket(proto=socket.IPPROTO_TCP)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind(("127.0.0.1", port))
    made.listen(1024)  # from now on nobody is refused, even before the server looks
    return made


@contextmanager
def running(
    clock: Clock | None = None, *, seed: int = 0, rate: int = RATE
) -> Iterator[FaultNetwork]:
    """Return a network that answers on loopback, from a thread of this process.

    Args:
        clock: Its time; without one, a `SharedClock` of its own.
        seed: Of all that is random.
        rate: Requests in five minutes that a Mastodon server lets through.
    """
    network = FaultNetwork(clock, seed, rate)
    server = Running(network)
    thread = threading.Thread(target=server.run, name="fault network")
    thread.start()
    try:
        yield network
    finally:
        network.release()
        server.server.should_exit = True
        thread.join()
        for one in server.sockets:
            one.close()
    if network.mistakes:
        raise AssertionError(f"the fault network itself is broken: {network.mistakes}")


def main(words: list[str] | None = None) -> int:
    """Run in a process of its own."""
    options = argparse.ArgumentParser(prog="python -m tests.fault.server", description=__doc__)
    options.add_argument("--clock", default="", help="file of a SharedClock; real time without")
    options.add_argument("--port", type=int, default=0, help="the first port; 0 for free ones")
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--rate", type=int, default=RATE)
    given = options.parse_args(words)
    clock = SharedClock(given.clock) if given.clock else RealClock()
    network = FaultNetwork(clock, given.seed, given.rate)
    server = Running(network, given.port)

    def until_closed() -> None:
        sys.stdin.read()
        server.server.should_exit = True

    threading.Thread(target=until_closed, daemon=True).start()
    print("READY", json.dumps(network.urls), flush=True)
    server.run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
