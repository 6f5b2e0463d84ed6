"""Drafts: reviewed as they are typed, moved to the right account, and let out by a person."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import pairwise

from django.utils.translation import gettext as _

from amends.answer import credibility
from amends.answer.statement import content_hash
from amends.flows import by_hand, clock, hold, ids, parts, pictures, voices
from amends.flows.pictures import Told
from amends.networks.port import Count
from amends.networks.shelf import network_named
from amends.prevent.guard import read_voice
from amends.prevent.guard import review as reviewed
from amends.readers.tongue import language_of
from amends.rulebook.pattern import rule_from
from amends.rulebook.rule import Decision, Finding, Rule, Verdict, decide
from amends.rulebook.shelf import rules_in
from amends.store import brands, incidents, lessons, outgoings, posts, records
from amends.store.posts import KeptDraft
from amends.store.turns import turn
from amends.store.views import Review
from amends.vocabulary.brand import Account
from amends.vocabulary.errors import BadInput, NotApproved, WrongAccount
from amends.vocabulary.incident import Circumstances
from amends.vocabulary.language import Language
from amends.vocabulary.outgoing import Outgoing, OutgoingKind, OutgoingState
from amends.vocabulary.post import Draft, DraftKind
from amends.vocabulary.record import Verb

ALONE_DELAY = timedelta(minutes=10)  # for what would need a second person
ANSWERS = frozenset({DraftKind.REPLY, DraftKind.STATEMENT, DraftKind.PRIVATE})
LATENESS_S = {OutgoingKind.POST: 900, OutgoingKind.REPLY: 3_600}
LONGEST = 20_000  # characters; no network takes more


def lesson_rules() -> tuple[Rule, ...]:
    """Return the rules that this team's own mistakes have taught."""
    return tuple(rule_from(lessons.adopted_pattern(one)) for one in lessons.adopted())


def language_in(text: str, account: Account) -> Language:
    """Return the text's language, or the account's first where it cannot be told."""
    found = language_of(text)
    return found if found is not None else account.languages[0]


def draft_of(
    account: Account,
    text: str,
    kind: DraftKind = DraftKind.POST,
    answers: str = "",
    circumstances: Circumstances | None = None,
) -> Draft:
    """Return a text as the rules see it: for this account, beside the desk's others."""
    return Draft(
        text=text,
        language=language_in(text, account),
        kind=kind,
        account=account,
        others=tuple(one for one in brands.accounts() if one.id != account.id),
        answers=answers,
        circumstances=circumstances or Circumstances(),
    )


def verdict_on(
    account: Account,
    text: str,
    kind: DraftKind = DraftKind.POST,
    answers: str = "",
    circumstances: Circumstances | None = None,
) -> Verdict:
    """Return what all rules, lessons and the voice book say about a text for an account."""
    return verdict_of(draft_of(account, text, kind, answers, circumstances))


def verdict_of(draft: Draft) -> Verdict:
    """Return what all rules, lessons and the voice book say about a draft."""
    rules = rules_in(credibility) if draft.kind in ANSWERS else ()
    own = partial(reviewed, rules=rules, lessons=lesson_rules())
    return parts.verdict(draft, partial(own, voices=voices.book()), partial(own, voices=None))


def review(
    account_id: str, text: str, *, kind: str = "post", answers: str = "", incident_id: str = ""
) -> Review:
    """Return the verdict on a draft as the compose page shows it.

    Raises:
        BadInput: there is no such account, or the text is far too long.
    """
    _refuse_too_much(text)
    account = brands.account(account_id).account
    found = incidents.about(incident_id).circumstances if incident_id else None
    draft = draft_of(account, text, DraftKind(kind), answers, found)
    verdict = verdict_of(draft)
    sizes = parts.sizes(account, text, OutgoingKind(kind))
    size = max(sizes, key=lambda one: (one.over, one.used))
    findings = (*parts.too_long(text, sizes), *once_each(verdict.findings))
    return Review(
        decision=decide(findings).word,
        findings=findings,
        likely=_likely(verdict),
        used=size.used,
        limit=size.limit,
        unit=size.unit,
        over=size.over,
        maybe_over=size.maybe_over,
        posts=sizes,
        voice_words=_voice_words(draft),
        type_handle=is_very_strange(draft),
        pieces=pieces(text, verdict.findings),
    )


