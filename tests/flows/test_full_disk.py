"""A full disk: one clear sentence, the typed words given back, and nothing lost or sent."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client

from amends.store import outgoings
from tests.cast import JOKE
from tests.flows.conftest import Workplace

TYPED = "Our branches open at nine. " * 2_000


@pytest.mark.django_db(transaction=True)
def test_a_full_disk_says_so_and_gives_the_words_back(workplace: Workplace) -> None:
    get_user_model().objects.create_user("ana", password="a lamp and a desk")
    client = Client(raise_request_exception=False)
    client.force_login(get_user_model().objects.get(username="ana"))
    page = client.get(f"/compose/?account={workplace.ladera.account.id}")
    state = page.content.decode().split('name="state" value="', 1)[1].split('"', 1)[0]
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
    try:
        text = (JOKE + TYPED)[:19_000]
        answer = client.post("/compose/", {"state": state, "text": text, "action": "publish"})
        assert answer.status_code == 503
        told = answer.content.decode()
        assert "The disk is full. Free some space, then try again." in told
        assert "Our branches open at nine." in told
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1073741823")
    assert outgoings.upcoming() == ()
    assert client.get("/").status_code == 200
