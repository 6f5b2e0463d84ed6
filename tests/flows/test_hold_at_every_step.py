"""A hold against a worker at each of its steps: what is held never leaves.

The worker stops at numbered points on its way; there somebody presses freeze, resumes, undoes or
gives another time, each in a transaction of its own, as another process would. The practice
network's own wall says what left.
"""

import os
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from amends.flows import clock, decide, draft, hold, publish
from amends.flows.patience import POINTS, Worker
from amends.networks.memory import Fault
from amends.store import holds, outgoings
from amends.store.models import OutgoingRow
from amends.store.posts import KeptDraft
from amends.store.turns import turn
from amends.vocabulary.errors import AmendsError
from amends.vocabulary.outgoing import LIVE, OutgoingState
from tests.flows.conftest import RealTime, Workplace

pytestmark = pytest.mark.usefixtures("plain_reader")
S = OutgoingState
OPEN = tuple(point for point in POINTS if point not in {"claiming", "recording"})
CALLS = ("calling", "calling again")
DUE = 50


def due_posts(workplace: Workplace, n: int, first: int = 0, view: object = None) -> list[str]:
    """Approve posts that are due now."""
    account, made = (view or workplace.ladera).account, []  # type: ignore[attr-defined]
    with turn():
        now = clock.now()
        for number in range(first, first + n):
            text = f"Branch {number} opens at nine."
            one = KeptDraft("", account.id, text, "post", "", "", (), "", sent=False)
            outgoing = draft.outgoing_of("bruno", one, account, "", now, now)
            outgoings.add(outgoing, at=now)
            made.append(outgoing.id)
    return made


@dataclass
class Witness:
    """Who presses what at which point, and what was about to leave under a standing hold."""

    press: dict[tuple[str, int], object] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)
    under_hold: list[str] = field(default_factory=list)

    def at(self, point: str) -> None:
        count = self.seen[point] = self.seen.get(point, 0) + 1
        if point in CALLS:
            self.under_hold += [
                one.id
                for one in map(outgoings.words_of, OutgoingRow.objects.filter(state="sending"))
                if hold.covers(one.account_id, one.kind)
            ]
        pressed = self.press.pop((point, count), None)
        if callable(pressed):
            pressed()


@pytest.mark.parametrize(("nth", "scope"), [(1, "everything"), (25, "account:{0.id}")])
@pytest.mark.parametrize("point", [one for one in OPEN if "again" not in one and one != "rescued"])
def test_pressed_at_a_step_nothing_leaves_after_it_returned(
    workplace: Workplace, real_time: RealTime, point: str, nth: int, scope: str
) -> None:
    due_posts(workplace, DUE)
    receipts: list[tuple[str, int]] = []

    def freeze() -> None:
        receipt = hold.hold("ana", scope.format(workplace.ladera.account))
        receipts.append((receipt.id, len(workplace.world.posts_of("ladera.test", 500))))

    witness = Witness({(point, nth): freeze})
    worker = Worker("test", at=witness.at)
    for _ in range(20):
        while publish.work_once(worker):
            pass
        real_time.on(seconds=35)
    if not receipts:  # that many steps of this kind did not happen: the law is not tested here
        assert witness.seen.get(point, 0) < nth
        return
    hold_id, before = receipts[0]
    after = workplace.world.posts_of("ladera.test", 500)[: -before or None]
    flying = {one.text for one in holds.hold(hold_id).in_flight}
    assert {told.text for told in after if told.text.startswith("Branch")} <= flying
    assert len(flying) <= 1
    assert witness.under_hold == []
    assert not {state_of(one) for one in held_of(hold_id)} - {S.HELD}


def state_of(outgoing_id: str) -> OutgoingState:
    return outgoings.load(outgoing_id).state


def held_of(hold_id: str) -> list[str]:
    return [one.id for one in holds.hold(hold_id).held]


