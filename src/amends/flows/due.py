"""The due-work loop: the outbox, the listeners and the quiet checks, from rows alone.

One broken row never stops the others: its error and next time are written, with backoff.
"""

import contextlib
import logging
import os
import secrets
import socket
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import Error as DatabaseError
from django.db import InterfaceError, OperationalError, close_old_connections

from amends.flows import clock, mention, publish, quiet, reconcile
from amends.flows.patience import Worker
from amends.flows.pulse import Pulse
from amends.store import brands, dues, outgoings
from amends.store.dues import Due
from amends.store.turns import turn
from amends.vocabulary.errors import AmendsError

LOG = logging.getLogger("amends.due")
LEASE = timedelta(seconds=90)
PACE = timedelta(seconds=60)  # ordinary poll of an account
HOT_PACE = timedelta(seconds=1)
MOST_HOT = 8  # accounts polled each second; beyond that they share eight polls a second
RETRY = timedelta(seconds=30)
IDLE_S = 0.25
AWAY_S = 1.0
AWAY = (OperationalError, InterfaceError)  # the disk is full, the server gone, the folder shut
QUIET_PACE = timedelta(seconds=20)


def hot_pace(hot: int) -> timedelta:
    """Return how long a hot account waits for its next poll, with so many accounts hot.

    >>> hot_pace(8).total_seconds(), hot_pace(24).total_seconds()
    (1.0, 3.0)
    """
    return HOT_PACE * max(hot / MOST_HOT, 1.0)


def plan_all() -> None:
    """Make sure that every account is listened to; call it once at the start."""
    for one in brands.accounts():
        if one.network == brands.BY_HAND:  # nothing is heard from there
            continue
        dues.plan("listen", one.id, clock.real())
    dues.plan("quiet", "all", clock.real())


def listen_once(owner: str) -> bool:
    """Carry one due poll or check out; False when none is due."""
    with turn():
        due = dues.claim(owner, clock.real(), LEASE, ("listen", "quiet", reconcile.DUE))
    if due is None:
        return False
    try:
        _carry_out(due)
    except AmendsError as problem:
        dues.settle(due, clock.real() + RETRY, str(problem))
    except Exception as problem:  # one broken row must not stop the others; it is logged
        LOG.exception("%s %s broke", due.kind, due.key)
        dues.settle(due, clock.real() + RETRY, repr(problem))
    return True


def _carry_out(due: Due) -> None:
    if due.kind == "quiet":
        quiet.check_all()
        dues.settle(due, clock.real() + QUIET_PACE)
        return
    if due.kind == reconcile.DUE:
        dues.settle(due, reconcile.look(due.key))
        return
    if not brands.is_active(due.key):
        dues.settle(due, None)
        return
    mention.listen(due.key)
    dues.settle(due, _next_poll(due.key))


def _next_poll(account_id: str) -> datetime:
    hot = mention.hot(clock.now())
    if account_id in hot:
        return clock.real() + hot_pace(len(hot))
    return clock.real() + PACE


def send_once(owner: str) -> bool:
    """Carry the outbox one step on; False when there was nothing to do."""
    try:
        return publish.work_once(Worker(owner))
    except AWAY:
        raise  # the store's trouble, which is no text's: `run` waits
    except Exception:  # one broken row must not stop the others; it is logged
        LOG.exception("the outbox broke on one text")
        return False


def run(owner: str, kind: str, stop: threading.Event) -> None:
    """Repeat a loop's step until told to stop, resting when there is nothing to do."""
    step, pulse, away = STEPS[kind], Pulse(owner, kind), False
    while not stop.is_set():
        try:
            close_old_connections()
            busy = pulse.before() and step(owner)
            pulse.after(busy=busy)
        except DatabaseError as error:  # the disk is full or the server away: nothing is lost
            if not away:  # said once: a full disk must not be filled with it
                LOG.warning("the store does not answer, trying again and again: %s", error)
            away = True
            stop.wait(AWAY_S)
            continue
        if away:
            LOG.warning("the store answers again")
            away = False
        if not busy:
            stop.wait(IDLE_S)
    with contextlib.suppress(DatabaseError):
        pulse.end()
    close_old_connections()


STEPS: dict[str, Callable[[str], bool]] = {"sender": send_once, "listener": listen_once}


def start(owner: str, stop: threading.Event) -> tuple[threading.Thread, ...]:
    """Start the sender and the listener and return their threads."""
    threads = tuple(
        threading.Thread(
            target=run, args=(f"{owner}-{kind}", kind, stop), name=f"amends-{kind}", daemon=True
        )
        for kind in STEPS
    )
    for thread in threads:
        thread.start()
    return threads


def owner_name() -> str:
    """Return a name that no other worker has: host, process, and something made at random."""
    return f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(3)}"


def take_over() -> None:
    """Let a dead process's leases lapse at once; only where this process alone has the store."""
    with turn():
        dues.free_all()
        outgoings.drop_leases()
