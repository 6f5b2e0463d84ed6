"""Copies of the embedded store: made while it is in use, proven whole, and put in its place.

A copy is an SQLite file that ends in two lines: what it is, in JSON, and the SHA-256 of all
before it. So one changed byte is found, and no other file is taken for a copy. The root key is
in no row, and so in no copy; who was signed in is left out.
"""

import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from amends import ledger
from amends.vocabulary.errors import BadInput

NAME = "amends.sqlite3"
BESIDE = ("-wal", "-shm", "-journal")  # what SQLite keeps next to a store in use
TAIL = 65  # the sum in hex and its line end
LONGEST_ABOUT = 65_536
CHUNK = 1 << 20
WAIT_S = 20


@dataclass(frozen=True)
class About:
    """What a copy says of itself."""

    at: str  # real time, ISO; nothing in it is newer
    lines: int  # of the record
    root: str
    sound: bool  # whether the record added up when the copy was made
    generation: int
    schema: tuple[str, ...]  # migrations of our own, by name

    @property
    def time(self) -> datetime:
        """When it was made, aware, UTC."""
        return datetime.fromisoformat(self.at)


# ---- making ----


def make(store: Path, to: Path, *, replace: bool) -> tuple[About, int]:
    """Copy the store while others use it; return what the copy is, and its bytes.

    Raises:
        BadInput: there is no store, the place is taken or cannot be written, or the copy broke.
    """
    if not store.exists():
        raise BadInput(f"There is no store in {store.parent}: choose another with --data.")
    if to.is_dir() or (to.exists() and not replace):
        raise BadInput(f"{to} is there already: choose another name, or say --replace.")
    with _saying(to), _half(to) as half:
        about = _copy(store, half)
        _seal(half, about)
        _put(half, to, replace=replace)
        return about, to.stat().st_size


@contextlib.contextmanager
def _saying(place: Path) -> Iterator[None]:
    """Turn what the disk and the database say into one sentence."""
    try:
        yield
    except OSError as error:
        raise BadInput(f"{place} cannot be used: {error.strerror or error}.") from error
    except sqlite3.Error as error:
        raise BadInput(f"The store could not be copied to {place}: {error}.") from error


@contextlib.contextmanager
def _half(to: Path) -> Iterator[Path]:
    """Lend a private file in the same folder; what is left of it goes away."""
    handle, name = tempfile.mkstemp(prefix=f".{to.name}.", suffix=".part", dir=to.parent)
    os.close(handle)
    half = Path(name)
    try:
        yield half
    finally:
        for one in (half, *(Path(f"{half}{end}") for end in BESIDE)):
            one.unlink(missing_ok=True)


def opened(path: Path, mode: str = "rw") -> "contextlib.closing[sqlite3.Connection]":
    """Return a connection for a `with`; it never makes a file."""
    address = f"{path.resolve().as_uri()}?mode={mode}"
    db = sqlite3.connect(address, uri=True, timeout=WAIT_S, isolation_level=None)
    return contextlib.closing(db)


def _copy(store: Path, half: Path) -> About:
    with opened(store) as db:
        # Before the copy begins: what leaves meanwhile is then searched for after a restore.
        at = str(db.execute("SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')").fetchone()[0])
        db.execute("VACUUM INTO ?", (str(half),))  # one moment of the store; nobody waits for it
    with opened(half) as db:
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute("PRAGMA secure_delete = ON")
        if _has(db, "django_session"):
            db.execute("DELETE FROM django_session")
        _refuse_broken(db, store)
        return _about(db, f"{at}+00:00")


def _has(db: sqlite3.Connection, table: str) -> bool:
    rows = db.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,))
    return rows.fetchone() is not None


def _refuse_broken(db: sqlite3.Connection, path: Path) -> None:
    found = db.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise BadInput(f"{path} is damaged ({found}): nothing was changed.")


def _about(db: sqlite3.Connection, at: str) -> About:
    if not _has(db, "store_headrow"):
        raise BadInput("The store is not set up yet: start `amends up` once, then try again.")
    head = db.execute("SELECT size, frontier FROM store_headrow").fetchone() or (0, "[]")
    frontier = ledger.Frontier(head[0], tuple(map(bytes.fromhex, json.loads(head[1]))))
    schema = db.execute("SELECT name FROM django_migrations WHERE app = 'store' ORDER BY id")
    known = db.execute(
        "SELECT 1 FROM pragma_table_info('store_workspacerow') WHERE name = ?", ("generation",)
    ).fetchone()
    row = db.execute("SELECT generation FROM store_workspacerow").fetchone() if known else None
    return About(
        at=at,
        lines=head[0],
        root=ledger.root(frontier).hex(),
        sound=ledger.verify(_record(db, frontier, at)).ok,
        generation=row[0] if row else 1,
        schema=tuple(name for (name,) in schema),
    )


