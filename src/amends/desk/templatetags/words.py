"""Words and shapes for pages: states that tell the truth, times, and foreign text made visible.

This is the one reviewed place where markup is made in Python: everything that comes from
outside goes through `format_html`, which escapes it.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from django import template
from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.desk.signs import pieces_of
from amends.store.views import AlarmView, OutgoingView
from amends.vocabulary.brand import Brand
from amends.vocabulary.incident import Stage
from amends.vocabulary.outgoing import OutgoingKind, OutgoingState
from amends.vocabulary.reproach import Severity

register = template.Library()

SOON = timedelta(seconds=90)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
S = OutgoingState


class _Framed(Protocol):
    """The part of the frame that words need."""

    now: datetime


def now_in(context: Mapping[str, Any]) -> datetime:
    """Return the desk's time as the frame knows it."""
    frame: _Framed | None = context.get("frame")
    if frame is None:
        raise template.TemplateSyntaxError("This tag needs the frame's context.")
    return frame.now


# ---- shapes ----


@register.simple_tag
def shape(name: str) -> SafeString:
    """Return a shape: good (filled dot), watch (half dot), grave (square), quiet (ring)."""
    marks = static("desk/marks.svg")
    return format_html(
        '<svg class="shape" aria-hidden="true"><use href="{}#{}"></use></svg>', marks, name
    )


@register.simple_tag
def shape_words(name: str) -> SafeString:
    """Return a shape in its colour with its word for those who cannot see it."""
    words = {
        "good": _("Good:"),
        "watch": _("Please look:"),
        "grave": _("Stopped:"),
        "quiet": _("Note:"),
    }
    marks = static("desk/marks.svg")
    return format_html(
        '<svg class="shape verdict-shape shape--{}" aria-hidden="true"><use href="{}#{}"></use></svg>'
        '<span class="visually-hidden">{} </span>',
        name,
        marks,
        name,
        words[name],
    )


@register.simple_tag
def icon(name: str) -> SafeString:
    """Return an icon; always beside a word."""
    marks = static("desk/marks.svg")
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', marks, name
    )


@register.simple_tag
def state(name: str, words: object) -> SafeString:
    """Return a shape and its words, such as {% state "watch" "Watch" %}."""
    return format_html('<span class="state state--{}">{}{}</span>', name, shape(name), words)


@register.simple_tag
def badge(brand: Brand, size: str = "") -> SafeString:
    """Return the brand's initial in its colour; the name stands beside it."""
    extra = f" badge--{size}" if size else ""
    return format_html(
        '<span class="badge{} brand-{}" aria-hidden="true">{}</span>',
        extra,
        brand.id,
        brand.name[:1].upper(),
    )


# ---- states of what leaves: moments.md 7.3 ----


def outgoing_words(one: OutgoingView, now: datetime) -> tuple[str, str]:
    """Return (shape, words) for what leaves; *live* only where it is proven."""
    if one.kind is OutgoingKind.REMOVAL:
        return removal_words(one)
    said = {
        S.APPROVED: lambda: ("quiet", leaves_words(one.due_at - now)),
        S.HELD: lambda: ("watch", _("held")),
        S.INTENDED: lambda: ("quiet", _("sending")),
        S.SENDING: lambda: ("quiet", _("sending")),
        S.PUBLISHED: lambda: ("good", _live_words(one)),
        S.CONFIRMED: lambda: ("good", _live_words(one)),
        S.REFUSED: lambda: ("grave", _("refused")),
        S.UNKNOWN: lambda: ("watch", _("unconfirmed - checking")),
        S.NEEDS_PERSON: lambda: ("grave", _("unconfirmed - you decide")),
        S.MISSED: lambda: ("watch", _("missed")),
        S.CANCELLED: lambda: ("quiet", _("undone")),
        S.GIVEN_UP: lambda: ("quiet", _("left unproven")),
        S.VANISHED: lambda: ("watch", _("not found any more")),
    }
    return said[one.state]()


