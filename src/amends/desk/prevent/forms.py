"""What people type on the pages before anything goes out, checked with one sentence a field."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.vocabulary.errors import BadInput

LOCAL = "%Y-%m-%dT%H:%M"


class ComposeForm(forms.Form):
    """A draft, with a reason where a rule asks and a time where it is scheduled."""

    text = forms.CharField(required=False, strip=False)
    reason = forms.CharField(required=False, max_length=300)
    typed_handle = forms.CharField(required=False, max_length=300)
    at = forms.CharField(required=False)
    answers = forms.CharField(required=False, max_length=500)  # a link, where people work by hand


class WhyForm(forms.Form):
    """One sentence why."""

    why = forms.CharField(required=False, max_length=300)


class TakedownForm(forms.Form):
    """Why a post goes, and what is said in public about it."""

    why = forms.CharField(
        label=gettext_lazy("Why it goes"),
        max_length=300,
        widget=forms.TextInput(),
        error_messages={"required": gettext_lazy("Write in one sentence why it goes.")},
    )
    acknowledgement = forms.CharField(
        label=gettext_lazy("What you will say about it in public"),
        max_length=2_000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": gettext_lazy("Write what you will say about it in public.")},
    )
    seen = forms.CharField(
        label=gettext_lazy("What stands under it (may stay empty)"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Paste the answers you see: nothing is read from there."),
    )


class MistakeForm(forms.Form):
    """What went wrong: a post or an account, and one sentence."""

    post = forms.CharField(required=False)
    account = forms.CharField(required=False)
    what = forms.CharField(
        required=False, max_length=200, label=gettext_lazy("What happened, in one sentence")
    )

    def clean(self) -> dict[str, str]:
        """Return the fields once they name a post or an account."""
        found: dict[str, str] = super().clean() or {}
        if not found.get("post") and not found.get("account"):
            raise forms.ValidationError(_("Choose the post it is about, or the account."))
        return found


def local_time(text: str, zone: str) -> datetime:
    """Return a time typed in a brand's zone, aware; the earlier one where an hour comes twice.

    Raises:
        BadInput: there is no time, it cannot be read, or that hour is skipped on that day.
    """
    if not text.strip():
        raise BadInput(_("Choose the day and the hour first."))
    try:
        wanted = datetime.fromisoformat(text.strip())
    except ValueError:
        raise BadInput(
            _("Write the time as a day and an hour, such as 2026-03-02 09:30.")
        ) from None
    place = ZoneInfo(zone)
    found = wanted.replace(tzinfo=place)
    there = found.astimezone(ZoneInfo("UTC")).astimezone(place)
    if there.replace(tzinfo=None) != wanted.replace(tzinfo=None):
        raise BadInput(
            _("That hour does not exist on that day in %(zone)s: choose another.") % {"zone": zone}
        )
    return found