def length_of(
    account: Account,
    text: str,
    kind: OutgoingKind = OutgoingKind.POST,
    *,
    answers: bool = False,
) -> Count:
    """Return how long a text is where the account is; `answers`: it goes under a post."""
    count = network_named(account.network).count
    return count(text, account.place, kind, answers=answers)


def _refuse_too_much(text: str) -> None:
    if len(text) > LONGEST:
        raise BadInput(f"The text is longer than {LONGEST} characters: shorten it.")


def _likely(verdict: Verdict) -> Account | None:
    wanted = verdict.likely_account.removeprefix("@")
    return (
        next((one for one in brands.accounts() if one.handle == wanted), None) if wanted else None
    )


def once_each(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the findings without those that say the same of another place in the text."""
    return tuple({(one.rule, one.message): one for one in reversed(findings)}.values())[::-1]


def _voice_words(draft: Draft) -> str:
    """Return why the voice says nothing about a draft, "" when it speaks or need not."""
    if not draft.text.strip() or not draft.others:
        return ""
    reading = read_voice(parts.voiced(draft), voices.book())
    return reading.sentence if reading is not None and reading.abstained else ""


def pieces(text: str, findings: tuple[Finding, ...]) -> tuple[tuple[str, bool], ...]:
    """Return the text cut where findings begin and end, each part with whether it is marked."""
    spans = [(one.start, one.end) for one in findings if one.end > one.start]
    cuts = sorted({0, len(text), *(edge for span in spans for edge in span)})
    return tuple(
        (text[start:end], any(a <= start and end <= b for a, b in spans))
        for start, end in pairwise(cuts)
    )


def save(  # noqa: PLR0913 - a draft is these fields
    by: str,
    account_id: str,
    text: str,
    *,
    draft_id: str = "",
    kind: str = "post",
    reply_to: str = "",
    told: Told | None = None,
) -> str:
    """Keep a draft as it is typed and return its id.

    Args:
        by: Who writes.
        account_id: As whom.
        text: The words.
        draft_id: The draft, "" for a new one.
        kind: What it is for.
        reply_to: The address that it answers, "" for none.
        told: What was typed about its pictures; None leaves that as it is.

    Raises:
        BadInput: there is no such account, or the text is far too long.
    """
    _refuse_too_much(text)
    with turn():
        brands.account_row(account_id)
        old = _mine(by, draft_id)
        if old is not None and old.sent and old.text.startswith(text):
            return old.id  # a late save of what is in the outbox already
        mine = old if old is not None and not old.sent else None
        kept = KeptDraft(
            id=mine.id if mine else ids.new("draft"),
            account_id=account_id,
            text=text,
            kind=kind,
            reply_to=reply_to or (mine.reply_to if mine else ""),
            by=by,
            asked=mine.asked if mine else (),
            asked_text=mine.asked_text if mine else "",
            sent=False,
            media=pictures.described(mine.media, told or {}) if mine else (),
        )
        posts.save_draft(kept, clock.now())
    return kept.id


def _mine(by: str, draft_id: str) -> KeptDraft | None:
    if not draft_id:
        return None
    try:
        found = posts.draft(draft_id)
    except BadInput:  # put away meanwhile: the words go on as a new draft
        return None
    return found if found.by == by else None


def load(draft_id: str) -> tuple[str, str, str, str]:
    """Return a draft's (account id, text, kind, address that it answers).

    Raises:
        BadInput: there is no such draft.
    """
    found = posts.draft(draft_id)
    return found.account_id, found.text, found.kind, found.reply_to


def latest(by: str) -> str:
    """Return the id of the person's newest unsent draft, "" for none."""
    return posts.latest_draft(by)


def move(by: str, draft_id: str, account_id: str) -> None:
    """Move a draft to another account; words and time stay.

    Raises:
        BadInput: there is no such draft or account, or it is in the outbox already.
    """
    media = pictures.fitted(by, posts.draft(draft_id).media, brands.account(account_id).account)
    with turn():
        found, at = posts.draft(draft_id), clock.now()
        if found.sent:
            raise BadInput(_("This draft is in the outbox already. Look under Calendar."))
        old, new = brands.account(found.account_id).account, brands.account(account_id).account
        spoke = verdict_on(old, found.text, DraftKind(found.kind)).findings
        posts.count_near_misses(old.id, sorted({one.rule for one in spoke}), at, "moved")
        moved = replace(found, account_id=new.id, asked=(), asked_text="", reply_to="", media=media)
        posts.save_draft(moved, at)
        records.enter(Verb.MOVED, f"draft:{draft_id}", by=by, at=at, brand=new.brand.id)


def publish(  # noqa: PLR0913 - what a person says yes to
    by: str,
    draft_id: str,
    *,
    text: str | None = None,
    account_id: str = "",
    reason: str = "",
    at: datetime | None = None,
    typed_handle: str = "",
    answers_link: str | None = None,
) -> str:
    """Let a draft out and return the id of what leaves; of a thread the first part's.

    Args:
        by: Whose yes it is.
        draft_id: The draft.
        account_id: The account the page showed; "" for the draft's own.
        text: The words on the page when the button was pressed; None for those that were saved.
        reason: One line why the person goes on although a rule asks.
        at: When it shall leave, on the workspace's clock; None for now, after the undo window.
        typed_handle: The account's handle, typed by hand where the voice is very strange to it.
        answers_link: The link of what it answers, pasted where people work the account by hand;
            "" for nothing, None for what was saved with the draft.

    Raises:
        BadInput: the text is empty or too long, or the time has passed.
        NotApproved: a rule asks, and there is no reason, or the handle was not typed.
        WrongAccount: the draft was moved to another account meanwhile.
    """
    with turn():
        found, now = posts.draft(draft_id), clock.now()
        if found.sent:
            raise BadInput(_("This draft is in the outbox already. Look under Calendar."))
        if account_id and account_id != found.account_id:
            raise WrongAccount(_("This draft was moved to another account: nothing was sent."))
        found = found if text is None else replace(found, text=text)
        found = found if answers_link is None else _answering(found, answers_link)
        account = brands.account(found.account_id).account
        parts.refuse_unsendable(account, found.text, found.media, _kind(found))
        _refuse_past(at, now)
        verdict = verdict_on(account, found.text, DraftKind(found.kind))
        _remember_asked(found, verdict, reason, now)
        _refuse_untyped(account, found.text, DraftKind(found.kind), typed_handle)
        leaves_at = due_at(account, verdict, at, now, reason)
        outgoing = outgoing_of(by, found, account, reason, leaves_at, now)
        if verdict.decision is Decision.STOP:
            outgoing = replace(outgoing, earliest_at=now + ALONE_DELAY)
        for one in parts.spread(outgoing, found.media, lambda part: language_in(part, account)):
            outgoings.add(one, at=now)
        posts.save_draft(replace(found, sent=True), now)
        posts.note_overridden(draft_id, sorted({one.rule for one in verdict.findings}))
        _record_review(by, draft_id, account, verdict, now, overridden=bool(reason))
    return outgoing.id


def refuse_unsendable(
    account: Account,
    text: str,
    kind: OutgoingKind = OutgoingKind.POST,
    *,
    answers: bool = False,
) -> None:
    """Refuse a text that the network cannot take.

    Raises:
        BadInput: it is empty or too long.
    """
    if not text.strip():
        raise BadInput(_("There are no words yet: write something first."))
    size = length_of(account, text, kind, answers=answers)
    if size.over:
        over = max(size.used - size.limit, 1)
        raise BadInput(
            f"The text is {over} {size.unit} over what this network takes ({size.limit}): "
            "shorten it, nothing was sent."
        )


def _refuse_past(at: datetime | None, now: datetime) -> None:
    if at is not None and at < now - timedelta(minutes=1):
        raise BadInput(_("That time has passed: choose a later one."))


def _remember_asked(found: KeptDraft, verdict: Verdict, reason: str, now: datetime) -> None:
    """Count near misses, and refuse to go on where a rule asks and nobody says why."""
    rules = sorted({one.rule for one in verdict.findings if one.decision > Decision.PASS})
    saved = [rule for rule in found.asked if rule not in rules and found.asked_text != found.text]
    posts.count_near_misses(found.account_id, saved, now, "changed")
    refuse_unreasoned(verdict, reason)
    if rules:
        posts.count_near_misses(found.account_id, rules, now, "overridden")
        lessons.count_hits([rule.removeprefix("lesson-") for rule in rules])


def refuse_unreasoned(verdict: Verdict, reason: str) -> None:
    """Refuse to go on where a rule asks and nobody says why.

    Raises:
        NotApproved: a rule asks or stops, and there is no reason.
    """
    if verdict.decision is Decision.PASS or reason.strip():
        return
    first = next(one for one in verdict.findings if one.decision is verdict.decision)
    raise NotApproved(
        f"{first.message} Change the text, move it, or say in one line why it is right."
    )


def note_asked(draft_id: str, rules: tuple[str, ...]) -> None:
    """Keep which rules asked about a draft, so that a change afterwards counts as saved."""
    found = posts.draft(draft_id)
    posts.save_draft(replace(found, asked=rules, asked_text=found.text), clock.now())


def is_very_strange(draft: Draft) -> bool:
    """Return whether the account's handle must be typed by hand: its voice speaks against it."""
    reading = read_voice(parts.voiced(draft), voices.book())
    return reading is not None and reading.is_hard


def _refuse_untyped(account: Account, text: str, kind: DraftKind, typed: str) -> None:
    if not is_very_strange(draft_of(account, text, kind)):
        return
    if typed.strip().removeprefix("@").casefold() != account.handle.casefold():
        raise NotApproved(
            f"This is very unlike @{account.handle}: type its handle by hand to go on, or move it."
        )


def due_at(
    account: Account, verdict: Verdict, at: datetime | None, now: datetime, reason: str
) -> datetime:
    """Return when a text leaves: at its time, after the undo window, or after ten minutes."""
    if verdict.decision is Decision.STOP and reason.strip():
        return max(at or now, now + ALONE_DELAY)
    return max(at or now, undo_until(account, now))


def undo_until(account: Account, now: datetime) -> datetime:
    """Return when something said yes to now leaves: until then it can be taken back for certain."""
    return now + timedelta(seconds=account.undo_seconds)


def _answering(found: KeptDraft, link: str) -> KeptDraft:
    """Return the draft as an answer to what a pasted link leads to, or as a post of its own."""
    target = by_hand.answered(found.account_id, link)
    kind = DraftKind.REPLY if target else DraftKind.POST
    return replace(found, reply_to=target, kind=kind.value)


def _kind(found: KeptDraft) -> OutgoingKind:
    return OutgoingKind.REPLY if found.reply_to else OutgoingKind.POST


def outgoing_of(  # noqa: PLR0913 - what a person said yes to
    by: str, found: KeptDraft, account: Account, reason: str, due_at: datetime, now: datetime
) -> Outgoing:
    """Return what leaves when a person says yes to a draft."""
    kind = _kind(found)
    language = language_in(found.text, account)
    hashed = content_hash(account.id, found.text, language, found.reply_to)
    held = hold.covers(account.id, kind)
    return Outgoing(
        id=ids.new("outgoing"),
        kind=kind,
        account_id=account.id,
        text=found.text,
        language=language.value,
        target=found.reply_to,
        content_hash=hashed,
        approved_hash=hashed,
        approved_by=by,
        approved_at=now,
        due_at=due_at,
        state=OutgoingState.HELD if held else OutgoingState.APPROVED,
        lateness_s=LATENESS_S[kind],
        reason=reason.strip(),
    )


def _record_review(  # noqa: PLR0913 - one entry's fields
    by: str, draft_id: str, account: Account, verdict: Verdict, now: datetime, *, overridden: bool
) -> None:
    rules = tuple(sorted({one.rule for one in verdict.findings}))
    verb = Verb.OVERRIDDEN if overridden and rules else Verb.REVIEWED
    records.enter(verb, f"draft:{draft_id}", by=by, at=now, rules=rules, brand=account.brand.id)


def ready(account_id: str) -> str:
    """Return "" when the account is connected, else one sentence why it is not."""
    found = brands.connection(account_id)
    if found.connected and found.sealed:
        return ""
    return f"@{found.handle} is not connected: connect it again under Desk."
