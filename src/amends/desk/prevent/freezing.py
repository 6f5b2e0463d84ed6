"""Freeze: two clicks from anywhere, a receipt of what waits, and a resume post by post."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from amends.desk.frame import Frame
from amends.desk.prevent.forms import WhyForm
from amends.flows import hold
from amends.store import brands, holds
from amends.vocabulary.errors import BadInput


@never_cache
@require_http_methods(["GET", "POST"])
def freeze(request: HttpRequest) -> HttpResponse:
    """Offer what can be frozen, and freeze it."""
    if request.method == "POST":
        form = WhyForm(request.POST)
        form.is_valid()
        why = form.cleaned_data.get("why", "")
        made = hold.hold(request.user.get_username(), request.POST.get("scope", ""), why)
        return redirect("receipt", made.id)
    brand = Frame(request).brand
    known = brands.list_accounts()
    context = {
        "accounts": sorted(known, key=lambda one: brand is not None and one.account.brand != brand),
        "brands": sorted(brands.list_brands(), key=lambda one: brand is not None and one != brand),
    }
    return render(request, "prevent/freeze.html", context)


@never_cache
@require_GET
def receipt(request: HttpRequest, hold_id: str) -> HttpResponse:
    """Show what a hold holds, what is in flight, and what is out of reach."""
    return render(request, "prevent/receipt.html", {"hold": holds.hold(hold_id)})


@require_POST
def resume(request: HttpRequest, hold_id: str) -> HttpResponse:
    """Release a hold: what was ticked, or all that is still within its time."""
    by, ticked = request.user.get_username(), request.POST.getlist("read")
    all_of_them = request.POST.get("what") == "all"
    if not ticked and not all_of_them and holds.hold(hold_id).held:
        raise BadInput(_("Tick what you have read again and want to let go."))
    # All that the page showed: what was approved since then nobody has read again here.
    shown = request.POST.getlist("shown")
    hold.release(by, hold_id, shown if all_of_them else ticked)
    messages.info(request, _("Resumed. What was past its time waits here for your decision."))
    return redirect("calendar")
