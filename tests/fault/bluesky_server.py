"""A Bluesky server without its writing: sessions, records as they stand, and the public view."""

import base64
import bisect
import hashlib
import itertools
from typing import Any

from tests.fault.bluesky_records import Record, Shelf, Told, author
from tests.fault.dialect import Account, Dialect
from tests.fault.wire import Reply, Request
from tests.fault.world import World

POST = "app.bsky.feed.post"
WINDOW_S = 300.0
REUSE_S = 7_200.0  # so long a used refresh token gives the same next one
# call, kind, handler
CALLS = {
    "com.atproto.server.createSession": ("sign_in", "_create_session"),
    "com.atproto.server.refreshSession": ("refresh", "_refresh_session"),
    "com.atproto.server.getSession": ("who", "_get_session"),
    "com.atproto.identity.resolveHandle": ("read", "_resolve_handle"),
    "com.atproto.repo.putRecord": ("publish", "_put"),
    "com.atproto.repo.createRecord": ("publish", "_create"),
    "com.atproto.repo.deleteRecord": ("remove", "_delete"),
    "com.atproto.repo.uploadBlob": ("upload", "_upload"),
    "com.atproto.repo.getRecord": ("read", "_get"),
    "com.atproto.repo.listRecords": ("read", "_list"),
    "app.bsky.actor.getProfile": ("read", "_get_profile"),
    "app.bsky.feed.getPosts": ("read", "_get_posts"),
    "app.bsky.feed.getPostThread": ("read", "_get_thread"),
    "app.bsky.notification.listNotifications": ("listen", "_list_notifications"),
}
OPEN = frozenset(
    {
        "com.atproto.server.createSession",
        "com.atproto.server.refreshSession",
        "com.atproto.identity.resolveHandle",
        "com.atproto.repo.getRecord",
        "com.atproto.repo.listRecords",
    }
)


