"""Start and Desk: practise or connect, and what is connected, declared and recorded here."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from amends.desk import colours, health
from amends.desk.connecting import MastodonForm
from amends.flows import card, connect, practice, record
from amends.flows import health as flows_health
from amends.store import brands
from amends.store.views import AccountView
from amends.vocabulary.errors import AmendsError

NEEDED = {"required": gettext_lazy("This is needed: fill it in.")}
KINDS = ("handles", "domains", "hashtags", "signatures")


class ConnectForm(forms.Form):
    """What connects a Bluesky account."""

    handle = forms.CharField(
        label=gettext_lazy("Handle"),
        error_messages=NEEDED,
        help_text=gettext_lazy("As Bluesky writes it, such as candil.bsky.social."),
        widget=forms.TextInput({"autocapitalize": "none", "autocomplete": "off"}),
    )
    password = forms.CharField(
        label=gettext_lazy("App password"),
        error_messages=NEEDED,
        help_text=gettext_lazy(
            "Made in Bluesky under Settings, App passwords. It is kept encrypted and can be "
            "taken back there."
        ),
        widget=forms.PasswordInput({"autocomplete": "off"}),
        strip=True,
    )
    brand_name = forms.CharField(
        label=gettext_lazy("Brand"),
        error_messages=NEEDED,
        max_length=80,
        help_text=gettext_lazy("Accounts of one client share a brand."),
    )
    colour = forms.CharField(
        label=gettext_lazy("Colour"),
        initial=colours.PLAIN,
        widget=forms.TextInput({"type": "color"}),
        help_text=gettext_lazy("Stands around every text of this brand."),
    )
    server = forms.CharField(
        label=gettext_lazy("Server"),
        error_messages=NEEDED,
        initial="https://bsky.social",
        help_text=gettext_lazy("Leave it, unless the account lives on another server."),
        widget=forms.TextInput({"inputmode": "url", "autocapitalize": "none"}),
    )

    def clean_colour(self) -> str:
        """Return a colour that a stylesheet may hold."""
        return _clean_colour(self.cleaned_data["colour"])


def _clean_colour(colour: str) -> str:
    if not colours.is_colour(colour):
        raise forms.ValidationError(_("Write the colour as # and six digits, such as #1f4f82."))
    return colour.lower()


class AccountForm(forms.Form):
    """How an account is guarded."""

    undo_seconds = forms.IntegerField(
        label=gettext_lazy("Undo window, in seconds"),
        min_value=0,
        max_value=60,
        error_messages={
            **NEEDED,
            "min_value": gettext_lazy("Choose between 0 and 60 seconds."),
            "max_value": gettext_lazy("Choose between 0 and 60 seconds."),
            "invalid": gettext_lazy("Write a number of seconds, 0 to 60."),
        },
        help_text=gettext_lazy("A post waits this long before it leaves. 0 to 60."),
    )
    protected = forms.BooleanField(
        label=gettext_lazy("Protected: another account's mark may stop a draft here"),
        required=False,
    )
    handles = forms.CharField(label=gettext_lazy("Handles, one a line"), required=False)
    domains = forms.CharField(label=gettext_lazy("Domains, one a line"), required=False)
    hashtags = forms.CharField(label=gettext_lazy("Hashtags, one a line"), required=False)
    signatures = forms.CharField(label=gettext_lazy("Signatures, one a line"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in KINDS:
            self.fields[kind].widget = forms.Textarea({"rows": 3})

    def marks(self) -> dict[str, list[str]]:
        """Return the marks, a list a kind."""
        return {kind: self.cleaned_data[kind].splitlines() for kind in KINDS}


class BrandForm(forms.Form):
    """A brand's name, colour and time zone."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80, error_messages=NEEDED)
    colour = forms.CharField(
        label=gettext_lazy("Colour"), widget=forms.TextInput({"type": "color"})
    )
    time_zone = forms.CharField(
        label=gettext_lazy("Time zone"),
        error_messages=NEEDED,
        widget=forms.TextInput({"list": "zones", "autocomplete": "off"}),
        help_text=gettext_lazy("A place, such as Europe/Madrid. Its times are shown in it."),
    )

    def clean_colour(self) -> str:
        """Return a colour that a stylesheet may hold."""
        return _clean_colour(self.cleaned_data["colour"])


# ---- start ----


