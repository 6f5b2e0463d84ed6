"""The entrance: the first page makes the owner's account; nobody else signs up by themselves."""

import re
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.contrib.auth import get_user_model, login
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from amends.store import workspaces

NAME = re.compile(r"[\w.-]{1,60}")
NEEDED = {"required": gettext_lazy("This is needed: fill it in.")}
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Signing up is closed; limits on tries to sign in stay as allauth sets them."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": gettext_lazy("Name or password is not right: try again."),
        "too_many_login_attempts": gettext_lazy(
            "Too many tries: wait five minutes, then try again. The right password is refused too."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's
        """Return that nobody signs up by themselves."""
        return False


class WelcomeForm(forms.Form):
    """Name and password of the desk's owner; no password is ever given by default."""

    username = forms.CharField(
        label=gettext_lazy("Your name at this desk"),
        help_text=gettext_lazy("One word, such as mia or m.berger."),
        error_messages=NEEDED,
        max_length=60,
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        error_messages=NEEDED,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=gettext_lazy("The same password again"),
        error_messages=NEEDED,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def clean_username(self) -> str:
        """Return a name that can be shown as one word."""
        name: str = self.cleaned_data["username"].strip()
        if not NAME.fullmatch(name):
            raise ValidationError(
                _("Use letters and digits without spaces; . _ and - may stand between them.")
            )
        return name

    def clean(self) -> dict[str, Any]:
        """Return the fields once the passwords agree and are good enough."""
        found = super().clean() or {}
        password, again = found.get("password"), found.get("again")
        if password and again and password != again:
            self.add_error("again", _("The two passwords differ: type the same one twice."))
        elif password:
            try:
                validate_password(password, get_user_model()(username=found.get("username", "")))
            except ValidationError as error:
                self.add_error("password", error)
        return found


def make_owner(name: str, password: str) -> User | None:
    """Return the owner's new account, or None when somebody was faster."""
    with transaction.atomic():
        lock = ContentType.objects.get_for_model(get_user_model())
        ContentType.objects.select_for_update().get(pk=lock.pk)  # one at a time, on both databases
        if workspaces.has_people():
            return None
        owner: User = get_user_model().objects.create_user(username=name, password=password)
        return owner


@never_cache
@require_http_methods(["GET", "POST"])
def welcome(request: HttpRequest) -> HttpResponse:
    """Make the owner's account and sign in; there is no such page once somebody is here."""
    if workspaces.has_people():
        return redirect("home")
    form = WelcomeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        owner = make_owner(form.cleaned_data["username"], form.cleaned_data["password"])
        if owner is None:
            return redirect("account_login")
        login(request, owner, backend=BACKEND)
        return redirect("start")
    status = 422 if form.is_bound else 200
    return render(request, "frame/welcome.html", {"form": form}, status=status)
