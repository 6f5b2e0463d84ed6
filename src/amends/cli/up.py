"""`amends up`: everything in one process on the embedded store."""

import argparse
import os
import socket
import sys
import threading
from pathlib import Path
from types import FrameType

import uvicorn

from amends.cli.with_store import REFUSED, alone
from amends.desk import environment
from amends.vocabulary.errors import AmendsError, BadInput

HELP = "everything in one process: pages, workers and listeners, on the embedded store"
STOP_S = 2  # open event streams would hold the stop up


def main(argv: list[str]) -> int:
    """Run the desk until it is told to stop."""
    parser = argparse.ArgumentParser(prog="amends up", description=HELP)
    parser.add_argument("--port", type=int, default=8420, help="where the pages are; default 8420")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--data", type=Path, help="folder of the store; default AMENDS_DATA")
    wanted = parser.parse_args(argv)
    if wanted.data is not None:
        os.environ["AMENDS_DATA"] = str(wanted.data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amends.desk.settings")
    try:
        return _run(wanted.host, wanted.port)
    except AmendsError as problem:
        print(f"amends up: {problem}", file=sys.stderr)
        return REFUSED


def _run(host: str, port: int) -> int:
    folder = environment.data_folder()
    door = listening_socket(host, port)
    with alone(folder):
        prepare()
        stop = threading.Event()
        threads = start_work(stop)
        print(
            f"Amends is at http://{host}:{port}/  (data in {folder}; stop with Ctrl-C)", flush=True
        )
        try:
            serve(door)
        finally:
            stop.set()
            for thread in threads:
                thread.join(timeout=STOP_S)
    return 0


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
    """Set Django and the tables up, and take over what a former process left claimed.

    Raises:
        BadInput: the store cannot be read or written.
    """
    import django
    from django.db import DatabaseError

    django.setup()
    from django.conf import settings

    from amends.flows import due, restore, vault
    from amends.store import schema, workspaces

    try:
        schema.migrate()
        workspaces.ensure()
        vault.take_key()
        restore.notice_older(settings.DATA)
        if not environment.value("DATABASE_URL"):  # elsewhere other workers may be at work
            due.take_over()
        due.plan_all()
    except DatabaseError as error:
        raise BadInput(_store_words(str(error).strip())) from error


def _store_words(cause: str) -> str:
    if "malformed" in cause or "not a database" in cause:
        return (
            "amends.sqlite3 in the data folder is damaged: restore a copy of it, or choose --data."
        )
    return f"The store cannot be opened ({cause}): check the folder's space and rights."


def start_work(stop: threading.Event) -> tuple[threading.Thread, ...]:
    """Start the sender and the listener."""
    from amends.flows import due

    return due.start(f"up-{os.getpid()}", stop)


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
