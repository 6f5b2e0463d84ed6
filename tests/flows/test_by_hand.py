"""By hand: a card at its time, done by a person who says so, and nothing ever sent."""

import json
from datetime import timedelta

import pytest

from amends.flows import (
    by_hand,
    clock,
    connect,
    decide,
    draft,
    due,
    hold,
    incident,
    mention,
    people,
    practice,
    reach,
    record,
    statement,
    takedown,
)
from amends.flows.card import card_of
from amends.networks.by_hand.connector import ByHand
from amends.store import boards, brands, cards, dues, outgoings, posts, rooms
from amends.store.models import OutgoingRow, PostRow
from amends.store.turns import turn
from amends.store.views import AccountView
from amends.vocabulary.errors import BadInput
from amends.vocabulary.incident import AffectedState, Stage
from amends.vocabulary.outgoing import Outgoing, OutgoingKind, OutgoingState
from tests.flows.conftest import RealTime

S = OutgoingState
TEXT = "The oven is warm again. Come by from seven."
LINK = "https://www.instagram.com/p/DRw1/?igsh=1"
SORRY = (
    "On Tuesday we posted a joke about people in debt. It hurt people who trusted us. "
    "That was wrong, and it is our fault. We are sorry. From today two people read each post."
)


@pytest.fixture(autouse=True)
def nothing_is_sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Whoever asks the network to send or remove is written down; nobody may."""
    asked: list[str] = []
    monkeypatch.setattr(ByHand, "publish", lambda *_: asked.append("publish"))
    monkeypatch.setattr(ByHand, "remove", lambda *_: asked.append("remove"))
    monkeypatch.setattr(ByHand, "find", lambda *_: asked.append("find"))
    return asked


@pytest.fixture
def insta(empty: None, nothing_is_sent: list[str]) -> AccountView:
    """An account that people work."""
    return added()


def added(place: str = "instagram", handle: str = "candil", brand: str = "Candil") -> AccountView:
    return connect.worked_by_hand(
        "ana", place=place, handle=handle, brand_name=brand, time_zone="Europe/Madrid"
    )


def work(most: int = 100) -> None:
    for _step in range(most):
        if not due.send_once("test"):
            return


def let_go() -> None:
    """Let the undo window pass."""
    practice.move_time_on("ana", timedelta(seconds=11))


def approve(view: AccountView, text: str = TEXT, **later: float) -> str:
    """Say yes to a text, due after the undo window or later; return its id."""
    at = clock.now() + timedelta(**later) if later else None
    return draft.publish("ana", draft.save("ana", view.account.id, text), at=at)


def card(view: AccountView, text: str = TEXT) -> str:
    """Return the id of a text that is with a person now."""
    made = approve(view, text)
    let_go()
    assert outgoings.load(made).state is S.WITH_PERSON
    return made


def state(made: str) -> OutgoingState:
    return outgoings.load(made).state


def entries(made: str) -> list[tuple[str, str]]:
    """Return (verb, actor) of the record's lines about a text."""
    lines = [json.loads(line) for line in record.export().splitlines()]
    found = [one for one in lines if one.get("object") == f"outgoing:{made}"]
    return [(one["verb"], one["actor"]) for one in found]


# ---- a card at its time, and done ----


def test_a_text_becomes_a_card_at_its_time_and_is_done_with_its_link(
    insta: AccountView, nothing_is_sent: list[str]
) -> None:
    made = approve(insta, hours=2)
    work()
    assert state(made) is S.APPROVED
    assert cards.waiting(clock.real()) == ()
    practice.move_time_on("ana", timedelta(hours=2, seconds=1))
    (one,) = cards.waiting(clock.real())
    assert (one.id, one.text, one.state) == (made, TEXT, S.WITH_PERSON)
    by_hand.done("bruno", made, LINK)
    out = outgoings.load(made)
    assert (out.state, out.url, out.network_id, out.confirmed_by, out.words) == (
        S.PUBLISHED,
        LINK,
        LINK,
        "bruno",
        "",
    )
    post = posts.post(posts.post_by_address(insta.account.id, LINK))
    assert (post.text, post.url) == (TEXT, LINK)
    assert [verb for verb, _ in entries(made)] == ["approved", "with_person", "published"]
    work()
    assert state(made) is S.PUBLISHED
    assert nothing_is_sent == []


