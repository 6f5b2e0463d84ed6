"""Bluesky's adapter against answers that a real server never gives, or seldom."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from amends.networks.bluesky import connect, sign_in
from amends.networks.bluesky.connector import Bluesky
from amends.networks.bluesky.session import Xrpc
from amends.networks.port import (
    Content,
    Frozen,
    Network,
    Published,
    Refused,
    RefusedKind,
    Secret,
    Unknown,
)
from amends.networks.transport import Door, Guard
from amends.vocabulary.errors import (
    BadInput,
    NetworkError,
    RateLimited,
    Unauthorized,
    Unreachable,
)
from amends.vocabulary.outgoing import Quota
from tests.networks.double import JSON, THEM, US, Double, Odd, error, running

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
PUT = "com.atproto.repo.putRecord"
LIST = "app.bsky.notification.listNotifications"


@dataclass
class Scene:
    double: Double
    network: Network
    kept: list[Secret]
    secret: Secret


@pytest.fixture
def scene() -> Iterator[Scene]:
    with running() as double:
        guard = Guard(allow_hosts=frozenset({double.place}))
        _, secret = sign_in(double.url, "ladera.test", "right", guard)
        kept: list[Secret] = []
        yield Scene(double, connect("ladera.test", secret, kept.append, guard), kept, secret)


def frozen(scene: Scene, text: str = "Hello.") -> Frozen:
    return scene.network.freeze(Content(text), op="op-1", at=NOON)


# --- the bytes -----------------------------------------------------------------------------------


def test_the_null_is_in_the_bytes_and_repeats_are_identical(scene: Scene) -> None:
    once = frozen(scene)
    for _ in range(3):
        scene.network.publish(Frozen.from_json(once.to_json()))
    first, *others = scene.double.bodies[PUT]
    assert b'"swapRecord":null' in first
    assert set(others) == {first}
    assert first == once.body.encode()


def test_freezing_and_counting_call_nobody(scene: Scene) -> None:
    before = list(scene.double.calls)
    scene.network.count("Hello.")
    frozen(scene)
    assert scene.double.calls == before


def test_what_is_left_of_the_allowance_is_told_by_each_answer(scene: Scene) -> None:
    told = {"ratelimit-limit": "5000", "ratelimit-reset": "1772455800"}
    once, good = frozen(scene), {"cid": "bafyabcdef"}
    uri = f"at://{US}/app.bsky.feed.post/{once.wire_name}"
    body = json.dumps({"uri": uri, **good}).encode()
    scene.double.odd[PUT] += [
        Odd(200, body, {**JSON, **told, "ratelimit-remaining": "4997"}),
        error(429, "RateLimitExceeded", **{**told, "ratelimit-remaining": "0"}),
    ]
    resets = datetime(2026, 3, 2, 12, 50, tzinfo=UTC)
    first, second = scene.network.publish(once), scene.network.publish(once)
    assert isinstance(first, Published)
    assert first.quota == Quota(4_997, 5_000, resets)
    assert isinstance(second, Refused)
    assert second.quota == Quota(0, 5_000, resets)


# --- table 2.1 -----------------------------------------------------------------------------------

HTML = {"content-type": "text/html"}
ROWS: list[tuple[Odd, Any]] = [
    (Odd(200, b"", {}), Unknown),
    (Odd(200, b"not json"), Unknown),
    (Odd(200, b"[]"), Unknown),
    (Odd(200, b"[" * 100_000), Unknown),
    (
        Odd(
            200,
            json.dumps(
                {"uri": "at://did:plc:abc/app.bsky.feed.post/x", "cid": "bafyabcdef"}
            ).encode(),
        ),
        Unknown,
    ),
    (Odd(200, b"{}", HTML), Unknown),
    (Odd(200, b"x" * 5_000_001), Unknown),
    (Odd(200, b"{}", {**JSON, "content-encoding": "gzip"}), Unknown),
    (Odd(502, b"<html>", HTML), Unknown),
    (error(500, "InternalServerError", "Internal Server Error"), Unknown),
    (error(503, "NotEnoughResources"), Unknown),
    (error(408, "Timeout"), Unknown),
    (error(425, "TooEarly"), Unknown),
    (Odd(404, b"<html>", HTML), Unknown),
    (error(400, "InvalidRequest", "Input/record is odd"), RefusedKind.INVALID),
    (error(413, "PayloadTooLarge"), RefusedKind.INVALID),
    (error(400, "InvalidSwap", "Record was at bafyother"), RefusedKind.CONFLICT),
    (error(400, "AccountTakedown", "Account has been taken down"), RefusedKind.POLICY),
    (error(400, "InvalidToken", "Token could not be verified"), RefusedKind.UNAUTHORIZED),
    (error(400, "ExpiredToken", "Token has expired"), RefusedKind.UNAUTHORIZED),
    (error(401, "AuthMissing"), RefusedKind.UNAUTHORIZED),
    (Odd(401, b"", {}), RefusedKind.UNAUTHORIZED),
    (error(403, "Forbidden"), RefusedKind.POLICY),
    (Odd(403, b"<html>", HTML), RefusedKind.POLICY),
    (error(429, "RateLimitExceeded"), RefusedKind.RATE_LIMITED),
    (Odd(302, b"", {"location": "https://elsewhere.example/"}), RefusedKind.MISCONFIGURED),
    (Odd(), Unknown),
    (Odd(after=True), Unknown),
]


@pytest.mark.parametrize(
    ("odd", "wanted"), ROWS, ids=[f"{n} {r[0].status}" for n, r in enumerate(ROWS)]
)
def test_each_answer_to_a_send_is_one_of_three(scene: Scene, odd: Odd, wanted: Any) -> None:
    scene.double.odd[PUT].append(odd)
    answer = scene.network.publish(frozen(scene))
    if isinstance(wanted, RefusedKind):
        assert isinstance(answer, Refused)
        assert answer.kind is wanted
    else:
        assert isinstance(answer, wanted)
    assert scene.double.calls.count(PUT) == 1, "a send is never repeated by itself"


@pytest.mark.parametrize(
    ("padding", "headers"), [(5_000_001, JSON), (0, {**JSON, "content-encoding": "gzip"})]
)
def test_a_good_answer_too_big_or_squeezed_is_not_read(
    scene: Scene, padding: int, headers: dict[str, str]
) -> None:
    once = frozen(scene)
    uri = f"at://{US}/app.bsky.feed.post/{once.wire_name}"
    body = json.dumps({"uri": uri, "cid": "bafyabcdef"}).encode()
    scene.double.odd[PUT].append(Odd(200, body))
    assert isinstance(scene.network.publish(once), Published)
    scene.double.odd[PUT].append(Odd(200, body + b" " * padding, headers))
    assert isinstance(scene.network.publish(once), Unknown)


def test_a_hang_ends_and_is_unknown(scene: Scene) -> None:
    guard = Guard(allow_hosts=frozenset({scene.double.place}))
    network = Bluesky(Xrpc(scene.secret, scene.kept.append, Door(guard, whole_s=0.4)))
    scene.double.odd[PUT].append(Odd(hang=True))
    assert network.publish(frozen(scene)) == Unknown("timeout", left=True)


def test_a_server_cannot_make_us_say_our_token(scene: Scene) -> None:
    token = scene.secret.reveal()["access"]
    words = f"bad token {token} \u202e <b>bold</b>\n" + "x" * 10_000
    scene.double.odd[PUT].append(error(400, "InvalidRequest", words))
    answer = scene.network.publish(frozen(scene))
    assert isinstance(answer, Refused)
    assert token not in answer.words
    assert "***" in answer.words
    assert len(answer.words) <= 500
    assert "\n" not in answer.words
    assert "\u202e" not in answer.words


# --- sessions ------------------------------------------------------------------------------------


def test_stale_tokens_are_renewed_once_and_kept_before_use(scene: Scene) -> None:
    scene.double.expire()
    assert isinstance(scene.network.publish(frozen(scene)), Published)
    assert len(scene.kept) == 1
    assert scene.kept[0].reveal()["access"] == scene.double.access
    assert scene.double.calls.count(PUT) == 1


def test_a_refresh_that_fails_asks_to_connect_again(scene: Scene) -> None:
    scene.double.expire()
    scene.double.refresh = "other"
    with pytest.raises(Unauthorized, match="connect the account again"):
        scene.network.fetch("")
    answer = scene.network.publish(frozen(scene))
    assert isinstance(answer, Refused)
    assert answer.kind is RefusedKind.UNAUTHORIZED
    assert scene.kept == []
    assert PUT not in scene.double.calls


def test_another_accounts_tokens_are_not_taken(scene: Scene) -> None:
    scene.double.expire()
    scene.double.me = THEM
    with pytest.raises(Unauthorized, match="another account"):
        scene.network.fetch("")
    assert scene.kept == []


def test_a_server_that_says_we_are_somebody_else_gets_nothing(scene: Scene) -> None:
    scene.double.me = THEM
    answer = scene.network.publish(frozen(scene))
    assert isinstance(answer, Refused)
    assert answer.kind is RefusedKind.MISCONFIGURED
    assert PUT not in scene.double.calls


# --- signing in ----------------------------------------------------------------------------------

CREATE = "com.atproto.server.createSession"
SIGN_INS: list[tuple[Odd | None, type[Exception], str]] = [
    (None, Unauthorized, "app password is wrong"),
    (error(401, "AuthFactorTokenRequired"), Unauthorized, "code"),
    (error(401, "AccountTakedown"), Unauthorized, "closed or suspended"),
    (error(429, "RateLimitExceeded", retry_after="300"), RateLimited, "wait a few minutes"),
    (Odd(200, b"<html>", HTML), BadInput, "not a Bluesky server"),
    (Odd(404, b"<html>", HTML), BadInput, "not a Bluesky server"),
    (Odd(301, b"", {"location": "https://elsewhere.example"}), BadInput, "not a Bluesky server"),
    (Odd(200, b'{"did":"did:plc:abc"}'), BadInput, "not a Bluesky server"),
    (error(501, "MethodNotImplemented"), Unreachable, "try again later"),
    (Odd(), Unreachable, "No answer"),
]


@pytest.mark.parametrize(("odd", "wanted", "words"), SIGN_INS)
def test_signing_in_says_what_is_wrong(
    scene: Scene, odd: Odd | None, wanted: type[Exception], words: str
) -> None:
    if odd:
        scene.double.odd[CREATE].append(odd)
    guard = Guard(allow_hosts=frozenset({scene.double.place}))
    with pytest.raises(wanted, match=words) as said:
        sign_in(scene.double.url, "ladera.test", "wrong horse", guard)
    assert "wrong horse" not in repr(said.value)
    assert str(said.value).count("\n") == 0


@pytest.mark.parametrize(
    "server",
    [
        "http://127.0.0.1:1",
        "https://127.0.0.1",
        "localhost",
        "https://a.example/path",
        "a b",
        "https://u:p@a.example",
        "ftp://a.example",
        "https://[::1]",
    ],
)
def test_signing_in_goes_nowhere_inside(server: str) -> None:
    with pytest.raises(BadInput):
        sign_in(server, "ladera.test", "right")


def test_a_home_that_we_may_not_reach_is_not_used(scene: Scene) -> None:
    inside = {"id": "#atproto_pds", "serviceEndpoint": "http://169.254.169.254"}
    session = {**scene.double._session(), "didDoc": {"service": [inside]}}
    scene.double.odd[CREATE].append(Odd(200, json.dumps(session).encode()))
    guard = Guard(allow_hosts=frozenset({scene.double.place}))
    who, secret = sign_in(scene.double.url, "ladera.test", "right", guard)
    assert secret.reveal()["server"] == scene.double.url
    assert who.id == US


# --- listening -----------------------------------------------------------------------------------


def heard(scene: Scene, cursor: str) -> tuple[list[str], str]:
    """Return all that is heard from a cursor on, over as many fetches as are asked for."""
    found: list[str] = []
    while True:
        page = scene.network.fetch(cursor)
        found.extend(one.network_id for one in page.mentions)
        cursor = page.cursor
        if not page.more:
            return found, cursor


def test_a_flood_is_heard_to_the_last_and_each_once(scene: Scene) -> None:
    scene.double.page = 3
    about = f"at://{US}/app.bsky.feed.post/abc"
    old = [scene.double.say(f"Before {n}.", about) for n in range(5)]
    first, cursor = heard(scene, "")
    assert sorted(first) == sorted(old)
    flood = [scene.double.say(f"Reproach {n}.", about) for n in range(100)]
    found, cursor = heard(scene, cursor)
    assert sorted(found) == sorted(flood)
    assert heard(scene, cursor)[0] == []


def test_a_backdated_reproach_is_heard(scene: Scene) -> None:
    scene.double.page = 3
    about = f"at://{US}/app.bsky.feed.post/abc"
    for number in range(20):
        scene.double.say(f"Before {number}.", about)
    _, cursor = heard(scene, "")
    hidden = scene.double.say("Backdated.", about, at="2020-01-01T00:00:00Z", place=14)
    found: list[str] = []
    for _ in range(10):
        more, cursor = heard(scene, cursor)
        found += more
    assert found == [hidden]


def test_one_broken_notification_does_not_stop_the_others(scene: Scene) -> None:
    about = f"at://{US}/app.bsky.feed.post/abc"
    good = scene.double.say("Fine.", about)
    broken: list[dict[str, Any]] = [
        {},
        {"uri": "javascript:alert(1)", "reason": "reply"},
        {**scene.double.notices[0], "record": {"text": 5}},
        {**scene.double.notices[0], "uri": None},
        {**scene.double.notices[0], "author": {"did": "x"}},
        {**scene.double.notices[0], "uri": f"at://{THEM}/app.bsky.feed.like/1", "reason": "like"},
    ]
    scene.double.notices[:0] = broken
    assert [one.network_id for one in scene.network.fetch("").mentions] == [good]


def test_hostile_text_is_only_text(scene: Scene) -> None:
    about = f"at://{US}/app.bsky.feed.post/abc"
    text = "<script>{0} %s \0 \ud83d " + "A" * 50_000
    scene.double.say(text, about, at="not a time")
    one = scene.network.fetch("").mentions[0]
    assert len(one.text) == 20_000
    assert "\0" not in one.text
    assert one.text.startswith("<script>{0} %s")
    one.text.encode()
    assert one.written_at.tzinfo is not None
    assert one.url.startswith("https://bsky.app/profile/did:plc:")


@pytest.mark.parametrize(
    "odd", [Odd(200, b"[1]"), Odd(200, b"{"), Odd(502, b""), Odd(), error(400, "InvalidRequest")]
)
def test_a_failed_read_is_one_network_error(scene: Scene, odd: Odd) -> None:
    scene.double.odd[LIST].append(odd)
    with pytest.raises(NetworkError):
        scene.network.fetch("")
