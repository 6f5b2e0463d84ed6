"""What follows when something left, in the same transaction as its result."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from amends.answer import stages
from amends.flows import course, ids
from amends.store import brands, incidents, mentions, outgoings, posts
from amends.store.posts import KeptPost
from amends.vocabulary.incident import AffectedState, Stage
from amends.vocabulary.outgoing import LIVE, Outgoing, OutgoingKind

HOT = timedelta(hours=1)  # after a post the account is listened to each second
ANSWERS_ALONE = frozenset({"acknowledge_now", "wait_and_listen"})


def published(one: Outgoing, network_id: str, url: str, at: datetime) -> None:
    """Keep the post, and tell the incident and the person hurt that it is out."""
    posts.keep_posts(
        [
            KeptPost(
                id=ids.new("post"),
                account_id=one.account_id,
                network_id=network_id,
                url=url,
                text=one.text,
                at=at,
                is_answer=one.kind is not OutgoingKind.POST,
            )
        ]
    )
    brands.make_hot(one.account_id, at + HOT)
    if one.kind is OutgoingKind.STATEMENT:
        _statement_out(one, url, at)
    elif one.affected_id:
        _person_answered(one, at)
    elif one.kind is OutgoingKind.REPLY:
        mentions.answered_at_address(one.account_id, one.target)


def _statement_out(one: Outgoing, url: str, at: datetime) -> None:
    statement = incidents.statement(one.statement_id)
    name = "First word" if statement.kind == "holding" else "Statement"
    words = f"{name} is live: {url}" if url else f"{name} is live."
    incidents.note(one.incident_id, "published", words, at=at)
    incidents.set_first_word(one.incident_id, at)
    answered_if_out(one.incident_id, at)


def answered_if_out(incident_id: str, at: datetime) -> None:
    """Move a decided incident to answered where a text that answers it is live already."""
    if incidents.load_incident(incident_id).stage is not Stage.DECIDED:
        return
    alone = incidents.about(incident_id).chosen_option in ANSWERS_ALONE
    kinds = ("statement", "holding") if alone else ("statement",)
    fitting = [one for kind in kinds for one in incidents.approved_ids(incident_id, kind)]
    if any(out.state in LIVE for one in fitting for out in outgoings.of_statement(one)):
        course.follow(incident_id, stages.StatementPublished(), at=at)
        incidents.set_answered(incident_id, how_answered(incident_id), at)


def how_answered(incident_id: str) -> str:
    """Return the word for how an incident with a live statement was answered."""
    about = incidents.about(incident_id)
    if about.chosen_option == "take_down_openly":
        return "taken down openly"
    return "clarified" if about.chosen_option == "clarify" else "statement"


def _person_answered(one: Outgoing, at: datetime) -> None:
    kept = incidents.affected(one.affected_id)
    if kept.affected.state is AffectedState.TO_WRITE:
        incidents.move_affected(one.affected_id, AffectedState.SENT)
    if kept.mention_id:
        mentions.answered(kept.mention_id)
    words = f"Answered @{kept.affected.handle} in person."
    incidents.note(kept.incident_id, "answered", words, at=at)


def removed(one: Outgoing, at: datetime) -> None:
    """Keep that the post is gone by our hand."""
    posts.taken_down(one.account_id, one.target, at)
    if one.incident_id:
        words = _("The post was taken down; a copy was kept before.")
        incidents.note(one.incident_id, "taken_down", words, at=at)


def refused(one: Outgoing, words: str, at: datetime) -> None:
    """Tell the incident that the network said no."""
    if one.incident_id:
        incidents.note(one.incident_id, "refused", f"The network refused it: {words}", at=at)


def lost(one: Outgoing, at: datetime) -> None:
    """Tell the incident that the outcome is not known yet."""
    if one.kind is OutgoingKind.STATEMENT:
        words = _("Sent, and no answer came: unconfirmed, we are checking.")
        incidents.note(one.incident_id, "unknown", words, at=at)
        stage = incidents.load_incident(one.incident_id).stage
        if (stage, stages.OutcomeLost) in stages.NEXT:
            course.follow(one.incident_id, stages.OutcomeLost(), at=at)


def vanished(one: Outgoing, at: datetime) -> None:
    """Tell the incident that a live text is gone without our hand in it."""
    if one.incident_id:
        words = _("It was there and is gone: removed by the network, or by somebody else.")
        incidents.note(one.incident_id, "vanished", words, at=at)
