"""A Mastodon server without its writing: routes, tokens, lists, what it says of itself."""

import re
from typing import Any

from tests.fault.dialect import Account, Dialect, stamp
from tests.fault.mastodon_lists import Lists, is_seen, link_header, paged
from tests.fault.mastodon_shapes import Notice, Shapes, Status
from tests.fault.wire import Reply, Request
from tests.fault.world import World

WINDOW_S = 300.0
NODE = "http://nodeinfo.diaspora.software/ns/schema/2.0"

# method, path, kind, name of the handler; ":id" stands for one piece of the path
ROUTES = (
    ("POST", "/api/v1/statuses", "publish", "_post"),
    ("GET", "/api/v1/statuses/:id", "read", "_status"),
    ("DELETE", "/api/v1/statuses/:id", "remove", "_delete"),
    ("GET", "/api/v1/statuses/:id/context", "read", "_context"),
    ("GET", "/api/v1/accounts/verify_credentials", "who", "_me"),
    ("GET", "/api/v1/accounts/lookup", "read", "_lookup"),
    ("GET", "/api/v1/accounts/:id", "read", "_account"),
    ("GET", "/api/v1/accounts/:id/statuses", "read", "_statuses"),
    ("GET", "/api/v1/apps/verify_credentials", "who", "_app"),
    ("GET", "/api/v1/notifications", "listen", "_notifications"),
    ("POST", "/api/v2/media", "upload", "_upload"),
    ("GET", "/api/v1/media/:id", "read", "_media"),
    ("PUT", "/api/v1/media/:id", "upload", "_describe"),
    ("GET", "/api/v2/search", "read", "_search"),
    ("GET", "/api/v2/instance", "about", "_instance"),
    ("GET", "/api/v1/instance", "about", "_instance_v1"),
    ("GET", "/.well-known/nodeinfo", "about", "_node_links"),
    ("GET", "/nodeinfo/2.0", "about", "_node"),
)
ID = r"([A-Za-z0-9_.@-]+)"
PATTERNS = [(m, re.compile(p.replace(":id", ID)), k, h, f"{m} {p}") for m, p, k, h in ROUTES]
EXACT = {(m, p): (k, h, f"{m} {p}") for m, p, k, h in ROUTES if ":id" not in p}


