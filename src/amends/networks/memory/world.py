"""The practice world: one SQLite file with people, posts, and the faults that were asked for.

Nothing here is random and nothing reads a clock: names come from what is said, order from the
file, and a fault happens as often as it was asked for. Several processes may share the file.
Reading it opens no connection to anywhere.
"""

import contextlib
import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from amends.networks.port import NotThere
from amends.vocabulary.errors import BadInput
from amends.vocabulary.mention import MentionKind

TABLES = """
CREATE TABLE IF NOT EXISTS people (
  handle TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS posts (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, network_id TEXT NOT NULL UNIQUE, author TEXT NOT NULL,
  text TEXT NOT NULL, language TEXT NOT NULL, at TEXT NOT NULL, parent TEXT NOT NULL DEFAULT '',
  root TEXT NOT NULL DEFAULT '', quote TEXT NOT NULL DEFAULT '',
  mentions TEXT NOT NULL DEFAULT '', body_hash TEXT NOT NULL DEFAULT '',
  hidden_looks INTEGER NOT NULL DEFAULT 0, gone INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS posts_author ON posts(author);
CREATE INDEX IF NOT EXISTS posts_parent ON posts(parent);
CREATE TABLE IF NOT EXISTS pictures (sha256 TEXT PRIMARY KEY, content BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS shown (
  network_id TEXT NOT NULL, place INTEGER NOT NULL, sha256 TEXT NOT NULL, alt TEXT NOT NULL,
  PRIMARY KEY (network_id, place));
CREATE TABLE IF NOT EXISTS faults (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT NOT NULL, kind TEXT NOT NULL,
  times INTEGER NOT NULL, amount INTEGER NOT NULL);
"""


class Fault(StrEnum):
    """How the network misbehaves; each as often as asked for."""

    REFUSE_BEFORE = "refuse_before"  # no connection: nothing left
    DROP_AFTER = "drop_after"  # accepted, then the answer is lost
    TIMEOUT = "timeout"  # not accepted, and no answer
    RATE_LIMITED = "rate_limited"  # `amount` is the seconds to wait
    POLICY = "policy"
    UNAUTHORIZED = "unauthorized"
    READ_LAG = "read_lag"  # the next post hides from its author's first `amount` looks
    READ_FAILS = "read_fails"  # one read without an answer


SENDS = (
    *(Fault.REFUSE_BEFORE, Fault.DROP_AFTER, Fault.TIMEOUT),
    *(Fault.RATE_LIMITED, Fault.POLICY, Fault.UNAUTHORIZED),
)


@dataclass(frozen=True, slots=True)
class Told:
    """One post of the practice world, as everybody there sees it."""

    seq: int
    network_id: str
    author_id: str
    author_handle: str
    author_name: str
    text: str
    language: str
    at: datetime
    parent: str = ""
    root: str = ""
    quote: str = ""
    body_hash: str = ""
    pictures: tuple[tuple[str, str], ...] = ()  # (sha256, alternative text)


COLUMNS = """posts.seq, network_id, people.id, posts.author, people.name, text, language, at,
  parent, root, quote, body_hash"""
SELECT = f"SELECT {COLUMNS} FROM posts JOIN people ON people.handle = posts.author WHERE gone = 0"  # noqa: S608 - a constant


