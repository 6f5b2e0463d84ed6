"""What people write and choose in Listen and at an alarm."""

from django import forms
from django.utils.translation import gettext_lazy as _


class FilterForm(forms.Form):
    """Which mentions are shown; anything unknown means all."""

    account = forms.CharField(required=False)
    reproach = forms.BooleanField(required=False)
    unanswered = forms.BooleanField(required=False)


class ReplyForm(forms.Form):
    """An answer to a mention, and why the person goes on where a rule asks."""

    text = forms.CharField(
        label=_("Your answer"),
        max_length=20_000,
        error_messages={"required": _("Write your answer first.")},
    )
    reason = forms.CharField(label=_("Why it is right as it is"), required=False, max_length=500)


class WhyForm(forms.Form):
    """One sentence why an alarm is not about us; it may stay empty."""

    why = forms.CharField(label=_("Why (may stay empty)"), required=False, max_length=300)
