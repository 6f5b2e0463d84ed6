"""The ASGI application: reads a request, lets it meet its trouble, and answers or does not."""

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

from tests.fault.clock import SharedClock
from tests.fault.dialect import Account, Dialect
from tests.fault.faults import Fault, Trouble
from tests.fault.wire import Reply, Request
from tests.fault.world import World

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

TICK_S = 0.005  # between two looks at what was let go
PAGE = b"<!DOCTYPE html><html><body>Something in between gave this page.</body></html>"
CONTROLS = frozenset(
    {
        *("reset", "misbehave", "behave", "troubles", "release", "entries", "published"),
        *("standing", "counts", "doubled", "calls", "posts", "advance", "account", "accounts"),
        *("say", "revoke", "restore", "reconnect", "expire", "mistaken"),
    }
)


class Closed(Exception):
    """The connection is closed without an answer."""


class App:
    """One application on several ports, one for each dialect."""

    def __init__(self, world: World, names: dict[int, str]) -> None:
        self.world, self._names = world, names

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        request = await read(scope, receive)
        if request.path.startswith("/_control/"):
            await give(send, self._control(request), {})
            return
        dialect = self.world.dialects[self._names[scope["server"][1]]]
        trouble = None
        try:
            trouble = self.world.meet(dialect, request)
            reply = await self._reply(dialect, request, trouble)
        except Closed:
            await close(receive, send)
            return
        except Exception as no:
            # Else a mistake in here would pass for a server's 500, which tests expect.
            self.world.mistakes.append(f"{request.method} {request.path}: {no!r}")
            raise
        headers = {"date": dialect.date(), **dialect.rate_headers()}
        cut = trouble is not None and trouble.fault is Fault.CUT
        await give(send, reply, headers, cut=cut)

    async def _reply(self, dialect: Dialect, request: Request, one: Trouble | None) -> Reply:
        if one is None:
            return self._effect(dialect, request)
        instead = self._before(dialect, request, one)
        if instead is not None:
            return instead
        if one.fault in {Fault.HANG, Fault.LATE}:
            await self._let_go(one)
        if one.fault is Fault.HANG:
            raise Closed
        reply = self._effect(dialect, request)
        if one.fault is Fault.SLOW:
            await self._slow(one)
        if one.fault is Fault.HANG_AFTER:
            await self._let_go(one)
        return self._after(dialect, reply, one)

    def _effect(self, dialect: Dialect, request: Request) -> Reply:
        with self.world.lock:
            if dialect is not self.world.dialects[dialect.name]:
                raise Closed  # it hung over a reset, and belongs to the time before
            return dialect.answer(request)

    def _before(self, dialect: Dialect, request: Request, one: Trouble) -> Reply | None:
        """Return what is answered instead of letting the request take effect."""
        if one.fault is Fault.DROP_BEFORE:
            raise Closed
        if one.fault is Fault.REVOKED:
            who = dialect.account(request)
            if who is not None:
                self.world.revoke(dialect.name, who.handle)
            return dialect.unauthorized()
        if one.fault is Fault.QUOTA:
            wait = one.until - self.world.clock.now() if one.until else one.seconds
            return dialect.quota(max(wait, 1.0), one.say)
        if one.fault is Fault.ANSWER and not one.after:
            return given(one)
        return self._simple(dialect, one)

    def _simple(self, dialect: Dialect, one: Trouble) -> Reply | None:
        made: dict[Fault, Callable[[], Reply]] = {
            Fault.REFUSE: lambda: dialect.refusal(one.status),
            Fault.ERROR_BEFORE: lambda: dialect.error(one.status or 500),
            Fault.POLICY: lambda: dialect.error(403),
            Fault.REDIRECT: lambda: Reply(302, b"", {"location": "https://elsewhere.test/"}),
            Fault.WRONG_JSON_BEFORE: lambda: broken(Reply(200, {"id": "1"}), one.say),
        }
        return made[one.fault]() if one.fault in made else None

    def _after(self, dialect: Dialect, reply: Reply, one: Trouble) -> Reply:
        """Return what is answered once the request took effect."""
        if one.fault is Fault.DROP_AFTER:
            raise Closed
        if one.fault is Fault.ERROR_AFTER:
            return dialect.error(one.status or 500)
        if one.fault is Fault.WRONG_JSON:
            return broken(reply, one.say)
        return given(one) if one.fault is Fault.ANSWER else reply

    async def _slow(self, one: Trouble) -> None:
        if isinstance(self.world.clock, SharedClock):
            self.world.clock.advance(one.seconds)
        else:
            await asyncio.sleep(one.seconds)

    async def _let_go(self, one: Trouble) -> None:
        """Wait until what hangs is released, or its time has come by the server's clock."""
        before, now = self.world.releases, self.world.clock.now
        end = now() + one.seconds if one.seconds else float("inf")
        # A look now and then: the clock is moved from other threads and other processes.
        while self.world.releases == before and now() < end:  # noqa: ASYNC110
            await asyncio.sleep(TICK_S)

    def _control(self, request: Request) -> Reply:
        """Call one of the world's methods."""
        name = request.path.removeprefix("/_control/")
        if name not in CONTROLS:
            return Reply(404, {"error": f"no control {name}"})
        try:
            found = getattr(self.world, name)(**json.loads(request.body or b"{}"))
        except (TypeError, ValueError, KeyError) as no:
            return Reply(400, {"error": f"{type(no).__name__}: {no}"})
        return Reply(200, {"result": found.to_dict() if isinstance(found, Account) else found})


def given(one: Trouble) -> Reply:
    """Return an answer that was written out by the test."""
    if not one.status:
        raise Closed
    return Reply(one.status, one.body.encode(), one.headers)


def broken(reply: Reply, say: str) -> Reply:
    """Return 200 with a page, or with half of the JSON."""
    if say != "truncated":
        return Reply(200, PAGE)
    body = reply.body()
    kind = "application/json; charset=utf-8"
    return Reply(200, body[: len(body) // 2], {"content-type": kind})


async def read(scope: Message, receive: Receive) -> Request:
    """Return a request, read to its end."""
    parts = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            break
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    query = parse_qs(scope["query_string"].decode(), keep_blank_values=True)
    return Request(0, scope["method"], scope["path"], query, headers, b"".join(parts))


async def give(send: Send, reply: Reply, headers: dict[str, str], *, cut: bool = False) -> None:
    """Send an answer; `cut` closes the connection in the middle of its body."""
    body = reply.body()
    whole = {"content-type": reply.kind(), "content-length": str(len(body)), **headers}
    lines = [
        (name.encode("latin-1"), value.encode("latin-1"))
        for name, value in (whole | reply.headers).items()
    ]
    await send({"type": "http.response.start", "status": reply.status, "headers": lines})
    await send(
        {
            "type": "http.response.body",
            "body": body[: len(body) // 2] if cut else body,
            "more_body": cut,
        }
    )
    if cut:
        transport(send).close()


async def close(receive: Receive, send: Send) -> None:
    """Close the connection without an answer."""
    transport(send).abort()
    while (await receive())["type"] != "http.disconnect":
        pass


def transport(send: Send) -> asyncio.Transport:
    """Return the connection; ASGI has no word for closing it, so this looks behind uvicorn's."""
    found: asyncio.Transport = send.__self__.transport  # type: ignore[attr-defined]
    return found
