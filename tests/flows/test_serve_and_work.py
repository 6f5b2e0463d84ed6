"""Pages in one process and workers in others, on PostgreSQL: each post once, whoever stops."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from amends.networks.memory import World
from tests.flows.sending import HANDLES
from tests.flows.test_on_postgres import ROOT, new_database
from tests.outside import free_port, until

pytestmark = pytest.mark.postgres
PASSWORD = "a lamp and a desk"
PERSON = """
import django
django.setup()
from django.contrib.auth import get_user_model
get_user_model().objects.create_user("ana", password="a lamp and a desk")
"""


class Place:
    """A database of a server, a data folder, and the processes on them."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url, self.folder, self.world = url, folder, folder / "world.sqlite3"

    def environment(self, **more: str) -> dict[str, str]:
        mine = ("AMENDS_", "DATABASE_", "DJANGO_")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(mine)}
        return {
            **kept,
            "PYTHONPATH": os.pathsep.join(sys.path),
            "DATABASE_URL": self.url,
            "AMENDS_DATA": str(self.folder / "data"),
            "AMENDS_ROOT_KEY": "k" * 43,
            **more,
        }

    def start(self, *words: str, **more: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, *words],
            cwd=ROOT,
            env=self.environment(**more),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, *words: str, **more: str) -> tuple[int, str]:
        process = self.start(*words, **more)
        said = process.communicate(timeout=120)[0]
        return process.returncode, said

    def done(self, *words: str, **more: str) -> str:
        code, said = self.run(*words, **more)
        assert code == 0, said
        return said

    @contextmanager
    def amends(self, *words: str, **more: str) -> "Iterator[subprocess.Popen[str]]":
        """Run a command and wait for its first line."""
        process = self.start("-m", "amends.cli", *words, **more)
        assert process.stdout is not None
        try:
            first = process.stdout.readline()
            assert first.startswith("Amends "), first + process.stdout.read()
            yield process
        finally:
            process.kill()
            process.communicate(timeout=30)

    def wall(self) -> list[str]:
        return sorted(
            told.text for handle in HANDLES for told in World(self.world).posts_of(handle, 2_000)
        )


@pytest.fixture
def place(postgres_cluster: str, tmp_path: Path) -> Place:
    name = re.sub(r"\W", "", tmp_path.name).lower()[-40:]
    return Place(new_database(postgres_cluster, f"d{name}"), tmp_path)


def health(port: int) -> tuple[int, dict[str, Any]]:
    answer = httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=20)
    return answer.status_code, answer.json()


def test_workers_come_and_go_and_each_post_is_there_once(place: Place) -> None:
    port = free_port()
    place.done("-m", "tests.flows.sending", "make", str(place.world), "40")
    place.done("-c", PERSON, DJANGO_SETTINGS_MODULE="amends.desk.settings")
    with place.amends("serve", "--port", str(port)):
        until(lambda: health(port))
        code, told = health(port)
        assert (code, told["ok"], told["wrong"]) == (503, False, ["workers"])
        with place.amends("work") as first, place.amends("work") as second:
            until(lambda: len(place.wall()) >= 10, 60)
            first.send_signal(signal.SIGTERM)
            assert first.wait(45) == 0
            publish(place, port, "Written on the page.")
            until(lambda: len(place.wall()) == 41, 90)
            until(lambda: health(port)[0] == 200)
            told = health(port)[1]
            assert told["oldest_unsent_s"] == 0
            assert {one["kind"] for one in told["workers"]} == {"sender", "listener"}
            assert len(told["workers"]) == 2  # the first has said that it ended
            second.send_signal(signal.SIGTERM)
            assert second.wait(45) == 0
    assert place.wall() == sorted(
        [*(f"Post {number}." for number in range(40)), "Written on the page."]
    )


def publish(place: Place, port: int, text: str) -> None:
    """Sign in and publish on the pages, as a person does."""
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as page:
        signed = page.post(
            "/accounts/login/",
            data={
                "login": "ana",
                "password": PASSWORD,
                "csrfmiddlewaretoken": field(page, "/accounts/login/", "csrfmiddlewaretoken"),
            },
        )
        assert signed.status_code == 302, signed.text
        with psycopg.connect(place.url) as database:
            row = database.execute("SELECT id FROM store_accountrow ORDER BY handle").fetchone()
        assert row is not None
        state = field(page, f"/compose/?account={row[0]}", "state")
        answer = page.post(
            "/compose/",
            data={
                "csrfmiddlewaretoken": page.cookies["amends-csrf"],
                "state": state,
                "text": text,
                "reason": "Read by two.",
                "action": "publish",
            },
        )
        assert answer.status_code == 302, answer.text