def _record(db: sqlite3.Connection, frontier: ledger.Frontier, at: str) -> Iterator[str]:
    rows = db.execute(
        "SELECT line FROM store_entryrow WHERE seq < ? ORDER BY seq", (frontier.size,)
    )
    yield from (line for (line,) in rows)
    last = db.execute("SELECT at FROM store_headrow").fetchone()
    ended = datetime.fromisoformat(last[0] if last and last[0] else at)
    yield ledger.head_line(frontier, ended.replace(tzinfo=ended.tzinfo or UTC))


def _seal(half: Path, about: About) -> None:
    said = {"amends": "backup", **asdict(about)}
    with half.open("ab") as file:
        file.write(f"\n{json.dumps(said)}\n".encode())
    with half.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    with half.open("ab") as file:
        file.write(f"{digest}\n".encode())
        file.flush()
        os.fsync(file.fileno())


def _put(half: Path, to: Path, *, replace: bool) -> None:
    if replace or not _linked(half, to):
        half.replace(to)
    flush_folder(to.parent)


def _linked(path: Path, to: Path) -> bool:
    """Give the file a second name; False where the disk knows only one (a memory stick).

    Raises:
        FileExistsError: another program was faster.
    """
    try:
        os.link(path, to)
    except FileExistsError:
        raise
    except OSError:
        return False
    return True


def flush_folder(folder: Path) -> None:
    """Make sure that the names in the folder outlive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


# ---- reading ----


@contextlib.contextmanager
def unpacked(file: Path, folder: Path) -> Iterator[tuple[Path, About]]:
    """Lend the store that a copy holds, as a file in the folder, and what the copy says.

    Raises:
        BadInput: it is no copy of ours, or damaged.
    """
    with _saying(file), file.open("rb") as copy:
        about, length = _read_about(file, copy)
        with _half(folder / NAME) as half:
            _unpack(file, copy, half, length)
            with opened(half) as db:
                _refuse_broken(db, file)
                if about.sound and _about(db, about.at) != about:
                    raise BadInput(f"{file} does not hold what it says: nothing was changed.")
            yield half, about


def _read_about(file: Path, copy: IO[bytes]) -> tuple[About, int]:
    """Return what the copy says, and how many bytes before it are the store's."""
    whole = copy.seek(0, os.SEEK_END)
    begin = max(whole - LONGEST_ABOUT, 0)
    copy.seek(begin)
    end = copy.read()[:-TAIL]
    place = end.rfind(b'\n{"amends": "backup"')
    copy.seek(0)
    if not copy.read(16).startswith(b"SQLite format 3") or place < 0:
        raise BadInput(
            f"{file} is not a backup made by `amends backup`, or its end is missing: "
            "nothing was changed."
        )
    try:
        said = json.loads(end[place:])
        said["schema"] = tuple(said["schema"])
        del said["amends"]
        return About(**said), begin + place
    except (ValueError, KeyError, TypeError) as error:
        raise BadInput(f"{file} is damaged at its end: nothing was changed.") from error


def _unpack(file: Path, copy: IO[bytes], half: Path, length: int) -> None:
    copy.seek(0)
    digest, left = hashlib.sha256(), length
    with half.open("wb") as out:
        while left and (part := copy.read(min(CHUNK, left))):
            digest.update(part)
            out.write(part)
            left -= len(part)
    rest = copy.read()
    digest.update(rest[:-TAIL])
    if f"{digest.hexdigest()}\n".encode() != rest[-TAIL:]:
        raise BadInput(f"{file} is damaged, its sum does not fit: nothing was changed.")


def put_in_place(half: Path, store: Path, aside: Path) -> bool:
    """Let the prepared file be the store; keep the former one aside, False where there is none.

    The former store keeps its place until the new one takes it, in one step.
    """
    with _saying(store):
        with half.open("rb+") as file:
            os.fsync(file.fileno())
        had = store.exists()
        if had:
            _settle(store, aside)
            if not _linked(store, aside):
                shutil.copy2(store, aside)
        half.replace(store)
        flush_folder(store.parent)
        return had


def _settle(store: Path, aside: Path) -> None:
    """Write what waits beside a store into it; where it is too broken for that, move it aside."""
    try:
        with opened(store) as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            db.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error:
        pass  # damaged: that is why it is replaced
    for end in BESIDE:
        beside = Path(f"{store}{end}")
        if beside.exists():
            beside.replace(f"{aside}{end}")
