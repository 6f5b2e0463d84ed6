"""A restore is a fault: what may have left since the copy was made does not leave again.

The copy knows nothing of what was sent after it. So every text that has not come to an end
becomes `UNKNOWN` at once, everything is held, and `flows/reconcile.py` looks for each. The
record's newest line is kept in a small file beside the store as well, so that an older store
that somebody put back by hand is noticed at the next start.
"""

import contextlib
import json
import logging
import os
import threading
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from django.utils.translation import gettext as _

from amends.flows import clock, hold, reconcile, sightings
from amends.store import brands, dues, incidents, outgoings, records, unsure, workspaces
from amends.store.turns import turn
from amends.vocabulary.outgoing import Outgoing, OutgoingState
from amends.vocabulary.record import Verb

LOG = logging.getLogger("amends.restore")
S = OutgoingState
FORGOTTEN = timedelta(days=30)  # how far back where nobody knows when the copy was made
FILE = "newest.json"
_keeping = threading.Lock()
TIME = "%Y-%m-%d %H:%M UTC"


def restored(by: str, since: datetime | None, words: str, generation: int) -> int:
    """Make everything unsure that may have left since the copy, and hold everything.

    Args:
        by: Who restored, "" for the worker that noticed it.
        since: Real time at which the copy was made; None where nobody knows.
        words: One sentence for the banner and for each text.
        generation: What this store's life is counted as from now on.

    Returns:
        How many texts are looked for.
    """
    with turn():
        at = clock.now()
        workspaces.set_restored(generation, (since or clock.real() - FORGOTTEN) - sightings.SLACK)
        records.enter(Verb.RESTORED, "workspace:1", by=by, at=at)
        waiting = unsure.lock_open()
        for one in waiting:
            _make_unsure(one, since, words, at)
        hold.hold(by or "Amends", "everything", words)
        for account in brands.accounts():
            dues.plan(reconcile.DUE, account.id, clock.real())
    return len(waiting)


def _make_unsure(one: Outgoing, copied_at: datetime | None, words: str, at: datetime) -> None:
    begun = min(filter(None, (copied_at, one.first_left_at)), default=one.approved_at)
    since = begun - sightings.SLACK
    if one.state is S.UNKNOWN:
        outgoings.change(one, unsure_since=since, words=words, reads=0, next_at=None)
    else:
        outgoings.move(
            one,
            S.UNKNOWN,
            at=at,
            fence=one.fence + 1,  # whoever still carries it has no say any more
            lease_owner="",
            lease_until=None,
            unsure_since=since,
            words=words,
            reads=0,
            next_at=None,
        )
    if one.incident_id:
        incidents.note(one.incident_id, "unknown", words, at=at)


# ---- an older store, put back by hand ----


@dataclass(frozen=True)
class Newest:
    """How far a store had come; kept outside of it."""

    generation: int
    lines: int  # of the record
    last: str  # SHA-256 of the last line, hex
    root: str
    at: str  # real time, ISO


def now_newest() -> Newest:
    """Return how far the store has come."""
    size, root, _at = records.head()
    last = sha256(records.newest_line(size).encode()).hexdigest()
    at = clock.real().isoformat(timespec="seconds")
    return Newest(workspaces.generation(), size, last, root, at)


def how_far() -> tuple[int, int]:
    """Return the store's generation and the number of lines of its record."""
    return workspaces.generation(), records.size()


def keep_newest(folder: Path, newest: Newest) -> None:
    """Keep how far the store has come, in one step; what is kept never goes back."""
    with _keeping:  # a worker has two loops, and both keep it
        kept = kept_newest(folder)
        if kept is not None and (kept.generation, kept.lines) > (newest.generation, newest.lines):
            return
        half = folder / f".{FILE}.{os.getpid()}"
        half.write_text(f"{json.dumps(asdict(newest))}\n", encoding="utf-8")
        half.replace(folder / FILE)


def kept_newest(folder: Path) -> Newest | None:
    """Return how far the store had come, None where nobody wrote it down."""
    with contextlib.suppress(OSError, ValueError, TypeError):
        return Newest(**json.loads((folder / FILE).read_text(encoding="utf-8")))
    return None


def notice_older(folder: Path) -> int | None:
    """Treat a store that is older than its file says as restored; None where it is not.

    Call it before anything works on the store.
    """
    kept = kept_newest(folder)
    with turn():
        size, _root, ended = records.head()
        if size == 0:  # a new store in an old folder: nothing of it can have left
            (folder / FILE).unlink(missing_ok=True)
            return None
        if kept is None or not _is_older(kept):
            return None
        since = ended - clock.offset() if ended and size < kept.lines else None
        told = since.strftime(TIME) if since else _("an unknown time")
        words = _(
            "Restored: an older copy of the store was put back, its newest line is of %(time)s. "
            "Look before anything leaves."
        ) % {"time": told}
        LOG.warning("%s", words)
        return restored("", since, words, kept.generation + 1)


def _is_older(kept: Newest) -> bool:
    if workspaces.generation() != kept.generation:
        return workspaces.generation() < kept.generation
    line = records.newest_line(kept.lines)
    return kept.lines > 0 and sha256(line.encode()).hexdigest() != kept.last
