"""The outside world of the tests: a throw-away PostgreSQL and the real Bluesky servers.

Imported by ``tests/conftest.py``. Each fixture lives as long as the test run, in a temporary
folder, on free high ports, and is gone afterwards. A test that needs one is marked
(``postgres``, ``bluesky``, ``browser``); where the tool is missing it is skipped with the cure,
or fails where ``AMENDS_REQUIRE`` names it.
"""

import contextlib
import json
import os
import pwd
import selectors
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import httpx
import pytest

from tests import tools

__all__ = [
    "BlueskyServers",
    "PostgresServer",
    "bluesky_network",
    "bluesky_small",
    "postgres_cluster",
    "postgres_of_its_own",
    "pytest_runtest_setup",
    "redis_server",
    "until",
]

START_S = 90.0  # the longest that a server may take to start on a busy machine

NEEDS: Mapping[str, tuple[str, Callable[[], Path | None], str]] = {
    "postgres": ("PostgreSQL", tools.postgres_bin, "apt-get install postgresql"),
    "browser": ("chromium", tools.chromium, "apt-get install chromium"),
    "bluesky": ("Bluesky dev network", tools.bluesky, "make tools"),
}


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose outside is missing, or fail it where that outside was required."""
    required = set(os.environ.get("AMENDS_REQUIRE", "").split(","))
    for need, (name, found, cure) in NEEDS.items():
        if item.get_closest_marker(need) is None:
            continue
        whole = need == "bluesky" and "bluesky_network" in getattr(item, "fixturenames", ())
        if (tools.bluesky_full if whole else found)() is None:
            words = f"no {name}: {cure}"
            if need in required:
                pytest.fail(words, pytrace=False)
            pytest.skip(words)


def until(met: Callable[[], Any], seconds: float = 30.0) -> Any:
    """Return what `met` returns once it is true; wait on a condition, never on a time."""
    end = time.monotonic() + seconds
    while True:
        found = met()
        if found:
            return found
        if time.monotonic() > end:
            pytest.fail(f"waited {seconds:.0f} s in vain")
        time.sleep(0.02)  # between two looks, so that the other side has the processor


# --- processes -----------------------------------------------------------------------------------


def free_port() -> int:
    """Return a port that nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _stop(process: subprocess.Popen[Any]) -> None:
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(15)


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), 0.5):
            return True
    except OSError:
        return False


