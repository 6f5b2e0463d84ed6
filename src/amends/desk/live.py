"""Live updates: one stream of events a page, which says only that something has changed.

The page then asks for its own parts again, so that a stream never carries anybody's words.
"""

import asyncio
import threading
from collections import Counter
from collections.abc import AsyncIterator

from asgiref.sync import sync_to_async
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from amends.store import changes

LOOK_EVERY_S = 0.2
LOOKS_PER_HEARTBEAT = 75
LOOKS = 3_000  # ten minutes; the browser then comes back by itself
STREAMS_PER_PERSON = 3

_open: Counter[int] = Counter()
_closing = threading.Event()


def close() -> None:
    """Let every open stream end at its next look: the desk is going down."""
    _closing.set()


async def live(request: HttpRequest) -> HttpResponseBase:
    """Return the stream, or 204 where this person has enough of them open."""
    person = await request.auser()
    if person.pk is None or _open[person.pk] >= STREAMS_PER_PERSON:
        return HttpResponse(status=204)
    answer = StreamingHttpResponse(_events(person.pk), content_type="text/event-stream")
    answer["Cache-Control"] = "no-store"
    answer["X-Accel-Buffering"] = "no"
    return answer


async def _events(person_id: int) -> AsyncIterator[str]:
    _open[person_id] += 1
    try:
        last = await sync_to_async(changes.latest)()
        yield "retry: 2000\n\n"
        for look in range(LOOKS):
            await asyncio.sleep(LOOK_EVERY_S)
            if _closing.is_set():
                return
            found = await sync_to_async(changes.latest)()
            if found != last:
                last = found
                yield f"id: {found}\nevent: changed\ndata: {found}\n\n"
            elif look % LOOKS_PER_HEARTBEAT == 0:
                yield ": still here\n\n"
    finally:
        _open[person_id] -= 1
