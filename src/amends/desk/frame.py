"""The frame around every page: who may see it, what stands above it, and how a "no" is said."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.deprecation import MiddlewareMixin
from django.utils.html import escape
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from amends.desk import health
from amends.flows import clock, hold, practice
from amends.store import alarms, brands, cards, outgoings, rooms, workspaces
from amends.store.views import AlarmView, HoldView
from amends.vocabulary.brand import Brand
from amends.vocabulary.errors import AmendsError, BadInput, BrokenLedger, NetworkError

OPEN_DOORS = frozenset(
    {"welcome", "healthz", "metrics", "theme", "account_login", "mfa_authenticate"}
)
OWN_ERRORS = {BadInput: 404, NetworkError: 502, BrokenLedger: 500}
STUCK = (OperationalError, InterfaceError)  # the store, not our code
NOTHING = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
THEMES = ("", "light", "dark")


@dataclass(frozen=True)
class Door:
    """One room in the rail."""

    name: str
    icon: str
    url: str
    here: bool
    tucked: bool  # behind "More" on a phone
    count: int = 0
    count_words: str = ""


class Frame:
    """What stands around every page, read only where a template asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def signed_in(self) -> bool:
        """Whether somebody is signed in."""
        return self._request.user.is_authenticated

    @property
    def theme(self) -> str:
        """Light, dark, or "" for what the system says."""
        wanted = self._request.COOKIES.get("theme", "")
        return wanted if wanted in THEMES else ""

    @property
    def other_theme(self) -> str:
        """The next position of the switch."""
        return THEMES[(THEMES.index(self.theme) + 1) % len(THEMES)]

    @cached_property
    def now(self) -> datetime:
        """The desk's time."""
        return clock.now()

    @cached_property
    def real_now(self) -> datetime:
        """The real time; the same as `now` unless the desk's clock was moved."""
        return clock.real()

    @cached_property
    def brands(self) -> tuple[Brand, ...]:
        """All brands."""
        return brands.list_brands() if self.signed_in else ()

    @cached_property
    def brand(self) -> Brand | None:
        """The brand that the switcher stands at, None for all."""
        wanted = self._request.session.get("brand", "")
        return next((one for one in self.brands if one.id == wanted), None)

    @cached_property
    def brands_version(self) -> str:
        """Changes with the brands' colours, so that the browser asks again."""
        named = "".join(f"{one.id}{one.colour}" for one in self.brands)
        return sha256(named.encode()).hexdigest()[:12]

    @cached_property
    def holds(self) -> tuple[HoldView, ...]:
        """The holds that stand."""
        return hold.active() if self.signed_in else ()

    @cached_property
    def alarms(self) -> tuple[AlarmView, ...]:
        """The alarms that nobody has answered."""
        return alarms.open_alarms(self.now) if self.signed_in else ()

    @cached_property
    def stuck(self) -> str:
        """One sentence where something due does not leave, "" otherwise."""
        return health.stuck() if self.signed_in else ""

    @cached_property
    def is_practice(self) -> bool:
        """Whether this desk practises."""
        return self.signed_in and practice.is_practice()

    @cached_property
    def may_move(self) -> bool:
        """Whether the desk's clock may be moved on."""
        return clock.may_move()

    @cached_property
    def doors(self) -> tuple[Door, ...]:
        """The rooms, with what waits in each."""
        waiting = len(outgoings.missed()) + len(outgoings.needs_person()) + cards.number_waiting()
        return (
            self._door("home", _("Home")),
            self._door("compose", _("Compose")),
            self._door("calendar", _("Calendar"), count=waiting, words=_("to decide or put out")),
            self._door("listen", _("Listen")),
            self._door("incidents", _("Incidents"), count=_open_incidents(), words=_("open")),
            self._door("lessons", _("Lessons"), tucked=True),
            self._door("desk", _("Desk"), tucked=True),
        )

    def _door(
        self, name: str, words_: str, *, tucked: bool = False, count: int = 0, words: str = ""
    ) -> Door:
        url = reverse(name)
        path = self._request.path
        here = path == url or (url != "/" and path.startswith(url))
        return Door(words_, name, url, here, tucked, count, words)


