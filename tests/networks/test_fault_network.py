"""Bluesky's adapter on the fault network: what it says of each fault, and what was really out.

Beside it goes a naive sender that writes a new record for each try. It must double wherever a
fault lets the first one through: otherwise the faults would prove nothing.
"""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from amends.networks import bluesky
from amends.networks.bluesky.connector import Bluesky
from amends.networks.bluesky.session import Xrpc
from amends.networks.port import (
    Absent,
    CannotTell,
    Content,
    Found,
    Frozen,
    Network,
    NotThere,
    Published,
    Refused,
    RefusedKind,
    Removed,
    Secret,
    Unknown,
)
from amends.networks.transport import Door, Guard
from amends.vocabulary.errors import NetworkError, Unauthorized
from tests.fault.faults import Fault
from tests.fault.server import FaultNetwork, running
from tests.outside import until

TEXT = "We are sorry."


@dataclass
class Scene:
    world: FaultNetwork
    guard: Guard
    network: Network
    secret: Secret
    kept: list[Secret] = field(default_factory=list)

    def frozen(self, text: str = TEXT, op: str = "op-1") -> Frozen:
        at = datetime.fromtimestamp(self.world.clock.now(), UTC)
        return self.network.freeze(Content(text), op=op, at=at)

    def again(self) -> Network:
        """Return the account as another worker has it."""
        return bluesky.connect("ladera.test", self.secret, self.kept.append, self.guard)


@pytest.fixture(scope="module")
def world() -> Iterator[FaultNetwork]:
    with running() as network:
        yield network


@pytest.fixture
def scene(world: FaultNetwork) -> Iterator[Scene]:
    world.reset()
    guard = Guard(allow_hosts=world.allowed)
    _, secret = bluesky.sign_in(world.urls["bluesky"], "ladera.test", "right", guard)
    kept: list[Secret] = []
    network = bluesky.connect("ladera.test", secret, kept.append, guard)
    yield Scene(world, guard, network, secret, kept)
    world.release()
    assert world.mistaken() == []


# fault, what else is given, what the adapter says, how many are out
ROWS: list[tuple[Fault, dict[str, object], type[object] | RefusedKind, int]] = [
    (Fault.DROP_BEFORE, {}, Unknown, 0),
    (Fault.ERROR_BEFORE, {}, Unknown, 0),
    (Fault.ERROR_BEFORE, {"status": 503}, Unknown, 0),
    (Fault.WRONG_JSON_BEFORE, {}, Unknown, 0),
    (Fault.REFUSE, {}, RefusedKind.INVALID, 0),
    (Fault.POLICY, {}, RefusedKind.POLICY, 0),
    (Fault.QUOTA, {"times": 1}, RefusedKind.RATE_LIMITED, 0),
    (Fault.REDIRECT, {}, RefusedKind.MISCONFIGURED, 0),
    (Fault.DROP_AFTER, {}, Unknown, 1),
    (Fault.ERROR_AFTER, {}, Unknown, 1),
    (Fault.WRONG_JSON, {}, Unknown, 1),
    (Fault.WRONG_JSON, {"say": "truncated"}, Unknown, 1),
    (Fault.CUT, {}, Unknown, 1),
    (Fault.SLOW, {"seconds": 200}, Published, 1),
    (Fault.READ_LAG, {"seconds": 30}, Published, 1),
]
NAMES = [f"{row[0]} {row[1]}" for row in ROWS]


@pytest.mark.parametrize(("fault", "given", "wanted", "out"), ROWS, ids=NAMES)
def test_what_the_adapter_says_is_what_is_out(
    scene: Scene,
    fault: Fault,
    given: dict[str, object],
    wanted: type[object] | RefusedKind,
    out: int,
) -> None:
    scene.world.misbehave(fault, **given)
    once = scene.frozen()
    answer = scene.network.publish(once)
    if isinstance(wanted, RefusedKind):
        assert isinstance(answer, Refused)
        assert answer.kind is wanted
    else:
        assert isinstance(answer, wanted)
    assert scene.world.published(TEXT) == out
    # Whatever was said: the same call again makes it one, and never two.
    assert isinstance(scene.again().publish(once), Published)
    assert (scene.world.published(TEXT), scene.world.standing(TEXT)) == (1, 1)


