"""The places that people work by hand, for pages: what to choose from, and how each is called."""

from amends.networks.by_hand.places import PLACES
from amends.vocabulary.brand import Account


def choices() -> tuple[tuple[str, str], ...]:
    """Return (key, name as people write it) of every place."""
    return tuple((one.key, one.title) for one in PLACES.values())


def title_of(account: Account) -> str:
    """Return the name of an account's place, "" for a network that Amends publishes on itself."""
    return PLACES[account.place].title if account.place in PLACES else ""
