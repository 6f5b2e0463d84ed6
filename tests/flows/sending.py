"""Processes of their own that share one database; run as ``python -m tests.flows.sending``.

``make PATH N`` sets up two accounts on a practice world and N posts that are due;
``work NAME`` sends until nothing is left and prints how often it sent; ``keep_on NAME LEASE_S``
works until it is killed, whatever becomes of the database.
"""

# ruff: noqa: E402 - Django is set up before anything of the store is imported

import os
import sys
import threading
import traceback
from datetime import timedelta
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.core.management import call_command
from django.db import close_old_connections

from amends.flows import clock, connect, draft, due, publish
from amends.flows.patience import Policy, Worker
from amends.networks.memory import World
from amends.store import brands, outgoings, workspaces
from amends.store.posts import KeptDraft
from amends.store.turns import turn
from amends.vocabulary.brand import Account, Brand

HANDLES = ("north.test", "south.test")


def make(path: str, n: int) -> None:
    """Set the store up with `n` posts that are due now, on two accounts in turn."""
    call_command("migrate", verbosity=0, interactive=False)
    workspaces.ensure()
    World(path).seed([(handle, handle) for handle in HANDLES])
    views = [
        connect.network_account(
            "ana",
            "memory",
            server=path,
            handle=handle,
            password="",
            brand=Brand(f"brand-{handle}", handle, "#1f4f82"),
        )
        for handle in HANDLES
    ]
    with turn():
        for number in range(n):
            _due_now(views[number % 2].account, f"Post {number}.")


def one_more(text: str) -> None:
    """Add a post that is due now."""
    with turn():
        _due_now(brands.accounts()[0], text)


def _due_now(account: Account, text: str) -> None:
    now = clock.now()
    one = KeptDraft("", account.id, text, "post", "", "", (), "", sent=False)
    outgoings.add(draft.outgoing_of("ana", one, account, "", now, now), at=now)


def work(name: str) -> int:
    """Send until nothing is waiting and return how many steps were this worker's."""
    mine = 0
    while outgoings.overdue(clock.now()) > timedelta(0):
        mine += due.send_once(name)
    return mine


def keep_on(name: str, lease_s: float) -> None:
    """Work as `amends work` does until killed, with a lease so short that a test can wait for it."""
    policy = Policy(
        lease=timedelta(seconds=lease_s),
        grace=timedelta(seconds=lease_s / 3),
        settled=timedelta(seconds=lease_s),
    )
    rest = threading.Event()
    while True:
        try:
            close_old_connections()
            busy = publish.work_once(Worker(name, policy))
        except Exception:  # noqa: BLE001 - as the loop of `flows/due.py` does; printed
            traceback.print_exc()
            busy = False
        if not busy:
            rest.wait(0.05)


if __name__ == "__main__":
    what, *rest = sys.argv[1:]
    if what == "make":
        make(str(Path(rest[0])), int(rest[1]))
    elif what == "keep_on":
        keep_on(rest[0], float(rest[1]))
    else:
        print(work(rest[0]))
