"""A Mastodon account from the desk to the network: connected, listened to, answered privately."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from amends.flows import clock, connect, draft, due, incident, mention, people, reach
from amends.networks.port import Content
from amends.networks.shelf import network_named
from amends.store import brands, incidents, outgoings, posts, rooms
from amends.store.models import AccountRow
from amends.store.views import AccountView, AffectedView
from amends.vocabulary.errors import BadInput, Unauthorized
from amends.vocabulary.incident import AffectedState
from amends.vocabulary.outgoing import OutgoingKind, OutgoingState
from tests.fault.faults import Fault
from tests.fault.server import FaultNetwork, running
from tests.flows.conftest import RealTime

pytestmark = pytest.mark.usefixtures("plain_reader")

POST = "Our branches open at nine. https://ladera.example/branches"
JOKE = "Overdrawn again? Our machines like you."
INES = "I lost my flat in January over an overdraft at your bank. This hurts me, be ashamed."
LETTER = (
    "You wrote that you lost your flat over an overdraft. I posted a joke about exactly that. "
    "It was wrong, I am sorry that it hurt you. I will call you today if you tell me when. Ana"
)


@dataclass
class Place:
    """Ladera's account on a Mastodon server."""

    world: FaultNetwork
    view: AccountView
    dialect: str

    def work(self) -> None:
        """Let the undo window pass and carry out everything that is due then."""
        clock.set_offset(clock.offset() + timedelta(minutes=1))
        self.work_now()

    def work_now(self) -> None:
        for _ in range(50):
            if not due.send_once("test"):
                return

    def standing(self) -> list[tuple[str, str]]:
        """Return (text, visibility) of what we published there."""
        ours = [one for one in self.world.entries() if one["account"] == "ladera"]
        return [(one["text"], one["visibility"]) for one in ours if one["op"] == "published"]


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultNetwork]:
    with running() as network:
        monkeypatch.setattr(settings, "REACH", network.allowed)
        yield network


@pytest.fixture
def relative(empty: None, world: FaultNetwork) -> Place:
    """The same account on a server that only speaks like Mastodon, and ignores keys."""
    return connected(world, "compatible")


@pytest.fixture
def place(empty: None, world: FaultNetwork) -> Place:
    return connected(world, "mastodon")


def connected(world: FaultNetwork, dialect: str) -> Place:
    url, token = world.urls[dialect], world.account(dialect).access
    before = network_named("mastodon")
    _, secret = before.sign_in(url, "", token, reach.guard())
    network = before.connect("ladera", secret, print, reach.guard())
    network.publish(network.freeze(Content(JOKE), op="before", at=datetime.now(UTC)))
    view = connect.mastodon("ana", server=url, token=token, brand_name="Ladera")
    return Place(world, view, dialect)


@pytest.fixture
def hurt(place: Place) -> AffectedView:
    """Somebody who says that a post of ours there hurt them."""
    account_id = place.view.account.id
    post = posts.recent_posts(account_id)[0]
    incident_id = incident.mistake("ana", post_id=post.id)
    place.world.say("mastodon", INES, post.network_id.rsplit("/", 1)[-1], author="ines")
    mention.take_in(account_id)
    return person(incident_id)


def person(incident_id: str) -> AffectedView:
    (found,) = rooms.room(incident_id, clock.now()).affected
    return found


def test_what_was_there_before_is_known(place: Place) -> None:
    assert place.view.account.handle == "ladera@mastodon.test"
    assert place.view.posts_known == 1
    assert place.view.account.brand.name == "Ladera"
    row = AccountRow.objects.get(pk=place.view.account.id)
    assert place.world.account("mastodon").access not in row.secret
    with pytest.raises(BadInput, match="connected already"):
        connect.mastodon(
            "ana",
            server=f"{place.world.urls['mastodon']}/home",
            token=place.world.account("mastodon").access,
            brand_name="Ladera",
        )


def test_a_token_taken_back_pauses_the_account_and_a_new_one_starts_it(place: Place) -> None:
    account_id = place.view.account.id
    place.world.revoke("mastodon")
    with pytest.raises(Unauthorized, match="connect the account again"):
        mention.take_in(account_id)
    assert mention.listen(account_id) == 0
    assert not brands.account(account_id).connected
    with pytest.raises(Unauthorized, match="wrong, or was taken back"):
        connect.reconnect("ana", account_id, "old-token")
    connect.reconnect("ana", account_id, place.world.reconnect("mastodon").access)
    assert brands.account(account_id).connected


def test_a_person_hurt_is_answered_alone(place: Place, hurt: AffectedView) -> None:
    assert hurt.affected.handle == "ines@elsewhere.test"
    assert people.goes_privately(hurt.affected.id)
    out = people.send("ana", hurt.affected.id, LETTER, reason="Written for Inés.")
    assert outgoings.load(out).kind is OutgoingKind.PRIVATE
    place.work()
    assert place.standing()[-1] == (f"@ines@elsewhere.test {LETTER}", "direct")
    sent = outgoings.load(out)
    assert (sent.state, sent.words) == (OutgoingState.PUBLISHED, "")
    found = incidents.affected(hurt.affected.id)
    assert found.affected.state is AffectedState.SENT
    assert [one.text for one in posts.recent_posts(place.view.account.id)] == [JOKE]


def test_a_person_may_choose_to_answer_in_public(place: Place, hurt: AffectedView) -> None:
    people.send("ana", hurt.affected.id, LETTER, reason="Written for Inés.", in_public=True)
    place.work()
    assert place.standing()[-1] == (f"@ines@elsewhere.test {LETTER}", "public")
    assert incidents.affected(hurt.affected.id).affected.state is AffectedState.SENT


