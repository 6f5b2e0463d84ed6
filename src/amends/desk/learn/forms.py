"""What people change about a lesson, and how they adopt it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.store.views import LessonView
from amends.vocabulary.brand import Account


class AdjustForm(forms.Form):
    """The signs in use, how many of them must be there, words to add, and what must pass."""

    at_least = forms.IntegerField(
        label=_("How many of them must be there together"),
        min_value=1,
        error_messages={"required": _("Write how many signs must be there together.")},
    )
    added_words = forms.CharField(
        label=_("Words to add, with commas between"), required=False, max_length=500
    )
    lookalikes = forms.CharField(
        label=_("Good texts that must pass, one a line"), required=False, max_length=20_000
    )

    def __init__(self, data: Any, lesson: LessonView, accounts: tuple[Account, ...]) -> None:
        super().__init__(data)
        self.fields["signs"] = forms.MultipleChoiceField(
            label=_("Signs in use"),
            required=False,
            choices=[(key, words) for key, words, _used in lesson.signs],
            error_messages={"invalid_choice": _("The signs changed meanwhile. Reload the page.")},
        )
        self.fields["accounts"] = forms.MultipleChoiceField(
            label=_("Accounts it is for"),
            required=False,
            choices=[(one.id, f"@{one.handle}") for one in accounts],
        )


class AdoptForm(forms.Form):
    """The yes to a lesson: whether it asks or stops, and when it is looked at again."""

    decision = forms.ChoiceField(
        label=_("What it does"), choices=[("ask", _("It asks")), ("stop", _("It stops"))]
    )
    review_on = forms.DateField(
        label=_("Look at it again on"),
        error_messages={
            "required": _("Choose the day on which somebody looks at this rule again."),
            "invalid": _("Write the day as year-month-day, for example 2027-05-31."),
        },
    )
