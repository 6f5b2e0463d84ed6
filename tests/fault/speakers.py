"""The three dialects in plain httpx, under the same few words, for tests of the network itself."""

from abc import ABC, abstractmethod
from typing import Any

import httpx

from tests.fault.bluesky import LETTERS
from tests.fault.dialect import stamp
from tests.fault.world import World

PNG = b"\x89PNG a picture"


class Speaker(ABC):
    """One account of ours, on one dialect."""

    def __init__(self, world: World, dialect: str, url: str, handle: str = "ladera") -> None:
        self.world, self.dialect, self.url = world, dialect, url
        self.me = world.account(dialect, handle)
        # Each request on its own connection, as our adapters do it.
        limits = httpx.Limits(max_keepalive_connections=0)
        self.client = httpx.Client(timeout=10, limits=limits, verify=False, trust_env=False)

    def call(self, method: str, path: str, **more: Any) -> httpx.Response:
        """Return one answer."""
        head = {"authorization": f"Bearer {self.me.access}"} | more.pop("headers", {})
        return self.client.request(method, f"{self.url}{path}", headers=head, **more)

    @abstractmethod
    def publish(self, text: str, key: str = "key") -> httpx.Response:
        """Send a text under a key or name: the same key is the same send."""

    @abstractmethod
    def texts(self) -> list[str]:
        """Return the texts of the account's own list, newest first."""

    @abstractmethod
    def remove(self, network_id: str) -> httpx.Response:
        """Take a post down."""

    @abstractmethod
    def id_of(self, answer: httpx.Response) -> str:
        """Return the network id of what was published."""

    @abstractmethod
    def listen(self) -> httpx.Response:
        """Read the notifications."""

    @abstractmethod
    def read(self, network_id: str) -> httpx.Response:
        """Read one post."""

    @abstractmethod
    def upload(self) -> httpx.Response:
        """Send a picture."""


class OnBluesky(Speaker):
    def __init__(self, world: World, dialect: str, url: str, handle: str = "ladera") -> None:
        super().__init__(world, dialect, url, handle)
        self.names: dict[str, str] = {}
        self.bodies: dict[tuple[str, str], dict[str, Any]] = {}

    def name(self, key: str) -> str:
        """Return a record's name for a key."""
        if key not in self.names:
            number = len(self.names)
            self.names[key] = f"3kaaaaaaaaa{LETTERS[number // 32]}{LETTERS[number % 32]}"
        return self.names[key]

    def put(self, key: str, record: dict[str, Any], **more: Any) -> httpx.Response:
        """Put a record; `swapRecord` null unless given."""
        body = {"repo": self.me.id, "collection": "app.bsky.feed.post", "rkey": self.name(key)}
        whole = {**body, "record": record, "swapRecord": None, **more}
        return self.call("POST", "/xrpc/com.atproto.repo.putRecord", json=whole)

    def record(self, text: str, **more: Any) -> dict[str, Any]:
        """Return a post's record."""
        at = stamp(self.world.clock.now())
        return {"$type": "app.bsky.feed.post", "text": text, "createdAt": at, **more}

    def publish(self, text: str, key: str = "key") -> httpx.Response:
        return self.put(key, self.bodies.setdefault((key, text), self.record(text)))

    def texts(self) -> list[str]:
        where = f"repo={self.me.id}&collection=app.bsky.feed.post&limit=100"
        answer = self.call("GET", f"/xrpc/com.atproto.repo.listRecords?{where}")
        return [row["value"]["text"] for row in answer.json()["records"]]

    def remove(self, network_id: str) -> httpx.Response:
        name = network_id.rsplit("/", 1)[-1]
        body = {"repo": self.me.id, "collection": "app.bsky.feed.post", "rkey": name}
        return self.call("POST", "/xrpc/com.atproto.repo.deleteRecord", json=body)

    def id_of(self, answer: httpx.Response) -> str:
        return str(answer.json()["uri"])

    def listen(self) -> httpx.Response:
        return self.call("GET", "/xrpc/app.bsky.notification.listNotifications")

    def read(self, network_id: str) -> httpx.Response:
        _, _, repo, collection, name = network_id.split("/")
        where = {"repo": repo, "collection": collection, "rkey": name}
        return self.call("GET", "/xrpc/com.atproto.repo.getRecord", params=where)

    def upload(self) -> httpx.Response:
        head = {"content-type": "image/png"}
        path = "/xrpc/com.atproto.repo.uploadBlob"
        return self.call("POST", path, content=PNG, headers=head)


class OnMastodon(Speaker):
    def post(self, text: str, key: str = "", **more: Any) -> httpx.Response:
        """Post a status with any other parameters."""
        head = {"idempotency-key": key} if key else {}
        return self.call("POST", "/api/v1/statuses", json={"status": text, **more}, headers=head)

    def publish(self, text: str, key: str = "key") -> httpx.Response:
        return self.post(text, key)

    def texts(self) -> list[str]:
        answer = self.call("GET", f"/api/v1/accounts/{self.me.id}/statuses?limit=40")
        return [row["content"].removeprefix("<p>").removesuffix("</p>") for row in answer.json()]

    def remove(self, network_id: str) -> httpx.Response:
        return self.call("DELETE", f"/api/v1/statuses/{network_id}")

    def id_of(self, answer: httpx.Response) -> str:
        return str(answer.json()["id"])

    def listen(self) -> httpx.Response:
        return self.call("GET", "/api/v1/notifications")

    def read(self, network_id: str) -> httpx.Response:
        return self.call("GET", f"/api/v1/statuses/{network_id}")

    def upload(self) -> httpx.Response:
        return self.call("POST", "/api/v2/media", files={"file": ("a.png", PNG, "image/png")})


def speaker(world: World, dialect: str, url: str, handle: str = "ladera") -> Speaker:
    """Return an account of ours on a dialect."""
    kind = OnBluesky if dialect == "bluesky" else OnMastodon
    return kind(world, dialect, url, handle)