def _as_other_user(folder: Path) -> list[str]:
    """Return how to run a program as somebody else: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return []
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = "postgres" if "postgres" in names else "nobody"
    shutil.chown(folder, user)
    # It lies where root's programs do, which a plain PATH may leave out.
    program = shutil.which("runuser", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    return [program or "runuser", "-u", user, "--"]


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[str]:
    """Return the DATABASE_URL of a throw-away PostgreSQL cluster on loopback."""
    programs = tools.postgres_bin()
    if programs is None:
        pytest.skip("no PostgreSQL: apt-get install postgresql")
    # Not in pytest's own folders: those are for the user who runs the tests alone.
    with tempfile.TemporaryDirectory(prefix="amends-pg-", ignore_cleanup_errors=True) as folder:
        for server in _cluster(programs, Path(folder), free_port(), "off"):
            yield server.url


@dataclass
class PostgresServer:
    """A PostgreSQL that a test may treat badly."""

    url: str
    _control: Callable[..., None]

    def restart(self) -> None:
        """Pull the plug (`-m immediate`: no good-bye to anyone) and start it again."""
        self._control("restart", "-m", "immediate", "-w", "-t", "60")


@pytest.fixture
def postgres_of_its_own() -> Iterator[PostgresServer]:
    """Return a PostgreSQL for one test, which keeps what it has promised to keep."""
    programs = tools.postgres_bin()
    if programs is None:
        pytest.skip("no PostgreSQL: apt-get install postgresql")
    with tempfile.TemporaryDirectory(prefix="amends-pg-", ignore_cleanup_errors=True) as folder:
        yield from _cluster(programs, Path(folder), free_port(), "on")


def _cluster(programs: Path, folder: Path, port: int, synchronous: str) -> Iterator[PostgresServer]:
    other = _as_other_user(folder)
    data, log = folder / "data", folder / "log"
    quiet: dict[str, Any] = {"cwd": "/", "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    make = ["-D", str(data), "-U", "amends", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"]
    subprocess.run([*other, str(programs / "initdb"), *make], check=True, **quiet)
    # Nothing here is precious: without fsync the tests run several times faster. A server that
    # is killed alone loses nothing by that, but it would by commits that nobody waited for.
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": port,
        "unix_socket_directories": folder,
        "fsync": "off",
        "synchronous_commit": synchronous,
        "full_page_writes": "off",
        "max_connections": 200,
    }
    given = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]

    def control(*words: str) -> None:
        command = [str(programs / "pg_ctl"), "-D", str(data), *words]
        subprocess.run([*other, *command], check=True, **quiet)

    with log.open("wb") as lines:
        server = subprocess.Popen(
            [*other, str(programs / "postgres"), "-D", str(data), *given],
            cwd="/",
            stdout=lines,
            stderr=lines,
        )
        try:
            _until_ready(server, port, log)
            asks = [str(programs / "pg_isready"), "-h", "127.0.0.1", "-p", str(port)]
            until(lambda: subprocess.run(asks, check=False, **quiet).returncode == 0)
            yield PostgresServer(f"postgresql://amends@127.0.0.1:{port}/postgres", control)
        finally:
            # Not by a signal: `runuser` stands between and would leave the server behind.
            with contextlib.suppress(subprocess.CalledProcessError):
                control("stop", "-m", "immediate")
            _stop(server)


def _until_ready(server: subprocess.Popen[Any], port: int, log: Path) -> None:
    def ready() -> bool:
        if server.poll() is not None:
            pytest.fail(f"a server did not start: {log.read_text(errors='replace')[-2000:]}")
        return _answers(port)

    until(ready, START_S)


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return host:port of a throw-away Redis that keeps nothing."""
    program, port = tools.redis(), free_port()
    if program is None:
        pytest.skip("no redis-server: apt-get install redis-server")
    folder = tmp_path_factory.mktemp("redis")
    given = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    log = folder / "log"
    with log.open("wb") as lines:
        server = subprocess.Popen([str(program), *given], stdout=lines, stderr=lines)
        try:
            _until_ready(server, port, log)
            yield f"127.0.0.1:{port}"
        finally:
            _stop(server)


# --- Bluesky -------------------------------------------------------------------------------------


@dataclass
class Actor:
    """Somebody on the dev network, for what others do to us; talks plain XRPC."""

    pds: str
    did: str
    handle: str
    token: str = field(repr=False)
    appview: str = ""

    def call(self, nsid: str, body: Mapping[str, object]) -> dict[str, Any]:
        """Return what one procedure answers."""
        head = {"authorization": f"Bearer {self.token}"}
        answer = httpx.post(f"{self.pds}/xrpc/{nsid}", json=body, headers=head, timeout=30)
        answer.raise_for_status()
        return dict(answer.json()) if answer.content else {}

    def post(
        self,
        text: str,
        reply_to: str | None = None,
        *,
        quote: str | None = None,
        mention: str | None = None,
        at: datetime | None = None,
    ) -> str:
        """Return the network id of a new post; `reply_to` and `quote` are network ids.

        Waits until the AppView shows the post that is answered: an answer that it meets before
        its parent notifies nobody, here and in the wild.
        """
        if self.appview and (about := reply_to or quote):
            until(lambda: self._shown(about))
        record: dict[str, object] = {
            "$type": "app.bsky.feed.post",
            "text": text,
            "createdAt": (at or datetime.now(UTC)).isoformat().replace("+00:00", "Z"),
        }
        if reply_to:
            record["reply"] = {"parent": self.strong(reply_to), "root": self._root(reply_to)}
        if quote:
            record["embed"] = {"$type": "app.bsky.embed.record", "record": self.strong(quote)}
        if mention:
            who = {"$type": "app.bsky.richtext.facet#mention", "did": mention}
            place = {"byteStart": 0, "byteEnd": len(text.encode())}
            record["facets"] = [{"index": place, "features": [who]}]
        body = {"repo": self.did, "collection": "app.bsky.feed.post", "record": record}
        return str(self.call("com.atproto.repo.createRecord", body)["uri"])

    def strong(self, uri: str) -> dict[str, str]:
        """Return uri and cid of a post."""
        return {"uri": uri, "cid": str(self._record(uri)["cid"])}

    def _shown(self, uri: str) -> bool:
        where = f"{self.appview}/xrpc/app.bsky.feed.getPosts"
        answer = httpx.get(where, params={"uris": uri}, timeout=30)
        return answer.status_code == 200 and bool(answer.json()["posts"])

    def _root(self, uri: str) -> dict[str, str]:
        reply = self._record(uri)["value"].get("reply")
        return dict(reply["root"]) if reply else self.strong(uri)

    def _record(self, uri: str) -> dict[str, Any]:
        did, collection, name = uri.removeprefix("at://").split("/")
        where = {"repo": did, "collection": collection, "rkey": name}
        answer = httpx.get(f"{self.pds}/xrpc/com.atproto.repo.getRecord", params=where, timeout=30)
        answer.raise_for_status()
        return dict(answer.json())