def test_the_record_says_who_put_it_out(insta: AccountView, django_user_model: type) -> None:
    bruno = django_user_model.objects.create_user("bruno")  # type: ignore[attr-defined]
    made = card(insta)
    by_hand.done("bruno", made, LINK)
    assert entries(made)[-1] == ("published", f"person:{bruno.pk}")
    assert record.verify().ok


def test_without_a_link_it_is_said_so_and_the_link_can_follow(insta: AccountView) -> None:
    made = card(insta)
    by_hand.done("ana", made)
    out = outgoings.load(made)
    assert (out.state, out.words, out.url) == (
        S.PUBLISHED,
        "As reported by ana, without a link.",
        "",
    )
    assert PostRow.objects.get(account_id=insta.account.id).text == TEXT
    by_hand.done("bruno", made, LINK)
    out = outgoings.load(made)
    assert (out.url, out.confirmed_by, out.words) == (LINK, "bruno", "")
    assert PostRow.objects.get(account_id=insta.account.id).url == LINK


def test_two_clicks_on_done_are_one_post(insta: AccountView) -> None:
    made = card(insta)
    by_hand.done("ana", made)
    by_hand.done("ana", made)
    by_hand.done("bruno", made)
    assert outgoings.load(made).confirmed_by == "ana"
    assert PostRow.objects.count() == 1
    assert [verb for verb, _ in entries(made)].count("published") == 1


@pytest.mark.parametrize(
    "link",
    [
        "http://www.instagram.com/p/DRw1/",
        "https://instagram.com.evil.test/p/DRw1/",
        "https://www.facebook.com/p/1",
        "https://ana@www.instagram.com/p/1",
        "javascript:alert(1)",
        "https://www.instagram.com/p/\u202e1",
        'https://www.instagram.com/"onclick=1',
        "done",
        "https://" + "a" * 600 + ".instagram.com/",
    ],
)
def test_a_link_that_is_not_of_that_place_is_refused(insta: AccountView, link: str) -> None:
    made = card(insta)
    with pytest.raises(BadInput, match="link"):
        by_hand.done("ana", made, link)
    assert state(made) is S.WITH_PERSON
    assert PostRow.objects.count() == 0


def test_one_link_is_one_text(insta: AccountView) -> None:
    first, second = card(insta), card(insta, "The other oven is warm too. Come by from eight.")
    by_hand.done("ana", first, LINK)
    with pytest.raises(BadInput, match="another text"):
        by_hand.done("ana", second, LINK)
    assert state(second) is S.WITH_PERSON


def test_a_place_without_hosts_of_its_own_takes_any_https_link(empty: None) -> None:
    made = card(added("newsletter", "candil-news"))
    by_hand.done("ana", made, "https://candil.example/letters/7")
    assert outgoings.load(made).url == "https://candil.example/letters/7"


def test_what_was_put_out_teaches_the_voice(insta: AccountView) -> None:
    by_hand.done("ana", card(insta), LINK)
    assert posts.texts_by_account()[insta.account.id] == [TEXT]


# ---- undone, put off, given back, missed ----


def test_a_card_can_be_undone(insta: AccountView) -> None:
    waiting, later = card(insta), approve(insta, "Closed on Monday.", hours=1)
    decide.undo("ana", waiting)
    decide.undo("ana", later)
    practice.move_time_on("ana", timedelta(hours=2))
    assert (state(waiting), state(later)) == (S.CANCELLED, S.CANCELLED)
    assert cards.waiting(clock.real()) == ()


def test_a_card_that_is_put_off_comes_back_at_its_new_time(insta: AccountView) -> None:
    made = card(insta)
    decide.reschedule("ana", made, clock.now() + timedelta(hours=3))
    work()
    assert state(made) is S.APPROVED
    practice.move_time_on("ana", timedelta(hours=3, seconds=1))
    assert state(made) is S.WITH_PERSON


def test_what_could_not_be_put_out_waits_for_a_decision(insta: AccountView) -> None:
    made = card(insta)
    by_hand.could_not("ana", made, "The app wants a code.")
    out = outgoings.load(made)
    assert (out.state, out.words) == (S.MISSED, "ana could not put it out. The app wants a code.")
    decide.reschedule("ana", made, clock.now() + timedelta(minutes=5))
    practice.move_time_on("ana", timedelta(minutes=6))
    assert state(made) is S.WITH_PERSON


