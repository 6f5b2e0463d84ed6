"""What people write and choose in an incident's room."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.store.views import Room
from amends.vocabulary.incident import (
    AffectedState,
    Circumstances,
    Harm,
    Reputation,
    Responsibility,
    Standing,
)
from amends.vocabulary.reproach import Severity

LONGEST = 20_000
ROWS = {"rows": 3}
LINE = 500

SEVERITIES = [
    (str(int(Severity.TRIVIAL)), _("Trivial: hardly anybody minds")),
    (str(int(Severity.MINOR)), _("Minor: some are annoyed")),
    (str(int(Severity.MAJOR)), _("Major: people feel mocked or let down")),
    (str(int(Severity.CRITICAL)), _("Critical: people are harmed, or many more will see it")),
]
STANDINGS = [
    (Standing.KNOWN.value, _("Known: we have seen it ourselves")),
    (Standing.NOT_KNOWN.value, _("Not known yet")),
    (Standing.ASSUMED.value, _("Assumed: we think so, without proof")),
]
RESPONSIBILITIES = [
    (Responsibility.HUMAN.value, _("Ours: one of us did it by mistake")),
    (Responsibility.KNOWING.value, _("Ours: we meant to publish it, and it was wrong")),
    (Responsibility.TECHNICAL.value, _("Ours: something technical failed")),
    (Responsibility.UNCLEAR.value, _("We do not know yet")),
    (Responsibility.NONE.value, _("Not ours")),
]
HARMS = [
    (Harm.NONE.value, _("Nothing that we know of")),
    (Harm.ANNOYANCE.value, _("It annoyed them")),
    (Harm.OFFENCE.value, _("It offended, mocked or shamed them")),
    (Harm.PRIVACY.value, _("Something private came out")),
    (Harm.SAFETY.value, _("It put somebody in danger")),
    (Harm.INJURY.value, _("Somebody was injured")),
]
REPUTATIONS = [
    (Reputation.OK.value, _("Well enough")),
    (Reputation.BAD.value, _("Badly: people were angry with us already")),
]
# "Sent" is set by the answer itself, never by a click.
STATES = [
    (AffectedState.TO_WRITE.value, _("To write: start again")),
    (AffectedState.ANSWERED.value, _("Answered: they wrote back")),
    (AffectedState.REPAIRED.value, _("Repaired: it was put right")),
    (AffectedState.DECLINED.value, _("Declined: they want nothing from us")),
    (AffectedState.UNREACHABLE.value, _("Unreachable: there is no way to them")),
]


class Named(forms.Form):
    """A form among others on its page: its fields' ids begin with its own name."""

    name = "form"

    def __init__(self, data: Any = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial, auto_id=f"{self.name}-%s")


class DismissForm(Named):
    """One sentence why it is no mistake of ours."""

    name = "dismiss"
    why = forms.CharField(
        label=_("Why, in one sentence"),
        max_length=LINE,
        error_messages={"required": _("Say in one sentence why this is not a mistake of yours.")},
    )


class SilenceForm(Named):
    """One sentence why silence is the answer."""

    name = "silence"
    why = forms.CharField(
        label=_("Why silence, in one sentence"),
        max_length=LINE,
        error_messages={"required": _("Write one sentence why silence is the answer here.")},
    )


class CauseForm(Named):
    """One thing that made the mistake possible."""

    name = "cause"
    words = forms.CharField(
        label=_("What made it possible"),
        max_length=LINE,
        error_messages={"required": _("Write one thing that made the mistake possible.")},
    )


class SeverityForm(forms.Form):
    """How bad it is."""

    severity = forms.ChoiceField(
        label=_("How bad is it? Unsure means the higher."), choices=SEVERITIES
    )


class NoteForm(Named):
    """A line for the timeline."""

    name = "note"
    words = forms.CharField(
        label=_("What happened"),
        max_length=LINE,
        error_messages={"required": _("Write what happened, in one sentence.")},
    )


class EvidenceForm(Named):
    """Something that proves a fact, with the place where it is."""

    name = "evidence"
    words = forms.CharField(
        label=_("What it shows"),
        widget=forms.Textarea(ROWS),
        max_length=LONGEST,
        error_messages={"required": _("Say in one sentence what this shows.")},
    )
    url = forms.URLField(
        label=_("Link (may stay empty)"),
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("That is not a link. Paste it whole, with https://.")},
    )


class HoldForm(Named):
    """What is frozen, and why."""

    name = "hold"
    why = forms.CharField(label=_("Why (for the banner)"), required=False, max_length=300)

    def __init__(self, data: Any, room: Room) -> None:
        super().__init__(data)
        self.fields["scope"] = forms.ChoiceField(
            label=_("What to freeze"), choices=scopes(room), widget=forms.RadioSelect
        )


