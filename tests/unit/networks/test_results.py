"""From the wire to a result, without a wire."""

from datetime import UTC, datetime

import pytest

from amends.networks.port import Refused, RefusedKind, Unknown
from amends.networks.transport import Answer, Cause, Lost, Said, read_error, redacted, verdict
from amends.networks.transport.results import quota_of, retry_after_s
from amends.vocabulary.errors import NetworkError, Unauthorized, Unreachable
from amends.vocabulary.outgoing import Quota

NOON = "Mon, 02 Mar 2026 12:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "wanted"),
    [
        ({"retry-after": "17"}, 17),
        ({"retry-after": "0"}, 1),
        ({"retry-after": "999999999"}, 86_400),
        ({"retry-after": "99999999999999"}, None),
        ({"retry-after": "nonsense"}, None),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "Mon, 02 Mar 2026 12:02:00 GMT", "date": NOON}, 120),
        ({"ratelimit-reset": "1772452830", "date": NOON}, 30),
        ({"ratelimit-reset": "1772452830"}, None),
        ({"ratelimit-reset": "1", "date": NOON}, 1),
        ({"x-ratelimit-reset": "2026-03-02T12:00:45.000000Z", "date": NOON}, 45),
        ({"x-ratelimit-reset": "soon", "date": NOON}, None),
        ({"date": "Mon, 02 Mar 2026 12:00:00"}, None),
        ({}, None),
    ],
)
def test_how_long_to_wait(headers: dict[str, str], wanted: float | None) -> None:
    assert retry_after_s(Answer(429, headers, b"")) == wanted


RESETS = datetime(2026, 3, 2, 12, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("prefix", "reset"), [("ratelimit", "1772453100"), ("x-ratelimit", "2026-03-02T12:05:00Z")]
)
def test_what_is_left_is_read_from_the_headers(prefix: str, reset: str) -> None:
    headers = {f"{prefix}-{key}": words for key, words in (("limit", "300"), ("remaining", "12"))}
    answer = Answer(200, {**headers, f"{prefix}-reset": reset}, b"")
    assert quota_of(answer) == Quota(12, 300, RESETS)


@pytest.mark.parametrize("reset", ["", "soon", "2026-03-02T12:05:00", "9" * 13, "999999999999"])
def test_what_is_left_is_not_guessed(reset: str) -> None:
    headers = {"ratelimit-limit": "300", "ratelimit-remaining": "12", "ratelimit-reset": reset}
    assert quota_of(Answer(200, headers, b"")) is None
    assert quota_of(Answer(200, {**headers, "ratelimit-limit": "many"}, b"")) is None
    assert quota_of(Lost(Cause.TIMEOUT, left=True)) is None


@pytest.mark.parametrize("cause", Cause)
def test_what_left_is_unknown_and_what_did_not_is_refused(cause: Cause) -> None:
    assert verdict(Lost(cause, left=True), None) == Unknown(cause.value)
    answer = verdict(Lost(cause, left=False), None)
    assert isinstance(answer, Refused)
    assert (answer.kind, answer.permanent) == (RefusedKind.UNREACHABLE, False)


def test_two_hundred_leaves_the_last_word_to_the_body() -> None:
    assert verdict(Answer(200, {}, b""), None) is None


@pytest.mark.parametrize("status", [400, 404, 409, 413, 415, 422])
def test_a_no_counts_only_in_the_networks_own_form(status: int) -> None:
    assert isinstance(verdict(Answer(status, {}, b""), None), Unknown)
    answer = verdict(Answer(status, {}, b""), Said("Odd", "It is odd."))
    assert answer == Refused(RefusedKind.INVALID, permanent=True, words="It is odd.")


@pytest.mark.parametrize("status", [408, 425, 500, 502, 503, 504, 599])
def test_a_server_error_is_never_not_sent(status: int) -> None:
    assert isinstance(verdict(Answer(status, {}, b""), Said("Odd", "It is odd.")), Unknown)


def test_reads_fail_as_one_error_each() -> None:
    stale = frozenset({"ExpiredToken"})
    assert type(read_error(Answer(400, {}, b""), Said("X", "y"))) is NetworkError
    assert type(read_error(Answer(503, {}, b""), None)) is Unreachable
    assert type(read_error(Answer(400, {}, b""), Said("ExpiredToken", "y"), stale)) is Unauthorized
    assert type(read_error(Lost(Cause.TIMEOUT, left=True), None)) is Unreachable


def test_words_are_plain_short_and_without_secrets() -> None:
    words = redacted("a\n\u202eb token-token " + "x" * 1000, ["token-token"])
    assert words.startswith("a b ***")
    assert len(words) == 500
