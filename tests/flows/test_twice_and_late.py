"""What a second click, a late save, a stale page or a busy minute must not do."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from amends.answer import stages
from amends.flows import (
    clock,
    connect,
    course,
    decide,
    draft,
    hold,
    incident,
    mention,
    people,
    reach,
    results,
    statement,
    takedown,
)
from amends.store import (
    alarms,
    brands,
    incidents,
    mentions,
    outgoings,
    posts,
    rooms,
    workspaces,
)
from amends.store.models import BrandRow, OutgoingRow
from amends.store.turns import turn
from amends.vocabulary.errors import BadInput, NotApproved, WrongAccount
from amends.vocabulary.incident import Stage
from amends.vocabulary.outgoing import LIVE, OutgoingState
from tests.flows.audience import HURT
from tests.flows.conftest import Workplace
from tests.flows.test_incident import (
    FACTS,
    GOOD,
    HOLDING,
    approve,
    decided,
    opened,
    room_of,
    stage_of,
)

pytestmark = pytest.mark.usefixtures("plain_reader")
SHAME = "You should be ashamed of this, shame on you"
LETTER = (
    "Ines, you lost your flat and our joke made light of it. I am sorry. "
    "I will call you today if you tell me when."
)


def reproached(workplace: Workplace, people_: range, *, posts_: int = 1) -> None:
    """Let so many people reproach, spread over the bank's newest posts, heard on one page."""
    account_id = workplace.ladera.account.id
    newest = posts.recent_posts(account_id)[:posts_]
    for place in people_:
        about = newest[place % posts_].network_id
        workplace.world.say(f"p{place}.test", SHAME, about, clock.now())
    mention.take_in(account_id)


def test_a_burst_on_one_post_opens_one_room(workplace: Workplace) -> None:
    for burst in range(3):
        reproached(workplace, range(burst * 60, burst * 60 + 60))
        workplace.move_on(minutes=6)
    assert len(rooms.list_incidents()) == 1
    assert len(alarms.open_alarms()) == 1
    assert rooms.list_incidents()[0].people >= 100


def test_a_burst_on_two_posts_opens_a_room_for_each_at_most(workplace: Workplace) -> None:
    for burst in range(3):
        reproached(workplace, range(burst * 60, burst * 60 + 60), posts_=2)
        workplace.move_on(minutes=6)
    found = rooms.list_incidents()
    assert 1 <= len(found) <= 2
    assert len({one.title for one in found}) == len(found)


def test_a_person_is_answered_once_by_a_double_click(workplace: Workplace) -> None:
    post = posts.recent_posts(workplace.ladera.account.id)[0]
    workplace.world.say("ines.test", HURT, post.network_id, clock.now())
    mention.take_in(workplace.ladera.account.id)
    incident_id = incident.mistake("ana", post_id=post.id)
    person = room_of(incident_id).affected[0].affected.id
    people.send("ana", person, LETTER, reason="Read twice.")
    with pytest.raises(BadInput, match="on its way"):
        people.send("ana", person, LETTER, reason="Read twice.")
    workplace.let_go()
    with pytest.raises(BadInput, match="answered already"):
        people.send("ana", person, LETTER, reason="Read twice.")
    assert workplace.on_the_wall(LETTER) == 1


def test_a_reply_leaves_once_by_a_double_click(workplace: Workplace) -> None:
    post = posts.recent_posts(workplace.ladera.account.id)[0]
    workplace.world.say("tomas.test", "when do you open?", post.network_id, clock.now())
    mention.take_in(workplace.ladera.account.id)
    said = next(one for one in mentions.queue() if one.author_handle == "tomas.test")
    mention.reply("ana", said.id, "We open at nine.", reason="Short.")
    with pytest.raises(BadInput, match="on its way"):
        mention.reply("ana", said.id, "We open at nine.", reason="Short.")
    workplace.move_on(minutes=1)
    assert workplace.on_the_wall("We open at nine.") == 1