def scopes(room: Room) -> list[tuple[str, str]]:
    """Return what can be frozen from a room: the brand first, for it is the usual answer."""
    brand = (f"brand:{room.brand.id}", _("%(brand)s, every account") % {"brand": room.brand.name})
    accounts = [(f"account:{one.id}", f"@{one.handle}") for one in room.accounts]
    return [brand, *accounts, ("everything", str(_("Everything on this desk")))]


class FactForm(Named):
    """One thing known, not known or assumed."""

    name = "fact"
    text = forms.CharField(
        label=_("In one sentence"),
        widget=forms.Textarea(ROWS),
        max_length=1_000,
        error_messages={"required": _("Write what is known, not known or assumed.")},
    )
    standing = forms.ChoiceField(
        label=_("How sure are we?"), widget=forms.RadioSelect, choices=STANDINGS
    )


class NewFactForm(Named):
    """What came to light after the facts were agreed."""

    name = "new"
    text = forms.CharField(
        label=_("What came to light"),
        widget=forms.Textarea(ROWS),
        max_length=1_000,
        error_messages={"required": _("Write what came to light, in one sentence.")},
    )


class CircumstancesForm(Named):
    """The plain questions whose answers decide which options there are."""

    name = "agree"
    responsibility = forms.ChoiceField(
        label=_("Whose doing was it?"),
        widget=forms.RadioSelect,
        choices=RESPONSIBILITIES,
        error_messages={"required": _("Say whose doing it was; “we do not know yet” counts.")},
    )
    harm = forms.ChoiceField(
        label=_("What did it do to people?"),
        widget=forms.RadioSelect,
        choices=HARMS,
        error_messages={"required": _("Say what it did to people.")},
    )
    reputation = forms.ChoiceField(
        label=_("How did the brand stand before?"), widget=forms.RadioSelect, choices=REPUTATIONS
    )
    history = forms.BooleanField(
        label=_("The same kind of mistake happened here in the last 12 months"), required=False
    )
    evidence = forms.BooleanField(
        label=_("The proof of whose doing it was is attached to this incident"), required=False
    )

    def circumstances(self) -> Circumstances:
        """Return the answers as the ranking needs them."""
        given = self.cleaned_data
        return Circumstances(
            responsibility=Responsibility(given["responsibility"]),
            harm=Harm(given["harm"]),
            reputation=Reputation(given["reputation"]),
            history=given["history"],
            evidence=given["evidence"],
        )


class ChooseForm(Named):
    """An answer, and one sentence why it is this one."""

    name = "choose"
    option = forms.CharField(
        label=_("The answer"),
        error_messages={"required": _("Choose one of the answers.")},
    )
    why = forms.CharField(
        label=_("Why this one, in one sentence"),
        widget=forms.Textarea(ROWS),
        max_length=LINE,
        error_messages={"required": _("Write one sentence why you choose this answer.")},
    )


class StatementForm(Named):
    """Words to all, and the accounts on which they are published."""

    name = "statement"
    text = forms.CharField(
        label=_("The text"),
        max_length=LONGEST,
        error_messages={"required": _("There are no words yet: write something first.")},
    )

    def __init__(self, data: Any, room: Room) -> None:
        super().__init__(data)
        self.fields["accounts"] = forms.MultipleChoiceField(
            label=_("Published on"),
            choices=[(one.id, f"@{one.handle}") for one in room.accounts],
            error_messages={"required": _("Choose at least one account on which it is published.")},
        )


class ApproveForm(Named):
    """The yes to exactly the text that was shown."""

    name = "approve"
    statement_id = forms.CharField()
    shown_hash = forms.CharField()
    reason = forms.CharField(label=_("Why it is right as it is"), required=False, max_length=LINE)


class AddForm(Named):
    """A person hurt: by what they said here, or by hand."""

    name = "add"
    mention_id = forms.CharField(required=False)
    handle = forms.CharField(label=_("Who (handle or name)"), required=False, max_length=200)
    said = forms.CharField(
        label=_("What they said"), widget=forms.Textarea(ROWS), required=False, max_length=LONGEST
    )


class AnswerForm(Named):
    """An answer to one person."""

    name = "answer"
    text = forms.CharField(
        label=_("Your answer"),
        max_length=LONGEST,
        error_messages={"required": _("Write your answer first.")},
    )
    reason = forms.CharField(label=_("Why it is right as it is"), required=False, max_length=LINE)


class ByHandForm(Named):
    """What was sent outside Amends, with the link that proves it."""

    name = "hand"
    text = forms.CharField(
        label=_("What you wrote"),
        widget=forms.Textarea({"rows": 5}),
        max_length=LONGEST,
        error_messages={"required": _("Paste what you wrote.")},
    )
    link = forms.CharField(
        label=_("Its link"),
        max_length=2_000,
        error_messages={"required": _("Paste the link of what you sent.")},
    )


class StateForm(Named):
    """How far the answer to a person has come."""

    name = "state"
    state = forms.ChoiceField(label=_("Where it stands"), choices=STATES)
