"""The outbox and the calendar: what leaves when, what left, and what a person decides."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from amends.desk.frame import Frame, is_htmx, said
from amends.desk.prevent.forms import LOCAL, local_time
from amends.desk.speech import zone_of
from amends.flows import card, clock, decide
from amends.store import outgoings, posts
from amends.store.views import OutgoingView
from amends.vocabulary.errors import BadInput
from amends.vocabulary.outgoing import IN_FLIGHT, LIVE, OutgoingKind, OutgoingState

SOON = timedelta(minutes=11)  # the undo window, and the ten minutes of a text that would stop
SHOWN = 20
S = OutgoingState
Rest = Mapping[str, Sequence[OutgoingView]]


@dataclass(frozen=True)
class Line:
    """One text of the outbox, with the page of its post once it is live."""

    out: OutgoingView
    post_id: str = ""
    suggested: str = ""  # a new time in the brand's zone, as the form writes it
    rest: tuple[OutgoingView, ...] = ()  # the posts of its thread that wait for it


@dataclass(frozen=True)
class Day:
    """What leaves on one day of the desk."""

    day: date
    lines: tuple[Line, ...]


@never_cache
@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """Show what waits, what leaves and what left."""
    return render(request, "prevent/calendar.html", _parts(request))


@never_cache
@require_GET
def part(request: HttpRequest, name: str) -> HttpResponse:
    """Return one part of the page anew."""
    if name not in {"cards", "leaving", "decide", "later", "lately"}:
        raise BadInput(_("There is no such part of the calendar."))
    return render(request, f"prevent/calendar_{name}.html", _parts(request))


def _parts(request: HttpRequest) -> dict[str, object]:
    now, brand = clock.now(), Frame(request).brand
    mine = [
        one for one in outgoings.upcoming() if brand is None or one.account.brand.id == brand.id
    ]
    heads, rest = _folded(mine)
    decide = [
        one
        for one in heads
        if one.state in {S.NEEDS_PERSON, S.MISSED, S.REFUSED} or (one.thread and _waits(one))
    ]
    leaving = [
        one
        for one in heads
        if one.state in IN_FLIGHT or (one.state is S.APPROVED and one.due_at - now < SOON)
    ]
    leaving = [one for one in leaving if one not in decide]
    yours = [one for one in card.waiting() if brand in {None, one.account.brand}]
    placed = {one.id for one in (*decide, *leaving, *yours)}
    later = [one for one in heads if one.id not in placed]
    lately = [one for one in outgoings.recent(SHOWN) if brand in {None, one.account.brand}]
    return {
        "cards": [_line(one, rest) for one in yours],
        "decide": [_line(one, rest) for one in decide],
        "leaving": [_line(one, rest) for one in leaving],
        "days": tuple(_days(later, rest)),
        "lately": [Line(one, _post_of(one)) for one in lately],
        "soon": bool(leaving),
    }


def _waits(one: OutgoingView) -> int:
    return one.thread.waits_for if one.thread else 0


def _folded(mine: Sequence[OutgoingView]) -> tuple[list[OutgoingView], Rest]:
    """Return the texts with a line of their own, and by their id the posts that wait for them."""
    heads, rest = [], defaultdict(list)
    nearest: dict[str, str] = {}
    for one in sorted(mine, key=lambda one: one.thread.part if one.thread else 0):
        head = nearest.get(one.thread.id, "") if one.thread and _waits(one) else ""
        if head:
            rest[head].append(one)
        else:
            heads.append(one)
            nearest[one.thread.id if one.thread else one.id] = one.id
    order = {one.id: place for place, one in enumerate(mine)}
    return sorted(heads, key=lambda one: order[one.id]), rest


def _line(one: OutgoingView, rest: Rest) -> Line:
    local = (clock.now() + timedelta(minutes=30)).astimezone(zone_of(one.account.brand.time_zone))
    return Line(one, suggested=local.strftime(LOCAL), rest=tuple(rest.get(one.id, ())))


def _post_of(one: OutgoingView) -> str:
    if one.state not in LIVE or one.kind is OutgoingKind.REMOVAL or not one.network_id:
        return ""
    return posts.post_by_address(one.account.id, one.network_id)


def _days(later: Iterable[OutgoingView], rest: Rest) -> Iterable[Day]:
    def local_day(one: OutgoingView) -> date:
        return one.due_at.astimezone(zone_of(one.account.brand.time_zone)).date()

    for day, found in groupby(sorted(later, key=local_day), key=local_day):
        yield Day(day, tuple(_line(one, rest) for one in found))


# ---- what a person decides ----


@require_POST
def act(request: HttpRequest, outgoing_id: str, what: str) -> HttpResponse:
    """Carry out what a person decided about one text."""
    by = request.user.get_username()
    chosen = ACTS.get(what)
    if chosen is None:
        raise BadInput(_("There is no such choice for a text in the outbox."))
    words = chosen(request, by, outgoing_id)
    if is_htmx(request):
        return said(request, words, level="info")
    messages.info(request, words)
    return redirect("calendar")


def _undo(_request: HttpRequest, by: str, outgoing_id: str) -> str:
    thread = outgoings.outgoing(outgoing_id).thread
    decide.undo(by, outgoing_id)
    if thread and thread.part < thread.parts:
        return _("Undone, with the posts after it: nothing of them was sent.")
    return _("Undone: nothing of it was sent. A post's words are back under Compose.")


def _drop(_request: HttpRequest, by: str, outgoing_id: str) -> str:
    thread = outgoings.outgoing(outgoing_id).thread
    decide.drop(by, outgoing_id)
    if thread and thread.part < thread.parts:
        return _("Dropped, with the posts after it: none of them was sent.")
    return _("Dropped: it was not sent.")


def _retry(_request: HttpRequest, by: str, outgoing_id: str) -> str:
    decide.retry(by, outgoing_id)
    return _("It is on its way again.")


def _reschedule(request: HttpRequest, by: str, outgoing_id: str) -> str:
    zone = outgoings.outgoing(outgoing_id).account.brand.time_zone
    decide.reschedule(by, outgoing_id, local_time(request.POST.get("at", ""), zone))
    return _("It has a new time.")


def _there(request: HttpRequest, by: str, outgoing_id: str) -> str:
    link = request.POST.get("link", "").strip()
    if not link:
        raise BadInput(_("Paste the link of the post you found."))
    decide.it_is_there(by, outgoing_id, link)
    return _("Kept as live, with the link you found.")


def _not_there(_request: HttpRequest, by: str, outgoing_id: str) -> str:
    decide.not_there_send_again(by, outgoing_id)
    if outgoings.outgoing(outgoing_id).due_at > clock.now():
        return _("It leaves at its time.")
    return _("It is sent once more.")


def _leave(_request: HttpRequest, by: str, outgoing_id: str) -> str:
    decide.give_up(by, outgoing_id)
    return _("Left unproven: nothing more is sent.")


ACTS: dict[str, Callable[[HttpRequest, str, str], str]] = {
    "undo": _undo,
    "drop": _drop,
    "retry": _retry,
    "reschedule": _reschedule,
    "there": _there,
    "not-there": _not_there,
    "leave": _leave,
}
