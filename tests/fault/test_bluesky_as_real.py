"""The fault network's Bluesky beside the real server: the same calls, the same answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from tests.fault.server import FaultNetwork
from tests.fault.speakers import PNG
from tests.outside import BlueskyServers

POST = "app.bsky.feed.post"
AT = "2026-03-02T12:00:00.000Z"
NAMES = [f"3kaaaaaaaaaa{letter}" for letter in "abcdefg"]


@dataclass
class Server:
    """One of the two, with our account on it."""

    url: str
    did: str
    handle: str
    password: str
    token: str
    other: str  # somebody else's did

    def call(self, name: str, body: object = None, **query: str) -> httpx.Response:
        """Return one answer; with a body it is a procedure."""
        url = f"{self.url}/xrpc/{name}"
        head = {"authorization": f"Bearer {self.token}"} if self.token else {}
        if isinstance(body, bytes):
            return httpx.post(url, content=body, headers={**head, "content-type": "image/png"})
        if body is None:
            return httpx.get(url, params=query, headers=head)
        return httpx.post(url, json=body, headers=head)

    def renew(self) -> httpx.Response:
        """Use the token as a refresh token."""
        head = {"authorization": f"Bearer {self.token}"}
        return httpx.post(f"{self.url}/xrpc/com.atproto.server.refreshSession", headers=head)

    def put(self, name: str, text: str, repo: str = "", **more: Any) -> httpx.Response:
        """Put a post; more goes into the record, but `swapRecord` beside it."""
        record = {"$type": POST, "text": text, "createdAt": AT}
        record |= {key: value for key, value in more.items() if key != "swapRecord"}
        body = {"repo": repo or self.did, "collection": POST, "rkey": name, "record": record}
        swap = {"swapRecord": more["swapRecord"]} if "swapRecord" in more else {}
        return self.call("com.atproto.repo.putRecord", body | swap)

    def delete(self, name: str, **more: Any) -> httpx.Response:
        """Take a post down."""
        body = {"repo": self.did, "collection": POST, "rkey": name, **more}
        return self.call("com.atproto.repo.deleteRecord", body)

    def get(self, name: str) -> httpx.Response:
        """Read a post."""
        where = {"repo": self.did, "collection": POST, "rkey": name}
        return self.call("com.atproto.repo.getRecord", **where)


def swaps(one: Server) -> Iterator[httpx.Response]:
    yield one.put(NAMES[0], "One.", swapRecord=None)
    yield one.put(NAMES[0], "One.", swapRecord=None)
    yield one.put(NAMES[0], "Two.", swapRecord=None)
    yield one.get(NAMES[0])
    yield one.put(NAMES[0], "Two.")
    yield one.get(NAMES[0])
    yield one.put(NAMES[1], "New.", swapRecord=one.get(NAMES[0]).json()["cid"])
    made = {"$type": POST, "text": "Three.", "createdAt": AT}
    body = {"repo": one.did, "collection": POST, "rkey": NAMES[0], "record": made}
    yield one.call("com.atproto.repo.createRecord", body)
    yield one.delete(NAMES[0], swapRecord=one.put(NAMES[2], "Else.").json()["cid"])
    yield one.delete(NAMES[0])
    yield one.delete(NAMES[0])
    yield one.get(NAMES[0])
    yield one.put(NAMES[0], "Two.", swapRecord=None)


def texts(one: Server) -> Iterator[httpx.Response]:
    yield one.put(NAMES[0], "ñ" * 300)
    yield one.put(NAMES[1], "ñ" * 301)
    yield one.put(NAMES[1], "👩‍👩‍👧‍👧" * 120)
    yield one.put(NAMES[2], "👩‍👩‍👧‍👧" * 121)
    yield one.put("amends-op-42", "A name that is none of time.")
    yield one.put(NAMES[2], "No moment.", createdAt=None)
    yield one.put(NAMES[2], "Another kind.", **{"$type": "app.bsky.feed.like"})
    yield one.put(NAMES[3], "As somebody else.", one.other)


def pictures(one: Server) -> Iterator[httpx.Response]:
    sent = one.call("com.atproto.repo.uploadBlob", PNG)
    yield sent
    yield one.call("com.atproto.repo.uploadBlob", PNG)
    blob = sent.json()["blob"]
    unknown = blob | {"ref": {"$link": blob["ref"]["$link"][:-4] + "aaaa"}}
    kind = "app.bsky.embed.images"
    for name, image in (
        (NAMES[0], {"image": blob, "alt": "Burnt crumbs."}),
        (NAMES[1], {"image": blob}),
        (NAMES[2], {"image": unknown, "alt": ""}),
    ):
        yield one.put(name, "Look.", embed={"$type": kind, "images": [image]})
    five = [{"image": blob, "alt": ""}] * 5
    yield one.put(NAMES[3], "Look.", embed={"$type": kind, "images": five})
    yield one.call("com.atproto.repo.uploadBlob", b"x" * (5 * 1024 * 1024 + 1))


def tokens(one: Server) -> Iterator[httpx.Response]:
    yield one.call("com.atproto.server.getSession")
    session = "com.atproto.server.createSession"
    wrong = {"identifier": one.handle, "password": "wrong"}
    yield one.call(session, wrong)
    right = one.call(session, {"identifier": one.handle, "password": one.password})
    yield right
    good, one.token = one.token, right.json()["refreshJwt"]
    first, again = one.renew(), one.renew()
    yield first
    yield again
    yield one.renew()
    one.token = again.json()["refreshJwt"]
    yield one.renew()
    one.token = right.json()["accessJwt"]
    yield one.renew()
    for token in ("", "nonsense"):
        one.token = token
        yield one.call("com.atproto.server.getSession")
        yield one.put(NAMES[0], "Without a token.")
        yield one.get(NAMES[0])
    one.token = good
    yield one.call("com.atproto.identity.resolveHandle", handle=one.handle)
    yield one.call("com.atproto.identity.resolveHandle", handle="nobody.test")


def lists(one: Server) -> Iterator[httpx.Response]:
    for name in NAMES[:5]:
        one.put(name, name)
    where = {"repo": one.did, "collection": POST, "limit": "2"}
    for more in ({}, {"cursor": NAMES[3]}, {"cursor": NAMES[1]}, {"cursor": NAMES[0]}):
        yield one.call("com.atproto.repo.listRecords", **where, **more)
    yield one.call("com.atproto.repo.listRecords", **where, reverse="true")
    yield one.call("com.atproto.repo.listRecords", **where, reverse="true", cursor=NAMES[1])
    yield one.call("com.atproto.repo.listRecords", **where | {"repo": one.handle})


# What is in both answers and must be the same; ids, tokens and sentences differ.
SAME = ("error", "validationStatus", "handle", "cursor", "active")


def told(answer: httpx.Response) -> tuple[int, dict[str, Any]]:
    """Return what two servers must agree on."""
    found = answer.json() if answer.content else {}
    kept = {name: found[name] for name in SAME if name in found}
    if "records" in found:
        kept["texts"] = [one["value"]["text"] for one in found["records"]]
    if "value" in found:
        kept["text"] = found["value"]["text"]
    if "blob" in found:
        kept["blob"] = {name: found["blob"][name] for name in ("$type", "size", "mimeType")}
    return answer.status_code, kept


count = iter(range(100))


@pytest.mark.bluesky
@pytest.mark.parametrize("play", [swaps, texts, pictures, tokens, lists])
def test_both_answer_the_same(
    play: Any, network: FaultNetwork, bluesky_small: BlueskyServers
) -> None:
    handle = f"alike{next(count)}.test"
    did, password = bluesky_small.create_account(handle)
    other, _ = bluesky_small.create_account(f"else{next(count)}.test")
    session = {"identifier": handle, "password": password}
    url = f"{bluesky_small.pds}/xrpc/com.atproto.server.createSession"
    token = httpx.post(url, json=session).json()["accessJwt"]
    real = Server(bluesky_small.pds, did, handle, password, token, other)
    ours = network.account("bluesky", handle)
    candil = network.account("bluesky", "candil")
    fake = Server(network.urls["bluesky"], ours.id, handle, ours.password, ours.access, candil.id)
    wanted = [told(one) for one in play(real)]
    found = [told(one) for one in play(fake)]
    assert len(wanted) >= 7
    assert found == wanted
