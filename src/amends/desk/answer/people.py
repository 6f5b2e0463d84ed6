"""The people hurt: each in their own words, and followed to an end."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from amends.desk.answer.forms import STATES, AddForm, AnswerForm, ByHandForm, StateForm
from amends.desk.answer.page import by, carried_out, found, show
from amends.desk.answer.shown import checked
from amends.flows import people as flow
from amends.store.views import AffectedView, Room
from amends.vocabulary.errors import BadInput
from amends.vocabulary.incident import AffectedState
from amends.vocabulary.outgoing import IN_FLIGHT, WAITING, OutgoingState

# While an answer is in one of these, nobody begins a second one.
ON_ITS_WAY = WAITING | IN_FLIGHT | {OutgoingState.NEEDS_PERSON}


@dataclass(frozen=True)
class Hurt:
    """One person of the list, and whether an answer may be begun."""

    view: AffectedView
    is_on_its_way: bool
    may_write: bool


def _hurt(view: AffectedView) -> Hurt:
    to_write = view.affected.state is AffectedState.TO_WRITE
    on_its_way = to_write and any(one.state in ON_ITS_WAY for one in view.outgoing)
    return Hurt(view, on_its_way, may_write=to_write and not on_its_way)


@require_GET
def listed(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Show the people hurt, the most hurt first."""
    return _list_page(request, found(incident_id))


def _list_page(request: HttpRequest, room: Room, **refused: object) -> HttpResponse:
    listed_ids = {one.mention_id for one in room.affected}
    others = [one for one in room.mentions if one.is_reproach and one.id not in listed_ids]
    more: dict[str, object] = {
        "add_form": AddForm(),
        "others": others,
        "hurt": [_hurt(one) for one in room.affected],
    }
    return show(request, room, "people", **{**more, **refused})


@never_cache
@require_GET
def part(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Return the list alone, for the live region."""
    room = found(incident_id)
    context = {"room": room, "hurt": [_hurt(one) for one in room.affected]}
    return render(request, "answer/people_part.html", context)


@require_POST
def add(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Put a person on the list, by what they said or by hand."""
    room, form = found(incident_id), AddForm(request.POST)

    def act() -> None:
        who = form.cleaned_data
        network = room.accounts[0].network if room.accounts else ""
        flow.add(
            by(request),
            incident_id,
            mention_id=who["mention_id"],
            handle=who["handle"],
            said=who["said"],
            network=network,
        )

    if carried_out(form, act):
        return redirect("room_people", incident_id)
    return _list_page(request, room, add_form=form)


def _person(room: Room, person_id: str) -> AffectedView:
    one = next((one for one in room.affected if one.affected.id == person_id), None)
    if one is None:
        raise BadInput(_("This person is not on the list any more. Look under People."))
    return one


@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, incident_id: str, person_id: str) -> HttpResponse:
    """Show one person with what they said, and send the answer."""
    room = found(incident_id)
    form = AnswerForm(request.POST or None)

    def act() -> None:
        answer = form.cleaned_data
        flow.send(
            by(request),
            person_id,
            answer["text"],
            reason=answer["reason"],
            in_public="in_public" in request.POST,
            account_id=request.POST.get("account", ""),
        )

    if request.method == "POST" and carried_out(form, act):
        return redirect("room_people", incident_id)
    return _person_page(request, room, person_id, form=form)


def _person_page(
    request: HttpRequest, room: Room, person_id: str, **refused: object
) -> HttpResponse:
    one, form = _person(room, person_id), refused.get("form")
    typed = form.data.get("text") if isinstance(form, AnswerForm) and form.is_bound else None
    to_write = _hurt(one).may_write
    text = typed if typed is not None else flow.draft(person_id, by(request))
    more: dict[str, object] = {
        "form": AnswerForm(),
        "hand_form": ByHandForm(),
        "person": one,
        "text": text,
        "answer": _answer(person_id, text) if to_write or typed else None,
        "states": [pair for pair in STATES if pair[0] != one.affected.state.value],
        "locked_by": flow.lock(person_id, by(request)) if to_write else "",
        "to_write": to_write,
        "privately": flow.goes_privately(person_id),
    }
    return show(request, room, "person", **{**more, **refused})


def _answer(person_id: str, text: str) -> dict[str, object] | None:
    """Return what is said about an answer before it is sent; None while there are no words."""
    if not text.strip():
        return None
    found_out = flow.lint(person_id, text)
    return {
        "checked": checked(found_out.lint, text),
        "percent": round(100 * found_out.similarity),
        "similar_to": found_out.similar_to,
        "copied": found_out.copied,
        "takes_up": found_out.takes_up,
    }


@require_POST
def check(request: HttpRequest, incident_id: str, person_id: str) -> HttpResponse:
    """Return what is said about an answer as it is typed; typing keeps the pen."""
    flow.lock(person_id, by(request))
    answer = _answer(person_id, request.POST.get("text", ""))
    return render(request, "answer/answer.html", {"answer": answer, "incident_id": incident_id})


@require_POST
def by_hand(request: HttpRequest, incident_id: str, person_id: str) -> HttpResponse:
    """Keep that a person was written to outside Amends, with the link that proves it."""
    room, form = found(incident_id), ByHandForm(request.POST)

    def act() -> None:
        sent = form.cleaned_data
        flow.by_hand(by(request), person_id, sent["text"], sent["link"])

    if carried_out(form, act):
        return redirect("room_people", incident_id)
    return _person_page(request, room, person_id, hand_form=form)


@require_POST
def move(request: HttpRequest, incident_id: str, person_id: str) -> HttpResponse:
    """Say how far the answer to a person has come."""
    form = StateForm(request.POST)
    if not form.is_valid():
        raise BadInput(_("Choose where it stands: answered, repaired, declined or unreachable."))
    flow.move(by(request), person_id, AffectedState(form.cleaned_data["state"]))
    return redirect("room_people", incident_id)
