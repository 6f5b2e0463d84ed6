"""One signed-in session: tokens, their renewal, and XRPC calls to the account's own server."""

from dataclasses import replace
from typing import TypeVar
from urllib.parse import urlencode

from pydantic import ValidationError

from amends.networks.bluesky.wire import Failure, Session, Who, Wire
from amends.networks.port import Keep, NotThere, Refused, RefusedKind, Secret, Unknown
from amends.networks.transport import (
    Answer,
    Call,
    Door,
    Lost,
    Said,
    quota_of,
    read_error,
    redacted,
    verdict,
)
from amends.vocabulary.errors import NetworkError, Unauthorized, Unreachable

# Bluesky answers a token that no longer holds with 400 and one of these; see networks, 6.4.
STALE = frozenset({"ExpiredToken", "InvalidToken"})
MISSING = frozenset({"RecordNotFound", "NotFound"})
KINDS = {
    "InvalidSwap": RefusedKind.CONFLICT,  # another body sits at our name
    "AccountTakedown": RefusedKind.POLICY,
    "AccountDeactivated": RefusedKind.POLICY,
}
TOO_LONG = ("must not be longer than", "grapheme too big", "string too big")
RECONNECT = "Bluesky no longer takes this sign-in; connect the account again."
GONE = "The post is no longer there, or it is hidden from us."
NOT_UNDERSTOOD = "The Bluesky server gave an answer that we do not understand."

Read = TypeVar("Read", bound=Wire)


class Xrpc:
    """Calls for one account; renews its tokens once where the server says they are stale."""

    def __init__(self, secret: Secret, keep: Keep, door: Door) -> None:
        values = secret.reveal()
        self.did, self._server = values["did"], values["server"]
        self._secret, self._keep, self._door = secret, keep, door

    def __repr__(self) -> str:
        return f"Xrpc({self.did})"

    def read(self, model: type[Read], nsid: str, **params: str | list[str]) -> Read:
        """Return what one query answers, as a model.

        Raises:
            NetworkError: The read failed, or its answer is not in the expected form.
        """
        return parsed(model, self.answer(nsid, **params))

    def answer(self, nsid: str, **params: str | list[str]) -> Answer:
        """Return the raw answer of one query, 200.

        Raises:
            NetworkError: The read failed.
        """
        query = urlencode(params, doseq=True)
        url = f"{self._server}/xrpc/{nsid}" + (f"?{query}" if query else "")
        outcome = self._door.call(Call("GET", url, self._bearer("access")))
        if self._stale(outcome):
            self._renew()
            outcome = self._door.call(Call("GET", url, self._bearer("access")))
        if isinstance(outcome, Answer) and outcome.status == 200:
            return outcome
        raise self.error(outcome)

    def ready(self) -> Who:
        """Return whose tokens these are, renewed where they were stale.

        Raises:
            NetworkError: The read failed; nothing was sent.
        """
        return self.read(Who, "com.atproto.server.getSession")

    def send(self, nsid: str, body: str) -> Answer | Lost:
        """Return what came of one procedure; its bytes are the body's own."""
        url = f"{self._server}/xrpc/{nsid}"
        headers = {**self._bearer("access"), "content-type": "application/json"}
        return self._door.call(Call("POST", url, headers, body.encode()))

    def judged(self, outcome: Answer | Lost) -> Refused | Unknown | None:
        """Return what a send came to, None for 2xx."""
        found = verdict(outcome, self._said(outcome), unauthorized=STALE, kinds=KINDS)
        if not isinstance(found, Refused):
            return found
        found = replace(found, quota=quota_of(outcome))
        if found.kind is RefusedKind.INVALID and any(mark in found.words for mark in TOO_LONG):
            return replace(found, kind=RefusedKind.TOO_LONG)
        return found

    def error(self, outcome: Answer | Lost) -> NetworkError:
        """Return what a failed read is, ready to be raised."""
        if self.code(outcome) in MISSING:
            return NotThere(GONE)
        found = read_error(outcome, self._said(outcome), STALE)
        return Unauthorized(RECONNECT) if isinstance(found, Unauthorized) else found

    def code(self, outcome: Answer | Lost) -> str:
        """Return the server's error code, "" where it gave none."""
        found = self._said(outcome)
        return found.code if found else ""

    def _said(self, outcome: Answer | Lost) -> Said | None:
        return said(outcome, (self._secret.reveal()["access"], self._secret.reveal()["refresh"]))

    def _bearer(self, which: str) -> dict[str, str]:
        return {"authorization": f"Bearer {self._secret.reveal()[which]}"}

    def _stale(self, outcome: Answer | Lost) -> bool:
        return isinstance(outcome, Answer) and outcome.status == 400 and self.code(outcome) in STALE

    def _renew(self) -> None:
        """Replace both tokens. A lost answer may be asked for again: it gives the same tokens."""
        url = f"{self._server}/xrpc/com.atproto.server.refreshSession"
        outcome = self._door.call(Call("POST", url, self._bearer("refresh")))
        if not isinstance(outcome, Answer) or outcome.status != 200:
            raise self.error(outcome)
        new = parsed(Session, outcome)
        if new.did != self.did:
            raise Unauthorized(
                "The server answered for another account; connect the account again."
            )
        self._secret = self._secret.with_values(
            access=new.accessJwt, refresh=new.refreshJwt, handle=new.handle
        )
        self._keep(self._secret)  # kept before anybody uses it


def said(outcome: Answer | Lost, secrets: tuple[str, ...] = ()) -> Said | None:
    """Return an answer in XRPC's form of an error, without our secrets; None for other answers."""
    if isinstance(outcome, Lost):
        return None
    try:
        found = Failure.model_validate(outcome.document())
    except ValidationError:
        return None
    return Said(found.error, redacted(f"{found.message or found.error}", secrets))


def parsed(model: type[Read], answer: Answer) -> Read:
    """Return the answer's JSON as a model.

    Raises:
        NetworkError: It is not in the expected form.
    """
    try:
        return model.model_validate(answer.document())
    except ValidationError:
        raise Unreachable(NOT_UNDERSTOOD) from None  # never the answer's own text
