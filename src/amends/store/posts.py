"""Posts and drafts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from amends.prevent.thread import parts_of
from amends.store.brands import account_of
from amends.store.models import DraftRow, NearMissRow, PostRow
from amends.store.views import PostView
from amends.vocabulary.errors import BadInput


@dataclass(frozen=True)
class KeptPost:
    """A post to keep."""

    id: str
    account_id: str
    network_id: str
    url: str
    text: str
    at: datetime
    is_answer: bool = False
    imported: bool = False


@dataclass(frozen=True)
class KeptPicture:
    """A picture of a draft, in the order in which it was added."""

    sha256: str
    alt: str = ""
    part: int = 0  # the post of a thread that it goes with, 0 for the first


@dataclass(frozen=True)
class KeptDraft:
    """A draft as it was saved."""

    id: str
    account_id: str
    text: str
    kind: str
    reply_to: str
    by: str
    asked: tuple[str, ...]
    asked_text: str
    sent: bool
    media: tuple[KeptPicture, ...] = ()


def _rows() -> "QuerySet[PostRow]":
    rows = PostRow.objects.filter(account__brand__archived=False)
    return rows.select_related("account__brand").annotate(
        heard=Count("mentions", distinct=True),
        blamed=Count("mentions", filter=Q(mentions__weight__gt=0), distinct=True),
    )


def view_of(row: PostRow) -> PostView:
    """Return the post in a row."""
    return PostView(
        id=row.id,
        account=account_of(row.account),
        text=row.text,
        at=row.at,
        url=row.url,
        network_id=row.network_id,
        taken_down_at=row.taken_down_at,
        mentions=getattr(row, "heard", 0),
        reproaches=getattr(row, "blamed", 0),
    )


def post(post_id: str) -> PostView:
    """Return one post.

    Raises:
        BadInput: There is no such post.
    """
    row = _rows().filter(pk=post_id).first()
    if row is None:
        raise BadInput(_("There is no such post here. Choose one from the list."))
    return view_of(row)


def recent_posts(account_id: str = "", limit: int = 50) -> tuple[PostView, ...]:
    """Return published texts of active accounts, newest first, answers left out."""
    rows = _rows().filter(account__brand__archived=False, is_answer=False)
    if account_id:
        rows = rows.filter(account_id=account_id)
    return tuple(view_of(row) for row in rows.order_by("-at")[:limit])


def post_by_address(account_id: str, network_id: str) -> str:
    """Return the id of the account's post with this address, "" when we do not know it."""
    row = PostRow.objects.filter(account_id=account_id, network_id=network_id).first()
    return row.id if row else ""


def posts_by_address(account_id: str, network_ids: Sequence[str]) -> dict[str, str]:
    """Return the ids of the account's posts by their address; addresses unknown to us are out."""
    rows = PostRow.objects.filter(account_id=account_id, network_id__in=set(network_ids))
    return dict(rows.values_list("network_id", "id"))


def imported(account_id: str, network_ids: Sequence[str]) -> frozenset[str]:
    """Return which of these addresses are posts that were imported, and not sent from here."""
    rows = PostRow.objects.filter(
        account_id=account_id, network_id__in=set(network_ids), imported=True
    )
    return frozenset(rows.values_list("network_id", flat=True))


def post_by_link(link: str) -> str:
    """Return the id of the post with this link or address, "" when we do not know it."""
    row = PostRow.objects.filter(Q(url=link) | Q(network_id=link)).first()
    return row.id if row else ""


def keep_posts(kept: Iterable[KeptPost]) -> int:
    """Keep posts, each address once; return how many were new."""
    rows = [PostRow(**vars(one)) for one in kept]
    before = PostRow.objects.count()
    PostRow.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    return PostRow.objects.count() - before


def texts_by_account() -> dict[str, list[str]]:
    """Return each active account's good posts, oldest first; what taught a lesson is left out."""
    rows = PostRow.objects.filter(
        account__brand__archived=False, regretted=False, is_answer=False, taken_down_at=None
    ).order_by("at")
    found: dict[str, list[str]] = {}
    for account_id, text in rows.values_list("account_id", "text"):
        found.setdefault(account_id, []).append(text)
    return found


def history(account_id: str) -> tuple[tuple[str, str], ...]:
    """Return the account's good posts, oldest first, as (id, text)."""
    rows = PostRow.objects.filter(account_id=account_id, regretted=False, is_answer=False)
    return tuple(rows.order_by("at").values_list("id", "text"))


def newest_stamp() -> tuple[int, str]:
    """Return how many posts are known and the newest id, to see whether voices are stale."""
    row = PostRow.objects.order_by("-at").values_list("id", flat=True).first()
    return PostRow.objects.filter(regretted=False).count(), row or ""


def regret(post_id: str) -> None:
    """Say that an incident is about this post, so that it teaches no voice."""
    PostRow.objects.filter(pk=post_id).update(regretted=True)