class World:
    """The practice world in one file."""

    def __init__(self, path: str | Path) -> None:
        self._path = str(path)
        with self._open() as db:
            for table in TABLES.split(";"):  # `executescript` would end our transaction
                db.execute(table)

    @contextlib.contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """Open, write all or nothing, close: no connection outlives a call or crosses a fork."""
        db = sqlite3.connect(self._path, timeout=20, isolation_level=None)
        try:
            db.execute("BEGIN IMMEDIATE")
            yield db
            db.execute("COMMIT")
        finally:
            db.close()  # without a commit, all of it is undone

    # --- people and what they say ------------------------------------------------------------

    def seed(self, people: Iterable[tuple[str, str]]) -> None:
        """Add (handle, name) of everybody; those who are there already keep their names."""
        rows = [(handle, f"memory:{_short(handle)}", name) for handle, name in people]
        with self._open() as db:
            db.executemany("INSERT OR IGNORE INTO people (handle, id, name) VALUES (?, ?, ?)", rows)

    def say(
        self,
        author_handle: str,
        text: str,
        about: str,
        at: datetime,
        kind: MentionKind = MentionKind.REPLY,
    ) -> str:
        """Let somebody answer, quote or mention; return the new post's network id.

        Args:
            author_handle: Who speaks; added where they are new.
            text: What they say.
            about: Network id of the post that it answers or quotes; for MENTION a handle or "".
            at: When they say that they wrote it.
            kind: How it points at the post.
        """
        answered = about if kind is MentionKind.REPLY else ""
        quoted = about if kind is MentionKind.QUOTE else ""
        named = about.lstrip("@") if kind is MentionKind.MENTION else ""
        with self._open() as db:
            _person(db, author_handle)
            number = db.execute("SELECT COALESCE(MAX(seq), 0) + 1 FROM posts").fetchone()[0]
            name = _short(f"{author_handle} {number} {text}")
            told = Told(
                *(number, f"memory://{author_handle}/{name}", "", author_handle, "", text, ""),
                *(at, answered, _root(db, answered), quoted),
            )
            _insert(db, told, named)
        return told.network_id

    def post_as(self, author_handle: str, text: str, at: datetime) -> str:
        """Let somebody post to nobody in particular; return the post's network id."""
        return self.say(author_handle, text, "", at, MentionKind.MENTION)

    def who(self, handle: str) -> tuple[str, str]:
        """Return (id, name) of a person.

        Raises:
            BadInput: Nobody there has this handle.
        """
        with self._open() as db:
            row = db.execute("SELECT id, name FROM people WHERE handle = ?", (handle,)).fetchone()
        if row is None:
            raise BadInput(f"Nobody in practice is called {handle}.")
        return str(row[0]), str(row[1])

    # --- what the network does ---------------------------------------------------------------

    def put(self, told: Told, *, lag: int = 0) -> Told | None:
        """Keep a post under its name; return what stands there, None where it was taken down.

        The same name never stands twice, and a taken-down post never comes back.
        """
        with self._open() as db:
            row = db.execute("SELECT 1 FROM posts WHERE network_id = ?", (told.network_id,))
            if row.fetchone() is None:  # a taken-down post still holds its name
                _person(db, told.author_handle)
                _insert(db, told, "", lag)
                for place, (sha256, alt) in enumerate(told.pictures):
                    db.execute(
                        "INSERT INTO shown VALUES (?, ?, ?, ?)",
                        (told.network_id, place, sha256, alt),
                    )
            return _one(db, told.network_id)

    def keep_picture(self, sha256: str, content: bytes) -> None:
        """Keep a picture's bytes until a post names them, and after."""
        with self._open() as db:
            db.execute("INSERT OR IGNORE INTO pictures VALUES (?, ?)", (sha256, content))

    def has_picture(self, sha256: str) -> bool:
        """Return whether the bytes of a picture are here."""
        with self._open() as db:
            row = db.execute("SELECT 1 FROM pictures WHERE sha256 = ?", (sha256,)).fetchone()
        return row is not None

    def forget_pictures(self) -> None:
        """Sweep away what was given, as real networks do with what no post names."""
        with self._open() as db:
            db.execute("DELETE FROM pictures")

    def look(self, network_id: str) -> Told | None:
        """Return a post, None where it is not there, not there any more, or still hidden."""
        with self._open() as db:
            hides = db.execute(
                "UPDATE posts SET hidden_looks = hidden_looks - 1"
                " WHERE network_id = ? AND hidden_looks > 0",
                (network_id,),
            )
            return None if hides.rowcount else _one(db, network_id)

    def take_down(self, network_id: str) -> Told | None:
        """Remove a post; return it, or None where there was none."""
        with self._open() as db:
            told = _one(db, network_id)
            db.execute("UPDATE posts SET gone = 1 WHERE network_id = ?", (network_id,))
            return told

    def heard_by(self, handle: str, after: int, limit: int) -> list[tuple[Told, MentionKind, str]]:
        """Return (post, kind, about) of what others said to or about somebody, oldest first."""
        with self._open() as db:
            rows = db.execute(
                f"{SELECT} AND posts.author <> :me AND posts.seq > :after AND hidden_looks = 0"  # noqa: S608
                " AND (parent IN (SELECT network_id FROM posts WHERE author = :me)"
                " OR root IN (SELECT network_id FROM posts WHERE author = :me)"
                " OR quote IN (SELECT network_id FROM posts WHERE author = :me)"
                " OR mentions = :me OR instr(lower(text), '@' || lower(:me)) > 0)"
                " ORDER BY posts.seq LIMIT :limit",
                {"me": handle, "after": after, "limit": limit},
            )
            return [_heard(_told(row)) for row in rows]

    def posts_of(self, handle: str, limit: int) -> tuple[Told, ...]:
        """Return somebody's own posts and replies, newest first."""
        with self._open() as db:
            rows = db.execute(
                f"{SELECT} AND posts.author = ? ORDER BY posts.seq DESC LIMIT ?", (handle, limit)
            )
            return tuple(_told(row) for row in rows)

    def replies_to(self, network_id: str, limit: int = 200) -> tuple[Told, ...]:
        """Return the answers in a post's thread, oldest first."""
        with self._open() as db:
            rows = db.execute(
                f"{SELECT} AND (parent = ? OR root = ?) ORDER BY posts.seq LIMIT ?",
                (network_id, network_id, limit),
            )
            return tuple(_told(row) for row in rows)

    def wall(self, handle: str, limit: int = 200) -> tuple[Told, ...]:
        """Return what is public about somebody: their posts and what was said to them.

        Newest first; a post that was taken down is not there.
        """
        said = [told for told, _, _ in self.heard_by(handle, 0, 10_000)]
        both = {told.seq: told for told in (*self.posts_of(handle, limit), *said)}
        return tuple(both[seq] for seq in sorted(both, reverse=True))[:limit]

    # --- misbehaving on request --------------------------------------------------------------

    def misbehave(self, account: str, fault: Fault, times: int = 1, amount: int = 60) -> None:
        """Ask for a fault on somebody's next calls."""
        with self._open() as db:
            db.execute(
                "INSERT INTO faults (account, kind, times, amount) VALUES (?, ?, ?, ?)",
                (account, fault.value, times, amount),
            )

    def behave(self, account: str) -> None:
        """Forget the faults that were asked for."""
        with self._open() as db:
            db.execute("DELETE FROM faults WHERE account = ?", (account,))

    def next_fault(self, account: str, among: Iterable[Fault]) -> tuple[Fault, int] | None:
        """Use one of the faults asked for up, oldest first; return (fault, amount)."""
        wanted = {fault.value for fault in among}
        with self._open() as db:
            rows = db.execute(
                "SELECT seq, kind, amount FROM faults WHERE account = ? AND times > 0 ORDER BY seq",
                (account,),
            ).fetchall()
            for seq, kind, amount in rows:
                if kind in wanted:
                    db.execute("UPDATE faults SET times = times - 1 WHERE seq = ?", (seq,))
                    return Fault(kind), int(amount)
        return None


