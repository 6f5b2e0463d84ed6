"""Incidents: opened by an alarm or by a person, and led to an end by people."""

from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

from django.utils.translation import gettext as _

from amends.answer import stages
from amends.answer.options import Ranking, rank
from amends.flows import aftermath, by_hand, clock, course, hold, ids, people
from amends.learn.recurrence import Mishap, recurs
from amends.networks.shelf import network_named
from amends.rulebook.pattern import matches
from amends.store import alarms, brands, incidents, lessons, mentions, posts, records
from amends.store.incidents import NewIncident
from amends.store.lessons import KeptLesson
from amends.store.turns import turn
from amends.store.views import HoldView
from amends.vocabulary.brand import Account
from amends.vocabulary.errors import BadInput
from amends.vocabulary.incident import (
    Circumstances,
    Evidence,
    Fact,
    Harm,
    Responsibility,
    Stage,
    Standing,
)
from amends.vocabulary.record import Verb
from amends.vocabulary.reproach import Severity

BEFORE = timedelta(hours=24)  # how far back an incident gathers what was said
RECENTLY = timedelta(days=90)
DOING = {
    Responsibility.NONE: "not our doing",
    Responsibility.UNCLEAR: "whose doing it was is not known yet",
    Responsibility.TECHNICAL: "something technical of ours failed",
    Responsibility.HUMAN: "one of us did it by mistake",
    Responsibility.KNOWING: "we meant to publish it, and it was wrong",
}
HARM_DONE = {
    Harm.NONE: "it did nothing to people that we know of",
    Harm.ANNOYANCE: "it annoyed people",
    Harm.OFFENCE: "it offended, mocked or shamed people",
    Harm.INJURY: "somebody was injured",
    Harm.SAFETY: "it put somebody in danger",
    Harm.PRIVACY: "something private came out",
}


def open_now(  # noqa: PLR0913 - what an incident starts with
    *,
    by: str,
    brand_id: str,
    account_id: str,
    post_id: str,
    title: str,
    because: str,
    severity: Severity = Severity.MAJOR,
) -> str:
    """Open an incident inside a transaction and return its id."""
    at, incident_id = clock.now(), ids.new("incident")
    move = stages.opened(incident_id, brand_id, severity, at, lead=by)
    incidents.add(NewIncident(move.incident, account_id, post_id, title, because))
    incidents.note(incident_id, "opened", because or title, at=at, by=by)
    records.enter(Verb.OPENED, f"incident:{incident_id}", by=by, at=at, brand=brand_id)
    if post_id:
        posts.regret(post_id)
        _keep_post(incident_id, post_id, at)
    if account_id:
        gather(incident_id, account_id, post_id, at)
    text = posts.post(post_id).text if post_id else ""
    _note_recurrence(incident_id, account_id, text, at)
    return incident_id


def _keep_post(incident_id: str, post_id: str, at: datetime) -> None:
    """Keep the post's own words as evidence, as we hold them."""
    post = posts.post(post_id)
    kind = "own copy" if by_hand.is_by_hand(post.account.id) else "post"
    _attach(incident_id, kind, post.text, post.url, at)


def _attach(incident_id: str, kind: str, text: str, url: str, at: datetime) -> None:
    digest = sha256(f"{url}\n{text}".encode()).hexdigest()
    kept = Evidence(ids.new("evidence"), kind, url, text, at, digest)
    incidents.add_evidence(incident_id, kept)
    records.enter(Verb.EVIDENCE_KEPT, f"incident:{incident_id}", at=at, content_hash=digest)


def gather(incident_id: str, account_id: str, post_id: str, at: datetime) -> None:
    """Bring what was said lately into the incident, and put those hurt on its list."""
    mentions.gather(incident_id, account_id, at - BEFORE, post_id)
    blamed = [one for one in mentions.of_incident(incident_id) if one.is_reproach]
    if blamed:
        incidents.set_first_reproach(incident_id, min(one.heard_at for one in blamed))
    people.collect_hurt(incident_id)


def _note_recurrence(incident_id: str, account_id: str, text: str, at: datetime) -> None:
    """Say when a lesson knows this mistake, and why it did not hold."""
    taught = [one for one in lessons.adopted() if _knows(one, text)]
    kind = taught[0].id if taught else incident_id
    now = Mishap(incident_id, kind, account_id, at, spoke=posts.overridden_rules(account_id, text))
    found = recurs(now, incidents.mishaps(incident_id))
    if found is not None:
        words = f"It has happened before. {found.sentence}"
        incidents.set_recurrence(incident_id, words)
        incidents.note(incident_id, "recurrence", words, at=at)


def _knows(lesson: KeptLesson, text: str) -> bool:
    """Return whether a lesson's signs are in the text, whatever account it is for."""
    return bool(matches(replace(lesson.in_use, account_ids=()), text))


