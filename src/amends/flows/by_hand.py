"""By hand: where no program may post, a person does, and says what became of it.

Theory of operation: what is due on such an account is never sent. It moves to `with_person` and
becomes a card. Somebody takes the card in hand for ten minutes, so that two people do not both
post it, puts it out in the place's own app, and pastes the link or says that it is done. A hold
takes posts back, as everywhere. What a person reports is written down also where the desk had
held, missed or undone the text meanwhile: it is out, and the record says who said so.
"""

import json
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from amends.flows import aftermath, clock
from amends.networks.by_hand.places import Place, own_link, place_named
from amends.networks.port import SafeRepeat, Snapshot
from amends.networks.shelf import network_named
from amends.store import brands, cards, incidents, outgoings, posts, records
from amends.store.turns import turn
from amends.store.views import PostView
from amends.vocabulary.errors import BadInput
from amends.vocabulary.outgoing import LIVE, Outgoing, OutgoingKind, OutgoingState
from amends.vocabulary.record import Verb

S = OutgoingState
IN_HAND = timedelta(minutes=10)  # real time; then a colleague may take the card
ALL_THE_SAME = {
    S.APPROVED: gettext_noop("It was put out by hand before its time."),
    S.HELD: gettext_noop("It was put out by hand before the hold was seen."),
    S.MISSED: gettext_noop("It was put out by hand after its time."),
    S.CANCELLED: gettext_noop("It was put out by hand, although it had been undone here."),
}


def is_by_hand(account_id: str) -> bool:
    """Return whether a person does what leaves from this account."""
    can = network_named(brands.network_name(account_id)).can
    return can.safe_repeat is SafeRepeat.BY_HAND


def hand_over(one: Outgoing, *, at: datetime) -> bool:
    """Give a due text to people where nothing may be sent; False where a program sends it.

    Call it inside the turn, after all that may bar a text was asked.
    """
    if not is_by_hand(one.account_id):
        return False
    return outgoings.move(
        one, S.WITH_PERSON, at=at, words="", next_at=None, lease_owner="", lease_until=None
    )


def miss_late() -> bool:
    """Move one post that nobody put out in time to missed; call it inside the turn."""
    at = clock.now()
    one = cards.lock_late(at, clock.real())
    if one is None:
        return False
    return outgoings.move(one, S.MISSED, at=at, words=_("Nobody put it out in time."))


def place_of(account_id: str) -> Place:
    """Return the place of an account that people work.

    Raises:
        BadInput: It is not one of those.
    """
    account = brands.account(account_id).account
    if not is_by_hand(account_id):
        raise BadInput(_("Amends publishes on this account itself: there is no card for it."))
    return place_named(account.place)


def answered(account_id: str, link: str) -> str:
    """Return what a text answers, from a pasted link; "" where nothing was pasted.

    Raises:
        BadInput: the link is not https or not of that place, or the account is not worked by hand.
    """
    return own_link(place_of(account_id), link) if link.strip() else ""


def take_in_hand(by: str, outgoing_id: str) -> None:
    """Say that this person is putting the text out now; it lapses after ten minutes.

    Raises:
        BadInput: a colleague has it in hand, or it is no card now.
    """
    with turn():
        one = _card(outgoing_id)
        refuse_if_in_hand(one, by)
        until = clock.real() + IN_HAND
        outgoings.change(one, lease_owner=by, lease_until=until)
        records.enter(Verb.CLAIMED, f"outgoing:{one.id}", by=by, at=clock.now())


def give_back(by: str, outgoing_id: str) -> None:
    """Give a card back that this person took in hand.

    Raises:
        BadInput: a colleague has it in hand, or it is no card now.
    """
    with turn():
        one = _card(outgoing_id)
        refuse_if_in_hand(one, by)
        outgoings.change(one, lease_owner="", lease_until=None)
        records.enter(Verb.WITH_PERSON, f"outgoing:{one.id}", by=by, at=clock.now())


def refuse_if_in_hand(one: Outgoing, by: str) -> None:
    """Refuse to take a card from under somebody's hands.

    Raises:
        BadInput: a colleague is putting it out just now.
    """
    holder = cards.in_hand(one.id, clock.real()) if one.state is S.WITH_PERSON else ""
    if holder not in {"", by}:
        raise BadInput(
            _("%(who)s is putting this out just now. Ask them first, or wait ten minutes.")
            % {"who": holder}
        )


def _card(outgoing_id: str) -> Outgoing:
    one = outgoings.lock(outgoing_id)
    place_of(one.account_id)
    if one.state is not S.WITH_PERSON:
        raise BadInput(_("This is not waiting to be put out by hand now. Reload the page."))
    return one


