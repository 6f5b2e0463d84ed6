"""An account that a person works by hand: nothing here ever connects to anywhere."""

from datetime import datetime
from typing import NoReturn

from amends.networks.by_hand import limits
from amends.networks.by_hand.places import Place, count, own_link
from amends.networks.port import (
    CannotTell,
    Capabilities,
    Content,
    Count,
    Frozen,
    HistoryPost,
    Identity,
    NotThere,
    Page,
    Refused,
    RefusedKind,
    network_id_of,
)
from amends.vocabulary.errors import BadInput

BY_A_PERSON = "A person does this by hand; nothing was sent."
NOT_READ = "Nothing is read from there: look at it yourself."


class ByHand:
    """One account in one place, worked by people."""

    name = limits.NAME

    def __init__(self, place: Place, handle: str) -> None:
        self._place, self._handle = place, handle

    def __repr__(self) -> str:
        return f"ByHand({self._place.key}, {self._handle})"

    def can(self) -> Capabilities:
        return limits.CAN

    def whoami(self) -> Identity:
        return Identity(f"{self._place.key}:{self._handle.casefold()}", self._handle, self._handle)

    def count(self, text: str) -> Count:
        return count(text, self._place.key)

    def freeze(self, content: Content, *, op: str, at: datetime) -> Frozen:
        if not content.text.strip():
            raise BadInput("Write something before it is published.")
        if "\0" in content.text or any("\ud800" <= c <= "\udfff" for c in content.text):
            raise BadInput("The text holds characters that no network keeps; type it again.")
        for ref in filter(None, (content.reply_parent, content.reply_root, content.quote)):
            own_link(self._place, ref)
        body = {
            "place": self._place.key,
            "account": self._handle,
            "text": content.text,
            "parent": content.reply_parent,
            "at": at.isoformat(),
        }
        return Frozen.of(op, body)

    def publish(self, frozen: Frozen) -> Refused:  # noqa: ARG002 - nothing is ever sent
        return Refused(RefusedKind.MISCONFIGURED, permanent=True, words=BY_A_PERSON)

    def find(self, frozen: Frozen, since: datetime) -> CannotTell:  # noqa: ARG002 - nothing is read
        return CannotTell(NOT_READ)

    def remove(self, ref: str) -> Refused:  # noqa: ARG002 - nothing is ever sent
        return Refused(RefusedKind.MISCONFIGURED, permanent=True, words=BY_A_PERSON)

    def evidence(self, ref: str) -> NoReturn:  # noqa: ARG002 - nothing is read
        raise NotThere(NOT_READ)

    def thread_ref(self, ref: str) -> tuple[str, str]:
        found = network_id_of(ref)
        return found, found

    def fetch(self, cursor: str) -> Page:
        return Page((), cursor)

    def history(self, limit: int) -> tuple[HistoryPost, ...]:  # noqa: ARG002 - nothing is read
        return ()

    def resolve(self, link: str) -> str:
        return own_link(self._place, link)