def test_a_post_that_nobody_puts_out_in_time_is_missed(insta: AccountView) -> None:
    made = card(insta)
    practice.move_time_on("ana", timedelta(minutes=14))
    assert state(made) is S.WITH_PERSON
    practice.move_time_on("ana", timedelta(minutes=2))
    out = outgoings.load(made)
    assert (out.state, out.words) == (S.MISSED, "Nobody put it out in time.")
    by_hand.done("ana", made, LINK)  # and then it turns out that somebody had
    out = outgoings.load(made)
    assert (out.state, out.words) == (S.PUBLISHED, "It was put out by hand after its time.")


def test_a_post_is_not_missed_under_somebodys_hands(
    insta: AccountView, real_time: RealTime
) -> None:
    made = card(insta)
    practice.move_time_on("ana", timedelta(minutes=14))
    by_hand.take_in_hand("ana", made)
    practice.move_time_on("ana", timedelta(minutes=5))
    assert state(made) is S.WITH_PERSON
    real_time.on(minutes=11)
    work()
    assert state(made) is S.MISSED


def test_after_twelve_hours_away_nothing_becomes_a_burst_of_cards(
    insta: AccountView, real_time: RealTime
) -> None:
    made = [approve(insta, f"Bread number {n} is out of the oven.", hours=1) for n in range(3)]
    real_time.on(hours=12)
    work()
    assert {state(one) for one in made} == {S.MISSED}


# ---- two people ----


def test_a_card_is_in_one_persons_hands_at_a_time(insta: AccountView, real_time: RealTime) -> None:
    made = card(insta)
    by_hand.take_in_hand("ana", made)
    by_hand.take_in_hand("ana", made)
    assert cards.waiting(clock.real())[0].in_hand_of == "ana"
    for act in (by_hand.take_in_hand, by_hand.could_not, by_hand.give_back):
        with pytest.raises(BadInput, match="ana is putting this out"):
            act("bruno", made)
    for decision in (decide.undo, decide.drop):
        with pytest.raises(BadInput, match="ana is putting this out"):
            decision("bruno", made)
    with pytest.raises(BadInput, match="ana is putting this out"):
        decide.reschedule("bruno", made, clock.now() + timedelta(hours=1))
    by_hand.give_back("ana", made)
    by_hand.take_in_hand("bruno", made)
    real_time.on(minutes=11)
    assert cards.waiting(clock.real())[0].in_hand_of == ""
    by_hand.take_in_hand("ana", made)
    by_hand.done("bruno", made, LINK)  # the truth may be told by anybody
    assert state(made) is S.PUBLISHED
    with pytest.raises(BadInput):
        by_hand.take_in_hand("ana", made)


# ---- holds ----


def test_a_hold_takes_cards_back_and_release_gives_them_again(insta: AccountView) -> None:
    waiting, later = card(insta), approve(insta, "Closed on Monday.", hours=1)
    receipt = hold.hold("ana", f"account:{insta.account.id}", "an angry reply")
    assert {one.id for one in receipt.held} == {waiting, later}
    assert receipt.in_flight == ()
    work()
    assert {state(waiting), state(later)} == {S.HELD}
    assert cards.waiting(clock.real()) == ()
    with pytest.raises(BadInput, match="not waiting"):
        by_hand.take_in_hand("ana", waiting)
    hold.release("ana", receipt.id)
    work()
    assert (state(waiting), state(later)) == (S.WITH_PERSON, S.APPROVED)


def test_what_was_held_over_its_time_is_missed(insta: AccountView) -> None:
    made = card(insta)
    receipt = hold.hold("ana", "everything")
    practice.move_time_on("ana", timedelta(hours=1))
    hold.release("ana", receipt.id)
    work()
    assert state(made) is S.MISSED


def test_the_receipt_names_what_is_under_somebodys_hands(insta: AccountView) -> None:
    made = card(insta)
    by_hand.take_in_hand("bruno", made)
    receipt = hold.hold("ana", "everything")
    (flying,) = receipt.in_flight
    assert (flying.id, flying.words) == (
        made,
        "bruno had it in hand when it was held: ask whether it is out.",
    )
    by_hand.done("bruno", made, LINK)
    out = outgoings.load(made)
    assert out.state is S.PUBLISHED
    assert out.words == "It was put out by hand before the hold was seen."
    hold.release("ana", receipt.id)
    work()
    assert state(made) is S.PUBLISHED


