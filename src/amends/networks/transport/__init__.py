"""The one HTTP door: every call to a network goes through here, guarded at the socket.

A call is one request on a fresh connection: no retries, no cookies, no proxy from the
environment, no redirects unless asked for on a read. It answers with an `Answer` or with `Lost`,
and `Lost.left` says whether any byte of the request may have left, which decides whether a send
may be repeated. Neither ever holds a resolved address or the text of an unreadable answer.
"""

from amends.networks.transport.door import STRICT, Answer, Call, Cause, Door, Lost
from amends.networks.transport.guard import Guard
from amends.networks.transport.results import Said, quota_of, read_error, redacted, verdict

__all__ = [
    "STRICT",
    "Answer",
    "Call",
    "Cause",
    "Door",
    "Guard",
    "Lost",
    "Said",
    "quota_of",
    "read_error",
    "redacted",
    "verdict",
]
