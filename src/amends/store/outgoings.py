"""What leaves: rows, the one way to move their state, and what pages see."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from amends.store import posts, records, threads
from amends.store.brands import account_of
from amends.store.models import AttemptRow, OutgoingRow
from amends.store.views import OutgoingView, ThreadPlace
from amends.vocabulary.errors import BadInput
from amends.vocabulary.outgoing import (
    IN_FLIGHT,
    MOVES,
    WAITING,
    Attached,
    Outgoing,
    OutgoingKind,
    OutgoingState,
)
from amends.vocabulary.record import Verb

LOG = logging.getLogger("amends.store")
S = OutgoingState
MOST_IDS = 500  # in one question
VERBS = {
    S.APPROVED: Verb.APPROVED,
    S.HELD: Verb.HELD,
    S.INTENDED: Verb.CLAIMED,
    S.SENDING: Verb.SENDING,
    S.PUBLISHED: Verb.PUBLISHED,
    S.CONFIRMED: Verb.CONFIRMED,
    S.REFUSED: Verb.REFUSED,
    S.UNKNOWN: Verb.UNKNOWN,
    S.WITH_PERSON: Verb.WITH_PERSON,
    S.NEEDS_PERSON: Verb.NEEDS_PERSON,
    S.MISSED: Verb.MISSED,
    S.CANCELLED: Verb.UNDONE,
    S.GIVEN_UP: Verb.GIVEN_UP,
    S.VANISHED: Verb.RECONCILING,
}
HOLDABLE = (S.APPROVED.value, S.WITH_PERSON.value)  # nothing of it has left by our hand
# Take-downs first, then words to all, then words to one person, then the rest.
PRIORITY = Case(
    When(kind=OutgoingKind.REMOVAL.value, then=Value(0)),
    When(kind=OutgoingKind.STATEMENT.value, then=Value(1)),
    When(kind=OutgoingKind.PRIVATE.value, then=Value(2)),
    When(kind=OutgoingKind.REPLY.value, then=Value(2)),
    default=Value(3),
    output_field=IntegerField(),
)
_PLAIN = (
    "id",
    "text",
    "language",
    "target",
    "content_hash",
    "approved_by",
    "approved_at",
    "due_at",
    "lateness_s",
    "earliest_at",
    "reason",
    "approved_hash",
    "attempts",
    "failures",
    "fence",
    "lease_until",
    "next_at",
    "reads",
    "first_left_at",
    "gate_epoch",
    "unsure_since",
    "waited_at",
    "thread_id",
    "part",
    "decided_at",
    "confirmed_by",
    "frozen",
    "network_id",
    "url",
    "published_at",
    "confirmed_at",
    "words",
    "account_id",
)


def words_of(row: OutgoingRow) -> Outgoing:
    """Return the outgoing text in a row."""
    return Outgoing(
        **{name: getattr(row, name) for name in _PLAIN},
        kind=OutgoingKind(row.kind),
        state=OutgoingState(row.state),
        incident_id=row.incident_id or "",
        statement_id=row.statement_id or "",
        affected_id=row.affected_id or "",
        media=tuple(Attached(*one) for one in row.media),
        wire_name=row.wire_name or "",
    )


def add(outgoing: Outgoing, *, at: datetime) -> None:
    """Keep a new outgoing text, with its entry."""
    plain = {name: getattr(outgoing, name) for name in _PLAIN}
    OutgoingRow.objects.create(
        **plain,
        kind=outgoing.kind.value,
        state=outgoing.state.value,
        incident_id=outgoing.incident_id or None,
        statement_id=outgoing.statement_id or None,
        affected_id=outgoing.affected_id or None,
        media=_kept(outgoing.media),
        wire_name=outgoing.wire_name or None,
    )
    records.enter(
        VERBS[outgoing.state],
        f"outgoing:{outgoing.id}",
        by=outgoing.approved_by,
        at=at,
        content_hash=outgoing.content_hash,
    )


def _kept(media: Sequence[Attached]) -> list[list[str]]:
    return [[one.sha256, one.alt, one.ref] for one in media]


def name_pictures(outgoing: Outgoing, media: Sequence[Attached]) -> bool:
    """Keep how the network calls a text's pictures; False when another worker was first."""
    return change(outgoing, media=_kept(media))


