"""What can go wrong, by who is at fault.

AmendsError
    Refusal            we will not; retrying cannot help
        WrongStage       the event is not in the table for this stage
        NotApproved      no named yes to this exact text
        OnHold           the brand's posts wait
        WrongAccount     the text is for another brand
        BadInput         what was given cannot be used; the sentence says what to do
    NetworkError       a read failed; `permanent`, `retry_after_s`
        Unauthorized     permanent: a person must connect the account again
        RateLimited      not permanent: `retry_after_s` is set
        Unreachable      not permanent
    BrokenLedger       the record does not add up: stop and say so

A send never raises: its answer is a value, Published, Refused or Unknown.
"""


class AmendsError(Exception):
    """Anything Amends says no to; its text is one sentence that says what to do."""


class Refusal(AmendsError):
    """We will not; trying again cannot help."""


class WrongStage(Refusal):
    """The event is not in the table for this stage."""


class NotApproved(Refusal):
    """There is no named yes to this exact text."""


class OnHold(Refusal):
    """The brand's posts wait."""


class WrongAccount(Refusal):
    """The text is for another brand."""


class BadInput(Refusal):
    """What was given cannot be used; the sentence says what to do about it."""


class NetworkError(AmendsError):
    """A read from a network failed."""

    permanent = False

    def __init__(self, words: str, retry_after_s: float | None = None) -> None:
        super().__init__(words)
        self.retry_after_s = retry_after_s


class Unauthorized(NetworkError):
    """The network no longer takes our password or token: connect the account again."""

    permanent = True


class RateLimited(NetworkError):
    """The network asks us to wait; `retry_after_s` says how long."""


class Unreachable(NetworkError):
    """The network did not answer."""


class BrokenLedger(AmendsError):
    """The record does not add up."""