def field(page: httpx.Client, path: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page.get(path).text)
    assert found is not None
    return found.group(1)


def test_several_start_at_once_on_an_empty_database(place: Place) -> None:
    with place.amends("work"), place.amends("work"), place.amends("work") as third:
        third.send_signal(signal.SIGTERM)
        assert third.wait(45) == 0


def test_a_worker_takes_up_nothing_from_a_newer_store(place: Place) -> None:
    place.done("-m", "tests.flows.sending", "make", str(place.world), "0")
    with place.amends("work") as worker, psycopg.connect(place.url, autocommit=True) as database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('store', '9999_x', now())"
        )
        assert worker.stdout is not None
        assert "was made by a newer Amends than this one" in worker.stdout.readline()
        place.done("-c", DUE)
        code, said = place.run("-m", "amends.cli", "work")
        assert (code, said.count("\n")) == (2, 1)
        assert "was made by a newer Amends than this one" in said
        assert place.wall() == []
        database.execute("DELETE FROM django_migrations WHERE name = '9999_x'")
        until(lambda: place.wall() == ["Due now."], 60)


DUE = """
from tests.flows.sending import one_more
one_more("Due now.")
"""


def test_another_root_key_is_refused(place: Place) -> None:
    with place.amends("work") as worker:
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(45) == 0
    for command in ("work", "serve"):
        code, said = place.run(
            *("-m", "amends.cli", command, *(("--port", str(free_port())) * (command == "serve"))),
            AMENDS_ROOT_KEY="z" * 43,
        )
        assert (code, said.count("\n")) == (2, 1)
        assert "The root key is another than the one" in said


def test_a_server_that_is_away_is_one_sentence(place: Place) -> None:
    code, said = place.run(
        *("-m", "amends.cli", "work"),
        DATABASE_URL=f"postgresql://amends@127.0.0.1:{free_port()}/none",
    )
    assert (code, said.count("\n")) == (2, 1)
    assert "see that it runs, then retry" in said


def test_a_server_put_back_to_an_older_state_while_workers_run(
    place: Place, postgres_cluster: str
) -> None:
    place.done("-m", "tests.flows.sending", "make", str(place.world), "1")
    name = place.url.rsplit("/", 1)[1]
    newest = place.folder / "data" / "newest.json"
    with psycopg.connect(postgres_cluster, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}_copy" TEMPLATE "{name}"')
        with place.amends("work"):
            until(lambda: state_of(place, "Post 0.") in {"published", "confirmed"}, 60)
            lines = f'"lines": {record_size(place)}'
            until(lambda: newest.exists() and lines in newest.read_text())
            server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
            server.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
            )
            until(lambda: renamed(server, name, f"{name}_newer"))
            server.execute(f'ALTER DATABASE "{name}_copy" RENAME TO "{name}"')
            until(lambda: state_of(place, "Post 0.") == "confirmed", 60)
    assert place.wall() == ["Post 0."]
    with psycopg.connect(place.url) as database:
        row = database.execute("SELECT why FROM store_holdrow").fetchone()
    assert row is not None
    assert "an older copy of the store was put back" in str(row[0])


def renamed(server: "psycopg.Connection[tuple[Any, ...]]", name: str, to: str) -> bool:
    try:
        server.execute(f'ALTER DATABASE "{name}" RENAME TO "{to}"')
    except psycopg.errors.ObjectInUse:  # the last connection is still going away
        return False
    return True


def state_of(place: Place, text: str) -> str:
    with psycopg.connect(place.url) as database:
        row = database.execute(
            "SELECT state FROM store_outgoingrow WHERE text = %s", [text]
        ).fetchone()
    return str(row[0]) if row else ""


def record_size(place: Place) -> int:
    with psycopg.connect(place.url) as database:
        row = database.execute("SELECT size FROM store_headrow").fetchone()
    assert row is not None
    return int(row[0])
