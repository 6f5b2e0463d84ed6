"""An incident's room: everything on its page, put together from the rows."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from amends.answer.stages import next_step
from amends.learn.price import Counts, Instants, excess, price
from amends.store import alarms, holds, incidents, lessons, mentions, outgoings
from amends.store.brands import BY_HAND, account_of, brand_of
from amends.store.models import (
    AccountRow,
    AffectedRow,
    IncidentRow,
    MentionRow,
    OutgoingRow,
    StatementRow,
    TimelineRow,
)
from amends.store.posts import view_of as post_view
from amends.store.views import (
    AffectedView,
    Clock,
    CurvePoint,
    IncidentLine,
    Room,
    StatementView,
    TimelineLine,
)
from amends.vocabulary.brand import Account
from amends.vocabulary.errors import BadInput
from amends.vocabulary.incident import ENDED, HEARD, AffectedState, Stage
from amends.vocabulary.lesson import Price
from amends.vocabulary.outgoing import OutgoingState
from amends.vocabulary.reproach import Severity

FIRST_WORD = timedelta(minutes=60)
NEXT_UPDATE = timedelta(minutes=60)
FULL_ANSWER = timedelta(hours=24)
CURVE_STEP = timedelta(minutes=15)
LOCK = timedelta(minutes=2)


def list_incidents() -> tuple[IncidentLine, ...]:
    """Return the incidents, open ones first, then newest."""
    rows = IncidentRow.objects.filter(brand__archived=False).select_related("brand")
    lines = [_line(row) for row in rows.order_by("-opened_at")]
    return tuple(sorted(lines, key=lambda line: line.stage in {Stage.LEARNED, Stage.DISMISSED}))


def _line(row: IncidentRow) -> IncidentLine:
    return IncidentLine(
        id=row.id,
        title=row.title,
        brand=brand_of(row.brand),
        stage=Stage(row.stage),
        severity=Severity(row.severity),
        opened_at=row.opened_at,
        people=mentions.people(row.id),
        lead=row.lead,
        next_step=_next_step(row),
    )


def _next_step(row: IncidentRow) -> str:
    waiting = OutgoingRow.objects.filter(
        account__brand_id=row.brand_id, state=OutgoingState.APPROVED.value, kind="post"
    )
    return (
        next_step(
            incidents.words_of(row),
            can_hold=waiting.exists() or row.stage == Stage.NOTICED.value,
            to_write=incidents.to_write(row.id),
            option=row.chosen_option,
        ).value
        or "done"
    )


def room(incident_id: str, now: datetime) -> Room:
    """Return everything on one incident's page, as of now.

    Raises:
        BadInput: There is no such incident.
    """
    row = (
        IncidentRow.objects.select_related("brand", "account__brand", "post__account__brand")
        .filter(pk=incident_id)
        .first()
    )
    if row is None:
        raise BadInput(_("There is no such incident here. Look under Incidents."))
    lesson_id = lessons.of_incident(row.id)
    people = _affected(row, now)
    return Room(
        incident=incidents.words_of(row),
        title=row.title,
        brand=brand_of(row.brand),
        accounts=tuple(
            account_of(one) for one in row.brand.accounts.select_related("brand").order_by("handle")
        ),
        opened_because=row.because,
        post=post_view(row.post) if row.post else None,
        next_step=_next_step(row),
        holds=holds.of_incident(row.id),
        facts=incidents.facts(row.id),
        circumstances=incidents.circumstances_of(row),
        chosen_option=row.chosen_option,
        chosen_why=row.chosen_why,
        statements=_statements(row.id),
        affected=people,
        mentions=mentions.of_incident(row.id),
        evidence=incidents.evidence(row.id),
        timeline=_timeline(row.id),
        curve=_curve(row, now),
        clocks=_clocks(row),
        people=mentions.people(row.id),
        settle_proposed_at=row.settle_proposed_at,
        calm_words=_calm_words(row),
        answered_how=row.answered_how,
        recurrence=row.recurrence,
        lesson=lessons.lesson(lesson_id) if lesson_id else None,
        price=_price(row, people),
        now=now,
    )


def _timeline(incident_id: str) -> tuple[TimelineLine, ...]:
    rows = TimelineRow.objects.filter(incident_id=incident_id).order_by("-at", "-pk")
    return tuple(TimelineLine(row.at, row.words, row.by, row.verb) for row in rows)


def _statements(incident_id: str) -> tuple[StatementView, ...]:
    rows = StatementRow.objects.filter(incident_id=incident_id).order_by("-written_at")
    return tuple(_statement(row) for row in rows)


def _statement(row: StatementRow) -> StatementView:
    named = AccountRow.objects.filter(pk__in=row.accounts).select_related("brand")
    return StatementView(
        id=row.id,
        kind=row.kind,
        text=row.text,
        language=row.language,
        content_hash=row.content_hash,
        short_hash=row.content_hash[:4],
        approved_by=row.approved_by,
        approved_at=row.approved_at,
        withdrawn=row.withdrawn,
        accounts=tuple(account_of(one) for one in named.order_by("handle")),
        outgoing=outgoings.views([one.id for one in outgoings.of_statement(row.id)]),
    )


def _affected(row: IncidentRow, now: datetime) -> tuple[AffectedView, ...]:
    rows = row.affected.select_related("mention__account").order_by("-harm_level", "handle")
    return tuple(_person(one, now) for one in rows)


def _person(row: AffectedRow, now: datetime) -> AffectedView:
    sent = OutgoingRow.objects.filter(affected_id=row.id).values_list("pk", flat=True)
    worked = () if row.mention else _hand_accounts(row.incident.brand_id)
    locked = row.locked_at is not None and row.locked_at > now - LOCK
    return AffectedView(
        affected=incidents.affected_of(row),
        added_by=row.added_by,
        said_url=row.mention.url if row.mention else "",
        mention_id=row.mention_id or "",
        can_reply=row.mention is not None or bool(worked),
        outgoing=outgoings.views(list(sent)),
        by_hand_link=row.by_hand_link,
        locked_by=row.locked_by if locked else "",
        hand_accounts=worked,
    )


def _hand_accounts(brand_id: str) -> tuple[Account, ...]:
    rows = AccountRow.objects.filter(brand_id=brand_id, network=BY_HAND, connected=True)
    return tuple(account_of(one) for one in rows.select_related("brand").order_by("handle"))


def _curve(row: IncidentRow, now: datetime) -> tuple[CurvePoint, ...]:
    if row.account_id is None:
        return ()
    start = (row.first_reproach_at or row.opened_at) - timedelta(hours=2)
    end = min(row.settled_at or now, start + timedelta(hours=24)) + CURVE_STEP
    heard = mentions.blames(row.account_id, start)
    usual = usual_weight(row.account_id, start, CURVE_STEP)
    points = []
    at = start
    while at < end:
        weight = sum(one.weight for one in heard if at <= one.at < at + CURVE_STEP)
        points.append(CurvePoint(at, weight, usual))
        at += CURVE_STEP
    return tuple(points)


def usual_weight(account_id: str, before: datetime, step: timedelta) -> float:
    """Return the account's mean weight of reproach in a step, over 28 days before a time."""
    since = before - timedelta(days=28)
    rows = MentionRow.objects.filter(account_id=account_id, heard_at__lt=before)
    first = rows.order_by("heard_at").values_list("heard_at", flat=True).first()
    start = max(first, since) if first else since
    span = max(before - start, timedelta(days=1))
    weight = sum(one.weight for one in mentions.blames(account_id, start) if one.at < before)
    return weight * (step / span)


