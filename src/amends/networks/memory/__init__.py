"""Practice: a network in one file, where drills, demonstrations and tests take place."""

from amends.networks.memory.connector import Memory
from amends.networks.memory.limits import NAME
from amends.networks.memory.world import Fault, Told, World
from amends.networks.port import Identity, Keep, Network, Secret
from amends.networks.transport import STRICT, Guard
from amends.vocabulary.errors import BadInput

__all__ = ["Fault", "Told", "World", "connect", "sign_in"]


def connect(account_handle: str, secret: Secret, keep: Keep, guard: Guard = STRICT) -> Network:  # noqa: ARG001 - no tokens to keep, nothing to connect to
    """Return the network for one practice account.

    Args:
        account_handle: The account.
        secret: `network` "memory" and `path`, the practice world's file.
        keep: Not called: there are no tokens.
        guard: Not needed: nothing is connected to.

    Raises:
        BadInput: The secret is not one of this network.
    """
    values = secret.reveal()
    if values.get("network") != NAME or not values.get("path"):
        raise BadInput(
            f"{account_handle} is not a practice account; connect it on its own network."
        )
    world = World(values["path"])
    world.seed([(account_handle, account_handle)])
    return Memory(world, account_handle)


def sign_in(  # one shape for all networks
    server: str,
    handle: str,
    password: str,  # noqa: ARG001 - practice asks for none
    guard: Guard = STRICT,  # noqa: ARG001 - nothing is connected to
) -> tuple[Identity, Secret]:
    """Return a practice account in the world whose file is `server`, added where it is new.

    Raises:
        BadInput: There is no handle or no file.
    """
    account = handle.strip().lstrip("@")
    if not account or not server:
        raise BadInput("Write a handle for the practice account.")
    world = World(server)
    world.seed([(account, account)])
    found, name = world.who(account)
    return Identity(found, account, name), Secret({"network": NAME, "path": server})
