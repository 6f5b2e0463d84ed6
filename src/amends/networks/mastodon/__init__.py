"""Mastodon, and the servers that speak its language."""

from amends.networks.mastodon.connector import Mastodon
from amends.networks.mastodon.limits import NAME
from amends.networks.mastodon.session import Api
from amends.networks.mastodon.signing_in import sign_in
from amends.networks.port import Keep, Network, Secret
from amends.networks.transport import STRICT, Door, Guard
from amends.vocabulary.errors import BadInput

__all__ = ["connect", "sign_in"]

NEEDED = frozenset({"server", "token", "account", "handle", "domain"})


def connect(account_handle: str, secret: Secret, keep: Keep, guard: Guard = STRICT) -> Network:  # noqa: ARG001 - a token is never renewed
    """Return the network for one account.

    Args:
        account_handle: For the sentence when something is missing; the token decides.
        secret: What `sign_in` gave.
        keep: Not called: the token holds until the person takes it back.
        guard: What may be connected to.

    Raises:
        BadInput: The secret is not one of this network.
    """
    values = secret.reveal()
    if values.get("network") != NAME or not values.keys() >= NEEDED:
        raise BadInput(f"Connect {account_handle} to Mastodon again; its sign-in is not complete.")
    return Mastodon(Api(secret, Door(guard)))
