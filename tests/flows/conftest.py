"""A small workspace on the memory network: the cast's two brands, with history."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from amends.flows import clock, connect, due, practice, practice_words
from amends.networks.memory import World
from amends.store import brands, workspaces
from amends.store.views import AccountView
from amends.vocabulary.brand import Brand
from tests.cast import CANDIL, LADERA


@dataclass
class Workplace:
    """Two connected brands on one practice world."""

    world: World
    candil: AccountView
    ladera: AccountView

    def work(self, most: int = 200) -> None:
        """Carry out everything that is due now."""
        for _ in range(most):
            if not due.send_once("test"):
                return

    def move_on(self, **delta: float) -> None:
        """Move the clock on, and carry out on the way what falls due."""
        practice.move_time_on("ana", timedelta(**delta))


@pytest.fixture
def empty(db: None) -> Iterator[None]:
    """An empty workspace whose clock may move."""
    workspaces.ensure()
    return None


@pytest.fixture
def workplace(empty: None, tmp_path: Path) -> Workplace:
    """The cast's two brands, connected, with fourteen days of history."""
    path = str(tmp_path / "world.sqlite3")
    now = clock.now()
    world = World(path)
    views = []
    for one, templates in ((CANDIL, practice_words.BAKERY), (LADERA, practice_words.BANK)):
        made = practice_words.posts_of(templates)
        world.seed([(one.handle, one.brand.name)])
        for place, text in enumerate(made):
            at = now - timedelta(days=14) + timedelta(days=14) / len(made) * place
            address = world.post_as(one.handle, text, at)
            if place % 4 == 0:
                friend = practice_words.HISTORY_FRIENDLY[place % 8]
                world.say(f"friend{place % 9}.test", friend, address, at + timedelta(minutes=9))
            if place % 16 == 9:
                sour = practice_words.HISTORY_REPROACH[place % 2]
                world.say(f"sour{place % 5}.test", sour, address, at + timedelta(minutes=30))
        brand = Brand(one.brand.id, one.brand.name, one.brand.colour, "UTC")
        views.append(
            connect.network_account(
                "ana",
                "memory",
                server=path,
                handle=one.handle,
                password="",
                brand=brand,
                marks=one.marks,
            )
        )
    return Workplace(
        world, brands.account(views[0].account.id), brands.account(views[1].account.id)
    )
