"""Practice: two invented brands on the memory network, an audience, and time to move on.

Nothing here reaches the outside: the brands live on the memory network, and an account of it
can never become another network's.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from amends.flows import clock, connect, ids, mention, publish, quiet, watching
from amends.flows import draft as drafts
from amends.flows import practice_words as words
from amends.flows.patience import Worker
from amends.networks.memory import World
from amends.store import brands, outgoings, posts, records, workspaces
from amends.store.turns import turn
from amends.vocabulary.brand import Brand, Marks
from amends.vocabulary.errors import BadInput, Refusal
from amends.vocabulary.record import Verb

DAYS = 14
STEP = timedelta(minutes=5)
PACE = timedelta(minutes=3)
MOST_STEPS = 500

CANDIL = ("Candil", "#b4552d", "candil.practice", words.BAKERY, "— your bakers")
LADERA = ("Ladera", "#2f5d62", "ladera.practice", words.BANK, "Ladera customer care")


def is_practice() -> bool:
    """Return whether the workspace practises."""
    return workspaces.is_practice()


def start(by: str) -> None:
    """Set up the two practice brands with their history, and a draft in the wrong place.

    Raises:
        Refusal: real accounts are connected.
    """
    if brands.has_real_accounts():
        raise Refusal(_("Real accounts are connected here: practise in a desk of its own."))
    if workspaces.is_practice():
        return
    path = str(settings.DATA / f"{ids.new('practice')}.sqlite3")
    workspaces.set_practice(practice=True)
    _seed_world(path, clock.now())
    accounts = [_connect(by, path, one) for one in (CANDIL, LADERA)]
    drafts.save(by, accounts[1], words.JOKE)


def _connect(by: str, path: str, one: tuple[str, str, str, object, str]) -> str:
    name, colour, handle, _templates, signature = one
    marks = Marks(
        domains=frozenset({f"{name.casefold()}.example"}), signatures=frozenset({signature})
    )
    brand = Brand(ids.new("brand"), name, colour, "UTC")
    view = connect.network_account(
        by, "memory", server=path, handle=handle, password="", brand=brand, marks=marks
    )
    return view.account.id


def _seed_world(path: str, now: datetime) -> None:
    """Give both brands fourteen days of posts, and people who answer some of them."""
    world = World(path)
    for number, (name, _colour, handle, templates, _signature) in enumerate((CANDIL, LADERA)):
        world.seed([(handle, name)])
        made = words.posts_of(templates)
        gap = timedelta(days=DAYS) / len(made)
        for place, text in enumerate(made):
            at = now - timedelta(days=DAYS) + gap * place + timedelta(minutes=7 * number)
            address = world.post_as(handle, text, at)
            _answer(world, address, place, at)


def _answer(world: World, address: str, place: int, at: datetime) -> None:
    """Let somebody answer every third post kindly, and a few with reproach."""
    if place % 3 == 0:
        text = words.HISTORY_FRIENDLY[place // 3 % len(words.HISTORY_FRIENDLY)]
        world.say(f"neighbour{place % 11}.practice", text, address, at + timedelta(minutes=20))
    if place % 17 == 8:
        text = words.HISTORY_REPROACH[place // 17 % len(words.HISTORY_REPROACH)]
        world.say(f"client{place % 7}.practice", text, address, at + timedelta(minutes=50))


def world_of(account_id: str) -> World:
    """Return the practice world of an account.

    Raises:
        Refusal: the account is not for practice.
    """
    found = brands.connection(account_id)
    if found.network != "memory":
        raise Refusal(_("Only practice brands have a practice audience."))
    return World(found.server)


def audience_reproaches(by: str, post_id: str) -> int:
    """Let the practice audience answer a post, kindly and then with reproach; return how many.

    They speak one after another over the next minutes of the desk's time, which moves on.

    Raises:
        Refusal: the post is not for practice.
        BadInput: there is no such post.
    """
    post = posts.post(post_id)
    world = world_of(post.account.id)
    said = 0
    for place, text in enumerate((*words.FRIENDS, *words.REPROACHES)):
        kind = "friend" if place < len(words.FRIENDS) else "client"
        world.say(f"{kind}{place}.practice", text, post.network_id, clock.now())
        said += 1
        if place >= len(words.FRIENDS):
            mention.take_in(post.account.id)
            move_time_on(by, PACE)
    mention.take_in(post.account.id)
    return said


def move_time_on(by: str, delta: timedelta) -> None:
    """Move the desk's clock on, and carry out on the way what falls due.

    Raises:
        Refusal: this desk runs on real time.
        BadInput: time only moves forward, and by at most a month.
    """
    if not timedelta(0) < delta <= timedelta(days=31):
        raise BadInput(_("Time moves forward only, by at most a month."))
    clock.refuse_real_time()
    until = clock.now() + delta
    for _step in range(MOST_STEPS):
        _catch_up()
        due_at = outgoings.next_due(clock.now(), until)
        if due_at is None:
            break
        _move_to(due_at)
    _move_to(until)
    _catch_up()
    with turn():
        watching.tick_all(clock.now())
        records.enter(Verb.TIME_MOVED, "workspace:1", by=by, at=clock.now())
    quiet.check_all()


def _move_to(at: datetime) -> None:
    forward = max(at - clock.now(), timedelta(0))
    clock.set_offset(clock.offset() + forward)


def _catch_up() -> None:
    """Send what is due now, so that moving on never makes it late."""
    for _step in range(MOST_STEPS):
        if not (publish.miss_late() or publish.send_next(Worker("time-moved"))):
            return
