"""Cards: one text that a person puts out by hand, with all that is needed for it on one page."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from amends.desk.frame import is_htmx
from amends.flows import by_hand
from amends.flows import card as flow
from amends.store import cards
from amends.store.views import OutgoingView
from amends.vocabulary.errors import AmendsError, BadInput
from amends.vocabulary.outgoing import LIVE, OutgoingState

S = OutgoingState
LINE = 46  # characters that stand on a line of the text's box on a phone
PARTS = ("state", "text", "steps")
NAMES = {"image/png": "png", "image/jpeg": "jpg"}


@never_cache
@require_GET
def card(request: HttpRequest, outgoing_id: str) -> HttpResponse:
    """Show one card."""
    return _page(request, outgoing_id)


@never_cache
@require_GET
def part(request: HttpRequest, outgoing_id: str, name: str) -> HttpResponse:
    """Return one part of the card anew."""
    if name not in PARTS:
        raise BadInput(_("There is no such part of a card."))
    return render(request, f"prevent/card_{name}.html", _context(request, outgoing_id))


def _page(
    request: HttpRequest, outgoing_id: str, *, refused: str = "", link: str = ""
) -> HttpResponse:
    context = {**_context(request, outgoing_id), "refused": refused, "link": link}
    return render(request, "prevent/card.html", context, status=422 if refused else 200)


def _context(request: HttpRequest, outgoing_id: str) -> dict[str, object]:
    found = flow.card_of(outgoing_id)
    out, me = found.out, request.user.get_username()
    return {
        "card": found,
        "out": out,
        "account": out.account,
        "mine": out.in_hand_of == me,
        "others": out.in_hand_of not in {"", me},
        "may_copy": out.state is S.WITH_PERSON and out.in_hand_of in {"", me},
        "is_card": out.state is S.WITH_PERSON,
        "is_out": out.state in LIVE,
        "rows": _rows(out.text),
    }


def _rows(text: str) -> int:
    """Return how many lines the text's box shall have, between 4 and 18."""
    lines = sum(1 + len(line) // LINE for line in text.splitlines() or [""])
    return min(max(lines + 1, 4), 18)


@require_POST
def act(request: HttpRequest, outgoing_id: str, what: str) -> HttpResponse:
    """Carry out what a person says about a card."""
    chosen = ACTS.get(what)
    if chosen is None:
        raise BadInput(_("There is no such choice on a card."))
    try:
        words = chosen(request, request.user.get_username(), outgoing_id)
    except AmendsError as problem:
        if is_htmx(request):
            raise
        return _page(request, outgoing_id, refused=str(problem), link=request.POST.get("link", ""))
    if is_htmx(request):
        return HttpResponse(status=204)
    messages.info(request, words)
    return redirect(
        "card" if what in {"take", "put-back"} else "calendar", *_back(what, outgoing_id)
    )


def _back(what: str, outgoing_id: str) -> tuple[str, ...]:
    return (outgoing_id,) if what in {"take", "put-back"} else ()


def _take(_request: HttpRequest, by: str, outgoing_id: str) -> str:
    by_hand.take_in_hand(by, outgoing_id)
    return _("It is in your hands for ten minutes; the others see that.")


def _put_back(_request: HttpRequest, by: str, outgoing_id: str) -> str:
    by_hand.give_back(by, outgoing_id)
    return _("Put back: somebody else may take it.")


def _done(request: HttpRequest, by: str, outgoing_id: str) -> str:
    link = request.POST.get("link", "")
    by_hand.done(by, outgoing_id, link)
    return _("Kept as out, with its link.") if link.strip() else _("Kept as reported by you.")


def _could_not(request: HttpRequest, by: str, outgoing_id: str) -> str:
    by_hand.could_not(by, outgoing_id, request.POST.get("why", ""))
    return _("It waits here for a decision: a new time, or none.")


ACTS: dict[str, Callable[[HttpRequest, str, str], str]] = {
    "take": _take,
    "put-back": _put_back,
    "done": _done,
    "could-not": _could_not,
}


@require_GET
def picture(request: HttpRequest, outgoing_id: str, number: int) -> HttpResponse:  # noqa: ARG001 - a view's signature
    """Return one picture that goes with a text, as a file to save."""
    out: OutgoingView = flow.card_of(outgoing_id).out
    if number >= len(out.pictures):
        raise BadInput(_("That picture is not here any more."))
    kind, content = cards.picture(out.pictures[number].sha256)
    if kind not in NAMES:
        raise BadInput(_("That picture is not here any more."))
    answer = HttpResponse(content, content_type=kind)
    name = f"{out.account.handle}-{number + 1}.{NAMES[kind]}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'.encode(
        "ascii", "ignore"
    ).decode()
    answer["Cache-Control"] = "private, no-store"
    return answer
