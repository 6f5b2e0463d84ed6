"""What pages say about states and times: strings only, by the table of states that tell the truth.

A state may be shown only on the evidence its name needs; none is inferred from "we sent it".
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.flows import places
from amends.store.views import AlarmView, OutgoingView
from amends.vocabulary.brand import Account
from amends.vocabulary.incident import Stage
from amends.vocabulary.outgoing import LIVE, OutgoingKind, OutgoingState
from amends.vocabulary.reproach import Severity

NOW = timedelta(seconds=5)
SOON = timedelta(seconds=90)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
S = OutgoingState


def outgoing_words(one: OutgoingView, now: datetime) -> tuple[str, str]:
    """Return (shape, words) for what leaves; *live* only where it is proven."""
    if one.kind is OutgoingKind.REMOVAL:
        return removal_words(one)
    if one.state is S.APPROVED:
        return "quiet", waiting_words(one, now)
    if one.state in LIVE:
        gone = ("quiet", _("taken down since"))
        return gone if one.taken_down else ("good", reported_words(one) or live_words(one))
    return {
        S.HELD: ("watch", _("held")),
        S.INTENDED: ("quiet", _("sending")),
        S.SENDING: ("quiet", _("sending")),
        S.REFUSED: ("grave", _("refused")),
        S.WITH_PERSON: ("watch", _("yours to put out")),
        S.UNKNOWN: ("watch", _("unconfirmed - checking")),
        S.NEEDS_PERSON: ("grave", _("unconfirmed - you decide")),
        S.MISSED: ("watch", _("missed")),
        S.CANCELLED: ("quiet", _("undone")),
        S.GIVEN_UP: ("quiet", _("left unproven")),
        S.VANISHED: ("watch", _("not found any more")),
    }[one.state]


def waiting_words(one: OutgoingView, now: datetime) -> str:
    """Return when a text leaves or becomes a card, or for which post of its thread it waits."""
    if one.thread and one.thread.waits_for:
        return _("waits for post %(n)d") % {"n": one.thread.waits_for}
    left = one.due_at - now
    return yours_words(left) if is_by_hand(one.account) else leaves_words(left)


def is_by_hand(account: Account) -> bool:
    """Return whether people put out what leaves from this account."""
    return bool(account.place)


def reported_words(one: OutgoingView) -> str:
    """Return who said that a text is out, or a post gone; "" where it was not put out by hand."""
    if not one.confirmed_by or not is_by_hand(one.account):
        return ""
    words = _("gone, says %(by)s") if one.kind is OutgoingKind.REMOVAL else _("out, says %(by)s")
    return words % {"by": one.confirmed_by}


def removal_words(one: OutgoingView) -> tuple[str, str]:
    """Return (shape, words) for a removal on its way."""
    if one.state in LIVE and reported_words(one):
        return "good", reported_words(one)
    said = {
        S.CONFIRMED: ("good", _("taken down · checked")),
        S.REFUSED: ("grave", _("removal refused")),
        S.NEEDS_PERSON: ("grave", _("removal unconfirmed - you decide")),
        S.CANCELLED: ("quiet", _("undone")),
        S.GIVEN_UP: ("quiet", _("left unproven")),
        S.APPROVED: ("quiet", _("removing")),
        S.INTENDED: ("quiet", _("removing")),
        S.SENDING: ("quiet", _("removing")),
        S.WITH_PERSON: ("watch", _("yours to take down")),
        S.MISSED: ("watch", _("not taken down")),
    }
    return said.get(one.state, ("watch", _("removal unconfirmed - checking")))


def leaves_words(left: timedelta) -> str:
    """Return when something leaves, counted in seconds only where it is soon."""
    if left <= timedelta(0):
        return _("leaves now")
    if left <= SOON:
        return _("leaves in %(seconds)d s") % {"seconds": round(left.total_seconds())}
    if left <= HOUR:
        return _("leaves in %(minutes)d min") % {"minutes": round(left.total_seconds() / 60)}
    return _("scheduled")


def yours_words(left: timedelta) -> str:
    """Return when a text becomes a card for people to put out."""
    if left <= timedelta(0):
        return _("yours now")
    if left <= SOON:
        return _("yours in %(seconds)d s") % {"seconds": round(left.total_seconds())}
    if left <= HOUR:
        return _("yours in %(minutes)d min") % {"minutes": round(left.total_seconds() / 60)}
    return _("scheduled")


def live_words(one: OutgoingView) -> str:
    """Return that a text is live, with the time at which it was last seen to be."""
    checked = one.confirmed_at or one.published_at
    if checked is None:
        return _("live")
    at = clock_words(checked, one.account.brand.time_zone)
    return _("live · checked %(at)s") % {"at": at}


def zone_of(name: str) -> ZoneInfo:
    """Return a zone, UTC for an unknown name."""
    try:
        return ZoneInfo(name or "UTC")
    except (KeyError, ValueError):
        return ZoneInfo("UTC")


def clock_words(at: datetime, zone: str = "UTC") -> str:
    """Return hours and minutes in a zone: 16:42."""
    return date_format(at.astimezone(zone_of(zone)), "H:i")


def exact_words(at: datetime, zone: str = "UTC") -> str:
    """Return a whole time with its zone named: Sat 22 Nov 2026, 23:41:07 CET."""
    local = at.astimezone(zone_of(zone))
    return f"{date_format(local, 'D j M Y, H:i:s')} {local.tzname()}"


def relative_words(at: datetime, now: datetime, zone: str = "UTC") -> str:
    """Return a time as people say it: 12 min ago, in 8 s, Sat 22 Nov, 23:41."""
    gap = now - at
    if abs(gap) >= DAY:
        return date_format(at.astimezone(zone_of(zone)), "D j M, H:i")
    if abs(gap) < NOW:
        return _("now")
    long = span_words(abs(gap))
    return (
        _("%(long)s ago") % {"long": long}
        if gap > timedelta(0)
        else _("in %(long)s") % {"long": long}
    )


def span_words(length: timedelta) -> str:
    """Return a length of time in the two largest units that matter: 2 h 10 min."""
    seconds = int(length.total_seconds())
    minutes, hours, days = seconds // 60, seconds // 3_600, seconds // 86_400
    left = minutes % 60
    if seconds < 90:
        return _("%(n)d s") % {"n": seconds}
    if minutes < 60:
        return _("%(n)d min") % {"n": minutes}
    if days >= 2:
        return _("%(n)d days") % {"n": days}
    hour_words = _("%(n)d h") % {"n": hours}
    return f"{hour_words} {_('%(n)d min') % {'n': left}}" if left else hour_words


def severity_word(severity: Severity) -> str:
    """Return a severity's word."""
    return {
        Severity.TRIVIAL: _("Trivial"),
        Severity.MINOR: _("Minor"),
        Severity.MAJOR: _("Major"),
        Severity.CRITICAL: _("Critical"),
    }[severity]


