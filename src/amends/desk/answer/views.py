"""The incidents, an incident's room, and the steps that are one form each."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from amends.desk.answer import curve, page
from amends.desk.answer.forms import (
    SEVERITIES,
    CauseForm,
    ChooseForm,
    CircumstancesForm,
    DismissForm,
    EvidenceForm,
    FactForm,
    HoldForm,
    NewFactForm,
    NoteForm,
    SeverityForm,
    SilenceForm,
    scopes,
)
from amends.desk.answer.page import by, carried_out, found, show
from amends.desk.answer.shown import agreed_words, ranked
from amends.flows import clock
from amends.flows import incident as flow
from amends.store import rooms
from amends.store.views import Room
from amends.vocabulary.errors import BadInput
from amends.vocabulary.incident import Stage, Standing
from amends.vocabulary.reproach import Severity

CAUSE = "Cause: "  # how the timeline tells a cause from other lines
ENDS = frozenset({Stage.LEARNED, Stage.DISMISSED})


@require_GET
def incidents(request: HttpRequest) -> HttpResponse:
    """Show all incidents, open ones first."""
    lines = rooms.list_incidents()
    context = {
        "open": [one for one in lines if one.stage not in ENDS],
        "over": [one for one in lines if one.stage in ENDS],
        "now": clock.now(),
    }
    return render(request, "answer/incidents.html", context)


@require_GET
def room(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Show the room on one page."""
    return _room_page(request, found(incident_id))


def _room_page(request: HttpRequest, one: Room, **refused: object) -> HttpResponse:
    more: dict[str, object] = {
        **facts_of(one),
        "severities": SEVERITIES,
        "severity": str(int(one.incident.severity)),
        "drawing": curve.drawn(one.curve, _moments(one), one.brand.time_zone),
        "note_form": NoteForm(),
        "evidence_form": EvidenceForm(),
        "dismiss_form": DismissForm(),
        "may_dismiss": one.incident.stage in {Stage.NOTICED, Stage.HELD},
    }
    return show(request, one, "room", **{**more, **refused})


def facts_of(one: Room) -> dict[str, object]:
    """Return the facts by how sure we are of them."""
    return {
        standing.name.lower(): [fact for fact in one.facts if fact.standing is standing]
        for standing in Standing
    }


def _moments(one: Room) -> tuple[tuple[datetime, str], ...]:
    """Return what is marked on the curve: the post, the alarm, and the answer."""
    answered = next((at.since for at in one.clocks if at.name == "calm"), None)
    named = (
        (one.post.at if one.post else None, _("post")),
        (one.incident.opened_at, _("noticed")),
        (answered, _("answered")),
    )
    return tuple((at, words) for at, words in named if at is not None)