def load(outgoing_id: str) -> Outgoing:
    """Return one outgoing text.

    Raises:
        BadInput: There is none with this id.
    """
    row = OutgoingRow.objects.filter(pk=outgoing_id).first()
    if row is None:
        raise BadInput(_("That text is not in the outbox any more. Reload the page."))
    return words_of(row)


def lock(outgoing_id: str) -> Outgoing:
    """Return one outgoing text, locked until the transaction ends.

    Raises:
        BadInput: There is none with this id.
    """
    list(OutgoingRow.objects.select_for_update().filter(pk=outgoing_id).values_list("pk"))
    return load(outgoing_id)


def due_id(work_now: datetime, real_now: datetime) -> str | None:
    """Return the id of the text to send first; None when none is due.

    Grave before ordinary; among equals the account that was served longest ago, so that one
    with a hundred thousand rows does not starve the others.
    """
    rows = (
        threads.ready(OutgoingRow.objects.all())
        .filter(state=S.APPROVED.value, due_at__lte=work_now)
        .filter(account__brand__archived=False, account__connected=True)
        .filter(Q(next_at__isnull=True) | Q(next_at__lte=real_now))
        .filter(Q(account__wait_until__isnull=True) | Q(account__wait_until__lte=real_now))
        .alias(priority=PRIORITY)
        .order_by("priority", F("account__served_at").asc(nulls_first=True), "due_at", "pk")
    )
    return rows.values_list("pk", flat=True).first()


def lock_late(work_now: datetime, offset: timedelta) -> Outgoing | None:
    """Return an approved text that is past its lateness limit, locked; None for none.

    Args:
        work_now: The workspace's time.
        offset: How far that is ahead of real time; networks ask for waits in real time.
    """
    rows = threads.ready(
        OutgoingRow.objects.select_for_update(skip_locked=True, of=("self",))
    ).filter(state=S.APPROVED.value, due_at__lt=work_now, account__brand__archived=False)
    for row in _readable(rows.select_related("account").order_by("due_at"), work_now):
        waits = row.account.wait_until
        ends = [row.due_at, row.waited_at, waits + offset if waits else None]
        if max(one for one in ends if one) + timedelta(seconds=row.lateness_s) < work_now:
            return words_of(row)
    return None


def lock_look(real_now: datetime, states: Sequence[OutgoingState]) -> Outgoing | None:
    """Return the text in one of these states that is due to be looked for, locked."""
    rows = (
        OutgoingRow.objects.select_for_update(skip_locked=True)
        .filter(state__in=[state.value for state in states], next_at__lte=real_now)
        .exclude(state=S.UNKNOWN.value, unsure_since__isnull=False)  # see `flows/reconcile.py`
        .order_by("next_at", "pk")
    )
    row = next(_readable(rows, real_now), None)
    return words_of(row) if row else None


def _readable(rows: "QuerySet[OutgoingRow]", at: datetime) -> "Iterator[OutgoingRow]":
    """Yield rows that can be read; one that cannot is a person's, and stops nothing else."""
    for row in rows.iterator(chunk_size=200):
        if is_readable(row):
            yield row
            continue
        words = _("This text cannot be read any more. Look at the log, then decide.")
        told = {"state": S.NEEDS_PERSON.value, "words": words, "next_at": None}
        OutgoingRow.objects.filter(pk=row.pk).update(**told)
        records.enter(Verb.NEEDS_PERSON, f"outgoing:{row.pk}", at=at)


def lock_lapsed(real_now: datetime) -> Outgoing | None:
    """Return a claimed text whose lease ended before then, locked; None for none."""
    rows = OutgoingRow.objects.select_for_update(skip_locked=True).filter(
        state__in=[S.INTENDED.value, S.SENDING.value], lease_until__lt=real_now
    )
    row = next(_readable(rows.order_by("lease_until"), real_now), None)
    return words_of(row) if row else None


