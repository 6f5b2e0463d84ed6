"""Incidents: rows to words and back; what pages see is in `rooms`."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from amends.learn.recurrence import Mishap
from amends.rulebook.pattern import from_json
from amends.store.models import (
    AffectedRow,
    EvidenceRow,
    FactRow,
    IncidentRow,
    LessonRow,
    StatementRow,
    TimelineRow,
)
from amends.vocabulary.errors import BadInput
from amends.vocabulary.incident import (
    Affected,
    AffectedState,
    Circumstances,
    Evidence,
    Fact,
    Harm,
    Incident,
    Reputation,
    Responsibility,
    Stage,
    Standing,
)
from amends.vocabulary.language import Language
from amends.vocabulary.reproach import Severity

OPEN = (Stage.NOTICED, Stage.HELD, Stage.UNDERSTOOD, Stage.DECIDED)


@dataclass(frozen=True)
class NewIncident:
    """What an incident starts with."""

    incident: Incident
    account_id: str
    post_id: str
    title: str
    because: str


@dataclass(frozen=True)
class About:
    """What flows need to know of an incident beside its stage."""

    account_id: str
    post_id: str
    title: str
    circumstances: Circumstances
    chosen_option: str
    answered_at: datetime | None
    settle_proposed_at: datetime | None
    brand_accounts: tuple[str, ...]


@dataclass(frozen=True)
class KeptStatement:
    """One exact text for all, and whether it was approved."""

    id: str
    incident_id: str
    kind: str
    text: str
    language: Language
    account_ids: tuple[str, ...]
    content_hash: str
    approved_by: str
    withdrawn: bool


def add(new: NewIncident) -> None:
    """Keep a new incident."""
    one = new.incident
    IncidentRow.objects.create(
        id=one.id,
        brand_id=one.brand_id,
        account_id=new.account_id or None,
        post_id=new.post_id or None,
        title=new.title[:300],
        because=new.because[:500],
        stage=one.stage.value,
        severity=int(one.severity),
        was_held=one.was_held,
        lead=one.lead,
        opened_at=one.opened_at,
    )


def _row(incident_id: str) -> IncidentRow:
    row = IncidentRow.objects.filter(pk=incident_id, brand__archived=False).first()
    if row is None:
        raise BadInput(_("There is no such incident here. Look under Incidents."))
    return row


def words_of(row: IncidentRow) -> Incident:
    """Return the incident in a row."""
    return Incident(
        id=row.id,
        brand_id=row.brand_id,
        stage=Stage(row.stage),
        severity=Severity(row.severity),
        opened_at=row.opened_at,
        was_held=row.was_held,
        lead=row.lead,
    )


def load_incident(incident_id: str) -> Incident:
    """Return an incident.

    Raises:
        BadInput: There is no such incident.
    """
    return words_of(_row(incident_id))


def save_incident(incident: Incident) -> None:
    """Keep an incident's stage, severity and lead."""
    IncidentRow.objects.filter(pk=incident.id).update(
        stage=incident.stage.value,
        severity=int(incident.severity),
        was_held=incident.was_held,
        lead=incident.lead,
    )


def circumstances_of(row: IncidentRow) -> Circumstances:
    """Return what is known about a row's mistake."""
    kept = row.circumstances or {}
    return Circumstances(
        responsibility=Responsibility(kept.get("responsibility", "unclear")),
        evidence=bool(kept.get("evidence", False)),
        history=bool(kept.get("history", False)),
        reputation=Reputation(kept.get("reputation", "ok")),
        harm=Harm(kept.get("harm", "annoyance")),
        rules=tuple(kept.get("rules", ())),
        same_kind_90d=int(kept.get("same_kind_90d", 0)),
    )


