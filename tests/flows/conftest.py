"""A small workspace on the memory network: the cast's two brands, with history."""

import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from django.db import connection

from amends.flows import clock, connect, draft, due, mention, practice, practice_words
from amends.networks.memory import World
from amends.store import brands, workspaces
from amends.store.views import AccountView
from amends.vocabulary.brand import Account, Brand
from amends.vocabulary.language import Language
from amends.vocabulary.mention import Reading
from tests.cast import CANDIL, LADERA


@dataclass
class RealTime:
    """The database's time: leases, retries and looks stand on it."""

    true: Callable[[], datetime]
    moved: timedelta = timedelta(0)

    def now(self) -> datetime:
        return self.true() + self.moved

    def on(self, **delta: float) -> None:
        self.moved += timedelta(**delta)


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

    def let_go(self) -> None:
        """Let the undo window pass and carry out what is due then."""
        workspaces.set_offset(clock.offset() + timedelta(seconds=11))
        self.work()

    def publish(self, text: str, *, view: AccountView | None = None, **delta: float) -> str:
        """Approve a post, due after the undo window or after so long; return its outgoing id."""
        account = (view or self.ladera).account
        draft_id = draft.save("bruno", account.id, text)
        at = clock.now() + timedelta(**delta) if delta else None
        return draft.publish("bruno", draft_id, reason="Read by two.", at=at)

    def on_the_wall(self, text: str, view: AccountView | None = None) -> int:
        """Return how often the text stands on the account's wall."""
        wall = self.world.wall((view or self.ladera).account.handle, 10_000)
        return [told.text for told in wall].count(text)

    def move_on(self, **delta: float) -> None:
        """Move the clock on, and carry out on the way what falls due."""
        practice.move_time_on("ana", timedelta(**delta))


HERE = Path(__file__).parent
BLAME = re.compile(r"asham|shame|disgust|cruel|disgrace|heartless|insult|no respect", re.IGNORECASE)
HURT = re.compile(r"hurts? me", re.IGNORECASE)


def read_by_words(texts: Sequence[str]) -> list[Reading]:
    """Read by a few plain words, so that what flows do with a reading is tested alone."""
    return [_by_words(text) for text in texts]


def _by_words(text: str) -> Reading:
    blames = bool(BLAME.search(text))
    levels = (0.05, 0.1, 0.25, 0.6) if blames else (0.0, 0.0, 0.0, 0.0)
    p_reproach, p_hurt = (0.95 if blames else 0.02), (0.9 if HURT.search(text) else 0.05)
    return Reading(Language.EN, p_reproach, levels, 0.1, p_hurt, "", unsure=False)


@pytest.fixture
def plain_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mentions read by plain words instead of the reader of the day."""
    monkeypatch.setattr(mention, "read", read_by_words)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """On PostgreSQL commit for real: a lock asked for outside of a transaction is an error there."""
    if connection.vendor == "postgresql":
        for item in items:
            if item.path.is_relative_to(HERE):
                item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture
def empty(db: None) -> None:
    """An empty workspace whose clock may move."""
    workspaces.ensure()


@pytest.fixture
def real_time(monkeypatch: pytest.MonkeyPatch) -> RealTime:
    """The database's own time, which may be moved on here."""
    moved = RealTime(workspaces.database_time)
    monkeypatch.setattr(workspaces, "database_time", moved.now)
    return moved


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    """Practice worlds in which both brands have fourteen days of history; copy them.

    Called with n, the history is every n-th post of the practice's.
    """
    folder = tmp_path_factory.mktemp("seeded")
    return cache(lambda every: seed(folder / f"world-{every}.sqlite3", every))


def seed(path: Path, every: int) -> Path:
    """Write a practice world and return its path."""
    world, now = World(path), datetime.now(UTC)
    for one, templates in ((CANDIL, practice_words.BAKERY), (LADERA, practice_words.BANK)):
        made = practice_words.posts_of(templates)[::every]
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
    return path


@pytest.fixture
def every() -> int:
    """A short history for most tests; a module that needs all of it says 1."""
    return 3


@pytest.fixture
def workplace(empty: None, tmp_path: Path, seeded: Callable[[int], Path], every: int) -> Workplace:
    """The cast's two brands, connected, with fourteen days of history."""
    path = str(shutil.copy(seeded(every), tmp_path / "world.sqlite3"))
    views = [joined(path, one) for one in (CANDIL, LADERA)]
    return Workplace(World(path), brands.account(views[0]), brands.account(views[1]))


def joined(path: str, one: Account) -> str:
    """Connect an account of the cast and return its id."""
    brand = Brand(one.brand.id, one.brand.name, one.brand.colour, "UTC")
    view = connect.network_account(
        "ana",
        "memory",
        server=path,
        handle=one.handle,
        password="",
        brand=brand,
        marks=one.marks,
    )
    return view.account.id
