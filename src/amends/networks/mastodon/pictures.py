"""Pictures: given to the server first, described, and named by their ids in the post.

A server takes a picture's words with the picture, and says "not yet" while it prepares it. Both
are done again before each send; only pictures that no post holds can be changed, so a picture that
is not found is taken already, and the post itself has the last word.
"""

import json

from amends.networks.mastodon.body import Sent
from amends.networks.mastodon.session import NOT_UNDERSTOOD, Api
from amends.networks.mastodon.wire import Attachment
from amends.networks.port import Picture, Refused, RefusedKind
from amends.networks.transport import Answer, Lost
from amends.vocabulary.errors import Unreachable

ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/gif": "gif"}
NOT_READY = "The server is still preparing the picture; it is tried again in a moment."
NOT_READY_S = 10.0


def uploaded(api: Api, picture: Picture) -> str:
    """Return what `Shown.ref` holds for a picture that was given to the server.

    Raises:
        NetworkError: The server did not take it.
    """
    boundary = f"amends-{picture.sha256}"  # not in the bytes: they would hold their own hash
    name = f"picture.{ENDINGS.get(picture.kind, 'bin')}"
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        f"Content-Type: {picture.kind}\r\n\r\n"
    )
    body = head.encode() + picture.content + f"\r\n--{boundary}--\r\n".encode()
    kind = f"multipart/form-data; boundary={boundary}"
    outcome = api.send("POST", "/api/v2/media", body, kind=kind)
    if not isinstance(outcome, Answer) or outcome.status not in {200, 202}:
        raise api.error(outcome)
    found = Attachment.read(outcome.document())
    if found is None:
        raise Unreachable(NOT_UNDERSTOOD)
    return json.dumps({"id": found.id})


def not_ready(api: Api, body: Sent) -> Refused | None:
    """Return why a post must wait for its pictures; gives each its words."""
    for number, words in body.alts:
        said = json.dumps({"description": words})
        refused = _refused(api, api.send("PUT", f"/api/v1/media/{number}", said))
        if refused is not None:
            return refused
    return None


def _refused(api: Api, outcome: Answer | Lost) -> Refused | None:
    if isinstance(outcome, Answer) and outcome.status in {200, 206, 404}:
        found = Attachment.read(outcome.document())
        if found is None or found.url:
            return None
        return Refused(RefusedKind.UNREACHABLE, False, NOT_READY, NOT_READY_S)  # noqa: FBT003
    judged = api.judged(outcome)
    if isinstance(judged, Refused):
        return judged
    words = "The server did not take the picture's description; nothing was sent."
    return Refused(RefusedKind.UNREACHABLE, permanent=False, words=words)
