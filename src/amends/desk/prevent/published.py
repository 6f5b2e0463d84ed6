"""One post of ours, and the two honest ways to mend it: under it, or openly gone."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from amends.desk.frame import Frame
from amends.desk.prevent.forms import MistakeForm, TakedownForm
from amends.flows import incident, practice, takedown
from amends.store import brands, incidents, mentions, outgoings, posts
from amends.store.views import PostView
from amends.vocabulary.errors import AmendsError

ASKED = 12  # posts offered under "I made a mistake"


@never_cache
@require_GET
def post(request: HttpRequest, post_id: str) -> HttpResponse:
    """Show one post with what was said about it."""
    return _page(request, posts.post(post_id), TakedownForm())


def _page(
    request: HttpRequest, found: PostView, form: TakedownForm, refused: str = ""
) -> HttpResponse:
    if not found.account.place:
        del form.fields["seen"]
    sent = outgoings.of_post(found.account.id, found.network_id)
    context = {
        "post": found,
        "form": form,
        "refused": refused,
        "mentions": mentions.of_post(found.id),
        "incident_id": incidents.of_post(found.id),
        "sent": outgoings.outgoing(sent.id) if sent else None,
        "practises": practice.is_practice() and found.account.network == "memory",
    }
    return render(request, "prevent/post.html", context, status=422 if form.is_bound else 200)


@require_POST
def take_down(request: HttpRequest, post_id: str) -> HttpResponse:
    """Keep evidence, take the post down openly, and go to the room."""
    form = TakedownForm(request.POST)
    found = posts.post(post_id)
    if not form.is_valid():
        return _page(request, found, form)
    by = request.user.get_username()
    try:
        room = takedown.take_down(by, post_id, **form.cleaned_data)
    except AmendsError as problem:
        return _page(request, found, form, str(problem))
    words = _("Evidence is kept and the removal is on its way.")
    if found.account.place:
        words = _("Our own copy is kept. Take the post down with its card, under Calendar.")
    messages.info(request, words)
    return redirect("room", room)


@require_POST
def audience(request: HttpRequest, post_id: str) -> HttpResponse:
    """Let the practice audience answer a post; only ever while practising."""
    said = practice.audience_reproaches(request.user.get_username(), post_id)
    words = _("%(n)d invented people have answered. The desk's time has moved on.")
    messages.info(request, words % {"n": said})
    return redirect("post", post_id)


@never_cache
@require_http_methods(["GET", "POST"])
def mistake(request: HttpRequest) -> HttpResponse:
    """Open a room because a person says that something went wrong."""
    form = MistakeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data
        room = incident.mistake(
            request.user.get_username(),
            post_id=found["post"],
            account_id="" if found["post"] else found["account"],
            what=found["what"],
        )
        return redirect("room", room)
    return _ask(request, form)


def _ask(request: HttpRequest, form: MistakeForm) -> HttpResponse:
    brand = Frame(request).brand
    known = [o for o in brands.list_accounts() if brand in {None, o.account.brand}]
    recent = [o for o in posts.recent_posts(limit=ASKED * 3) if brand in {None, o.account.brand}]
    chosen = request.GET.get("post", "")
    if chosen and all(one.id != chosen for one in recent[:ASKED]):
        recent.insert(0, posts.post(chosen))
    context = {"form": form, "accounts": known, "recent": recent[:ASKED], "chosen": chosen}
    return render(request, "prevent/mistake.html", context, status=422 if form.is_bound else 200)