def test_a_text_for_a_held_account_never_becomes_a_card(insta: AccountView) -> None:
    hold.hold("ana", f"brand:{insta.account.brand.id}")
    made = approve(insta)
    practice.move_time_on("ana", timedelta(minutes=1))
    assert state(made) is S.HELD


def test_an_undone_text_that_is_out_all_the_same_is_written_down(insta: AccountView) -> None:
    made = card(insta)
    decide.undo("ana", made)
    by_hand.done("bruno", made, LINK)
    out = outgoings.load(made)
    assert out.state is S.PUBLISHED
    assert out.words == "It was put out by hand, although it had been undone here."


def test_what_a_restore_lost_sight_of_is_decided_by_people(
    insta: AccountView, real_time: RealTime
) -> None:
    out, not_out = card(insta), card(insta, "The other oven is warm too. Come by from eight.")
    for made in (out, not_out):
        for to in (S.UNKNOWN, S.NEEDS_PERSON):
            with turn():
                outgoings.move(outgoings.load(made), to, at=clock.now())
    decide.it_is_there("ana", out, LINK)
    real_time.on(minutes=2)
    decide.not_there_send_again("ana", not_out)
    work()
    assert (state(out), state(not_out)) == (S.PUBLISHED, S.WITH_PERSON)
    assert outgoings.load(out).confirmed_by == "ana"


# ---- answers, statements, people, removals ----


def test_an_answer_is_a_card_that_leads_to_what_it_answers(insta: AccountView) -> None:
    theirs = "https://www.instagram.com/p/THEIRS/"
    made = draft.save("ana", insta.account.id, "You are right, and thank you.", reply_to=theirs)
    out = draft.publish("ana", made)
    practice.move_time_on("ana", timedelta(seconds=11))
    one = outgoings.load(out)
    assert (one.kind, one.state, one.target) == (OutgoingKind.REPLY, S.WITH_PERSON, theirs)
    practice.move_time_on("ana", timedelta(hours=5))
    assert state(out) is S.WITH_PERSON  # an answer waits; it is never missed
    by_hand.done("ana", out)
    assert state(out) is S.PUBLISHED


def opened(view: AccountView, post_id: str = "") -> str:
    return incident.mistake(
        "ana", account_id="" if post_id else view.account.id, post_id=post_id, what="A cruel joke"
    )


def test_a_statement_put_out_by_hand_answers_the_incident(insta: AccountView) -> None:
    room = opened(insta)
    kept = statement.save("ana", room, SORRY, kind="holding", account_ids=[insta.account.id])
    shown = rooms.room(room, clock.now()).statements[0].content_hash
    statement.approve("ana", kept, shown_hash=shown, reason="Read by two.")
    practice.move_time_on("ana", timedelta(minutes=11))
    (out,) = outgoings.of_statement(kept)
    assert out.state is S.WITH_PERSON
    practice.move_time_on("ana", timedelta(hours=1))
    assert state(out.id) is S.WITH_PERSON
    by_hand.done("bruno", out.id)
    after = rooms.room(room, clock.now())
    assert any("As reported by bruno" in line.words for line in after.timeline)
    assert any("is live" in line.words for line in after.timeline)
    first_word = next(one for one in after.clocks if one.name == "first_word")
    assert first_word.done_at is not None


def test_a_withdrawn_statement_is_no_card_any_more(insta: AccountView) -> None:
    room = opened(insta)
    kept = statement.save("ana", room, SORRY, kind="holding", account_ids=[insta.account.id])
    shown = rooms.room(room, clock.now()).statements[0].content_hash
    statement.approve("ana", kept, shown_hash=shown, reason="Read by two.")
    practice.move_time_on("ana", timedelta(minutes=11))
    statement.withdraw("ana", kept)
    assert outgoings.of_statement(kept)[0].state is S.CANCELLED
    assert cards.waiting(clock.real()) == ()


