"""Mentions with their readings, and the detector's streams."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext as _

from amends.store.brands import account_of
from amends.store.models import AccountRow, AffectedRow, MentionRow, PostRow, StreamRow
from amends.store.views import MentionView
from amends.vocabulary.errors import BadInput
from amends.vocabulary.language import Language
from amends.vocabulary.mention import Mention, MentionKind, Reading
from amends.vocabulary.reproach import Reproach

LEVEL_WORDS = ("hint", "disapproval", "accusation", "blame")


@dataclass(frozen=True)
class KeptMention:
    """A mention to keep, with what was read in it and judged of it."""

    id: str
    account_id: str
    mention: Mention
    heard_at: datetime
    about_id: str
    incident_id: str
    reading: Reading
    reproach: Reproach | None


@dataclass(frozen=True)
class Blame:
    """One weighed reproach, as the baseline and the curve need it."""

    at: datetime
    author_id: str
    weight: float
    in_incident: bool


def known(account_id: str, network_ids: Sequence[str]) -> frozenset[str]:
    """Return which of these addresses the account has kept already."""
    rows = MentionRow.objects.filter(account_id=account_id, network_id__in=network_ids)
    return frozenset(rows.values_list("network_id", flat=True))


def keep(kept: Sequence[KeptMention]) -> None:
    """Keep new mentions, each address once."""
    rows = [_row(one) for one in kept]
    MentionRow.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)


def _row(kept: KeptMention) -> MentionRow:
    said, reading, reproach = kept.mention, kept.reading, kept.reproach
    return MentionRow(
        id=kept.id,
        account_id=kept.account_id,
        network_id=said.network_id,
        url=said.url,
        author_id=said.author_id,
        author_handle=_storable(said.author_handle)[:300],
        author_name=_storable(said.author_name)[:300],
        text=_storable(said.text),
        kind=said.kind.value,
        written_at=said.written_at,
        heard_at=kept.heard_at,
        about_id=kept.about_id or None,
        incident_id=kept.incident_id or None,
        language=reading.language.value if reading.language else "",
        p_reproach=reading.p_reproach,
        levels=list(reading.severity),
        p_offensive=reading.p_offensive,
        p_hurt=reading.p_hurt,
        subject=reading.subject[:200],
        unsure=reading.unsure,
        weight=reproach.weight if reproach else 0.0,
        severity=int(reproach.severity) if reproach else 0,
        hurt=reproach.personally_hurt if reproach else False,
    )


def _storable(text: str) -> str:
    """Return foreign text without what a database cannot hold: NUL and halves of signs."""
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode()


def reading_of(row: MentionRow) -> Reading:
    """Return what the reader measured in a row's text."""
    p0, p1, p2, p3 = row.levels or (0.0, 0.0, 0.0, 0.0)
    return Reading(
        language=Language(row.language) if row.language else None,
        p_reproach=row.p_reproach,
        severity=(p0, p1, p2, p3),
        p_offensive=row.p_offensive,
        p_hurt=row.p_hurt,
        subject=row.subject,
        unsure=row.unsure,
    )


def view_of(row: MentionRow, affected: str = "") -> MentionView:
    """Return the mention in a row."""
    reading = reading_of(row)
    top = max(range(4), key=lambda level: reading.severity[level])
    return MentionView(
        id=row.id,
        account=account_of(row.account),
        author_handle=row.author_handle,
        author_name=row.author_name,
        text=row.text,
        url=row.url,
        kind=MentionKind(row.kind),
        heard_at=row.heard_at,
        about_post_id=row.about_id or "",
        about_text=row.about.text if row.about else "",
        reading=reading,
        is_reproach=row.weight > 0,
        judged_by=row.judged_by,
        level_word=LEVEL_WORDS[top] if row.weight > 0 else "",
        incident_id=row.incident_id or "",
        answered=row.answered,
        affected_id=affected,
    )


