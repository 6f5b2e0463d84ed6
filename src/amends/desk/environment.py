"""What the environment sets, read once; each name also works as NAME_FILE.

A bad or missing value stops the start with one line that says what to set.
"""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from amends.vocabulary.errors import BadInput

SETTINGS = {
    "AMENDS_DATA": "Folder of the embedded store and of the keys; default ~/.local/share/amends.",
    "AMENDS_SECRET_KEY": "Signs sessions; made at the first start and kept in the data folder.",
    "AMENDS_ROOT_KEY": "Encrypts network tokens (32 bytes, base64url); made at the first start.",
    "AMENDS_HOSTS": "Host names the desk answers to, by comma; default localhost,127.0.0.1,[::1].",
    "AMENDS_HTTPS": "1 when a proxy serves the desk over HTTPS; default 0.",
    "AMENDS_REACH": "host:port pairs, by comma, that networks may be reached at over plain http.",
    "AMENDS_CLOCK_MOVES": "1 lets the desk's clock be moved outside practice; for tests only.",
    "AMENDS_UNSENT_LIMIT": "Seconds a due text may wait before /healthz says 503; default 300.",
    "DATABASE_URL": "postgres://user:password@host:port/name; default the embedded SQLite.",
}


def value(name: str, default: str = "") -> str:
    """Return what NAME or the file at NAME_FILE says, else the default.

    Raises:
        BadInput: NAME_FILE is set and cannot be read.
    """
    if name in os.environ:
        return os.environ[name]
    path = os.environ.get(f"{name}_FILE")
    if path is None:
        return default
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise BadInput(f"Cannot read {path}, named by {name}_FILE: {error.strerror}.") from error


def data_folder() -> Path:
    """Return the data folder, made if it was missing, private to its owner.

    Raises:
        BadInput: the folder cannot be made or written.
    """
    home = os.environ.get("XDG_DATA_HOME") or str(Path("~/.local/share").expanduser())
    folder = Path(value("AMENDS_DATA", f"{home}/amends")).expanduser().resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe = folder / ".can-write"
        probe.write_text("", encoding="utf-8")
        probe.unlink()
    except OSError as error:
        raise BadInput(
            f"Cannot write to the data folder {folder} ({error.strerror}): "
            "free some space or choose another with --data or AMENDS_DATA."
        ) from error
    return folder


def kept_secret(name: str, file_name: str, folder: Path) -> str:
    """Return the secret that the environment gives, else the one kept in the data folder."""
    given = value(name)
    if given:
        return given
    path = folder / file_name
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(32), encoding="utf-8")
    return path.read_text(encoding="utf-8").strip()


def hosts() -> list[str]:
    """Return the host names the desk answers to."""
    named = value("AMENDS_HOSTS", "localhost,127.0.0.1,[::1]")
    return [host.strip() for host in named.split(",") if host.strip()]


def is_on(name: str) -> bool:
    """Return whether a yes-or-no setting is on.

    Raises:
        BadInput: the value is neither 0 nor 1.
    """
    given = value(name, "0")
    if given not in {"0", "1"}:
        raise BadInput(f"{name} is {given!r}: set it to 0 or 1.")
    return given == "1"


def whole(name: str, default: int, least: int = 1) -> int:
    """Return a whole number.

    Raises:
        BadInput: the value is none, or too small.
    """
    given = value(name, str(default))
    if not given.isdecimal() or int(given) < least:
        raise BadInput(f"{name} is {given!r}: set it to a whole number, at least {least}.")
    return int(given)


def database(folder: Path) -> dict[str, object]:
    """Return Django's settings for the database that the environment names.

    Raises:
        BadInput: DATABASE_URL is no PostgreSQL address.
    """
    url = value("DATABASE_URL")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": folder / "amends.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise BadInput("DATABASE_URL must look like postgres://user:password@host:port/name.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.strip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
    }
