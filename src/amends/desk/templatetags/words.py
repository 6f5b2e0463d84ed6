"""Words and shapes for pages: states that tell the truth, times, and foreign text made visible.

This is the one reviewed place where markup is made in Python: everything that comes from
outside goes through `format_html`, which escapes it.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from django import template
from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from amends.desk import speech
from amends.desk.signs import pieces_of
from amends.flows import places
from amends.store.views import AlarmView, OutgoingView
from amends.vocabulary.brand import Brand

register = template.Library()


class _Framed(Protocol):
    """The part of the frame that words need."""

    now: datetime
    real_now: datetime


def now_in(context: Mapping[str, Any]) -> datetime:
    """Return the desk's time as the frame knows it."""
    return _framed(context).now


def _framed(context: Mapping[str, Any]) -> _Framed:
    frame: _Framed | None = context.get("frame")
    if frame is None:
        raise template.TemplateSyntaxError("This tag needs the frame's context.")
    return frame


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
    return format_html(
        '<span class="shape--{}">{}</span><span class="visually-hidden">{} </span>',
        name,
        shape(name),
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


# ---- states and times ----


@register.simple_tag(takes_context=True)
def state_of(context: Mapping[str, Any], one: OutgoingView) -> SafeString:
    """Return shape and words for something that leaves or left."""
    return state(*speech.outgoing_words(one, now_in(context)))


@register.simple_tag(takes_context=True)
def when(context: Mapping[str, Any], at: datetime | None, zone: str = "UTC") -> SafeString | str:
    """Return a time in relation to now, with the exact one and its zone as a title."""
    return "" if at is None else _relative(at, now_in(context), zone)


@register.simple_tag(takes_context=True)
def heard(context: Mapping[str, Any], at: datetime | None, zone: str = "UTC") -> SafeString | str:
    """Return when a network was heard: in real time, also where the desk's clock was moved."""
    return "" if at is None else _relative(at, _framed(context).real_now, zone)


def _relative(at: datetime, now: datetime, zone: str) -> SafeString:
    return _time(at, speech.exact_words(at, zone), speech.relative_words(at, now, zone))


def _time(at: datetime, title: str, words: str) -> SafeString:
    iso = at.astimezone(UTC).isoformat(timespec="seconds")
    return format_html('<time datetime="{}" title="{}">{}</time>', iso, title, words)


@register.simple_tag
def clock(at: datetime | None, zone: str = "UTC") -> SafeString | str:
    """Return hours and minutes, with the whole time and its zone as a title."""
    if at is None:
        return ""
    return _time(at, speech.exact_words(at, zone), speech.clock_words(at, zone))


@register.simple_tag
def clock_exact(at: datetime, zone: str = "UTC") -> SafeString:
    """Return hours, minutes and seconds with the zone named: 08:30:12 CET."""
    local = at.astimezone(speech.zone_of(zone))
    iso = at.astimezone(UTC).isoformat(timespec="seconds")
    words = f"{date_format(local, 'H:i:s')} {local.tzname()}"
    return format_html('<time datetime="{}">{}</time>', iso, words)


@register.simple_tag
def exact(at: datetime | None, zone: str = "UTC") -> SafeString | str:
    """Return the whole time with its zone."""
    if at is None:
        return ""
    iso = at.astimezone(UTC).isoformat(timespec="seconds")
    return format_html('<time datetime="{}">{}</time>', iso, speech.exact_words(at, zone))


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
def minus(one: int, other: int) -> int:
    """Return the difference of two counts."""
    return one - other


@register.simple_tag
def alarm_words(alarm: AlarmView) -> SafeString:
    """Return an alarm in one sentence: who, how many, since when, against the usual."""
    return format_html("{}: {}.", at_handle(alarm.account.handle), speech.alarm_facts(alarm))


@register.filter(name="span")
def span(length: timedelta | None) -> str:
    """Return a length of time: 2 h 10 min."""
    return "" if length is None else speech.span_words(length)


register.filter("severity_word", speech.severity_word)
register.filter("stage_word", speech.stage_word)
register.filter("network_word", speech.network_word)
register.filter("where_words", speech.where_words)
register.filter("place_words", places.title_of)
register.filter("is_by_hand", speech.is_by_hand)