class Server(Dialect):
    """What one server answers to reads."""

    name = "mastodon"
    software, version, api, domain = "mastodon", "4.4.3", 6, "mastodon.test"
    node_version = version
    missing: frozenset[str] = frozenset()  # calls that this server does not have
    tells_rate = True
    knows_keys = True
    knows_schedules = True

    def __init__(self, world: World, url: str) -> None:
        super().__init__(world, url)
        self.lists, self.shapes = Lists(), Shapes(url, self.domain)
        self.keys: dict[tuple[str, str], tuple[str, float, float]] = {}  # -> status, from, until

    # --- which request it is -------------------------------------------------------------------

    def _route(self, request: Request) -> tuple[str, str, str, str]:
        """Return kind, handler, call and the id in the path."""
        exact = EXACT.get((request.method, request.path))
        if exact:
            return (*exact, "")
        for method, pattern, kind, handler, call in PATTERNS:
            found = pattern.fullmatch(request.path) if method == request.method else None
            if found:
                return kind, handler, call, found.group(1)
        return "read", "_nothing", f"{request.method} {request.path}", ""

    def kinds(self, request: Request) -> tuple[str, ...]:
        kind, _, call, _ = self._route(request)
        return kind, call

    def text(self, request: Request) -> str:
        kind, _, call, id_ = self._route(request)
        if kind == "publish":
            return request.one("status").strip()
        if "/statuses/:id" in call:
            one = self.lists.statuses.get(id_)
            return one.text if one else ""
        return request.one("description")

    def answer(self, request: Request) -> Reply:  # noqa: PLR0911 - one return a refusal
        kind, handler, call, request.id = self._route(request)
        self._spend()
        if call in self.missing or handler == "_nothing":
            return self.error(404)
        who = self.account(request)
        if request.bearer and (who is None or who.is_revoked):
            return self.unauthorized()
        if who is None and (kind in {"publish", "remove", "upload", "listen", "who"}):
            return self.error(401, words="This method requires an authenticated user")
        if who is not None and self.spent > self.world.rate:
            return self.quota(self.window + WINDOW_S - self.now(), "reset")
        reply: Reply = getattr(self, handler)(request)
        return reply

    # --- reading -------------------------------------------------------------------------------

    def _who(self, request: Request) -> Account:
        found = self.account(request)
        assert found is not None, "answer() lets nobody else in"
        return found

    def _shown(self, one: Status) -> dict[str, Any]:
        return self.shapes.status(one, self.lists.replies(one))

    def _seen(self, request: Request, id_: str) -> Status | None:
        one = self.lists.statuses.get(id_)
        return one if one and is_seen(one, self.account(request), self.now()) else None

    def _status(self, request: Request) -> Reply:
        one = self._seen(request, request.id)
        return Reply(200, self._shown(one)) if one else self.error(404)

    def _context(self, request: Request) -> Reply:
        one = self._seen(request, request.id)
        if one is None:
            return self.error(404)
        around = {"ancestors": self.lists.above(one), "descendants": self.lists.below(one)}
        return Reply(
            200,
            {
                name: [self._shown(row) for row in rows if self._seen(request, row.id)]
                for name, rows in around.items()
            },
        )

    def _statuses(self, request: Request) -> Reply:
        owner = self._by_id(request.id)
        if owner is None:
            return self.error(404)
        who, now = self.account(request), self.now()
        no_replies = request.one("exclude_replies") in {"true", "1"}

        def keep(row: Status) -> bool:
            to_others = row.parent is not None and row.parent.account is not row.account
            return is_seen(row, who, now) and not (no_replies and to_others)

        rows = self.lists.by_account[owner.handle]
        page, more = paged(rows, keep, request, self._sizes(20, 40))
        links = link_header(self.url, request, page, more)
        return Reply(200, [self._shown(row) for row in page], links)

    def _notifications(self, request: Request) -> Reply:
        who, now = self._who(request), self.now()
        wanted = request.given.get("types") or []
        unwanted = request.given.get("exclude_types") or []

        def keep(row: Notice) -> bool:
            asked = (not wanted or row.type in wanted) and row.type not in unwanted
            return asked and (row.status is None or is_seen(row.status, who, now))

        rows = self.lists.notices[who.handle]
        page, more = paged(rows, keep, request, self._sizes(40, 80))
        links = link_header(self.url, request, page, more)
        return Reply(200, [self.shapes.notice(row) for row in page], links)

    def _sizes(self, usual: int, most: int) -> tuple[int, int]:
        """Return how many rows a page has, as documented or as a test wants it."""
        return self.world.page or usual, self.world.page or most

    def _search(self, request: Request) -> Reply:
        if self.account(request) is None and request.one("resolve") in {"true", "1"}:
            words = "Search queries that resolve remote resources are not supported without a user"
            return self.error(401, words=words)
        wanted = request.one("q").strip()
        found = [
            self._shown(one)
            for one in self.lists.statuses.values()
            if wanted in {one.url, one.uri} and self._seen(request, one.id)
        ]
        return Reply(200, {"accounts": [], "statuses": found, "hashtags": []})

    # --- accounts ------------------------------------------------------------------------------

    def create_account(self, handle: str, *, is_ours: bool = True) -> Account:
        """Return a new account; who is not ours lives on another server."""
        handle = handle if is_ours or "@" in handle else f"{handle}@elsewhere.test"
        number = str(110_000_000_000_000_000 + len(self.accounts) + 1)
        return self.keep(
            Account(
                number,
                handle,
                handle.split("@")[0].capitalize(),
                self.new_token(handle, "access"),
                "",
                "right",
                is_ours,
            )
        )

    def _person(self, name: str, domain: str = "") -> Account | None:
        here = domain in {"", self.domain, self.url.split("//")[1]}
        return self.accounts.get(name if here else f"{name}@{domain}")

    def _card(self, name: str, domain: str) -> tuple[str, str] | None:
        one = self._person(name, domain)
        return (one.handle.split("@")[0], self.shapes.profile(one)) if one else None

    def _by_id(self, id_: str) -> Account | None:
        return next((one for one in self.accounts.values() if one.id == id_), None)

    def _me(self, request: Request) -> Reply:
        one = self._who(request)
        source = {"privacy": "public", "sensitive": False, "language": "en", "note": ""}
        return Reply(200, self.shapes.account(one) | {"source": source})

    def _app(self, _: Request) -> Reply:
        return Reply(200, {"id": "1", "name": "amends", "scopes": ["read", "write"]})

    def _account(self, request: Request) -> Reply:
        one = self._by_id(request.id)
        return Reply(200, self.shapes.account(one)) if one else self.error(404)

    def _lookup(self, request: Request) -> Reply:
        name, _, domain = request.one("acct").lower().lstrip("@").partition("@")
        one = self._person(name, domain)
        return Reply(200, self.shapes.account(one)) if one else self.error(404)

    # --- the server about itself ---------------------------------------------------------------

    def _instance(self, _: Request) -> Reply:
        return Reply(200, self.shapes.instance(self.version, self.api))

    def _instance_v1(self, _: Request) -> Reply:
        return Reply(200, self.shapes.instance_v1(self.version))

    def _node_links(self, _: Request) -> Reply:
        return Reply(200, {"links": [{"rel": NODE, "href": f"{self.url}/nodeinfo/2.0"}]})

    def _node(self, _: Request) -> Reply:
        software = {"name": self.software, "version": self.node_version}
        about = {"services": {}, "usage": {}, "metadata": {}, "openRegistrations": False}
        return Reply(
            200, {"version": "2.0", "software": software, "protocols": ["activitypub"]} | about
        )

    # --- errors and the rate limit -------------------------------------------------------------

    def error(self, status: int, words: str = "") -> Reply:
        """Return Mastodon's form of an error: one sentence."""
        usual = {
            403: "This action is not allowed",
            404: "Record not found",
            422: "Validation failed: Text can't be blank",
            429: "Too many requests",
            503: "There was a temporary problem serving your request, please try again",
        }
        return Reply(status, {"error": words or usual.get(status, "Something went wrong")})

    def unauthorized(self) -> Reply:
        return self.error(401, words="The access token was revoked")

    def refusal(self, status: int) -> Reply:
        return self.error(status or 422, words="Validation failed: refused on request")

    def quota(self, wait_s: float, say: str) -> Reply:
        """Return 429; `say` "reset", "retry-after" or "" for an answer that tells no wait."""
        reply = self.error(429)
        reply.headers |= {"x-ratelimit-remaining": "0"}
        if say == "retry-after":
            reply.headers["retry-after"] = str(max(1, round(wait_s)))
        reset = stamp(self.now() + wait_s) if say == "reset" else ""
        reply.headers["x-ratelimit-reset"] = reset
        return reply

    def _spend(self) -> None:
        now = self.now()
        if not self.window <= now < self.window + WINDOW_S:
            self.window, self.spent = now - now % WINDOW_S, 0
        self.spent += 1

    def rate_headers(self) -> dict[str, str]:
        """Return what an answer says about the rate limit; all of our accounts share it here."""
        if not self.tells_rate:
            return {}
        return {
            "x-ratelimit-limit": str(self.world.rate),
            "x-ratelimit-remaining": str(max(0, self.world.rate - self.spent)),
            "x-ratelimit-reset": stamp(self.window + WINDOW_S),
        }