def _rows() -> "QuerySet[MentionRow]":
    return MentionRow.objects.filter(account__brand__archived=False).select_related(
        "account__brand", "about"
    )


def _views(rows: "QuerySet[MentionRow]") -> tuple[MentionView, ...]:
    found = list(rows)
    affected = dict(AffectedRow.objects.filter(mention__in=found).values_list("mention_id", "id"))
    return tuple(view_of(row, affected.get(row.pk, "")) for row in found)


def queue(
    limit: int = 100,
    account_id: str = "",
    *,
    only_reproach: bool = False,
    unanswered: bool = False,
) -> tuple[MentionView, ...]:
    """Return mentions, newest first."""
    rows = _rows()
    if account_id:
        rows = rows.filter(account_id=account_id)
    if only_reproach:
        rows = rows.filter(weight__gt=0)
    if unanswered:
        rows = rows.filter(answered=False)
    return _views(rows.order_by("-heard_at", "-pk")[:limit])


def mention(mention_id: str) -> MentionView:
    """Return one mention.

    Raises:
        BadInput: There is no such mention.
    """
    found = _views(_rows().filter(pk=mention_id))
    if not found:
        raise BadInput(_("That mention is not here any more. Reload the list."))
    return found[0]


def address(mention_id: str) -> tuple[str, str, str]:
    """Return a mention's (account id, network id, author id).

    Raises:
        BadInput: There is no such mention.
    """
    row = MentionRow.objects.filter(pk=mention_id).first()
    if row is None:
        raise BadInput(_("That mention is not here any more. Reload the list."))
    return row.account_id, row.network_id, row.author_id


def of_incident(incident_id: str) -> tuple[MentionView, ...]:
    """Return an incident's mentions, gravest first, then newest."""
    rows = _rows().filter(incident_id=incident_id)
    return _views(rows.order_by("-weight", "-heard_at"))


def of_post(post_id: str, limit: int = 100) -> tuple[MentionView, ...]:
    """Return what was said about a post, newest first."""
    return _views(_rows().filter(about_id=post_id).order_by("-heard_at")[:limit])


def correct(mention_id: str, reproach: Reproach | None, by: str) -> None:
    """Keep a person's word on whether it is reproach."""
    MentionRow.objects.filter(pk=mention_id).update(
        judged_by=by,
        unsure=False,
        weight=reproach.weight if reproach else 0.0,
        severity=int(reproach.severity) if reproach else 0,
        hurt=reproach.personally_hurt if reproach else False,
    )


def answered(mention_id: str) -> None:
    """Say that somebody answered."""
    MentionRow.objects.filter(pk=mention_id).update(answered=True)


def gather(incident_id: str, account_id: str, since: datetime, post_id: str) -> int:
    """Bring what was said since then into the incident; return how many.

    With a post, what is about that post; without, all reproach of the account.
    """
    rows = MentionRow.objects.filter(account_id=account_id, heard_at__gte=since)
    rows = rows.filter(about_id=post_id) if post_id else rows.filter(weight__gt=0)
    return rows.filter(incident=None).update(incident_id=incident_id)


def blames(account_id: str, since: datetime) -> tuple[Blame, ...]:
    """Return the account's reproach since then, oldest first."""
    rows = MentionRow.objects.filter(account_id=account_id, heard_at__gte=since, weight__gt=0)
    return tuple(
        Blame(at, author_id, weight, incident_id is not None)
        for at, author_id, weight, incident_id in rows.order_by("heard_at", "pk").values_list(
            "heard_at", "author_id", "weight", "incident_id"
        )
    )


def heard_times(account_id: str, since: datetime) -> tuple[datetime, ...]:
    """Return when the account was mentioned since then, reproach or not, oldest first."""
    rows = MentionRow.objects.filter(account_id=account_id, heard_at__gte=since)
    return tuple(rows.order_by("heard_at").values_list("heard_at", flat=True))