def test_a_private_answer_that_names_somebody_else_does_not_leave(
    place: Place, hurt: AffectedView
) -> None:
    text = f"{LETTER} Ask @tomas@elsewhere.test."
    out = people.send("ana", hurt.affected.id, text, reason="Written for Inés.")
    place.work()
    sent = outgoings.load(out)
    assert sent.state is OutgoingState.REFUSED
    assert "a private text may name only the one person it is for" in sent.words
    assert place.standing() == [(JOKE, "public")]


def test_the_name_in_front_counts(hurt: AffectedView) -> None:
    text = LETTER + " I mean it." * 100
    with pytest.raises(BadInput, match="over what this network takes"):
        people.send("ana", hurt.affected.id, text[:496], reason="Written for Inés.")


def test_a_text_that_the_server_shows_to_fewer_is_out_and_says_so(
    place: Place, hurt: AffectedView, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A silenced account's public texts are lowered by its server."""
    server: Any = place.world.dialects["mastodon"]
    made = server._new

    def lowered(who: object, text: str, **more: object) -> object:
        return made(who, text, **{**more, "visibility": "unlisted"})

    monkeypatch.setattr(server, "_new", lowered)
    out = people.send("ana", hurt.affected.id, LETTER, reason="For Inés.", in_public=True)
    place.work()
    sent = outgoings.load(out)
    assert sent.state is OutgoingState.PUBLISHED
    assert "unlisted" in sent.words


# --- what is lost --------------------------------------------------------------------------------


def lose(place: Place, fault: Fault) -> str:
    """Let a post go out whose answer never comes; return its outgoing id."""
    place.world.misbehave(fault)
    account = place.view.account
    out = draft.publish("ana", draft.save("ana", account.id, POST), reason="Read by two.")
    place.work()
    assert outgoings.load(out).state is OutgoingState.UNKNOWN
    return out


def settle(place: Place, real_time: RealTime, out: str) -> OutgoingState:
    """Let a quarter of an hour pass in half minutes; return what it came to."""
    for _ in range(30):
        real_time.on(seconds=30)
        place.world.advance(30)
        place.work_now()
    return outgoings.load(out).state


def sends(place: Place) -> int:
    return place.world.calls()[f"{place.dialect} POST /api/v1/statuses"] - 1  # one was there before


def test_what_was_lost_before_it_arrived_is_sent_again_under_its_key(
    place: Place, real_time: RealTime
) -> None:
    out = lose(place, Fault.DROP_BEFORE)
    assert settle(place, real_time, out) is OutgoingState.CONFIRMED
    assert (place.world.standing(POST), sends(place)) == (1, 2)


def test_what_arrived_is_found_and_not_sent_again(place: Place, real_time: RealTime) -> None:
    out = lose(place, Fault.DROP_AFTER)
    assert settle(place, real_time, out) is OutgoingState.CONFIRMED
    assert (place.world.standing(POST), sends(place)) == (1, 1)


@pytest.mark.parametrize(
    ("fault", "state", "stands"),
    [
        (Fault.DROP_BEFORE, OutgoingState.NEEDS_PERSON, 0),
        (Fault.DROP_AFTER, OutgoingState.CONFIRMED, 1),
    ],
)
def test_a_relative_of_mastodon_is_sent_to_once(
    relative: Place, real_time: RealTime, fault: Fault, state: OutgoingState, stands: int
) -> None:
    place = relative
    out = lose(place, fault)
    assert settle(place, real_time, out) is state
    assert (place.world.standing(POST), sends(place)) == (stands, 1)


# --- the pages -----------------------------------------------------------------------------------


@pytest.fixture
def desk(db: None) -> Client:
    get_user_model().objects.create_user("ana", password="a lamp and a desk")
    client = Client()
    client.force_login(get_user_model().objects.get(username="ana"))
    return client


def test_the_page_says_before_sending_who_will_read_it(
    place: Place, hurt: AffectedView, desk: Client
) -> None:
    incident_id = incidents.affected(hurt.affected.id).incident_id
    where = reverse("person", args=[incident_id, hurt.affected.id])
    page = desk.get(where).content.decode()
    assert "Goes privately to @ines@elsewhere.test (not encrypted)" in page
    assert "Send it in public instead, under what they said" in page
    given = {"text": LETTER, "reason": "Written for Inés.", "in_public": "yes"}
    assert desk.post(where, given).status_code == 302
    place.work()
    assert place.standing()[-1][1] == "public"


def test_an_account_is_connected_at_the_desk(
    empty: None, world: FaultNetwork, desk: Client
) -> None:
    where = reverse("start_mastodon")
    assert where in desk.get(reverse("start")).content.decode()
    page = desk.get(where).content.decode()
    assert "read and write" in page
    wrong = {"server": world.urls["mastodon"], "brand_name": "Ladera"}
    answer = desk.post(where, wrong)
    assert answer.status_code == 422
    answer = desk.post(where, wrong | {"token": "not-it"})
    assert answer.status_code == 422
    told = answer.content.decode()
    assert "The access token is wrong, or was taken back." in told
    assert "not-it" not in told
    right = wrong | {"token": world.account("mastodon").access}
    assert desk.post(where, right).status_code == 302
    (view,) = brands.list_accounts()
    assert view.account.network == "mastodon"
    page = desk.get(reverse("account", args=[view.account.id])).content.decode()
    assert "Mastodon" in page
    assert "New access token" in page
    assert "New app password" not in page
