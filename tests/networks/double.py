"""A small Bluesky server in this process, for answers that a real one never gives.

It follows the lexicons of ``com.atproto`` and ``app.bsky``, keeps every request's bytes, and
gives the next answer that a test put on its list instead of its own. From documents and from
what the real servers were seen to answer in November 2026.
"""

import hashlib
import json
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Answer = tuple[int, Any]
JSON = {"content-type": "application/json; charset=utf-8"}
US, THEM = "did:plc:usususususususususususus", "did:plc:themthemthemthemthemthem"


@dataclass
class Odd:
    """An answer out of order; `after` lets the request take effect first."""

    status: int = 0  # 0: close the connection without an answer
    body: bytes = b"{}"
    headers: Mapping[str, str] = field(default_factory=lambda: dict(JSON))
    after: bool = False
    hang: bool = False


def error(status: int, code: str, message: str = "", **headers: str) -> Odd:
    """Return an answer in XRPC's form of an error."""
    body = json.dumps({"error": code, "message": message}).encode()
    return Odd(status, body, {**JSON, **{k.replace("_", "-"): v for k, v in headers.items()}})


class Double:
    """The server's state, and what a test asks of it."""

    def __init__(self) -> None:
        self.records: dict[str, dict[str, Any]] = {}
        self.blobs: dict[str, bytes] = {}
        self.notices: list[dict[str, Any]] = []  # newest first
        self.odd: dict[str, list[Odd]] = defaultdict(list)
        self.bodies: dict[str, list[bytes]] = defaultdict(list)
        self.calls: list[str] = []
        self.access, self.refresh = "access-token-1", "refresh-token-1"
        self.me = US
        self.page = 100
        self.released = threading.Event()
        self.url = ""

    @property
    def place(self) -> str:
        """host:port, for a guard."""
        return self.url.split("//", 1)[1]

    def expire(self) -> None:
        """Let the access token be too old."""
        self.access += "x"

    # --- what the lexicons say -----------------------------------------------------------------

    def answer(
        self, nsid: str, query: dict[str, list[str]], body: dict[str, Any], bearer: str
    ) -> Answer:
        """Return status and JSON of one call."""
        method: Callable[..., Answer] | None = getattr(self, f"_{nsid.rsplit('.', 1)[-1]}", None)
        if method is None:
            return 501, {"error": "MethodNotImplemented", "message": "Method Not Implemented"}
        if nsid.endswith(("createSession", "refreshSession")):
            return method(body, bearer)
        if bearer != self.access:
            return 400, {"error": "ExpiredToken", "message": "Token has expired"}
        return method({key: values[-1] for key, values in query.items()} | body)

    def _session(self) -> dict[str, Any]:
        return {
            "did": self.me,
            "handle": "ladera.test",
            "accessJwt": self.access,
            "refreshJwt": self.refresh,
        }

    def _createSession(self, body: dict[str, Any], _: str) -> Answer:  # noqa: N802
        if body["password"] != "right":
            return 401, {
                "error": "AuthenticationRequired",
                "message": "Invalid identifier or password",
            }
        return 200, self._session()

    def _refreshSession(self, _: dict[str, Any], bearer: str) -> Answer:  # noqa: N802
        if bearer != self.refresh:
            return 400, {"error": "ExpiredToken", "message": "Token has been revoked"}
        self.access, self.refresh = self.access + "-new", self.refresh + "-new"
        return 200, self._session()

    def _getSession(self, _: dict[str, Any]) -> Answer:  # noqa: N802
        return 200, {"did": self.me, "handle": "ladera.test"}

    def _getProfile(self, _: dict[str, Any]) -> Answer:  # noqa: N802
        return 200, {"did": self.me, "handle": "ladera.test", "displayName": "Ladera"}

    def _putRecord(self, body: dict[str, Any]) -> Answer:  # noqa: N802
        uri = f"at://{body['repo']}/{body['collection']}/{body['rkey']}"
        text = body["record"]["text"]
        if len(text) > 300:
            words = "Invalid app.bsky.feed.post record: Record/text must not be longer than 300 graphemes"
            return 400, {"error": "InvalidRequest", "message": words}
        bad = self._bad_embed(body["record"])
        if bad is not None:
            return bad
        kept = self.records.get(uri)
        if kept is not None and kept["value"] != body["record"]:
            assert body["swapRecord"] is None, "without the null, another text would overwrite"
            return 400, {"error": "InvalidSwap", "message": "Record was at bafyother"}
        self.records[uri] = {"uri": uri, "cid": cid_of(body["record"]), "value": body["record"]}
        return 200, {"uri": uri, "cid": self.records[uri]["cid"], "validationStatus": "valid"}

    def _uploadBlob(self, raw: bytes, kind: str) -> Answer:  # noqa: N802
        link = "bafkrei" + hashlib.sha256(raw).hexdigest()[:52]
        ref = {"$type": "blob", "ref": {"$link": link}, "mimeType": kind, "size": len(raw)}
        self.blobs[link] = raw
        return 200, {"blob": ref}

    def _bad_embed(self, record: dict[str, Any]) -> Answer | None:
        """Return how the real server refuses pictures; seen in November 2026."""
        embed = record.get("embed", {})
        images = embed.get("media", embed).get("images", [])
        if len(images) > 4 or any("alt" not in one for one in images):
            words = "Invalid app.bsky.feed.post record: Record/embed/images"
            return 400, {"error": "InvalidRequest", "message": words}
        missing = [one for one in images if one["image"]["ref"]["$link"] not in self.blobs]
        if missing:
            words = f"Could not find blob: {missing[0]['image']['ref']['$link']}"
            return 400, {"error": "BlobNotFound", "message": words}
        return None

    def _getRecord(self, query: dict[str, Any]) -> Answer:  # noqa: N802
        uri = f"at://{query['repo']}/{query['collection']}/{query['rkey']}"
        if uri not in self.records:
            return 400, {"error": "RecordNotFound", "message": f"Could not locate record: {uri}"}
        return 200, self.records[uri]

    def _deleteRecord(self, body: dict[str, Any]) -> Answer:  # noqa: N802
        self.records.pop(f"at://{body['repo']}/{body['collection']}/{body['rkey']}", None)
        return 200, {}

    def _listRecords(self, query: dict[str, Any]) -> Answer:  # noqa: N802
        mine = sorted((u for u in self.records if query["repo"] in u), reverse=True)
        start = int(query.get("cursor", 0))
        end = start + min(int(query["limit"]), self.page)
        found: dict[str, Any] = {"records": [self.records[uri] for uri in mine[start:end]]}
        return 200, found | ({"cursor": str(end)} if end < len(mine) else {})

    def _listNotifications(self, query: dict[str, Any]) -> Answer:  # noqa: N802
        start = int(query.get("cursor", 0))
        end = start + self.page
        found: dict[str, Any] = {"notifications": self.notices[start:end]}
        return 200, found | ({"cursor": str(end)} if end < len(self.notices) else {})

    def _resolveHandle(self, query: dict[str, Any]) -> Answer:  # noqa: N802
        if query["handle"] != "ladera.test":
            return 400, {"error": "InvalidRequest", "message": "Unable to resolve handle"}
        return 200, {"did": self.me}

    def _getPosts(self, query: dict[str, Any]) -> Answer:  # noqa: N802
        found = [self.view(one) for one in self.records.values() if one["uri"] == query["uris"]]
        return 200, {"posts": found}

    def _getPostThread(self, query: dict[str, Any]) -> Answer:  # noqa: N802
        one = self.records.get(query["uri"])
        if one is None:
            return 400, {"error": "NotFound", "message": f"Post not found: {query['uri']}"}
        below = [
            {"post": self.view(other), "replies": []}
            for other in self.records.values()
            if other["value"].get("reply", {}).get("parent", {}).get("uri") == query["uri"]
        ]
        return 200, {"thread": {"post": self.view(one), "replies": below}}

    def view(self, one: dict[str, Any]) -> dict[str, Any]:
        """Return a record as the AppView shows it."""
        did = one["uri"].split("/")[2]
        who = {"did": did, "handle": "ladera.test" if did == US else "tomas.test"}
        return {
            "uri": one["uri"],
            "cid": one["cid"],
            "author": who,
            "record": one["value"],
            "likeCount": 3,
        }

    # --- what others do ------------------------------------------------------------------------

    def say(
        self, text: str, about: str, *, at: str = "2026-03-02T12:00:00.000Z", place: int = 0
    ) -> str:
        """Let somebody answer us; `place` is where the notification is sorted in."""
        uri = f"at://{THEM}/app.bsky.feed.post/said{len(self.records)}n{len(self.notices)}"
        parent = {"uri": about, "cid": self.records.get(about, {}).get("cid", "bafyparent")}
        value = {"text": text, "createdAt": at, "reply": {"parent": parent, "root": parent}}
        self.records[uri] = {"uri": uri, "cid": cid_of(value), "value": value}
        who = {"did": THEM, "handle": "tomas.test", "displayName": "Tomás"}
        notice = {"uri": uri, "cid": "bafysaid1", "author": who, "reason": "reply", "record": value}
        self.notices.insert(place, {**notice, "indexedAt": at})
        return uri


