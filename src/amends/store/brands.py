"""Brands and accounts: rows to words and back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from amends.store.models import AccountRow, BrandRow
from amends.store.views import AccountView
from amends.store.workspaces import database_time
from amends.vocabulary.brand import Account, Brand, Marks
from amends.vocabulary.errors import BadInput
from amends.vocabulary.language import Language

MARK_KINDS = ("handles", "domains", "hashtags", "signatures")
LATE_AFTER = timedelta(minutes=3)  # three ordinary polls
BY_HAND = "by_hand"  # the network whose accounts people work: nothing is heard from it


@dataclass(frozen=True)
class Connection:
    """What a flow needs to reach an account's network."""

    account_id: str
    network: str
    handle: str
    server: str
    sealed: str
    cursor: str
    connected: bool
    epoch: int


def brand_of(row: BrandRow) -> Brand:
    """Return the brand in a row."""
    return Brand(id=row.id, name=row.name, colour=row.colour, time_zone=row.time_zone)


def marks_of(row: AccountRow) -> Marks:
    """Return declared and learned marks together, with the account's own handle."""
    joined = {
        kind: frozenset(row.marks.get(kind, ())) | frozenset(row.learned_marks.get(kind, ()))
        for kind in MARK_KINDS
    }
    joined["handles"] |= {row.handle.casefold()}
    return Marks(**joined)


def account_of(row: AccountRow) -> Account:
    """Return the account in a row."""
    return Account(
        id=row.id,
        brand=brand_of(row.brand),
        network=row.network,
        handle=row.handle,
        languages=tuple(Language(code) for code in row.languages) or tuple(Language),
        protected=row.protected,
        undo_seconds=row.undo_seconds,
        marks=marks_of(row),
        place=row.server if row.network == BY_HAND else "",
    )


def _active() -> "Sequence[AccountRow]":
    rows = AccountRow.objects.filter(brand__archived=False).select_related("brand")
    return list(rows.annotate(known=Count("posts")).order_by("brand__name", "handle"))


def _view(row: AccountRow, real_now: datetime) -> AccountView:
    late = row.last_heard_at is None or row.last_heard_at < real_now - LATE_AFTER
    return AccountView(
        account=account_of(row),
        server=row.server,
        connected=row.connected,
        connection_words=row.connection_words,
        last_heard_at=row.last_heard_at,
        heard_late=late and row.network != BY_HAND,
        posts_known=getattr(row, "known", 0),
    )


def list_accounts(real_now: datetime | None = None) -> tuple[AccountView, ...]:
    """Return the active accounts, by brand and handle.

    Args:
        real_now: The real time, for `heard_late`; the database's own when it is missing.
    """
    at = real_now or database_time()
    return tuple(_view(row, at) for row in _active())


def list_brands() -> tuple[Brand, ...]:
    """Return the active brands by name."""
    return tuple(brand_of(row) for row in BrandRow.objects.filter(archived=False).order_by("name"))


def own_brand_called(name: str) -> Brand | None:
    """Return the active brand of this name that is not invented, None for none."""
    row = BrandRow.objects.filter(archived=False, practice=False, name__iexact=name).first()
    return brand_of(row) if row else None


def accounts() -> tuple[Account, ...]:
    """Return the active accounts as words."""
    return tuple(account_of(row) for row in _active())


def account_row(account_id: str) -> AccountRow:
    """Return an active account's row, for this room only.

    Raises:
        BadInput: There is no such account.
    """
    row = (
        AccountRow.objects.select_related("brand")
        .annotate(known=Count("posts"))
        .filter(pk=account_id, brand__archived=False)
        .first()
    )
    if row is None:
        raise BadInput(_("There is no such account here any more. Choose one from the list."))
    return row


def account(account_id: str) -> AccountView:
    """Return one account.

    Raises:
        BadInput: There is no such account.
    """
    return _view(account_row(account_id), database_time())


def account_by_handle(handle: str) -> Account:
    """Return the account with this handle, with or without @, or with this id.

    Where several networks have it, the place goes before it: instagram:candil.

    Raises:
        BadInput: None has it, or several on different networks do.
    """
    wanted = handle.strip().removeprefix("@").casefold()
    found = [known for known in accounts() if wanted in _names_of(known)]
    if len(found) == 1:
        return found[0]
    if found:
        named = ", ".join(sorted(f"{one.place or one.network}:{one.handle}" for one in found))
        raise BadInput(f"@{wanted} stands on several networks: say which one, {named}.")
    known = ", ".join(f"@{one.handle}" for one in accounts()) or "none yet"
    raise BadInput(f"There is no account @{wanted} here. Connected accounts: {known}.")