def mistake(
    by: str, *, post_id: str = "", account_id: str = "", brand_id: str = "", what: str = ""
) -> str:
    """Open an incident because a person says so, also before anyone noticed.

    Raises:
        BadInput: neither a post, an account nor a brand is named.
    """
    with turn():
        if post_id:
            known = incidents.of_post(post_id)
            if known and incidents.load_incident(known).stage not in stages.ENDS:
                return known
        account = _concerned(post_id, account_id, brand_id)
        text = posts.post(post_id).text if post_id else ""
        return open_now(
            by=by,
            brand_id=account.brand.id,
            account_id=account.id,
            post_id=post_id,
            title=what.strip() or _title(account.handle, text),
            because=f"{by} said so, before any alarm." if by else "Said so at the shell.",
        )


def _concerned(post_id: str, account_id: str, brand_id: str) -> Account:
    """Return the account that a mistake is about."""
    if post_id:
        return posts.post(post_id).account
    if account_id:
        return brands.account(account_id).account
    found = next((one for one in brands.accounts() if one.brand.id == brand_id), None)
    if found is None:
        raise BadInput(_("Say where it happened: choose the post, the account or the brand."))
    return found


def _title(handle: str, text: str) -> str:
    short = text if len(text) <= 60 else text[:57].rstrip() + "…"
    return f"@{handle}: “{short}”" if text else f"@{handle}"


def hold_posts(by: str, incident_id: str, scope: str, why: str = "") -> HoldView:
    """Hold a scope's posts because of an incident, and say so in its room."""
    with turn():
        at = clock.now()
        found = hold.hold(by, scope, why or incidents.about(incident_id).title, incident_id)
        words = (
            f"Froze {found.scope_words}: {len(found.held)} held, {len(found.in_flight)} in flight."
        )
        incidents.note(incident_id, "held", words, at=at, by=by)
        stage = incidents.load_incident(incident_id).stage
        if (stage, stages.PostsHeld) in stages.NEXT:
            course.follow(incident_id, stages.PostsHeld(), at=at)
    return found


def take_lead(by: str, incident_id: str) -> None:
    """Take the lead; one click, and it says so."""
    with turn():
        at, found = clock.now(), incidents.load_incident(incident_id)
        incidents.save_incident(replace(found, lead=by))
        incidents.note(incident_id, "lead", f"{by} leads.", at=at, by=by)
        alarms.seen(incident_id, by)


def set_severity(by: str, incident_id: str, severity: Severity) -> None:
    """Say how bad it is."""
    with turn():
        at, found = clock.now(), incidents.load_incident(incident_id)
        incidents.save_incident(replace(found, severity=severity))
        words = f"Severity is {severity.name.lower()} now."
        incidents.note(incident_id, "severity", words, at=at, by=by)


def add_fact(by: str, incident_id: str, text: str, standing: Standing) -> None:
    """Add a thing known, not known or assumed.

    Raises:
        BadInput: there are no words.
    """
    if not text.strip():
        raise BadInput(_("Write what is known, not known or assumed, in one sentence."))
    with turn():
        at = clock.now()
        incidents.load_incident(incident_id)
        incidents.add_fact(incident_id, Fact(text.strip(), standing, by, at))
        words = f"{standing.value.capitalize()}: {text.strip()}"
        incidents.note(incident_id, "fact", words, at=at, by=by)
        records.enter(Verb.FACT_ADDED, f"incident:{incident_id}", by=by, at=at)


def agree_facts(by: str, incident_id: str, circumstances: Circumstances) -> None:
    """Agree that enough is known to choose an answer."""
    with turn():
        at = clock.now()
        course.follow(incident_id, stages.FactsAgreed(by), at=at)
        brand_id = incidents.load_incident(incident_id).brand_id
        same = incidents.same_kind(brand_id, at - RECENTLY, incident_id)
        incidents.set_circumstances(incident_id, replace(circumstances, same_kind_90d=same))
        words = (
            f"Facts agreed: {DOING[circumstances.responsibility]}; {HARM_DONE[circumstances.harm]}."
        )
        incidents.note(incident_id, "facts", words, at=at, by=by)
        alarms.seen(incident_id, by)


def new_facts(by: str, incident_id: str, text: str) -> None:
    """Add what came to light; the incident goes back, and approvals are withdrawn.

    Raises:
        BadInput: there are no words.
    """
    with turn():
        add_fact(by, incident_id, text, Standing.KNOWN)
        at, before = clock.now(), incidents.load_incident(incident_id)
        course.follow(incident_id, stages.NewFacts(by), at=at)
        if before.stage is Stage.ANSWERED:
            incidents.set_times(incident_id, reopened_at=at, answered_at=None)


