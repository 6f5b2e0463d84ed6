"""`amends serve`: the pages alone, beside any number of others, on PostgreSQL."""

import argparse
import os

from amends.cli.starting import listening_socket, need_server, prepare, serve
from amends.cli.with_store import refusing

HELP = "pages only, any number of processes, on PostgreSQL"


def main(argv: list[str]) -> int:
    """Serve the pages until told to stop."""
    parser = argparse.ArgumentParser(prog="amends serve", description=HELP)
    parser.add_argument("--port", type=int, default=8420, help="where the pages are; default 8420")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    wanted = parser.parse_args(argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amends.desk.settings")
    return refusing("serve", lambda: _serve(wanted.host, wanted.port))


def _serve(host: str, port: int) -> int:
    need_server("serve")
    door = listening_socket(host, port)
    prepare()
    print(f"Amends is at http://{host}:{port}/  (pages only; stop with Ctrl-C)", flush=True)
    serve(door)
    return 0
