"""Accounts that people work by hand: added in one form, and put aside again."""

from zoneinfo import available_timezones

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from amends.desk import colours
from amends.flows import connect, places, practice
from amends.store import brands
from amends.vocabulary.errors import AmendsError

NEEDED = {"required": gettext_lazy("This is needed: fill it in.")}
NAMELESS = {"autocapitalize": "none", "autocomplete": "off"}


class HandForm(forms.Form):
    """What adds an account that people work by hand."""

    place = forms.ChoiceField(
        label=gettext_lazy("Where it is"), choices=places.choices, error_messages=NEEDED
    )
    handle = forms.CharField(
        label=gettext_lazy("Handle"),
        error_messages=NEEDED,
        max_length=100,
        help_text=gettext_lazy(
            "As it stands there, without spaces, such as candil.bakery. For a newsletter, a short "
            "name such as candil-news."
        ),
        widget=forms.TextInput(NAMELESS),
    )
    brand_name = forms.CharField(
        label=gettext_lazy("Brand"),
        error_messages=NEEDED,
        max_length=80,
        help_text=gettext_lazy(
            "Accounts of one client share a brand. One that is here already keeps its colour and "
            "its time zone."
        ),
        widget=forms.TextInput({"list": "brands", "autocomplete": "off"}),
    )
    colour = forms.CharField(
        label=gettext_lazy("Colour"),
        initial=colours.PLAIN,
        widget=forms.TextInput({"type": "color"}),
        help_text=gettext_lazy("Stands around every text of this brand."),
    )
    time_zone = forms.CharField(
        label=gettext_lazy("Time zone"),
        initial="UTC",
        error_messages=NEEDED,
        help_text=gettext_lazy("A place, such as Europe/Madrid. Its times are shown in it."),
        widget=forms.TextInput({"list": "zones", "autocomplete": "off"}),
    )
    profile = forms.CharField(
        label=gettext_lazy("Link of its page (may stay empty)"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Begins with https://. Each card leads there."),
        widget=forms.TextInput({"inputmode": "url", **NAMELESS}),
    )

    def clean_colour(self) -> str:
        """Return a colour that a stylesheet may hold."""
        colour: str = self.cleaned_data["colour"]
        if not colours.is_colour(colour):
            raise forms.ValidationError(_("Write the colour as # and six digits, such as #1f4f82."))
        return colour.lower()


@never_cache
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Show the form, and add the account."""
    form = HandForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _add(request, form)
    return _page(request, form)


def _page(request: HttpRequest, form: HandForm, refused: str = "") -> HttpResponse:
    context = {
        "form": form,
        "refused": refused,
        "practises": practice.is_practice(),
        "zones": sorted(available_timezones()),
        "known": brands.list_brands(),
    }
    return render(request, "frame/by_hand.html", context, status=422 if form.is_bound else 200)


def _add(request: HttpRequest, form: HandForm) -> HttpResponse:
    try:
        view = connect.worked_by_hand(request.user.get_username(), **form.cleaned_data)
    except AmendsError as problem:
        return _page(request, form, str(problem))
    words = _("@%(handle)s is here. What is due on it becomes a card for you to put out.")
    messages.info(request, words % {"handle": view.account.handle})
    return redirect("desk")


@require_POST
def profile(request: HttpRequest, account_id: str) -> HttpResponse:
    """Keep the link of the account's own page; an account put aside is in use again."""
    connect.set_profile(request.user.get_username(), account_id, request.POST.get("profile", ""))
    messages.info(request, _("Kept."))
    return redirect("account", account_id)
