"""The practice network: behaves like a real one, and misbehaves on request."""

import json
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from amends.networks.memory import limits, wire
from amends.networks.memory.world import SENDS, Fault, World, must
from amends.networks.port import (
    Absent,
    CannotTell,
    Capabilities,
    Content,
    Count,
    Found,
    Frozen,
    HistoryPost,
    Identity,
    Page,
    Picture,
    Published,
    Refused,
    RefusedKind,
    Removed,
    Snapshot,
    Unknown,
    network_id_of,
)
from amends.vocabulary.errors import BadInput, NetworkError, Unreachable, WrongAccount

PAGE = 500  # most mentions in one fetch
ADDRESS = re.compile(r"memory://[^/\s|]+/[\w-]+")
LINK = re.compile(r"(?:practice:|memory:|https?://[^/]+/practice/)/*([^/\s|]+/[\w-]+)/?")
ANOTHER = "Another text stands at the name of this one."
NO_ANSWER = "The practice network did not answer."

# What a fault on a send is to the caller, where nothing was accepted.
ANSWERS: dict[Fault, Refused | Unknown] = {
    Fault.REFUSE_BEFORE: Refused(
        RefusedKind.UNREACHABLE, permanent=False, words="The network could not be reached."
    ),
    Fault.TIMEOUT: Unknown("timeout"),
    Fault.POLICY: Refused(
        RefusedKind.POLICY, permanent=True, words="The network does not allow it."
    ),
    Fault.UNAUTHORIZED: Refused(
        RefusedKind.UNAUTHORIZED, permanent=True, words="Connect the account again."
    ),
}


