"""People at a shell: one file a subcommand, imported when it is asked for.

The import by name keeps `amends lint` and its kin free of the store: a subcommand's own file
imports what it needs at its top, and nothing else is loaded.
"""

import sys
from importlib import import_module

from amends import __version__

COMMANDS = {
    "up": "everything in one process: pages, workers and listeners, on the embedded store",
    "serve": "pages only, any number of processes, on PostgreSQL",
    "work": "workers and listeners only, any number of processes, on PostgreSQL",
    "check": "review drafts as an account",
    "lint": "credibility lint of statements and replies",
    "read": "readings of texts: reproach, severity, language",
    "watch": "replay mention events through the detector",
    "replay": "what a rule would have caught over a history",
    "hold": "freeze a scope: everything, brand:<id>, account:<id> or @handle",
    "release": "resume what a scope holds",
    "mistake": "open an incident: I made a mistake",
    "backup": "copy the embedded store to a file, also while the desk runs",
    "restore": "put a backup in the place of the embedded store",
    "ledger": "check an exported record offline",
}


def usage() -> str:
    """Return what `amends` can do, a line a command."""
    lines = [f"  {name:<9}{words}" for name, words in COMMANDS.items()]
    return "\n".join(
        ["amends: prevent, notice, answer, learn.", "", "  amends COMMAND --help", "", *lines]
    )


def version() -> str:
    """Return the version."""
    return __version__


def main() -> int:
    """Run one command and return its exit code: 0 pass, 1 stop, 3 ask, 2 wrong use or refusal."""
    name, *rest = sys.argv[1:] or ["--help"]
    if name in SAID:
        print(SAID[name]())
        return 0
    if name not in COMMANDS:
        print(f"amends: there is no command {name!r}; see amends --help", file=sys.stderr)
        return 2
    return run(name, rest)


SAID = {
    "-h": usage,
    "--help": usage,
    "help": usage,
    "-V": version,
    "--version": version,
}


def run(name: str, rest: list[str]) -> int:
    """Run one command; a reader that left and Ctrl-C end it quietly."""
    try:
        return int(import_module(f"amends.cli.{name}").main(rest))
    except BrokenPipeError:
        sys.stderr.close()  # the reader left; Python must not complain about it at exit
        return 0
    except KeyboardInterrupt:
        return 130
