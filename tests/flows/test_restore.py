"""After a restore: what left since the copy is found and never sent again; the rest waits."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from amends.flows import (
    by_hand,
    clock,
    connect,
    decide,
    draft,
    due,
    hold,
    mention,
    reach,
    reconcile,
    record,
    restore,
)
from amends.networks import shelf
from amends.networks.memory import Fault
from amends.networks.memory.connector import Memory
from amends.networks.port import Content, Frozen, Published, SafeRepeat
from amends.store import holds, mentions, outgoings, posts, unsure, workspaces
from amends.store.models import MentionRow, OutgoingRow
from amends.vocabulary.errors import BadInput
from amends.vocabulary.outgoing import LIVE, OutgoingKind, OutgoingState
from tests.flows.conftest import RealTime, Workplace
from tests.networks.double import Double, Odd, running

pytestmark = pytest.mark.usefixtures("plain_reader")
S = OutgoingState
WORDS = "Restored from the backup of yesterday: look before anything leaves."
NOT_FOUND = "Restored from a backup: it was not found on the network. Send it, or leave it."


def restored() -> int:
    return restore.restored("ana", clock.real(), WORDS, workspaces.generation() + 1)


def look(workplace: Workplace, real_time: RealTime, looks: int = 6) -> None:
    """Let the workers do all they do, through the whole schedule of looks."""
    for _look in range(looks):
        while due.listen_once("test"):
            pass
        workplace.work()
        real_time.on(seconds=601)


def behind_our_back(workplace: Workplace, text: str, answers: str = "") -> str:
    """What the store forgot: a post that left since the copy was made."""
    handle = workplace.ladera.account.handle
    if answers:
        return workplace.world.say(handle, text, answers, clock.real())
    return workplace.world.post_as(handle, text, clock.real())


def test_what_left_since_is_adopted_and_not_sent_again(
    workplace: Workplace, real_time: RealTime
) -> None:
    one = workplace.publish("We open at nine on Monday.")
    two = workplace.publish("Bread is ready.", hours=2)
    assert restored() == 2
    assert {outgoings.load(key).state for key in (one, two)} == {S.UNKNOWN}
    at = behind_our_back(workplace, "We open  at nine on Monday.")
    look(workplace, real_time)
    found = outgoings.load(one)
    assert (found.state, found.network_id) == (S.CONFIRMED, at)
    assert workplace.on_the_wall("We open at nine on Monday.") == 0  # only the one of two spaces
    assert outgoings.load(two).state is S.HELD
    assert workplace.on_the_wall("Bread is ready.") == 0
    kept = posts.post(posts.post_by_address(workplace.ladera.account.id, at))
    assert kept.url == found.url


def test_nothing_leaves_until_a_person_lets_it(workplace: Workplace, real_time: RealTime) -> None:
    past, ahead = workplace.publish("Past."), workplace.publish("Ahead.", hours=5)
    restored()
    assert [one.scope_words for one in holds.active()] == ["everything"]
    assert holds.active()[0].why == WORDS
    look(workplace, real_time)
    assert outgoings.load(past).state is S.NEEDS_PERSON
    assert outgoings.load(past).words == NOT_FOUND
    assert outgoings.load(ahead).state is S.HELD
    assert workplace.on_the_wall("Past.") == workplace.on_the_wall("Ahead.") == 0
    for one in holds.active():
        hold.release("ana", one.id)
    decide.not_there_send_again("ana", past)
    workplace.work()
    assert workplace.on_the_wall("Past.") == 1
    assert outgoings.load(ahead).state is S.APPROVED
    workplace.move_on(hours=6)
    workplace.work()
    assert workplace.on_the_wall("Ahead.") == 1


def test_every_open_state_becomes_unsure_and_ends_where_people_see_it(
    workplace: Workplace, real_time: RealTime
) -> None:
    keys = [workplace.publish(f"Text {n}.", hours=5) for n in range(len(unsure.OPEN))]
    for key, state in zip(keys, sorted(unsure.OPEN), strict=True):
        OutgoingRow.objects.filter(pk=key).update(state=state.value)
    assert restored() == len(keys)
    assert {outgoings.load(key).state for key in keys} == {S.UNKNOWN}
    look(workplace, real_time)
    assert {outgoings.load(key).state for key in keys} == {S.HELD}
    assert {one.text for one in holds.active()[0].held} == {f"Text {n}." for n in range(len(keys))}


def test_a_frozen_text_is_found_under_its_name(workplace: Workplace, real_time: RealTime) -> None:
    key = workplace.publish("Named.")
    one = outgoings.load(key)
    network = Memory(workplace.world, workplace.ladera.account.handle)
    frozen = network.freeze(Content(one.text), op=one.id, at=clock.real())
    OutgoingRow.objects.filter(pk=key).update(
        frozen=frozen.to_json(), wire_name=frozen.wire_name, first_left_at=clock.real()
    )
    network.publish(Frozen.from_json(frozen.to_json()))
    restored()
    look(workplace, real_time)
    assert outgoings.load(key).state is S.CONFIRMED
    assert workplace.on_the_wall("Named.") == 1


def test_two_texts_of_the_same_words_take_one_post_each(
    workplace: Workplace, real_time: RealTime
) -> None:
    keys = [workplace.publish("Good morning."), workplace.publish("Good morning.", hours=3)]
    restored()
    behind_our_back(workplace, "Good morning.")
    look(workplace, real_time)
    assert [outgoings.load(key).state for key in keys] == [S.CONFIRMED, S.HELD]


def test_a_post_of_before_is_nobody_s_outcome(workplace: Workplace, real_time: RealTime) -> None:
    old = workplace.publish("Same words.")
    real_time.on(seconds=20)
    workplace.move_on(seconds=20)
    workplace.work()
    assert outgoings.load(old).state in {S.PUBLISHED, S.CONFIRMED}
    again = workplace.publish("Same words.")
    restored()
    look(workplace, real_time)
    assert outgoings.load(again).state is S.NEEDS_PERSON
    assert workplace.on_the_wall("Same words.") == 1


def test_posts_since_that_the_copy_has_no_text_of_become_known(
    workplace: Workplace, real_time: RealTime
) -> None:
    restored()
    at = behind_our_back(workplace, "Written and sent after the backup.")
    look(workplace, real_time, 1)
    assert posts.post_by_address(workplace.ladera.account.id, at)
    workplace.world.say("sour.test", "Shame on you.", at, clock.real())
    look(workplace, real_time, 1)
    heard = MentionRow.objects.get(text="Shame on you.")
    assert mentions.mention(heard.pk).about_post_id == posts.post_by_address(
        workplace.ladera.account.id, at
    )


def test_a_draft_of_the_copy_whose_words_left_since_is_done(
    workplace: Workplace, real_time: RealTime
) -> None:
    sent = draft.save("ana", workplace.ladera.account.id, "Sent after the backup.")
    kept = draft.save("ana", workplace.ladera.account.id, "Still being written.")
    restored()
    behind_our_back(workplace, "Sent  after the backup.")
    look(workplace, real_time, 1)
    with pytest.raises(BadInput, match="in the outbox already"):
        draft.publish("ana", sent, reason="One click too many.")
    assert draft.publish("ana", kept, reason="Read by two.")


def test_an_answer_is_known_by_what_it_answers(workplace: Workplace, real_time: RealTime) -> None:
    first = behind_our_back(workplace, "Our post.")
    asked = [workplace.world.say(f"ann{n}.test", "When?", first, clock.real()) for n in (1, 2)]
    mention.take_in(workplace.ladera.account.id)
    found = {
        network_id: key
        for network_id in asked
        for key in mentions_of(workplace.ladera.account.id, network_id)
    }
    keys = [mention.reply("ana", found[network_id], "At nine.") for network_id in asked]
    restored()
    behind_our_back(workplace, "At nine.", answers=asked[1])
    look(workplace, real_time)
    assert outgoings.load(keys[0]).kind is OutgoingKind.REPLY
    assert [outgoings.load(key).state for key in keys] == [S.NEEDS_PERSON, S.CONFIRMED]


def mentions_of(account_id: str, network_id: str) -> list[str]:
    rows = MentionRow.objects.filter(account_id=account_id, network_id=network_id)
    return list(rows.values_list("pk", flat=True))


def test_a_failed_look_is_no_absence(workplace: Workplace, real_time: RealTime) -> None:
    key = workplace.publish("Not read.")
    behind_our_back(workplace, "Not read.")
    restored()
    workplace.world.misbehave(workplace.ladera.account.handle, Fault.READ_FAILS, 60)
    look(workplace, real_time, 8)
    assert outgoings.load(key).state is S.UNKNOWN
    workplace.world.behave(workplace.ladera.account.handle)
    look(workplace, real_time, 1)
    assert outgoings.load(key).state is S.CONFIRMED


def test_where_it_can_never_be_read_a_person_decides(
    workplace: Workplace, real_time: RealTime
) -> None:
    key = workplace.publish("Never read.")
    restored()
    workplace.world.misbehave(workplace.ladera.account.handle, Fault.READ_FAILS, 500)
    look(workplace, real_time, 24)
    one = outgoings.load(key)
    assert one.state is S.NEEDS_PERSON
    assert one.words == "The practice network did not answer."


def test_a_disconnected_account_ends_with_a_person(
    workplace: Workplace, real_time: RealTime
) -> None:
    key = workplace.publish("Disconnected.", hours=5)
    connect.disconnect("ana", workplace.ladera.account.id)
    restored()
    look(workplace, real_time)
    one = outgoings.load(key)
    assert one.state is S.NEEDS_PERSON
    assert "connect it again" in one.words


def test_a_history_cut_short_proves_nothing(workplace: Workplace, real_time: RealTime) -> None:
    key = workplace.publish("Among many.")
    restored()
    for n in range(4):
        behind_our_back(workplace, f"Other {n}.")
    few = reconcile.Policy(history=3)
    for _look in range(few.most_looks):
        reconcile.look(workplace.ladera.account.id, few)
    assert outgoings.load(key).state is S.UNKNOWN
    reconcile.look(workplace.ladera.account.id, few)
    assert outgoings.load(key).state is S.NEEDS_PERSON
    assert "too many posts" in outgoings.load(key).words


def test_a_text_that_is_ahead_goes_to_a_person_where_the_hold_was_released(
    workplace: Workplace, real_time: RealTime
) -> None:
    key = workplace.publish("Later.", hours=5)
    restored()
    hold.release("ana", holds.active()[0].id)
    look(workplace, real_time)
    assert outgoings.load(key).state is S.NEEDS_PERSON
    due_at = outgoings.load(key).due_at
    decide.not_there_send_again("ana", key)
    assert outgoings.load(key).due_at == due_at  # its time is still ahead: it keeps it


def test_a_removal_is_looked_for_by_what_it_removes(
    workplace: Workplace, real_time: RealTime
) -> None:
    gone, there = behind_our_back(workplace, "Gone."), behind_our_back(workplace, "There.")
    connect.import_history(workplace.ladera.account.id)
    keys = []
    for n, target in enumerate((gone, there)):
        base = outgoings.load(workplace.publish(f"Removal {n}."))
        keys.append(base.id)
        OutgoingRow.objects.filter(pk=base.id).update(
            kind=OutgoingKind.REMOVAL.value, target=target
        )
    restored()
    workplace.world.take_down(gone)
    look(workplace, real_time)
    assert [outgoings.load(key).state for key in keys] == [S.PUBLISHED, S.NEEDS_PERSON]
    account_id = workplace.ladera.account.id
    assert posts.is_taken_down(account_id, gone)
    assert not posts.is_taken_down(account_id, there)


# ---- an older store, put back by hand ----


def test_an_older_store_is_noticed(workplace: Workplace, tmp_path: Path) -> None:
    assert restore.notice_older(tmp_path) is None
    workplace.publish("One line in the record.")
    restore.keep_newest(tmp_path, restore.now_newest())
    assert restore.notice_older(tmp_path) is None
    workplace.publish("One more line in the record.")
    assert restore.notice_older(tmp_path) is None  # it went on since
    kept = restore.now_newest()
    ahead = restore.Newest(kept.generation, kept.lines + 3, "f" * 64, kept.root, kept.at)
    restore.keep_newest(tmp_path, ahead)
    assert restore.notice_older(tmp_path) == 2
    assert workspaces.generation() == kept.generation + 1
    assert "an older copy of the store was put back" in holds.active()[0].why
    restore.keep_newest(tmp_path, restore.now_newest())
    assert restore.notice_older(tmp_path) is None


def test_a_store_that_went_on_from_an_older_one_is_noticed(
    workplace: Workplace, tmp_path: Path
) -> None:
    workplace.publish("It went on.")
    kept = restore.now_newest()
    other = restore.Newest(kept.generation, kept.lines - 1, "0" * 64, kept.root, kept.at)
    restore.keep_newest(tmp_path, other)
    assert restore.notice_older(tmp_path) == 1


def test_a_new_store_in_an_old_folder_is_no_restore(empty: None, tmp_path: Path) -> None:
    restore.keep_newest(tmp_path, restore.Newest(1, 9, "0" * 64, "0" * 64, "2026-01-01"))
    assert restore.notice_older(tmp_path) is None
    assert restore.kept_newest(tmp_path) is None
    assert holds.active() == ()


def test_a_broken_note_is_no_alarm(workplace: Workplace, tmp_path: Path) -> None:
    for words in ("", "{}", "[1]", '{"generation": 1}'):
        (tmp_path / restore.FILE).write_text(words)
        assert restore.notice_older(tmp_path) is None


def test_the_record_adds_up_after_it_all(workplace: Workplace, real_time: RealTime) -> None:
    workplace.publish("One.")
    workplace.publish("Two.", hours=3)
    restored()
    behind_our_back(workplace, "One.")
    look(workplace, real_time)
    report = record.verify()
    assert report.ok, report.why


@pytest.mark.parametrize("kind", [SafeRepeat.KEYED, SafeRepeat.NONE])
def test_no_class_of_network_is_sent_to_again(
    workplace: Workplace, real_time: RealTime, kind: SafeRepeat, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_class(monkeypatch, kind)
    keys = [workplace.publish("It left."), workplace.publish("It did not.")]
    restored()
    behind_our_back(workplace, "It left.")
    look(workplace, real_time)
    assert [outgoings.load(key).state for key in keys] == [S.CONFIRMED, S.NEEDS_PERSON]
    assert workplace.on_the_wall("It left.") == 1
    assert workplace.on_the_wall("It did not.") == 0


def test_what_a_person_puts_out_is_asked_of_a_person(empty: None, real_time: RealTime) -> None:
    view = connect.worked_by_hand(
        "ana", place="instagram", handle="candil", brand_name="Candil", colour="#1f4f82"
    )
    keys = [approved(view.account.id, text) for text in ("Card in hand.", "Not yet.")]
    real_time.on(seconds=11)
    while due.send_once("test"):
        pass
    assert {outgoings.load(key).state for key in keys} == {S.WITH_PERSON}
    by_hand.take_in_hand("ana", keys[0])
    restored()
    while due.listen_once("test"):
        pass
    for key in keys:
        one = outgoings.load(key)
        assert one.state is S.NEEDS_PERSON
        assert one.words == "Restored from a backup: see whether you posted it."
    decide.it_is_there("ana", keys[0], "https://www.instagram.com/p/DRw1/")
    assert outgoings.load(keys[0]).state in LIVE
    hold.release("ana", holds.active()[0].id)
    real_time.on(seconds=30)
    decide.not_there_send_again("ana", keys[1])
    while due.send_once("test"):
        pass
    assert outgoings.load(keys[1]).state is S.WITH_PERSON  # a card once more


def of_class(monkeypatch: pytest.MonkeyPatch, kind: SafeRepeat) -> None:
    folder = shelf.FOLDERS["memory"]
    can = replace(folder.can, safe_repeat=kind)
    monkeypatch.setitem(shelf.FOLDERS, "memory", replace(folder, can=can))
    monkeypatch.setattr(Memory, "can", lambda _self: can)


# ---- on Bluesky ----


@pytest.fixture
def bluesky(empty: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Double, str]]:
    with running() as double:
        monkeypatch.setattr(settings, "REACH", frozenset({double.place}))
        view = connect.bluesky(
            "ana", server=double.url, handle="ladera.test", password="right", brand_name="Ladera"
        )
        yield double, view.account.id


def test_on_bluesky_what_left_since_is_found_and_the_rest_waits(
    bluesky: tuple[Double, str], real_time: RealTime
) -> None:
    double, account_id = bluesky
    texts = ["Open at nine: https://ladera.example/hours 🕘", "Later today.", "Not sent."]
    keys = [approved(account_id, text) for text in texts]
    first, _second, _third = map(outgoings.load, keys)
    # The copy is from here. Since then the first has left, the second under its frozen name.
    network = reach.network_of(account_id)
    published = network.publish(network.freeze(Content(first.text), op="x", at=clock.real()))
    named = network.freeze(Content(texts[1]), op=keys[1], at=clock.real())
    OutgoingRow.objects.filter(pk=keys[1]).update(
        frozen=named.to_json(), wire_name=named.wire_name, first_left_at=clock.real()
    )
    network.publish(named)
    restored()
    before = len(double.records)
    double.odd["com.atproto.repo.listRecords"] = [Odd(503)]
    for _look in range(6):
        while due.listen_once("test") or due.send_once("test"):
            pass
        real_time.on(seconds=601)
    assert [outgoings.load(key).state for key in keys] == [S.CONFIRMED, S.CONFIRMED, S.NEEDS_PERSON]
    assert isinstance(published, Published)
    assert outgoings.load(keys[0]).network_id == published.network_id
    assert len(double.records) == before  # nothing was sent
    hold.release("ana", holds.active()[0].id)
    decide.not_there_send_again("ana", keys[2])
    while due.send_once("test"):
        pass
    assert [one["value"]["text"] for one in double.records.values()].count("Not sent.") == 1


def approved(account_id: str, text: str) -> str:
    return draft.publish("ana", draft.save("ana", account_id, text), reason="Read by two.")