def removal_words(one: OutgoingView) -> tuple[str, str]:
    """Return (shape, words) for a removal on its way."""
    said = {
        S.CONFIRMED: ("good", _("taken down · checked")),
        S.REFUSED: ("grave", _("removal refused")),
        S.NEEDS_PERSON: ("grave", _("removal unconfirmed - you decide")),
        S.CANCELLED: ("quiet", _("undone")),
        S.GIVEN_UP: ("quiet", _("left unproven")),
        S.APPROVED: ("quiet", _("removing")),
        S.INTENDED: ("quiet", _("removing")),
        S.SENDING: ("quiet", _("removing")),
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


def _live_words(one: OutgoingView) -> str:
    checked = one.confirmed_at or one.published_at
    if checked is None:
        return _("live")
    at = clock_words(checked, one.account.brand.time_zone)
    return _("live · checked %(at)s") % {"at": at}


@register.simple_tag(takes_context=True)
def state_of(context: Mapping[str, Any], one: OutgoingView) -> SafeString:
    """Return shape and words for something that leaves or left."""
    return state(*outgoing_words(one, now_in(context)))


# ---- times ----


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
    if abs(gap) < timedelta(seconds=5):
        return _("now")
    long = span_words(abs(gap))
    return _("%(long)s ago") % {"long": long} if gap > timedelta(0) else _("in %(long)s") % {"long": long}


@register.filter(name="span")
def span_words(length: timedelta | None) -> str:
    """Return a length of time in the two largest units that matter: 2 h 10 min."""
    if length is None:
        return ""
    seconds = int(length.total_seconds())
    if seconds < 90:
        return _("%(n)d s") % {"n": seconds}
    minutes = seconds // 60
    if minutes < 60:
        return _("%(n)d min") % {"n": minutes}
    hours, minutes = divmod(minutes, 60)
    if hours < 48:
        return _("%(h)d h %(m)d min") % {"h": hours, "m": minutes} if minutes else _("%(h)d h") % {"h": hours}
    return _("%(n)d days") % {"n": hours // 24}


@register.simple_tag(takes_context=True)
def when(context: Mapping[str, Any], at: datetime | None, zone: str = "UTC") -> SafeString | str:
    """Return a time in relation to now, with the exact one and its zone as a title."""
    if at is None:
        return ""
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        at.astimezone(UTC).isoformat(timespec="seconds"),
        exact_words(at, zone),
        relative_words(at, now_in(context), zone),
    )


@register.simple_tag
def clock(at: datetime | None, zone: str = "UTC") -> SafeString | str:
    """Return hours and minutes, with the whole time and its zone as a title."""
    if at is None:
        return ""
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        at.astimezone(UTC).isoformat(timespec="seconds"),
        exact_words(at, zone),
        clock_words(at, zone),
    )


@register.simple_tag
def exact(at: datetime | None, zone: str = "UTC") -> SafeString | str:
    """Return the whole time with its zone."""
    if at is None:
        return ""
    iso = at.astimezone(UTC).isoformat(timespec="seconds")
    return format_html('<time datetime="{}">{}</time>', iso, exact_words(at, zone))


# ---- foreign text ----


@register.filter
def foreign(text: str | None) -> SafeString:
    """Return somebody's text, isolated in its own direction, with hidden signs made visible."""
    return format_html('<bdi dir="auto">{}</bdi>', _visible(text or ""))


def _visible(text: str) -> SafeString:
    return format_html_join("", "{}", ((_shown(*piece),) for piece in pieces_of(text)))


def _shown(piece: str, sign: str) -> SafeString | str:
    if not sign:
        return piece
    return format_html('<span class="hidden-sign" title="{}">{}</span>', sign, piece)


@register.filter
def at_handle(handle: str | None) -> SafeString:
    """Return a handle with its @, isolated in its own direction."""
    return foreign(f"@{handle}")


@register.simple_tag
def marked(pieces: tuple[tuple[str, bool], ...]) -> SafeString:
    """Return a text in pieces, those that a finding points at marked."""
    shown = ((_visible(text), hit) for text, hit in pieces)
    parts = ((format_html("<mark>{}</mark>", text) if hit else text,) for text, hit in shown)
    return format_html('<bdi dir="auto">{}</bdi>', format_html_join("", "{}", parts))


@register.filter
def is_https(address: str | None) -> bool:
    """Return whether an address from outside may become a link."""
    return bool(address) and str(address).startswith("https://")


@register.filter
def network_word(network: str) -> str:
    """Return a network's name as people say it."""
    return {"bluesky": "Bluesky", "memory": _("practice network")}.get(network, network)


@register.filter
def minus(one: int, other: int) -> int:
    """Return the difference of two counts."""
    return one - other


# ---- incidents and alarms ----


@register.filter
def severity_word(severity: Severity) -> str:
    """Return a severity's word."""
    return {
        Severity.TRIVIAL: _("Trivial"),
        Severity.MINOR: _("Minor"),
        Severity.MAJOR: _("Major"),
        Severity.CRITICAL: _("Critical"),
    }[severity]


@register.filter
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


@register.simple_tag
def alarm_words(alarm: AlarmView) -> SafeString:
    """Return an alarm in one sentence: who, how many, since when, against the usual."""
    people = ngettext(
        "%(n)d person", "%(n)d different people", alarm.people
    ) % {"n": alarm.people}
    words = _("%(people)s in %(long)s (usual: %(usual)s)") % {
        "people": people,
        "long": span_words(max(alarm.at - alarm.since, timedelta(minutes=1))),
        "usual": f"{alarm.usual:.1f}",
    }
    about = ""
    if alarm.about_post is not None:
        at = clock_words(alarm.about_post.at, alarm.account.brand.time_zone)
        about = _(", about the %(at)s post") % {"at": at}
    return format_html("{}: {}{}.", at_handle(alarm.account.handle), words, about)
