"""The home board: all brands, worst first."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from amends.store import threads, workspaces
from amends.store.brands import BY_HAND, list_accounts, list_brands
from amends.store.incidents import OPEN
from amends.store.models import AlarmRow, IncidentRow, MentionRow, OutgoingRow, PostRow
from amends.store.views import AccountView, BrandLine, HomeBoard
from amends.vocabulary.brand import Brand
from amends.vocabulary.incident import Stage
from amends.vocabulary.outgoing import OutgoingState

ORDER = {"incident": 0, "not hearing": 1, "watch": 2, "calm": 3, "by hand": 4}
LATELY = timedelta(hours=24)
TO_DECIDE = [
    state.value
    for state in (OutgoingState.NEEDS_PERSON, OutgoingState.MISSED, OutgoingState.REFUSED)
]


def home(now: datetime) -> HomeBoard:
    """Return all brands, worst first, as of now on the workspace's clock."""
    accounts = list_accounts()
    lines = [
        _line(brand, tuple(one for one in accounts if one.account.brand.id == brand.id), now)
        for brand in list_brands()
    ]
    lines.sort(key=lambda line: (ORDER[line.state], _oldest(line, now), line.brand.name))
    offset = workspaces.offset()
    practice = workspaces.is_practice()
    return HomeBoard(now, tuple(lines), practice, practice or settings.CLOCK_MOVES, offset)


def _oldest(line: BrandLine, now: datetime) -> datetime:
    return line.oldest_unanswered_at or now


def _line(brand: Brand, accounts: tuple[AccountView, ...], now: datetime) -> BrandLine:
    unanswered = MentionRow.objects.filter(
        account__brand_id=brand.id, weight__gt=0, answered=False, heard_at__gte=now - 7 * LATELY
    ).order_by("heard_at")
    outgoing = OutgoingRow.objects.filter(account__brand_id=brand.id)
    waiting = threads.ready(outgoing).filter(state=OutgoingState.APPROVED.value).order_by("due_at")
    incident = _incident(brand)
    state, words = _state(brand, accounts, incident, now)
    return BrandLine(
        brand=brand,
        accounts=accounts,
        state=state,
        words=words,
        people=_people(brand, incident, now),
        since=incident.opened_at if incident else None,
        incident_id=incident.id if incident else "",
        posts_today=_posts_today(brand, now),
        next_post_at=waiting.values_list("due_at", flat=True).first(),
        held=outgoing.filter(state=OutgoingState.HELD.value).count(),
        missed=outgoing.filter(state=OutgoingState.MISSED.value).count(),
        to_decide=outgoing.filter(state__in=TO_DECIDE).count(),
        unanswered=unanswered.count(),
        oldest_unanswered_at=unanswered.values_list("heard_at", flat=True).first(),
    )


def _incident(brand: Brand) -> IncidentRow | None:
    stages = [stage.value for stage in (*OPEN, Stage.ANSWERED)]
    rows = IncidentRow.objects.filter(brand_id=brand.id, stage__in=stages)
    return rows.order_by("-severity", "opened_at").first()


def _state(
    brand: Brand, accounts: tuple[AccountView, ...], incident: IncidentRow | None, now: datetime
) -> tuple[str, str]:
    if incident and incident.stage != Stage.ANSWERED.value:
        return "incident", incident.title
    listened = [one for one in accounts if one.account.network != BY_HAND]
    silent = [one for one in listened if not one.connected or one.heard_late]
    if silent:
        names = ", ".join(f"@{one.account.handle}" for one in silent)
        return "not hearing", f"Not hearing {names}"
    watched = _watched(brand, incident, now)
    if watched:
        return "watch", watched
    return ("calm" if listened else "by hand"), _unheard(accounts)


def _watched(brand: Brand, incident: IncidentRow | None, now: datetime) -> str:
    """Return why the brand is being watched, "" when it is not."""
    if incident:
        return f"Answered, not settled yet: {incident.title}"
    rows = AlarmRow.objects.filter(account__brand_id=brand.id, state="watching")
    return "Being watched after an alarm" if rows.filter(watch_until__gt=now).exists() else ""


def _unheard(accounts: tuple[AccountView, ...]) -> str:
    """Return one sentence about accounts that people work: never a calm that nobody has heard."""
    names = [f"@{one.account.handle}" for one in accounts if one.account.network == BY_HAND]
    return f"Nothing is heard from {', '.join(names)}: look there yourself." if names else ""


def _people(brand: Brand, incident: IncidentRow | None, now: datetime) -> int:
    since = incident.opened_at - timedelta(hours=1) if incident else now - LATELY
    rows = MentionRow.objects.filter(account__brand_id=brand.id, weight__gt=0, heard_at__gte=since)
    return rows.values("author_id").distinct().count()


def _posts_today(brand: Brand, now: datetime) -> int:
    local = now.astimezone(ZoneInfo(brand.time_zone))
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return PostRow.objects.filter(
        account__brand_id=brand.id, at__gte=midnight, at__lte=now, is_answer=False
    ).count()
