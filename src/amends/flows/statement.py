"""Words to all: written, linted as they are typed, approved to the letter, published once."""

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from amends.answer.stages import StatementApproved
from amends.answer.statement import Lint, apology_skeleton, content_hash, holding_text
from amends.answer.statement import lint as linted
from amends.flows import clock, course, ids
from amends.flows.draft import ALONE_DELAY, language_in, refuse_unsendable, undo_until
from amends.prevent import rules as prevent_rules
from amends.rulebook.rule import Decision, Finding, decide, findings_of
from amends.rulebook.shelf import rules_in
from amends.store import brands, incidents, lessons, outgoings, posts, records
from amends.store.incidents import About, KeptStatement
from amends.store.turns import turn
from amends.vocabulary.brand import Account
from amends.vocabulary.errors import BadInput, NotApproved
from amends.vocabulary.outgoing import LIVE, Outgoing, OutgoingKind, OutgoingState
from amends.vocabulary.post import Draft, DraftKind
from amends.vocabulary.record import Verb

KINDS = ("holding", "statement")
LATENESS_S = 600
ENDED = LIVE | {OutgoingState.CANCELLED, OutgoingState.REFUSED, OutgoingState.GIVEN_UP}


def _account(about: About) -> Account:
    return brands.account(about.account_id or about.brand_accounts[0]).account


def lint(incident_id: str, text: str, *, kind: str = "statement") -> Lint:
    """Return what the credibility rules say about a text for all, live.

    A holding statement is not asked for an apology's parts: it says that we know, and no more.

    Raises:
        BadInput: there is no such incident.
    """
    with turn():
        about = incidents.about(incident_id)
        account = _account(about)
    rules = tuple(lesson.id for lesson in lessons.adopted())
    draft = Draft(
        text=text,
        language=language_in(text, account),
        kind=DraftKind.STATEMENT,
        account=account,
        others=tuple(one for one in brands.accounts() if one.brand.id != account.brand.id),
        circumstances=replace(about.circumstances, rules=rules),
    )
    found = linted(draft)
    findings = (*findings_of(rules_in(prevent_rules), draft), *found.findings)
    if kind == "holding":
        findings = tuple(one for one in findings if not _asks_for_apology(one))
    return replace(found, findings=findings, verdict=decide(findings))


def _asks_for_apology(finding: Finding) -> bool:
    return finding.rule.startswith(("missing.", "order."))


def skeleton(incident_id: str, kind: str) -> str:
    """Return a text to start from; its gaps are in square brackets and are caught when left in.

    Raises:
        BadInput: there is no such incident or kind.
    """
    _refuse_kind(kind)
    with turn():
        about = incidents.about(incident_id)
        account = _account(about)
    post = posts.post(about.post_id).text if about.post_id else ""
    language = language_in(post, account)
    return holding_text(language) if kind == "holding" else apology_skeleton(language)


def _refuse_kind(kind: str) -> None:
    if kind not in KINDS:
        raise BadInput(_("Say whether it is a holding statement or the statement."))


def save(by: str, incident_id: str, text: str, *, kind: str, account_ids: list[str]) -> str:
    """Keep one exact text and return its id; it replaces an unapproved one of its kind.

    Raises:
        BadInput: there are no words, no account, or the text is too long for one of them.
    """
    _refuse_kind(kind)
    with turn():
        about, at = incidents.about(incident_id), clock.now()
        chosen = [one for one in account_ids if one in about.brand_accounts]
        if not chosen:
            raise BadInput(_("Choose at least one account on which it shall be published."))
        accounts = [brands.account(one).account for one in chosen]
        for account in accounts:
            answers = bool(_target(incident_id, account.id))
            refuse_unsendable(account, text, OutgoingKind.STATEMENT, answers=answers)
        language = language_in(text, accounts[0])
        kept = KeptStatement(
            id=ids.new("statement"),
            incident_id=incident_id,
            kind=kind,
            text=text,
            language=language,
            account_ids=tuple(chosen),
            content_hash=content_hash(",".join(chosen), text, language, kind),
            approved_by="",
            withdrawn=False,
        )
        incidents.add_statement(kept, by=by, at=at)
        records.enter(
            Verb.STATEMENT_WRITTEN,
            f"statement:{kept.id}",
            by=by,
            at=at,
            content_hash=kept.content_hash,
        )
    return kept.id


