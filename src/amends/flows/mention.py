"""Mentions: taken in once each, read, judged, counted, and answered by people."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from amends.flows import alarm, clock, draft, ids, people, reach, watching
from amends.networks.port import Page
from amends.notice.judge import judge
from amends.readers import read
from amends.rulebook.rule import Decision
from amends.store import brands, changes, holds, incidents, mentions, outgoings, posts, records
from amends.store.mentions import KeptMention
from amends.store.posts import KeptDraft
from amends.store.turns import turn
from amends.vocabulary.errors import BadInput, NetworkError, Unauthorized
from amends.vocabulary.mention import Mention, Reading
from amends.vocabulary.outgoing import OutgoingKind
from amends.vocabulary.post import DraftKind
from amends.vocabulary.record import Verb
from amends.vocabulary.reproach import Reproach, Severity

PAGES = 20  # fetches in a row, when the network holds more than a page
PATIENCE = timedelta(days=2)  # how long a post is a stream of its own
CORRECTED_WEIGHT = 1.0  # a person's word that it is reproach, where the reader saw none


def take_in(account_id: str) -> int:
    """Fetch what was said since the cursor, keep it and count it; return how many were new.

    Raises:
        NetworkError: the network could not be read; the cursor stays where it was.
    """
    network = reach.network_of(account_id)
    new = 0
    for _page in range(PAGES):
        page = network.fetch(brands.connection(account_id).cursor)
        new += _keep(account_id, page)
        if not page.more:
            break
    return new


def take_in_history(account_id: str) -> int:
    """Take in what was said before the account was connected; the network's times are believed.

    Nothing of it raises an alarm: it is what the usual level is learned from.
    """
    network = reach.network_of(account_id)
    new = 0
    for _page in range(PAGES):
        page = network.fetch(brands.connection(account_id).cursor)
        new += _keep_history(account_id, page)
        if not page.more:
            break
    return new


def _keep_history(account_id: str, page: Page) -> int:
    fresh = _fresh(account_id, page)
    readings = read([one.text for one in fresh])
    with turn():
        now = clock.now()
        kept = _kept(account_id, fresh, readings, now, believe_times=True)
        mentions.keep(kept)
        brands.heard(account_id, cursor=page.cursor, at=clock.real())
    return len(kept)


def _fresh(account_id: str, page: Page) -> list[Mention]:
    """Return a page's mentions that are new and not our own, each address once."""
    ours = brands.own_ids(brands.connection(account_id).network)
    known = mentions.known(account_id, [one.network_id for one in page.mentions])
    return [
        one
        for one in {one.network_id: one for one in page.mentions}.values()
        if one.network_id not in known and one.author_id not in ours
    ]


def listen(account_id: str) -> int:
    """Take in, and say on the account when it could not be heard."""
    try:
        return take_in(account_id)
    except Unauthorized as problem:
        brands.set_connected(account_id, connected=False, words=str(problem))
    except NetworkError as problem:
        brands.set_words(account_id, str(problem))
    return 0


def _keep(account_id: str, page: Page) -> int:
    """Keep a page of mentions with its cursor, in one transaction with what follows."""
    fresh = _fresh(account_id, page)
    readings = read([one.text for one in fresh])
    with turn():
        at = clock.now()
        kept = _kept(account_id, fresh, readings, at)
        mentions.keep(kept)
        brands.heard(account_id, cursor=page.cursor, at=clock.real())
        _count(account_id, kept, at)
        if kept:
            changes.bump()
    return len(kept)


def _kept(
    account_id: str,
    fresh: Sequence[Mention],
    readings: Sequence[Reading],
    at: datetime,
    *,
    believe_times: bool = False,
) -> list[KeptMention]:
    """Return what to keep of a page, each with what it is about; call it inside the turn."""
    # Somebody else may have taken the same page in while this one was read.
    known = mentions.known(account_id, [one.network_id for one in fresh])
    about = posts.posts_by_address(account_id, [one.about for one in fresh if one.about])
    incident_id = incidents.open_for(account_id)
    post_id = incidents.about(incident_id).post_id if incident_id else ""
    return [
        KeptMention(
            id=ids.new("mention"),
            account_id=account_id,
            mention=said,
            heard_at=min(said.written_at, at) if believe_times else at,
            about_id=about.get(said.about, ""),
            incident_id=incident_id if _belongs(post_id, about.get(said.about, "")) else "",
            reading=reading,
            reproach=judge(reading, author_id=said.author_id),
        )
        for said, reading in zip(fresh, readings, strict=True)
        if said.network_id not in known
    ]


