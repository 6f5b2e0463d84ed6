"""Backup and restore of the embedded store, as processes: nothing leaves twice, nothing is lost."""

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from amends.networks.memory import World
from amends.store import copies
from amends.vocabulary.errors import BadInput
from tests.outside import free_port, until
from tests.unit.cli.test_store_commands import ROOT, Shell, as_nobody, environment

PLAY = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "amends.desk.settings"
import django
django.setup()
from datetime import timedelta
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from amends.flows import clock, connect, decide, draft, due, reconcile, record
from amends.networks.memory import World
from amends.store import brands, outgoings, workspaces
from amends.store.posts import KeptDraft
from amends.store.turns import turn
from amends.vocabulary.brand import Brand

def set_up(path):
    call_command("migrate", verbosity=0, interactive=False)
    workspaces.ensure()
    World(path).seed([("north.test", "North")])
    connect.network_account(
        "ana", "memory", server=path, handle="north.test", password="",
        brand=Brand("brand-north", "North", "#1f4f82"),
    )

def add(text, **later):
    account = brands.accounts()[0]
    kept = KeptDraft("", account.id, text, "post", "", "", (), "", sent=False)
    with turn():
        now = clock.now()
        due_at = now + timedelta(**later)
        one = draft.outgoing_of("ana", kept, account, "", due_at, now)
        outgoings.add(one, at=now)
    return one.id

def send():
    while due.send_once("test"):
        pass

def look():
    at_once = reconcile.Policy(looks_s=(0, 0, 0, 0))
    while reconcile.look(brands.accounts()[0].id, at_once) is not None:
        pass

def states():
    for row in outgoings.OutgoingRow.objects.order_by("text"):
        print(row.state, row.text, row.words, sep="|")
