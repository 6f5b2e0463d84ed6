"""Connecting accounts: signed in once, history imported, voices and marks learned."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from zoneinfo import available_timezones

from django.utils.translation import gettext as _

from amends.flows import by_hand, clock, ids, mention, reach, vault, voices, watching
from amends.networks.by_hand.places import web_address
from amends.networks.port import HistoryPost, Secret
from amends.networks.shelf import network_named
from amends.store import brands, dues, posts, records, workspaces
from amends.store.posts import KeptPost
from amends.store.turns import turn
from amends.store.views import AccountView
from amends.vocabulary.brand import Account, Brand, Marks
from amends.vocabulary.errors import BadInput, NetworkError
from amends.vocabulary.record import Verb

HISTORY = 1_000  # posts imported when an account is connected


def bluesky(  # noqa: PLR0913 - the form's fields
    by: str, *, server: str, handle: str, password: str, brand_name: str, colour: str = "#1f4f82"
) -> AccountView:
    """Connect a Bluesky account, import its history, and return it.

    The first real account ends the practice: its brands are put away, and time is real again.

    Raises:
        BadInput: the address, handle or brand cannot be used, or it is connected already.
        Unauthorized: handle or password is wrong.
        Unreachable: the server did not answer.
    """
    return network_account(
        by,
        "bluesky",
        server=server,
        handle=handle,
        password=password,
        brand=_brand_called(brand_name or handle, colour),
    )


def mastodon(
    by: str, *, server: str, token: str, brand_name: str, colour: str = "#1f4f82"
) -> AccountView:
    """Connect a Mastodon account by its access token, import its history, and return it.

    Raises:
        BadInput: the address or brand cannot be used, or it is connected already.
        Unauthorized: the token is wrong, or may not do what is needed.
        Unreachable: the server did not answer.
    """
    return network_account(
        by,
        "mastodon",
        server=server,
        handle="",
        password=token,
        brand=_brand_called(brand_name, colour),
    )


def _brand_called(name: str, colour: str, time_zone: str = "UTC") -> Brand:
    """Return one's own brand of this name, or a new one; an invented one ends with practice."""
    wanted = name.strip().removeprefix("@")
    known = brands.own_brand_called(wanted)
    return known or Brand(ids.new("brand"), wanted[:100], colour, time_zone)


def network_account(  # noqa: PLR0913 - the form's fields
    by: str,
    network: str,
    *,
    server: str,
    handle: str,
    password: str,
    brand: Brand,
    marks: Marks | None = None,
) -> AccountView:
    """Connect an account of a network, and return it."""
    identity, secret = network_named(network).sign_in(server, handle, password, reach.guard())
    account = Account(
        id=ids.new("account"),
        brand=brand,
        network=network,
        handle=identity.handle,
        marks=marks or Marks(),
    )
    with turn():
        if network != "memory":
            end_practice(by)
        now = clock.now()
        brands.save_brand(brand, practice=network == "memory")
        brands.add_account(
            account,
            network_account_id=identity.id,
            server=server,
            sealed=vault.seal(secret, account.id),
            at=now,
        )
        records.enter(
            Verb.ACCOUNT_CONNECTED, f"account:{account.id}", by=by, at=now, brand=brand.id
        )
    if by_hand.is_by_hand(account.id):  # nothing can be read there, and nothing is heard
        watching.relearn(account.id, clock.now())
        return brands.account(account.id)
    import_history(account.id)
    dues.plan("listen", account.id, clock.real())
    return brands.account(account.id)


def worked_by_hand(  # noqa: PLR0913 - the form's fields
    by: str,
    *,
    place: str,
    handle: str,
    brand_name: str,
    colour: str = "#1f4f82",
    time_zone: str = "UTC",
    profile: str = "",
) -> AccountView:
    """Add an account that people work by hand, and return it; nobody is asked and nothing sent.

    A brand that is here already keeps its colour and its time zone.

    Raises:
        BadInput: the place, handle, time zone or link cannot be used, or it is here already.
    """
    _refuse_zone(time_zone)
    link = web_address(profile) if profile.strip() else ""
    brand = _brand_called(brand_name or handle, colour, time_zone)
    view = network_account(by, "by_hand", server=place, handle=handle, password="", brand=brand)
    if link:
        set_profile(by, view.account.id, link)
    return brands.account(view.account.id)


