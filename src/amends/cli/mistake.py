"""`amends mistake URL`: opens an incident; also before anyone noticed."""

import argparse

from amends.cli.hold import who
from amends.cli.with_store import with_store
from amends.vocabulary.errors import BadInput

HELP = "open an incident: I made a mistake"


def main(argv: list[str]) -> int:
    """Open the incident, print its id, and return 0."""
    parser = argparse.ArgumentParser(prog="amends mistake", description=HELP)
    parser.add_argument("url", help="link or address of the post")
    parser.add_argument("--what", default="", help="one sentence: what happened")
    wanted = parser.parse_args(argv)
    return with_store("mistake", lambda: _open(wanted.url.strip(), wanted.what))


def _open(url: str, what: str) -> int:
    from amends.flows import incident
    from amends.store import posts

    post_id = posts.post_by_link(url)
    if not post_id:
        raise BadInput("No post of your accounts has this link. Copy it from the post's page.")
    incident_id = incident.mistake(who(), post_id=post_id, what=what)
    print(f"Opened {incident_id}. Its room: /incidents/{incident_id}/")
    return 0