"""


class Desk(Shell):
    """A data folder with one account on a practice world, and what is played on it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / "data")
        self.world = folder / "world.sqlite3"

    def play(self, words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", f"{PLAY}\n{words}"],
            env={**environment(self.data), "AMENDS_HOSTS": "testserver,localhost"},
            capture_output=True,
            text=True,
            cwd=ROOT,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def wall(self) -> list[str]:
        return sorted(told.text for told in World(self.world).posts_of("north.test", 1_000))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    made.play(f"set_up({str(made.world)!r})")
    return made


def test_what_left_after_the_backup_is_there_once_and_the_rest_waits(
    desk: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "kept.amends"
    desk.play(
        'for n in range(4): add(f"Due {n}.")\nfor n in range(3): add(f"Later {n}.", hours=n + 2)'
    )
    made = desk.run("backup", str(file))
    assert made.returncode == 0, made.stderr
    assert made.stdout.startswith(f"Backed up to {file}: ")
    assert "up to line " in made.stdout.splitlines()[0]
    assert f"keep {desk.data / 'root.key'} in another place too" in made.stdout
    # Everything due leaves, one of the later ones is moved to now, and five more are written.
    desk.play("""
send()
later = outgoings.OutgoingRow.objects.get(text="Later 1.").pk
decide.reschedule("ana", later, clock.now())
for n in range(5): add(f"New {n}.")
send()
""")
    out = sorted([*(f"Due {n}." for n in range(4)), "Later 1.", *(f"New {n}." for n in range(5))])
    assert desk.wall() == out

    done = desk.run("restore", str(file))
    assert done.returncode == 0, done.stderr
    assert "Everything is frozen. 7 texts may have left" in done.stdout
    desk.play("send()")
    assert desk.wall() == out  # nothing leaves by itself
    told = desk.play("look(); send(); states()").splitlines()
    assert [line.split("|")[:2] for line in told] == [
        *(["confirmed", f"Due {n}."] for n in range(4)),
        ["held", "Later 0."],
        ["confirmed", "Later 1."],
        ["held", "Later 2."],
    ]
    assert desk.wall() == out
    page = desk.play("""
get_user_model().objects.create_user("ana", password="a lamp and a desk")
client = Client()
client.force_login(get_user_model().objects.get())
print(client.get("/calendar/").content.decode())
print("record", record.verify().ok)
from amends.store import posts
print("known", sum(one.text.startswith("New") for one in posts.recent_posts()))
""")
    assert "Restored from the backup of " in page
    assert "look before anything leaves." in page
    assert page.count("it is not on the network. Read it again first.") == 2
    assert "record True" in page
    assert "known 5" in page


def test_a_backup_while_the_desk_works_is_whole(desk: Desk, tmp_path: Path) -> None:
    port = free_port()
    running = subprocess.Popen(
        [sys.executable, "-m", "amends.cli", "up", "--port", str(port)],
        env=environment(desk.data),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert running.stdout is not None
    writer = None
    try:
        assert running.stdout.readline().startswith("Amends is at http://")
        writer = subprocess.Popen(
            [sys.executable, "-c", f'{PLAY}\nfor n in range(120): add(f"Post {{n}}.")'],
            env=environment(desk.data),
            cwd=ROOT,
        )
        files: list[Path] = []
        lines: list[int] = []
        while writer.poll() is None or len(files) < 3:
            file = tmp_path / f"kept-{len(files)}.amends"
            made = desk.run("backup", str(file))
            assert made.returncode == 0, made.stderr
            files.append(file)
            lines.append(int(made.stdout.split("up to line ")[1].split(" ")[0]))
        assert lines == sorted(lines)
        assert "Another Amends works in" in desk.refused("restore", str(files[0]))
        until(lambda: len(desk.wall()) == 120, 60)
    finally:
        running.terminate()
        running.communicate(timeout=30)
        if writer is not None:
            writer.kill()
            writer.wait()
    # The one in the middle of it all is put back, and nothing is sent a second time.
    assert desk.run("restore", str(files[len(files) // 2])).returncode == 0
    states = desk.play("look(); send(); states()").splitlines()
    assert {line.split("|")[0] for line in states} <= {"confirmed", "published"}
    assert desk.wall() == sorted(f"Post {n}." for n in range(120))


def test_a_backup_is_private_and_holds_neither_key_nor_sessions(desk: Desk, tmp_path: Path) -> None:
    desk.play("""
get_user_model().objects.create_user("ana", password="a lamp and a desk")
Client().force_login(get_user_model().objects.get())
from django.contrib.sessions.models import Session
assert Session.objects.exists()
""")
    file = tmp_path / "kept.amends"
    assert desk.run("backup", str(file)).returncode == 0
    assert file.stat().st_mode & 0o777 == 0o600
    content = file.read_bytes()
    for name in ("root.key", "secret.key"):
        assert (desk.data / name).read_bytes().strip() not in content
    with contextlib.closing(sqlite3.connect(file)) as db:
        assert db.execute("SELECT COUNT(*) FROM django_session").fetchone() == (0,)
    assert sorted(one.name for one in tmp_path.iterdir()) == [
        "data",
        "kept.amends",
        "world.sqlite3",
    ]


def test_backup_refuses_in_one_line(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "kept.amends"
    file.write_text("mine")
    assert "is there already" in desk.refused("backup", str(file))
    assert file.read_text() == "mine"
    assert desk.run("backup", str(file), "--replace").returncode == 0
    assert "is there already" in desk.refused("backup", str(tmp_path), "--replace")
    assert "No such file" in desk.refused("backup", str(tmp_path / "no" / "kept"))
    empty = Shell(tmp_path / "empty")
    assert "There is no store" in empty.refused("backup", str(tmp_path / "other"))
    assert not (tmp_path / "other").exists()


def test_restore_refuses_and_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "kept.amends"
    desk.play('add("Waits.", hours=3)')
    assert desk.run("backup", str(file)).returncode == 0
    before = (desk.data / "amends.sqlite3").read_bytes()
    names = sorted(one.name for one in desk.data.iterdir())
    good = file.read_bytes()
    bad = tmp_path / "bad.amends"
    for place in range(100, len(good), len(good) // 40):
        bad.write_bytes(good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :])
        assert "nothing was changed" in refusal(desk, bad), place
    for cut in (0, 10, 4_096, len(good) // 2, len(good) - 1):
        bad.write_bytes(good[:cut])
        assert "nothing was changed" in refusal(desk, bad), cut
    assert "not a backup" in refusal(desk, desk.data / "amends.sqlite3")
    assert "not a backup" in refusal(desk, desk.data / "root.key")
    assert "No such file" in refusal(desk, tmp_path / "none")
    assert (desk.data / "amends.sqlite3").read_bytes() == before
    now = sorted(one.name for one in desk.data.iterdir())
    assert [name for name in now if name != "in-use.lock"] == names


def refusal(desk: Desk, file: Path) -> str:
    """Restore in this process, so that hundreds of broken files are tried in a moment."""
    with pytest.raises(BadInput) as no, copies.unpacked(file, desk.data):
        pass
    return str(no.value)


def test_a_backup_of_a_newer_version_is_refused(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "kept.amends"
    newer = 'from django.db import connection\nconnection.cursor().execute("INSERT INTO ' + (
        "django_migrations (app, name, applied) VALUES ('store', '9999_later', '2030-01-01')\")"
    )
    desk.play(newer)
    assert desk.run("backup", str(file)).returncode == 0
    other = Shell(tmp_path / "other")
    assert "made by a newer Amends than this one" in other.refused("restore", str(file))
    assert not (tmp_path / "other" / "amends.sqlite3").exists()
    assert "made by a newer Amends" in desk.refused("up", "--port", str(free_port()))


def test_another_folder_and_another_key(desk: Desk, tmp_path: Path) -> None:
    desk.play('add("Waits.", hours=3)')
    file = tmp_path / "kept.amends"
    up_once(desk)
    assert desk.run("backup", str(file)).returncode == 0
    other = Shell(tmp_path / "other")
    done = other.run("restore", str(file))
    assert done.returncode == 0, done.stderr
    assert "The root key here is another than the backup's" in done.stdout
    assert "is kept as" not in done.stdout
    third = Shell(tmp_path / "third")
    third.data.mkdir()
    shutil.copy(desk.data / "root.key", third.data)
    assert "root key" not in third.run("restore", str(file)).stdout


def up_once(desk: Shell) -> str:
    """Start the desk, wait until it serves, and stop it; return what it said."""
    running = subprocess.Popen(
        [sys.executable, "-m", "amends.cli", "up", "--port", str(free_port())],
        env=environment(desk.data),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert running.stdout is not None
    said = ""
    while not said.splitlines()[-1:] or not said.splitlines()[-1].startswith("Amends is at"):
        line = running.stdout.readline()
        assert line, said
        said += line
    running.terminate()
    return said + running.communicate(timeout=30)[0]


def test_an_older_store_put_back_by_hand_is_treated_as_restored(desk: Desk, tmp_path: Path) -> None:
    desk.play('add("Left after the copy.", seconds=1)\nadd("Later.", hours=3)')
    store = desk.data / "amends.sqlite3"
    shutil.copy(store, tmp_path / "by-hand")
    up = subprocess.Popen(
        [sys.executable, "-m", "amends.cli", "up", "--port", str(free_port())],
        env=environment(desk.data),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    until(lambda: desk.wall() == ["Left after the copy."])
    newest = desk.data / "newest.json"
    until(lambda: newest.exists() and "sending" in last_lines(store))
    until(lambda: json.loads(newest.read_text())["lines"] >= lines_of(store))
    up.kill()
    up.wait()
    for end in ("-wal", "-shm"):
        Path(f"{store}{end}").unlink(missing_ok=True)
    shutil.copy(tmp_path / "by-hand", store)
    said = up_once(desk)
    assert "an older copy of the store was put back" in said
    assert desk.wall() == ["Left after the copy."]
    states = desk.play("look(); send(); states()").splitlines()
    assert [line.split("|")[:2] for line in states] == [
        ["held", "Later."],
        ["confirmed", "Left after the copy."],
    ]
    assert "older copy" not in up_once(desk)  # said once
    assert desk.wall() == ["Left after the copy."]


# Closed at once: one that is collected later would write its own end over the store put back.
def lines_of(store: Path) -> int:
    with contextlib.closing(sqlite3.connect(store)) as db:
        return int(db.execute("SELECT size FROM store_headrow").fetchone()[0])


def last_lines(store: Path) -> str:
    with contextlib.closing(sqlite3.connect(store)) as db:
        return str(
            db.execute("SELECT line FROM store_entryrow ORDER BY seq DESC LIMIT 5").fetchall()
        )


def test_a_folder_that_cannot_be_written_is_one_sentence(desk: Desk, tmp_path: Path) -> None:
    before = as_nobody()
    if not before and os.geteuid() == 0:
        pytest.skip("no other user to be")
    place = tmp_path / "shut"
    place.mkdir(mode=0o755)
    for above in (tmp_path, *tmp_path.parents):
        if above != Path("/tmp") and above.is_relative_to("/tmp"):
            above.chmod(above.stat().st_mode | 0o055)
    desk.data.chmod(0o777)
    for one in desk.data.iterdir():
        one.chmod(0o666)
    said = desk.refused("backup", str(place / "kept.amends"), before=before)
    assert "Permission denied" in said