def set_profile(by: str, account_id: str, profile: str) -> None:
    """Keep where the own page of an account is that people work by hand; "" for none.

    An account that was put aside is in use again.

    Raises:
        BadInput: the link is not https, or the account is not worked by hand.
    """
    place = by_hand.place_of(account_id)
    link = web_address(profile) if profile.strip() else ""
    secret = Secret({"network": "by_hand", "place": place.key, "profile": link})
    with turn():
        brands.set_secret(account_id, vault.seal(secret, account_id))
        brands.set_connected(account_id, connected=True)
        records.enter(Verb.SETTING_CHANGED, f"account:{account_id}", by=by, at=clock.now())


def end_practice(by: str) -> None:
    """Put the practice brands away and go back to real time."""
    if not workspaces.is_practice():
        return
    brands.archive_practice()
    clock.set_offset(timedelta(0))
    workspaces.set_practice(practice=False)
    records.enter(Verb.TIME_MOVED, "workspace:1", by=by, at=clock.now())


def import_history(account_id: str) -> int:
    """Import the account's own posts and what was said to it; return how many posts were new.

    Imports are the one place where the network's own times are believed.
    """
    network = reach.network_of(account_id)
    try:
        history = network.history(HISTORY)
    except NetworkError as problem:
        brands.set_words(account_id, str(problem))
        return 0
    new = posts.keep_posts(_kept(account_id, one) for one in history)
    try:
        mention.take_in_history(account_id)
    except NetworkError as problem:  # our own posts are here: what was said comes with a poll
        brands.set_words(account_id, str(problem))
    voices.relearn_marks()
    watching.relearn(account_id, clock.now())
    return new


def _kept(account_id: str, one: HistoryPost) -> KeptPost:
    return KeptPost(
        id=ids.new("post"),
        account_id=account_id,
        network_id=one.network_id,
        url=one.url,
        text=one.text,
        at=one.at,
        is_answer=one.is_reply,
        imported=True,
    )


def reconnect(by: str, account_id: str, password: str) -> None:
    """Sign an account in again.

    Raises:
        BadInput: another account answered than the one that was connected.
        Unauthorized: the password is wrong.
        Unreachable: the server did not answer.
    """
    found = brands.connection(account_id)
    identity, secret = network_named(found.network).sign_in(
        found.server, found.handle, password, reach.guard()
    )
    if identity.id != brands.own_id(account_id):
        raise BadInput(
            _("That is another account than the one connected here: nothing was changed.")
        )
    with turn():
        brands.set_secret(account_id, vault.seal(secret, account_id))
        brands.set_connected(account_id, connected=True)
        dues.plan("listen", account_id, clock.real())
        records.enter(Verb.ACCOUNT_CONNECTED, f"account:{account_id}", by=by, at=clock.now())


def disconnect(by: str, account_id: str) -> None:
    """Forget the account's tokens; nothing leaves from it and nothing is heard any more."""
    with turn():
        brands.raise_epochs([account_id])
        brands.set_secret(account_id, "")
        brands.set_connected(account_id, connected=False, words="Disconnected at the desk.")
        dues.drop("listen", account_id)
        records.enter(Verb.SETTING_CHANGED, f"account:{account_id}", by=by, at=clock.now())


def update_account(
    by: str,
    account_id: str,
    *,
    undo_seconds: int,
    protected: bool,
    marks: Mapping[str, Sequence[str]],
) -> None:
    """Change the undo window, the protection and the declared marks of an account.

    Raises:
        BadInput: the undo window is not between 0 and 60 seconds.
    """
    if not 0 <= undo_seconds <= 60:
        raise BadInput(_("The undo window is between 0 and 60 seconds."))
    cleaned = {
        kind: [one.strip().lstrip("@#").casefold() for one in values if one.strip()]
        for kind, values in marks.items()
    }
    with turn():
        brands.set_account(
            account_id, undo_seconds=undo_seconds, protected=protected, marks=cleaned
        )
        records.enter(Verb.SETTING_CHANGED, f"account:{account_id}", by=by, at=clock.now())


def _refuse_zone(time_zone: str) -> None:
    if time_zone not in available_timezones():
        raise BadInput(_("Write the time zone as a place, such as Europe/Madrid."))


def update_brand(by: str, brand_id: str, *, name: str, colour: str, time_zone: str) -> None:
    """Change a brand's name, colour and time zone.

    Raises:
        BadInput: there is no name, or no such time zone.
    """
    if not name.strip():
        raise BadInput(_("A brand needs a name."))
    _refuse_zone(time_zone)
    with turn():
        if brand_id not in {one.id for one in brands.list_brands()}:
            raise BadInput(_("There is no such brand here. Choose one from the list."))
        brands.save_brand(Brand(brand_id, name.strip(), colour, time_zone), practice=False)
        records.enter(Verb.SETTING_CHANGED, f"brand:{brand_id}", by=by, at=clock.now())
