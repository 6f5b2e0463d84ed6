"""A desk in a process of its own, warm, with an account on each class of network.

Nothing of the product is changed but two of its measures: the database's time may be moved on, as
elsewhere in the tests, and a read waits half a second for an answer instead of ten.
"""

import json
import os
from dataclasses import dataclass, field
from datetime import timedelta
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from amends.answer.statement import content_hash
from amends.flows import clock, connect, ids
from amends.networks.transport import door
from amends.store import brands, outgoings, workspaces
from amends.store.models import OutgoingRow
from amends.store.turns import turn
from amends.vocabulary.brand import Account, Brand
from amends.vocabulary.language import Language
from amends.vocabulary.outgoing import Outgoing, OutgoingKind, OutgoingState
from tests.crash.cells import CLASSES
from tests.fault.clock import SharedClock

READ_S = 1.0  # how long an answer is waited for, so that a hanging network costs little
S = OutgoingState


@dataclass
class Network:
    """The fault network, in a process of its own, by its control addresses."""

    urls: dict[str, str]

    def ask(self, name: str, **given: Any) -> Any:
        """Return what one of the world's methods answers."""
        place = urlsplit(next(iter(self.urls.values()))).netloc
        door = HTTPConnection(place, timeout=20)  # a new one each time: none crosses a fork
        try:
            door.request("POST", f"/_control/{name}", json.dumps(given))
            answer = door.getresponse()
            found = json.loads(answer.read())
        finally:
            door.close()
        if answer.status != 200:
            raise ValueError(found["error"])
        return found["result"]


@dataclass
class Desk:
    """One store, three accounts."""

    network: Network
    clock: SharedClock
    accounts: dict[str, Account] = field(default_factory=dict)
    runs: int = 0

    def open(self) -> None:
        """Set the store up and connect the accounts."""
        true = workspaces.database_time
        workspaces.database_time = lambda: true() + timedelta(seconds=self.clock.offset())
        door.READ_S = READ_S
        settings.REACH = frozenset(url.split("//", 1)[1] for url in self.network.urls.values())
        call_command("migrate", verbosity=0, interactive=False)
        workspaces.ensure()
        for repeat, dialect in CLASSES.items():
            self.accounts[repeat] = self._connected(repeat, dialect)
        self.close()

    def _connected(self, repeat: str, dialect: str) -> Account:
        who = self.network.ask("account", dialect=dialect)
        network = "bluesky" if dialect == "bluesky" else "mastodon"
        secret = who["password"] if network == "bluesky" else who["access"]
        view = connect.network_account(
            "ana",
            network,
            server=self.network.urls[dialect],
            handle=who["handle"],
            password=secret,
            brand=Brand(f"brand-{repeat}", repeat.title(), "#1f4f82"),
        )
        return view.account

    def close(self) -> None:
        """Let go of what must not cross a fork."""
        connections.close_all()

    def approve(self, repeat: str, *, target: str = "") -> Outgoing:
        """Approve a text that is due now, or the removal of a post."""
        self.runs += 1
        account, now = self.accounts[repeat], clock.now()
        text = f"Run {self.runs} of {os.getpid()}: our branch opens at nine."
        kind = OutgoingKind.REMOVAL if target else OutgoingKind.POST
        hashed = content_hash(account.id, text, Language.EN, target)
        one = Outgoing(
            id=ids.new("outgoing"),
            kind=kind,
            account_id=account.id,
            text=text,
            language="en",
            target=target,
            content_hash=hashed,
            approved_hash=hashed,
            approved_by="ana",
            approved_at=now,
            due_at=now,
            lateness_s=900,
        )
        with turn():
            outgoings.add(one, at=now)
        return one

    def reconnect(self, repeat: str) -> None:
        """Let a person connect an account again that its network no longer took."""
        account_id = self.accounts[repeat].id
        if not brands.connection(account_id).connected:
            self.network.ask("restore", dialect=CLASSES[repeat])
            with turn():
                brands.set_connected(account_id, connected=True)

    def forget(self, repeat: str) -> None:
        """Let what the network asked for end with its run, a token that it ended too."""
        self.network.ask("restore", dialect=CLASSES[repeat])
        self.reconnect(repeat)
        rows = OutgoingRow.objects.filter(account_id=self.accounts[repeat].id)
        rows.exclude(state__in=[S.CONFIRMED.value, S.CANCELLED.value]).filter(
            next_at__isnull=False
        ).update(next_at=None)
