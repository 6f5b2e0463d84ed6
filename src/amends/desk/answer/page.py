"""What every page of a room shares: the room, its steps, and the way back from a refusal."""

from collections.abc import Callable

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from amends.desk.answer.shown import option_title
from amends.desk.answer.steps import answered_words, clocks_of, heard_words, next_words, steps_of
from amends.flows import clock
from amends.store import rooms
from amends.store.views import Room
from amends.vocabulary.errors import AmendsError


def found(incident_id: str) -> Room:
    """Return the room as of now.

    Raises:
        BadInput: there is no such incident.
    """
    return rooms.room(incident_id, clock.now())


def show(request: HttpRequest, room: Room, step: str, **more: object) -> HttpResponse:
    """Render a step's page; a form that was refused makes the answer 422."""
    context = {**head_of(room, step), **more}
    refused = any(isinstance(one, Form) and one.is_bound and one.errors for one in more.values())
    answer = render(request, f"answer/{step}.html", context, status=422 if refused else 200)
    answer["Cache-Control"] = "no-store"
    return answer


def head_of(room: Room, step: str) -> dict[str, object]:
    """Return what the head of each page in the room shows."""
    return {
        "room": room,
        "step": step,
        "steps": steps_of(room, "people" if step == "person" else step),
        "next_words": next_words(room),
        "is_there": step == "person" and room.next_step == "people",
        "next_url_name": f"room_{room.next_step}",
        "clocks": clocks_of(room),
        "heard_words": heard_words(room),
        "answered_words": answered_words(room),
        "chosen_title": option_title(room.chosen_option),
        "standing": [one for one in room.holds if one.released_at is None],
        "held": sum(len(one.held) for one in room.holds if one.released_at is None),
    }


def carried_out(form: Form, act: Callable[[], object]) -> bool:
    """Act when the form is whole; a refusal goes into the form, and what was typed stays."""
    if not form.is_valid():
        return False
    try:
        act()
    except AmendsError as problem:
        form.add_error(None, str(problem))
        return False
    return True


def by(request: HttpRequest) -> str:
    """Return who acts."""
    return request.user.get_username()