def test_what_the_rules_stopped_waits_ten_minutes_whatever_is_rescheduled(
    workplace: Workplace,
) -> None:
    account = workplace.ladera.account
    draft_id = draft.save("ana", account.id, "Our key is AKIAIOSFODNN7EXAMPLE, keep it safe.")
    out = draft.publish("ana", draft_id, reason="It is an example key.")
    decide.reschedule("ana", out, clock.now())
    workplace.let_go()
    assert outgoings.load(out).state is OutgoingState.APPROVED
    workplace.move_on(minutes=10, seconds=1)
    assert outgoings.load(out).state in LIVE


def test_a_late_save_does_not_bring_a_sent_draft_back(workplace: Workplace) -> None:
    account = workplace.ladera.account
    words = "Our branches open at nine."
    draft_id = draft.save("ana", account.id, words)
    draft.publish("ana", draft_id, text=words, reason="Checked.")
    assert draft.save("ana", account.id, words[:-4], draft_id=draft_id) == draft_id
    assert posts.draft(draft_id).sent
    assert draft.latest("ana") == ""


def test_the_words_on_the_page_are_the_words_that_leave(workplace: Workplace) -> None:
    account = workplace.ladera.account
    draft_id = draft.save("ana", account.id, "What another window saved.")
    out = draft.publish("ana", draft_id, text="What this page showed.", reason="Checked.")
    assert outgoings.load(out).text == "What this page showed."


def test_a_draft_moved_in_another_window_does_not_leave(workplace: Workplace) -> None:
    account = workplace.ladera.account
    draft_id = draft.save("ana", account.id, "Our branches open at nine.")
    draft.move("ana", draft_id, workplace.candil.account.id)
    with pytest.raises(WrongAccount):
        draft.publish("ana", draft_id, account_id=account.id, reason="Checked.")


def test_hot_accounts_are_counted_as_they_are_polled(workplace: Workplace) -> None:
    hold.hold("ana", "everything")
    assert len(mention.hot(clock.now())) == len(brands.accounts())


def test_a_pasted_link_must_be_a_post_of_this_account(workplace: Workplace) -> None:
    words = "We are sorry about this morning, both of us."
    other = workplace.world.post_as(workplace.candil.account.handle, words, clock.now())
    out = workplace.publish(words)
    one = outgoings.load(out)
    outgoings.change(one, state="needs_person")
    link = reach.network_of(workplace.candil.account.id).evidence(other).url
    with pytest.raises(BadInput, match="not from this account"):
        decide.it_is_there("ana", out, link)


def test_a_statement_goes_out_although_the_post_was_deleted_by_hand(workplace: Workplace) -> None:
    incident_id = decided(workplace)
    post = posts.post(incidents.about(incident_id).post_id)
    workplace.world.take_down(post.network_id)
    approve(incident_id, GOOD, [workplace.ladera.account.id])
    workplace.let_go()
    assert workplace.on_the_wall(GOOD) == 1
    words = [line.words for line in room_of(incident_id).timeline]
    assert any("as a post of its own" in line for line in words)


def test_a_first_word_that_is_live_answers_when_it_is_chosen(workplace: Workplace) -> None:
    incident_id = opened(workplace)
    approve(incident_id, HOLDING, [workplace.ladera.account.id], "holding")
    workplace.let_go()
    incident.agree_facts("ana", incident_id, FACTS)
    incident.choose("ana", incident_id, "acknowledge_now", "Nothing more is known yet.")
    assert stage_of(incident_id) is Stage.ANSWERED


def test_a_statement_that_is_live_answers_when_the_option_is_chosen(workplace: Workplace) -> None:
    incident_id = opened(workplace)
    approve(incident_id, GOOD, [workplace.ladera.account.id])
    workplace.let_go()
    incident.agree_facts("ana", incident_id, FACTS)
    incident.choose("ana", incident_id, "full_apology", "It is out already.")
    assert stage_of(incident_id) is Stage.ANSWERED


def test_a_live_text_cannot_be_withdrawn(workplace: Workplace) -> None:
    incident_id = decided(workplace)
    statement_id = approve(incident_id, GOOD, [workplace.ladera.account.id])
    workplace.let_go()
    with pytest.raises(BadInput, match="out or on its way"):
        statement.withdraw("ana", statement_id)
    assert not incidents.statement(statement_id).withdrawn


