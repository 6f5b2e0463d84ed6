"""Listen: what is said to and about us, and the alarms when it is more than usual."""

from datetime import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from amends.desk.notice.forms import FilterForm, ReplyForm, WhyForm
from amends.flows import alarm as alarm_flow
from amends.flows import clock, draft
from amends.flows import mention as mention_flow
from amends.store import alarms as kept_alarms
from amends.store import brands, mentions
from amends.store.views import MentionView, Review
from amends.vocabulary.errors import AmendsError, NotApproved

SHOWN = 100


def _filters(request: HttpRequest) -> dict[str, str]:
    """Return the filters in the address that are in use, as they go into the next address."""
    form = FilterForm(request.GET)
    form.is_valid()
    return {key: str(value) for key, value in form.cleaned_data.items() if value}


def _queue(chosen: dict[str, str]) -> tuple[MentionView, ...]:
    return mentions.queue(
        SHOWN,
        chosen.get("account", ""),
        only_reproach="reproach" in chosen,
        unanswered="unanswered" in chosen,
    )


@require_GET
def listen(request: HttpRequest) -> HttpResponse:
    """Show what was said, newest first."""
    chosen = _filters(request)
    said = _queue(chosen)
    newest = said[0].heard_at if said else clock.now()
    since = {**chosen, "since": newest.isoformat()}
    context = {
        "mentions": said,
        "accounts": brands.list_accounts(),
        "chosen": chosen,
        "back": f"{request.path}?{urlencode(chosen)}",
        "new_address": f"{reverse('listen_new')}?{urlencode(since)}",
        "shown": SHOWN,
        "now": clock.now(),
    }
    return render(request, "notice/listen.html", context)


@require_GET
def listen_new(request: HttpRequest) -> HttpResponse:
    """Say how many new rows wait, so that nothing moves under a reader's finger."""
    chosen, since = _filters(request), _since(request)
    new = sum(1 for one in _queue(chosen) if since is not None and one.heard_at > since)
    address = f"{reverse('listen')}?{urlencode(chosen)}"
    return render(request, "notice/new.html", {"new": new, "address": address})


def _since(request: HttpRequest) -> datetime | None:
    try:
        return parse_datetime(request.GET.get("since", ""))
    except ValueError:
        return None


def _review(said: MentionView, text: str) -> Review | None:
    """Return what the rules say about an answer; None while there are no words."""
    if not text.strip():
        return None
    return draft.review(said.account.id, text, kind="reply", answers=said.text)


@require_http_methods(["GET", "POST"])
def mention(request: HttpRequest, mention_id: str) -> HttpResponse:
    """Show one mention with its answer box, and send the answer."""
    said = mentions.mention(mention_id)
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _replied(request, said, form):
        return redirect("listen")
    text = form["text"].value() or ""
    context = {
        "mention": said,
        "form": form,
        "review": _review(said, text),
        "text": text,
        "now": clock.now(),
    }
    status = 422 if form.errors else 200
    return render(request, "notice/mention.html", context, status=status)


def _replied(request: HttpRequest, said: MentionView, form: ReplyForm) -> bool:
    text, reason = form.cleaned_data["text"], form.cleaned_data["reason"]
    try:
        mention_flow.reply(request.user.get_username(), said.id, text, reason=reason)
    except NotApproved as problem:
        form.add_error("reason", str(problem))
        return False
    except AmendsError as problem:
        form.add_error(None, str(problem))
        return False
    words = _("Your answer to @%(handle)s leaves after the undo time. Undo it under Calendar.")
    messages.success(request, words % {"handle": said.author_handle})
    return True


@require_POST
def mention_check(request: HttpRequest, mention_id: str) -> HttpResponse:
    """Return what the rules say about an answer as it is typed."""
    said = mentions.mention(mention_id)
    review = _review(said, request.POST.get("text", ""))
    return render(request, "notice/findings.html", {"review": review})


@require_POST
def mention_judge(request: HttpRequest, mention_id: str) -> HttpResponse:
    """Keep a person's word on whether it is reproach."""
    is_reproach = request.POST.get("is_reproach") == "yes"
    by = request.user.get_username()
    mention_flow.correct(by, mention_id, is_reproach=is_reproach)
    back = request.POST.get("back", "")
    listen_at = reverse("listen")
    address = back if back.startswith(f"{listen_at}?") else listen_at
    return redirect(f"{address}#{mention_id}")


@never_cache
@require_GET
def alarms(request: HttpRequest) -> HttpResponse:
    """Return the open alarms, for the live region on every page."""
    context = {
        "alarms": kept_alarms.open_alarms(clock.now()),
        "own_room": request.GET.get("room", ""),  # there, one quiet line is enough
    }
    return render(request, "notice/alarms.html", context)


@require_GET
def alarm(request: HttpRequest, alarm_id: str) -> HttpResponse:
    """Show one alarm with its record and its stated rate of false alarms."""
    context = {"alarm": kept_alarms.alarm(alarm_id), "form": WhyForm(), "now": clock.now()}
    return render(request, "notice/alarm.html", context)


@require_POST
def alarm_not_us(request: HttpRequest, alarm_id: str) -> HttpResponse:
    """Keep that an alarm is not about us; it can be taken back."""
    form = WhyForm(request.POST)
    why = form.cleaned_data["why"] if form.is_valid() else ""
    alarm_flow.not_us(request.user.get_username(), alarm_id, why)
    messages.success(request, _("Kept: not about us. It can be taken back here."))
    return redirect("alarm", alarm_id)


@require_POST
def alarm_watch(request: HttpRequest, alarm_id: str) -> HttpResponse:
    """Watch on for thirty minutes; then the alarm asks again."""
    alarm_flow.watch_on(request.user.get_username(), alarm_id)
    return redirect("alarm", alarm_id)


@require_POST
def alarm_take_back(request: HttpRequest, alarm_id: str) -> HttpResponse:
    """Take back what was said to an alarm, and go on to its incident."""
    return redirect("room", alarm_flow.take_back(request.user.get_username(), alarm_id))
