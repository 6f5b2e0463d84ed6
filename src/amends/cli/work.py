"""`amends work`: a worker and a listener, beside any number of others, on PostgreSQL."""

import argparse
import os
import signal
import threading
from types import FrameType

from amends.cli.starting import SENDING_S, need_server, prepare
from amends.cli.with_store import refusing

HELP = "workers and listeners only, any number of processes, on PostgreSQL"


def main(argv: list[str]) -> int:
    """Work until told to stop: what is under way is finished first."""
    parser = argparse.ArgumentParser(prog="amends work", description=HELP)
    parser.parse_args(argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amends.desk.settings")
    return refusing("work", _work)


def _work() -> int:
    need_server("work")
    prepare()
    from amends.flows import due

    stop = threading.Event()
    _stop_when_told(stop)
    owner = due.owner_name()
    threads = due.start(owner, stop)
    print(f"Amends works as {owner}; stop with Ctrl-C.", flush=True)
    stop.wait()
    print("Stopping: what is under way is finished first.", flush=True)
    for thread in threads:
        thread.join(timeout=SENDING_S)
    # What was not finished keeps its lease and is taken over by another worker when it ends.
    return 0


def _stop_when_told(stop: threading.Event) -> None:
    def told(_number: int, _frame: FrameType | None) -> None:
        if stop.is_set():  # told twice: at once
            raise KeyboardInterrupt
        stop.set()

    signal.signal(signal.SIGTERM, told)
    signal.signal(signal.SIGINT, told)
