"""The forms that connect an account of one network."""

from django import forms
from django.utils.translation import gettext_lazy

NEEDED = {"required": gettext_lazy("This is needed: fill it in.")}


class MastodonForm(forms.Form):
    """What connects a Mastodon account: its server, and a token that the person made there."""

    server = forms.CharField(
        label=gettext_lazy("Server"),
        error_messages=NEEDED,
        max_length=300,
        help_text=gettext_lazy("Where you sign in, such as mastodon.social."),
        widget=forms.TextInput({"inputmode": "url", "autocapitalize": "none"}),
    )
    token = forms.CharField(
        label=gettext_lazy("Access token"),
        error_messages=NEEDED,
        max_length=1_000,
        help_text=gettext_lazy(
            "On your server: Preferences, Development, New application; tick the scopes read and "
            "write, save, open it and copy “Your access token”. It is kept encrypted and can be "
            "taken back there."
        ),
        widget=forms.PasswordInput({"autocomplete": "off"}),
    )
    brand_name = forms.CharField(
        label=gettext_lazy("Brand"),
        error_messages=NEEDED,
        max_length=80,
        help_text=gettext_lazy("Accounts of one client share a brand."),
    )
