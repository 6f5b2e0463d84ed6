"""One seam of time: moved on in practice, refused elsewhere."""

from dataclasses import replace
from datetime import timedelta

import pytest
from pytest_django.fixtures import Settings

from amends.flows import clock, connect, hold, incident, practice
from amends.networks.port import Identity, Secret
from amends.networks.shelf import network_named
from amends.store import brands, mentions, outgoings, posts, workspaces
from amends.vocabulary.errors import BadInput, Refusal
from amends.vocabulary.outgoing import OutgoingState
from tests.flows.conftest import RealTime, Workplace

S = OutgoingState
TEXT = "Our branches will open at 9:00 on Monday."


def test_the_desk_s_time_is_real_time_plus_the_offset(empty: None, real_time: RealTime) -> None:
    assert abs(clock.now() - clock.real()) < timedelta(seconds=5)
    clock.set_offset(timedelta(hours=3))
    assert clock.offset() == timedelta(hours=3)
    assert timedelta(hours=3) <= clock.now() - clock.real() + timedelta(seconds=1)
    assert clock.now().utcoffset() == timedelta(0)


@pytest.fixture
def real_desk(workplace: Workplace, settings: Settings) -> Workplace:
    """A desk at which time may not be moved."""
    settings.CLOCK_MOVES = False
    return workplace


def test_outside_practice_time_is_not_moved_and_nothing_is_done_on_the_way(
    real_desk: Workplace,
) -> None:
    out = real_desk.publish(TEXT, seconds=1)
    assert not clock.may_move()
    with pytest.raises(Refusal, match="practising"):
        clock.set_offset(timedelta(hours=1))
    with pytest.raises(Refusal, match="practising"):
        practice.move_time_on("ana", timedelta(hours=1))
    assert clock.offset() == timedelta(0)
    assert outgoings.load(out).state is S.APPROVED


def test_practice_may_move(empty: None, settings: Settings) -> None:
    settings.CLOCK_MOVES = False
    practice.start("ana")
    assert practice.is_practice()
    assert clock.may_move()
    practice.move_time_on("ana", timedelta(minutes=5))
    assert clock.offset() >= timedelta(minutes=4)


@pytest.mark.parametrize("delta", [timedelta(0), timedelta(seconds=-1), timedelta(days=32)])
def test_time_moves_forward_by_at_most_a_month(workplace: Workplace, delta: timedelta) -> None:
    with pytest.raises(BadInput):
        practice.move_time_on("ana", delta)


def test_moving_on_sends_what_falls_due_on_the_way_at_its_time(workplace: Workplace) -> None:
    early = workplace.publish(TEXT, hours=1)
    late = workplace.publish(TEXT + " Late.", hours=30)
    due_at = outgoings.load(early).due_at
    workplace.move_on(hours=24)
    sent = outgoings.load(early)
    assert sent.state is S.PUBLISHED
    assert sent.published_at is not None
    assert sent.published_at - due_at < timedelta(minutes=1)
    assert outgoings.load(late).state is S.APPROVED


def test_what_goes_out_carries_real_time(workplace: Workplace) -> None:
    workplace.publish(TEXT, hours=24)
    workplace.move_on(hours=25)
    told = next(one for one in workplace.world.wall("ladera.test") if one.text == TEXT)
    assert told.at < clock.real() + timedelta(minutes=1)


# --- practice --------------------------------------------------------------------------------------


def test_practice_has_two_brands_a_history_and_an_audience(empty: None) -> None:
    practice.start("ana")
    practice.start("ana")
    assert [one.name for one in brands.list_brands()] == ["Candil", "Ladera"]
    assert all(one.posts_known > 60 for one in brands.list_accounts())
    ladera = next(one for one in brands.list_accounts() if one.account.brand.name == "Ladera")
    post = posts.recent_posts(ladera.account.id)[0]
    before = clock.now()
    said = practice.audience_reproaches("ana", post.id)
    assert said > 5
    assert clock.now() - before > timedelta(minutes=5)
    assert len([one for one in mentions.queue(50) if one.about_post_id == post.id]) == said


def test_the_first_real_account_ends_practice(empty: None, monkeypatch: pytest.MonkeyPatch) -> None:
    practice.start("ana")
    practice.move_time_on("ana", timedelta(hours=5))
    brand = brands.list_brands()[0]
    hold.hold("ana", f"brand:{brand.id}")
    incident.mistake("ana", brand_id=brand.id)
    connect_real(monkeypatch)
    assert not practice.is_practice()
    assert clock.offset() == timedelta(0)
    assert [one.name for one in brands.list_brands()] == ["Real"]
    assert hold.active() == ()
    with pytest.raises(Refusal, match="Real accounts"):
        practice.start("ana")


def connect_real(monkeypatch: pytest.MonkeyPatch) -> str:
    """Connect an account of the real network, whose server is played here."""

    def sign_in(*_: object) -> tuple[Identity, Secret]:
        return Identity("did:plc:real", "real.test", "Real"), Secret({"token": "t"})

    folder = network_named("bluesky")
    monkeypatch.setattr(connect, "network_named", lambda _: replace(folder, sign_in=sign_in))
    monkeypatch.setattr(connect, "import_history", lambda _: 0)
    view = connect.bluesky(
        "ana", server="https://x.test", handle="real.test", password="p", brand_name="Real"
    )
    return view.account.id


def test_the_practice_stays_practice_for_its_accounts(workplace: Workplace) -> None:
    workspaces.set_practice(practice=True)
    with pytest.raises(BadInput):
        practice.audience_reproaches("ana", "none")