def _names_of(known: Account) -> frozenset[str]:
    handle = known.handle.casefold()
    return frozenset({known.id, handle, f"{known.place or known.network}:{handle}"})


def connection(account_id: str) -> Connection:
    """Return how to reach the account's network.

    Raises:
        BadInput: There is no such account.
    """
    row = account_row(account_id)
    return Connection(
        account_id=row.id,
        network=row.network,
        handle=row.handle,
        server=row.server,
        sealed=row.secret,
        cursor=row.cursor,
        connected=row.connected,
        epoch=row.epoch,
    )


def save_brand(brand: Brand, *, practice: bool) -> None:
    """Keep a brand, new or changed."""
    BrandRow.objects.update_or_create(
        pk=brand.id,
        defaults={"name": brand.name, "colour": brand.colour, "time_zone": brand.time_zone},
        create_defaults={
            "name": brand.name,
            "colour": brand.colour,
            "time_zone": brand.time_zone,
            "practice": practice,
        },
    )


def add_account(
    account: Account, *, network_account_id: str, server: str, sealed: str, at: datetime
) -> None:
    """Keep a new account.

    Raises:
        BadInput: The account is connected already.
    """
    if AccountRow.objects.filter(
        network=account.network, network_account_id=network_account_id, brand__archived=False
    ).exists():
        raise BadInput(f"@{account.handle} is connected already. Find it under Desk.")
    AccountRow.objects.filter(
        network=account.network, network_account_id=network_account_id
    ).update(network_account_id=F("id"))
    AccountRow.objects.create(
        id=account.id,
        brand_id=account.brand.id,
        network=account.network,
        network_account_id=network_account_id,
        handle=account.handle,
        server=server,
        languages=[language.value for language in account.languages],
        protected=account.protected,
        undo_seconds=account.undo_seconds,
        marks=_lists(account.marks),
        secret=sealed,
        added_at=at,
    )


def _lists(marks: Marks) -> dict[str, list[str]]:
    return {kind: sorted(getattr(marks, kind)) for kind in MARK_KINDS}


def set_secret(account_id: str, sealed: str) -> None:
    """Replace an account's sealed secret."""
    AccountRow.objects.filter(pk=account_id).update(secret=sealed)


def renew_secret(account_id: str, sealed: str) -> None:
    """Keep a renewed secret, unless the account was disconnected meanwhile."""
    AccountRow.objects.filter(pk=account_id).exclude(secret="").update(secret=sealed)


def set_connected(account_id: str, *, connected: bool, words: str = "") -> None:
    """Say whether an account can be reached, and in words why not."""
    AccountRow.objects.filter(pk=account_id).update(
        connected=connected, connection_words=words[:500]
    )


def set_account(
    account_id: str, *, undo_seconds: int, protected: bool, marks: Mapping[str, Sequence[str]]
) -> None:
    """Change what a person may change about an account."""
    AccountRow.objects.filter(pk=account_id).update(
        undo_seconds=undo_seconds,
        protected=protected,
        marks={kind: sorted(set(marks.get(kind, ()))) for kind in MARK_KINDS},
    )


def set_learned_marks(account_id: str, marks: Mapping[str, Sequence[str]]) -> None:
    """Keep what an account's history says about its marks."""
    AccountRow.objects.filter(pk=account_id).update(
        learned_marks={kind: sorted(set(values)) for kind, values in marks.items()}
    )


def heard(account_id: str, *, cursor: str, at: datetime) -> None:
    """Keep the cursor of a fetch, in the transaction of its mentions."""
    rows = AccountRow.objects.filter(pk=account_id)
    rows.update(cursor=cursor, last_heard_at=at)
    rows.filter(connected=True).update(connection_words="")


def make_hot(account_id: str, until: datetime) -> None:
    """Listen to the account each second until then, on the workspace's clock."""
    AccountRow.objects.filter(pk=account_id).update(hot_until=until)


