"""The seven steps of a room: which are done, which is next, and what to call them."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.desk.speech import clock_words, span_words, zone_of
from amends.store.views import Clock, Room
from amends.vocabulary.incident import ENDED, HEARD, AffectedState, Stage

NAMES = ("hold", "facts", "options", "statement", "people", "settle", "lesson")
UNDECIDED = frozenset({Stage.NOTICED, Stage.HELD})
AMBER = 0.75  # of a clock's time


@dataclass(frozen=True)
class Step:
    """One step as the bar shows it."""

    key: str
    url_name: str
    words: str
    is_done: bool
    is_next: bool
    is_here: bool


def steps_of(room: Room, here: str) -> tuple[Step, ...]:
    """Return the steps in their order."""
    words = _words()
    done = _done(room)
    return tuple(
        Step(key, f"room_{key}", words[key], done[key], room.next_step == key, key == here)
        for key in NAMES
    )


def _words() -> dict[str, str]:
    return {
        "hold": _("Hold"),
        "facts": _("Facts"),
        "options": _("Options"),
        "statement": _("Statement"),
        "people": _("People"),
        "settle": _("Settle"),
        "lesson": _("Lesson"),
    }


def _done(room: Room) -> dict[str, bool]:
    stage = room.incident.stage
    people = [one.affected.state for one in room.affected]
    return {
        "hold": bool(room.holds),
        "facts": stage not in UNDECIDED and stage is not Stage.DISMISSED,
        "options": bool(room.chosen_option) and stage not in UNDECIDED | {Stage.UNDERSTOOD},
        "statement": bool(room.answered_how),
        "people": bool(people) and all(state in ENDED for state in people),
        "settle": stage in {Stage.SETTLED, Stage.LEARNED},
        "lesson": bool(room.lesson and room.lesson.adopted_at),
    }


def next_words(room: Room) -> str:
    """Return the next step as the words of the one primary button; "" at the end."""
    to_write = sum(1 for one in room.affected if one.affected.state is AffectedState.TO_WRITE)
    write = ngettext(
        "Write to %(count)s person hurt", "Write to %(count)s people hurt", to_write
    ) % {"count": to_write}
    return {
        "hold": _("Freeze what is planned"),
        "facts": _("Say what we know"),
        "options": _("Choose an answer"),
        "statement": _statement_words(room),
        "people": write,
        "settle": _("See what is missing to settle"),
        "lesson": _("Learn from it"),
    }.get(room.next_step, "")


def _statement_words(room: Room) -> str:
    if any(one.outgoing and not one.withdrawn for one in room.statements):
        return _("See whether the statement is live")
    return _("Write the statement")


def heard_words(room: Room) -> str:
    """Return how many of the people hurt were heard: answered, repaired or declined."""
    heard = sum(1 for one in room.affected if one.affected.state in HEARD)
    hurt = len(room.affected)
    if not hurt:
        return _("Nobody is on the list yet.")
    return _("%(heard)s of %(hurt)s heard") % {"heard": heard, "hurt": hurt}


@dataclass(frozen=True)
class Ticking:
    """A clock of the room as it stands now."""

    words: str
    said: str  # when it is due, or when it was done
    state: str  # done, running, soon, late


def clocks_of(room: Room) -> tuple[Ticking, ...]:
    """Return the room's clocks that have begun, each with its state and when it is due."""
    words = {
        "first_reproach": _("First reproach"),
        "first_word": _("First word in public"),
        "next_update": _("Next update"),
        "full_answer": _("Full answer"),
        "calm": _("Calm"),
    }
    over = room.incident.stage in {Stage.DISMISSED, Stage.LEARNED}
    return tuple(
        Ticking(words[one.name], _said(one, room), _state(one, room.now))
        for one in room.clocks
        if one.since is not None and not _is_moot(one, over=over)
    )


def _is_moot(clock: Clock, *, over: bool) -> bool:
    """Return whether a clock tells nothing: updates end with the answer, all of it with the end."""
    return clock.name == "next_update" if clock.done_at is not None else over


def _state(clock: Clock, now: datetime) -> str:
    if clock.done_at is not None:
        return "done"
    if clock.until is None or clock.since is None:
        return "running"
    if now >= clock.until:
        return "late"
    used = (now - clock.since) / (clock.until - clock.since)
    return "soon" if used >= AMBER else "running"


def _said(clock: Clock, room: Room) -> str:
    """Return a clock's time in words, such as "due by 00:41, in 38 min"."""
    since = clock.since or room.now
    if clock.done_at is not None and clock.name != "first_reproach":
        long = span_words(clock.done_at - since)
        return _("at %(at)s, after %(long)s") % {"at": _at(clock.done_at, room), "long": long}
    if clock.until is not None:
        return _due(clock.until, room)
    began = _at(since, room)
    if clock.name == "first_reproach":
        return began
    return _("awaited since %(at)s") % {"at": began}


def _due(until: datetime, room: Room) -> str:
    words = {"at": _at(until, room), "long": span_words(abs(until - room.now))}
    if room.now >= until:
        return _("was due by %(at)s, %(long)s ago") % words
    return _("due by %(at)s, in %(long)s") % words


def _at(at: datetime, room: Room) -> str:
    """Return hours and minutes in the brand's zone, with the day where it is another one."""
    zone = zone_of(room.brand.time_zone)
    local, today = at.astimezone(zone), room.now.astimezone(zone)
    hours = clock_words(at, room.brand.time_zone)
    return hours if local.date() == today.date() else f"{date_format(local, 'D j M')}, {hours}"


def answered_words(room: Room) -> str:
    """Return how the incident was answered, "" while it was not."""
    return {
        "statement": _("a statement to everyone"),
        "private answers": _("answers to each person hurt"),
        "taken down openly": _("taking it down openly"),
        "clarified": _("showing that it was not our doing"),
        "silence": _("silence, chosen with a reason"),
    }.get(room.answered_how, room.answered_how)