def taken_down(account_id: str, network_id: str, at: datetime) -> None:
    """Say that the post was taken down, as the network answered."""
    PostRow.objects.filter(account_id=account_id, network_id=network_id).update(taken_down_at=at)


def give_address(account_id: str, old: str, address: str) -> None:
    """Give a post that a person reported without a link the link that was found later."""
    PostRow.objects.filter(account_id=account_id, network_id=old).update(
        network_id=address, url=address
    )


def live_posts_since(account_id: str, since: datetime) -> tuple[str, ...]:
    """Return the ids of the account's posts since then, answers left out."""
    rows = PostRow.objects.filter(account_id=account_id, at__gte=since, is_answer=False)
    return tuple(rows.values_list("id", flat=True))


def save_draft(kept: KeptDraft, at: datetime) -> None:
    """Keep a draft, new or changed."""
    DraftRow.objects.update_or_create(
        pk=kept.id,
        defaults={
            "account_id": kept.account_id,
            "text": kept.text,
            "kind": kept.kind,
            "reply_to": kept.reply_to,
            "by": kept.by,
            "updated_at": at,
            "asked": list(kept.asked),
            "asked_text": kept.asked_text,
            "sent": kept.sent,
            "media": [[one.sha256, one.alt, one.part] for one in kept.media],
        },
    )


def close_drafts(account_id: str, texts: Iterable[str]) -> None:
    """Mark the account's open drafts whose words are out already as sent."""
    out = {" ".join(text.split()) for text in texts}
    rows = DraftRow.objects.filter(account_id=account_id, sent=False)
    done = [one for one, text in rows.values_list("pk", "text") if " ".join(text.split()) in out]
    DraftRow.objects.filter(pk__in=done).update(sent=True)


def draft(draft_id: str) -> KeptDraft:
    """Return a draft.

    Raises:
        BadInput: There is no such draft.
    """
    row = DraftRow.objects.filter(pk=draft_id, account__brand__archived=False).first()
    if row is None:
        raise BadInput(_("That draft is not here any more. Write it again under Compose."))
    return KeptDraft(
        id=row.id,
        account_id=row.account_id,
        text=row.text,
        kind=row.kind,
        reply_to=row.reply_to,
        by=row.by,
        asked=tuple(row.asked),
        asked_text=row.asked_text,
        sent=row.sent,
        media=tuple(KeptPicture(*one) for one in row.media),
    )


def latest_draft(by: str) -> str:
    """Return the id of the person's newest unsent draft with anything in it, "" for none."""
    rows = DraftRow.objects.filter(by=by, sent=False, account__brand__archived=False)
    rows = rows.exclude(text="", media=[])
    found = rows.order_by("-updated_at").values_list("id", flat=True).first()
    return found or ""


def count_near_misses(account_id: str, rules: Sequence[str], at: datetime, kind: str) -> None:
    """Count what the rules saved: `kind` is moved, changed or overridden."""
    NearMissRow.objects.bulk_create(
        NearMissRow(account_id=account_id, rule=rule, at=at, kind=kind) for rule in rules
    )


def near_misses(rule: str) -> dict[str, int]:
    """Return how often the rule's finding was followed by each kind of end."""
    rows = NearMissRow.objects.filter(rule=rule).values_list("kind").annotate(n=Count("pk"))
    return dict(rows)


def is_taken_down(account_id: str, network_id: str) -> bool:
    """Return whether we took the post down ourselves."""
    rows = PostRow.objects.filter(account_id=account_id, network_id=network_id)
    return rows.exclude(taken_down_at=None).exists()


def taken_down_of(network_ids: Sequence[str]) -> frozenset[tuple[str, str]]:
    """Return (account id, network id) of those posts that we took down ourselves."""
    rows = PostRow.objects.filter(network_id__in=network_ids).exclude(taken_down_at=None)
    return frozenset(rows.values_list("account_id", "network_id")) if network_ids else frozenset()


def reopen(account_id: str, text: str) -> str:
    """Open the newest draft that left with these words again; return its id, "" for none."""
    rows = DraftRow.objects.filter(account_id=account_id, text__contains=text, sent=True)
    mine = [row for row in rows.order_by("-updated_at") if text in _texts(row.text)]
    if not mine:
        return ""
    DraftRow.objects.filter(pk=mine[0].pk).update(sent=False)
    return mine[0].pk


def _texts(text: str) -> set[str]:
    return {part.text for part in parts_of(text)}


def overridden_rules(account_id: str, text: str) -> frozenset[str]:
    """Return the rules that spoke on this text before it went out, and were overridden."""
    rows = DraftRow.objects.filter(account_id=account_id, text__contains=text, sent=True)
    mine = (row for row in rows if text in _texts(row.text))
    return frozenset(rule for row in mine for rule in row.overridden)


def note_overridden(draft_id: str, rules: Sequence[str]) -> None:
    """Keep which rules had spoken on a draft that went out."""
    DraftRow.objects.filter(pk=draft_id).update(overridden=list(rules))
