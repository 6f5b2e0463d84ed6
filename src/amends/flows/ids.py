"""New ids: opaque and made at random, so that the record holds nothing that can be guessed."""

import secrets


def new(kind: str) -> str:
    """Return a new id, such as incident-9f2c41d07ab3e815."""
    return f"{kind}-{secrets.token_hex(8)}"
