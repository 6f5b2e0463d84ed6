"""Alarms: one page an incident, answered by people, and taken back."""

import pytest

from amends.flows import alarm, clock, incident, mention
from amends.store import alarms, incidents, mentions, posts
from amends.store.views import AlarmView
from amends.vocabulary.errors import BadInput, WrongStage
from amends.vocabulary.incident import Stage
from tests.flows.audience import REPROACHES
from tests.flows.conftest import Workplace
from tests.flows.test_incident import FACTS, stage_of

pytestmark = pytest.mark.usefixtures("plain_reader")


@pytest.fixture
def every() -> int:
    """All of the history: the story's joke is told by its voice."""
    return 1


def reproach(workplace: Workplace, round_: str = "") -> None:
    account_id = workplace.ladera.account.id
    post = posts.recent_posts(account_id)[0]
    for place, text in enumerate(REPROACHES):
        who = f"critic{round_}{place}.test"
        workplace.world.say(who, text, post.network_id, clock.now())
        mention.take_in(account_id)
        workplace.move_on(minutes=4)


@pytest.fixture
def raised(workplace: Workplace) -> AlarmView:
    """An alarm about the bank's newest post."""
    reproach(workplace)
    (found,) = alarms.open_alarms()
    return found


def test_it_says_who_when_and_what_and_opens_one_incident(raised: AlarmView) -> None:
    assert raised.people >= 3
    assert raised.words
    assert raised.account.handle == "ladera.test"
    assert raised.record == "1 alarm in 90 days, 0 not about us"
    assert stage_of(raised.incident_id) is Stage.NOTICED


def test_what_follows_belongs_to_the_incident_and_raises_no_second(
    workplace: Workplace, raised: AlarmView
) -> None:
    reproach(workplace, "again")
    assert [one.id for one in alarms.open_alarms()] == [raised.id]


def test_not_us_dismisses_and_may_be_taken_back(raised: AlarmView) -> None:
    alarm.not_us("ana", raised.id, "Another bank of that name.")
    assert stage_of(raised.incident_id) is Stage.DISMISSED
    assert alarms.open_alarms() == ()
    assert alarms.alarm(raised.id).record == "1 alarm in 90 days, 1 not about us"
    anew = alarm.take_back("ana", raised.id)
    assert anew != raised.incident_id
    assert stage_of(anew) is Stage.NOTICED
    with pytest.raises(BadInput):
        alarm.take_back("ana", raised.id)


def test_not_us_is_refused_where_somebody_has_gone_further(raised: AlarmView) -> None:
    incident.agree_facts("bruno", raised.incident_id, FACTS)
    with pytest.raises(WrongStage):
        alarm.not_us("ana", raised.id)
    assert alarms.alarm(raised.id).state == "seen"


def test_a_watch_ends_and_asks_again(workplace: Workplace, raised: AlarmView) -> None:
    alarm.watch_on("ana", raised.id, 30)
    assert alarms.open_alarms(clock.now()) == ()
    workplace.move_on(minutes=31)
    assert [one.id for one in alarms.open_alarms(clock.now())] == [raised.id]
    assert alarm.take_back("ana", raised.id) == raised.incident_id
    with pytest.raises(BadInput):
        alarm.watch_on("ana", "none")


def test_to_lead_is_to_have_seen_it(raised: AlarmView) -> None:
    incident.take_lead("ana", raised.incident_id)
    assert alarms.open_alarms() == ()
    assert alarms.alarm(raised.id).state == "seen"


def test_after_an_answer_it_wakes_the_same_incident(
    workplace: Workplace, raised: AlarmView
) -> None:
    incident.agree_facts("ana", raised.incident_id, FACTS)
    incident.choose("ana", raised.incident_id, "full_apology", "It was ours.")
    incident.silence("ana", raised.incident_id, "Others answered.")
    workplace.move_on(hours=3)
    reproach(workplace, "again")
    assert stage_of(raised.incident_id) is Stage.NOTICED
    assert incidents.about(raised.incident_id).answered_at is None
    assert {one.incident_id for one in alarms.open_alarms()} == {raised.incident_id}


def test_not_us_taken_back_opens_with_what_was_said(
    workplace: Workplace, raised: AlarmView
) -> None:
    before = mentions.of_incident(raised.incident_id)
    alarm.not_us("ana", raised.id, "It looked like another bank.")
    assert mentions.of_incident(raised.incident_id) == ()
    again = alarm.take_back("ana", raised.id)
    assert {one.id for one in mentions.of_incident(again)} == {one.id for one in before}
