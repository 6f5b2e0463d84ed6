"""The house keeps its own promises: settings, migrations, commands, versions, words."""

import importlib
import json
import re
import subprocess
import sys
import tomllib
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

import amends
from amends.cli import COMMANDS
from amends.desk.environment import SETTINGS
from amends.store.outgoings import VERBS
from amends.vocabulary.outgoing import LIVE, MOVES, WAITING, OutgoingState
from amends.vocabulary.record import Verb

ROOT = Path(__file__).parents[2]
LIGHT = ("lint", "read", "watch", "replay", "ledger")


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_every_setting_is_documented_and_no_other() -> None:
    documented = re.findall(r"^\| `([A-Z_]+)` \|", text_of("docs/settings.md"), re.MULTILINE)
    assert sorted(documented) == sorted(SETTINGS)


def test_no_setting_is_read_that_is_not_documented() -> None:
    read = {
        name
        for path in (ROOT / "src").rglob("*.py")
        for name in re.findall(r'"((?:AMENDS|DATABASE)_[A-Z_]+)"', path.read_text(encoding="utf-8"))
    }
    assert {name.removesuffix("_FILE") for name in read} <= set(SETTINGS)


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_there_and_says_what_it_does(name: str) -> None:
    module = importlib.import_module(f"amends.cli.{name}")
    assert callable(module.main)
    assert isinstance(module.HELP, str)
    assert module.HELP.strip()
    assert len(COMMANDS[name]) < 80


@pytest.mark.parametrize("name", LIGHT)
def test_light_commands_load_no_django(name: str) -> None:
    code = (
        f"import json, sys; import amends.cli.{name}; "
        "print(json.dumps([one for one in sys.modules if one.split('.')[0] == 'django']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []


def test_one_version_everywhere() -> None:
    package = tomllib.loads(text_of("pyproject.toml"))["project"]["version"]
    newest = re.search(r"^## (\d+\.\d+\.\d+)", text_of("CHANGELOG.md"), re.MULTILINE)
    assert newest is not None
    assert amends.__version__ == package == newest.group(1)


@pytest.mark.parametrize("state", OutgoingState)
def test_every_state_has_its_moves_and_its_verb(state: OutgoingState) -> None:
    assert state in MOVES
    assert isinstance(VERBS[state], Verb)
    assert state not in MOVES[state]


def test_every_state_is_reached_and_only_sending_and_people_publish() -> None:
    reached = {OutgoingState.APPROVED} | {to for ends in MOVES.values() for to in ends}
    assert reached == set(OutgoingState)
    publishing = {start for start, ends in MOVES.items() if OutgoingState.PUBLISHED in ends}
    assert publishing == {
        OutgoingState.SENDING,
        OutgoingState.UNKNOWN,
        OutgoingState.NEEDS_PERSON,
        OutgoingState.WITH_PERSON,
    }
    # What is out cannot be sent again, held or undone.
    for live in LIVE:
        assert not MOVES[live] & (WAITING | {OutgoingState.SENDING, OutgoingState.CANCELLED})


def test_the_glossary_has_the_main_words() -> None:
    glossary = text_of("docs/glossary.md")
    words = (
        *("Brand", "Account", "Voice", "Marks", "Draft", "Post", "Outgoing", "Hold"),
        *("Mention", "Reading", "Reproach", "Severity", "Alarm", "Incident", "Affected"),
        *("Evidence", "Option", "Statement", "Approval", "Finding", "Verdict", "Rule"),
        *("Pattern", "Lesson", "Policy", "Replay", "Price", "Record", "Entry", "Published"),
        *("Refused", "Unknown", "Due", "lease", "worker"),
    )
    assert [word for word in words if not re.search(rf"\b{word}\b", glossary)] == []
