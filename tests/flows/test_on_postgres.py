"""The same promises on PostgreSQL, with more than one worker."""

import contextlib
import os
import re
import sqlite3
import subprocess
import sys
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from amends.networks.memory import World
from tests.flows.sending import HANDLES
from tests.outside import PostgresServer, until

pytestmark = pytest.mark.postgres

ROOT = Path(__file__).parents[2]
POSTS = 60
BURST = 500


def environment(url: str) -> dict[str, str]:
    path, key = os.pathsep.join(sys.path), "k" * 43  # one key, so that all open the same tokens
    return {**os.environ, "DATABASE_URL": url, "PYTHONPATH": path, "AMENDS_ROOT_KEY": key}


def connected(url: str) -> psycopg.Connection[tuple[object, ...]] | None:
    """Return a connection, None while the server is still starting up."""
    try:
        return psycopg.connect(url, autocommit=True)
    except psycopg.OperationalError:
        return None


def new_database(url: str, name: str) -> str:
    """Make a database and return its address."""
    with until(lambda: connected(url)) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}")
        connection.execute(f"CREATE DATABASE {name}")
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def test_all_flows_hold_on_postgres(postgres_cluster: str) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/flows"]
    # The full disk is the embedded store's own: PostgreSQL has a disk of its own to fill.
    # Nor do the crash runs belong here: they bring a store of their own.
    others = ("test_on_postgres.py", "test_serve_and_work.py", "test_full_disk.py", "test_crash.py")
    done = subprocess.run(
        [*command, *(f"--ignore=tests/flows/{name}" for name in others)],
        cwd=ROOT,
        env=environment(new_database(postgres_cluster, "flows")),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed is not None
    print(f"on PostgreSQL {passed.group(1)} passed")
    assert int(passed.group(1)) > 100


def run(url: str, *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.flows.sending", *words]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment(url), stdout=subprocess.PIPE, text=True
    )


def test_two_workers_send_sixty_posts_once_each(postgres_cluster: str, tmp_path: Path) -> None:
    url, path = new_database(postgres_cluster, "workers"), str(tmp_path / "world.sqlite3")
    made = run(url, "make", path, str(POSTS))
    assert (made.communicate(timeout=60)[0], made.returncode) == ("", 0)
    workers = [run(url, "work", name) for name in ("one", "two")]
    try:
        steps = [int(worker.communicate(timeout=120)[0]) for worker in workers]
    finally:
        for worker in workers:
            worker.kill()
    assert [worker.returncode for worker in workers] == [0, 0]
    wall = [told.text for handle in HANDLES for told in World(path).posts_of(handle, 500)]
    assert sorted(wall) == sorted(f"Post {number}." for number in range(POSTS))
    assert all(steps), steps
    print(f"two workers sent {steps} of {POSTS}")


def test_the_server_is_killed_three_times_in_a_burst_of_five_hundred(
    postgres_of_its_own: PostgresServer, tmp_path: Path
) -> None:
    url, path = new_database(postgres_of_its_own.url, "burst"), str(tmp_path / "world.sqlite3")
    made = run(url, "make", path, str(BURST))
    assert (made.communicate(timeout=120)[0], made.returncode) == ("", 0)
    with (tmp_path / "log").open("w") as log:
        workers = [
            subprocess.Popen(
                [sys.executable, "-m", "tests.flows.sending", "keep_on", name, "6"],
                cwd=ROOT,
                env=environment(url),
                stdout=log,
                stderr=log,
            )
            for name in ("one", "two")
        ]
        try:
            for part in (BURST // 4, BURST // 2, BURST * 3 // 4):
                until(partial(reached, path, part), 120)
                postgres_of_its_own.restart()
            until(lambda: unsettled(url) == 0, 180)
        finally:
            for worker in workers:
                worker.kill()
                worker.wait()
    broke = (tmp_path / "log").read_text().count("OperationalError")
    assert broke > 0, "the workers never met the restart"
    wall = [told.text for handle in HANDLES for told in World(path).posts_of(handle, BURST * 2)]
    assert sorted(wall) == sorted(f"Post {number}." for number in range(BURST))
    checked = subprocess.run(
        [
            sys.executable,
            "-c",
            "import tests.flows.sending; from amends.flows import record; "
            "print(record.verify().why)",
        ],
        cwd=ROOT,
        env=environment(url),
        capture_output=True,
        text=True,
        check=True,
    )
    assert checked.stdout.strip() == ""
    print(f"three restarts, {broke} errors met, {BURST} of {BURST} posts once each")


def out(path: str) -> int:
    """Return how many posts are out; without the lock that each look of a worker takes."""
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as world:
        return int(world.execute("SELECT count(*) FROM posts").fetchone()[0])


def reached(path: str, part: int) -> bool:
    return out(path) >= part


def unsettled(url: str) -> int:
    """Return how many texts are not known to be out."""
    with until(lambda: connected(url)) as connection:
        row = connection.execute(
            "SELECT count(*) FROM store_outgoingrow WHERE state NOT IN ('published', 'confirmed')"
        ).fetchone()
    assert row is not None
    return int(str(row[0]))