def options(incident_id: str) -> Ranking:
    """Return the possible answers, ranked for the incident's facts."""
    with turn():
        about, at = incidents.about(incident_id), clock.now()
        opened_at = incidents.load_incident(incident_id).opened_at
        hurt = mentions.people(incident_id) + incidents.to_write(incident_id)
    return rank(
        about.circumstances,
        can=_can(about.brand_accounts),
        people=hurt,
        minutes_since=int((at - opened_at).total_seconds() // 60),
        seed=incident_id,
    )


def _can(account_ids: tuple[str, ...]) -> frozenset[str]:
    """Return what every network concerned allows."""
    cans = [network_named(brands.connection(one).network).can for one in account_ids]
    named = {
        "remove": all(can.remove for can in cans),
        "private": all(can.private for can in cans),
        "reply": all(can.reply for can in cans),
    }
    return frozenset(name for name, allowed in named.items() if cans and allowed)


def choose(by: str, incident_id: str, option: str, why: str) -> None:
    """Choose an answer, with one sentence why; the choice stays in the record.

    Raises:
        BadInput: there is no reason, or the option is struck through.
    """
    ranking = options(incident_id)
    chosen = next((one for one in ranking.options if one.key == option), None)
    if chosen is None or chosen.struck:
        reason = chosen.struck if chosen else "It is not on the list."
        raise BadInput(f"That cannot be chosen: {reason}")
    if not why.strip():
        raise BadInput(_("Say in one sentence why you choose this answer."))
    with turn():
        at = clock.now()
        course.follow(incident_id, stages.OptionChosen(by), at=at)
        incidents.set_chosen(incident_id, option, why.strip())
        words = f"Chosen: {chosen.title}. {why.strip()}"
        incidents.note(incident_id, "option", words, at=at, by=by)
        records.enter(Verb.OPTION_CHOSEN, f"incident:{incident_id}", by=by, at=at)
        aftermath.answered_if_out(incident_id, at)


def dismiss(by: str, incident_id: str, why: str) -> None:
    """Say that this is not about us, or was no mistake.

    Raises:
        BadInput: there is no reason.
    """
    if not why.strip():
        raise BadInput(_("Say in one sentence why this is not a mistake of yours."))
    with turn():
        at = clock.now()
        course.follow(incident_id, stages.Dismissed(by), at=at)
        mentions.free(incident_id)
        incidents.note(incident_id, "dismissed", f"Dismissed: {why.strip()}", at=at, by=by)
        alarms.seen(incident_id, by)


def silence(by: str, incident_id: str, why: str) -> None:
    """Choose to say nothing, and write down why.

    Raises:
        BadInput: there is no reason.
    """
    with turn():
        at = clock.now()
        course.follow(incident_id, stages.SilenceChosen(by, why), at=at)
        incidents.set_answered(incident_id, "silence", at)
        incidents.note(incident_id, "silence", f"Silence, because: {why.strip()}", at=at, by=by)


def answered_privately(by: str, incident_id: str) -> None:
    """Say that the answers to each person hurt were the answer."""
    with turn():
        at = clock.now()
        if incidents.to_write(incident_id):
            raise BadInput(_("Some people hurt have no answer yet: write to them first."))
        course.follow(incident_id, stages.PrivateAnswersSent(by), at=at)
        incidents.set_answered(incident_id, "private answers", at)
        incidents.note(incident_id, "answered", _("Answered person by person."), at=at, by=by)


def settle(by: str, incident_id: str) -> None:
    """Settle an incident in which reproach is back to the usual.

    Raises:
        BadInput: it is not calm yet.
    """
    with turn():
        at = clock.now()
        if incidents.about(incident_id).settle_proposed_at is None:
            raise BadInput(_("It is not calm yet: six hours at the usual level are needed."))
        course.follow(incident_id, stages.ReproachQuiet(), at=at)
        incidents.set_times(incident_id, settled_at=at)
        incidents.note(incident_id, "settled", "Settled.", at=at, by=by)


def add_to_timeline(by: str, incident_id: str, words: str) -> None:
    """Add a line to the timeline; lines are added, never erased.

    Raises:
        BadInput: there are no words.
    """
    if not words.strip():
        raise BadInput(_("Write what happened, in one sentence."))
    with turn():
        incidents.load_incident(incident_id)
        incidents.note(incident_id, "note", words.strip(), at=clock.now(), by=by)


def attach_evidence(by: str, incident_id: str, words: str, url: str = "") -> None:
    """Attach evidence to the incident.

    Raises:
        BadInput: there are no words.
    """
    if not words.strip():
        raise BadInput(_("Say in one sentence what this evidence shows."))
    with turn():
        at = clock.now()
        incidents.load_incident(incident_id)
        _attach(incident_id, "attached", words.strip(), url.strip(), at)
        incidents.note(incident_id, "evidence", f"Evidence: {words.strip()}", at=at, by=by)