class Memory:
    """One account on the practice network."""

    name = limits.NAME

    def __init__(self, world: World, account: str) -> None:
        self._world, self._account = world, account

    def __repr__(self) -> str:
        return f"Memory({self._account})"

    def can(self) -> Capabilities:
        return limits.CAN

    def whoami(self) -> Identity:
        self._reading()
        found, name = self._world.who(self._account)
        return Identity(found, self._account, name)

    def count(self, text: str) -> Count:
        return limits.count(text)

    def freeze(self, content: Content, *, op: str, at: datetime) -> Frozen:
        if not content.text.strip():
            raise BadInput("Write something before it is published.")
        if "\0" in content.text or any("\ud800" <= c <= "\udfff" for c in content.text):
            raise BadInput("The text holds characters that no network keeps; type it again.")
        for ref in filter(None, (content.reply_parent, content.reply_root, content.quote)):
            if not ADDRESS.fullmatch(ref):
                raise BadInput("The post that you answer is not on the practice network.")
        return wire.frozen(self._account, content, op, at)

    def upload(self, picture: Picture) -> str:
        self._reading()
        if len(picture.content) > limits.PICTURE_BYTES:
            raise NetworkError("The picture is larger than the practice network takes.")
        self._world.keep_picture(picture.sha256, picture.content)
        return json.dumps({"sha256": picture.sha256})

    def publish(self, frozen: Frozen) -> Published | Refused | Unknown:
        try:
            body = self._ours(frozen)
        except WrongAccount as no:
            return Refused(RefusedKind.MISCONFIGURED, permanent=True, words=str(no))
        fault, amount = self._world.next_fault(self._account, SENDS) or (None, 0)
        if fault is Fault.RATE_LIMITED:
            words = "The network asks us to wait."
            return Refused(RefusedKind.RATE_LIMITED, False, words, float(amount))  # noqa: FBT003
        if fault in ANSWERS:
            return ANSWERS[fault]
        answer = self._accepted(body, frozen.body_hash)
        return Unknown("connection lost") if fault is Fault.DROP_AFTER else answer

    def _ours(self, frozen: Frozen) -> dict[str, Any]:
        body = wire.body_of(frozen)
        if body is None or body["account"] != self._account:
            raise WrongAccount(
                "This text was made ready for another account, or was changed since."
            )
        return body

    def _accepted(self, body: dict[str, Any], body_hash: str) -> Published | Refused:
        refused = self._unfit(body["text"], body.get("pictures", ()))
        if refused is not None:
            return refused
        lag = self._world.next_fault(self._account, [Fault.READ_LAG])
        stands = self._world.put(wire.told(body, body_hash), lag=lag[1] if lag else 0)
        if stands is None:
            words = "The post was taken down; it is not sent again."
            return Refused(RefusedKind.GONE, permanent=True, words=words)
        if stands.body_hash != body_hash:
            return Refused(RefusedKind.CONFLICT, permanent=True, words=ANOTHER)
        return wire.published(stands)

    def _unfit(self, text: str, named: Sequence[Sequence[str]]) -> Refused | None:
        """Return why a post is not taken as it is, in the words of a real network."""
        if limits.count(text).over:
            words = f"The text is longer than {limits.LIMIT} characters."
            return Refused(RefusedKind.TOO_LONG, permanent=True, words=words)
        if len(named) > limits.PICTURES:
            words = f"A post takes {limits.PICTURES} pictures at most."
            return Refused(RefusedKind.INVALID, permanent=True, words=words)
        if any(not self._world.has_picture(sha256) for sha256, _alt in named):
            words = "The network does not have the picture: it is given before the next try."
            return Refused(RefusedKind.GONE, permanent=False, words=words)
        return None

    def find(self, frozen: Frozen, since: datetime) -> Found | Absent | CannotTell:
        try:
            body = self._ours(frozen)
            self._reading()
        except (Unreachable, WrongAccount) as no:
            return CannotTell(str(no))
        told = self._world.look(wire.told(body, "").network_id)
        if told is None or told.at < since:
            return Absent()
        if told.body_hash != frozen.body_hash:
            return CannotTell(ANOTHER)
        return Found(wire.published(told))

    def remove(self, ref: str) -> Removed | Refused | Unknown:
        network_id = network_id_of(ref)
        if not network_id.startswith(f"memory://{self._account}/"):
            words = "Only posts of this account can be taken down here."
            return Refused(RefusedKind.INVALID, permanent=True, words=words)
        fault, _ = self._world.next_fault(self._account, SENDS) or (None, 0)
        if fault in ANSWERS:
            return ANSWERS[fault]
        told = self._world.take_down(network_id)
        if fault is Fault.DROP_AFTER:
            return Unknown("connection lost")
        return Removed(network_id, told is not None, wire.raw(told) if told else "")

    def evidence(self, ref: str) -> Snapshot:
        self._reading()
        told = must(self._world.look(network_id_of(ref)))
        replies = self._world.replies_to(told.network_id)
        return Snapshot(
            ref=told.network_id,
            url=wire.url_of(told.network_id),
            text=told.text,
            raw=wire.raw(told),
            counts={"reply": len(replies)},
            replies=tuple(reply.text for reply in replies),
        )

    def thread_ref(self, ref: str) -> tuple[str, str]:
        self._reading()
        told = must(self._world.look(network_id_of(ref)))
        return told.network_id, told.root or told.network_id

    def fetch(self, cursor: str) -> Page:
        self._reading()
        after = _after(cursor)
        heard = self._world.heard_by(self._account, after, PAGE)
        last = heard[-1][0].seq if heard else after
        mentions = tuple(wire.mention(*one) for one in heard)
        return Page(mentions, json.dumps({"after": last}), more=len(heard) == PAGE)

    def history(self, limit: int) -> tuple[HistoryPost, ...]:
        self._reading()
        return tuple(wire.history_post(told) for told in self._world.posts_of(self._account, limit))

    def resolve(self, link: str) -> str:
        given = link.strip()
        found = LINK.fullmatch(given)
        if found is None:
            raise BadInput("Paste the link of a post on the practice pages.")
        return f"memory://{found.group(1)}"

    def _reading(self) -> None:
        if self._world.next_fault(self._account, [Fault.READ_FAILS]) is not None:
            raise Unreachable(NO_ANSWER)


def _after(cursor: str) -> int:
    try:
        return int(json.loads(cursor)["after"])
    except (ValueError, KeyError, TypeError):
        return 0  # a cursor that cannot be read starts again, which loses nothing