def move(
    outgoing: Outgoing,
    to: OutgoingState,
    *,
    at: datetime,
    by: str = "",
    verb: Verb | None = None,
    **changed: object,
) -> bool:
    """Move a text to another state, with its entry; False when another worker was first.

    The compare-and-set is on state and fence; call it inside a transaction.

    Raises:
        BadInput: The arrow is not in the table.
    """
    if to not in MOVES[outgoing.state]:
        raise BadInput(not_any_more(outgoing.state))
    won = OutgoingRow.objects.filter(
        pk=outgoing.id, state=outgoing.state.value, fence=outgoing.fence
    ).update(state=to.value, **changed)
    if won:
        records.enter(
            verb or VERBS[to],
            f"outgoing:{outgoing.id}",
            by=by,
            at=at,
            content_hash=outgoing.content_hash,
        )
        threads.follow(outgoing, to, at=at, by=by)
    return bool(won)


def not_any_more(state: OutgoingState) -> str:
    """Return the sentence for a click that came too late."""
    words = _("This text is %(state)s now, so that cannot be done any more. Reload the page.")
    return words % {"state": state.value.replace("_", " ")}


def change(outgoing: Outgoing, **changed: object) -> bool:
    """Change a text without moving it; False when another worker was first."""
    mine = OutgoingRow.objects.filter(
        pk=outgoing.id, state=outgoing.state.value, fence=outgoing.fence
    )
    return bool(mine.update(**changed))


def begin_attempt(outgoing: Outgoing, at: datetime) -> None:
    """Write down that a call begins."""
    n = AttemptRow.objects.filter(outgoing_id=outgoing.id).count() + 1
    AttemptRow.objects.create(outgoing_id=outgoing.id, n=n, fence=outgoing.fence, claimed_at=at)


def count_failure(outgoing_id: str) -> None:
    """Count that our own handling of a claimed text broke."""
    OutgoingRow.objects.filter(
        pk=outgoing_id, state__in=[S.INTENDED.value, S.SENDING.value]
    ).update(failures=F("failures") + 1)


def end_attempt(  # noqa: PLR0913 - one call's outcome
    outgoing_id: str, fence: int, *, at: datetime, result: str, words: str, left: str
) -> None:
    """Write down what became of the one call that was made under this fence."""
    AttemptRow.objects.filter(outgoing_id=outgoing_id, fence=fence).update(
        ended_at=at, result=result, words=words[:600], left=left
    )


def may_have_left(outgoing_id: str, *, after: datetime | None = None) -> bool:
    """Return whether some byte of a call, made after then, may have reached the network."""
    rows = AttemptRow.objects.filter(outgoing_id=outgoing_id).exclude(left="no")
    return (rows.filter(claimed_at__gt=after) if after else rows).exists()


def last_call_at(outgoing_id: str) -> datetime | None:
    """Return when (real time) the last call for a text ended, or began where nobody knows."""
    row = AttemptRow.objects.filter(outgoing_id=outgoing_id).order_by("-claimed_at").first()
    return (row.ended_at or row.claimed_at) if row else None


def _calls(account_id: str) -> "QuerySet[AttemptRow]":
    return AttemptRow.objects.filter(outgoing__account_id=account_id).exclude(left="no")


def calls_since(account_id: str, since: datetime) -> int:
    """Return how many calls of an account may have reached its network since then."""
    return _calls(account_id).filter(claimed_at__gt=since).count()


def nth_newest_call(account_id: str, n: int) -> datetime:
    """Return when (real time) the n-th newest call of an account was made; there must be one."""
    return _calls(account_id).order_by("-claimed_at")[n - 1].claimed_at


def count_broken_claim(outgoing_id: str) -> int:
    """Count that a text broke the claim itself; return how often."""
    rows = OutgoingRow.objects.filter(pk=outgoing_id, state=S.APPROVED.value)
    rows.update(failures=F("failures") + 1)
    return rows.values_list("failures", flat=True).first() or 0


def set_aside(outgoing_id: str, until: datetime) -> None:
    """Let an approved text wait until then, real time, without reading it."""
    OutgoingRow.objects.filter(pk=outgoing_id, state=S.APPROVED.value).update(next_at=until)


def park(outgoing_id: str, *, at: datetime, words: str) -> None:
    """Give an approved text that cannot even be read to a person, with its entry."""
    rows = OutgoingRow.objects.filter(pk=outgoing_id, state=S.APPROVED.value)
    told = {"state": S.NEEDS_PERSON.value, "words": words[:600]}
    if rows.update(**told):
        records.enter(Verb.NEEDS_PERSON, f"outgoing:{outgoing_id}", at=at)


