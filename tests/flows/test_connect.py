"""Connecting accounts: each once, its history learned, its tokens sealed and its own."""

from dataclasses import replace
from pathlib import Path

import pytest

from amends.flows import clock, connect, mention, reach, vault
from amends.networks.memory import Fault, World
from amends.networks.memory.connector import Memory
from amends.networks.port import Identity, Page, Secret
from amends.networks.shelf import network_named
from amends.store import brands, dues, mentions, posts
from amends.store.models import AccountRow, DueRow
from amends.vocabulary.brand import Brand
from amends.vocabulary.errors import BadInput, Unauthorized, Unreachable
from tests.cast import LADERA
from tests.flows.conftest import Workplace, joined

pytestmark = pytest.mark.usefixtures("plain_reader")


@pytest.fixture
def every() -> int:
    """All of the history: marks are learned from what is used often."""
    return 1


def test_history_and_what_was_said_are_imported_and_raise_nothing(workplace: Workplace) -> None:
    known = workplace.world.posts_of("ladera.test", 500)
    assert workplace.ladera.posts_known == len(known)
    heard = mentions.queue(500, workplace.ladera.account.id)
    assert heard
    assert all(one.heard_at < max(told.at for told in known) for one in heard if one.is_reproach)
    assert connect.import_history(workplace.ladera.account.id) == 0


def test_the_same_account_is_connected_once(workplace: Workplace) -> None:
    with pytest.raises(BadInput, match="connected already"):
        joined(workplace.ladera.server, LADERA)
    assert len(brands.list_accounts()) == 2


def test_a_network_that_does_not_answer_connects_without_history(workplace: Workplace) -> None:
    workplace.world.misbehave("new.test", Fault.READ_FAILS)
    account_id = joined(workplace.ladera.server, replace(LADERA, handle="new.test"))
    view = brands.account(account_id)
    assert view.connected
    assert "did not answer" in view.connection_words


def test_marks_are_learned_from_what_only_one_account_uses(workplace: Workplace) -> None:
    row = AccountRow.objects.get(pk=workplace.ladera.account.id)
    assert row.learned_marks["hashtags"] == ["laderasavings"]
    assert "candil.example" not in brands.account(row.id).account.marks.domains


def test_tokens_are_sealed_and_bound_to_their_account(workplace: Workplace) -> None:
    ladera, candil = workplace.ladera.account.id, workplace.candil.account.id
    sealed = AccountRow.objects.get(pk=ladera).secret
    assert "memory" not in sealed
    assert workplace.ladera.server not in sealed
    AccountRow.objects.filter(pk=candil).update(secret=sealed)
    with pytest.raises(Unauthorized, match="connect the account again"):
        reach.network_of(candil)


def test_disconnecting_forgets_the_tokens_and_the_listening(workplace: Workplace) -> None:
    account_id = workplace.ladera.account.id
    connect.disconnect("ana", account_id)
    assert AccountRow.objects.get(pk=account_id).secret == ""
    assert not DueRow.objects.filter(kind="listen", key=account_id).exists()
    with pytest.raises(Unauthorized, match="not connected"):
        reach.network_of(account_id)
    connect.reconnect("ana", account_id, "")
    assert brands.account(account_id).connected
    assert DueRow.objects.filter(kind="listen", key=account_id).exists()


def test_another_account_does_not_answer_for_this_one(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The handle of one account of ours leads to another one of ours now: still refused."""
    own = AccountRow.objects.get(pk=workplace.candil.account.id).network_account_id
    before = AccountRow.objects.get(pk=workplace.ladera.account.id).secret
    folder = network_named("memory")
    other = Identity(own, "ladera.test", "x"), Secret({"network": "memory", "path": "elsewhere"})
    monkeypatch.setattr(
        connect, "network_named", lambda _: replace(folder, sign_in=lambda *_: other)
    )
    with pytest.raises(BadInput, match="another account"):
        connect.reconnect("ana", workplace.ladera.account.id, "p")
    assert AccountRow.objects.get(pk=workplace.ladera.account.id).secret == before


def test_a_brand_is_changed_in_place(workplace: Workplace) -> None:
    brand_id = workplace.ladera.account.brand.id
    connect.update_brand(
        "ana", brand_id, name=" Ladera Bank ", colour="#000000", time_zone="Europe/Madrid"
    )
    found = brands.account(workplace.ladera.account.id).account.brand
    assert (found.name, found.time_zone) == ("Ladera Bank", "Europe/Madrid")
    for wrong in (
        {"name": " ", "time_zone": "UTC"},
        {"name": "Ladera", "time_zone": "Madrid"},
    ):
        with pytest.raises(BadInput):
            connect.update_brand("ana", brand_id, colour="#000000", **wrong)
    with pytest.raises(BadInput):
        connect.update_brand("ana", "none", name="New", colour="#000000", time_zone="UTC")
    assert len(brands.list_brands()) == 2


def test_a_seal_opens_only_with_its_account_and_key(workplace: Workplace) -> None:
    sealed = vault.seal(Secret({"token": "t"}), "a")
    assert vault.unseal(sealed, "a").reveal() == {"token": "t"}
    assert vault.seal(Secret({"token": "t"}), "a") != sealed
    for broken in (sealed[:-8] + "AAAAAAA=", "AAAA"):
        with pytest.raises(Unauthorized):
            vault.unseal(broken, "a")
    assert posts.recent_posts()
    assert dues.oldest(workplace.ladera.last_heard_at or clock.real()) is not None


def test_an_account_is_connected_although_what_was_said_cannot_be_read_yet(
    workplace: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World(tmp_path / "other.sqlite3")
    world.seed([("third.test", "Third")])
    world.post_as("third.test", "We open at nine.", clock.now())
    fetch = Memory.fetch

    def fails(self: Memory, cursor: str) -> Page:
        raise Unreachable("The network did not answer.")

    monkeypatch.setattr(Memory, "fetch", fails)
    brand = Brand("brand-third", "Third", "#1f4f82")
    view = connect.network_account(
        "ana",
        "memory",
        server=str(tmp_path / "other.sqlite3"),
        handle="third.test",
        password="",
        brand=brand,
    )
    assert (view.connected, view.posts_known) == (True, 1)
    assert "did not answer" in view.connection_words
    monkeypatch.setattr(Memory, "fetch", fetch)
    mention.listen(view.account.id)
    assert brands.account(view.account.id).connection_words == ""
