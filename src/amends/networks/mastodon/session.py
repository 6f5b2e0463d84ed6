"""Calls for one account: its token, and what its server's answers mean."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar
from urllib.parse import urlencode

from pydantic import TypeAdapter, ValidationError

from amends.networks.mastodon import limits
from amends.networks.mastodon.body import Sent
from amends.networks.mastodon.instance import READINGS, Reading, Readings, read
from amends.networks.mastodon.wire import Failure, Place, Wire
from amends.networks.port import Count, NotThere, Refused, RefusedKind, Secret, Unknown
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

RECONNECT = "The server no longer takes this access token; connect the account again."
GONE = "The post is no longer there, or it is hidden from us."
NOT_UNDERSTOOD = "The server gave an answer that we do not understand."
NO_SCOPE = "outside the authorized scopes"
SCOPES = "The access token may not do this; make one with the scopes read and write."

JSON = "application/json"

Read = TypeVar("Read", bound=Wire)
Params = str | list[str]
LIST = TypeAdapter(list[dict[str, object]])


class Api:
    """Calls to the account's own server; each is one request."""

    def __init__(self, secret: Secret, door: Door, readings: Readings = READINGS) -> None:
        values = secret.reveal()
        self.server, self.handle = values["server"], values["handle"]
        host = self.server.split("//", 1)[1]
        self.place = Place(host, values["domain"], values["account"])
        self._secret, self._door, self._readings = secret, door, readings

    def __repr__(self) -> str:
        return f"Api({self.handle})"

    def reading(self) -> Reading | None:
        """Return what the server says of itself, read at most once a day, None for unknown."""
        return self._readings.of(self.server, lambda: read(self._door, self.server, self._bearer()))

    def known(self) -> Reading | None:
        """Return what was last read of the server, without asking."""
        return self._readings.known(self.server)

    def read(self, model: type[Read], path: str, **params: Params) -> Read:
        """Return what a read answers, as a model.

        Raises:
            NotThere: There is nothing at this path.
            NetworkError: The read failed, or its answer is not in the expected form.
        """
        try:
            return model.model_validate(self.answer(path, **params).document())
        except ValidationError:
            raise Unreachable(NOT_UNDERSTOOD) from None  # never the answer's own text

    def listed(self, path: str, **params: Params) -> list[dict[str, object]]:
        """Return a list of what a read answers, each as it came.

        Raises:
            NotThere: There is nothing at this path.
            NetworkError: The read failed, or its answer is not a list.
        """
        try:
            return LIST.validate_python(self.answer(path, **params).document())
        except ValidationError:
            raise Unreachable(NOT_UNDERSTOOD) from None

    def answer(self, path: str, **params: Params) -> Answer:
        """Return the raw answer of a read, 200.

        Raises:
            NotThere: There is nothing at this path.
            NetworkError: The read failed.
        """
        query = urlencode(params, doseq=True)
        url = f"{self.server}{path}" + (f"?{query}" if query else "")
        outcome = self._door.call(Call("GET", url, self._bearer()))
        if isinstance(outcome, Answer) and outcome.status == 200:
            return outcome
        raise self.error(outcome)

    def send(
        self, method: str, path: str, body: str | bytes = "", key: str = "", kind: str = JSON
    ) -> Answer | Lost:
        """Return what came of one call that changes something."""
        headers = self._bearer()
        if body:
            headers["content-type"] = kind
        if key:
            headers["idempotency-key"] = key
        raw = body.encode() if isinstance(body, str) else body
        return self._door.call(Call(method, f"{self.server}{path}", headers, raw or None))

    def error(self, outcome: Answer | Lost) -> NetworkError:
        """Return what a failed read is, ready to be raised."""
        if isinstance(outcome, Answer) and outcome.status in {404, 410}:
            return NotThere(GONE)
        said = self._said(outcome)
        if said is not None and NO_SCOPE in said.words:
            return Unauthorized(SCOPES)
        found = read_error(outcome, said)
        return Unauthorized(RECONNECT) if isinstance(found, Unauthorized) else found

    def judged(  # noqa: PLR0911 - one return a row
        self, outcome: Answer | Lost, body: Sent | None = None
    ) -> Refused | Unknown | None:
        """Return what a send came to, None for 2xx: then its body has the last word."""
        found = verdict(outcome, self._said(outcome))
        if not isinstance(found, Refused):
            return found
        if body is not None:  # removals have an allowance of their own
            found = replace(found, quota=quota_of(outcome))
        if NO_SCOPE in found.words:
            return replace(found, kind=RefusedKind.UNAUTHORIZED, words=SCOPES)
        if found.kind is RefusedKind.UNAUTHORIZED:
            return replace(found, words=RECONNECT)
        if found.kind is RefusedKind.INVALID and body is not None and isinstance(outcome, Answer):
            return self._invalid(found, outcome.status, body)
        return found

    def _invalid(self, found: Refused, status: int, body: Sent) -> Refused | Unknown:
        """Return what a no to this very text means; its sentence may be in any language."""
        if self.count(body.text).over:
            return replace(found, kind=RefusedKind.TOO_LONG)
        if status == 404 and body.parent:
            return replace(found, kind=RefusedKind.GONE)
        if status != 422 or not body.alts:
            return found
        return Unknown("exists")  # pictures that are taken already: by our own first call

    def count(self, text: str) -> Count:
        """Return the text's length, against this server's own limit where it is known."""
        known = self.known()
        if known is None:
            return limits.count(text)
        return limits.count(text, known.characters, known.url_characters)

    def _said(self, outcome: Answer | Lost) -> Said | None:
        return said(outcome, (self._secret.reveal()["token"],))

    def _bearer(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self._secret.reveal()['token']}"}


def said(outcome: Answer | Lost, secrets: tuple[str, ...] = ()) -> Said | None:
    """Return an answer in Mastodon's form of an error, without our secrets; None for others."""
    if isinstance(outcome, Lost):
        return None
    try:
        found = Failure.model_validate(outcome.document())
    except ValidationError:
        return None
    return Said("", redacted(found.error, secrets))


def mapping(answer: Answer) -> Mapping[str, object]:
    """Return the answer's JSON where it is an object, else an empty one."""
    found = answer.document()
    return found if isinstance(found, dict) else {}