def cid_of(value: dict[str, Any]) -> str:
    """Return something that changes with the record, as a content id does."""
    return f"bafy{abs(hash(json.dumps(value, sort_keys=True)))}"


class Handler(BaseHTTPRequestHandler):
    """One request: the odd answer that waits, or the double's own."""

    protocol_version = "HTTP/1.1"
    double: Double

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass

    def _serve(self) -> None:
        where = urlsplit(self.path)
        nsid = where.path.rsplit("/", 1)[-1]
        raw = self.rfile.read(int(self.headers.get("content-length", 0)))
        self.double.calls.append(nsid)
        self.double.bodies[nsid].append(raw)
        waiting = self.double.odd[nsid]
        odd = waiting.pop(0) if waiting else None
        if odd is None or odd.after:
            bearer = self.headers.get("authorization", "").removeprefix("Bearer ")
            status, found = self._answered(nsid, raw, parse_qs(where.query), bearer)
            odd = odd or Odd(status, json.dumps(found).encode())
        self._give(odd)

    def _answered(self, nsid: str, raw: bytes, query: dict[str, list[str]], bearer: str) -> Answer:
        if not nsid.endswith("uploadBlob"):
            return self.double.answer(nsid, query, json.loads(raw) if raw else {}, bearer)
        if bearer != self.double.access:
            return 400, {"error": "ExpiredToken", "message": "Token has expired"}
        return self.double._uploadBlob(raw, self.headers["content-type"])

    def _give(self, odd: Odd) -> None:
        self.close_connection = True
        if odd.hang:
            self.double.released.wait(30)
        if not odd.status or odd.hang:
            return
        self.send_response(odd.status)
        for name, value in odd.headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(odd.body)))
        self.end_headers()
        with suppress(OSError):  # the other side had enough
            self.wfile.write(odd.body)


@contextmanager
def running() -> Iterator[Double]:
    """Return a double that answers on loopback."""
    double = Double()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"double": double}))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    double.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield double
    finally:
        double.released.set()
        server.shutdown()
        thread.join()
        server.server_close()