@dataclass
class BlueskyServers:
    """The running servers; `appview` is "" for the small network."""

    pds: str
    plc: str
    appview: str = ""
    start_s: float = 0.0
    _actors: dict[str, Actor] = field(default_factory=dict)
    _passwords: dict[str, str] = field(default_factory=dict, repr=False)

    @property
    def allowed(self) -> frozenset[str]:
        """The host:port that a guard has to allow."""
        return frozenset({self.pds.split("//", 1)[1]})

    def create_account(self, handle: str) -> tuple[str, str]:
        """Return (did, password) of a new account; `handle` ends in .test, 3 letters or more."""
        password = f"pass-{handle}"
        mail = f"{handle.replace('.', '-')}@example.test"
        body = {"handle": handle, "email": mail, "password": password}
        answer = httpx.post(
            f"{self.pds}/xrpc/com.atproto.server.createAccount", json=body, timeout=30
        )
        answer.raise_for_status()
        found = answer.json()
        self._actors[handle] = Actor(
            self.pds, found["did"], handle, found["accessJwt"], self.appview
        )
        self._passwords[handle] = password
        return found["did"], password

    def as_user(self, handle: str) -> Actor:
        """Return somebody who can act; a new account where there is none of this handle."""
        if handle not in self._actors:
            self.create_account(handle)
        return self._actors[handle]


@contextlib.contextmanager
def _servers(kind: str, folder: Path, more: Mapping[str, str]) -> Iterator[BlueskyServers]:
    script, program = tools.bluesky(), tools.node()
    if script is None or program is None:
        pytest.skip("no Bluesky dev network: make tools")
    ports = {f"{name}_PORT": str(free_port()) for name in ("PDS", "PLC", "APPVIEW", "OZONE")}
    log, began = folder / "log", time.monotonic()
    environment = {**tools.node_environment(), **ports, **more, "TMPDIR": str(folder)}
    with log.open("wb") as lines:
        process = subprocess.Popen(
            [str(program), str(script), kind],
            cwd=script.parent,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=lines,
        )
        try:
            assert process.stdout is not None
            found = json.loads(_ready_line(process.stdout, log))
            start_s = time.monotonic() - began
            yield BlueskyServers(found["pds"], found["plc"], found.get("appview", ""), start_s)
        finally:
            _stop(process)
            for pipe in filter(None, (process.stdin, process.stdout)):
                pipe.close()


def _ready_line(out: IO[bytes], log: Path) -> str:
    """Return what follows READY on the server's output."""
    end, seen = time.monotonic() + START_S, b""
    with selectors.DefaultSelector() as waiting:
        waiting.register(out, selectors.EVENT_READ)
        while time.monotonic() < end and waiting.select(max(0.0, end - time.monotonic())):
            part = os.read(out.fileno(), 65536)
            seen += part
            for line in seen.split(b"\n")[:-1]:
                if line.startswith(b"READY "):
                    return line[6:].decode()
            if not part:
                break
    tail = log.read_text(errors="replace")[-3000:]
    pytest.fail(f"the Bluesky dev network did not start: {seen[-500:]!r} {tail}")


@pytest.fixture(scope="session")
def bluesky_small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BlueskyServers]:
    """Return a real PDS with its directory: publishing, repeating, taking down, sessions."""
    with _servers("small", tmp_path_factory.mktemp("bluesky-small"), {}) as servers:
        yield servers


@pytest.fixture(scope="session")
def bluesky_network(
    tmp_path_factory: pytest.TempPathFactory, postgres_cluster: str, redis_server: str
) -> Iterator[BlueskyServers]:
    """Return the whole network: notifications, threads, profiles as well."""
    more = {"DB_POSTGRES_URL": postgres_cluster, "REDIS_HOST": redis_server}
    with _servers("full", tmp_path_factory.mktemp("bluesky-full"), more) as servers:
        yield servers
