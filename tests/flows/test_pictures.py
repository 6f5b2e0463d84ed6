"""Pictures: added to a draft, described, approved with it, and given to the network."""

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from PIL import Image

from amends.flows import clock, decide, draft, pictures, publish
from amends.flows.patience import Worker
from amends.networks.memory import Fault
from amends.networks.memory.connector import Memory
from amends.networks.memory.limits import CAN as MEMORY_CAN
from amends.networks.port import Picture
from amends.store import outgoings, posts
from amends.store import pictures as kept
from amends.store.models import MediaRow, OutgoingRow
from amends.store.posts import KeptPicture
from amends.vocabulary.errors import BadInput, Unreachable
from amends.vocabulary.outgoing import OutgoingState
from tests.flows.conftest import RealTime, Workplace

pytestmark = pytest.mark.usefixtures("plain_reader")

S = OutgoingState
US = "ladera.test"
TEXT = "Our branches will open at 9:00 on Monday."


def upload(colour: str = "red", size: tuple[int, int] = (60, 40)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return out.getvalue()


def a_draft(workplace: Workplace, text: str = TEXT, by: str = "ana") -> str:
    return draft.save(by, workplace.ladera.account.id, text)


def describe(draft_id: str, **told: tuple[str, int]) -> None:
    found = posts.draft(draft_id)
    draft.save("ana", found.account_id, found.text, draft_id=draft_id, told=told)


def sent(draft_id: str) -> str:
    return draft.publish("ana", draft_id, reason="Read by two.")


def shown(workplace: Workplace, outgoing_id: str) -> tuple[tuple[str, str], ...]:
    told = workplace.world.look(outgoings.load(outgoing_id).network_id)
    assert told is not None
    return told.pictures


# --- in the draft ----------------------------------------------------------------------------------


def test_a_picture_is_kept_once_under_the_hash_of_our_own_bytes(workplace: Workplace) -> None:
    made = a_draft(workplace)
    name = pictures.add("ana", made, upload())
    assert pictures.add("ana", made, upload()) == name
    other = a_draft(workplace)
    assert pictures.add("ana", other, upload()) == name
    assert MediaRow.objects.count() == 1
    assert [one.sha256 for one in posts.draft(made).media] == [name]
    found = kept.picture(name)
    assert (found.kind, found.width, found.height) == ("image/jpeg", 60, 40)
    assert found.content != upload()


def test_order_stays_when_one_is_taken_out_and_described(workplace: Workplace) -> None:
    made = a_draft(workplace)
    red, green, blue = (pictures.add("ana", made, upload(one)) for one in ("red", "green", "blue"))
    describe(made, **{blue: ("Blue.", 0), red: (" Red. ", 0)})
    pictures.take_out("ana", made, green)
    assert posts.draft(made).media == (KeptPicture(red, "Red."), KeptPicture(blue, "Blue."))
    assert not MediaRow.objects.filter(pk=green).exists()


def test_a_picture_taken_out_here_stays_where_else_it_is_used(workplace: Workplace) -> None:
    made, other = a_draft(workplace), a_draft(workplace)
    name = pictures.add("ana", made, upload())
    pictures.add("ana", other, upload())
    pictures.take_out("ana", made, name)
    assert kept.sizes([name])
    out = sent(other)
    pictures.take_out("ana", a_draft(workplace), name)
    assert kept.sizes([name])
    workplace.move_on(seconds=11)
    assert outgoings.load(out).state is S.PUBLISHED


def test_words_typed_later_keep_the_pictures(workplace: Workplace) -> None:
    made = a_draft(workplace)
    name = pictures.add("ana", made, upload())
    describe(made, **{name: ("A red square.", 0)})
    draft.save("ana", workplace.ladera.account.id, "Other words.", draft_id=made)
    assert posts.draft(made).media == (KeptPicture(name, "A red square."),)


def test_what_is_no_picture_changes_nothing(workplace: Workplace) -> None:
    made = a_draft(workplace)
    with pytest.raises(BadInput, match="not a picture"):
        pictures.add("ana", made, b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    assert posts.draft(made).media == ()
    assert MediaRow.objects.count() == 0


def test_nobody_adds_a_picture_to_somebody_elses_draft_or_to_one_that_is_sent(
    workplace: Workplace,
) -> None:
    made = a_draft(workplace)
    with pytest.raises(BadInput):
        pictures.add("bruno", made, upload())
    sent(made)
    with pytest.raises(BadInput, match="outbox"):
        pictures.add("ana", made, upload())


def test_a_draft_of_only_a_picture_is_found_again(workplace: Workplace) -> None:
    made = a_draft(workplace, "", by="carla")
    assert draft.latest("carla") == ""
    pictures.add("carla", made, upload())
    assert draft.latest("carla") == made


# --- on the way out --------------------------------------------------------------------------------


def test_a_post_goes_out_with_its_pictures_and_what_they_show(
    workplace: Workplace, real_time: RealTime
) -> None:
    made = a_draft(workplace)
    red, blue = (pictures.add("ana", made, upload(one)) for one in ("red", "blue"))
    describe(made, **{red: ("A red square.", 0)})
    out = sent(made)
    workplace.move_on(seconds=11)
    assert shown(workplace, out) == ((red, "A red square."), (blue, ""))
    real_time.on(seconds=5)
    workplace.work()
    assert outgoings.load(out).state is S.CONFIRMED
    assert workplace.on_the_wall(TEXT) == 1


def test_each_post_of_a_thread_has_its_own_pictures(workplace: Workplace) -> None:
    made = a_draft(workplace, "First.\n---\nSecond.")
    red, blue = (pictures.add("ana", made, upload(one)) for one in ("red", "blue"))
    describe(made, **{red: ("Red.", 1), blue: ("Blue.", 0)})
    first = sent(made)
    workplace.move_on(seconds=11)
    second = OutgoingRow.objects.get(thread_id=first, part=1).pk
    assert shown(workplace, first) == ((blue, "Blue."),)
    assert shown(workplace, second) == ((red, "Red."),)


@pytest.mark.parametrize("change", ["another picture", "other words", "no picture", "other order"])
def test_what_was_changed_after_the_yes_does_not_leave(workplace: Workplace, change: str) -> None:
    made = a_draft(workplace)
    red, blue = (pictures.add("ana", made, upload(one)) for one in ("red", "blue"))
    other = pictures.add("ana", a_draft(workplace), upload("green"))
    out = sent(made)
    media = {
        "another picture": [[red, ""], [other, ""]],
        "other words": [[red, ""], [blue, "Something that nobody approved."]],
        "no picture": [],
        "other order": [[blue, ""], [red, ""]],
    }
    OutgoingRow.objects.filter(pk=out).update(media=media[change])
    workplace.move_on(seconds=11)
    assert outgoings.load(out).state is S.CANCELLED
    assert workplace.on_the_wall(TEXT) == 0


def test_a_line_that_breaks_while_a_picture_is_given_costs_nothing(
    workplace: Workplace, real_time: RealTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = a_draft(workplace)
    for one in ("red", "green", "blue"):
        pictures.add("ana", made, upload(one))
    out, given, give = sent(made), [], Memory.upload

    def breaking(self: Memory, picture: Picture) -> str:
        given.append(picture.sha256)
        if len(given) == 2:
            raise Unreachable("The network did not answer: timeout.")
        return give(self, picture)

    monkeypatch.setattr(Memory, "upload", breaking)
    workplace.move_on(seconds=11)
    assert outgoings.load(out).state is S.APPROVED
    assert "did not answer" in outgoings.outgoing(out).words
    real_time.on(seconds=31)
    workplace.work()
    assert outgoings.load(out).state is S.PUBLISHED
    assert [given.count(one.sha256) for one in outgoings.load(out).media] == [1, 2, 1]
    assert workplace.on_the_wall(TEXT) == 1


def test_a_picture_that_the_network_swept_away_is_given_again(
    workplace: Workplace, real_time: RealTime
) -> None:
    made = a_draft(workplace)
    name = pictures.add("ana", made, upload())
    out = sent(made)
    workplace.world.misbehave(US, Fault.RATE_LIMITED, amount=30)
    workplace.move_on(seconds=11)
    assert outgoings.load(out).media[0].ref
    workplace.world.forget_pictures()
    for _ in range(10):
        real_time.on(seconds=30)
        workplace.work()
    assert outgoings.load(out).state is S.CONFIRMED
    assert shown(workplace, out) == ((name, ""),)
    assert workplace.on_the_wall(TEXT) == 1


def test_a_picture_that_is_gone_from_the_store_stops_its_post_with_words(
    workplace: Workplace,
) -> None:
    made = a_draft(workplace)
    pictures.add("ana", made, upload())
    out = sent(made)
    MediaRow.objects.all().delete()
    workplace.move_on(seconds=11)
    assert outgoings.load(out).state is S.REFUSED
    assert "picture" in outgoings.outgoing(out).words
    assert workplace.on_the_wall(TEXT) == 0


def test_a_worker_killed_while_pictures_are_given_costs_nothing(
    workplace: Workplace, real_time: RealTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Died(BaseException):
        pass

    made, give = a_draft(workplace), Memory.upload
    for one in ("red", "blue"):
        pictures.add("ana", made, upload(one))
    out = sent(made)

    def dying(self: Memory, picture: Picture) -> str:
        if picture.sha256 == outgoings.load(out).media[1].sha256:
            raise Died
        return give(self, picture)

    monkeypatch.setattr(Memory, "upload", dying)
    with pytest.raises(Died):
        workplace.move_on(seconds=11)
    monkeypatch.setattr(Memory, "upload", give)
    real_time.on(seconds=121)
    workplace.work()
    real_time.on(seconds=5)
    workplace.work()
    assert outgoings.load(out).state is S.CONFIRMED
    assert len(shown(workplace, out)) == 2
    assert workplace.on_the_wall(TEXT) == 1


def test_a_post_with_pictures_may_get_another_time_and_leaves_once(workplace: Workplace) -> None:
    made = a_draft(workplace)
    pictures.add("ana", made, upload())
    out = sent(made)
    decide.reschedule("ana", out, clock.now() + timedelta(hours=1))
    workplace.move_on(minutes=30)
    assert workplace.on_the_wall(TEXT) == 0
    workplace.move_on(hours=1)
    assert workplace.on_the_wall(TEXT) == 1
    assert not publish.send_next(Worker("test"))


# --- before it goes --------------------------------------------------------------------------------


def refused(draft_id: str) -> str:
    with pytest.raises(BadInput) as words:
        sent(draft_id)
    assert outgoings.upcoming() == ()
    return str(words.value)


def test_more_pictures_than_the_network_takes_are_one_sentence(workplace: Workplace) -> None:
    made = a_draft(workplace)
    for one in ("red", "green", "blue", "black", "white"):
        pictures.add("ana", made, upload(one))
    assert refused(made) == "The post has 5 pictures, and Practice takes 4: nothing was sent."
    draft.save("ana", workplace.ladera.account.id, "First.\n---\nSecond.", draft_id=made)
    assert "Post 1 has 5 pictures" in refused(made)
    describe(made, **{posts.draft(made).media[0].sha256: ("", 1)})
    assert sent(made)


def test_a_picture_for_a_post_that_is_not_there_is_said(workplace: Workplace) -> None:
    made = a_draft(workplace)
    name = pictures.add("ana", made, upload())
    describe(made, **{name: ("", 2)})
    assert "Picture 1 goes with post 3, which is not there" in refused(made)


def test_words_about_a_picture_have_their_limit(workplace: Workplace) -> None:
    made = a_draft(workplace)
    name = pictures.add("ana", made, upload())
    describe(made, **{name: ("x" * 1_510, 0)})
    assert "by 10" in refused(made)


def test_a_picture_without_words_about_it_is_no_reason_to_refuse(workplace: Workplace) -> None:
    made = a_draft(workplace)
    pictures.add("ana", made, upload())
    assert sent(made)


def test_a_draft_may_hold_only_so_many_pictures(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "MOST", 1)
    made = a_draft(workplace)
    pictures.add("ana", made, upload())
    with pytest.raises(BadInput, match="holds 1 pictures"):
        pictures.add("ana", made, upload("blue"))


def test_pictures_move_with_a_draft_and_are_made_to_fit(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = a_draft(workplace)
    out = io.BytesIO()
    Image.effect_noise((900, 900), 90).convert("RGB").save(out, "JPEG", quality=95)
    name = pictures.add("ana", made, out.getvalue())
    describe(made, **{name: ("Noise.", 0)})
    small = replace(MEMORY_CAN, picture_bytes=80_000)
    monkeypatch.setattr(pictures, "_can", lambda _account: small)
    assert "add picture 1 again" in refused(made)
    draft.move("ana", made, workplace.candil.account.id)
    found = posts.draft(made)
    assert found.account_id == workplace.candil.account.id
    assert found.media[0].alt == "Noise."
    assert kept.sizes([found.media[0].sha256])[found.media[0].sha256] <= 80_000
    assert sent(made)


def test_where_no_pictures_are_taken_it_is_said_in_one_sentence(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = a_draft(workplace)
    pictures.add("ana", made, upload())
    monkeypatch.setattr(pictures, "_can", lambda _account: replace(MEMORY_CAN, pictures=0))
    assert refused(made) == "Practice takes no pictures from here: remove them, nothing was sent."
    with pytest.raises(BadInput, match="takes no pictures"):
        pictures.add("ana", made, upload("blue"))