def heaviest(account_id: str, post_id: str, since: datetime, limit: int = 3) -> tuple[str, ...]:
    """Return the texts with the most weight since then."""
    rows = MentionRow.objects.filter(account_id=account_id, heard_at__gte=since, weight__gt=0)
    if post_id:
        rows = rows.filter(about_id=post_id)
    return tuple(rows.order_by("-weight", "heard_at").values_list("text", flat=True)[:limit])


def people(incident_id: str) -> int:
    """Return how many different people reproached in an incident."""
    rows = MentionRow.objects.filter(incident_id=incident_id, weight__gt=0)
    return rows.aggregate(n=Count("author_id", distinct=True))["n"] or 0


def weight_since(account_id: str, since: datetime) -> float:
    """Return the weight of the account's reproach since then."""
    rows = MentionRow.objects.filter(account_id=account_id, heard_at__gte=since)
    return rows.aggregate(total=Sum("weight"))["total"] or 0.0


def usual_posts_a_day(account_id: str, since: datetime, until: datetime) -> float:
    """Return how many posts a day the account published in a time, answers left out."""
    rows = PostRow.objects.filter(
        account_id=account_id, at__gte=since, at__lt=until, is_answer=False
    )
    days = max((until - since).total_seconds() / 86_400, 1.0)
    return rows.count() / days


@dataclass(frozen=True)
class Stream:
    """The detector's exact state for an account or a post, as JSON."""

    key: str
    account_id: str
    post_id: str
    watch: str
    usual: str
    usual_at: datetime | None


def stream(key: str) -> Stream | None:
    """Return a stream's state; None when it is new."""
    row = StreamRow.objects.filter(pk=key).first()
    if row is None:
        return None
    return Stream(row.key, row.account_id, row.post_id or "", row.watch, row.usual, row.usual_at)


def save_stream(kept: Stream) -> None:
    """Keep a stream's state, in the transaction of the mentions that changed it."""
    StreamRow.objects.update_or_create(
        pk=kept.key,
        defaults={
            "account_id": kept.account_id,
            "post_id": kept.post_id or None,
            "watch": kept.watch,
            "usual": kept.usual,
            "usual_at": kept.usual_at,
        },
    )


def stream_keys(account_id: str) -> tuple[str, ...]:
    """Return the keys of the account's streams."""
    return tuple(StreamRow.objects.filter(account_id=account_id).values_list("key", flat=True))


def streams_watched() -> int:
    """Return how many accounts are watched, for the false-alarm budget they share."""
    return max(AccountRow.objects.filter(brand__archived=False).count(), 1)


def answered_at_address(account_id: str, network_id: str) -> None:
    """Say that somebody answered the mention with this address."""
    MentionRow.objects.filter(account_id=account_id, network_id=network_id).update(answered=True)


def is_hurt(mention_id: str) -> bool:
    """Return whether the writer says that they are hurt themselves."""
    return MentionRow.objects.filter(pk=mention_id, hurt=True, weight__gt=0).exists()


def harm_level(mention_id: str) -> float:
    """Return how bad it is for the writer: 0 to 3, and one more when hurt themselves."""
    row = MentionRow.objects.filter(pk=mention_id).first()
    return (float(row.severity) + float(row.hurt)) if row else 0.0


def blamed_post(account_id: str, since: datetime) -> str:
    """Return the post that most of the reproach since then is about, "" when there is none."""
    rows = MentionRow.objects.filter(account_id=account_id, heard_at__gte=since, weight__gt=0)
    counts = rows.values_list("about_id").annotate(n=Count("pk")).order_by("-n")
    found = counts.exclude(about=None).first()
    return str(found[0]) if found is not None and 2 * found[1] > rows.count() else ""


def free(incident_id: str) -> None:
    """Let an incident's mentions go: it was dismissed, and they may belong to a later one."""
    MentionRow.objects.filter(incident_id=incident_id).update(incident=None)


def attach(mention_id: str, incident_id: str) -> None:
    """Say that a mention belongs to an incident."""
    MentionRow.objects.filter(pk=mention_id).update(incident_id=incident_id)
