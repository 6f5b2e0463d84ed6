"""Small pages around the rooms: the frame's live parts, the switches, and what to say when lost."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from amends.desk import colours
from amends.desk.frame import THEMES, Frame, way_back
from amends.flows import clock, practice
from amends.store import brands, outgoings
from amends.vocabulary.errors import BadInput

YEAR_S = 365 * 24 * 3_600
AFTER_NEXT = timedelta(seconds=1)


@require_GET
def brands_css(request: HttpRequest) -> HttpResponse:
    """Return one class a brand, with its colour clamped for both papers."""
    rules = []
    for brand in Frame(request).brands:
        light, dark = colours.on_light(brand.colour), colours.on_dark(brand.colour)
        rules.append(
            f".brand-{brand.id} {{ --brand: light-dark({light}, {dark}); "
            f"--brand-ink: light-dark({colours.ink_on(light)}, {colours.ink_on(dark)}); }}\n"
        )
    answer = HttpResponse("".join(rules), content_type="text/css")
    answer["Cache-Control"] = f"private, max-age={YEAR_S}"  # its address changes with the colours
    return answer


@never_cache
@require_GET
def banners(request: HttpRequest) -> HttpResponse:
    """Return the standing holds."""
    return render(request, "frame/banners.html")


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep light, dark or the system's choice in a cookie."""
    wanted = request.POST.get("theme", "")
    answer = redirect(way_back(request))
    if wanted in THEMES:
        answer.set_cookie("theme", wanted, max_age=YEAR_S, samesite="Lax", httponly=True)
    return answer


@require_POST
def choose_brand(request: HttpRequest) -> HttpResponse:
    """Keep which brand the switcher stands at."""
    wanted = request.POST.get("brand", "")
    known = {one.id for one in brands.list_brands()}
    request.session["brand"] = wanted if wanted in known else ""
    back = way_back(request)
    return redirect("compose" if back.startswith("/compose/") else back)


@require_POST
def move_time(request: HttpRequest) -> HttpResponse:
    """Move the practice clock on, and carry out what falls due on the way.

    Raises:
        BadInput: nothing is scheduled, or the step is no number.
    """
    practice.move_time_on(request.user.get_username(), _step(request.POST.get("by", "")))
    return redirect(way_back(request))


def _step(by: str) -> timedelta:
    if by != "next":
        if by not in {"5", "30", "360"}:
            raise BadInput("Choose one of the steps shown.")
        return timedelta(minutes=int(by))
    now = clock.now()
    due_at = outgoings.next_due(now, now + timedelta(days=31))
    if due_at is None:
        raise BadInput("Nothing is scheduled: there is no next post to move on to.")
    return max(due_at - now, timedelta(0)) + AFTER_NEXT


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Say that there is no such page."""
    page = "frame/lost.html" if request.user.is_authenticated else "frame/broken.html"
    words = {"words": _("There is no such page.")}
    return render(request, page, words, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that a page broke, without asking the store for anything."""
    return render(request, "frame/broken.html", status=500)
