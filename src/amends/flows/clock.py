"""The one seam of time: the database's time, plus an offset that only practice may set.

Leases and waits on networks stand on `real()`. What people see and plan stands on `now()`.
What goes out to a network uses `real()`, never the offset.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from amends.store import workspaces
from amends.vocabulary.errors import Refusal


def real() -> datetime:
    """Return the database's time, aware, UTC."""
    return workspaces.database_time()


def offset() -> timedelta:
    """Return how far the workspace's clock was moved on."""
    return workspaces.offset()


def now() -> datetime:
    """Return the workspace's time, aware, UTC."""
    return real() + offset()


def may_move() -> bool:
    """Return whether the clock may be moved: in practice, or where tests say so."""
    return workspaces.is_practice() or bool(settings.CLOCK_MOVES)


def set_offset(to: timedelta) -> None:
    """Move the workspace's clock.

    Raises:
        Refusal: this workspace runs on real time.
    """
    refuse_real_time()
    workspaces.set_offset(to)


def refuse_real_time() -> None:
    """Refuse where the clock may not be moved.

    Raises:
        Refusal: this workspace runs on real time.
    """
    if not may_move():
        raise Refusal(_("Time can only be moved on while practising."))
