"""`amends hold SCOPE`: freezes the posts of a scope and prints the receipt."""

import argparse
import getpass

from amends.cli.with_store import with_store

HELP = "freeze a scope: everything, brand:<id>, account:<id> or @handle"


def main(argv: list[str]) -> int:
    """Freeze, print the receipt, and return 0."""
    parser = argparse.ArgumentParser(prog="amends hold", description=HELP)
    parser.add_argument("scope", help="everything, brand:<id>, account:<id> or @handle")
    parser.add_argument("--why", default="", help="one sentence, for the banner")
    wanted = parser.parse_args(argv)
    return with_store("hold", lambda: _hold(wanted.scope.strip(), wanted.why))


def resolved(scope: str) -> str:
    """Return the scope with a handle turned into its account.

    Raises:
        BadInput: there is no such account.
    """
    from amends.store import brands

    if scope == "everything" or scope.startswith(("brand:", "account:")):
        return scope
    return f"account:{brands.account_by_handle(scope).id}"


def who() -> str:
    """Return who is at the shell, "shell" where the system does not know."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "shell"


def _hold(scope: str, why: str) -> int:
    from amends.flows import hold

    receipt = hold.hold(who(), resolved(scope), why)
    print(
        f"Frozen: {receipt.scope_words}. {len(receipt.held)} held, "
        f"{len(receipt.in_flight)} in flight."
    )
    for one in receipt.in_flight:
        print(f"  in flight: {one.id} as @{one.account.handle} ({one.state.value})")
    for words in receipt.out_of_reach:
        print(f"  out of reach: {words}")
    print(f"Resume with: amends release {scope}")
    return 0