@never_cache
@require_GET
def head(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Return the head of a room's pages, for the live region."""
    step = request.GET.get("at", "")
    return render(request, "answer/head.html", page.head_of(found(incident_id), step))


@require_POST
def lead(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Take the lead, in one click."""
    flow.take_lead(by(request), incident_id)
    return redirect("room", incident_id)


@require_POST
def severity(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Say how bad it is, in one click and one line of the timeline."""
    form = SeverityForm(request.POST)
    if not form.is_valid():
        raise BadInput(_("Choose one of the four: trivial, minor, major or critical."))
    flow.set_severity(by(request), incident_id, Severity(int(form.cleaned_data["severity"])))
    return redirect("room", incident_id)


@require_POST
def note(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Add a line to the timeline; lines are never erased."""
    one, form = found(incident_id), NoteForm(request.POST)

    def act() -> None:
        flow.add_to_timeline(by(request), incident_id, form.cleaned_data["words"])

    if carried_out(form, act):
        return redirect("room", incident_id)
    return _room_page(request, one, note_form=form)


@require_POST
def evidence(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Attach evidence to the incident."""
    one, form = found(incident_id), EvidenceForm(request.POST)

    def act() -> None:
        kept = form.cleaned_data
        flow.attach_evidence(by(request), incident_id, kept["words"], kept["url"])

    if carried_out(form, act):
        back = "room_facts" if request.POST.get("back") == "facts" else "room"
        return redirect(back, incident_id)
    return _room_page(request, one, evidence_form=form)


@require_POST
def dismiss(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Say that it is not about us, or was no mistake."""
    one, form = found(incident_id), DismissForm(request.POST)
    if carried_out(form, lambda: flow.dismiss(by(request), incident_id, form.cleaned_data["why"])):
        return redirect("room", incident_id)
    return _room_page(request, one, dismiss_form=form)


@require_http_methods(["GET", "POST"])
def hold(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Freeze what is planned, pre-filled for the brand; the receipt stands on the same page."""
    one = found(incident_id)
    form = HoldForm(request.POST or None, one)

    def act() -> None:
        wanted = form.cleaned_data
        flow.hold_posts(by(request), incident_id, wanted["scope"], wanted["why"])

    if request.method == "POST" and carried_out(form, act):
        return redirect("room_hold", incident_id)
    return show(request, one, "hold", form=form, scopes=scopes(one))


@require_http_methods(["GET", "POST"])
def facts(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Show what is known, not known and assumed, and add to it."""
    one = found(incident_id)
    form = FactForm(request.POST or None)

    def act() -> None:
        fact = form.cleaned_data
        flow.add_fact(by(request), incident_id, fact["text"], Standing(fact["standing"]))

    if request.method == "POST" and carried_out(form, act):
        return redirect("room_facts", incident_id)
    return _facts_page(request, one, form=form)


def _facts_page(request: HttpRequest, one: Room, **refused: object) -> HttpResponse:
    agreed = {
        "responsibility": one.circumstances.responsibility.value,
        "harm": one.circumstances.harm.value,
        "reputation": one.circumstances.reputation.value,
        "history": one.circumstances.history,
        "evidence": one.circumstances.evidence,
    }
    undecided = one.incident.stage in {Stage.NOTICED, Stage.HELD}
    more: dict[str, object] = {
        **facts_of(one),
        "form": FactForm(),
        "agreed": agreed_words(one.circumstances),
        "agree_form": CircumstancesForm(initial={} if undecided else agreed),
        "new_form": NewFactForm(),
        "evidence_form": EvidenceForm(),
        "may_agree": undecided,
        "may_reopen": one.incident.stage in {Stage.UNDERSTOOD, Stage.DECIDED, Stage.ANSWERED},
        "proof": [kept for kept in one.evidence if kept.kind == "attached"],
    }
    return show(request, one, "facts", **{**more, **refused})


@require_http_methods(["GET", "POST"])
def agree(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Agree that enough is known, and go on to the options."""
    if request.method == "GET":  # the page was loaded again after an error
        return redirect("room_facts", incident_id)
    one, form = found(incident_id), CircumstancesForm(request.POST)
    if carried_out(form, lambda: flow.agree_facts(by(request), incident_id, form.circumstances())):
        return redirect("room_options", incident_id)
    return _facts_page(request, one, agree_form=form)


@require_http_methods(["GET", "POST"])
def new_facts(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Add what came to light; the incident goes back, and approvals are withdrawn."""
    if request.method == "GET":
        return redirect("room_facts", incident_id)
    one, form = found(incident_id), NewFactForm(request.POST)
    text = request.POST.get("text", "")
    if carried_out(form, lambda: flow.new_facts(by(request), incident_id, text)):
        return redirect("room_facts", incident_id)
    return _facts_page(request, one, new_form=form)


@require_http_methods(["GET", "POST"])
def options(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Show the answers there are, ranked, and keep the one a person chooses."""
    one = found(incident_id)
    form = ChooseForm(request.POST or None)

    def act() -> None:
        chosen = form.cleaned_data
        flow.choose(by(request), incident_id, chosen["option"], chosen["why"])

    if request.method == "POST" and carried_out(form, act):
        return redirect("room_statement", incident_id)
    stage = one.incident.stage
    return show(
        request,
        one,
        "options",
        form=form,
        ranking=ranked(flow.options(incident_id)),
        may_choose=stage in {Stage.UNDERSTOOD, Stage.DECIDED},
        may_agree_first=stage in {Stage.NOTICED, Stage.HELD},
        chosen=form["option"].value() or one.chosen_option,
    )


@require_http_methods(["GET", "POST"])
def settle(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Show what is missing to settle and what it cost; settle it once it is calm."""
    if request.method == "POST":
        flow.settle(by(request), incident_id)
        return redirect("room_settle", incident_id)
    return _settle_page(request, found(incident_id))


def _settle_page(request: HttpRequest, one: Room, **refused: object) -> HttpResponse:
    stage = one.incident.stage
    more: dict[str, object] = {
        "silence_form": SilenceForm(),
        "cause_form": CauseForm(),
        "causes": [
            line.words.removeprefix(CAUSE)
            for line in reversed(one.timeline)
            if line.words.startswith(CAUSE)
        ],
        "may_settle": stage is Stage.ANSWERED and one.settle_proposed_at is not None,
        "may_end": stage is Stage.DECIDED,
    }
    return show(request, one, "settle", **{**more, **refused})


@require_POST
def cause(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Add one thing that made the mistake possible; it stands in the timeline."""
    one, form = found(incident_id), CauseForm(request.POST)

    def act() -> None:
        flow.add_to_timeline(by(request), incident_id, CAUSE + form.cleaned_data["words"])

    if carried_out(form, act):
        return redirect("room_settle", incident_id)
    return _settle_page(request, one, cause_form=form)


@require_POST
def silence(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Choose to say nothing, and write down why."""
    one, form = found(incident_id), SilenceForm(request.POST)
    if carried_out(form, lambda: flow.silence(by(request), incident_id, form.cleaned_data["why"])):
        return redirect("room_settle", incident_id)
    return _settle_page(request, one, silence_form=form)


@require_POST
def privately(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Say that the answers to each person were the answer."""
    flow.answered_privately(by(request), incident_id)
    return redirect("room_settle", incident_id)


@require_GET
def lesson(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Lead on to the incident's lesson, or offer to draw one from it."""
    one = found(incident_id)
    if one.lesson is not None:
        return redirect("lesson", one.lesson.id)
    return show(request, one, "lesson")