@pytest.mark.parametrize(("fault", "given", "wanted", "out"), ROWS, ids=NAMES)
def test_a_naive_sender_doubles_wherever_the_first_try_came_through(
    scene: Scene,
    fault: Fault,
    given: dict[str, object],
    wanted: type[object] | RefusedKind,
    out: int,
) -> None:
    scene.world.misbehave(fault, **given)
    for attempt in range(3):  # a new record for each try, until one is said to be out
        if isinstance(scene.network.publish(scene.frozen(op=f"try {attempt}")), Published):
            break
    doubles = out == 1 and wanted is Unknown
    assert scene.world.published(TEXT) == (2 if doubles else 1)
    assert scene.world.doubled() == ({TEXT: 2} if doubles else {})


def test_a_look_before_the_lag_is_over_finds_nothing(scene: Scene) -> None:
    scene.world.misbehave(Fault.READ_LAG, seconds=60)
    scene.world.misbehave(Fault.DROP_AFTER)
    once, since = scene.frozen(), datetime.now(UTC) - timedelta(minutes=2)
    assert isinstance(scene.network.publish(once), Unknown)
    assert scene.network.find(once, since) == Absent()
    assert scene.network.history(10) == ()
    scene.world.advance(61)
    found = scene.network.find(once, since)
    assert isinstance(found, Found)
    assert [one.network_id for one in scene.network.history(10)] == [found.published.network_id]


def test_a_send_that_comes_in_late_meets_its_own_repeat(scene: Scene) -> None:
    once, said = scene.frozen(), list[object]()
    impatient = Bluesky(Xrpc(scene.secret, scene.kept.append, Door(scene.guard, whole_s=0.3)))
    scene.world.misbehave(Fault.LATE)
    sender = threading.Thread(target=lambda: said.append(impatient.publish(once)))
    sender.start()
    until(lambda: not scene.world.troubles())
    assert isinstance(scene.again().publish(once), Published)
    sender.join(10)
    assert said == [Unknown("timeout", left=True)]
    scene.world.release()
    until(lambda: [one.op for one in scene.world.ledger] == ["published", "repeated"])
    assert scene.world.published(TEXT) == 1


@pytest.mark.parametrize(("fault", "out"), [(Fault.HANG, 0), (Fault.HANG_AFTER, 1)])
def test_a_server_that_hangs_is_unknown(scene: Scene, fault: Fault, out: int) -> None:
    network = Bluesky(Xrpc(scene.secret, scene.kept.append, Door(scene.guard, whole_s=0.3)))
    scene.world.misbehave(fault)
    assert network.publish(scene.frozen()) == Unknown("timeout", left=True)
    assert scene.world.published(TEXT) == out


def test_a_quota_tells_its_wait_and_ends_with_it(scene: Scene) -> None:
    once = scene.frozen()
    for say, waits in (("retry-after", True), ("reset", True), ("", False)):
        scene.world.misbehave(Fault.QUOTA, seconds=120, say=say)
        answer = scene.network.publish(once)
        assert isinstance(answer, Refused)
        wait = answer.retry_after_s
        assert wait is not None if waits else wait is None
        assert wait is None or 110 < wait <= 122
        scene.world.advance(121)
    assert isinstance(scene.network.publish(once), Published)


