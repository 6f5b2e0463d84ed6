"""A thread with a picture on the real Bluesky server, its sender killed between the posts."""

import hashlib
import io
import itertools
from typing import Any

import httpx
import pytest
from PIL import Image
from pytest_django import Settings

from amends.flows import clock, draft, ids, pictures, publish, vault
from amends.flows.patience import POINTS, Worker
from amends.networks.bluesky import sign_in
from amends.networks.transport import Guard
from amends.store import brands, outgoings
from amends.store.models import OutgoingRow
from amends.vocabulary.brand import Account, Brand
from amends.vocabulary.outgoing import OutgoingState
from tests.flows.conftest import RealTime
from tests.flows.test_threads import Died, dying
from tests.outside import BlueskyServers

pytestmark = [pytest.mark.bluesky, pytest.mark.usefixtures("plain_reader", "empty")]

TEXT = (
    "On Monday our branches open at nine.\n---\n"
    "On Tuesday they open at ten, as on the picture.\n---\n"
    "Thank you for waiting."
)
HANDLES = iter(f"thread{number}.test" for number in range(100))


def a_thread(servers: BlueskyServers, settings: Settings) -> tuple[str, str, str]:
    """Approve the thread on a new account; return (its did, id of its first post, the picture)."""
    handle = next(HANDLES)
    did, password = servers.create_account(handle)
    settings.REACH = servers.allowed
    account_id = joined(servers, did, handle, password)
    made = draft.save("ana", account_id, TEXT)
    out = io.BytesIO()
    Image.new("RGB", (640, 480), "teal").save(out, "PNG")
    name = pictures.add("ana", made, out.getvalue())
    draft.save("ana", account_id, TEXT, draft_id=made, told={name: ("The door, open.", 1)})
    return did, draft.publish("ana", made, reason="Read by two."), name


def joined(servers: BlueskyServers, did: str, handle: str, password: str) -> str:
    """Keep the account and return its id; its mentions are not read: they live elsewhere."""
    _, secret = sign_in(servers.pds, handle, password, Guard(allow_hosts=servers.allowed))
    brand = Brand(ids.new("brand"), handle, "#2f5d62", "UTC")
    account = Account(id=ids.new("account"), brand=brand, network="bluesky", handle=handle)
    brands.save_brand(brand, practice=False)
    brands.add_account(
        account,
        network_account_id=did,
        server=servers.pds,
        sealed=vault.seal(secret, account.id),
        at=clock.now(),
    )
    return account.id


def records(servers: BlueskyServers, did: str) -> list[dict[str, Any]]:
    """Return what the server has of an account, oldest first."""
    where = {"repo": did, "collection": "app.bsky.feed.post", "limit": "100", "reverse": "true"}
    answer = httpx.get(f"{servers.pds}/xrpc/com.atproto.repo.listRecords", params=where, timeout=30)
    found = answer.raise_for_status().json()["records"]
    return sorted(found, key=lambda one: str(one["value"]["createdAt"]))


def work(worker: Worker, real_time: RealTime, times: int = 40) -> None:
    for _ in range(times):
        if not publish.work_once(worker):
            real_time.on(seconds=10)


@pytest.mark.parametrize("before", [0, 1])
@pytest.mark.parametrize("point", ["claimed", "frozen", "calling", "answered", "recorded"])
def test_a_thread_killed_in_the_middle_is_continued(
    bluesky_small: BlueskyServers,
    settings: Settings,
    real_time: RealTime,
    point: str,
    before: int,
) -> None:
    assert point in POINTS
    did, first, name = a_thread(bluesky_small, settings)
    real_time.on(seconds=11)
    with pytest.raises(Died):
        work(Worker("dies", at=dying(point, before)), real_time)
    real_time.on(seconds=121)
    work(Worker("next"), real_time)
    rows = OutgoingRow.objects.filter(thread_id=first).order_by("part")
    assert [row.state for row in rows] == [OutgoingState.CONFIRMED.value] * 3
    found = records(bluesky_small, did)
    assert [one["value"]["text"] for one in found] == [row.text for row in rows]
    assert [one["uri"] for one in found] == [row.network_id for row in rows]
    assert "reply" not in found[0]["value"]
    for above, one in itertools.pairwise(found):
        reply = one["value"]["reply"]
        assert reply["parent"] == {"uri": above["uri"], "cid": above["cid"]}
        assert reply["root"] == {"uri": found[0]["uri"], "cid": found[0]["cid"]}
    image = found[1]["value"]["embed"]["images"][0]
    assert image["alt"] == "The door, open."
    assert image["aspectRatio"] == {"width": 640, "height": 480}
    where = {"did": did, "cid": image["image"]["ref"]["$link"]}
    blob = httpx.get(f"{bluesky_small.pds}/xrpc/com.atproto.sync.getBlob", params=where, timeout=30)
    assert hashlib.sha256(blob.raise_for_status().content).hexdigest() == name


def test_what_was_done_is_seen_and_nothing_is_sent_again(
    bluesky_small: BlueskyServers, settings: Settings, real_time: RealTime
) -> None:
    did, first, _name = a_thread(bluesky_small, settings)
    real_time.on(seconds=11)
    work(Worker("plain"), real_time)
    before = records(bluesky_small, did)
    assert len(before) == 3
    real_time.on(hours=3)
    work(Worker("later"), real_time)
    assert records(bluesky_small, did) == before
    place = outgoings.outgoing(first).thread
    assert place is not None
    assert (place.part, place.parts, place.live) == (1, 3, 3)
