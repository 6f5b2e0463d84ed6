"""What `up`, `serve` and `work` share: the store made ready, the door, the pages."""

import socket
from types import FrameType

import uvicorn

from amends.desk import environment
from amends.vocabulary.errors import BadInput

STOP_S = 2  # open event streams would hold the stop up
SENDING_S = 40  # a send that is under way has at most 30


def listening_socket(host: str, port: int) -> socket.socket:
    """Return a socket that listens there.

    Raises:
        BadInput: the port is taken, or may not be used.
    """
    door = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((host, port))
        door.listen()
    except (OSError, OverflowError) as error:
        door.close()
        raise BadInput(
            f"Port {port} on {host} cannot be used ({_reason(error)}): "
            "choose another with --port, or stop what runs there."
        ) from error
    return door


def _reason(error: Exception) -> str:
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error)


def prepare() -> None:
    """Set Django and the tables up for work; only on the embedded store are we alone.

    Raises:
        BadInput: the store cannot be read or written, is newer, or needs another key.
    """
    import django
    from django.db import Error as DatabaseError

    django.setup()
    is_server = bool(environment.value("DATABASE_URL"))
    try:
        _prepare(is_server=is_server)
    except DatabaseError as error:
        cause = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise BadInput(_server_words(cause) if is_server else _store_words(cause)) from error


def _prepare(*, is_server: bool) -> None:
    from django.conf import settings

    from amends.flows import due, restore, vault
    from amends.store import schema, workspaces

    schema.migrate()
    workspaces.ensure()
    if is_server and not vault.is_known_key():
        raise BadInput(vault.ANOTHER_KEY)  # a worker with it would disconnect every account
    vault.take_key()
    restore.notice_older(settings.DATA)
    if not is_server:  # elsewhere others are at work: their leases end by themselves
        due.take_over()
    due.plan_all()


def _store_words(cause: str) -> str:
    if "malformed" in cause or "not a database" in cause:
        return (
            "amends.sqlite3 in the data folder is damaged: put a backup back with "
            "`amends restore FILE`, or choose --data."
        )
    return f"The store cannot be opened ({cause}): check the folder's space and rights."


def _server_words(cause: str) -> str:
    return f"The database at DATABASE_URL cannot be used ({cause}): see that it runs, then retry."


def need_server(command: str) -> None:
    """Refuse where the store is the embedded one, on which one process works alone.

    Raises:
        BadInput: DATABASE_URL is not set.
    """
    if not environment.value("DATABASE_URL"):
        raise BadInput(
            f"`amends {command}` needs PostgreSQL: set DATABASE_URL, or use `amends up`, which "
            "does everything in one process on the embedded store."
        )


class Server(uvicorn.Server):
    """The server, which lets open event streams end by themselves before it stops."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Close the streams, then stop as uvicorn does."""
        from amends.desk import live

        live.close()
        super().handle_exit(sig, frame)


def serve(door: socket.socket) -> None:
    """Serve the pages on the socket until told to stop."""
    config = uvicorn.Config(
        "amends.desk.asgi:application",
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=STOP_S,
        lifespan="off",
    )
    Server(config).run(sockets=[door])
