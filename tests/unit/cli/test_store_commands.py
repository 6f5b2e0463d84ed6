"""The commands that need the store, as a person at a shell meets them: processes of their own."""

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.outside import free_port, until

ROOT = Path(__file__).parents[3]
SETUP = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "amends.desk.settings"
import django
django.setup()
from datetime import timedelta
from django.core.management import call_command
from amends.flows import clock, connect, draft
from amends.networks.memory import World
from amends.store import posts, workspaces
from amends.vocabulary.brand import Brand, Marks
call_command("migrate", verbosity=0, interactive=False)
workspaces.ensure()
world = World(sys.argv[1])
for name in ("north", "south"):
    handle = name + ".test"
    world.seed([(handle, name)])
    world.post_as(handle, "Good morning from the " + name + ".", clock.real())
    view = connect.network_account(
        "ana", "memory", server=sys.argv[1], handle=handle, password="",
        brand=Brand("brand-" + name, name.title(), "#1f4f82"),
        marks=Marks(hashtags=frozenset({name + "club"})),
    )
    kept = draft.save("ana", view.account.id, "The shop opens at nine on Monday.")
    draft.publish("ana", kept, reason="fine", at=clock.now() + timedelta(hours=2))
print(posts.recent_posts()[0].url)
"""


def environment(data: Path) -> dict[str, str]:
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith(("AMENDS_", "DATABASE_", "DJANGO_"))
    }
    return {**kept, "AMENDS_DATA": str(data), "PYTHONPATH": str(ROOT / "src")}


class Shell:
    """A data folder with two connected accounts, and commands run on it."""

    def __init__(self, data: Path, link: str = "") -> None:
        self.data, self.link = data, link

    def run(
        self, *words: str, given: str = "", before: tuple[str, ...] = ()
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*before, sys.executable, "-m", "amends.cli", *words],
            env=environment(self.data),
            input=given,
            capture_output=True,
            text=True,
            cwd=self.data.parent,
            check=False,
        )

    def refused(self, *words: str, given: str = "", before: tuple[str, ...] = ()) -> str:
        """Run what is refused; return its one line."""
        done = self.run(*words, given=given, before=before)
        assert done.returncode == 2, done.stdout + done.stderr
        assert done.stderr.count("\n") == 1, done.stderr
        assert "Traceback" not in done.stderr
        return done.stderr


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    folder = tmp_path_factory.mktemp("shell")
    data = folder / "data"
    made = subprocess.run(
        [sys.executable, "-c", SETUP, str(folder / "world.sqlite3")],
        env=environment(data),
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    return Shell(data, made.stdout.strip())


@pytest.fixture
def fresh(tmp_path: Path) -> Shell:
    return Shell(tmp_path / "data")


# --- check -----------------------------------------------------------------------------------------


def test_check_answers_in_the_contract_s_words_and_codes(shell: Shell) -> None:
    good = shell.run("check", "--account", "north.test", "--json", given="We open at nine.")
    assert (good.returncode, good.stderr) == (0, "")
    assert json.loads(good.stdout) == {"verdict": "pass", "findings": [], "likely_account": ""}
    asks = shell.run("check", "--account", "@north.test", "--json", given="Come in. #southclub")
    found = json.loads(asks.stdout)
    assert (asks.returncode, found["verdict"], found["likely_account"]) == (3, "ask", "south.test")
    assert set(found["findings"][0]) == {
        *("rule", "decision", "start", "end", "message", "instead", "source")
    }
    plain = shell.run("check", "--account", "north.test", given="Come in. #southclub")
    assert plain.stdout.startswith("ASK\n")
    assert "instead:" in plain.stdout


def test_check_many_answers_each_and_names_what_it_cannot_read(shell: Shell) -> None:
    rows = [
        '{"id": 1, "account": "north.test", "text": "We open at nine.", "campaign": "x"}',
        "{not json",
        '{"id": 3, "account": "nobody.test", "text": "We open at nine."}',
        '{"id": 4, "account": "north.test"}',
        '["a list"]',
        '{"id": 6, "account": "north.test", "text": ""}',
        "[" * 3000,
        '{"id": 8, "account": "north.test", "text": "Come in. #southclub"}',
    ]
    done = shell.run("check", "--jsonl", given="\n".join(rows))
    assert done.returncode == 2
    out = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["id"] for one in out] == [1, 8]
    assert out[0]["extra"] == {"campaign": "x"}
    named = [line.split(":")[1].strip() for line in done.stderr.splitlines()]
    assert named == [f"line {n}" for n in (2, 3, 4, 5, 6, 7)]
    good = shell.run("check", "--jsonl", given=f"{rows[0]}\n\n{rows[7]}\n")
    assert good.returncode == 3


def test_check_refuses_in_one_line(shell: Shell, tmp_path: Path) -> None:
    assert "Connected accounts: @north.test, @south.test" in shell.refused(
        "check", "--account", "nobody.test", given="text"
    )
    assert "no words yet" in shell.refused("check", "--account", "north.test", given=" \n")
    assert "Cannot read" in shell.refused("check", "--account", "north.test", str(tmp_path / "no"))
    (tmp_path / "odd").write_bytes(b"\xff\xfe\x00")
    assert "UTF-8" in shell.refused("check", "--account", "north.test", str(tmp_path / "odd"))
    assert "longer than" in shell.refused("check", "--account", "north.test", given="x" * 20_001)
    assert shell.run("check", given="text").returncode == 2


# --- hold, release, mistake ------------------------------------------------------------------------


def test_hold_prints_its_receipt_and_release_ends_it(shell: Shell) -> None:
    done = shell.run("hold", "@north.test", "--why", "a joke went out")
    assert done.returncode == 0, done.stderr
    assert "Frozen: @north.test. 1 held, 0 in flight." in done.stdout
    assert "out of reach:" in done.stdout
    assert shell.run("hold", "brand:brand-south").returncode == 0
    assert "No hold stands" in shell.refused("release", "everything")
    ended = shell.run("release", "north.test")
    assert ended.returncode == 0, ended.stderr
    assert "Resumed: @north.test. 1 were held." in ended.stdout
    assert shell.run("release", "brand:brand-south").returncode == 0


@pytest.mark.parametrize("command", ["hold", "release"])
@pytest.mark.parametrize("scope", ["@nobody.test", "", "brand:none"])
def test_an_unknown_scope_is_refused(shell: Shell, command: str, scope: str) -> None:
    assert shell.refused(command, scope).startswith(f"amends {command}: ")


def test_mistake_opens_one_room(shell: Shell) -> None:
    first = shell.run("mistake", shell.link, "--what", "Wrong tone.")
    assert first.returncode == 0, first.stderr
    assert "/incidents/incident-" in first.stdout
    assert shell.run("mistake", shell.link).stdout == first.stdout
    assert "No post of your accounts" in shell.refused("mistake", "https://x.test/1")


# --- the store is not there, or not ours -----------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        ("check", "--account", "a.test"),
        ("hold", "everything"),
        ("release", "everything"),
        ("mistake", "x"),
    ],
)
def test_without_a_store_it_says_how_to_get_one(fresh: Shell, words: tuple[str, ...]) -> None:
    assert "start `amends up` once" in fresh.refused(*words, given="text")


def test_a_broken_store_is_a_refusal(fresh: Shell) -> None:
    fresh.data.mkdir()
    (fresh.data / "amends.sqlite3").write_text("this is no database " * 200)
    assert "cannot be read" in fresh.refused("hold", "everything")


def as_nobody() -> tuple[str, ...]:
    """Return how to run as somebody else; root may write everywhere."""
    if os.geteuid() != 0:
        return ()
    if shutil.which("setpriv") is None:
        pytest.skip("no setpriv: apt-get install util-linux")
    return ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")


@pytest.fixture
def read_only(shell: Shell, tmp_path: Path) -> Iterator[Shell]:
    """The same data, in a folder that may only be read."""
    data = tmp_path / "data"
    shutil.copytree(shell.data, data)
    for one in (data, *data.iterdir()):
        one.chmod(0o555 if one.is_dir() else 0o444)
    for above in (tmp_path, *tmp_path.parents):
        if above != Path("/tmp") and above.is_relative_to("/tmp"):
            above.chmod(above.stat().st_mode | 0o055)
    yield Shell(data)
    data.chmod(0o755)


@pytest.mark.parametrize("words", [("hold", "everything"), ("up",)])
def test_a_read_only_folder_is_a_refusal(read_only: Shell, words: tuple[str, ...]) -> None:
    before = as_nobody()
    probe = subprocess.run([*before, sys.executable, "-c", ""], check=False, capture_output=True)
    if probe.returncode != 0:
        pytest.skip("another user may not run this Python here")
    assert "Cannot write to the data folder" in read_only.refused(*words, before=before)


# --- up --------------------------------------------------------------------------------------------


@pytest.fixture
def running(fresh: Shell) -> Iterator[tuple[Shell, int]]:
    """A desk that serves, and its port."""
    port = free_port()
    desk = subprocess.Popen(
        [sys.executable, "-m", "amends.cli", "up", "--port", str(port)],
        env=environment(fresh.data),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert desk.stdout is not None
    try:
        line = desk.stdout.readline()
        assert line.startswith("Amends is at http://"), line
        yield fresh, port
    finally:
        desk.terminate()
        desk.communicate(timeout=30)


def answers(port: int) -> bool:
    with socket.create_connection(("127.0.0.1", port), 5) as connection:
        connection.sendall(
            b"GET /static/none HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        )
        return connection.recv(8) == b"HTTP/1.1"


def test_one_desk_a_folder_and_one_program_a_port(running: tuple[Shell, int]) -> None:
    desk, port = running
    assert until(lambda: answers(port))
    assert "Another Amends works in" in desk.refused("up", "--port", str(free_port()))
    taken = desk.refused("up", "--port", str(port), "--data", str(desk.data.parent / "other"))
    assert f"Port {port}" in taken
    assert "choose another with --port" in taken
    # The other commands work beside it.
    assert desk.run("hold", "everything").returncode == 0
    assert desk.run("release", "everything").returncode == 0


@pytest.mark.parametrize("port", ["0x50", "70000", "-1"])
def test_a_port_that_is_none_is_wrong_use(fresh: Shell, port: str) -> None:
    done = fresh.run("up", f"--port={port}")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [("AMENDS_HTTPS", "yes"), ("DATABASE_URL", "mysql://x"), ("AMENDS_SECRET_KEY_FILE", "/none")],
)
def test_a_bad_setting_is_one_line(
    fresh: Shell, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "amends.cli", "hold", "everything"],
        env={**environment(fresh.data), name: value},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert name.removesuffix("_FILE") in done.stderr