def of_name(account: str, name: str) -> str:
    """Return the network id of a post of an account."""
    return f"memory://{account}/{name}"


def must(told: Told | None) -> Told:
    """Return the post.

    Raises:
        NotThere: There is none.
    """
    if told is None:
        raise NotThere("The post is no longer there.")
    return told


def _short(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:13]


def _person(db: sqlite3.Connection, handle: str) -> None:
    db.execute(
        "INSERT OR IGNORE INTO people (handle, id, name) VALUES (?, ?, ?)",
        (handle, f"memory:{_short(handle)}", handle),
    )


def _root(db: sqlite3.Connection, parent: str) -> str:
    row = db.execute("SELECT root FROM posts WHERE network_id = ?", (parent,)).fetchone()
    return (row[0] if row else "") or parent


def _insert(db: sqlite3.Connection, told: Told, named: str, lag: int = 0) -> None:
    db.execute(
        "INSERT INTO posts (network_id, author, text, language, at, parent, root, quote, mentions,"
        " body_hash, hidden_looks) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(told.network_id, told.author_handle, told.text, told.language),
            *(told.at.astimezone(UTC).isoformat(), told.parent, told.root, told.quote),
            *(named, told.body_hash, lag),
        ),
    )


def _one(db: sqlite3.Connection, network_id: str) -> Told | None:
    row = db.execute(f"{SELECT} AND network_id = ?", (network_id,)).fetchone()
    if row is None:
        return None
    shown = db.execute(
        "SELECT sha256, alt FROM shown WHERE network_id = ? ORDER BY place", (network_id,)
    ).fetchall()
    return replace(_told(row), pictures=tuple((str(sha256), str(alt)) for sha256, alt in shown))


def _told(row: tuple[object, ...]) -> Told:
    seq, *words = row
    network_id, author_id, handle, name, text, language, at, *refs = map(str, words)
    parent, root, quote, body_hash = refs
    return Told(
        *(int(str(seq)), network_id, author_id, handle, name, text, language),
        *(datetime.fromisoformat(at), parent, root, quote, body_hash),
    )


def _heard(told: Told) -> tuple[Told, MentionKind, str]:
    if told.quote:
        return told, MentionKind.QUOTE, told.quote
    if told.parent:
        return told, MentionKind.REPLY, told.parent
    return told, MentionKind.MENTION, ""
