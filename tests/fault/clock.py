"""The fault network's time: real time, or real time moved ahead by whoever wants to wait.

A test leaps over a lease, a read lag or a rate limit by moving the clock, never by sleeping.
"""

import fcntl
import mmap
import struct
import time
from pathlib import Path
from typing import Protocol

_OFFSET = struct.Struct("<d")


class Clock(Protocol):
    """Seconds since 1970, UTC."""

    def now(self) -> float:
        """Return the time."""

    def offset(self) -> float:
        """Return how far the time is ahead of real time, in seconds."""


class RealClock:
    """Real time; it cannot be moved."""

    def now(self) -> float:
        """Return the time."""
        return time.time()

    def offset(self) -> float:
        """Return 0."""
        return 0.0


class SharedClock:
    """Real time plus an offset that all processes with the same file share.

    The file holds one float64. Without a file the offset is shared with forked children only.
    """

    def __init__(self, path: str | Path | None = None) -> None:
        self.path = None if path is None else Path(path)
        if self.path is None:
            self._map = mmap.mmap(-1, _OFFSET.size)
            return
        with self.path.open("a+b") as file:
            if file.seek(0, 2) < _OFFSET.size:
                file.truncate(_OFFSET.size)
            self._map = mmap.mmap(file.fileno(), _OFFSET.size)

    def now(self) -> float:
        """Return the time."""
        return time.time() + self.offset()

    def offset(self) -> float:
        """Return how far the time is ahead of real time, in seconds."""
        return float(_OFFSET.unpack_from(self._map)[0])

    def advance(self, seconds: float) -> float:
        """Move the time for everybody; return the new offset."""
        if self.path is None:
            return self._moved(seconds)
        with self.path.open("rb") as file:  # of two processes at once, both moves count
            fcntl.flock(file, fcntl.LOCK_EX)
            return self._moved(seconds)

    def reset(self) -> None:
        """Go back to real time."""
        _OFFSET.pack_into(self._map, 0, 0.0)

    def _moved(self, seconds: float) -> float:
        after = self.offset() + seconds
        _OFFSET.pack_into(self._map, 0, after)
        return after
