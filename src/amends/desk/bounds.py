"""How much anybody may send in one request, asked before a byte of it is kept.

Django keeps a whole request on the disk before it looks at who sent it.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

MOST_BYTES = 60_000_000  # several pictures of the largest size, and the words around them
TOO_MUCH = b"That is too much at once: go back, and add fewer or smaller pictures.\n"

Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[dict[str, Any], Receive, Send], Awaitable[None]]


class Bounded:
    """An application that never sees more of a request than it should."""

    def __init__(self, application: Application, most_bytes: int = MOST_BYTES) -> None:
        self._application, self._most = application, most_bytes

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Pass a request on, or answer that there is too much of it."""
        if scope["type"] != "http":
            await self._application(scope, receive, send)
        elif _stated(scope) > self._most:
            await _refuse(send)
        else:
            await self._application(scope, self._counted(receive), send)

    def _counted(self, receive: Receive) -> Receive:
        """Return what lets a request break off where more comes than was said."""
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            return {"type": "http.disconnect"} if seen > self._most else message

        return counted


def _stated(scope: Message) -> int:
    stated = dict(scope["headers"]).get(b"content-length", b"0")
    return int(stated) if stated.isdigit() else 0


async def _refuse(send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": TOO_MUCH})
