"""How fast an account may send: what its network asked for, and what is kept for answers.

A network's own word is stored on the account, so that all workers obey it. Posts never spend the
last fifth of an allowance: apologies, answers to people hurt and take-downs find it there.
"""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from amends.flows import clock
from amends.flows.patience import Policy
from amends.networks.port import SendLimit
from amends.networks.shelf import network_named
from amends.store import brands, outgoings, paces
from amends.vocabulary.outgoing import Outgoing, OutgoingKind, Quota

LONGEST = timedelta(days=1)  # a network that asks for more gets a day, then it is asked again


def wait_for(one: Outgoing, policy: Policy) -> tuple[datetime, str] | None:
    """Return until when (real time) a text must wait for its network's allowance, and in words.

    None where it may go at once. Ask inside the claim's transaction.
    """
    real = clock.real()
    reserve = policy.reserve if one.kind is OutgoingKind.POST else 0.0
    quota = paces.quota(one.account_id)
    if quota is not None and quota.resets_at > real and quota.left <= quota.limit * reserve:
        return quota.resets_at, _told(quota, reserve)
    for limit in network_named(brands.network_name(one.account_id)).can.sends:
        until = _room_at(one.account_id, limit, reserve, real)
        if until is not None:
            return until, _("This account has sent as much as its network allows for now.")
    return None


def _told(quota: Quota, reserve: float) -> str:
    words = {"left": quota.left, "limit": quota.limit, "until": f"{quota.resets_at:%H:%M} UTC"}
    if reserve and quota.left > 0:
        return (
            _(
                "The network allows %(left)d of %(limit)d more until %(until)s: "
                "these are kept for answers."
            )
            % words
        )
    return _("The network allows nothing more until %(until)s.") % words


def _room_at(account_id: str, limit: SendLimit, reserve: float, real: datetime) -> datetime | None:
    """Return when a window has room again, None where it has room now."""
    window = timedelta(seconds=limit.window_s)
    most = max(int(limit.most * (1 - reserve)), 1)
    if outgoings.calls_since(account_id, real - window) < most:
        return None
    return outgoings.nth_newest_call(account_id, most) + window


def asked_to_wait(one: Outgoing, retry_after_s: float | None, policy: Policy) -> datetime:
    """Let the whole account wait as its network asked, and return until when (real time)."""
    times = paces.count_wait(one.account_id)
    named = policy.waits_s[min(times, len(policy.waits_s)) - 1]
    wait = timedelta(seconds=named if retry_after_s is None else max(retry_after_s, 1.0))
    until = clock.real() + min(wait, LONGEST)
    paces.set_wait(one.account_id, until)
    return until


def heard(account_id: str, quota: Quota | None) -> None:
    """Keep what an answer said about the allowance; no answer of the kind changes nothing."""
    if quota is not None:
        paces.set_quota(account_id, quota)