def done(by: str, outgoing_id: str, link: str = "") -> None:
    """Keep that a person put the text out, or took the post down, with the link where there is one.

    Said twice, it is one post; a link that was found later is added.

    Raises:
        BadInput: the link is not https, not of that place, or another text's; or it is no text
            that is put out by hand.
    """
    with turn():
        one, at = outgoings.lock(outgoing_id), clock.now()
        place = place_of(one.account_id)
        address = own_link(place, link) if link.strip() else ""
        if address and one.kind is not OutgoingKind.REMOVAL:
            _refuse_another(one, address)
        if one.state in LIVE:
            _add_link(one, by, address, at)
        elif one.kind is OutgoingKind.REMOVAL:
            _removed(one, by, at)
        else:
            _published(one, by, address, at)


def _refuse_another(one: Outgoing, address: str) -> None:
    other = outgoings.of_post(one.account_id, address)
    if other is not None and other.id != one.id:
        raise BadInput(_("That link belongs to another text already: paste the link of this one."))


def _published(one: Outgoing, by: str, address: str, at: datetime) -> None:
    network_id = address or f"by_hand:{one.id}"
    words = _words(one, by, address)
    if not cards.report(
        one,
        by=by,
        at=at,
        network_id=network_id,
        url=address,
        published_at=at,
        confirmed_by=by,
        words=words,
    ):
        return
    aftermath.published(one, network_id, address, at)
    if one.incident_id:
        said = words or _("As reported by %(by)s, with its link.") % {"by": by}
        incidents.note(one.incident_id, "by_hand", said, at=at, by=by)


def _removed(one: Outgoing, by: str, at: datetime) -> None:
    words = _("Taken down by hand, as reported by %(by)s.") % {"by": by}
    if cards.report(one, by=by, at=at, published_at=at, confirmed_by=by, words=words):
        aftermath.removed(one, at)
        if one.incident_id:
            incidents.note(one.incident_id, "by_hand", words, at=at, by=by)


def _words(one: Outgoing, by: str, address: str) -> str:
    said = "" if address else _("As reported by %(by)s, without a link.") % {"by": by}
    why = _(ALL_THE_SAME[one.state]) if one.state in ALL_THE_SAME else ""
    return f"{why} {said}".strip()


def _add_link(one: Outgoing, by: str, address: str, at: datetime) -> None:
    """Add the link of what was reported without one; a second click on "done" changes nothing."""
    if not address or one.url or one.kind is OutgoingKind.REMOVAL:
        return
    posts.give_address(one.account_id, one.network_id, address)
    outgoings.change(one, network_id=address, url=address, confirmed_by=by, words="")
    records.enter(Verb.CONFIRMED, f"outgoing:{one.id}", by=by, at=at)


def could_not(by: str, outgoing_id: str, why: str = "") -> None:
    """Give a card back as one that could not be put out: a person decides what becomes of it.

    Raises:
        BadInput: a colleague has it in hand, or it is no card now.
    """
    with turn():
        one, at = _card(outgoing_id), clock.now()
        refuse_if_in_hand(one, by)
        words = _("%(by)s could not put it out.") % {"by": by}
        outgoings.move(one, S.MISSED, at=at, by=by, words=f"{words} {why.strip()}".strip()[:600])


def put_off(by: str, one: Outgoing, due_at: datetime, *, at: datetime) -> None:
    """Give a card a later time; call it inside the turn.

    Raises:
        BadInput: a colleague has it in hand.
    """
    refuse_if_in_hand(one, by)
    outgoings.move(one, S.APPROVED, at=at, by=by, verb=Verb.SCHEDULED, due_at=due_at, next_at=None)


def held_in_hand(account_ids: tuple[str, ...]) -> tuple[str, ...]:
    """Say on the cards of these accounts that somebody has in hand whom to ask; return their ids.

    Call it inside the turn, before the cards are held.
    """
    found = cards.posts_in_hand(account_ids, clock.real())
    for outgoing_id, holder in found.items():
        words = _("%(who)s had it in hand when it was held: ask whether it is out.")
        outgoings.change(outgoings.lock(outgoing_id), words=words % {"who": holder})
    return tuple(found)


def own_copy(post: PostView, seen: str) -> Snapshot:
    """Return what can be kept of a post that cannot be read: our own words, and what was pasted.

    Args:
        post: The post, as we put it out.
        seen: What a person saw under it and pasted, "" for nothing.
    """
    kept = {
        "source": "our own copy; the place is not read from here",
        "text": post.text,
        "link": post.url,
        "at": post.at.isoformat(),
        "pasted": seen.strip(),
    }
    raw = json.dumps(kept, ensure_ascii=False, sort_keys=True)
    replies = (seen.strip(),) if seen.strip() else ()
    return Snapshot(post.network_id, post.url, post.text, raw, counts={}, replies=replies)
