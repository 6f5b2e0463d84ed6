"""Home: is anything burning? All brands, worst first, as of a moment."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from amends.desk.frame import Frame
from amends.flows import card, clock
from amends.store import boards
from amends.store.views import AccountView, BrandLine, HomeBoard

SHAPES = {
    "incident": "grave",
    "not hearing": "watch",
    "watch": "watch",
    "calm": "good",
    "by hand": "quiet",
}


@dataclass(frozen=True)
class Row:
    """One brand with its shape, word and the one thing to do."""

    line: BrandLine
    shape: str
    word: str
    door: str
    door_words: str
    listened: tuple[AccountView, ...] = ()


@never_cache
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the board, or the first choice while no brand is here."""
    board = boards.home(clock.now())
    if not board.lines:
        return redirect("start")
    return render(request, "prevent/home.html", _context(request, board))


@never_cache
@require_GET
def home_part(request: HttpRequest) -> HttpResponse:
    """Return the board anew."""
    return render(request, "prevent/home_board.html", _context(request, boards.home(clock.now())))


def _context(request: HttpRequest, board: HomeBoard) -> dict[str, object]:
    brand = Frame(request).brand
    lines = [one for one in board.lines if brand in {None, one.brand}]
    return {
        "board": board,
        "cards": [{"out": one} for one in card.waiting() if brand in {None, one.account.brand}],
        "rows": [_row(one) for one in lines],
        "fact": fact(lines),
        "all_calm": all(one.state == "calm" for one in lines),
        "unanswered": sum(one.unanswered for one in lines),
        "oldest": min(
            (o.oldest_unanswered_at for o in lines if o.oldest_unanswered_at), default=None
        ),
        "zone": _zone(lines),
        "held": sum(one.held for one in lines),
        "to_decide": sum(one.to_decide for one in lines),
    }


def _zone(lines: list[BrandLine]) -> str:
    """Return the zone that all brands share, else UTC."""
    zones = {one.brand.time_zone for one in lines}
    return zones.pop() if len(zones) == 1 else "UTC"


def fact(lines: list[BrandLine]) -> str:
    """Return what the board says in one line: 3 brands calm, 1 to watch."""
    counts = {state: sum(one.state == state for one in lines) for state in SHAPES}
    to_decide = sum(one.to_decide for one in lines)
    if counts["calm"] == len(lines) and not to_decide:
        return _("All calm")
    parts = []
    if counts["incident"]:
        parts.append(
            ngettext("%(n)d incident", "%(n)d incidents", counts["incident"])
            % {"n": counts["incident"]}
        )
    if to_decide:
        parts.append(
            ngettext(
                "%(n)d text waits for your decision",
                "%(n)d texts wait for your decision",
                to_decide,
            )
            % {"n": to_decide}
        )
    watch = counts["watch"] + counts["not hearing"]
    if watch:
        parts.append(_("%(n)d to watch") % {"n": watch})
    if counts["calm"]:
        parts.append(_("%(n)d calm") % {"n": counts["calm"]})
    if counts["by hand"]:
        parts.append(_("%(n)d put out by hand") % {"n": counts["by hand"]})
    return ", ".join(parts)


def _row(line: BrandLine) -> Row:
    words = {
        "incident": _("Incident"),
        "not hearing": _("Not hearing"),
        "watch": _("Watch"),
        "calm": _("Calm"),
        "by hand": _("By hand"),
    }
    if line.incident_id:
        door, door_words = reverse("room", args=[line.incident_id]), _("Open room")
    elif line.state == "not hearing":
        door, door_words = reverse("desk"), _("Look at the connection")
    elif line.to_decide:
        door, door_words = reverse("calendar"), _("Decide")
    elif line.state == "by hand":
        door, door_words = f"{reverse('compose')}?new=1", _("Compose")
    else:
        door, door_words = reverse("listen"), _("Listen")
    listened = tuple(one for one in line.accounts if not one.account.place)
    return Row(line, SHAPES[line.state], words[line.state], door, door_words, listened)