def test_a_person_hurt_is_written_to_by_hand(insta: AccountView) -> None:
    room = opened(insta)
    people.add("ana", room, handle="ines", said="Your joke about debt hurt me.", network="by_hand")
    (person,) = rooms.room(room, clock.now()).affected
    assert person.can_reply
    assert [one.id for one in person.hand_accounts] == [insta.account.id]
    text = "Inés, your words about the joke on debt stayed with me. I wrote it, and I am sorry. Ana"
    out = people.send("ana", person.affected.id, text, reason="Read by two.")
    let_go()
    one = outgoings.load(out)
    assert (one.kind, one.state) == (OutgoingKind.PRIVATE, S.WITH_PERSON)
    with pytest.raises(BadInput, match="on its way"):
        people.send("bruno", person.affected.id, text + " Again.", reason="Read by two.")
    by_hand.done("ana", out)
    (person,) = rooms.room(room, clock.now()).affected
    assert person.affected.state is AffectedState.SENT


def test_a_person_is_not_written_to_from_an_account_of_another_brand(insta: AccountView) -> None:
    other = added("x", "ladera", "Ladera")
    room = opened(insta)
    people.add("ana", room, handle="ines", said="It hurt me.")
    (person,) = rooms.room(room, clock.now()).affected
    with pytest.raises(BadInput, match="cannot be answered here"):
        people.send(
            "ana", person.affected.id, "I am sorry. Ana", reason="x", account_id=other.account.id
        )


def removals() -> list[Outgoing]:
    rows = OutgoingRow.objects.filter(kind=OutgoingKind.REMOVAL.value)
    return [outgoings.words_of(row) for row in rows]


def test_taking_down_keeps_our_own_copy_and_what_is_pasted_and_becomes_a_card(
    insta: AccountView, nothing_is_sent: list[str]
) -> None:
    by_hand.done("ana", card(insta), LINK)
    post_id = posts.post_by_address(insta.account.id, LINK)
    room = takedown.take_down(
        "ana",
        post_id,
        why="It laughs at people in debt.",
        acknowledgement="We took it down: it laughed at people in debt. That was wrong.",
        seen="ines: this hurts",
    )
    kept = rooms.room(room, clock.now()).evidence[-1]
    assert kept.kind == "own copy"
    assert TEXT in kept.text
    assert "ines: this hurts" in kept.text
    assert len(kept.sha256) == 64
    assert posts.post(post_id).taken_down_at is None
    let_go()
    (removal,) = removals()
    assert (removal.state, removal.target) == (S.WITH_PERSON, LINK)
    practice.move_time_on("ana", timedelta(hours=3))
    assert state(removal.id) is S.WITH_PERSON
    by_hand.done("bruno", removal.id)
    (removal,) = removals()
    assert removal.state is S.PUBLISHED
    assert removal.words == "Taken down by hand, as reported by bruno."
    assert posts.post(post_id).taken_down_at is not None
    assert nothing_is_sent == []


# ---- accounts, and what is never claimed ----


def test_an_account_is_made_in_one_step_and_nothing_is_heard_from_it(insta: AccountView) -> None:
    assert (insta.account.network, insta.account.place) == ("by_hand", "instagram")
    assert insta.account.brand.time_zone == "Europe/Madrid"
    due.plan_all()
    assert dues.claim("test", clock.real(), timedelta(seconds=1), ("listen",)) is None
    assert brands.account(insta.account.id).last_heard_at is None
    (line,) = boards.home(clock.now()).lines
    assert line.state == "by hand"
    assert line.words == "Nothing is heard from @candil: look there yourself."
    assert mention.take_in(insta.account.id) == 0


def test_one_brand_stands_in_several_places(insta: AccountView) -> None:
    other = added("x", "candil", "candil")
    assert other.account.brand == insta.account.brand
    with pytest.raises(BadInput, match="connected already"):
        added("x", "@Candil")
    assert brands.account_by_handle("x:candil").id == other.account.id
    with pytest.raises(BadInput, match="instagram:candil, x:candil"):
        brands.account_by_handle("candil")


@pytest.mark.parametrize(
    ("place", "handle"),
    [("instagram", ""), ("instagram", "can dil"), ("instagram", "a/b"), ("carrier pigeon", "a")],
)
def test_an_account_that_cannot_be_is_refused(empty: None, place: str, handle: str) -> None:
    with pytest.raises(BadInput):
        added(place, handle)
    assert brands.list_accounts() == ()


def test_each_place_has_its_own_length(insta: AccountView) -> None:
    other = added("x", "candil")
    text = "ñ" * 281
    assert draft.review(insta.account.id, text).over is False
    assert draft.review(other.account.id, text).limit == 280
    with pytest.raises(BadInput, match="1 characters over"):
        approve(other, text)
    linkedin = added("linkedin", "candil")
    answer = draft.save("ana", linkedin.account.id, "a" * 1_251, reply_to="https://lnkd.in/x")
    with pytest.raises(BadInput, match="1250"):
        draft.publish("ana", answer)


