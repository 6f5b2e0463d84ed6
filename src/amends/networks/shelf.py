"""Which networks there are. A new one is one folder and one line here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from amends.networks import bluesky, by_hand, mastodon, memory
from amends.networks.bluesky.limits import CAN as BLUESKY
from amends.networks.bluesky.limits import count as count_bluesky
from amends.networks.by_hand.limits import CAN as BY_HAND
from amends.networks.by_hand.places import count as count_by_hand
from amends.networks.mastodon.limits import CAN as MASTODON
from amends.networks.mastodon.limits import count as count_mastodon
from amends.networks.memory.limits import CAN as MEMORY
from amends.networks.memory.limits import count as count_memory
from amends.networks.port import Capabilities, Count, Identity, Keep, Network, Secret
from amends.networks.transport import Guard
from amends.vocabulary.errors import BadInput
from amends.vocabulary.outgoing import OutgoingKind


class Connect(Protocol):
    """How a network is bound to an account."""

    def __call__(
        self, account_handle: str, secret: Secret, keep: Keep, guard: Guard = ...
    ) -> Network: ...


class Length(Protocol):
    """How long a text is, as the network counts; needs no connection.

    `place` is the account's, where one network stands for several; `answers` says that the text
    goes under a post.
    """

    def __call__(
        self, text: str, place: str, kind: OutgoingKind = ..., *, answers: bool = ...
    ) -> Count: ...


def everywhere(count: Callable[[str], Count]) -> Length:
    """Return the count of a network that takes texts of all kinds up to one length."""

    def counted(
        text: str,
        place: str,  # noqa: ARG001 - one shape for all networks
        kind: OutgoingKind = OutgoingKind.POST,  # noqa: ARG001
        *,
        answers: bool = False,  # noqa: ARG001
    ) -> Count:
        return count(text)

    return counted


@dataclass(frozen=True, slots=True)
class Folder:
    """A network on the shelf."""

    can: Capabilities
    count: Length
    connect: Connect
    sign_in: Callable[[str, str, str, Guard], tuple[Identity, Secret]]  # server, handle, password


FOLDERS = {
    "memory": Folder(MEMORY, everywhere(count_memory), memory.connect, memory.sign_in),
    "bluesky": Folder(BLUESKY, everywhere(count_bluesky), bluesky.connect, bluesky.sign_in),
    "mastodon": Folder(MASTODON, everywhere(count_mastodon), mastodon.connect, mastodon.sign_in),
    "by_hand": Folder(BY_HAND, count_by_hand, by_hand.connect, by_hand.sign_in),
}
NAMES = tuple(FOLDERS)


def network_named(name: str) -> Folder:
    """Return the network of this name.

    Raises:
        BadInput: There is none.
    """
    if name not in FOLDERS:
        raise BadInput(f"There is no network called {name}; choose one of {', '.join(NAMES)}.")
    return FOLDERS[name]