def test_a_sign_in_that_ends_in_the_middle_of_a_thread(scene: Scene) -> None:
    scene.world.misbehave(Fault.REVOKED, text="part 2")
    parts = [scene.frozen(f"This is part {n}.", f"op-{n}") for n in (1, 2, 3)]
    answers = [scene.network.publish(part) for part in parts]
    assert isinstance(answers[0], Published)
    for answer in answers[1:]:
        assert isinstance(answer, Refused)
        assert answer.kind is RefusedKind.UNAUTHORIZED
    with pytest.raises(Unauthorized):
        scene.network.fetch("")
    assert isinstance(scene.network.find(parts[0], datetime.now(UTC)), CannotTell | Found)
    url = scene.world.urls["bluesky"]
    _, secret = bluesky.sign_in(url, "ladera.test", "right", scene.guard)
    network = bluesky.connect("ladera.test", secret, scene.kept.append, scene.guard)
    assert all(isinstance(network.publish(part), Published) for part in parts)
    assert [scene.world.published(f"This is part {n}.") for n in (1, 2, 3)] == [1, 1, 1]


def test_a_stale_token_is_renewed_before_the_send(scene: Scene) -> None:
    scene.world.expire("bluesky")
    assert isinstance(scene.network.publish(scene.frozen()), Published)
    assert scene.kept[0].reveal()["access"] == scene.world.account("bluesky").access
    assert scene.world.calls()["bluesky com.atproto.repo.putRecord"] == 1


def test_a_renewal_whose_answer_is_lost_is_asked_for_again(scene: Scene) -> None:
    scene.world.expire("bluesky")
    scene.world.misbehave(Fault.DROP_AFTER, kind="refresh")
    first = scene.network.publish(scene.frozen())
    assert isinstance(first, Refused)
    assert not first.permanent
    assert isinstance(scene.network.publish(scene.frozen()), Published)
    assert scene.world.published(TEXT) == 1


@pytest.mark.parametrize(
    "fault", [Fault.DROP_BEFORE, Fault.ERROR_BEFORE, Fault.WRONG_JSON, Fault.CUT, Fault.QUOTA]
)
def test_a_failed_look_is_never_absence(scene: Scene, fault: Fault) -> None:
    once = scene.frozen()
    scene.network.publish(once)
    scene.world.misbehave(fault, kind="read", times=1)
    assert isinstance(scene.network.find(once, datetime.now(UTC)), CannotTell)
    assert isinstance(scene.network.find(once, datetime.now(UTC)), Found)
    scene.world.misbehave(fault, kind="listen", times=1)
    with pytest.raises(NetworkError):
        scene.network.fetch("")


@pytest.mark.parametrize(
    ("fault", "stands"), [(Fault.DROP_BEFORE, 1), (Fault.DROP_AFTER, 0), (Fault.ERROR_AFTER, 0)]
)
def test_a_removal_whose_answer_is_lost_is_unknown(scene: Scene, fault: Fault, stands: int) -> None:
    post = scene.network.publish(scene.frozen())
    assert isinstance(post, Published)
    scene.world.misbehave(fault, kind="remove")
    assert isinstance(scene.network.remove(post.network_id), Unknown)
    assert scene.world.standing(TEXT) == stands
    again = scene.network.remove(post.network_id)
    assert isinstance(again, Removed)
    assert again.was_there == bool(stands)
    assert scene.world.standing(TEXT) == 0
    with pytest.raises(NotThere):
        scene.network.evidence(post.network_id)


def test_a_post_that_was_swallowed_is_not_found(scene: Scene) -> None:
    scene.world.misbehave(Fault.SILENT_DROP)
    once = scene.frozen()
    assert isinstance(scene.network.publish(once), Published)
    assert scene.network.find(once, datetime.now(UTC)) == Absent()
    assert scene.world.published(TEXT) == 0


def test_answers_are_heard_with_what_they_answer(scene: Scene) -> None:
    post = scene.network.publish(scene.frozen())
    assert isinstance(post, Published)
    said = scene.world.say("bluesky", "Not true.", post.network_id)
    heard = scene.network.fetch("").mentions
    assert [(one.network_id, one.about, one.text) for one in heard] == [
        (said, post.network_id, "Not true.")
    ]
    assert scene.network.evidence(post.network_id).replies == ("Not true.",)
