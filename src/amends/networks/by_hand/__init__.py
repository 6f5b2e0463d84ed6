"""By hand: every place that no program may post to, worked by people with a card."""

from amends.networks.by_hand.connector import ByHand
from amends.networks.by_hand.limits import NAME
from amends.networks.by_hand.places import place_named
from amends.networks.port import Identity, Keep, Network, Secret
from amends.networks.transport import STRICT, Guard
from amends.vocabulary.errors import BadInput

__all__ = ["connect", "sign_in"]

LONGEST_HANDLE = 100  # characters


def connect(account_handle: str, secret: Secret, keep: Keep, guard: Guard = STRICT) -> Network:  # noqa: ARG001 - no tokens to keep, nothing to connect to
    """Return the network of one account that is worked by hand.

    Args:
        account_handle: The account.
        secret: `network` "by_hand" and `place`; there is no password.
        keep: Not called: there are no tokens.
        guard: Not needed: nothing is connected to.

    Raises:
        BadInput: The secret is not one of this network.
    """
    values = secret.reveal()
    if values.get("network") != NAME or not values.get("place"):
        raise BadInput(f"{account_handle} is not worked by hand; connect it on its own network.")
    return ByHand(place_named(values["place"]), account_handle)


def sign_in(  # one shape for all networks
    server: str,
    handle: str,
    password: str,  # noqa: ARG001 - there is none
    guard: Guard = STRICT,  # noqa: ARG001 - nothing is connected to
) -> tuple[Identity, Secret]:
    """Return an account in the place whose key is `server`; nobody is asked.

    Raises:
        BadInput: There is no handle, or no such place.
    """
    place = place_named(server)
    account = handle.strip().lstrip("@")
    if not account or len(account) > LONGEST_HANDLE:
        raise BadInput("Write the account's handle, as it stands there.")
    if not account.isprintable() or any(one.isspace() or one in "/?#\\" for one in account):
        raise BadInput("A handle has no spaces or slashes: write it as it stands there.")
    secret = Secret({"network": NAME, "place": place.key})
    return ByHand(place, account).whoami(), secret
