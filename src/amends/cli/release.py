"""`amends release SCOPE`: resumes what a scope holds; what is past its time becomes missed."""

import argparse

from amends.cli.hold import resolved, who
from amends.cli.with_store import with_store
from amends.vocabulary.errors import BadInput

HELP = "resume what a scope holds"


def main(argv: list[str]) -> int:
    """Release the scope's holds and return 0."""
    parser = argparse.ArgumentParser(prog="amends release", description=HELP)
    parser.add_argument("scope", help="everything, brand:<id>, account:<id> or @handle")
    wanted = parser.parse_args(argv)
    return with_store("release", lambda: _release(wanted.scope.strip()))


def _release(given: str) -> int:
    from amends.flows import hold
    from amends.store import holds

    scope = resolved(given)
    standing = [hold_id for hold_id, held in holds.active_scopes() if held == scope]
    if not standing:
        raise BadInput(f"No hold stands on {given}. Those that stand are on the page Freeze.")
    for hold_id in standing:
        before = holds.hold(hold_id)
        hold.release(who(), hold_id)
        print(f"Resumed: {before.scope_words}. {len(before.held)} were held.")
    print("What was past its time is under Calendar as missed; a person decides about it.")
    return 0
