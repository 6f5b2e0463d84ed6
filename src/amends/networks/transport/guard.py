"""What may be reached, judged where the connection is made.

The name is resolved once, every address must be allowed, and the socket goes to one of those very
addresses, so that a second look-up cannot lead elsewhere. Checking first and connecting later is
how others were fooled.
"""

import ipaddress
import re
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import httpcore
import httpx

# Loopback, private, link-local, documentation, tunnels and multicast; our own list, because the
# meaning of `is_global` moved between Python releases.
DENIED = tuple(
    ipaddress.ip_network(block)
    for block in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
        *("172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16"),
        *("198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        *("::/128", "::1/128", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64"),
        *("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "fc00::/7", "fe80::/10"),
        *("fec0::/10", "ff00::/8"),
    )
)
GLOBAL_V6 = ipaddress.ip_network("2000::/3")  # all that is handed out for the public internet
NAME = re.compile(
    r"(?=.{1,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]"
)

Address = tuple[str, int]
Resolve = Callable[[str, int], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Guard:
    """What may be reached; the default is https on port 443 at public addresses.

    `allow_hosts` holds "host:port" of places that an operator allows whatever their address,
    http included (test networks); `own_addresses` are this instance's public addresses.
    """

    allow_hosts: frozenset[str] = frozenset()
    own_addresses: frozenset[str] = frozenset()

    def allows(self, host: str, port: int) -> bool:
        """True where an operator listed this very place."""
        return f"{host}:{port}" in self.allow_hosts


class GuardRefused(Exception):
    """The guard says no; never leaves this module's callers' results."""


def is_allowed(address: str, guard: Guard) -> bool:
    """True for an address on the public internet that is not our own.

    >>> is_allowed("127.0.0.1", Guard()), is_allowed("8.8.8.8", Guard())
    (False, True)
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if found.version == 6 and (found.scope_id or found not in GLOBAL_V6):
        return False
    return address not in guard.own_addresses and not any(found in block for block in DENIED)


def checked(url: str, guard: Guard) -> httpx.URL:
    """Return the parsed address, if the guard lets it be tried.

    Raises:
        GuardRefused: Not https on 443, user info, a fragment, an IP address or an odd name.
    """
    try:
        found = httpx.URL(url)
        host = found.raw_host.decode("ascii")
    except (httpx.InvalidURL, UnicodeError, TypeError) as no:
        raise GuardRefused from no
    # In the words as given, too: parsers drop an empty user or fragment silently.
    if found.userinfo or "#" in url or "@" in url.partition("//")[2].partition("/")[0]:
        raise GuardRefused
    if found.scheme not in {"http", "https"}:
        raise GuardRefused
    if guard.allows(host, found.port or (443 if found.scheme == "https" else 80)):
        return found
    if found.scheme != "https" or found.port not in {None, 443} or not NAME.fullmatch(host):
        raise GuardRefused
    return found


def resolved(host: str, port: int) -> Sequence[str]:
    """Return the addresses of a name, asked once."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(slots=True)
class Trail:
    """How far one call has come."""

    until: float  # monotonic seconds
    left: bool = False

    def shortened(self, timeout: float | None) -> float:
        """Return the time-out, cut at the end of the whole call."""
        rest = self.until - time.monotonic()
        if rest <= 0:
            raise httpcore.ReadTimeout("the whole call took too long")
        return rest if timeout is None else min(timeout, rest)


class TrailStream(httpcore.NetworkStream):
    """A connection that notes its first write and ends with the whole call."""

    def __init__(self, inner: httpcore.NetworkStream, trail: Trail) -> None:
        self._inner, self._trail = inner, trail

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._trail.shortened(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        timeout = self._trail.shortened(timeout)
        self._trail.left = True  # before the write: a write that fails may have sent a part
        self._inner.write(buffer, timeout)

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        timeout = self._trail.shortened(timeout)
        return TrailStream(
            self._inner.start_tls(ssl_context, server_hostname, timeout), self._trail
        )

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class GuardedBackend(httpcore.NetworkBackend):
    """Connects to an address that was checked, never to a name."""

    def __init__(
        self,
        guard: Guard,
        trail: Trail,
        resolve: Resolve = resolved,
        inner: httpcore.NetworkBackend | None = None,
    ) -> None:
        self._guard, self._trail, self._resolve = guard, trail, resolve
        self._inner = inner or httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failed: Exception = httpcore.ConnectError("the name has no address")
        for address in self._addresses(host, port):
            try:
                stream = self._inner.connect_tcp(
                    address, port, self._trail.shortened(timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as no:
                failed = no
                continue
            return TrailStream(_same_peer(stream, address), self._trail)
        raise failed

    def _addresses(self, host: str, port: int) -> Sequence[str]:
        try:
            found = self._resolve(host, port)
        except (OSError, UnicodeError) as no:
            raise httpcore.ConnectError("the name was not resolved") from no
        if self._guard.allows(host, port) or all(is_allowed(one, self._guard) for one in found):
            return found
        raise GuardRefused


def _same_peer(stream: httpcore.NetworkStream, address: str) -> httpcore.NetworkStream:
    """Return the stream if its other end is the address that was checked."""
    peer = stream.get_extra_info("server_addr")
    if peer is None or ipaddress.ip_address(peer[0]) != ipaddress.ip_address(address):
        stream.close()
        raise GuardRefused
    return stream
