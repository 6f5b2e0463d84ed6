"""How fast an account may send: what its network asked for and allows, shared by all workers."""

from datetime import datetime

from django.db.models import F

from amends.store.models import AccountRow
from amends.vocabulary.outgoing import Quota


def wait_until(account_id: str) -> datetime | None:
    """Return until when (real time) the network asked the account to wait, None for never."""
    return AccountRow.objects.filter(pk=account_id).values_list("wait_until", flat=True).first()


def set_wait(account_id: str, until: datetime) -> None:
    """Keep until when the account waits."""
    AccountRow.objects.filter(pk=account_id).update(wait_until=until)


def count_wait(account_id: str) -> int:
    """Count that the network asked to wait once more, and return how often in a row."""
    rows = AccountRow.objects.filter(pk=account_id)
    rows.update(waits=F("waits") + 1)
    return rows.values_list("waits", flat=True).get()


def forget_waits(account_id: str) -> None:
    """Count anew: the network took something."""
    AccountRow.objects.filter(pk=account_id).exclude(waits=0).update(waits=0)


def served(account_id: str, at: datetime) -> None:
    """Keep when something of the account was last claimed."""
    AccountRow.objects.filter(pk=account_id).update(served_at=at)


def quota(account_id: str) -> Quota | None:
    """Return what the network last said is left, None where it said nothing."""
    kept = AccountRow.objects.filter(pk=account_id).values_list("quota", flat=True).first()
    if not kept:
        return None
    return Quota(kept["left"], kept["limit"], datetime.fromisoformat(kept["resets_at"]))


def set_quota(account_id: str, told: Quota) -> None:
    """Keep what the network said is left."""
    kept = {"left": told.left, "limit": told.limit, "resets_at": told.resets_at.isoformat()}
    AccountRow.objects.filter(pk=account_id).update(quota=kept)
