"""The door itself: one request on a fresh connection, and what came of it."""

import contextlib
import functools
import json
import ssl
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import httpcore
import httpx

from amends.networks.transport.guard import (
    Guard,
    GuardedBackend,
    GuardRefused,
    Resolve,
    Trail,
    checked,
    resolved,
)

CONNECT_S, READ_S, WHOLE_S = 5.0, 10.0, 30.0
SIZE_LIMIT = 5_000_000  # bytes of an answer's body
REDIRECTS = 3


class Cause(StrEnum):
    """Why there is no answer."""

    GUARD = "refused"
    UNREACHABLE = "no connection"
    TIMEOUT = "timeout"
    BROKEN = "connection lost"
    TOO_BIG = "answer too big"
    UNREADABLE = "answer in an unknown coding"


@dataclass(frozen=True, slots=True)
class Lost:
    """There was no usable answer."""

    cause: Cause
    left: bool  # some byte of the request may have left


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; header names are lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    def document(self) -> object:
        """Return the body's JSON, or None where it is not JSON or says it is something else."""
        if "json" not in self.headers.get("content-type", ""):
            return None
        try:
            found: object = json.loads(self.body)
        except (ValueError, RecursionError):
            return None
        return found


@dataclass(frozen=True, slots=True)
class Call:
    """One request; `headers` and `body` are never shown."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes | None = field(default=None, repr=False)
    redirects: int = 0  # how many may be followed; only on GET


@functools.cache
def _trusted() -> ssl.SSLContext:
    return httpx.create_ssl_context()


class _Body(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response, pool: httpcore.ConnectionPool) -> None:
        self._response, self._pool = response, pool

    def __iter__(self) -> Iterator[bytes]:
        yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()
        self._pool.close()


class GuardedTransport(httpx.BaseTransport):
    """One fresh connection for one request, over the guarded backend."""

    def __init__(self, backend: httpcore.NetworkBackend) -> None:
        self._backend = backend

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        pool = httpcore.ConnectionPool(
            ssl_context=_trusted(), max_connections=1, network_backend=self._backend
        )
        url = request.url
        target = httpcore.URL(
            scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
        )
        with contextlib.ExitStack() as unless_answered:
            unless_answered.callback(pool.close)
            response = pool.handle_request(
                httpcore.Request(
                    method=request.method,
                    url=target,
                    headers=request.headers.raw,
                    content=request.stream,
                    extensions=request.extensions,
                )
            )
            unless_answered.pop_all()
        return httpx.Response(
            response.status, headers=response.headers, stream=_Body(response, pool)
        )


class _TooBig(Exception):
    pass


# In this order: the first that fits. All else that httpx and httpcore know is a lost connection.
_CAUSES: tuple[tuple[type[Exception], Cause], ...] = (
    (GuardRefused, Cause.GUARD),
    (_TooBig, Cause.TOO_BIG),
    (httpcore.TimeoutException, Cause.TIMEOUT),
    (httpcore.ConnectError, Cause.UNREACHABLE),
    (httpcore.UnsupportedProtocol, Cause.UNREACHABLE),
    (httpcore.NetworkError, Cause.BROKEN),
    (httpcore.ProtocolError, Cause.BROKEN),
    (httpx.TransportError, Cause.BROKEN),
    (httpx.InvalidURL, Cause.GUARD),
    (UnicodeError, Cause.BROKEN),  # a header that cannot be written
)
_KNOWN = tuple(kind for kind, _ in _CAUSES)
STRICT = Guard()


@dataclass(frozen=True, slots=True)
class Door:
    """Calls under one guard; `resolve` is another look-up in tests."""

    guard: Guard = STRICT
    resolve: Resolve = field(default=resolved, repr=False)
    whole_s: float = WHOLE_S

    def call(self, call: Call) -> Answer | Lost:
        """Return the answer of one request, or why there is none. Raises nothing."""
        trail = Trail(until=time.monotonic() + self.whole_s)
        try:
            return self._followed(call, trail)
        except _KNOWN as no:
            return Lost(next(cause for kind, cause in _CAUSES if isinstance(no, kind)), trail.left)

    def _followed(self, call: Call, trail: Trail) -> Answer | Lost:
        url, headers = checked(call.url, self.guard), dict(call.headers)
        for _ in range(min(call.redirects, REDIRECTS) if call.method == "GET" else 0):
            answer = self._once(call.method, url, headers, trail)
            if isinstance(answer, Lost) or not 300 <= answer.status < 400:
                return answer
            where = answer.headers.get("location")
            if where is None:
                return answer
            after = checked(str(url.join(where)), self.guard)
            if (after.host, after.port) != (url.host, url.port):
                headers = {k: v for k, v in headers.items() if k.lower() != "authorization"}
            url = after
        return self._once(call.method, url, headers, trail, call.body)

    def _once(
        self,
        method: str,
        url: httpx.URL,
        headers: Mapping[str, str],
        trail: Trail,
        body: bytes | None = None,
    ) -> Answer | Lost:
        backend = GuardedBackend(self.guard, trail, self.resolve)
        limits = httpx.Timeout(READ_S, connect=CONNECT_S)
        plain = {"accept-encoding": "identity", "user-agent": "amends", **headers}
        with (
            httpx.Client(
                transport=GuardedTransport(backend), trust_env=False, timeout=limits
            ) as client,
            client.stream(method, url, headers=plain, content=body) as response,
        ):
            # An answer that was squeezed although we asked for plain bytes is not opened.
            if response.headers.get("content-encoding", "identity") != "identity":
                return Lost(Cause.UNREADABLE, trail.left)
            return Answer(response.status_code, dict(response.headers), _read(response))


def _read(response: httpx.Response) -> bytes:
    parts, size = [], 0
    for part in response.iter_raw():
        size += len(part)
        if size > SIZE_LIMIT:
            raise _TooBig
        parts.append(part)
    return b"".join(parts)