class Server(Dialect):
    """What one server answers to reads, and who is signed in."""

    name = "bluesky"

    def __init__(self, world: World, url: str) -> None:
        super().__init__(world, url)
        self.records = Shelf()
        self.told: list[Told] = []  # newest first
        self.rows: list[dict[str, Any]] = []  # notifications put there by a test, above the others
        self.blobs: dict[str, dict[str, Any]] = {}  # by cid
        self._tids = 0
        self._by_did: dict[str, Account] = {}
        self._used: dict[str, tuple[Account, float]] = {}  # refresh tokens -> until when

    # --- which request it is -------------------------------------------------------------------

    def _call(self, request: Request) -> str:
        return request.path.removeprefix("/xrpc/")

    def kinds(self, request: Request) -> tuple[str, ...]:
        call = self._call(request)
        return CALLS.get(call, ("read", ""))[0], call.rsplit(".", 1)[-1], call

    def text(self, request: Request) -> str:
        given = request.given
        record = given.get("record")
        if isinstance(record, dict):
            return str(record.get("text", ""))
        uri = given.get("uri") or given.get("uris") or self._uri(request)
        one = self.records.get(str(uri))
        return one.text if one else ""

    def answer(self, request: Request) -> Reply:  # noqa: PLR0911 - one return a refusal
        call = self._call(request)
        self._spend()
        if call not in CALLS:
            return self.error(501, "MethodNotImplemented", "Method Not Implemented")
        if self.spent > self.world.rate:
            return self.quota(self.window + WINDOW_S - self.now(), "reset")
        if call not in OPEN:
            who = self.account(request)
            if not request.bearer:
                return self.error(401, "AuthMissing", "Authentication Required")
            if who is None or who.is_revoked:
                return self._no_longer(request, "access")
        reply: Reply = getattr(self, CALLS[call][1])(request)
        return reply

    def _who(self, request: Request) -> Account:
        found = self.account(request)
        assert found is not None, "answer() lets nobody else in"
        return found

    # --- sessions ------------------------------------------------------------------------------

    def create_account(self, handle: str, *, is_ours: bool = True) -> Account:
        """Return a new account; its handle ends in .test."""
        handle = handle if "." in handle else f"{handle}.test"
        digest = hashlib.sha256(f"{self.world.seed} {handle}".encode()).digest()
        did = f"did:plc:{base64.b32encode(digest).decode().lower()[:24]}"
        name = handle.split(".")[0].capitalize()
        tokens = self.new_token(handle, "access"), self.new_token(handle, "refresh")
        return self.keep(Account(did, handle, name, *tokens, "right", is_ours))

    def keep(self, one: Account) -> Account:
        self._by_did[one.id] = one
        return super().keep(one)

    def find(self, handle: str) -> Account | None:
        return self.accounts.get(handle if "." in handle else f"{handle}.test")

    def _session(self, one: Account) -> Reply:
        tokens = {"accessJwt": one.access, "refreshJwt": one.refresh}
        return Reply(200, {"did": one.id, "handle": one.handle, "active": True} | tokens)

    def _create_session(self, request: Request) -> Reply:
        who = request.one("identifier").lower()
        one = self.find(who) or self._by_did.get(who)
        if one is None or request.one("password") != one.password:
            return self.error(401, "AuthenticationRequired", "Invalid identifier or password")
        return self._session(self.reconnect(one.handle) if one.is_revoked else one)

    def _refresh_session(self, request: Request) -> Reply:
        used, until = self._used.get(request.bearer, (None, 0.0))
        now = self.now()
        if used is not None and now < until and not used.is_revoked:
            return self._session(used)  # a lost answer may be asked for again
        one = next((a for a in self.accounts.values() if a.refresh == request.bearer), None)
        if one is None or one.is_revoked:
            return self._no_longer(request, "refresh")
        self._used[one.refresh] = one, now + REUSE_S
        self._by_token.pop(one.access, None)
        one.access = self.new_token(one.handle, "access")
        one.refresh = self.new_token(one.handle, "refresh")
        return self._session(self.keep(one))

    def reconnect(self, handle: str) -> Account:
        one = self.named(handle)
        self._used = {token: kept for token, kept in self._used.items() if kept[0] is not one}
        return super().reconnect(handle)

    def _get_session(self, request: Request) -> Reply:
        one = self._who(request)
        return Reply(200, {"did": one.id, "handle": one.handle, "active": True})

    # --- reading -------------------------------------------------------------------------------

    def _uri(self, request: Request) -> str:
        repo = request.one("repo")
        one = self._by_did.get(repo) or self.find(repo)
        return f"at://{one.id if one else repo}/{request.one('collection')}/{request.one('rkey')}"

    def _seen(self, uri: str) -> Record | None:
        one = self.records.get(uri)
        return one if one and self.now() >= one.seen_from else None

    def _get(self, request: Request) -> Reply:
        uri = self._uri(request)
        one = self._seen(uri)
        if one is None:
            return self.error(400, "RecordNotFound", f"Could not locate record: {uri}")
        return Reply(200, one.row())

    def _list(self, request: Request) -> Reply:
        base = self._uri(request)  # without a name it ends in a stroke, as a folder does
        found, cursor = self.records.folder(base), base + request.one("cursor")
        if request.one("reverse") == "true":
            found = found[bisect.bisect_right(found, cursor) :]
        else:
            end = len(found) if cursor == base else bisect.bisect_left(found, cursor)
            found = found[:end][::-1]
        most = self.world.page or 100
        limit = request.number_of("limit", min(50, most), most)
        seen = (one for one in map(self._seen, found) if one)
        rows = [one.row() for one in itertools.islice(seen, limit)]
        after = {"cursor": rows[-1]["uri"].rsplit("/", 1)[-1]} if rows else {}
        return Reply(200, {"records": rows} | after)

    def _resolve_handle(self, request: Request) -> Reply:
        one = self.find(request.one("handle").lower())
        if one is None:
            return self.error(400, "HandleNotFound", "Unable to resolve handle")
        return Reply(200, {"did": one.id})

    def _get_profile(self, request: Request) -> Reply:
        who = request.one("actor")
        one = self._by_did.get(who) or self.find(who)
        if one is None:
            return self.error(400, "InvalidRequest", "Profile not found")
        return Reply(200, author(one))

    def _get_posts(self, request: Request) -> Reply:
        found = [self._seen(uri) for uri in request.query.get("uris", [])]
        return Reply(200, {"posts": [self._view(one) for one in found if one]})

    def _get_thread(self, request: Request) -> Reply:
        uri = request.one("uri")
        one = self._seen(uri)
        if one is None:
            return self.error(400, "NotFound", f"Post not found: {uri}")
        return Reply(200, {"thread": self._thread(one)})

    def _thread(self, one: Record) -> dict[str, Any]:
        below = [self._thread(other) for other in self._answers(one)]
        kind = "app.bsky.feed.defs#threadViewPost"
        return {"$type": kind, "post": self._view(one), "replies": below}

    def _answers(self, one: Record) -> list[Record]:
        return [other for other in self.records.answers(one.uri) if self._seen(other.uri)]

    def _view(self, one: Record) -> dict[str, Any]:
        """Return a post as the AppView shows it."""
        return {
            "uri": one.uri,
            "cid": one.cid,
            "author": author(one.account),
            "record": one.value,
            "likeCount": 3,
            "repostCount": 0,
            "replyCount": len(self._answers(one)),
            "quoteCount": 0,
            "indexedAt": one.value.get("createdAt", ""),
        }

    def _list_notifications(self, request: Request) -> Reply:
        who, reasons = self._who(request), request.query.get("reasons")
        rows = self.rows + [
            one.row()
            for one in self.told
            if one.to is who
            and (not reasons or one.reason in reasons)
            and self._seen(one.record.uri)
        ]
        start = int(request.one("cursor", "0"))
        most = self.world.page or 100
        end = start + request.number_of("limit", min(50, most), most)
        after = {"cursor": str(end)} if end < len(rows) else {}
        return Reply(200, {"notifications": rows[start:end]} | after)

    def posts(self) -> list[dict[str, Any]]:
        rows = self.records
        return [{"id": one.uri, "account": one.account.handle, "text": one.text} for one in rows]

    # --- errors and the rate limit -------------------------------------------------------------

    def error(self, status: int, code: str = "", words: str = "") -> Reply:
        """Return XRPC's form of an error."""
        usual = {
            400: "InvalidRequest",
            403: "Forbidden",
            429: "RateLimitExceeded",
            500: "InternalServerError",
            502: "UpstreamFailure",
            503: "NotEnoughResources",
        }
        code = code or usual.get(status, "InternalServerError")
        return Reply(status, {"error": code, "message": words or code})

    def unauthorized(self) -> Reply:
        return self.error(400, "ExpiredToken", "Token has expired")

    def _no_longer(self, request: Request, what: str) -> Reply:
        if request.bearer.startswith(f"{what}-"):  # it was one of ours
            return self.unauthorized()
        return self.error(400, "InvalidToken", "Token could not be verified")

    def refusal(self, status: int) -> Reply:
        return self.error(status or 400, "InvalidRequest", "Input/record was refused on request")

    def quota(self, wait_s: float, say: str) -> Reply:
        """Return 429; `say` "reset", "retry-after" or "" for an answer that tells no wait."""
        reply = self.error(429, words="Rate Limit Exceeded")
        ends = str(round(self.now() + wait_s))
        reply.headers = {"ratelimit-remaining": "0", "ratelimit-reset": ""}
        if say == "retry-after":
            reply.headers["retry-after"] = str(max(1, round(wait_s)))
        elif say == "reset":
            reply.headers["ratelimit-reset"] = ends
        return reply

    def _spend(self) -> None:
        now = self.now()
        if not self.window <= now < self.window + WINDOW_S:
            self.window, self.spent = now - now % WINDOW_S, 0
        self.spent += 1

    def rate_headers(self) -> dict[str, str]:
        """Return what an answer says about the rate limit."""
        return {
            "ratelimit-limit": str(self.world.rate),
            "ratelimit-remaining": str(max(0, self.world.rate - self.spent)),
            "ratelimit-reset": str(round(self.window + WINDOW_S)),
            "ratelimit-policy": f"{self.world.rate};w=300",
        }
