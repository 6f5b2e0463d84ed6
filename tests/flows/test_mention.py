"""Mentions: each taken in once, read, counted, corrected and answered."""

from dataclasses import replace

import pytest

from amends import readers
from amends.flows import clock, due, incident, mention
from amends.networks.memory import Fault
from amends.networks.memory.connector import Memory
from amends.networks.port import Page
from amends.store import alarms, brands, mentions, outgoings, posts
from amends.store.models import MentionRow
from amends.vocabulary.errors import BadInput, NotApproved, Unauthorized
from amends.vocabulary.mention import MentionKind, Reading
from amends.vocabulary.outgoing import OutgoingState
from tests.flows.audience import REPROACHES
from tests.flows.conftest import Workplace

pytestmark = pytest.mark.usefixtures("plain_reader")

ACT = "Shame on you. You mock the people you pushed into debt, that is disgusting."


def account_id_of(workplace: Workplace) -> str:
    return workplace.ladera.account.id


def say(workplace: Workplace, text: str, who: str = "critic.test") -> str:
    about = posts.recent_posts(account_id_of(workplace))[0].network_id
    return workplace.world.say(who, text, about, clock.now())


def newest(workplace: Workplace) -> str:
    return mentions.queue(1, account_id_of(workplace))[0].id


def test_each_is_taken_in_once_with_what_it_is_about(workplace: Workplace) -> None:
    say(workplace, ACT)
    workplace.world.say(
        "a.test", "hello @ladera.test", "ladera.test", clock.now(), MentionKind.MENTION
    )
    assert mention.take_in(account_id_of(workplace)) == 2
    assert mention.take_in(account_id_of(workplace)) == 0
    brands.heard(account_id_of(workplace), cursor="", at=clock.real())  # a cursor that was lost
    assert mention.take_in(account_id_of(workplace)) == 0
    about = posts.recent_posts(account_id_of(workplace))[0]
    heard = {one.author_handle: one for one in mentions.queue(2, account_id_of(workplace))}
    assert heard["critic.test"].about_post_id == about.id
    assert heard["critic.test"].is_reproach
    assert not heard["a.test"].is_reproach


def test_our_own_accounts_are_not_heard(workplace: Workplace) -> None:
    say(workplace, ACT, who="candil.test")
    assert mention.take_in(account_id_of(workplace)) == 0


def test_a_read_that_fails_keeps_the_cursor_and_says_so(workplace: Workplace) -> None:
    say(workplace, ACT)
    before = brands.connection(account_id_of(workplace)).cursor
    workplace.world.misbehave("ladera.test", Fault.READ_FAILS)
    assert mention.listen(account_id_of(workplace)) == 0
    assert brands.connection(account_id_of(workplace)).cursor == before
    assert "did not answer" in brands.account(account_id_of(workplace)).connection_words
    assert mention.listen(account_id_of(workplace)) == 1
    assert brands.account(account_id_of(workplace)).connection_words == ""


def test_a_lost_sign_in_disconnects(workplace: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object) -> None:
        raise Unauthorized("Connect the account again.")

    monkeypatch.setattr(Memory, "fetch", gone)
    assert mention.listen(account_id_of(workplace)) == 0
    assert not brands.account(account_id_of(workplace)).connected


@pytest.mark.parametrize("odd", ["a\0b", "a\ud800b", "x" * 50_000, "", "\u202e" * 40])
def test_an_odd_text_blocks_no_other(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch, odd: str
) -> None:
    say(workplace, ACT)
    say(workplace, "see you on Saturday", who="kind.test")
    fetch = Memory.fetch

    def twisted(self: Memory, cursor: str) -> Page:
        page = fetch(self, cursor)
        first, *rest = page.mentions
        twisted = replace(first, text=odd, author_name=odd, author_handle=f"o{odd[:9]}.test")
        return replace(page, mentions=(twisted, *rest))

    monkeypatch.setattr(Memory, "fetch", twisted)
    assert mention.take_in(account_id_of(workplace)) == 2
    assert MentionRow.objects.filter(author_handle="kind.test").exists()


