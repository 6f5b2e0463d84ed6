"""A restore with accounts on Mastodon and its relatives: found by the server's own normal form."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.conf import settings

from amends.flows import clock, connect, draft, due, reach, restore
from amends.networks.port import Content, Published
from amends.networks.shelf import network_named
from amends.store import outgoings, workspaces
from amends.vocabulary.outgoing import OutgoingState
from tests.fault.server import FaultNetwork, running
from tests.flows.conftest import RealTime

pytestmark = pytest.mark.usefixtures("plain_reader")
S = OutgoingState
TEXTS = (
    "Our branches open at nine.",
    "All about it: https://ladera.example/branches",
    "Thank you, @tomas@elsewhere.example, and @ines.",
)
UNSENT = "This one has not left, @tomas. https://ladera.example/none"


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultNetwork]:
    with running() as network:
        monkeypatch.setattr(settings, "REACH", network.allowed)
        yield network


@pytest.mark.parametrize("dialect", ["mastodon", "compatible"])
def test_what_left_since_is_found_and_nothing_is_sent(
    empty: None, world: FaultNetwork, real_time: RealTime, dialect: str
) -> None:
    url, token = world.urls[dialect], world.account(dialect).access
    before = network_named("mastodon")
    _, secret = before.sign_in(url, "", token, reach.guard())
    network = before.connect("ladera", secret, print, reach.guard())
    network.publish(network.freeze(Content("Before."), op="before", at=datetime.now(UTC)))
    view = connect.mastodon("ana", server=url, token=token, brand_name="Ladera")
    keys = [approved(view.account.id, text) for text in (*TEXTS, UNSENT)]
    network = reach.network_of(view.account.id)
    for number, text in enumerate(TEXTS):  # another body than ours would have, as after an edit
        frozen = network.freeze(Content(text), op=f"since-{number}", at=clock.real())
        assert isinstance(network.publish(frozen), Published)
    restore.restored("ana", clock.real(), "Restored.", workspaces.generation() + 1)
    for _look in range(7):
        while due.listen_once("test") or due.send_once("test"):
            pass
        real_time.on(seconds=601)
    states = [outgoings.load(key).state for key in keys]
    assert states == [S.CONFIRMED, S.CONFIRMED, S.CONFIRMED, S.NEEDS_PERSON]
    assert len({outgoings.load(key).network_id for key in keys[:3]}) == 3
    sent = [one["text"] for one in world.entries() if one["op"] == "published"]
    assert len([text for text in sent if text != "Before."]) == len(TEXTS)


def approved(account_id: str, text: str) -> str:
    return draft.publish("ana", draft.save("ana", account_id, text), reason="Read by two.")