def _belongs(post_id: str, about_id: str) -> bool:
    """Return whether a mention is about what the incident is about, as far as is known."""
    return not post_id or not about_id or about_id == post_id


def _count(account_id: str, kept: Sequence[KeptMention], at: datetime) -> None:
    for one in kept:
        if one.reproach is not None:
            _count_reproach(account_id, one, one.reproach, at)
    incident_id = incidents.open_for(account_id)
    if kept and incident_id:
        people.collect_hurt(incident_id)


def _count_reproach(account_id: str, one: KeptMention, reproach: Reproach, at: datetime) -> None:
    # An earlier text of the same page may have opened the room that this one belongs to.
    incident_id = one.incident_id or _room_for(account_id, one)
    if incident_id:
        mentions.attach(one.id, incident_id)
        incidents.set_first_reproach(incident_id, at)
        return
    raised = watching.hear(account_id, one.about_id, reproach, at)
    if raised is not None:
        alarm.raise_(account_id, raised, at)


def _room_for(account_id: str, one: KeptMention) -> str:
    incident_id = incidents.open_for(account_id)
    if not incident_id:
        return ""
    return incident_id if _belongs(incidents.about(incident_id).post_id, one.about_id) else ""


def correct(by: str, mention_id: str, *, is_reproach: bool) -> None:
    """Keep a person's word on whether it is reproach; it counts at once.

    Raises:
        BadInput: there is no such mention.
    """
    with turn():
        at, said = clock.now(), mentions.mention(mention_id)
        author_id = mentions.address(mention_id)[2]
        found = _corrected(said.reading, author_id) if is_reproach else None
        mentions.correct(mention_id, found, by)
        records.enter(Verb.MENTION_JUDGED, f"mention:{mention_id}", by=by, at=at)
        if found is not None and not said.is_reproach and not said.incident_id:
            raised = watching.hear(said.account.id, said.about_post_id, found, at)
            if raised is not None:
                alarm.raise_(said.account.id, raised, at)


def _corrected(reading: Reading | None, author_id: str) -> Reproach:
    judged = judge(reading, author_id=author_id) if reading else None
    return judged or Reproach(
        author_id=author_id,
        weight=CORRECTED_WEIGHT,
        severity=Severity.MINOR,
        personally_hurt=False,
        subject=reading.subject if reading else "",
    )


def reply(by: str, mention_id: str, text: str, *, reason: str = "") -> str:
    """Answer a mention in public and return the id of what leaves; the same rules apply.

    Raises:
        BadInput: there are no words, or too many.
        NotApproved: a rule asks, and there is no reason.
    """
    account_id, network_id = mentions.address(mention_id)[:2]
    said = mentions.mention(mention_id)
    account = brands.account(account_id).account
    draft.refuse_unsendable(account, text, OutgoingKind.REPLY)
    verdict = draft.verdict_on(account, text, DraftKind.REPLY, answers=said.text)
    draft.refuse_unreasoned(verdict, reason)
    with turn():
        now = clock.now()
        if outgoings.is_answered(account_id=account_id, target=network_id):
            raise BadInput(_("An answer to this is on its way already. Look under Calendar."))
        kept = KeptDraft(
            id=ids.new("draft"),
            account_id=account_id,
            text=text,
            kind=DraftKind.REPLY.value,
            reply_to=network_id,
            by=by,
            asked=(),
            asked_text="",
            sent=True,
        )
        posts.save_draft(kept, now)
        due_at = draft.due_at(account, verdict, None, now, reason)
        outgoing = draft.outgoing_of(by, kept, account, reason, due_at, now)
        if verdict.decision is Decision.STOP:
            outgoing = replace(outgoing, earliest_at=due_at)
        outgoings.add(outgoing, at=now)
    return outgoing.id


def hot(now: datetime) -> frozenset[str]:
    """Return the accounts that are listened to each second: after a post, or in trouble."""
    held = {
        account_id
        for _hold_id, scope in holds.active_scopes()
        for account_id in brands.ids_in_scope(scope)
    }
    return brands.hot_ids(now) | incidents.troubled_accounts() | held