def hot_until(account_id: str) -> datetime | None:
    """Return until when the account is hot, on the workspace's clock."""
    return AccountRow.objects.filter(pk=account_id).values_list("hot_until", flat=True).first()


def hot_ids(now: datetime) -> frozenset[str]:
    """Return the accounts that are hot now because of a post."""
    rows = AccountRow.objects.filter(brand__archived=False, hot_until__gt=now)
    return frozenset(rows.values_list("pk", flat=True))


def network_name(account_id: str) -> str:
    """Return the name of an account's network, put away or not."""
    return AccountRow.objects.filter(pk=account_id).values_list("network", flat=True).get()


def lock_gate(account_id: str) -> int:
    """Lock the account's gate until the transaction ends and return its epoch."""
    return (
        AccountRow.objects.select_for_update()
        .filter(pk=account_id)
        .values_list("epoch", flat=True)
        .get()
    )


def gate_epoch(account_id: str) -> int:
    """Return the gate's epoch as it stands now."""
    return AccountRow.objects.filter(pk=account_id).values_list("epoch", flat=True).get()


def scopes_of(account_id: str) -> frozenset[str]:
    """Return every scope that covers the account."""
    found = AccountRow.objects.filter(pk=account_id).values_list("brand_id", flat=True).first()
    return frozenset({"everything", f"brand:{found}", f"account:{account_id}"})


def covered_by(scope: str) -> tuple[str, ...]:
    """Return the active accounts that a standing hold's scope covers; none when it was put away."""
    kind, _, name = scope.partition(":")
    chosen = {"everything": Q(), "brand": Q(brand_id=name), "account": Q(pk=name)}[kind]
    rows = AccountRow.objects.filter(chosen, brand__archived=False)
    return tuple(rows.order_by("pk").values_list("pk", flat=True))


def ids_in_scope(scope: str) -> tuple[str, ...]:
    """Return the active accounts that a scope covers.

    Raises:
        BadInput: The scope names nothing that is here.
    """
    if scope.partition(":")[0] not in {"everything", "brand", "account"}:
        raise BadInput(_("Say what to freeze: everything, brand:<id> or account:<id>."))
    found = covered_by(scope)
    if not found and scope != "everything":
        raise BadInput(_("There is no such brand or account here. Choose one from the list."))
    return found


def scope_words(scope: str) -> str:
    """Return a scope as a person reads it."""
    kind, _, name = scope.partition(":")
    if kind == "brand":
        row = BrandRow.objects.filter(pk=name).first()
        return f"{row.name}, every account" if row else scope
    if kind == "account":
        found = AccountRow.objects.filter(pk=name).first()
        return f"@{found.handle}" if found else scope
    return "everything"


def raise_epochs(account_ids: Sequence[str]) -> None:
    """Lock the gates and raise their epochs, so that no claim made before still passes."""
    rows = AccountRow.objects.select_for_update().filter(pk__in=account_ids).order_by("pk")
    list(rows.values_list("pk", flat=True))
    AccountRow.objects.filter(pk__in=account_ids).update(epoch=F("epoch") + 1)


def archive_practice() -> None:
    """Put the practice brands away."""
    BrandRow.objects.filter(practice=True).update(archived=True)


def own_ids(network: str) -> frozenset[str]:
    """Return our accounts' ids on a network, so that we never count ourselves."""
    rows = AccountRow.objects.filter(network=network)
    return frozenset(rows.values_list("network_account_id", flat=True))


def own_id(account_id: str) -> str:
    """Return the account's own id on its network, which never changes."""
    rows = AccountRow.objects.filter(pk=account_id)
    return rows.values_list("network_account_id", flat=True).first() or ""


def has_real_accounts() -> bool:
    """Return whether an account of a real network is connected."""
    return AccountRow.objects.filter(brand__archived=False).exclude(network="memory").exists()


def set_words(account_id: str, words: str) -> None:
    """Say in words why an account could not be heard, without calling it disconnected."""
    AccountRow.objects.filter(pk=account_id).update(connection_words=words[:500])


def is_here(account_id: str) -> bool:
    """Return whether the account is here and not put away, connected or not."""
    return AccountRow.objects.filter(pk=account_id, brand__archived=False).exists()


def is_active(account_id: str) -> bool:
    """Return whether the account is here, connected, and not put away."""
    return AccountRow.objects.filter(pk=account_id, brand__archived=False, connected=True).exists()