def _clocks(row: IncidentRow) -> tuple[Clock, ...]:
    first, answered, word = row.first_reproach_at, row.answered_at, row.first_word_at
    return (
        Clock("first_reproach", first, None, answered or word),
        Clock("first_word", row.opened_at, row.opened_at + FIRST_WORD, word or answered),
        Clock("next_update", word, word + NEXT_UPDATE if word else None, answered),
        Clock("full_answer", row.opened_at, row.opened_at + FULL_ANSWER, answered),
        Clock("calm", answered, None, row.settled_at or row.settle_proposed_at),
    )


def _calm_words(row: IncidentRow) -> str:
    if row.stage in {Stage.SETTLED.value, Stage.LEARNED.value}:
        return "Reproach is back to the usual."
    if row.settle_proposed_at:
        return "Reproach has been at its usual level for six hours."
    if row.stage == Stage.ANSWERED.value:
        return "Not calm yet: six hours at the usual level are needed since the answer."
    return "First the answer, then six hours at the usual level."


def _price(row: IncidentRow, people: tuple[AffectedView, ...]) -> Price:
    alarm = alarms.of_incident(row.id)
    states = [AffectedState(one.affected.state) for one in people]
    start = row.post.at if row.post else None
    noticed = alarm[0].at if alarm else row.opened_at
    blames = _curve_blames(row)
    return price(
        Instants(
            posted=start,
            alarmed=noticed,
            first_word=row.first_word_at,
            statement=row.answered_at if row.answered_how == "statement" else None,
            settled=row.settled_at,
        ),
        Counts(
            reproached=mentions.people(row.id),
            hurt=len(states),
            answered=sum(1 for state in states if state is not AffectedState.TO_WRITE),
            heard=sum(1 for state in states if state in HEARD),
        ),
        excess([sum(one.weight for one in blames)], [_usual_over(row)]),
    )


def _curve_blames(row: IncidentRow) -> list[mentions.Blame]:
    if row.account_id is None:
        return []
    start = row.first_reproach_at or row.opened_at
    end = row.settled_at or row.opened_at + timedelta(days=7)
    return [one for one in mentions.blames(row.account_id, start) if one.at <= end]


def _usual_over(row: IncidentRow) -> float:
    if row.account_id is None:
        return 0.0
    start = row.first_reproach_at or row.opened_at
    end = row.settled_at or row.opened_at + timedelta(hours=6)
    return usual_weight(row.account_id, start, end - start)


def open_ends(incident_id: str) -> tuple[str, ...]:
    """Return the handles of the people hurt who have not come to an end yet."""
    rows = AffectedRow.objects.filter(incident_id=incident_id)
    ended = [state.value for state in ENDED]
    return tuple(rows.exclude(state__in=ended).values_list("handle", flat=True))
