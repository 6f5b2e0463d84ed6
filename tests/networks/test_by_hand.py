"""The laws of `test_contract` that make sense for an account that people work.

Those about answers of a network (a repeat is one post, refusals, lost answers, look-backs, what
was heard, who we are there) do not: nothing is ever sent to or read from the place. In their
stead: whatever is asked, no connection is made, and nothing is claimed.
"""

import socket
from datetime import UTC, datetime

import pytest

from amends.networks import by_hand
from amends.networks.port import (
    CannotTell,
    Content,
    Frozen,
    Network,
    NotThere,
    Page,
    Refused,
    RefusedKind,
    SafeRepeat,
    Secret,
)
from amends.vocabulary.errors import BadInput

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
LINK = "https://www.instagram.com/p/DRw1/"


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> Network:
    def no(*_: object, **__: object) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", no)
    monkeypatch.setattr(socket, "getaddrinfo", no)
    identity, secret = by_hand.sign_in("instagram", "@Candil.Bakery", "")
    assert (identity.id, identity.handle) == ("instagram:candil.bakery", "Candil.Bakery")
    return by_hand.connect(identity.handle, secret, lambda _: None)


def test_it_says_that_a_person_does_it(network: Network) -> None:
    can = network.can()
    assert (can.network, can.safe_repeat, can.read_back) == (
        network.name,
        SafeRepeat.BY_HAND,
        False,
    )


def test_freezing_is_pure(network: Network) -> None:
    once = network.freeze(Content("Warm.", reply_parent=LINK), op="op", at=NOON)
    assert once == network.freeze(Content("Warm.", reply_parent=LINK), op="op", at=NOON)
    assert Frozen.from_json(once.to_json()) == once


@pytest.mark.parametrize("text", ["", "  \n", "half \ud83d", "nul \0"])
def test_what_cannot_be_kept_is_not_frozen(network: Network, text: str) -> None:
    with pytest.raises(BadInput):
        network.freeze(Content(text), op="op", at=NOON)


def test_an_answer_needs_a_link_of_the_place(network: Network) -> None:
    with pytest.raises(BadInput):
        network.freeze(Content("x", reply_parent="https://x.com/1"), op="op", at=NOON)
    assert network.thread_ref(LINK) == (LINK, LINK)


def test_nothing_is_ever_sent(network: Network) -> None:
    once = network.freeze(Content("Warm."), op="op", at=NOON)
    for answer in (network.publish(once), network.remove(LINK)):
        assert isinstance(answer, Refused)
        assert (answer.kind, answer.permanent) == (RefusedKind.MISCONFIGURED, True)
        assert "by hand" in answer.words


def test_nothing_is_ever_claimed(network: Network) -> None:
    once = network.freeze(Content("Warm."), op="op", at=NOON)
    assert isinstance(network.find(once, NOON), CannotTell)
    assert network.history(10) == ()
    assert network.fetch("kept") == Page((), "kept")
    with pytest.raises(NotThere):
        network.evidence(LINK)


def test_links_lead_to_posts(network: Network) -> None:
    assert network.resolve(f" {LINK} ") == LINK
    for odd in ("", "hello", "https://x.com/1", "javascript:1"):
        with pytest.raises(BadInput):
            network.resolve(odd)


def test_length_is_the_places(network: Network) -> None:
    assert network.count("a" * 2_201).over


def test_a_secret_of_another_network_is_refused() -> None:
    for odd in ({"network": "by_hand"}, {"network": "memory", "place": "x"}):
        with pytest.raises(BadInput):
            by_hand.connect("candil", Secret(odd), lambda _: None)
    with pytest.raises(BadInput):
        by_hand.connect("c", Secret({"network": "by_hand", "place": "nowhere"}), lambda _: None)
