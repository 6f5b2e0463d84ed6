"""Our Bluesky adapter against the real servers."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from amends.networks.bluesky import connect, sign_in
from amends.networks.port import (
    Absent,
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
)
from amends.networks.transport import Guard
from amends.vocabulary.errors import Unauthorized
from tests.outside import BlueskyServers, until

pytestmark = pytest.mark.bluesky


def account(servers: BlueskyServers, handle: str) -> Network:
    _, password = servers.create_account(handle)
    guard = Guard(allow_hosts=servers.allowed)
    _, secret = sign_in(servers.pds, handle, password, guard)
    return connect(handle, secret, lambda _: None, guard)


@pytest.fixture(scope="module")
def bakery(bluesky_small: BlueskyServers) -> Network:
    return account(bluesky_small, "bakery.test")


def frozen(network: Network, text: str, op: str) -> Frozen:
    return network.freeze(Content(text), op=op, at=datetime.now(UTC))


def published(network: Network, text: str, op: str) -> Published:
    answer = network.publish(frozen(network, text, op))
    assert isinstance(answer, Published), answer
    return answer


def test_a_repeated_send_is_one_post(bakery: Network) -> None:
    once = frozen(bakery, "Warm rolls until noon 🥐 #CrumbClub https://candil.example/menu", "op-1")
    first, again = bakery.publish(once), bakery.publish(once)
    assert isinstance(first, Published)
    assert isinstance(again, Published)
    assert first.network_id == again.network_id
    assert [one.network_id for one in bakery.history(100)].count(first.network_id) == 1
    found = bakery.find(once, datetime.now(UTC))
    assert isinstance(found, Found)
    assert found.published.network_id == first.network_id


def test_another_text_under_the_same_name_is_a_conflict(bakery: Network) -> None:
    at = datetime.now(UTC)
    mine = bakery.freeze(Content("The first text."), op="op-2", at=at)
    other = bakery.freeze(Content("Another text."), op="op-2", at=at)
    assert isinstance(bakery.publish(mine), Published)
    answer = bakery.publish(other)
    assert isinstance(answer, Refused)
    assert answer.kind is RefusedKind.CONFLICT
    assert bakery.history(1)[0].text == "The first text."


def test_too_long_is_refused_cleanly(bakery: Network) -> None:
    answer = bakery.publish(frozen(bakery, "é" * 301, "op-3"))
    assert isinstance(answer, Refused)
    assert answer.kind is RefusedKind.TOO_LONG
    assert answer.permanent


@pytest.mark.parametrize("text", ["👩‍👩‍👧" * 300, "ñ" * 300, "🇪🇸" * 100, "e\u0301" * 300])
def test_our_count_agrees_with_the_server(bakery: Network, text: str) -> None:
    count = bakery.count(text)
    answer = bakery.publish(frozen(bakery, text, f"op-{hash(text)}"))
    assert isinstance(answer, Refused if count.over else Published)


def test_a_reply_and_a_thread(bakery: Network) -> None:
    post = published(bakery, "We were wrong about the price.", "op-4")
    parent, root = bakery.thread_ref(post.network_id)
    assert parent == root
    content = Content("Here is what we do now.", reply_parent=parent, reply_root=root)
    reply = bakery.publish(bakery.freeze(content, op="op-5", at=datetime.now(UTC)))
    assert isinstance(reply, Published)
    assert bakery.thread_ref(reply.network_id)[1] == root
    assert bakery.history(1)[0].is_reply


def test_taking_down_is_calm_and_leaves_nothing(bakery: Network) -> None:
    once = frozen(bakery, "To be taken down.", "op-6")
    answer = bakery.publish(once)
    assert isinstance(answer, Published)
    first, again = bakery.remove(answer.network_id), bakery.remove(answer.network_id)
    assert isinstance(first, Removed)
    assert first.was_there
    assert json.loads(first.raw)["value"]["text"] == "To be taken down."
    assert again == Removed(answer.network_id, was_there=False)
    assert bakery.find(once, datetime.now(UTC)) == Absent()
    assert answer.network_id not in [one.network_id for one in bakery.history(100)]
    with pytest.raises(NotThere):
        bakery.evidence(answer.network_id)


def test_evidence_from_our_own_server(bakery: Network) -> None:
    post = published(bakery, "Kept as it is.", "op-7")
    assert bakery.evidence(post.network_id).text == "Kept as it is."


def test_links_lead_to_the_post(bakery: Network) -> None:
    post = published(bakery, "Find me.", "op-8")
    assert bakery.resolve(post.url) == post.network_id
    by_handle = post.url.replace(post.network_id.split("/")[2], "bakery.test")
    assert bakery.resolve(by_handle) == post.network_id


def test_stale_tokens_are_renewed_before_a_send(bluesky_small: BlueskyServers) -> None:
    handle = "stale.test"
    _, password = bluesky_small.create_account(handle)
    guard = Guard(allow_hosts=bluesky_small.allowed)
    _, secret = sign_in(bluesky_small.pds, handle, password, guard)
    kept: list[Secret] = []
    broken = secret.with_values(access=secret.reveal()["access"][:-4] + "AAAA")
    network = connect(handle, broken, kept.append, guard)
    assert isinstance(network.publish(frozen(network, "Still here.", "op-9")), Published)
    assert len(kept) == 1
    assert kept[0].reveal()["refresh"] != secret.reveal()["refresh"]


def test_a_wrong_password_says_so(bluesky_small: BlueskyServers) -> None:
    bluesky_small.create_account("locked.test")
    guard = Guard(allow_hosts=bluesky_small.allowed)
    with pytest.raises(Unauthorized, match="app password is wrong"):
        sign_in(bluesky_small.pds, "locked.test", "not it", guard)


def test_the_whole_network_hears(bluesky_network: BlueskyServers) -> None:
    bank = account(bluesky_network, "ladera.test")
    until(lambda: _profile_is_there(bank))
    angry = bluesky_network.as_user("tomas.test")
    post = published(bank, "Our counter is open again.", "op-10")
    start = bank.fetch("")
    assert start.mentions == ()
    reply = angry.post("That is not true, and it hurt.", post.network_id)
    old = datetime.now(UTC) - timedelta(days=300)
    backdated = angry.post("Shame on you.", post.network_id, at=old)
    quote = angry.post("Look at this bank.", quote=post.network_id)
    named = angry.post("@ladera.test", mention=bank.whoami().id)
    heard: dict[str, object] = {}
    cursor = start.cursor

    def all_heard() -> bool:
        nonlocal cursor
        page = bank.fetch(cursor)
        cursor = page.cursor
        heard.update({one.network_id: one for one in page.mentions})
        return heard.keys() >= {reply, backdated, quote, named}

    until(all_heard)
    assert {str(one.kind) for one in heard.values()} == {"reply", "quote", "mention"}  # type: ignore[attr-defined]
    assert bank.fetch(cursor).mentions == ()
    seen = until(lambda: _with_replies(bank, post.network_id))
    assert set(seen.replies) == {"That is not true, and it hurt.", "Shame on you."}
    answer_to = bank.thread_ref(reply)
    assert answer_to[1].startswith(post.network_id)
    content = Content("You are right, and we are sorry.", "en", *answer_to)
    answer = bank.publish(bank.freeze(content, op="op-11", at=datetime.now(UTC)))
    assert isinstance(answer, Published)


def _profile_is_there(network: Network) -> bool:
    return network.whoami().handle == "ladera.test"


def _with_replies(network: Network, network_id: str) -> object:
    found = network.evidence(network_id)
    return found if len(found.replies) == 2 else None
