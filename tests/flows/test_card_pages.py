"""The pages of what is put out by hand, asked as a browser asks them."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from amends.flows import by_hand, clock, connect, draft, hold, incident, people, practice
from amends.store import brands, cards, outgoings, posts, rooms
from amends.store.models import MediaRow, OutgoingRow
from amends.store.views import AccountView
from amends.vocabulary.outgoing import OutgoingKind, OutgoingState

S = OutgoingState
TEXT = "The oven is warm again. <b>Come</b> by from seven."
LINK = "https://www.instagram.com/p/DRw1/"
INLINE = re.compile(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=|javascript:", re.IGNORECASE)


def person(name: str) -> Client:
    user = get_user_model().objects.create_user(name, password="x")
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def ana(empty: None) -> Client:
    return person("ana")


@pytest.fixture
def insta(ana: Client) -> AccountView:
    return connect.worked_by_hand(
        "ana", place="instagram", handle="candil", brand_name="Candil", time_zone="Europe/Madrid"
    )


@pytest.fixture
def card(insta: AccountView) -> str:
    made = draft.publish("ana", draft.save("ana", insta.account.id, TEXT))
    practice.move_time_on("ana", timedelta(seconds=11))
    return made


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer
    text = answer.content.decode()
    assert not INLINE.search(text), INLINE.search(text)
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    return text


def test_an_account_is_made_in_one_form(ana: Client) -> None:
    assert "Add an account by hand" in page(ana, "/start/")
    assert "LinkedIn" in page(ana, "/start/by-hand/")
    sent = {
        "place": "linkedin",
        "handle": "ladera",
        "brand_name": "Ladera",
        "colour": "#2f5d62",
        "time_zone": "Europe/Madrid",
        "profile": "https://www.linkedin.com/company/ladera/",
    }
    answer = ana.post("/start/by-hand/", sent)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/desk/")
    (view,) = brands.list_accounts()
    assert (view.account.place, view.account.brand.time_zone) == ("linkedin", "Europe/Madrid")
    assert "LinkedIn, by hand" in page(ana, "/desk/")
    settings = page(ana, f"/desk/accounts/{view.account.id}/")
    assert "https://www.linkedin.com/company/ladera/" in settings
    assert "password" not in settings.casefold().replace("change the password", "")


@pytest.mark.parametrize(
    "wrong",
    [
        {"place": "myspace"},
        {"handle": ""},
        {"handle": "two words"},
        {"time_zone": "Madrid"},
        {"profile": "http://x.example"},
        {"colour": "red"},
    ],
)
def test_a_form_with_a_mistake_keeps_what_was_typed(ana: Client, wrong: dict[str, str]) -> None:
    sent = {
        "place": "x",
        "handle": "ladera",
        "brand_name": "Ladera & Sons",
        "colour": "#2f5d62",
        "time_zone": "UTC",
    }
    answer = ana.post("/start/by-hand/", {**sent, **wrong})
    assert answer.status_code == 422
    assert "Ladera &amp; Sons" in answer.content.decode()
    assert brands.list_accounts() == ()


def test_a_card_has_all_that_is_needed(ana: Client, card: str) -> None:
    shown = page(ana, f"/cards/{card}/")
    assert "Put this out on Instagram" in shown
    assert "The oven is warm again. &lt;b&gt;Come&lt;/b&gt; by from seven.</textarea>" in shown
    assert f"{len(TEXT)} / 2200 characters, as Instagram counts" in shown
    assert 'href="https://www.instagram.com/" target="_blank" rel="noreferrer noopener"' in shown
    assert "<strong>@candil</strong>" in shown
    assert "takes no text without a picture" in shown
    for address in ("/", "/calendar/"):
        listed = page(ana, address)
        assert "Yours to put out" in listed
        assert f'href="/cards/{card}/"' in listed
        assert re.search(r'rail__count">1<span[^>]*> to decide or put out', listed)


def test_done_with_a_link(ana: Client, card: str) -> None:
    answer = ana.post(f"/cards/{card}/done/", {"link": LINK}, follow=True)
    shown = answer.content.decode()
    assert "Kept as out, with its link." in shown
    assert "out, says ana" in shown
    assert outgoings.load(card).confirmed_by == "ana"
    assert LINK in page(ana, f"/cards/{card}/")
    assert "Look at it" in shown


def test_a_wrong_link_stays_in_its_field(ana: Client, card: str) -> None:
    answer = ana.post(f"/cards/{card}/done/", {"link": 'https://evil.test/"><script>'})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Paste the whole link" in shown
    assert "<script>" not in shown.replace("<script src", "")
    assert outgoings.load(card).state is S.WITH_PERSON


def test_two_people_see_who_has_it(ana: Client, card: str) -> None:
    bruno = person("bruno")
    copied = ana.post(f"/cards/{card}/take/", headers={"HX-Request": "true"})
    assert copied.status_code == 204
    assert "It is in your hands" in page(ana, f"/cards/{card}/part/state/")
    state = page(bruno, f"/cards/{card}/part/state/")
    assert "<strong>ana</strong> is putting this out." in state
    assert "data-no-copy" in state
    assert "data-copies" not in page(bruno, f"/cards/{card}/part/text/")
    assert "ana is at it" in page(bruno, "/calendar/part/cards/")
    refused = bruno.post(f"/cards/{card}/take/", headers={"HX-Request": "true"})
    assert refused.status_code == 422
    assert "ana is putting this out" in refused.content.decode()


def test_a_held_card_cannot_be_copied_and_says_why(ana: Client, card: str) -> None:
    hold.hold("bruno", "everything")
    shown = page(ana, f"/cards/{card}/")
    assert "Held: do not put it out." in shown
    assert "data-copies" not in shown
    assert "data-no-copy" in shown
    assert "Open Instagram" not in shown
    assert "Is it out all the same?" in shown
    assert ana.post(f"/cards/{card}/take/").status_code == 422
    ana.post(f"/cards/{card}/done/", {"link": LINK})
    assert outgoings.load(card).state is S.PUBLISHED


def test_i_could_not(ana: Client, card: str) -> None:
    answer = ana.post(f"/cards/{card}/could-not/", {"why": "No code."}, follow=True)
    assert "ana could not put it out. No code." in answer.content.decode()
    assert outgoings.load(card).state is S.MISSED


def test_nobody_else_sees_a_card(card: str) -> None:
    for address in (f"/cards/{card}/", f"/cards/{card}/part/text/", "/start/by-hand/"):
        assert Client().get(address).status_code == 302
    assert Client().post(f"/cards/{card}/done/", {}).status_code == 302
    assert outgoings.load(card).state is S.WITH_PERSON


def test_what_is_no_card_is_said_in_a_sentence(ana: Client, card: str) -> None:
    assert ana.get("/cards/outgoing-nothing/").status_code == 404
    assert ana.get(f"/cards/{card}/part/all/").status_code == 404
    assert ana.post(f"/cards/{card}/explode/").status_code == 302


def test_an_answer_is_written_with_the_link_of_what_it_answers(
    ana: Client, insta: AccountView
) -> None:
    shown = page(ana, f"/compose/?account={insta.account.id}")
    assert "Answering something? Paste its link" in shown
    assert "Make a card for @candil" in shown
    state = re.search(r'name="state" value="([^"]+)"', shown)
    assert state is not None
    sent = {"state": state[1], "text": "You are right, thank you.", "answers": "https://x.com/1"}
    refused = ana.post("/compose/", {**sent, "action": "publish"})
    assert refused.status_code == 422
    assert "not on Instagram" in refused.content.decode()
    ana.post("/compose/", {**sent, "answers": LINK, "action": "publish"})
    one = OutgoingRow.objects.get()
    assert (one.kind, one.target) == (OutgoingKind.REPLY.value, LINK)
    practice.move_time_on("ana", timedelta(seconds=11))
    shown = page(ana, f"/cards/{one.pk}/")
    assert "Answer on Instagram" in shown
    assert f'href="{LINK}"' in shown


def test_an_answer_whose_link_is_taken_away_is_a_post(ana: Client, insta: AccountView) -> None:
    shown = page(ana, f"/compose/?account={insta.account.id}")
    state = re.search(r'name="state" value="([^"]+)"', shown)
    assert state is not None
    sent = {"state": state[1], "text": "You are right, thank you.", "answers": LINK}
    assert ana.post("/compose/review/", sent).status_code == 200
    kept = page(ana, "/compose/")
    assert f'value="{LINK}"' in kept
    again = re.search(r'name="state" value="([^"]+)"', kept)
    assert again is not None
    ana.post("/compose/", {**sent, "state": again[1], "answers": "", "action": "publish"})
    assert OutgoingRow.objects.get().kind == OutgoingKind.POST.value


def test_the_take_down_says_what_can_be_kept(ana: Client, insta: AccountView, card: str) -> None:
    by_hand.done("ana", card)
    post_id = posts.post_by_address(insta.account.id, f"by_hand:{card}")
    shown = page(ana, f"/posts/{post_id}/")
    assert "Instagram is not read from here" in shown
    assert "What stands under it" in shown
    ana.post(
        f"/posts/{post_id}/take-down/",
        {"why": "Wrong.", "acknowledgement": "We took it down. It was wrong.", "seen": "ines: ow"},
    )
    practice.move_time_on("ana", timedelta(seconds=11))
    (removal,) = cards.waiting(clock.real())
    shown = page(ana, f"/cards/{removal.id}/")
    assert "Take this down on Instagram" in shown
    assert 'href="https://www.instagram.com/candil/"' in shown  # its link is not known
    assert "data-copies" not in shown
    ana.post(f"/cards/{removal.id}/done/")
    assert posts.post(post_id).taken_down_at is not None


def test_a_person_hurt_gets_a_card(ana: Client, insta: AccountView) -> None:
    room = incident.mistake("ana", account_id=insta.account.id, what="A cruel joke")
    people.add("ana", room, handle="ines", said="Your joke about debt hurt me.")
    (one,) = rooms.room(room, clock.now()).affected
    address = f"/incidents/{room}/people/{one.affected.id}/"
    assert "Make a card to write to @ines" in page(ana, address)
    words = "Inés, your words about the joke on debt stayed with me. I wrote it. I am sorry. Ana"
    sent = {"text": words, "reason": "Read by two.", "account": insta.account.id}
    assert ana.post(address, sent).status_code == 302
    practice.move_time_on("ana", timedelta(seconds=11))
    (waiting,) = cards.waiting(clock.real())
    shown = page(ana, f"/cards/{waiting.id}/")
    assert "Write to @ines on Instagram" in shown
    assert "Your joke about debt hurt me." in shown
    assert 'href="https://www.instagram.com/ines/"' in shown
    assert "Open the card" in page(ana, address)


def test_pictures_are_saved_from_the_card(ana: Client, card: str) -> None:
    sha = "a" * 64
    MediaRow.objects.create(
        sha256=sha,
        kind="image/png",
        width=1,
        height=1,
        content=b"\x89PNG",
        added_by="ana",
        added_at=clock.now(),
    )
    OutgoingRow.objects.filter(pk=card).update(media=[[sha, "A warm oven."]])
    shown = page(ana, f"/cards/{card}/")
    assert "A warm oven." in shown
    saved = ana.get(f"/cards/{card}/picture/0/")
    assert (saved.content, saved.headers["Content-Type"]) == (b"\x89PNG", "image/png")
    assert saved.headers["Content-Disposition"] == 'attachment; filename="candil-1.png"'
    assert ana.get(f"/cards/{card}/picture/1/").status_code == 404
