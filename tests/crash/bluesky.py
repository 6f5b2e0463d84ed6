"""Many posts to a real Bluesky server by workers that are killed at random.

``python -m tests.crash.bluesky URL HANDLE PASSWORD --posts 200 --seed 7`` prints one JSON line.
In real time: the leases are short by their Policy, nothing else is changed.
"""

import argparse
import json
import random
import sys
import time
from collections import Counter
from datetime import timedelta

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from amends.flows import connect, draft, publish, reach
from amends.flows.patience import POINTS, Policy, Worker
from amends.store import outgoings, workspaces
from amends.store.models import OutgoingRow
from amends.store.posts import KeptDraft
from amends.store.turns import turn
from amends.vocabulary.brand import Account, Brand
from amends.vocabulary.outgoing import LIVE
from tests.crash.worker import KILLED, Killer, forked

QUICK = Policy(lease=timedelta(seconds=3), grace=timedelta(seconds=0.5))
ON_THE_WAY = POINTS[: POINTS.index("looking")]  # every send comes by these
LONGEST_S = 300.0  # then something is stuck


def connected(server: str, handle: str, password: str) -> Account:
    """Set the store up and connect the account."""
    call_command("migrate", verbosity=0, interactive=False)
    workspaces.ensure()
    settings.REACH = frozenset({server.split("//", 1)[1]})
    brand = Brand("brand-ladera", "Ladera", "#2f5d62")
    view = connect.network_account(
        "ana", "bluesky", server=server, handle=handle, password=password, brand=brand
    )
    return view.account


def approve(account: Account, n: int) -> list[str]:
    """Approve so many posts that are due now; return their texts."""
    now, texts = workspaces.database_time(), [f"Branch {one} opens at nine." for one in range(n)]
    with turn():
        for text in texts:
            kept = KeptDraft("", account.id, text, "post", "", "", (), "", sent=False)
            outgoings.add(draft.outgoing_of("ana", kept, account, "", now, now), at=now)
    return texts


def work(killer: Killer) -> None:
    """Work until everything is live, or this process is killed."""
    worker = Worker("killed sometimes", QUICK, killer.at)
    end = time.monotonic() + LONGEST_S
    while waiting() and time.monotonic() < end:
        if not publish.work_once(worker):
            time.sleep(0.05)  # for a lease to lapse: nothing else is due


def waiting() -> int:
    """Return how many posts are not live yet."""
    rows = OutgoingRow.objects.exclude(state__in=[state.value for state in LIVE])
    return rows.count()


def main(words: list[str] | None = None) -> int:
    """Publish; 1 where a post is missing or stands twice."""
    asked = argparse.ArgumentParser(prog="python -m tests.crash.bluesky", description=__doc__)
    asked.add_argument("server")
    asked.add_argument("handle")
    asked.add_argument("password")
    asked.add_argument("--posts", type=int, default=200)
    asked.add_argument("--seed", type=int, default=7)
    options = asked.parse_args(words)
    account = connected(options.server, options.handle, options.password)
    texts = approve(account, options.posts)
    chance, kills = random.Random(options.seed), 0
    while waiting():
        killer = Killer(chance.choice(ON_THE_WAY), chance.randint(1, 12))
        connections.close_all()
        code = forked(lambda killer=killer: work(killer))  # type: ignore[misc]
        kills += code == KILLED
        if code not in {0, KILLED}:
            return 2
    found = Counter(post.text for post in reach.network_of(account.id).history(1_000))
    told = {
        "posts": options.posts,
        "kills": kills,
        "once": sum(found[text] == 1 for text in texts),
        "twice": sum(found[text] > 1 for text in texts),
        "missing": sum(found[text] == 0 for text in texts),
    }
    print(json.dumps(told))
    return int(told["once"] != options.posts)


if __name__ == "__main__":
    sys.exit(main())
