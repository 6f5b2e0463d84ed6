"""What all dialects share: accounts with tokens, a clock that may be off, a hand on the ledger."""

import hashlib
from abc import ABC, abstractmethod
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from email.utils import formatdate
from typing import TYPE_CHECKING, Any

from tests.fault.wire import Reply, Request

if TYPE_CHECKING:
    from tests.fault.world import World


@dataclass(slots=True)
class Account:
    """Somebody on the network."""

    id: str
    handle: str
    name: str
    access: str
    refresh: str
    password: str
    is_ours: bool = True
    is_revoked: bool = False

    def copy(self) -> "Account":
        """Return it as it is now; the network's own changes when tokens do."""
        return replace(self)

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON, tokens included: they open nothing but this network."""
        return asdict(self)


class Dialect(ABC):
    """One network's language; `World` holds the lock around every call."""

    name: str

    def __init__(self, world: "World", url: str) -> None:
        self.world, self.url = world, url
        self.accounts: dict[str, Account] = {}  # by handle
        self._by_token: dict[str, Account] = {}
        self.spent = 0  # requests in this window of the rate limit
        self.window = 0.0

    # --- what a dialect says ---------------------------------------------------------------------

    @abstractmethod
    def kinds(self, request: Request) -> tuple[str, ...]:
        """Return the kind of a request and the name of its call."""

    @abstractmethod
    def text(self, request: Request) -> str:
        """Return the text that a request is about, "" where there is none."""

    @abstractmethod
    def answer(self, request: Request) -> Reply:
        """Let a request take effect."""

    @abstractmethod
    def error(self, status: int) -> Reply:
        """Return an error in this dialect's form."""

    @abstractmethod
    def unauthorized(self) -> Reply:
        """Return how a token that no longer holds is answered."""

    @abstractmethod
    def refusal(self, status: int) -> Reply:
        """Return the documented 4xx; 0 for the usual one."""

    @abstractmethod
    def quota(self, wait_s: float, say: str) -> Reply:
        """Return 429, with the wait told as `say` asks for."""

    @abstractmethod
    def create_account(self, handle: str, *, is_ours: bool = True) -> Account:
        """Return a new account."""

    @abstractmethod
    def say(self, author: str, text: str, about: str = "", **more: Any) -> str:
        """Let somebody answer a post of ours, or mention us; return the new post's id."""

    @abstractmethod
    def posts(self) -> list[dict[str, Any]]:
        """Return all that stands, seen or not, oldest first: id, account, text."""

    def rate_headers(self) -> dict[str, str]:
        """Return what an answer says about the rate limit."""
        return {}

    # --- accounts --------------------------------------------------------------------------------

    def account(self, request: Request) -> Account | None:
        """Return whose token a request carries, revoked or not."""
        return self._by_token.get(request.bearer)

    def find(self, handle: str) -> Account | None:
        """Return somebody by handle, in its short form too."""
        return self.accounts.get(handle)

    def named(self, handle: str) -> Account:
        """Return somebody by handle.

        Raises:
            KeyError: There is nobody of this handle.
        """
        found = self.find(handle)
        if found is None:
            raise KeyError(handle)
        return found

    def keep(self, one: Account) -> Account:
        """Take an account in, or its new tokens."""
        self.accounts[one.handle] = one
        self._by_token[one.access] = one
        return one

    def new_token(self, account: str, what: str) -> str:
        """Return a token that is new and comes from the network's seed."""
        words = f"{account} {what} {self.world.chance.random()}"
        return f"{what}-{hashlib.sha256(words.encode()).hexdigest()[:32]}"

    def revoke(self, handle: str) -> None:
        """End an account's tokens."""
        self.named(handle).is_revoked = True

    def restore(self, handle: str) -> None:
        """Let the same tokens hold again."""
        self.named(handle).is_revoked = False

    def reconnect(self, handle: str) -> Account:
        """Return the account with new tokens, as after a new sign-in; the old ones stay dead."""
        one = self.named(handle)
        self._by_token.pop(one.access, None)
        one.access = self.new_token(handle, "access")
        one.refresh = self.new_token(handle, "refresh")
        one.is_revoked = False
        return self.keep(one)

    def expire(self, handle: str) -> None:
        """Let the access token be too old; a refresh still works where the network has one."""
        one = self.named(handle)
        self._by_token.pop(one.access, None)
        one.access = self.new_token(handle, "access")

    # --- time and the ledger ---------------------------------------------------------------------

    def now(self) -> float:
        """Return the time as this server takes it to be."""
        return self.world.clock.now() + self.world.faults.skew(self.name)

    def date(self) -> str:
        """Return the Date header."""
        return formatdate(self.now(), usegmt=True)

    def note(self, op: str, account: str, **more: Any) -> None:
        """Append to the ledger."""
        self.world.ledger.note(self.now(), self.name, account, op, **more)


def stamp(at: float) -> str:
    """Return a moment as both networks write it: UTC, milliseconds, Z."""
    text = datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")
