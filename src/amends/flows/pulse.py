"""What a worker's loop does between two steps: it shows that it lives, and refuses newer tables.

It also keeps how far the store has come in a file outside of it, so that an older store put
back by hand is noticed; see `flows/restore.py`.
"""

import logging
import time
from pathlib import Path

from django.conf import settings

from amends.flows import clock, restore
from amends.store import schema, workers
from amends.vocabulary.errors import BadInput

LOG = logging.getLogger("amends.due")
BEAT_S = 5.0
KEEP_S = 1.0  # at most once so often, while something is sent
KEEP_ANYWAY_S = 60.0


class Pulse:
    """The pulse of one loop."""

    def __init__(self, name: str, kind: str, folder: Path | None = None) -> None:
        self._name, self._kind = name, kind
        self._folder: Path = folder or settings.DATA
        self._beaten = self._kept = float("-inf")  # monotonic
        self._dirty = True
        self._told = False
        self._newest: tuple[int, int] = (0, 0)

    def before(self) -> bool:
        """Show that the loop lives; False while it must not touch the store."""
        if not self._may_work():
            return False
        self._notice_older()
        if time.monotonic() - self._beaten >= BEAT_S:
            workers.beat(self._name, self._kind, clock.real())
            self._beaten = time.monotonic()
        return True

    def _may_work(self) -> bool:
        """Return whether this program knows the store's tables; say once where it does not."""
        try:
            schema.refuse_newer(schema.applied_here())
        except BadInput as problem:
            if not self._told:
                LOG.warning("%s Until then this worker takes up nothing.", problem)
            self._told = True
            return False
        self._told = False
        return True

    def _notice_older(self) -> None:
        """A server's store can be put back while we work: from then on nothing may leave."""
        come = restore.how_far()
        if come < self._newest:
            restore.notice_older(self._folder)
            come = restore.how_far()
        self._newest = come

    def after(self, *, busy: bool) -> None:
        """Keep how far the store has come, when something was done or a minute has passed."""
        self._dirty = self._dirty or busy
        since = time.monotonic() - self._kept
        if since < (KEEP_S if self._dirty else KEEP_ANYWAY_S):
            return
        self._kept, self._dirty = time.monotonic(), False
        try:
            restore.keep_newest(self._folder, restore.now_newest())
        except OSError as error:
            LOG.warning("%s could not be written: %s", restore.FILE, error.strerror)

    def end(self) -> None:
        """Say that the loop has ended."""
        workers.leave(self._name)
