"""What waits and what may go: the order that posts wait, and what becomes of them after.

A hold never changes a post's time. When it is released, each post that is still due later
goes at its own time, and each that is past due is missed: a person looks at it again. So
a release never lets a burst out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from amends.vocabulary.brand import Account
from amends.vocabulary.errors import BadInput

LATENESS = timedelta(minutes=2)  # later than this is missed, not late; house judgement


class Over(StrEnum):
    """What a hold reaches."""

    EVERYTHING = "everything"
    BRAND = "brand"
    ACCOUNT = "account"
    INCIDENT = "incident"


@dataclass(frozen=True, slots=True)
class Hold:
    """An order that posts wait, until someone releases it.

    `target` is the id of the brand, account or incident, and "" for everything. A hold over
    an incident names the accounts concerned in `account_ids`.
    """

    over: Over
    target: str = ""
    account_ids: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if (self.over is Over.EVERYTHING) == bool(self.target):
            raise BadInput("Say what to hold: everything, or one brand, account or incident.")


def covers(hold: Hold, account: Account) -> bool:
    """Tell whether posts of the account wait under this hold."""
    match hold.over:
        case Over.EVERYTHING:
            return True
        case Over.BRAND:
            return account.brand.id == hold.target
        case Over.ACCOUNT:
            return account.id == hold.target
        case Over.INCIDENT:
            return account.id in hold.account_ids


def is_held(holds: Iterable[Hold], account: Account) -> bool:
    """Tell whether any of the holds covers the account."""
    return any(covers(hold, account) for hold in holds)


def missed(due_at: datetime, now: datetime, lateness: timedelta = LATENESS) -> bool:
    """Tell whether a post is past due by more than `lateness`, so that a person must look."""
    return now - due_at > lateness


class Position(StrEnum):
    """Where a post is when a hold falls."""

    WAITING = "waiting"
    SENDING = "sending"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a hold reached, by post id: what waits, what is on its way, what is out already."""

    held: tuple[str, ...] = ()
    in_flight: tuple[str, ...] = ()
    out_of_reach: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Nothing was on its way when the hold fell."""
        return not self.in_flight


def receipt(posts: Iterable[tuple[str, Position]]) -> Receipt:
    """Return the receipt of a hold over these posts, each exactly once in it."""
    at: dict[Position, list[str]] = {position: [] for position in Position}
    for post_id, position in posts:
        at[position].append(post_id)
    return Receipt(
        tuple(at[Position.WAITING]), tuple(at[Position.SENDING]), tuple(at[Position.OUT])
    )


def after_release(
    due: Iterable[tuple[str, datetime]], now: datetime, lateness: timedelta = LATENESS
) -> tuple[tuple[tuple[str, datetime], ...], tuple[str, ...]]:
    """Return the schedule as it goes on, and the ids of the posts that are missed."""
    posts = tuple(due)
    gone = tuple(post_id for post_id, due_at in posts if missed(due_at, now, lateness))
    return tuple(post for post in posts if post[0] not in gone), gone