def test_a_person_s_word_counts_at_once(workplace: Workplace) -> None:
    say(workplace, "Well. That is a choice you made there.")
    mention.take_in(account_id_of(workplace))
    one = newest(workplace)
    assert not mentions.mention(one).is_reproach
    mention.correct("ana", one, is_reproach=True)
    assert mentions.mention(one).is_reproach
    assert mentions.mention(one).judged_by == "ana"
    mention.correct("bruno", one, is_reproach=False)
    assert not mentions.mention(one).is_reproach
    with pytest.raises(BadInput):
        mention.correct("ana", "none", is_reproach=True)


def test_corrections_raise_an_alarm_as_readings_do(workplace: Workplace) -> None:
    for n in range(12):
        say(workplace, f"Well. That is a choice you made there, number {n}.", who=f"c{n}.test")
    mention.take_in(account_id_of(workplace))
    assert alarms.open_alarms() == ()
    for one in mentions.queue(12, account_id_of(workplace)):
        mention.correct("ana", one.id, is_reproach=True)
        workplace.move_on(minutes=2)
    assert len(alarms.open_alarms()) == 1


def test_a_reply_goes_under_what_it_answers_after_the_undo_window(workplace: Workplace) -> None:
    address = say(workplace, ACT)
    mention.take_in(account_id_of(workplace))
    words = "You are right: that was cruel, and it was ours. I am sorry. Bruno"
    out = mention.reply("bruno", newest(workplace), words, reason="Read twice.")
    workplace.work()
    assert outgoings.load(out).state is OutgoingState.APPROVED
    workplace.move_on(minutes=1)
    assert outgoings.load(out).state is OutgoingState.PUBLISHED
    told = next(one for one in workplace.world.wall("ladera.test") if one.text == words)
    assert told.parent == address
    assert next(one for one in mentions.queue(5) if one.author_handle == "critic.test").answered


def test_a_reply_meets_the_rules_and_needs_words(workplace: Workplace) -> None:
    say(workplace, ACT)
    mention.take_in(account_id_of(workplace))
    one = newest(workplace)
    with pytest.raises(NotApproved):
        mention.reply("bruno", one, "We are sorry if you were offended, but you misunderstood.")
    with pytest.raises(BadInput):
        mention.reply("bruno", one, "  ")
    assert outgoings.upcoming() == ()


def test_the_listener_takes_turns_and_one_broken_account_stops_no_other(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(workplace, ACT)
    due.plan_all()
    fetch = Memory.fetch

    def broken(self: Memory, cursor: str) -> Page:
        if repr(self) == "Memory(candil.test)":
            raise RuntimeError("a bug of ours")
        return fetch(self, cursor)

    monkeypatch.setattr(Memory, "fetch", broken)
    rounds = 0
    while due.listen_once("test"):
        rounds += 1
        assert rounds < 20
    assert mentions.queue(1, account_id_of(workplace))[0].text == ACT
    assert brands.account(workplace.candil.account.id).connected


def test_people_are_counted_once_however_loud(workplace: Workplace) -> None:
    post = posts.recent_posts(account_id_of(workplace))[0]
    incident_id = incident.mistake("ana", post_id=post.id)
    for place, text in enumerate(REPROACHES):
        say(workplace, text, who=f"critic{place}.test")
        say(workplace, text, who="loud.test")
    mention.take_in(account_id_of(workplace))
    blamed = [one.author_handle for one in mentions.of_incident(incident_id) if one.is_reproach]
    assert blamed.count("loud.test") > 1
    assert mentions.people(incident_id) == len(set(blamed))


def test_two_who_take_the_same_page_in_count_it_once(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(workplace, ACT)
    inner: list[int] = []
    read = readers.read

    def meanwhile(texts: list[str]) -> list[Reading]:
        monkeypatch.setattr(mention, "read", read)
        inner.append(mention.take_in(account_id_of(workplace)))
        return read(texts)

    monkeypatch.setattr(mention, "read", meanwhile)
    assert mention.take_in(account_id_of(workplace)) == 0
    assert inner == [1]
