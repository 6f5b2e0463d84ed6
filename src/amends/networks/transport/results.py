"""From the wire to a result: what an answer, or its absence, means for a send and for a read."""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from amends.networks.port import Refused, RefusedKind, Unknown, shortened
from amends.networks.transport.door import Answer, Cause, Lost
from amends.vocabulary.errors import NetworkError, RateLimited, Unauthorized, Unreachable
from amends.vocabulary.outgoing import Quota

LONGEST_WAIT_S = 86_400.0  # a network that asks for more gets a day


@dataclass(frozen=True, slots=True)
class Said:
    """A network's own form of an error."""

    code: str
    words: str


_WHOLE = re.compile(r"[0-9]{1,12}")
_FORMAL = frozenset({400, 404, 409, 413, 415, 422})
_BY_STATUS = {
    401: RefusedKind.UNAUTHORIZED,
    403: RefusedKind.POLICY,
    429: RefusedKind.RATE_LIMITED,
}


def verdict(
    outcome: Answer | Lost,
    said: Said | None,
    *,
    unauthorized: frozenset[str] = frozenset(),
    kinds: Mapping[str, RefusedKind] | None = None,
) -> Refused | Unknown | None:
    """Return what one send came to, or None for 2xx: then the body has the last word.

    Args:
        outcome: What the door gave.
        said: The answer in the network's own error form, None where it is not in that form.
        unauthorized: Codes with which this network says that a token no longer holds.
        kinds: Other codes with a kind of their own; the rest is INVALID.
    """
    if isinstance(outcome, Lost):
        return _of_lost(outcome)
    if 200 <= outcome.status < 300:
        return None
    kind = _kind(outcome.status, said, unauthorized, kinds or {})
    if kind is None:
        return Unknown(f"server answered {outcome.status}")
    words = said.words if said else f"The network answered {outcome.status}."
    wait = retry_after_s(outcome) if kind is RefusedKind.RATE_LIMITED else None
    return Refused(
        kind, permanent=kind is not RefusedKind.RATE_LIMITED, words=words, retry_after_s=wait
    )


def _of_lost(lost: Lost) -> Refused | Unknown:
    if lost.left:
        return Unknown(lost.cause.value)
    words = (
        "The address is not one that Amends may connect to."
        if lost.cause is Cause.GUARD
        else "The network could not be reached; nothing was sent."
    )
    return Refused(RefusedKind.UNREACHABLE, permanent=False, words=words)


def _kind(
    status: int, said: Said | None, unauthorized: frozenset[str], kinds: Mapping[str, RefusedKind]
) -> RefusedKind | None:
    code = said.code if said else ""
    kind = _BY_STATUS.get(status)
    if status == 400 and code in unauthorized:
        kind = RefusedKind.UNAUTHORIZED
    elif 300 <= status < 400:
        kind = RefusedKind.MISCONFIGURED
    elif said is not None and status in _FORMAL:
        kind = kinds.get(code, RefusedKind.INVALID)
    # None: 5xx, 408, 425, and a page by something in between. 5xx is never "not sent".
    return kind


def read_error(  # noqa: PLR0911 - one return a row
    outcome: Answer | Lost, said: Said | None, unauthorized: frozenset[str] = frozenset()
) -> NetworkError:
    """Return the error that a failed read is, ready to be raised."""
    if isinstance(outcome, Lost):
        return _lost_read(outcome)
    kind = _kind(outcome.status, said, unauthorized, {})
    if kind is RefusedKind.UNAUTHORIZED:
        return Unauthorized("The network no longer takes our sign-in; connect the account again.")
    if kind is RefusedKind.RATE_LIMITED:
        return RateLimited("The network asks us to wait.", retry_after_s(outcome))
    if kind is None:
        return Unreachable(f"The network gave no usable answer ({outcome.status}).")
    return NetworkError(said.words if said else f"The network answered {outcome.status}.")


def _lost_read(lost: Lost) -> NetworkError:
    if lost.cause is Cause.GUARD:
        return NetworkError("The address is not one that Amends may connect to.")
    return Unreachable(f"The network did not answer: {lost.cause.value}.")


def retry_after_s(answer: Answer) -> float | None:
    """Return how long the network asks us to wait, in seconds, None where it does not say."""
    asked = answer.headers.get("retry-after", "")
    reset = _reset(answer)
    sent = _moment(answer.headers.get("date", ""))
    until = _moment(asked)
    seconds: float | None = None
    if re.fullmatch(r"\d{1,9}(\.\d+)?", asked):
        seconds = float(asked)
    elif until and sent:
        seconds = (until - sent).total_seconds()
    elif sent and reset:
        # Against the answer's own date: our clock and theirs need not agree.
        seconds = (reset - sent).total_seconds()
    if seconds is None or not math.isfinite(seconds):
        return None
    return min(max(seconds, 1.0), LONGEST_WAIT_S)


def quota_of(outcome: Answer | Lost) -> Quota | None:
    """Return what is left for the account by the answer's headers, None where they do not say.

    Read are ``ratelimit-*`` with seconds since 1970 (Bluesky) and ``x-ratelimit-*`` with a written
    time (Mastodon).
    """
    if isinstance(outcome, Lost):
        return None
    left, limit, resets_at = _of(outcome, "remaining"), _of(outcome, "limit"), _reset(outcome)
    if not (_WHOLE.fullmatch(left) and _WHOLE.fullmatch(limit) and resets_at):
        return None
    return Quota(int(left), int(limit), resets_at)


def _of(answer: Answer, what: str) -> str:
    headers = answer.headers
    return headers.get(f"ratelimit-{what}") or headers.get(f"x-ratelimit-{what}") or ""


def _reset(answer: Answer) -> datetime | None:
    """Return when the account's count starts again, by the answer's headers."""
    given = _of(answer, "reset")
    try:
        if re.fullmatch(r"\d{1,12}", given, re.ASCII):
            return datetime.fromtimestamp(int(given), UTC)
        found = datetime.fromisoformat(given)
    except (ValueError, OverflowError, OSError):
        return None
    return found.astimezone(UTC) if found.tzinfo else None


def _moment(header: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(header)
    except ValueError:
        return None
    return found if found.tzinfo else None


def redacted(words: str, secrets: Iterable[str]) -> str:
    """Return a network's sentence, cut, plain, and without any of our secrets."""
    for secret in secrets:
        if len(secret) > 5:
            words = words.replace(secret, "***")
    return shortened(words)
