"""A lesson is drafted from the mistake, tried on history, and adopted by a person."""

from dataclasses import replace
from datetime import timedelta

import pytest

from amends.flows import clock, draft, incident, lesson
from amends.store import lessons, posts, rooms
from amends.store.lessons import KeptReplay
from amends.store.models import LessonRow
from amends.vocabulary.errors import BadInput, WrongStage
from amends.vocabulary.incident import Stage
from tests.cast import JOKE
from tests.flows.conftest import Workplace
from tests.flows.test_incident import FACTS, stage_of

pytestmark = pytest.mark.usefixtures("plain_reader")


@pytest.fixture
def settled(workplace: Workplace) -> str:
    """An incident about the joke that has settled."""
    workplace.publish(JOKE)
    workplace.move_on(seconds=11)
    post = next(one for one in posts.recent_posts() if one.text == JOKE)
    incident_id = incident.mistake("ana", post_id=post.id)
    incident.agree_facts("ana", incident_id, FACTS)
    incident.choose("ana", incident_id, "full_apology", "It was our joke.")
    incident.silence("ana", incident_id, "Nobody has seen it.")
    workplace.move_on(hours=7)
    incident.settle("ana", incident_id)
    return incident_id


def in_a_quarter() -> object:
    return (clock.now() + timedelta(days=90)).date()


def test_one_lesson_an_incident_with_what_to_read(settled: str) -> None:
    lesson_id = lesson.propose("ana", settled)
    assert lesson.propose("bruno", settled) == lesson_id
    view = lessons.lesson(lesson_id)
    assert view.example == JOKE
    assert view.signs
    assert len(view.lookalikes) == 8
    assert JOKE not in view.lookalikes
    assert not view.replayed


def test_it_is_replayed_before_it_is_adopted_and_settled_before_that(
    workplace: Workplace, settled: str
) -> None:
    lesson_id = lesson.propose("ana", settled)
    with pytest.raises(BadInput, match="Replay it first"):
        lesson.adopt("ana", lesson_id, "ask", in_a_quarter())  # type: ignore[arg-type]
    lesson.replay("ana", lesson_id)
    view = lessons.lesson(lesson_id)
    assert view.example_caught
    assert view.of == len(posts.history(workplace.ladera.account.id))
    with pytest.raises(BadInput, match="too short"):
        lesson.adopt("ana", lesson_id, "stop", in_a_quarter())  # type: ignore[arg-type]
    lesson.adopt("ana", lesson_id, "ask", in_a_quarter())  # type: ignore[arg-type]
    assert stage_of(settled) is Stage.LEARNED
    with pytest.raises(BadInput, match="already"):
        lesson.adopt("ana", lesson_id, "ask", in_a_quarter())  # type: ignore[arg-type]
    with pytest.raises(BadInput, match="already"):
        change(lesson_id, signs_in_use=[view.signs[0][0]])


def test_an_unsettled_incident_teaches_nothing_yet(workplace: Workplace) -> None:
    post = posts.recent_posts(workplace.ladera.account.id)[0]
    incident_id = incident.mistake("ana", post_id=post.id)
    lesson_id = lesson.propose("ana", incident_id)
    lesson.replay("ana", lesson_id)
    good = KeptReplay((), (), 100, 0.03, True, False, True)
    lessons.save(replace(lessons.load(lesson_id), replay=good))
    with pytest.raises(WrongStage):
        lesson.adopt("ana", lesson_id, "ask", in_a_quarter())  # type: ignore[arg-type]
    assert LessonRow.objects.get(pk=lesson_id).adopted_at is None


def change(lesson_id: str, **changed: object) -> None:
    view = lessons.lesson(lesson_id)
    values: dict[str, object] = {
        "signs_in_use": [sign for sign, _, used in view.signs if used],
        "at_least": view.at_least,
        "added_words": "",
        "lookalikes": list(view.lookalikes),
        "account_ids": list(view.account_ids),
        **changed,
    }
    lesson.adjust("ana", lesson_id, **values)  # type: ignore[arg-type]


def test_a_changed_lesson_is_another_and_is_replayed_again(
    workplace: Workplace, settled: str
) -> None:
    lesson_id = lesson.propose("ana", settled)
    lesson.replay("ana", lesson_id)
    first = lessons.lesson(lesson_id).signs[0][0]
    both = [workplace.candil.account.id, workplace.ladera.account.id]
    change(lesson_id, signs_in_use=[first], at_least=9, account_ids=both, added_words="bun, loaf")
    view = lessons.lesson(lesson_id)
    assert not view.replayed
    assert set(view.account_ids) == set(both)
    assert view.at_least <= sum(used for _, _, used in view.signs)
    assert first in [sign for sign, _, used in view.signs if used]
    with pytest.raises(BadInput, match="at least one"):
        change(lesson_id, signs_in_use=[], added_words="")


def test_an_adopted_lesson_asks_its_accounts_and_counts(workplace: Workplace, settled: str) -> None:
    lesson_id = lesson.propose("ana", settled)
    lesson.replay("ana", lesson_id)
    lesson.adopt("ana", lesson_id, "ask", in_a_quarter())  # type: ignore[arg-type]
    rule = f"lesson-{lesson_id}"
    ladera, candil = workplace.ladera.account.id, workplace.candil.account.id
    assert rule in [one.rule for one in draft.review(ladera, JOKE).findings]
    assert rule not in [one.rule for one in draft.review(candil, JOKE).findings]
    workplace.publish(JOKE)
    assert lessons.lesson(lesson_id).hits == 1


def test_a_mistake_that_comes_back_says_so(workplace: Workplace, settled: str) -> None:
    lesson_id = lesson.propose("ana", settled)
    lesson.replay("ana", lesson_id)
    lesson.adopt("ana", lesson_id, "ask", in_a_quarter())  # type: ignore[arg-type]
    out = workplace.publish(JOKE + " Really.")
    workplace.move_on(minutes=1)
    assert out
    post = next(one for one in posts.recent_posts() if one.text.endswith("Really."))
    room = rooms.room(incident.mistake("ana", post_id=post.id), clock.now())
    assert room.recurrence.startswith("It has happened before.")


def test_without_a_post_there_is_no_lesson(workplace: Workplace) -> None:
    incident_id = incident.mistake("ana", account_id=workplace.ladera.account.id)
    with pytest.raises(BadInput, match="no post"):
        lesson.propose("ana", incident_id)


def test_a_rule_can_be_withdrawn_changed_and_adopted_again(settled: str) -> None:
    lesson_id = lesson.propose("ana", settled)
    lesson.replay("ana", lesson_id)
    with pytest.raises(BadInput, match="still to come"):
        lesson.adopt("ana", lesson_id, "ask", clock.now().date())
    later = (clock.now() + timedelta(days=90)).date()
    lesson.adopt("ana", lesson_id, "ask", later)
    with pytest.raises(BadInput, match="why"):
        lesson.retire("ana", lesson_id, " ")
    lesson.retire("ana", lesson_id, "It asks too often.")
    assert lessons.adopted() == ()
    lesson.adopt("ana", lesson_id, "ask", later)
    assert [one.id for one in lessons.adopted()] == [lesson_id]
