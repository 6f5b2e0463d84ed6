"""Which networks there are. A new one is one folder and one line here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from amends.networks import bluesky, mastodon, memory
from amends.networks.bluesky.limits import CAN as BLUESKY
from amends.networks.bluesky.limits import count as count_bluesky
from amends.networks.mastodon.limits import CAN as MASTODON
from amends.networks.mastodon.limits import count as count_mastodon
from amends.networks.memory.limits import CAN as MEMORY
from amends.networks.memory.limits import count as count_memory
from amends.networks.port import Capabilities, Count, Identity, Keep, Network, Secret
from amends.networks.transport import Guard
from amends.vocabulary.errors import BadInput


class Connect(Protocol):
    """How a network is bound to an account."""

    def __call__(
        self, account_handle: str, secret: Secret, keep: Keep, guard: Guard = ...
    ) -> Network: ...


@dataclass(frozen=True, slots=True)
class Folder:
    """A network on the shelf."""

    can: Capabilities
    count: Callable[[str], Count]  # length as the network counts; needs no connection
    connect: Connect
    sign_in: Callable[[str, str, str, Guard], tuple[Identity, Secret]]  # server, handle, password


FOLDERS = {
    "memory": Folder(MEMORY, count_memory, memory.connect, memory.sign_in),
    "bluesky": Folder(BLUESKY, count_bluesky, bluesky.connect, bluesky.sign_in),
    "mastodon": Folder(MASTODON, count_mastodon, mastodon.connect, mastodon.sign_in),
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