def _open_incidents() -> int:
    ends = {"learned", "dismissed", "settled"}
    return sum(one.stage.value not in ends for one in rooms.list_incidents())


def frame(request: HttpRequest) -> dict[str, Frame]:
    """Return the frame for a template."""
    return {"frame": Frame(request)}


class FrameMiddleware(MiddlewareMixin):
    """Let in who may come in, and say an AmendsError as a sentence on the same page."""

    def process_view(
        self,
        request: HttpRequest,
        _view: Callable[..., HttpResponse],
        _args: tuple[Any, ...],
        _kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        """Lead to the first page while nobody is here, and to signing in where it is needed."""
        try:
            return None if _door_name(request) in OPEN_DOORS else _way_in(request)
        except STUCK as error:  # Django asks `process_exception` only about the view itself
            return _stuck(request, error)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a refusal, or a store that cannot be used, with a sentence; leave the rest."""
        if not isinstance(error, AmendsError):
            return _stuck(request, error) if isinstance(error, STUCK) else None
        if is_htmx(request):
            return said(request, str(error))
        if request.method == "POST":
            messages.error(request, str(error))
            return redirect(way_back(request))
        status = next((code for kind, code in OWN_ERRORS.items() if isinstance(error, kind)), 409)
        return render(request, "frame/refused.html", {"words": str(error)}, status=status)

    def process_response(self, _request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Add what a browser should not offer to, or take from, other pages."""
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.setdefault("Permissions-Policy", NOTHING)
        return response


def _way_in(request: HttpRequest) -> HttpResponse | None:
    """Return where to go first, None for who is signed in."""
    if request.user.is_authenticated:
        return None
    way = reverse("account_login") if workspaces.has_people() else reverse("welcome")
    if is_htmx(request):
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = way
        return answer
    if way == reverse("welcome") or request.method != "GET":
        return HttpResponseRedirect(way)
    return redirect_to_login(request.get_full_path(), way)


def _stuck(request: HttpRequest, error: Exception) -> HttpResponse:
    """Say that the store cannot be used now, and give back what was typed."""
    words = store_words(str(error))
    if is_htmx(request):
        answer = HttpResponse(escape(words), status=422)
        answer["HX-Retarget"] = "#said"
        return answer
    typed = request.POST.get("text", "")
    return render(request, "frame/broken.html", {"words": words, "typed": typed}, status=503)


def store_words(cause: str) -> str:
    """Return one sentence for a database's error, with what to do."""
    reasons = {
        "full": _("The disk is full. Free some space, then try again."),
        "readonly": _(
            "The data folder cannot be written. Give it its rights back, then try again."
        ),
        "unable to open": _(
            "The data folder cannot be opened. Give it its rights back, then try again."
        ),
        "disk i/o": _("The disk does not answer. Look at it, then try again."),
        "locked": _("The store is busy. Wait a moment, then try again."),
    }
    plain = cause.casefold().replace("read-only", "readonly")
    found = next((words for sign, words in reasons.items() if sign in plain), "")
    otherwise = _("The database does not answer. See that it runs, then try again.")
    return f"{found or otherwise} {_('Nothing was sent, and what was kept before is safe.')}"


def _door_name(request: HttpRequest) -> str:
    found = request.resolver_match
    return found.url_name or "" if found else ""


def is_htmx(request: HttpRequest) -> bool:
    """Return whether the page asks for a part of itself."""
    return request.headers.get("HX-Request") == "true"


def said(request: HttpRequest, words: str, *, level: str = "error") -> HttpResponse:
    """Return a sentence for the top of the page that asked with htmx."""
    answer = render(request, "frame/said.html", {"words": words, "level": level}, status=422)
    answer["HX-Retarget"] = "#said"
    answer["HX-Reswap"] = "innerHTML"
    return answer


def way_back(request: HttpRequest, otherwise: str = "/") -> str:
    """Return the page of ours that a form was sent from."""
    referer = request.headers.get("Referer", "")
    hosts = {request.get_host()}
    if not url_has_allowed_host_and_scheme(referer, allowed_hosts=hosts):
        return otherwise
    parts = urlsplit(referer)
    try:
        resolve(parts.path)
    except Resolver404:
        return otherwise
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