def approve(by: str, statement_id: str, *, shown_hash: str, reason: str = "") -> None:
    """Say yes to exactly this text; it is published once on each of its accounts.

    What the rules stop needs a second person; alone at the desk, a written reason and ten
    minutes in which it can be withdrawn.

    Raises:
        NotApproved: the text is not the one that was shown, or a rule stops it unreasoned.
        WrongStage: the incident does not publish where it stands.
        BadInput: it was approved already.
    """
    with turn():
        kept, now = incidents.statement(statement_id), clock.now()
        if shown_hash != kept.content_hash:
            raise NotApproved(_("The text changed since you read it. Read it again, then approve."))
        if kept.approved_by:
            raise BadInput(f"{kept.approved_by} has approved this text already.")
        verdict = lint(kept.incident_id, kept.text, kind=kept.kind)
        _refuse_unreasoned(verdict, reason)
        _refuse_second(kept)
        course.follow(kept.incident_id, StatementApproved(by, kept.content_hash), at=now)
        incidents.approve_statement(statement_id, by=by, at=now)
        stopped = verdict.verdict is Decision.STOP
        for account_id in kept.account_ids:
            account = brands.account(account_id).account
            due_at = now + ALONE_DELAY if stopped else undo_until(account, now)
            one = _outgoing(by, kept, account_id, reason, due_at, now)
            outgoings.add(replace(one, earliest_at=due_at if stopped else None), at=now)
        _note(kept, by, reason, now, verdict)


def _refuse_unreasoned(verdict: Lint, reason: str) -> None:
    gravest = max(verdict.findings, key=lambda one: one.decision, default=None)
    if gravest is None or gravest.decision is Decision.PASS or reason.strip():
        return
    stopped = gravest.decision is Decision.STOP
    more = (
        "Change the text; or, alone at the desk, give a reason: it then waits ten minutes."
        if stopped
        else "Change the text, or say in one line why it is right."
    )
    raise NotApproved(f"{gravest.message} {more}")


def _refuse_second(kept: KeptStatement) -> None:
    """Refuse a text beside one of its kind that is on its way; a statement beside a live one too.

    A holding statement may be followed by the next: that is how people are kept informed.
    """
    for earlier in incidents.approved_ids(kept.incident_id, kept.kind):
        ended = all(one.state in ENDED for one in outgoings.of_statement(earlier))
        if kept.kind == "statement" or not ended:
            raise BadInput(
                _("A text of this kind was approved already: withdraw it before another.")
            )


def _rules(verdict: Lint) -> tuple[str, ...]:
    return tuple(sorted({one.rule for one in verdict.findings}))


def _note(
    kept: KeptStatement,
    by: str,
    reason: str,
    now: datetime,
    verdict: Lint,
) -> None:
    name = "The holding statement" if kept.kind == "holding" else "The statement"
    words = f"{name} {kept.content_hash[:4]} was approved."
    if verdict.verdict is Decision.STOP:
        words += " It waits ten minutes, because the rules stop it and one person went on."
    if reason.strip():
        words += f" Reason: {reason.strip()}"
    incidents.note(kept.incident_id, "approved", words, at=now, by=by)
    records.enter(
        Verb.APPROVED,
        f"statement:{kept.id}",
        by=by,
        at=now,
        content_hash=kept.content_hash,
        rules=_rules(verdict),
    )


def _outgoing(  # noqa: PLR0913 - what a person said yes to
    by: str, kept: KeptStatement, account_id: str, reason: str, due_at: datetime, now: datetime
) -> Outgoing:
    target = _target(kept.incident_id, account_id)
    hashed = content_hash(account_id, kept.text, kept.language, target)
    return Outgoing(
        id=ids.new("outgoing"),
        kind=OutgoingKind.STATEMENT,
        account_id=account_id,
        text=kept.text,
        language=kept.language.value,
        target=target,
        content_hash=hashed,
        approved_hash=hashed,
        approved_by=by,
        approved_at=now,
        due_at=due_at,
        lateness_s=LATENESS_S,
        reason=reason.strip(),
        incident_id=kept.incident_id,
        statement_id=kept.id,
    )


def _target(incident_id: str, account_id: str) -> str:
    """Return the offending post's address where it still stands on this account, else ""."""
    about = incidents.about(incident_id)
    if not about.post_id:
        return ""
    post = posts.post(about.post_id)
    stands = post.account.id == account_id and post.taken_down_at is None
    return post.network_id if stands else ""


def withdraw(by: str, statement_id: str) -> None:
    """Take a yes back; what has not left stays here.

    Raises:
        BadInput: there is no such text.
    """
    with turn():
        at, kept = clock.now(), incidents.statement(statement_id)
        if not course.withdraw_statement(statement_id, by=by, at=at):
            raise BadInput(
                _(
                    "This text is out or on its way: it cannot be withdrawn any more. "
                    "Publish a better one beside it, or take it down openly."
                )
            )
        words = f"The approval of {kept.content_hash[:4]} was withdrawn."
        if any(one.state in course.UNPROVEN for one in outgoings.of_statement(statement_id)):
            words += " What was on its way already is followed to its end, and not sent again."
        incidents.note(kept.incident_id, "withdrawn", words, at=at, by=by)
