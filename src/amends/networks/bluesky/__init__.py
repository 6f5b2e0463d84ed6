"""Bluesky, over the AT Protocol."""

from amends.networks.bluesky.connector import Bluesky
from amends.networks.bluesky.limits import NAME
from amends.networks.bluesky.session import Xrpc
from amends.networks.bluesky.signing_in import sign_in
from amends.networks.port import Keep, Network, Secret
from amends.networks.transport import STRICT, Door, Guard
from amends.vocabulary.errors import BadInput

__all__ = ["connect", "sign_in"]

NEEDED = frozenset({"server", "did", "access", "refresh"})


def connect(account_handle: str, secret: Secret, keep: Keep, guard: Guard = STRICT) -> Network:
    """Return the network for one account.

    Args:
        account_handle: For the sentence when something is missing; the DID decides.
        secret: What `sign_in` gave, or what `keep` was called with last.
        keep: Called with the new secret after tokens were renewed, before they are used.
        guard: What may be connected to.

    Raises:
        BadInput: The secret is not one of this network.
    """
    values = secret.reveal()
    if values.get("network") != NAME or not values.keys() >= NEEDED:
        raise BadInput(f"Connect {account_handle} to Bluesky again; its sign-in is not complete.")
    return Bluesky(Xrpc(secret, keep, Door(guard)))