def test_a_profile_link_is_kept_and_must_be_one(insta: AccountView) -> None:
    with pytest.raises(BadInput):
        connect.set_profile("ana", insta.account.id, "http://candil.example")
    connect.set_profile("ana", insta.account.id, "https://candil.example")
    connect.disconnect("ana", insta.account.id)
    made = approve(insta)
    practice.move_time_on("ana", timedelta(seconds=11))
    assert state(made) is S.APPROVED  # put aside: it waits
    connect.set_profile("ana", insta.account.id, "")
    work()
    assert state(made) is S.WITH_PERSON


def test_a_network_that_publishes_itself_has_no_cards(workplace: object) -> None:
    account = brands.list_accounts()[0]
    made = approve(account)
    for act in (by_hand.done, by_hand.take_in_hand, by_hand.could_not):
        with pytest.raises(BadInput, match="publishes on this account itself"):
            act("ana", made)


def test_even_asked_directly_it_sends_nothing(empty: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    view = added()
    network = reach.network_of(view.account.id)
    assert isinstance(network, ByHand)
    answer = network.remove(LINK)
    assert (answer.permanent, answer.words) == (
        True,
        "A person does this by hand; nothing was sent.",
    )


def test_an_incident_may_be_answered_by_hand_in_every_way(insta: AccountView) -> None:
    by_hand.done("ana", card(insta), LINK)
    room = opened(insta, posts.post_by_address(insta.account.id, LINK))
    assert rooms.room(room, clock.now()).incident.stage is Stage.NOTICED
    struck = {one.key: one.struck for one in incident.options(room).options}
    assert struck["take_down_openly"] == ""


# ---- threads ----


def test_a_thread_is_put_out_card_by_card_each_under_the_one_before(insta: AccountView) -> None:
    first = card(insta, "One.\n---\nTwo.\n---\nThree.")
    work()
    second, third = OutgoingRow.objects.filter(thread_id=first, part__gt=0).values_list(
        "pk", flat=True
    )
    assert (state(second), state(third)) == (S.APPROVED, S.APPROVED)
    assert [one.id for one in cards.waiting(clock.real())] == [first]
    by_hand.done("ana", first, LINK)
    work()
    assert (state(second), state(third)) == (S.WITH_PERSON, S.APPROVED)
    shown = card_of(second)
    assert shown.out.target == outgoings.load(first).network_id
    assert shown.answers == "One."
    assert shown.out.thread is not None
    assert (shown.out.thread.part, shown.out.thread.parts, shown.out.thread.live) == (2, 3, 1)
    practice.move_time_on("ana", timedelta(hours=12))
    work()
    assert (state(second), state(third)) == (S.MISSED, S.APPROVED)
    decide.retry("ana", second)
    work()
    by_hand.done("ana", second)
    work()
    assert state(third) is S.WITH_PERSON
    assert card_of(third).answers == "Two."


def test_a_thread_on_a_card_is_undone_from_there_on(insta: AccountView) -> None:
    first = card(insta, "One.\n---\nTwo.")
    second = OutgoingRow.objects.get(thread_id=first, part=1).pk
    by_hand.done("ana", first, LINK)
    work()
    decide.undo("ana", second)
    assert (state(first), state(second)) == (S.PUBLISHED, S.CANCELLED)
    third = card(insta, "Three.\n---\nFour.")
    by_hand.could_not("ana", third, "No signal.")
    work()
    fourth = OutgoingRow.objects.get(thread_id=third, part=1).pk
    assert (state(third), state(fourth)) == (S.MISSED, S.APPROVED)
    decide.drop("ana", third)
    assert state(fourth) is S.CANCELLED


def test_a_brand_named_like_an_invented_one_is_a_brand_of_its_own(empty: None) -> None:
    practice.start("ana")
    named = {one.brand.name: one.brand.id for one in brands.accounts()}
    name, invented = next(iter(named.items()))
    view = connect.worked_by_hand("ana", place="instagram", handle="own.name", brand_name=name)
    assert view.account.brand.name == name
    assert view.account.brand.id != invented
    assert [one.handle for one in brands.accounts()] == ["own.name"]