@pytest.mark.parametrize("event", ["new facts", "rose"])
def test_after_it_opens_anew_another_statement_can_answer(workplace: Workplace, event: str) -> None:
    incident_id = decided(workplace)
    first = approve(incident_id, GOOD, [workplace.ladera.account.id])
    workplace.let_go()
    if event == "rose":
        with turn():
            course.follow(incident_id, stages.ReproachRose(), at=clock.now())
            incidents.set_times(incident_id, reopened_at=clock.now())
    else:
        incident.new_facts("ana", incident_id, "More came to light.")
    incident.agree_facts("ana", incident_id, FACTS)
    incident.choose("ana", incident_id, "full_apology", "There is more to say.")
    assert stage_of(incident_id) is Stage.DECIDED
    approve(incident_id, f"{GOOD} And we say more.", [workplace.ladera.account.id])
    workplace.let_go()
    assert stage_of(incident_id) is Stage.ANSWERED
    assert not incidents.statement(first).withdrawn


def test_a_poll_does_not_undo_a_disconnect(workplace: Workplace) -> None:
    account_id = workplace.ladera.account.id
    page = reach.network_of(account_id).fetch(brands.connection(account_id).cursor)
    connect.disconnect("ana", account_id)
    mention._keep(account_id, page)
    assert not brands.is_active(account_id)


def test_a_renewed_token_is_not_kept_after_a_disconnect(workplace: Workplace) -> None:
    account_id = workplace.ladera.account.id
    connect.disconnect("ana", account_id)
    brands.renew_secret(account_id, "sealed-anew")
    assert brands.connection(account_id).sealed == ""


def test_a_result_is_kept_although_the_account_was_disconnected_meanwhile(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = workplace.publish("Open at nine.")
    workspaces.set_offset(clock.offset() + timedelta(seconds=11))
    call = results.call

    def and_disconnect(network: object, one: object) -> object:
        result = call(network, one)  # type: ignore[arg-type]
        connect.disconnect("ana", workplace.ladera.account.id)
        return result

    monkeypatch.setattr(results, "call", and_disconnect)
    workplace.let_go()
    assert outgoings.load(out).state in LIVE


def test_a_take_down_keeps_the_words_somebody_had_written(workplace: Workplace) -> None:
    incident_id = decided(workplace)
    account_ids = [workplace.ladera.account.id]
    statement.save("ana", incident_id, GOOD, kind="statement", account_ids=account_ids)
    post_id = incidents.about(incident_id).post_id
    takedown.take_down("ana", post_id, why="It hurts.", acknowledgement="We took it down.")
    assert any(GOOD in line.words for line in room_of(incident_id).timeline)


def test_an_approval_binds_to_the_whole_hash(workplace: Workplace) -> None:
    incident_id = decided(workplace)
    account_ids = [workplace.ladera.account.id]
    saved = statement.save("ana", incident_id, GOOD, kind="statement", account_ids=account_ids)
    hashed = incidents.statement(saved).content_hash
    for short in (hashed[:1], hashed[:4], hashed[:-1]):
        with pytest.raises(NotApproved):
            statement.approve("ana", saved, shown_hash=short, reason="Read.")


def test_brands_that_were_put_away_can_not_be_acted_on(workplace: Workplace) -> None:
    incident_id = decided(workplace)
    post_id = incidents.about(incident_id).post_id
    workspaces.set_practice(practice=True)
    BrandRow.objects.update(practice=True)
    brands.archive_practice()
    for act in (
        lambda: incident.mistake("ana", post_id=post_id),
        lambda: incident.add_to_timeline("ana", incident_id, "later"),
        lambda: statement.skeleton(incident_id, "statement"),
    ):
        with pytest.raises(BadInput):
            act()


@pytest.mark.parametrize("what", [decide.undo, decide.drop, decide.retry, decide.give_up])
@pytest.mark.parametrize("state", ["intended", "sending", "unknown", "published", "confirmed"])
def test_what_is_on_its_way_or_out_is_not_moved_by_a_click_on_an_old_page(
    workplace: Workplace, state: str, what: Callable[[str, str], None]
) -> None:
    out = workplace.publish("Open at nine.")
    OutgoingRow.objects.filter(pk=out).update(state=state)
    with pytest.raises(BadInput, match="Reload the page"):
        what("ana", out)
    assert outgoings.load(out).state.value == state