def stage_word(stage: Stage) -> str:
    """Return a stage's word."""
    return {
        Stage.NOTICED: _("Noticed"),
        Stage.HELD: _("Held"),
        Stage.UNDERSTOOD: _("Understood"),
        Stage.DECIDED: _("Decided"),
        Stage.ANSWERED: _("Answered"),
        Stage.SETTLED: _("Settled"),
        Stage.LEARNED: _("Learned"),
        Stage.DISMISSED: _("Dismissed"),
    }[stage]


def network_word(network: str) -> str:
    """Return a network's name as people say it."""
    known = {"bluesky": "Bluesky", "mastodon": "Mastodon", "memory": _("practice network")}
    return known.get(network, network)


def where_words(account: Account) -> str:
    """Return where an account is, as people say it: Bluesky; Instagram, by hand."""
    if is_by_hand(account):
        return _("%(place)s, by hand") % {"place": places.title_of(account)}
    return network_word(account.network)


def alarm_facts(alarm: AlarmView) -> str:
    """Return an alarm's facts: how many people, since when, against the usual."""
    people = ngettext("%(n)d person", "%(n)d different people", alarm.people) % {"n": alarm.people}
    words = _("%(people)s in %(long)s (usual: %(usual)s)") % {
        "people": people,
        "long": span_words(max(alarm.at - alarm.since, timedelta(minutes=1))),
        "usual": f"{alarm.usual:.1f}" if alarm.usual >= 0.1 else _("under 0.1"),
    }
    if alarm.about_post is None:
        return words
    at = clock_words(alarm.about_post.at, alarm.account.brand.time_zone)
    return words + _(", about the %(at)s post") % {"at": at}
