"""People hurt: each once, written to in their own words, and followed to an end."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from amends.answer.private import Likeness, first_draft, resemblance, takes_up
from amends.answer.statement import Lint, content_hash
from amends.answer.statement import lint as linted
from amends.flows import clock, ids, reach
from amends.flows import draft as drafts
from amends.flows.by_hand import is_by_hand
from amends.prevent import rules as prevent_rules
from amends.readers.tongue import language_of
from amends.rulebook.rule import Decision, decide, findings_of
from amends.rulebook.shelf import rules_in
from amends.store import brands, incidents, mentions, outgoings, records
from amends.store.incidents import KeptAffected
from amends.store.turns import turn
from amends.store.views import MentionView
from amends.vocabulary.errors import BadInput, NotApproved
from amends.vocabulary.incident import Affected, AffectedState
from amends.vocabulary.language import Language
from amends.vocabulary.outgoing import Outgoing, OutgoingKind
from amends.vocabulary.post import Draft, DraftKind
from amends.vocabulary.record import Verb

LOCK = timedelta(minutes=2)  # of silence; then a colleague may write
REPLY_LATENESS_S = 3_600


@dataclass(frozen=True)
class Checked:
    """What is said about an answer to one person, before it is sent."""

    lint: Lint
    similarity: float
    similar_to: str  # the earlier answer that it resembles, "" for none
    copied: bool  # too alike to be sent at all
    takes_up: bool  # it takes up something that they said


def collect_hurt(incident_id: str) -> int:
    """Put everyone who says that they are hurt on the list; return how many are new."""
    new = 0
    for one in mentions.of_incident(incident_id):
        if mentions.is_hurt(one.id) and _add(incident_id, one, by=""):
            new += 1
    return new


def _add(incident_id: str, said: MentionView, by: str) -> bool:
    found = Affected(
        id=ids.new("affected"),
        handle=said.author_handle,
        network=said.account.network,
        said=said.text,
        state=AffectedState.TO_WRITE,
        harm_level=mentions.harm_level(said.id),
    )
    made = incidents.add_affected(incident_id, found, mention_id=said.id, by=by)
    if made:
        _note_added(incident_id, found.handle, by)
    return made


def _note_added(incident_id: str, handle: str, by: str) -> None:
    at = clock.now()
    incidents.note(incident_id, "affected", f"@{handle} is on the list.", at=at, by=by)
    records.enter(Verb.AFFECTED_ADDED, f"incident:{incident_id}", by=by, at=at)


def add(  # noqa: PLR0913 - a person by what they said, or by hand
    by: str,
    incident_id: str,
    *,
    mention_id: str = "",
    handle: str = "",
    said: str = "",
    network: str = "",
) -> None:
    """Put a person on the list, from what they said or by hand; each once.

    Raises:
        BadInput: neither a mention nor a handle is given.
    """
    with turn():
        incidents.load_incident(incident_id)
        if mention_id:
            _add(incident_id, mentions.mention(mention_id), by)
            return
        name = handle.strip().removeprefix("@")
        if not name:
            raise BadInput(_("Write who was hurt: a handle, or a name."))
        found = Affected(
            ids.new("affected"), name, network, said.strip(), AffectedState.TO_WRITE, 1.0
        )
        if incidents.add_affected(incident_id, found, mention_id="", by=by):
            _note_added(incident_id, name, by)


def draft(affected_id: str, by: str) -> str:
    """Return a first draft that starts from what the person said.

    Raises:
        BadInput: there is no such person on a list.
    """
    with turn():
        kept = incidents.affected(affected_id)
    language = _language(kept.affected.said)
    gap = {Language.EN: "[what we did]", Language.ES: "[lo que hicimos]"}
    return first_draft(kept.affected, gap[language], language, by)


def _language(text: str) -> Language:
    return language_of(text) or Language.EN


def lint(affected_id: str, text: str) -> Checked:
    """Return what the rules say about an answer, and whether it copies another.

    Raises:
        BadInput: there is no such person on a list.
    """
    kept = incidents.affected(affected_id)
    earlier = incidents.written_to_others(kept.incident_id, affected_id)
    likeness = resemblance(text, earlier, names=(kept.affected.handle,))
    return Checked(
        lint=_linted(_draft(kept, text)),
        similarity=likeness.score,
        similar_to=likeness.earlier if likeness.likeness is not Likeness.OWN else "",
        copied=likeness.likeness is Likeness.REFUSE,
        takes_up=not kept.affected.said or takes_up(text, kept.affected.said),
    )


def _draft(kept: KeptAffected, text: str) -> Draft:
    about = incidents.about(kept.incident_id)
    account_id = about.account_id or about.brand_accounts[0]
    if kept.mention_id:
        account_id = mentions.address(kept.mention_id)[0]
    account = brands.account(account_id).account
    said, facts = kept.affected.said, about.circumstances
    return drafts.draft_of(account, text, DraftKind.PRIVATE, said, facts)


def _linted(draft: Draft) -> Lint:
    """Return the credibility lint together with what every text of ours is asked: gaps, secrets."""
    found = linted(draft)
    findings = (*findings_of(rules_in(prevent_rules), draft), *found.findings)
    return replace(found, findings=findings, verdict=decide(findings))


def goes_privately(affected_id: str) -> bool:
    """Return whether an answer to a person reaches them alone, if nobody chooses otherwise.

    Raises:
        BadInput: there is no such person on a list.
    """
    mention_id = incidents.affected(affected_id).mention_id
    return bool(mention_id) and reach.writes_privately(mentions.address(mention_id)[0])


def send(  # noqa: PLR0913 - an answer is these choices
    by: str,
    affected_id: str,
    text: str,
    *,
    reason: str = "",
    in_public: bool = False,
    account_id: str = "",
) -> str:
    """Answer a person where they spoke, or by hand, and return the id of what leaves.

    Args:
        by: Whose yes it is.
        affected_id: The person.
        text: What is said to them.
        reason: Why it is right, where a rule asks.
        in_public: Under what they said, for everybody to read.
        account_id: From which account that people work, for a person whom we did not hear
            ourselves; "" for the incident's.

    Where the network can, it reaches them alone, unless a person chose `in_public`.

    Raises:
        BadInput: they cannot be answered on the network, or the answer is a copy or empty.
        NotApproved: a rule asks or stops, and there is no reason.
    """
    with turn():
        now = clock.now()
        kept = incidents.affected(affected_id)
        _refuse_second(kept)
        checked = lint(affected_id, text)
        _refuse_copy(checked)
        _refuse_unreasoned(checked, reason)
        chosen, target = _address(kept, account_id)
        account = brands.account(chosen).account
        privately = goes_privately(affected_id) and not in_public
        # Their name in front is part of a private text, and so of its length.
        sent = f"@{kept.affected.handle} {text}" if privately else text
        drafts.refuse_unsendable(account, sent, OutgoingKind.PRIVATE)
        outgoing = _outgoing(by, kept, chosen, target, text, reason, now)
        if in_public:  # an answer under what they said, like any other
            outgoing = replace(outgoing, kind=OutgoingKind.REPLY)
        if checked.lint.verdict is Decision.STOP:
            later = now + drafts.ALONE_DELAY
            outgoing = replace(outgoing, due_at=later, earliest_at=later)
        outgoings.add(outgoing, at=now)
        words = f"An answer to @{kept.affected.handle} was approved."
        incidents.note(kept.incident_id, "approved", words, at=now, by=by)
    return outgoing.id


def _address(kept: KeptAffected, wanted: str) -> tuple[str, str]:
    """Return (account, what is answered): where they spoke, or an account that people work."""
    if kept.mention_id:
        return mentions.address(kept.mention_id)[:2]
    about = incidents.about(kept.incident_id)
    worked = [one for one in about.brand_accounts if is_by_hand(one)]
    if wanted in worked:
        return wanted, ""
    if not worked or wanted:
        raise BadInput(_("This person cannot be answered here: write by hand, paste the link."))
    return (about.account_id if about.account_id in worked else worked[0]), ""


def _refuse_second(kept: KeptAffected) -> None:
    """Refuse a second answer to the same person: one click too many must not write twice."""
    if kept.affected.state is not AffectedState.TO_WRITE:
        raise BadInput(
            _("This person was answered already. Move them back to write, to write again.")
        )
    if outgoings.is_answered(affected_id=kept.affected.id):
        raise BadInput(_("An answer to this person is on its way already. Reload the page."))


def _refuse_copy(checked: Checked) -> None:
    if checked.copied:
        raise BadInput(
            _(
                "This is nearly the same text that another person got. "
                "Write to this person about what they said."
            )
        )


def _refuse_unreasoned(checked: Checked, reason: str) -> None:
    findings = checked.lint.findings
    gravest = max(findings, key=lambda one: one.decision, default=None)
    if gravest and gravest.decision > Decision.PASS and not reason.strip():
        raise NotApproved(f"{gravest.message} Change the text, or say in one line why it is right.")


def _outgoing(  # noqa: PLR0913 - what a person said yes to
    by: str,
    kept: KeptAffected,
    account_id: str,
    target: str,
    text: str,
    reason: str,
    now: datetime,
) -> Outgoing:
    language = _language(text)
    hashed = content_hash(account_id, text, language, target)
    return Outgoing(
        id=ids.new("outgoing"),
        kind=OutgoingKind.PRIVATE,
        account_id=account_id,
        text=text,
        language=language.value,
        target=target,
        content_hash=hashed,
        approved_hash=hashed,
        approved_by=by,
        approved_at=now,
        due_at=drafts.undo_until(brands.account(account_id).account, now),
        lateness_s=REPLY_LATENESS_S,
        reason=reason.strip(),
        incident_id=kept.incident_id,
        affected_id=kept.affected.id,
    )


def by_hand(by: str, affected_id: str, text: str, link: str) -> None:
    """Keep that a person was written to outside Amends, with the link that proves it.

    Raises:
        BadInput: there is no link, or the text is a copy.
    """
    address = link.strip()
    if not address.startswith(("https://", "http://", "at://")):
        raise BadInput(_("Paste the link of what you sent, beginning with https://."))
    with turn():
        _refuse_copy(lint(affected_id, text))
        at, kept = clock.now(), incidents.affected(affected_id)
        incidents.answered_by_hand(affected_id, text, address)
        if kept.mention_id:
            mentions.answered(kept.mention_id)
        words = f"@{kept.affected.handle} was answered by hand, as reported by {by}: {address}"
        incidents.note(kept.incident_id, "answered", words, at=at, by=by)
        records.enter(Verb.AFFECTED_MOVED, f"affected:{affected_id}", by=by, at=at)


def move(by: str, affected_id: str, state: AffectedState) -> None:
    """Say how far the answer to a person has come.

    Raises:
        BadInput: "sent" is only set by what was sent.
    """
    if state is AffectedState.SENT:
        raise BadInput(_("Sent is set by the answer itself: send it, or paste the link by hand."))
    with turn():
        at, kept = clock.now(), incidents.affected(affected_id)
        incidents.move_affected(affected_id, state)
        words = f"@{kept.affected.handle}: {state.value}."
        incidents.note(kept.incident_id, "affected", words, at=at, by=by)
        records.enter(Verb.AFFECTED_MOVED, f"affected:{affected_id}", by=by, at=at)


def lock(affected_id: str, by: str) -> str:
    """Take the pen for a person, and return who has it, "" when it is you."""
    with turn():
        at, kept = clock.now(), incidents.affected(affected_id)
        held = kept.locked_at is not None and kept.locked_at > at - LOCK
        if held and kept.locked_by not in {"", by}:
            return kept.locked_by
        incidents.lock_affected(affected_id, by, at)
    return ""
