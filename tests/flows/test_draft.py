"""Drafts: whose voice and marks they carry, what a warning saved, and how they move."""

from datetime import timedelta

import pytest

from amends.flows import clock, connect, draft, incident
from amends.store import outgoings, posts
from amends.vocabulary.errors import BadInput, NotApproved
from amends.vocabulary.outgoing import OutgoingKind
from tests.cast import JOKE
from tests.flows.conftest import Workplace

pytestmark = pytest.mark.usefixtures("plain_reader")

TEXT = "Our branches will open at 9:00 on Monday."
TAGGED = "New on Thursday, come early. #crumbclub"


def rules(workplace: Workplace, text: str) -> dict[str, str]:
    found = draft.review(workplace.ladera.account.id, text)
    return {one.rule: one.decision.word for one in found.findings}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (TAGGED, "other_hashtag"),
        ("All of it is at https://candil.example/cakes for you.", "other_link"),
        ("See you there. — your bakers", "other_signature"),
        ("New bread on Monday. Follow us on @candil.test for more.", "other_handle"),
    ],
)
def test_another_account_s_marks_are_found_and_the_right_account_is_offered(
    workplace: Workplace, text: str, rule: str
) -> None:
    found = draft.review(workplace.ladera.account.id, text)
    assert rule in [one.rule for one in found.findings]
    assert found.likely is not None
    assert found.likely.handle == "candil.test"
    assert any(marked for _, marked in found.pieces)
    assert "".join(part for part, _ in found.pieces) == text
    assert rule not in [
        one.rule for one in draft.review(workplace.candil.account.id, text).findings
    ]


def test_a_declared_mark_counts_at_once(workplace: Workplace) -> None:
    text = "Half price on Thursday #ovenlove"
    assert "other_hashtag" not in rules(workplace, text)
    connect.update_account(
        "ana",
        workplace.candil.account.id,
        undo_seconds=10,
        protected=False,
        marks={"hashtags": ["#OvenLove"]},
    )
    assert "other_hashtag" in rules(workplace, text)


def test_a_finding_asks_for_a_reason_and_the_reason_is_kept(workplace: Workplace) -> None:
    draft_id = draft.save("bruno", workplace.ladera.account.id, TAGGED)
    with pytest.raises(NotApproved):
        draft.publish("bruno", draft_id)
    assert outgoings.upcoming() == ()
    out = draft.publish("bruno", draft_id, reason="A joint week with the bakery.")
    assert outgoings.outgoing(out).reason == "A joint week with the bakery."
    assert posts.near_misses("other_hashtag") == {"overridden": 1}
    with pytest.raises(BadInput, match="already"):
        draft.publish("bruno", draft_id, reason="twice")
    assert len(outgoings.upcoming()) == 1


def test_a_text_that_was_changed_after_a_warning_is_a_near_miss(workplace: Workplace) -> None:
    account_id = workplace.ladera.account.id
    draft_id = draft.save("bruno", account_id, TAGGED)
    draft.note_asked(draft_id, ("other_hashtag",))
    draft.save("bruno", account_id, TEXT, draft_id=draft_id)
    draft.publish("bruno", draft_id, reason="fine")
    assert posts.near_misses("other_hashtag") == {"changed": 1}


def test_moving_keeps_the_words_and_counts(workplace: Workplace) -> None:
    draft_id = draft.save("bruno", workplace.ladera.account.id, JOKE + " #crumbclub")
    draft.move("bruno", draft_id, workplace.candil.account.id)
    account_id, text, kind, reply_to = draft.load(draft_id)
    assert (account_id, text) == (workplace.candil.account.id, JOKE + " #crumbclub")
    assert (kind, reply_to) == ("post", "")
    assert posts.near_misses("other_hashtag") == {"moved": 1}
    with pytest.raises(BadInput):
        draft.move("bruno", draft_id, "none")
    out = draft.publish("bruno", draft_id, reason="ours")
    assert outgoings.outgoing(out).account.handle == "candil.test"
    with pytest.raises(BadInput):
        draft.move("bruno", draft_id, workplace.ladera.account.id)


def test_each_person_has_their_own_drafts(workplace: Workplace) -> None:
    account_id = workplace.ladera.account.id
    hers = draft.save("ana", account_id, TEXT)
    his = draft.save("bruno", account_id, "His words.", draft_id=hers)
    assert his != hers
    assert draft.load(hers)[1] == TEXT
    assert (draft.latest("ana"), draft.latest("bruno")) == (hers, his)
    assert draft.latest("carla") == ""


def test_typing_on_after_it_went_out_begins_a_new_draft(workplace: Workplace) -> None:
    account_id = workplace.ladera.account.id
    first = draft.save("ana", account_id, TEXT)
    draft.publish("ana", first, reason="fine")
    assert draft.latest("ana") == ""
    assert draft.save("ana", account_id, TEXT + " More.", draft_id=first) != first
    assert draft.save("ana", account_id, TEXT + " More.", draft_id="none") != "none"


def test_a_reply_keeps_what_it_answers(workplace: Workplace) -> None:
    post = posts.recent_posts(workplace.ladera.account.id)[0]
    draft_id = draft.save(
        "ana", post.account.id, "Thank you.", kind="reply", reply_to=post.network_id
    )
    draft.save("ana", post.account.id, "Thank you all.", draft_id=draft_id, kind="reply")
    out = draft.publish("ana", draft_id, reason="fine")
    assert outgoings.load(out).kind is OutgoingKind.REPLY
    assert outgoings.load(out).target == post.network_id


def test_the_undo_window_is_the_account_s_and_a_stop_waits_longer(workplace: Workplace) -> None:
    account_id = workplace.ladera.account.id
    connect.update_account("ana", account_id, undo_seconds=60, protected=True, marks={})
    calm = draft.publish("ana", draft.save("ana", account_id, TEXT), reason="fine")
    waits = outgoings.load(calm).due_at - clock.now()
    assert timedelta(seconds=50) < waits <= timedelta(seconds=60)
    assert draft.review(account_id, TAGGED).decision == "stop"
    hard = draft.publish("ana", draft.save("ana", account_id, TAGGED), reason="I am alone here.")
    assert outgoings.load(hard).due_at - clock.now() > timedelta(minutes=9)
    with pytest.raises(BadInput):
        connect.update_account("ana", account_id, undo_seconds=61, protected=True, marks={})


def test_far_too_long_is_refused_in_a_sentence(workplace: Workplace) -> None:
    account_id = workplace.ladera.account.id
    for act in (draft.review, lambda account, text: draft.save("ana", account, text)):
        with pytest.raises(BadInput, match="longer than"):
            act(account_id, "x" * 20_001)
    assert draft.review(account_id, "x" * 301).over


def test_an_incident_s_facts_may_be_asked_along(workplace: Workplace) -> None:
    incident_id = incident.mistake("ana", account_id=workplace.ladera.account.id)
    found = draft.review(
        workplace.ladera.account.id,
        "We are sorry if you were offended.",
        kind="statement",
        incident_id=incident_id,
    )
    assert found.decision == "stop"


def test_a_text_over_the_limit_is_stopped_by_the_review_itself(workplace: Workplace) -> None:
    found = draft.review(workplace.ladera.account.id, "x" * 301)
    assert found.decision == "stop"
    assert found.findings[0].rule == "too_long"
    assert draft.review(workplace.ladera.account.id, "x" * 300).decision == "pass"