def set_circumstances(incident_id: str, found: Circumstances) -> None:
    """Keep what was agreed about the mistake."""
    IncidentRow.objects.filter(pk=incident_id).update(
        circumstances={
            "responsibility": found.responsibility.value,
            "evidence": found.evidence,
            "history": found.history,
            "reputation": found.reputation.value,
            "harm": found.harm.value,
            "rules": list(found.rules),
            "same_kind_90d": found.same_kind_90d,
        }
    )


def about(incident_id: str) -> About:
    """Return what flows need to know beside the stage.

    Raises:
        BadInput: There is no such incident.
    """
    row = _row(incident_id)
    return About(
        account_id=row.account_id or "",
        post_id=row.post_id or "",
        title=row.title,
        circumstances=circumstances_of(row),
        chosen_option=row.chosen_option,
        answered_at=row.answered_at,
        settle_proposed_at=row.settle_proposed_at,
        brand_accounts=tuple(row.brand.accounts.order_by("handle").values_list("pk", flat=True)),
    )


def set_times(incident_id: str, **times: datetime | None) -> None:
    """Keep instants of an incident: first_word_at, answered_at, settle_proposed_at, settled_at."""
    IncidentRow.objects.filter(pk=incident_id).update(**times)


def set_first_word(incident_id: str, at: datetime) -> None:
    """Keep when the first word went out, once."""
    IncidentRow.objects.filter(pk=incident_id, first_word_at=None).update(first_word_at=at)


def set_first_reproach(incident_id: str, at: datetime) -> None:
    """Keep when the first reproach was heard; an earlier time wins."""
    rows = IncidentRow.objects.filter(pk=incident_id)
    known = rows.values_list("first_reproach_at", flat=True).first()
    if known is None or at < known:
        rows.update(first_reproach_at=at)


def set_answered(incident_id: str, how: str, at: datetime) -> None:
    """Keep how and when the incident was answered."""
    IncidentRow.objects.filter(pk=incident_id).update(answered_how=how, answered_at=at)


def set_chosen(incident_id: str, option: str, why: str) -> None:
    """Keep the option a person chose, and why."""
    IncidentRow.objects.filter(pk=incident_id).update(chosen_option=option, chosen_why=why)


def set_recurrence(incident_id: str, words: str) -> None:
    """Keep that the same kind of mistake was learned from before."""
    IncidentRow.objects.filter(pk=incident_id).update(recurrence=words)


def open_for(account_id: str) -> str:
    """Return the id of the account's unanswered incident, "" when there is none."""
    rows = IncidentRow.objects.filter(
        account_id=account_id, stage__in=[stage.value for stage in OPEN]
    )
    return rows.order_by("-opened_at").values_list("pk", flat=True).first() or ""


def lately_answered_for(account_id: str, since: datetime) -> str:
    """Return the id of the account's answered or settled incident since then, "" for none."""
    rows = IncidentRow.objects.filter(
        account_id=account_id,
        stage__in=[Stage.ANSWERED.value, Stage.SETTLED.value],
        opened_at__gte=since,
    )
    return rows.order_by("-opened_at").values_list("pk", flat=True).first() or ""


def answered_ids() -> tuple[str, ...]:
    """Return the incidents that wait for calm."""
    rows = IncidentRow.objects.filter(stage=Stage.ANSWERED.value, brand__archived=False)
    return tuple(rows.values_list("pk", flat=True))


def of_post(post_id: str) -> str:
    """Return the id of the newest incident about a post, "" for none."""
    rows = IncidentRow.objects.filter(post_id=post_id).order_by("-opened_at")
    return rows.values_list("pk", flat=True).first() or ""


def note(incident_id: str, verb: str, words: str, *, at: datetime, by: str = "") -> None:
    """Add a line to the timeline."""
    TimelineRow.objects.create(incident_id=incident_id, at=at, verb=verb, words=words, by=by)


def add_fact(incident_id: str, fact: Fact) -> None:
    """Add a fact."""
    FactRow.objects.create(
        incident_id=incident_id,
        text=fact.text,
        standing=fact.standing.value,
        by=fact.by,
        at=fact.at,
    )


