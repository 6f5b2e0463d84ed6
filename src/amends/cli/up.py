"""`amends up`: everything in one process on the embedded store."""

import argparse
import os
import threading
from pathlib import Path

from amends.cli.starting import STOP_S, listening_socket, prepare, serve
from amends.cli.with_store import alone, refusing
from amends.desk import environment

HELP = "everything in one process: pages, workers and listeners, on the embedded store"


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
    return refusing("up", lambda: _run(wanted.host, wanted.port))


def _run(host: str, port: int) -> int:
    folder = environment.data_folder()
    door = listening_socket(host, port)
    with alone(folder):
        prepare()
        stop = threading.Event()
        from amends.flows import due

        threads = due.start(due.owner_name(), stop)
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
