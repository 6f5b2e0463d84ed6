"""From an account to its network: sign-ins unsealed, renewed tokens kept."""

from django.conf import settings

from amends.flows import vault
from amends.networks.port import Network, Secret
from amends.networks.shelf import network_named
from amends.networks.transport import Guard
from amends.store import brands, incidents
from amends.vocabulary.errors import Unauthorized
from amends.vocabulary.outgoing import Outgoing, OutgoingKind


def guard() -> Guard:
    """Return what may be connected to: the public net, and what the operator allows."""
    return Guard(allow_hosts=settings.REACH)


def network_of(account_id: str) -> Network:
    """Return the network of an account, signed in.

    Raises:
        BadInput: there is no such account.
        Unauthorized: the account is not connected; a person must connect it again.
    """
    found = brands.connection(account_id)
    if not found.sealed:
        raise Unauthorized(f"@{found.handle} is not connected: connect it again under Desk.")
    secret = vault.unseal(found.sealed, account_id)

    def keep(renewed: Secret) -> None:
        brands.renew_secret(account_id, vault.seal(renewed, account_id))

    return network_named(found.network).connect(found.handle, secret, keep, guard())


def writes_privately(account_id: str) -> bool:
    """Return whether an account's network carries a text to one person alone."""
    return network_named(brands.network_name(account_id)).can.private


def private_to(one: Outgoing) -> str:
    """Return the handle of the one person who may read a text, "" for everybody.

    Raises:
        BadInput: the person is not on the list any more.
    """
    if one.kind is not OutgoingKind.PRIVATE or not writes_privately(one.account_id):
        return ""
    return incidents.affected(one.affected_id).affected.handle
