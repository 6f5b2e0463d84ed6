"""Network tokens at rest: sealed with AES-256-GCM under the root key, bound to their account.

The account's id is authenticated with the ciphertext, so that a sealed token cannot be moved
to another row. The root key stays outside the database.
"""

import base64
import json
import logging
import os
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.translation import gettext as _

from amends.networks.port import Secret
from amends.store import workspaces
from amends.vocabulary.errors import Unauthorized

LOG = logging.getLogger("amends.vault")
NONCE = 12
ANOTHER_KEY = (
    "The root key is another than the one that the kept tokens were sealed with: put the former "
    "root.key back, or AMENDS_ROOT_KEY, or connect every account again under Desk."
)
MARK = 16


def key_mark() -> str:
    """Return what tells this root key from others, and says nothing else of it."""
    return sha256(b"amends root key" + settings.ROOT_KEY).hexdigest()[:MARK]


def is_known_key() -> bool:
    """Return whether the store's tokens were sealed with this root key, as far as is known."""
    return workspaces.key_mark() in {"", key_mark()}


def take_key() -> None:
    """Keep which root key seals from now on; say where it is another than before."""
    if not is_known_key():
        LOG.warning("%s", ANOTHER_KEY)
    workspaces.set_key_mark(key_mark())


def seal(secret: Secret, account_id: str) -> str:
    """Return the secret as the store may keep it."""
    nonce = os.urandom(NONCE)
    plain = json.dumps(secret.reveal()).encode()
    sealed = AESGCM(settings.ROOT_KEY).encrypt(nonce, plain, account_id.encode())
    return base64.urlsafe_b64encode(nonce + sealed).decode()


def unseal(sealed: str, account_id: str) -> Secret:
    """Return the secret that `seal` closed.

    Raises:
        Unauthorized: it was sealed under another root key, or for another account.
    """
    try:
        raw = base64.urlsafe_b64decode(sealed)
        plain = AESGCM(settings.ROOT_KEY).decrypt(raw[:NONCE], raw[NONCE:], account_id.encode())
    except (InvalidTag, ValueError) as error:
        raise Unauthorized(
            _("The kept token cannot be read with this root key: connect the account again.")
        ) from error
    return Secret(json.loads(plain))
