"""The record at the desk: whole, checked offline, and any change is found."""

from datetime import timedelta
from pathlib import Path

import pytest

from amends import ledger
from amends.cli import ledger as shell
from amends.flows import clock, connect, decide, hold, record
from amends.store import outgoings, workspaces
from amends.store.models import EntryRow
from amends.store.turns import turn
from amends.vocabulary.record import Verb
from tests.flows.conftest import Workplace
from tests.flows.test_incident import GOOD, approve, decided

pytestmark = pytest.mark.usefixtures("plain_reader")

TEXT = "Our branches will open at 9:00 on Monday."


def worked(workplace: Workplace) -> None:
    """Do a little of everything."""
    out = workplace.publish(TEXT)
    hold.release("ana", hold.hold("ana", "everything").id)
    workplace.move_on(minutes=1)
    decide.undo("ana", workplace.publish(TEXT + " Again."))
    approve(decided(workplace), GOOD, [workplace.ladera.account.id])
    workplace.work()
    assert outgoings.load(out).network_id


def test_an_export_is_checked_offline(
    workplace: Workplace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    worked(workplace)
    size, root, at = record.head()
    assert at is not None
    file = tmp_path / "record.jsonl"
    file.write_text(record.export(), encoding="utf-8")
    assert shell.main(["verify", str(file), "--kept", f"{size}:{root}"]) == 0
    assert f"{size} entries" in capsys.readouterr().out
    assert record.verify().ok


def test_every_changed_byte_is_found(workplace: Workplace, tmp_path: Path) -> None:
    worked(workplace)
    text = record.export()
    lines = text.splitlines()
    step = max(len(text) // 60, 1)
    for place in range(0, len(text) - 1, step):
        other = "a" if text[place] != "a" else "b"
        changed = text[:place] + other + text[place + 1 :]
        assert not ledger.verify(changed.splitlines()).ok, place
    for number in range(len(lines)):
        assert not ledger.verify(lines[:number] + lines[number + 1 :]).ok


def test_a_row_changed_in_the_database_is_found(workplace: Workplace) -> None:
    worked(workplace)
    row = EntryRow.objects.order_by("seq")[3]
    EntryRow.objects.filter(pk=row.pk).update(line=row.line.replace("worker", "person:9"))
    EntryRow.objects.filter(pk=row.pk).update(line=row.line.replace('"at":"2', '"at":"3'))
    found = record.verify()
    assert not found.ok


def test_it_holds_no_names_handles_or_words(workplace: Workplace) -> None:
    worked(workplace)
    text = record.export()
    for personal in ("ana", "bruno", "ladera.test", "branches", "overdraft"):
        assert f'"{personal}' not in text
        assert f" {personal}" not in text


def test_what_a_person_did_is_theirs_and_what_the_worker_did_is_not(
    workplace: Workplace, django_user_model: type
) -> None:
    django_user_model.objects.create_user("bruno")  # type: ignore[attr-defined]
    workplace.publish(TEXT)
    workplace.move_on(minutes=1)
    rows = [row.line for row in EntryRow.objects.order_by("seq")]
    assert any('"verb":"approved"' in line and '"actor":"person:' in line for line in rows)
    assert any('"verb":"published"' in line and '"actor":"worker"' in line for line in rows)


def test_the_end_of_practice_puts_time_back_and_the_record_still_adds_up(
    workplace: Workplace,
) -> None:
    workspaces.set_practice(practice=True)
    workplace.move_on(days=3)
    clock.set_offset(timedelta(days=3))
    with turn():
        connect.end_practice("ana")
    hold.hold("ana", "everything")
    assert record.verify().why == ""
    assert Verb.TIME_MOVED.value in record.export()
