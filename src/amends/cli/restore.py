"""`amends restore FILE`: puts a backup in the store's place, and lets nothing leave twice."""

import argparse
import os
from pathlib import Path

from amends.cli.backup import refuse_server
from amends.cli.hold import who
from amends.cli.with_store import alone, refusing
from amends.desk import environment

HELP = "put a backup in the place of the embedded store; the desk must be stopped"


def main(argv: list[str]) -> int:
    """Restore, say what follows, and return 0."""
    parser = argparse.ArgumentParser(prog="amends restore", description=HELP)
    parser.add_argument("file", type=Path, help="a file made by `amends backup`")
    parser.add_argument("--data", type=Path, help="folder of the store; default AMENDS_DATA")
    wanted = parser.parse_args(argv)
    if wanted.data is not None:
        os.environ["AMENDS_DATA"] = str(wanted.data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amends.desk.settings")
    return refusing("restore", lambda: _restore(wanted.file.absolute()))


def _restore(file: Path) -> int:
    refuse_server("restore", "pg_restore")
    folder = environment.data_folder()
    with alone(folder):
        import django

        django.setup()
        from amends.flows import backup

        done = backup.restore(who(), file, folder)
    print(
        f"Restored the backup of {done.at:%Y-%m-%d %H:%M:%S} UTC, line {done.lines} of the record."
    )
    if done.aside is not None:
        print(f"The store that was here is kept as {done.aside}: what was written since is there.")
    texts = "1 text" if done.unsure == 1 else f"{done.unsure} texts"
    print(
        f"Everything is frozen. {texts} may have left since that backup: once `amends up` runs, "
        "each is looked for on its network, and none is sent by itself."
    )
    if not done.same_key:
        print(
            "The root key here is another than the backup's: put root.key back beside the store, "
            "or connect every account again under Desk."
        )
    return 0
