"""The practice network: its people, its walls, and its misbehaviour on request."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from amends.networks.memory import Fault, World, connect, sign_in
from amends.networks.port import (
    Absent,
    Content,
    Found,
    Network,
    Published,
    Refused,
    RefusedKind,
    Removed,
    Secret,
    Unknown,
)
from amends.vocabulary.errors import BadInput
from amends.vocabulary.mention import MentionKind

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "practice.sqlite3")


def account(path: str, handle: str = "candil.test") -> Network:
    return connect(handle, Secret({"network": "memory", "path": path}), lambda _: None)


def test_the_wall_shows_what_is_public(path: str) -> None:
    network, world = account(path), World(path)
    world.seed([("ines.test", "Inés"), ("tomas.test", "Tomás")])
    once = network.freeze(Content("Warm rolls."), op="op", at=NOON)
    post = network.publish(once)
    assert isinstance(post, Published)
    world.say("ines.test", "They were cold.", post.network_id, NOON)
    world.say("tomas.test", "Look at this.", post.network_id, NOON, MentionKind.QUOTE)
    world.say("tomas.test", "Not for them.", "", NOON, MentionKind.MENTION)
    shown = [(told.author_name, told.text) for told in world.wall("candil.test")]
    assert shown == [
        ("Tomás", "Look at this."),
        ("Inés", "They were cold."),
        ("candil.test", "Warm rolls."),
    ]
    kinds = [(str(one.kind), one.about) for one in network.fetch("").mentions]
    assert kinds == [("reply", post.network_id), ("quote", post.network_id)]
    network.remove(post.network_id)
    assert "Warm rolls." not in [told.text for told in world.wall("candil.test")]


def test_naming_somebody_is_heard(path: str) -> None:
    network, world = account(path), World(path)
    world.post_as("ines.test", "Never again @Candil.test", NOON)
    world.say("tomas.test", "Shame.", "candil.test", NOON, MentionKind.MENTION)
    heard = network.fetch("").mentions
    assert [one.kind for one in heard] == [MentionKind.MENTION] * 2


def test_what_was_taken_down_never_comes_back(path: str) -> None:
    network = account(path)
    once = network.freeze(Content("Gone."), op="op", at=NOON)
    post = network.publish(once)
    assert isinstance(post, Published)
    network.remove(post.network_id)
    again = network.publish(once)
    assert isinstance(again, Refused)
    assert again.kind is RefusedKind.GONE
    assert network.history(10) == ()


def test_a_post_can_hide_from_the_first_looks(path: str) -> None:
    network, world = account(path), World(path)
    world.misbehave("candil.test", Fault.READ_LAG, amount=2)
    world.misbehave("candil.test", Fault.DROP_AFTER)
    once = network.freeze(Content("Late."), op="op", at=NOON)
    assert isinstance(network.publish(once), Unknown)
    since = NOON - timedelta(minutes=2)
    assert [network.find(once, since) for _ in range(2)] == [Absent(), Absent()]
    assert isinstance(network.find(once, since), Found)


def test_faults_happen_as_often_as_asked_and_to_one_account(path: str) -> None:
    network, other, world = account(path), account(path, "ladera.test"), World(path)
    world.misbehave("candil.test", Fault.TIMEOUT, times=2)
    once = network.freeze(Content("Here."), op="op", at=NOON)
    theirs = other.freeze(Content("There."), op="op", at=NOON)
    assert isinstance(other.publish(theirs), Published)
    answers = [type(network.publish(once)) for _ in range(3)]
    assert answers == [Unknown, Unknown, Published]
    world.misbehave("candil.test", Fault.POLICY)
    world.behave("candil.test")
    assert isinstance(network.publish(once), Published)


def test_a_take_down_may_be_lost_and_repeated(path: str) -> None:
    network, world = account(path), World(path)
    post = network.publish(network.freeze(Content("Here."), op="op", at=NOON))
    assert isinstance(post, Published)
    world.misbehave("candil.test", Fault.DROP_AFTER)
    assert isinstance(network.remove(post.network_id), Unknown)
    assert network.remove(post.network_id) == Removed(post.network_id, was_there=False)


def test_many_at_once_make_one_post(path: str) -> None:
    once = account(path).freeze(Content("Once."), op="op", at=NOON)
    with ThreadPoolExecutor(8) as people:
        answers = list(people.map(lambda _: account(path).publish(once), range(24)))
    assert {type(one) for one in answers} == {Published}
    assert len(account(path).history(10)) == 1


def test_signing_in_adds_the_account(path: str) -> None:
    who, secret = sign_in(path, "@Nuevo.test ", "")
    assert connect("Nuevo.test", secret, lambda _: None).whoami() == who
    with pytest.raises(BadInput):
        sign_in("", "a.test", "")


def test_links_of_the_practice_pages(path: str) -> None:
    network = account(path)
    post = network.publish(network.freeze(Content("Here."), op="op", at=NOON))
    assert isinstance(post, Published)
    page = f"https://desk.example/practice/{post.network_id.removeprefix('memory://')}"
    assert network.resolve(page) == post.network_id
