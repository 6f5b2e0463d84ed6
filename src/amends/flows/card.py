"""A card: all that a person needs to put one text out by hand, on one page."""

from dataclasses import dataclass

from amends.flows import by_hand, clock, draft, vault
from amends.networks.by_hand.places import Place, profile_link
from amends.networks.port import Count
from amends.store import brands, cards, incidents, posts
from amends.store.views import OutgoingView
from amends.vocabulary.errors import Unauthorized
from amends.vocabulary.outgoing import OutgoingKind, OutgoingState


@dataclass(frozen=True)
class Card:
    """One text to put out by hand, or a post to take down, with the way there."""

    out: OutgoingView
    place: str  # its name as people write it
    how: str  # what is different in this place, one sentence or ""
    open_url: str  # https, where it is done; "" where nobody can tell
    own_page: str  # https, the account's own page there, or ""
    answers: str  # what it answers: our own words or those of the person, "" when not known
    person: str  # handle of the one person it is for, "" for everybody
    size: Count
    was_due: bool  # its time has come


def waiting() -> tuple[OutgoingView, ...]:
    """Return what people have to put out now, the most urgent first."""
    return cards.waiting(clock.real())


def card_of(outgoing_id: str) -> Card:
    """Return one text as its card.

    Raises:
        BadInput: there is none, or Amends publishes it itself.
    """
    out = cards.card(outgoing_id, clock.real())
    place = by_hand.place_of(out.account.id)
    own_page = own_page_of(out.account.id, place)
    person, said = _person(out)
    return Card(
        out=out,
        place=place.title,
        how=place.how_remove if out.kind is OutgoingKind.REMOVAL else place.how_post,
        open_url=_where(out, place, own_page, person),
        own_page=own_page,
        answers=said or _own_words(out),
        person=person,
        size=draft.length_of(out.account, out.text, out.kind, answers=bool(out.target)),
        was_due=out.due_at <= clock.now() or out.state is OutgoingState.WITH_PERSON,
    )


def own_page_of(account_id: str, place: Place | None = None) -> str:
    """Return where the account's own page is, "" where nobody has said it."""
    where = place or by_hand.place_of(account_id)
    found = brands.connection(account_id)
    return kept_profile(account_id) or profile_link(where, found.handle)


def kept_profile(account_id: str) -> str:
    """Return the link of its own page that somebody wrote down for an account, "" for none."""
    found = brands.connection(account_id)
    if not found.sealed:
        return ""
    try:
        return vault.unseal(found.sealed, account_id).reveal().get("profile", "")
    except Unauthorized:  # sealed under another root key: the card works without it
        return ""


def _person(out: OutgoingView) -> tuple[str, str]:
    """Return (handle, what they said) of the one person a text is for."""
    if not out.affected_id:
        return "", ""
    found = incidents.affected(out.affected_id).affected
    return found.handle, found.said


def _own_words(out: OutgoingView) -> str:
    """Return the words of our own post that a text goes under, "" for another's."""
    if not out.target or out.kind is OutgoingKind.REMOVAL:
        return ""
    post_id = posts.post_by_address(out.account.id, out.target)
    return posts.post(post_id).text if post_id else ""


def _where(out: OutgoingView, place: Place, own_page: str, person: str) -> str:
    if out.target.startswith("https://"):  # checked when it was pasted
        return out.target
    if out.target:  # a post of ours that was reported without a link
        return own_page
    if person:
        return profile_link(place, person) or place.home
    return kept_profile(out.account.id) or place.home or own_page
