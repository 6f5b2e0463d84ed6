"""Each write of a text's way fails once, for every write there is: once on the wall, never twice.

What is made to fail: the k-th statement that changes a row, the k-th commit, and the answer of
the k-th commit, which did take place. Afterwards the next worker finishes.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from django.db import OperationalError, connection, connections

from amends.flows import draft, due, record
from amends.store import outgoings
from amends.store.models import EntryRow, OutgoingRow
from amends.vocabulary.outgoing import OutgoingState
from tests.flows.conftest import RealTime, Workplace

pytestmark = pytest.mark.django_db(transaction=True)
S = OutgoingState
WRITES = ("INSERT", "UPDATE", "DELETE")
MOST = 400  # more writes than a text's way has


class Failing:
    """Counts writes, and lets one of them fail."""

    def __init__(self, k: int) -> None:
        self.k, self.n = k, 0

    def due(self) -> bool:
        self.n += 1
        return self.n == self.k

    @contextmanager
    def statements(self) -> Iterator[None]:
        def wrapper(
            execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
        ) -> Any:
            if sql.lstrip().startswith(WRITES) and self.due():
                raise OperationalError("disk I/O error")
            return execute(sql, params, many, context)

        with connection.execute_wrapper(wrapper):
            yield

    @contextmanager
    def commits(self, *, took_place: bool) -> Iterator[None]:
        store: Any = connections["default"]
        really = store._commit

        def commit() -> None:
            if not self.due():
                really()
                return
            if took_place:
                really()
            else:
                store._rollback()
            raise OperationalError("server closed the connection unexpectedly")

        store._commit = commit
        try:
            yield
        finally:
            del store._commit


WAYS: dict[str, Callable[[Failing], Any]] = {
    "statement": Failing.statements,
    "commit": lambda one: one.commits(took_place=False),
    "answer of a commit": lambda one: one.commits(took_place=True),
}


@pytest.mark.parametrize("way", WAYS)
def test_each_write_fails_once(workplace: Workplace, real_time: RealTime, way: str) -> None:
    for k in range(1, MOST):
        failing, text = Failing(k), f"Write {k} fails."
        with WAYS[way](failing):
            approved = go(workplace, real_time, text)
        finish(workplace, real_time)
        row = OutgoingRow.objects.filter(text=text).first()
        assert (row is not None) or not approved, k
        assert workplace.on_the_wall(text) == (row is not None), k
        if row is not None:
            assert row.state == S.CONFIRMED.value, (k, row.state, row.words)
            assert newest_verb(row.pk) == outgoings.VERBS[S.CONFIRMED].value, k
        if failing.n < k:
            print(f"{way}: each of {failing.n} failed once")
            assert failing.n > (20 if way == "statement" else 5)
            break
    else:
        pytest.fail(f"more than {MOST} writes")
    report = record.verify()
    assert report.ok, report.why


def go(workplace: Workplace, real_time: RealTime, text: str) -> bool:
    """Approve, claim, send, record and confirm, as far as that goes; return whether approved."""
    draft_id = ""
    try:
        draft_id = draft.save("bruno", workplace.ladera.account.id, text)
        draft.publish("bruno", draft_id, reason="Read by two.")
        approved = True
    except OperationalError:
        approved = False
    for _round in range(2):
        real_time.on(seconds=11)
        for _step in range(6):
            with suppress(OperationalError):
                due.send_once("one")
        real_time.on(seconds=40)
    return approved


def finish(workplace: Workplace, real_time: RealTime) -> None:
    """Let the next worker do all that is left, over the length of a lease and the looks."""
    for _round in range(4):
        while due.send_once("next"):
            pass
        real_time.on(seconds=125)


def newest_verb(outgoing_id: str) -> str:
    lines = EntryRow.objects.filter(line__contains=f'"outgoing:{outgoing_id}"').order_by("-seq")
    newest = lines.values_list("line", flat=True).first()
    assert newest is not None
    return str(json.loads(newest)["verb"])
