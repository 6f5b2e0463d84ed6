"""Threads: several posts that leave one after another, each under the one before it.

Theory of operation: each part is a text of its own in the outbox. A part may go once the part
before it is out. A part that ends without being out ends those after it; anything else (held,
missed, refused, unknown, a person's) lets them wait, so that a thread is continued from where it
stopped, and never begun again.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from amends.store import records
from amends.store.models import OutgoingRow
from amends.store.views import ThreadPlace
from amends.vocabulary.outgoing import IN_FLIGHT, LIVE, WAITING, Outgoing, OutgoingState
from amends.vocabulary.record import Verb

S = OutgoingState
LIVE_WORDS = [state.value for state in LIVE]
ENDS = frozenset({S.CANCELLED, S.GIVEN_UP})
STOPPABLE = WAITING | {S.MISSED, S.REFUSED}
UNSENT = WAITING | {S.MISSED}


def ready(rows: "QuerySet[OutgoingRow]") -> "QuerySet[OutgoingRow]":
    """Return those rows that need not wait for the part before them."""
    before = OutgoingRow.objects.filter(
        thread_id=OuterRef("thread_id"), part=OuterRef("part") - 1, state__in=LIVE_WORDS
    )
    return rows.filter(Q(part=0) | Exists(before))


def waits(one: Outgoing) -> bool:
    """Return whether a text must wait for the part before it."""
    return not ready(OutgoingRow.objects.filter(pk=one.id)).exists()


def before(one: Outgoing) -> str:
    """Return the id of the part before this one, "" for none."""
    if not one.part:
        return ""
    rows = OutgoingRow.objects.filter(thread_id=one.thread_id, part=one.part - 1)
    return rows.values_list("pk", flat=True).first() or ""


def above(outgoing_id: str) -> str:
    """Return the network's address of the post that a part stands under, "" for none yet."""
    one = OutgoingRow.objects.get(pk=outgoing_id)
    if not one.part:
        return ""
    rows = OutgoingRow.objects.filter(thread_id=one.thread_id, part=one.part - 1)
    return rows.values_list("network_id", flat=True).first() or ""


def after(one: Outgoing) -> tuple[str, ...]:
    """Return the ids of the parts behind this one that have not left, in their order."""
    rows = _behind(one).filter(state__in=[state.value for state in STOPPABLE])
    return tuple(rows.values_list("pk", flat=True))


def unsent(one: Outgoing) -> tuple[str, ...]:
    """Return the ids of the thread's parts that have not left, in their order; alone its own."""
    if not one.thread_id:
        return (one.id,)
    rows = OutgoingRow.objects.filter(
        Q(pk=one.id) | Q(state__in=[state.value for state in UNSENT]), thread_id=one.thread_id
    )
    return tuple(rows.order_by("part").values_list("pk", flat=True))


def _behind(one: Outgoing) -> "QuerySet[OutgoingRow]":
    if not one.thread_id:
        return OutgoingRow.objects.none()
    rows = OutgoingRow.objects.filter(thread_id=one.thread_id, part__gt=one.part)
    return rows.order_by("part")


def follow(one: Outgoing, to: OutgoingState, *, at: datetime, by: str) -> None:
    """Carry what a part's new state means for those behind it; inside its transaction."""
    if to is S.PUBLISHED:
        # The next part's time begins now: what waited for this one is not late because of it.
        _behind(one).filter(part=one.part + 1, due_at__lt=at).update(due_at=at)
    elif to in ENDS:
        words = _("Post %(n)d before it is not out, so it does not follow.") % {"n": one.part + 1}
        stop_after(one, at=at, by=by, words=words)
    elif to is S.VANISHED:
        words = _("Post %(n)d before it is gone: look why, then decide about this one.")
        _miss_after(one, at=at, words=words % {"n": one.part + 1})


def stop_after(one: Outgoing, *, at: datetime, by: str, words: str) -> None:
    """Cancel the parts behind this one that have not left, each with its entry."""
    behind = _behind(one)
    stopped = behind.filter(state__in=[state.value for state in STOPPABLE])
    told = {"state": S.CANCELLED.value, "words": words}
    for row_id, hashed in list(stopped.values_list("pk", "content_hash")):
        OutgoingRow.objects.filter(pk=row_id).update(**told)
        records.enter(Verb.UNDONE, f"outgoing:{row_id}", by=by, at=at, content_hash=hashed)
    # One that is claimed this moment finds no approval any more, and goes nowhere.
    # Nor is one sent again whose first try is not proven.
    on_their_way = [state.value for state in IN_FLIGHT]
    behind.filter(state__in=on_their_way).update(approved_hash="")


def _miss_after(one: Outgoing, *, at: datetime, words: str) -> None:
    """Let the parts behind this one be missed: they have nothing to stand under any more."""
    rows = _behind(one).filter(state__in=[S.APPROVED.value, S.HELD.value])
    told = {"state": S.MISSED.value, "words": words}
    for row_id, hashed in list(rows.values_list("pk", "content_hash")):
        OutgoingRow.objects.filter(pk=row_id).update(**told)
        records.enter(Verb.MISSED, f"outgoing:{row_id}", at=at, content_hash=hashed)


def places(rows: Iterable[OutgoingRow]) -> Mapping[str, ThreadPlace]:
    """Return where in its thread each of these rows stands, by id; those alone are left out."""
    mine = [row for row in rows if row.thread_id]
    states = _states([row.thread_id for row in mine])
    return {row.id: _place(row, states[row.thread_id]) for row in mine}


def _states(thread_ids: Sequence[str]) -> Mapping[str, dict[int, OutgoingState]]:
    found: dict[str, dict[int, OutgoingState]] = defaultdict(dict)
    rows = OutgoingRow.objects.filter(thread_id__in=set(thread_ids)) if thread_ids else ()
    for row in rows:
        found[row.thread_id][row.part] = OutgoingState(row.state)
    return found


def _place(row: OutgoingRow, states: Mapping[int, OutgoingState]) -> ThreadPlace:
    unsure = row.part and states.get(row.part - 1) not in LIVE
    return ThreadPlace(
        id=row.thread_id,
        part=row.part + 1,
        parts=len(states),
        live=sum(state in LIVE for state in states.values()),
        waits_for=row.part if unsure and OutgoingState(row.state) in WAITING else 0,
    )