@never_cache
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Offer to practise or to connect an account."""
    if request.method == "POST" and "practise" in request.POST:
        practice.start(request.user.get_username())
        messages.info(request, _("A draft waits in Compose: a joke, in the wrong brand's account."))
        return redirect("home")
    form = ConnectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _connect(request, form)
    return _start_page(request, form)


@never_cache
@require_http_methods(["GET", "POST"])
def start_mastodon(request: HttpRequest) -> HttpResponse:
    """Connect a Mastodon account."""
    form, refused = MastodonForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            view = connect.mastodon(request.user.get_username(), **form.cleaned_data)
        except AmendsError as problem:
            refused = str(problem)
        else:
            return _connected(request, view)
    context = {"form": form, "refused": refused, "practises": practice.is_practice()}
    return render(request, "frame/mastodon.html", context, status=422 if form.is_bound else 200)


def _start_page(request: HttpRequest, form: ConnectForm, refused: str = "") -> HttpResponse:
    known = brands.list_accounts()
    context = {
        "form": form,
        "refused": refused,
        "accounts": known,
        "may_practise": not known,
        "practises": practice.is_practice(),
    }
    return render(request, "frame/start.html", context, status=422 if form.is_bound else 200)


def _connect(request: HttpRequest, form: ConnectForm) -> HttpResponse:
    try:
        view = connect.bluesky(request.user.get_username(), **form.cleaned_data)
    except AmendsError as problem:
        return _start_page(request, form, str(problem))
    return _connected(request, view)


def _connected(request: HttpRequest, view: AccountView) -> HttpResponse:
    words = _("@%(handle)s is connected; %(n)d of its posts are known.")
    messages.info(request, words % {"handle": view.account.handle, "n": view.posts_known})
    return redirect("desk")


# ---- desk ----


@never_cache
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """Show what is connected, and the record."""
    size, root, at = record.head()
    context = {
        "accounts": brands.list_accounts(),
        "size": size,
        "root": root,
        "sealed_at": at,
        "health": health.words(flows_health.look()),
        "report": record.verify() if "verify" in request.GET else None,
    }
    return render(request, "frame/desk.html", context)


@never_cache
@require_GET
def export(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view's signature
    """Return the record as a file for `amends ledger verify`."""
    answer = HttpResponse(record.export(), content_type="application/jsonl; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="amends-record.jsonl"'
    return answer


@never_cache
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest, account_id: str) -> HttpResponse:
    """Show and change how one account is guarded."""
    view = brands.account(account_id)
    if request.method == "GET":
        return _account_page(request, view, AccountForm(initial=_account_now(view)))
    form = AccountForm(request.POST)
    if not form.is_valid():
        return _account_page(request, view, form)
    connect.update_account(
        request.user.get_username(),
        account_id,
        undo_seconds=form.cleaned_data["undo_seconds"],
        protected=form.cleaned_data["protected"],
        marks=form.marks(),
    )
    messages.info(request, _("Kept."))
    return redirect("account", account_id)


def _account_now(view: AccountView) -> dict[str, object]:
    marks = view.account.marks
    lines = {kind: "\n".join(sorted(getattr(marks, kind))) for kind in KINDS}
    return {
        "undo_seconds": view.account.undo_seconds,
        "protected": view.account.protected,
        **lines,
    }


def _account_page(
    request: HttpRequest,
    view: AccountView,
    form: AccountForm,
    brand_form: BrandForm | None = None,
) -> HttpResponse:
    brand = view.account.brand
    first = {"name": brand.name, "colour": brand.colour, "time_zone": brand.time_zone}
    context = {
        "view": view,
        "form": form,
        "brand_form": brand_form or BrandForm(initial=first),
        "zones": sorted(available_timezones()),
        "profile": card.kept_profile(view.account.id) if view.account.place else "",
    }
    bad = form.is_bound or (brand_form is not None and brand_form.is_bound)
    return render(request, "frame/account.html", context, status=422 if bad else 200)


@require_POST
def brand(request: HttpRequest, account_id: str) -> HttpResponse:
    """Change the name, colour and time zone of an account's brand."""
    view = brands.account(account_id)
    form = BrandForm(request.POST)
    if not form.is_valid():
        return _account_page(request, view, AccountForm(initial=_account_now(view)), form)
    connect.update_brand(request.user.get_username(), view.account.brand.id, **form.cleaned_data)
    messages.info(request, _("Kept."))
    return redirect("account", account_id)


@require_POST
def reconnect(request: HttpRequest, account_id: str) -> HttpResponse:
    """Sign an account in again."""
    connect.reconnect(request.user.get_username(), account_id, request.POST.get("password", ""))
    messages.info(request, _("Connected again."))
    return redirect("account", account_id)


@require_POST
def disconnect(request: HttpRequest, account_id: str) -> HttpResponse:
    """Forget an account's tokens."""
    connect.disconnect(request.user.get_username(), account_id)
    messages.info(request, _("Disconnected: nothing leaves from it, and nothing is heard."))
    return redirect("account", account_id)
