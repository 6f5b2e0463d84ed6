"""Network tokens at rest: sealed with AES-256-GCM under the root key, bound to their account.

The account's id is authenticated with the ciphertext, so that a sealed token cannot be moved
to another row. The root key stays outside the database.
"""

import base64
import json
import os
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.translation import gettext as _

from amends.networks.port import Secret
from amends.vocabulary.errors import Unauthorized

NONCE = 12
MARK = 16


def key_mark() -> str:
    """Return what tells this root key from others, and says nothing else of it."""
    return sha256(b"amends root key" + settings.ROOT_KEY).hexdigest()[:MARK]


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