def hold_all(
    account_ids: Sequence[str],
    kinds: Sequence[OutgoingKind],
    *,
    by: str,
    at: datetime,
    planned_after: datetime,
) -> None:
    """Hold what waits on these accounts at once, each with its entry.

    Nothing is read but ids: a text that cannot be read any more must not make a freeze fail.

    Args:
        account_ids: Which accounts.
        kinds: What is held whatever its time.
        by: Who holds.
        at: When.
        planned_after: Replies due later than that were planned before anyone knew: held too.
    """
    planned = Q(kind=OutgoingKind.REPLY.value, due_at__gt=planned_after)
    rows = OutgoingRow.objects.select_for_update().filter(
        Q(kind__in=[kind.value for kind in kinds]) | planned,
        account_id__in=account_ids,
        state__in=HOLDABLE,
    )
    found = list(rows.order_by("due_at", "pk").values_list("pk", "content_hash"))
    for some in batched([row_id for row_id, _hashed in found]):
        OutgoingRow.objects.filter(pk__in=some).update(state=S.HELD.value)
    things = [(f"outgoing:{row_id}", hashed) for row_id, hashed in found]
    records.enter_many(Verb.HELD, things, by=by, at=at)


def batched(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield ids in lots that every database takes in one question."""
    for first in range(0, len(ids), MOST_IDS):
        yield ids[first : first + MOST_IDS]


def held(account_ids: Sequence[str]) -> tuple[Outgoing, ...]:
    """Return the held texts of these accounts, by their time; what cannot be read stays held."""
    rows = OutgoingRow.objects.filter(account_id__in=account_ids, state=S.HELD.value)
    return tuple(words_of(row) for row in rows.order_by("due_at", "pk") if is_readable(row))


def is_readable(row: OutgoingRow) -> bool:
    """Return whether a row still says something that we understand; logged where it does not."""
    try:
        words_of(row)
    except (ValueError, TypeError):
        LOG.exception("outgoing %s cannot be read", row.pk)
        return False
    return True


def in_flight(account_ids: Sequence[str], kinds: Sequence[OutgoingKind]) -> tuple[str, ...]:
    """Return the ids of texts of these kinds that may be on their way."""
    rows = OutgoingRow.objects.filter(
        account_id__in=account_ids,
        kind__in=[kind.value for kind in kinds],
        state__in=[state.value for state in IN_FLIGHT],
    )
    return tuple(rows.values_list("pk", flat=True))


def of_statement(statement_id: str) -> tuple[Outgoing, ...]:
    """Return the outgoing texts of a statement."""
    rows = OutgoingRow.objects.filter(statement_id=statement_id).order_by("account__handle")
    return tuple(words_of(row) for row in rows)


def of_post(account_id: str, network_id: str) -> Outgoing | None:
    """Return the outgoing text that became this post, None when we did not send it."""
    rows = OutgoingRow.objects.filter(account_id=account_id, network_id=network_id)
    row = rows.exclude(kind=OutgoingKind.REMOVAL.value).first()
    return words_of(row) if row else None


def is_being_removed(account_id: str, network_id: str) -> bool:
    """Return whether a removal of this post is approved and has not come to an end."""
    open_states = WAITING | IN_FLIGHT | {S.NEEDS_PERSON, S.MISSED, S.REFUSED}
    return OutgoingRow.objects.filter(
        account_id=account_id,
        target=network_id,
        kind=OutgoingKind.REMOVAL.value,
        state__in=[state.value for state in open_states],
    ).exists()


def next_due(after: datetime, until: datetime) -> datetime | None:
    """Return the next time in (after, until] at which an approved text is due."""
    rows = OutgoingRow.objects.filter(
        state=S.APPROVED.value, due_at__gt=after, due_at__lte=until
    ).order_by("due_at")
    return rows.values_list("due_at", flat=True).first()


def overdue(work_now: datetime) -> timedelta:
    """Return how long the oldest approved text has been due and not begun; zero for none."""
    rows = threads.ready(OutgoingRow.objects.all()).filter(
        state=S.APPROVED.value, due_at__lte=work_now, account__brand__archived=False
    )
    rows = rows.order_by("due_at")
    first = rows.values_list("due_at", flat=True).first()
    return work_now - first if first else timedelta(0)


def drop_leases() -> None:
    """Let every lease lapse now; only for a process that alone holds the store."""
    OutgoingRow.objects.filter(state__in=[S.INTENDED.value, S.SENDING.value]).update(
        lease_until=datetime(2000, 1, 1, tzinfo=UTC)
    )


def view_of(row: OutgoingRow, place: ThreadPlace | None = None) -> OutgoingView:
    """Return what pages show of a row, with its place in its thread."""
    state = OutgoingState(row.state)
    return OutgoingView(
        id=row.id,
        kind=OutgoingKind(row.kind),
        account=account_of(row.account),
        text=row.text,
        state=state,
        due_at=row.due_at,
        url=row.url,
        words=row.words,
        reason=row.reason,
        published_at=row.published_at,
        confirmed_at=row.confirmed_at,
        next_look_at=row.next_at,
        incident_id=row.incident_id or "",
        affected_id=row.affected_id or "",
        may_undo=state in WAITING,
        short_hash=row.content_hash[:4],
        target=row.target,
        network_id=row.network_id,
        confirmed_by=row.confirmed_by,
        in_hand_of=row.lease_owner if state is S.WITH_PERSON else "",
        in_hand_until=row.lease_until if state is S.WITH_PERSON else None,
        pictures=tuple(Attached(*one[:3]) for one in row.media),
        thread=place,
        lateness_s=row.lateness_s,
    )


def _views(rows: "QuerySet[OutgoingRow]") -> tuple[OutgoingView, ...]:
    known = {kind.value for kind in OutgoingKind}  # a page shows what it understands
    found = [row for row in rows.select_related("account__brand") if row.kind in known]
    places = threads.places(found)
    gone = posts.taken_down_of([row.network_id for row in found if row.network_id])
    return tuple(
        replace(
            view_of(row, places.get(row.id)), taken_down=(row.account_id, row.network_id) in gone
        )
        for row in found
    )


def _active() -> "QuerySet[OutgoingRow]":
    return OutgoingRow.objects.filter(account__brand__archived=False)


def outgoing(outgoing_id: str) -> OutgoingView:
    """Return one outgoing text as pages show it.

    Raises:
        BadInput: There is none with this id.
    """
    found = _views(OutgoingRow.objects.filter(pk=outgoing_id))
    if not found:
        raise BadInput(_("That text is not in the outbox any more. Reload the page."))
    return found[0]


def upcoming() -> tuple[OutgoingView, ...]:
    """Return what has not reached an end yet, by its time."""
    ends = [S.CONFIRMED, S.PUBLISHED, S.CANCELLED, S.GIVEN_UP, S.VANISHED]
    rows = _active().exclude(state__in=[state.value for state in ends])
    return _views(rows.order_by("due_at", "part", "pk"))


def recent(limit: int = 50) -> tuple[OutgoingView, ...]:
    """Return what reached an end, newest first."""
    ends = [S.CONFIRMED, S.PUBLISHED, S.CANCELLED, S.GIVEN_UP, S.VANISHED]
    rows = _active().filter(state__in=[state.value for state in ends])
    return _views(rows.order_by("-due_at", "pk")[:limit])


def missed() -> tuple[OutgoingView, ...]:
    """Return what did not leave at its time."""
    return _views(_active().filter(state=S.MISSED.value).order_by("due_at"))


def needs_person() -> tuple[OutgoingView, ...]:
    """Return what only a person can decide."""
    return _views(_active().filter(state=S.NEEDS_PERSON.value).order_by("due_at"))


def views(ids: Sequence[str]) -> tuple[OutgoingView, ...]:
    """Return these texts as pages show them, by their time."""
    found = [
        one for some in batched(ids) for one in _views(OutgoingRow.objects.filter(pk__in=some))
    ]
    return tuple(sorted(found, key=lambda one: (one.due_at, one.id)))


def is_answered(*, affected_id: str = "", account_id: str = "", target: str = "") -> bool:
    """Return whether an answer to this person, or to this address, waits, leaves or is live."""
    rows = OutgoingRow.objects.filter(
        state__in=[state.value for state in WAITING | IN_FLIGHT | {S.NEEDS_PERSON}]
    )
    if affected_id:
        return rows.filter(affected_id=affected_id).exists()
    answers = [OutgoingKind.REPLY.value, OutgoingKind.PRIVATE.value]
    return rows.filter(account_id=account_id, target=target, kind__in=answers).exists()