def facts(incident_id: str) -> tuple[Fact, ...]:
    """Return an incident's facts, oldest first."""
    rows = FactRow.objects.filter(incident_id=incident_id).order_by("at", "pk")
    return tuple(Fact(row.text, Standing(row.standing), row.by, row.at) for row in rows)


def add_evidence(incident_id: str, kept: Evidence, raw: str = "") -> None:
    """Keep evidence with its hash."""
    EvidenceRow.objects.create(
        id=kept.id,
        incident_id=incident_id,
        kind=kept.kind,
        url=kept.url,
        text=kept.text,
        raw=raw,
        kept_at=kept.kept_at,
        sha256=kept.sha256,
    )


def evidence(incident_id: str) -> tuple[Evidence, ...]:
    """Return an incident's evidence, oldest first."""
    rows = EvidenceRow.objects.filter(incident_id=incident_id).order_by("kept_at")
    return tuple(
        Evidence(row.id, row.kind, row.url, row.text, row.kept_at, row.sha256) for row in rows
    )


def affected_of(row: AffectedRow) -> Affected:
    """Return the person hurt in a row."""
    return Affected(
        id=row.id,
        handle=row.handle,
        network=row.network,
        said=row.said,
        state=AffectedState(row.state),
        harm_level=row.harm_level,
    )


def add_affected(incident_id: str, one: Affected, *, mention_id: str, by: str) -> bool:
    """Add a person hurt, each once; False when they are on the list already."""
    _, made = AffectedRow.objects.get_or_create(
        incident_id=incident_id,
        network=one.network,
        handle=one.handle,
        defaults={
            "id": one.id,
            "mention_id": mention_id or None,
            "said": one.said,
            "state": one.state.value,
            "harm_level": one.harm_level,
            "added_by": by,
        },
    )
    return made


@dataclass(frozen=True)
class KeptAffected:
    """A person hurt with what flows need to write to them."""

    affected: Affected
    incident_id: str
    mention_id: str
    locked_by: str
    locked_at: datetime | None


def affected(affected_id: str) -> KeptAffected:
    """Return a person hurt.

    Raises:
        BadInput: There is no such person on a list.
    """
    row = AffectedRow.objects.filter(pk=affected_id).first()
    if row is None:
        raise BadInput(_("That person is not on the list any more. Reload the page."))
    return KeptAffected(
        affected_of(row), row.incident_id, row.mention_id or "", row.locked_by, row.locked_at
    )


def move_affected(affected_id: str, state: AffectedState) -> None:
    """Keep how far the answer to a person has come."""
    AffectedRow.objects.filter(pk=affected_id).update(state=state.value)


def answered_by_hand(affected_id: str, text: str, link: str) -> None:
    """Keep what was written by hand, and the link that proves it."""
    AffectedRow.objects.filter(pk=affected_id).update(
        by_hand_text=text, by_hand_link=link, state=AffectedState.SENT.value
    )


def lock_affected(affected_id: str, by: str, at: datetime) -> None:
    """Keep who is writing to a person."""
    AffectedRow.objects.filter(pk=affected_id).update(locked_by=by, locked_at=at)


def written_to_others(incident_id: str, affected_id: str) -> tuple[str, ...]:
    """Return what was written to the incident's other people hurt."""
    rows = AffectedRow.objects.filter(incident_id=incident_id).exclude(pk=affected_id)
    sent = rows.values_list("outgoing__text", flat=True)
    by_hand = rows.values_list("by_hand_text", flat=True)
    return tuple(text for text in (*sent, *by_hand) if text)


def to_write(incident_id: str) -> int:
    """Return how many people hurt nobody has written to yet."""
    return AffectedRow.objects.filter(
        incident_id=incident_id, state=AffectedState.TO_WRITE.value
    ).count()