class Desk(RuleBasedStateMachine):
    """People and a worker, in any order, with people's clicks between the worker's steps."""

    workplace: Workplace
    real_time: RealTime

    def __init__(self) -> None:
        super().__init__()
        self.witness, self.made, self.holds = Witness(), list[str](), list[str]()
        self.number = OutgoingRow.objects.count() * 100

    @rule(n=st.integers(1, 4), which=st.booleans())
    def approve(self, n: int, which: bool) -> None:
        view = self.workplace.ladera if which else self.workplace.candil
        self.number += 10
        self.made += due_posts(self.workplace, n, self.number, view)

    @rule(scope=st.sampled_from(["everything", "account", "brand"]))
    def freeze(self, scope: str) -> None:
        account = self.workplace.ladera.account
        named = {"account": f"account:{account.id}", "brand": f"brand:{account.brand.id}"}
        self.holds.append(hold.hold("ana", named.get(scope, scope)).id)

    @rule(data=st.data())
    def resume(self, data: st.DataObject) -> None:
        if self.holds:
            chosen = data.draw(st.sampled_from(self.holds))
            self.holds.remove(chosen)
            hold.release("ana", chosen)

    @rule(data=st.data(), what=st.sampled_from(["undo", "later", "retry"]))
    def decide(self, data: st.DataObject, what: str) -> None:
        if not self.made:
            return
        one = data.draw(st.sampled_from(self.made))
        with suppress(AmendsError):  # a click that comes too late is refused
            if what == "undo":
                decide.undo("ana", one)
            elif what == "later":
                decide.reschedule("ana", one, clock.now() + timedelta(minutes=2))
            else:
                decide.retry("ana", one)

    @rule(fault=st.sampled_from([Fault.DROP_AFTER, Fault.TIMEOUT, Fault.RATE_LIMITED]))
    def misbehave(self, fault: Fault) -> None:
        self.workplace.world.misbehave("ladera.test", fault, amount=20)

    @rule(seconds=st.sampled_from([5, 40, 130]))
    def wait(self, seconds: int) -> None:
        self.real_time.on(seconds=seconds)

    @rule(
        point=st.sampled_from(OPEN),
        press=st.sampled_from(["freeze", "resume", "undo"]),
        steps=st.integers(1, 6),
        data=st.data(),
    )
    def work(self, point: str, press: str, steps: int, data: st.DataObject) -> None:
        chosen = data.draw(st.sampled_from(self.made)) if self.made else ""
        self.witness.press = {
            (point, self.witness.seen.get(point, 0) + 1): self._click(press, chosen)
        }
        worker = Worker("test", at=self.witness.at)
        for _ in range(steps):
            publish.work_once(worker)
        self.witness.press = {}

    def _click(self, press: str, chosen: str) -> object:
        def click() -> None:
            with suppress(AmendsError):
                if press == "freeze":
                    self.holds.append(hold.hold("ana", "everything").id)
                elif press == "resume" and self.holds:
                    hold.release("ana", self.holds.pop())
                elif press == "undo" and chosen:
                    decide.undo("ana", chosen)

        return click

    @invariant()
    def nothing_held_was_about_to_leave(self) -> None:
        assert self.witness.under_hold == []

    @invariant()
    def each_text_is_out_once_at_most_and_never_when_undone(self) -> None:
        walls = [
            told.text
            for handle in ("ladera.test", "candil.test")
            for told in self.workplace.world.posts_of(handle, 400)
        ]
        for one in map(outgoings.load, self.made):
            out = walls.count(one.text)
            assert out <= 1, one
            assert not (out and one.state is S.CANCELLED), one
            assert out == 1 or one.state not in LIVE, one

    def teardown(self) -> None:
        """Leave an empty desk for the next history."""
        for one in hold.active():
            hold.release("ana", one.id)
        self.workplace.world.behave("ladera.test")
        self.real_time.on(hours=3)
        while publish.work_once(Worker("test")):
            pass
        self.workplace.work()


def test_any_order_of_clicks_and_steps(workplace: Workplace, real_time: RealTime) -> None:
    histories = int(os.environ.get("AMENDS_INTERLEAVINGS", "40"))
    bound = {"workplace": workplace, "real_time": real_time}
    run_state_machine_as_test(
        type("Bound", (Desk,), bound),
        settings=settings(
            max_examples=histories,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    print(f"{histories} histories of clicks and steps")
