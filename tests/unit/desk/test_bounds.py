"""More than a request may hold never reaches the desk."""

import asyncio
from typing import Any

import pytest

from amends.desk.bounds import Bounded, Message, Receive, Send

LIMIT = 100


def answered(parts: list[bytes], *, stated: bytes | None = None) -> tuple[int, list[str], bytes]:
    """Return (status, kinds of what the application received, its body) for one request."""
    seen: list[str] = []
    body = bytearray()
    said: list[Message] = []
    left = iter(parts)

    async def application(_scope: dict[str, Any], receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            seen.append(message["type"])
            body.extend(message.get("body", b""))
            if not message.get("more_body"):
                break
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def receive() -> dict[str, Any]:
        part = next(left, None)
        return {"type": "http.request", "body": part or b"", "more_body": part is not None}

    async def send(message: Message) -> None:
        said.append(message)

    headers = [] if stated is None else [(b"content-length", stated)]
    scope = {"type": "http", "headers": headers}
    asyncio.run(Bounded(application, LIMIT)(scope, receive, send))
    return said[0]["status"], seen, bytes(body)


def test_what_fits_is_passed_on() -> None:
    status, _seen, body = answered([b"x" * 60, b"y" * 40], stated=b"100")
    assert (status, body) == (200, b"x" * 60 + b"y" * 40)


@pytest.mark.parametrize("stated", [b"101", b"99999999999999"])
def test_what_says_that_it_is_too_much_is_refused_unread(stated: bytes) -> None:
    assert answered([b"x" * 101], stated=stated) == (413, [], b"")


@pytest.mark.parametrize("stated", [None, b"10", b"odd"])
def test_what_grows_beyond_is_broken_off(stated: bytes | None) -> None:
    _status, seen, body = answered([b"x" * 60] * 9, stated=stated)
    assert seen == ["http.request", "http.disconnect"]
    assert len(body) == 60
