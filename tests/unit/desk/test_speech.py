"""The words for states and times: each state says only what is proven."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from amends.desk import speech
from amends.store.views import OutgoingView
from amends.vocabulary.outgoing import OutgoingKind, OutgoingState
from tests.cast import CANDIL, NOON

S = OutgoingState
VIEW = OutgoingView(
    id="outgoing-1",
    kind=OutgoingKind.POST,
    account=CANDIL,  # its brand lives in Europe/Madrid
    text="Fresh bread at eight.",
    state=S.APPROVED,
    due_at=NOON + timedelta(seconds=8),
    url="",
    words="",
    reason="",
    published_at=None,
    confirmed_at=None,
    next_look_at=None,
    incident_id="",
    affected_id="",
    may_undo=True,
    short_hash="4f2a",
)
WORDS = {
    S.APPROVED: "leaves in 8 s",
    S.HELD: "held",
    S.INTENDED: "sending",
    S.SENDING: "sending",
    S.PUBLISHED: "live · checked 13:00",
    S.CONFIRMED: "live · checked 13:00",
    S.REFUSED: "refused",
    S.WITH_PERSON: "yours to put out",
    S.UNKNOWN: "unconfirmed - checking",
    S.NEEDS_PERSON: "unconfirmed - you decide",
    S.MISSED: "missed",
    S.CANCELLED: "undone",
    S.GIVEN_UP: "left unproven",
    S.VANISHED: "not found any more",
}


@pytest.mark.parametrize("state", list(S))
def test_each_state_has_its_words(state: OutgoingState) -> None:
    seen = replace(VIEW, state=state, published_at=NOON)
    assert speech.outgoing_words(seen, NOON)[1] == WORDS[state]


@pytest.mark.parametrize("state", [one for one in S if one not in {S.PUBLISHED, S.CONFIRMED}])
@pytest.mark.parametrize("kind", list(OutgoingKind))
def test_nothing_unproven_is_called_live(state: OutgoingState, kind: OutgoingKind) -> None:
    shape, words = speech.outgoing_words(replace(VIEW, state=state, kind=kind), NOON)
    assert "live" not in words
    assert shape != "good"


def test_a_removal_is_taken_down_only_once_it_is_checked() -> None:
    removal = replace(VIEW, kind=OutgoingKind.REMOVAL)
    said = {state: speech.outgoing_words(replace(removal, state=state), NOON)[1] for state in S}
    assert [state for state in S if said[state] == "taken down · checked"] == [S.CONFIRMED]
    assert said[S.PUBLISHED] == "removal unconfirmed - checking"


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(seconds=-3), "leaves now"),
        (timedelta(seconds=8), "leaves in 8 s"),
        (timedelta(minutes=10), "leaves in 10 min"),
        (timedelta(hours=5), "scheduled"),
    ],
)
def test_a_countdown_counts_only_where_it_is_soon(left: timedelta, words: str) -> None:
    assert speech.leaves_words(left) == words


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(seconds=8), "8 s"),
        (timedelta(minutes=12), "12 min"),
        (timedelta(hours=2, minutes=10), "2 h 10 min"),
        (timedelta(hours=3), "3 h"),
        (timedelta(days=5, hours=3), "5 days"),
    ],
)
def test_spans(length: timedelta, words: str) -> None:
    assert speech.span_words(length) == words


def test_times_are_said_in_relation_to_now() -> None:
    assert speech.relative_words(NOON - timedelta(minutes=12), NOON) == "12 min ago"
    assert speech.relative_words(NOON + timedelta(seconds=20), NOON) == "in 20 s"
    assert speech.relative_words(NOON, NOON) == "now"
    assert speech.relative_words(NOON - timedelta(days=3), NOON) == "Fri 27 Feb, 12:00"


def test_an_exact_time_names_its_zone() -> None:
    summer = datetime(2026, 7, 1, 21, 40, tzinfo=UTC)
    assert speech.exact_words(summer, "Europe/Madrid") == "Wed 1 Jul 2026, 23:40:00 CEST"
    assert speech.exact_words(summer, "Nowhere/At all") == "Wed 1 Jul 2026, 21:40:00 UTC"


@pytest.mark.parametrize(
    ("kind", "state", "words"),
    [
        (OutgoingKind.POST, S.APPROVED, "yours in 8 s"),
        (OutgoingKind.POST, S.WITH_PERSON, "yours to put out"),
        (OutgoingKind.POST, S.PUBLISHED, "out, says ana"),
        (OutgoingKind.REMOVAL, S.WITH_PERSON, "yours to take down"),
        (OutgoingKind.REMOVAL, S.PUBLISHED, "gone, says ana"),
    ],
)
def test_what_a_person_did_by_hand_is_what_that_person_says(
    kind: OutgoingKind, state: OutgoingState, words: str
) -> None:
    worked = replace(CANDIL, network="by_hand", place="x")
    one = replace(VIEW, kind=kind, state=state, account=worked, confirmed_by="ana")
    assert speech.outgoing_words(one, NOON)[1] == words
    elsewhere = replace(one, account=CANDIL)
    assert "says" not in speech.outgoing_words(elsewhere, NOON)[1]
