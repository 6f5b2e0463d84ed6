"""The guard at the socket, with resolvers and sockets of our own."""

from collections.abc import Callable, Sequence
from typing import Any

import httpcore
import pytest

from amends.networks.transport import Call, Cause, Door, Guard, Lost
from amends.networks.transport.guard import GuardedBackend, GuardRefused, Trail, checked, is_allowed

PUBLIC = "93.184.215.14"


class Wire(httpcore.NetworkStream):
    """A socket that goes nowhere; `peer` is what the other end says that it is."""

    def __init__(self, peer: str) -> None:
        self.peer, self.closed = peer, False

    def get_extra_info(self, info: str) -> Any:
        return (self.peer, 443) if info == "server_addr" else None

    def close(self) -> None:
        self.closed = True


class Net(httpcore.NetworkBackend):
    """Remembers where it was asked to connect."""

    def __init__(self, peer: str = "") -> None:
        self.peer, self.asked = peer, list[str]()

    def connect_tcp(self, host: str, *_: Any, **__: Any) -> httpcore.NetworkStream:
        self.asked.append(host)
        return Wire(self.peer or host)


def backend(
    addresses: Sequence[str], net: Net, guard: Guard | None = None
) -> tuple[GuardedBackend, list[str]]:
    looked_up: list[str] = []

    def resolve(host: str, port: int) -> Sequence[str]:
        looked_up.append(host)
        return addresses

    return GuardedBackend(guard or Guard(), Trail(until=float("inf")), resolve, net), looked_up


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "100.64.0.1", "169.254.169.254"),
        *("172.16.0.1", "172.31.255.255", "192.168.1.1", "192.0.0.8", "192.0.2.1", "198.18.0.1"),
        *("198.51.100.7", "203.0.113.7", "224.0.0.1", "255.255.255.255", "240.0.0.1"),
        *(
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:93.184.215.14",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
        ),
        *(
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "fc00::1",
            "fd12::1",
        ),
        *("fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "4000::1", "not an address", ""),
    ],
)
def test_inner_addresses_are_refused(address: str) -> None:
    assert not is_allowed(address, Guard())
    net = Net()
    guarded, _ = backend([PUBLIC, address], net)
    with pytest.raises(GuardRefused):
        guarded.connect_tcp("rebind.example", 443)
    assert net.asked == [], "one forbidden address forbids the whole name"


@pytest.mark.parametrize("address", [PUBLIC, "8.8.8.8", "172.32.0.1", "2606:4700::1111"])
def test_public_addresses_pass(address: str) -> None:
    assert is_allowed(address, Guard())
    assert not is_allowed(address, Guard(own_addresses=frozenset({address})))


def test_the_name_is_looked_up_once_and_the_socket_goes_to_that_address() -> None:
    net = Net()
    guarded, looked_up = backend([PUBLIC], net)
    guarded.connect_tcp("good.example", 443)
    assert looked_up == ["good.example"]
    assert net.asked == [PUBLIC]


def test_another_peer_than_asked_for_is_refused() -> None:
    guarded, _ = backend([PUBLIC], Net(peer="127.0.0.1"))
    with pytest.raises(GuardRefused):
        guarded.connect_tcp("good.example", 443)


def test_an_operator_may_allow_one_place() -> None:
    guard, net = Guard(allow_hosts=frozenset({"pds.test:2583"})), Net()
    guarded, _ = backend(["127.0.0.1"], net, guard)
    guarded.connect_tcp("pds.test", 2583)
    assert net.asked == ["127.0.0.1"]
    with pytest.raises(GuardRefused):
        guarded.connect_tcp("pds.test", 22)


@pytest.mark.parametrize(
    "url",
    [
        *("http://a.example/", "https://a.example:8443/", "ftp://a.example/", "file:///etc/passwd"),
        *("https://u@a.example/", "https://u:p@a.example/", "https://@a.example/"),
        *("https://a.example/#x", "https://a.example/#", "https://127.0.0.1/", "https://[::1]/"),
        *("https://2130706433/", "https://0x7f000001/", "https://0x7f.1/", "https://0177.0.0.1/"),
        *("https://127.1/", "https://a.example./", "https://localhost/", "https://intranet/"),
        *("https:///", "https://", "", "//a.example/", "https://a.example\\@b.example/"),
        *(
            "https://a..example/",
            "https://-a.example/",
            "https://a_b.example/",
            "https://①②⑦.⓪.⓪.①/",
        ),
        *("https://8.8.8.8/", "https://a.1/", "https://a.example:0/", "https://a b.example/"),
    ],
)
def test_odd_addresses_are_not_tried(url: str) -> None:
    with pytest.raises(GuardRefused):
        checked(url, Guard())


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://a.example/x?y=1", "a.example"),
        ("https://A.Example:443/", "a.example"),
        ("https://mañana.example/", "xn--maana-pta.example"),
    ],
)
def test_plain_addresses_are_tried(url: str, host: str) -> None:
    assert checked(url, Guard()).raw_host.decode() == host


def failing(error: Exception) -> Callable[[str, int], Sequence[str]]:
    def resolve(host: str, port: int) -> Sequence[str]:
        raise error

    return resolve


def test_nothing_has_left_when_the_guard_or_the_look_up_says_no() -> None:
    call = Call("POST", "https://a.example/", {}, b"{}")
    inside = Door(resolve=lambda *_: ["10.0.0.1"])
    assert inside.call(call) == Lost(Cause.GUARD, left=False)
    assert Door(resolve=failing(OSError("no such name"))).call(call) == Lost(
        Cause.UNREACHABLE, left=False
    )
    assert Door(resolve=lambda *_: []).call(call) == Lost(Cause.UNREACHABLE, left=False)


def test_a_call_shows_neither_headers_nor_body() -> None:
    call = Call("POST", "https://a.example/", {"authorization": "Bearer hush"}, b"hush")
    assert "hush" not in repr(call)