def add_statement(kept: KeptStatement, *, by: str, at: datetime) -> None:
    """Keep one exact text; earlier texts of its kind that were not approved give way."""
    StatementRow.objects.filter(
        incident_id=kept.incident_id, kind=kept.kind, approved_by=""
    ).delete()
    StatementRow.objects.create(
        id=kept.id,
        incident_id=kept.incident_id,
        kind=kept.kind,
        text=kept.text,
        language=kept.language.value,
        accounts=list(kept.account_ids),
        content_hash=kept.content_hash,
        written_by=by,
        written_at=at,
    )


def statement(statement_id: str) -> KeptStatement:
    """Return one exact text.

    Raises:
        BadInput: There is no such text.
    """
    row = StatementRow.objects.filter(pk=statement_id).first()
    if row is None:
        raise BadInput(
            _("That text was replaced by a newer one. Reload the page and read it again.")
        )
    return KeptStatement(
        id=row.id,
        incident_id=row.incident_id,
        kind=row.kind,
        text=row.text,
        language=Language(row.language),
        account_ids=tuple(row.accounts),
        content_hash=row.content_hash,
        approved_by=row.approved_by,
        withdrawn=row.withdrawn,
    )


def approve_statement(statement_id: str, *, by: str, at: datetime) -> None:
    """Keep a person's yes to the exact text."""
    StatementRow.objects.filter(pk=statement_id).update(approved_by=by, approved_at=at)


def withdraw_statement(statement_id: str) -> None:
    """Withdraw one approval."""
    StatementRow.objects.filter(pk=statement_id).update(withdrawn=True)


def same_kind(brand_id: str, since: datetime, but: str) -> int:
    """Return how many other incidents of the brand were answered by a statement since then."""
    rows = IncidentRow.objects.filter(brand_id=brand_id, opened_at__gte=since)
    return rows.filter(answered_how="statement").exclude(pk=but).count()


def mishaps(but: str) -> tuple[Mishap, ...]:
    """Return the earlier incidents as far as recurrence asks, with the rules that came of them."""
    rows = IncidentRow.objects.exclude(pk=but).exclude(stage=Stage.DISMISSED.value)
    rules = {row.incident_id: row for row in LessonRow.objects.exclude(adopted_at=None)}
    return tuple(
        Mishap(
            incident_id=row.id,
            kind=rules[row.id].id if row.id in rules else row.id,
            account_id=row.account_id or "",
            at=row.opened_at,
            rule=f"lesson-{rules[row.id].id}" if row.id in rules else "",
            rule_accounts=_rule_accounts(rules.get(row.id)),
        )
        for row in rows
    )


def _rule_accounts(row: LessonRow | None) -> frozenset[str]:
    return frozenset(from_json(row.pattern).account_ids) if row else frozenset()


def approved_ids(incident_id: str, kind: str = "") -> tuple[str, ...]:
    """Return the texts that were approved and stand, since the incident last opened anew."""
    rows = StatementRow.objects.filter(incident_id=incident_id, withdrawn=False)
    rows = rows.exclude(approved_by="")
    reopened_at = _row(incident_id).reopened_at
    if reopened_at is not None:
        rows = rows.filter(approved_at__gt=reopened_at)
    return tuple((rows.filter(kind=kind) if kind else rows).values_list("pk", flat=True))


def unapproved_texts(incident_id: str, kind: str) -> tuple[str, ...]:
    """Return the texts of this kind that nobody has approved yet."""
    rows = StatementRow.objects.filter(incident_id=incident_id, kind=kind, approved_by="")
    return tuple(rows.values_list("text", flat=True))


def troubled_accounts() -> frozenset[str]:
    """Return the accounts with an incident that waits for its answer."""
    rows = IncidentRow.objects.filter(
        stage__in=[stage.value for stage in OPEN], brand__archived=False
    ).exclude(account=None)
    return frozenset(str(one) for one in rows.values_list("account_id", flat=True))
