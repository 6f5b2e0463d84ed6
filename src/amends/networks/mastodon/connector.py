"""Mastodon: posts under a key that a server remembers for a while, if it is Mastodon itself."""

import json
from datetime import datetime

from amends.networks.mastodon import limits
from amends.networks.mastodon.addresses import (
    PASTE,
    VISIBILITIES,
    network_id,
    pasted,
    ref_of,
    status_id,
)
from amends.networks.mastodon.body import Sent, frozen, sent
from amends.networks.mastodon.limits import CAN, NOTICES
from amends.networks.mastodon.listening import listened
from amends.networks.mastodon.own import own, own_since
from amends.networks.mastodon.pictures import not_ready, uploaded
from amends.networks.mastodon.session import NOT_UNDERSTOOD, Api, mapping
from amends.networks.mastodon.wire import (
    Context,
    Person,
    Raw,
    Searched,
    Status,
    history_post,
    open_ones,
    status_in,
    texts,
)
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
    NotThere,
    Page,
    Picture,
    Published,
    Refused,
    RefusedKind,
    Removed,
    Snapshot,
    Unknown,
    hash_of,
    network_id_of,
)
from amends.networks.transport import Answer, quota_of
from amends.vocabulary.errors import (
    BadInput,
    NetworkError,
    RateLimited,
    Unauthorized,
    Unreachable,
)

NOT_OURS = "This text was made ready for another account, or was changed since."
UNREADABLE = "the answer could not be read"
STATUSES = "/api/v1/statuses"


class Mastodon:
    """One account on a server that speaks Mastodon's language."""

    name = limits.NAME

    def __init__(self, api: Api) -> None:
        self._api, self._place = api, api.place

    def __repr__(self) -> str:
        return f"Mastodon({self._api.handle})"

    def can(self) -> Capabilities:
        # The first call of a day asks the server; until it is proven, no send is repeated.
        reading = self._api.reading()
        return reading.can() if reading else CAN

    def whoami(self) -> Identity:
        who = self._api.read(Person, "/api/v1/accounts/verify_credentials")
        handle = self._place.handle(who)
        return Identity(handle, handle, who.display_name or handle, who.avatar or "")

    def count(self, text: str) -> Count:
        return self._api.count(text)

    def freeze(self, content: Content, *, op: str, at: datetime) -> Frozen:  # noqa: ARG002 - the server dates it
        if not content.text.strip():
            raise BadInput("Write something before it is published.")
        if "\0" in content.text or any("\ud800" <= c <= "\udfff" for c in content.text):
            raise BadInput("The text holds characters that Mastodon does not keep; type it again.")
        if content.quote:
            raise BadInput(CAN.why_not["quote"])
        return frozen(content, op, self._api.handle, self._place)

    def upload(self, picture: Picture) -> str:
        """Return what `Shown.ref` holds for a picture that the server now has.

        Raises:
            NetworkError: The server did not take it.
        """
        return uploaded(self._api, picture)

    # --- sending -----------------------------------------------------------------------------

    def publish(self, frozen: Frozen) -> Published | Refused | Unknown:
        body = sent(frozen, self._api.handle, self._place)
        if body is None:
            return Refused(RefusedKind.MISCONFIGURED, permanent=True, words=NOT_OURS)
        unready = not_ready(self._api, body)
        if unready is not None:
            return unready
        outcome = self._api.send("POST", STATUSES, body.wire, frozen.wire_name)
        judged = self._api.judged(outcome, body)
        if judged is not None or not isinstance(outcome, Answer):
            return judged or Unknown(UNREADABLE)
        return self._published(outcome, body)

    def _published(self, answer: Answer, body: Sent) -> Published | Unknown:
        """Return what a 2xx means: published only where it shows our text in our place.

        The same key with another text gives the first post back: so the answer is compared.
        """
        one = status_in(answer.document())
        at = one.at() if one else None
        if one is None or at is None:
            return Unknown(UNREADABLE)
        if not self._is(one, body):
            return Unknown("the answer shows another post")
        raw = answer.body.decode("utf-8", "replace")
        return self._out(one, body, at, raw, answer)

    def _is(self, one: Status, body: Sent) -> bool:
        """Return whether a post is the one that was sent."""
        ours = one.account.id == self._place.account and one.reblog is None
        same_place = (one.in_reply_to_id or "") == body.parent
        normal = self._place.normal
        return ours and same_place and normal(one.text()) == normal(body.text)

    def _out(
        self, one: Status, body: Sent, at: datetime, raw: str, answer: Answer | None = None
    ) -> Published:
        return Published(
            network_id=network_id(self._place.host, one.id),
            url=one.page(),
            at=at,
            raw_hash=hash_of(raw),
            quota=quota_of(answer) if answer else None,
            notice=_notice(one.visibility, body.visibility),
        )

    def find(self, frozen: Frozen, since: datetime) -> Found | Absent | CannotTell:
        body = sent(frozen, self._api.handle, self._place)
        if body is None:
            return CannotTell(NOT_OURS)
        found: list[Published] = []
        try:
            for raw, one in own_since(self._api, since):
                at = one.at()
                if at is not None and at >= since and self._is(one, body):
                    found.append(self._out(one, body, at, json.dumps(raw)))
        except NetworkError as no:
            return CannotTell(str(no))
        found.sort(key=lambda one: one.at)
        return Found(found[0], tuple(found[1:])) if found else Absent()

    def remove(self, ref: str) -> Removed | Refused | Unknown:
        address = network_id_of(ref)
        try:
            raw = self._ours(address)
        except NotThere:
            return Removed(address, was_there=False)
        except BadInput as no:
            return Refused(RefusedKind.INVALID, permanent=True, words=str(no))
        except NetworkError as no:
            return _unsent(no)
        return self._removed(address, raw)

    def _ours(self, address: str) -> str:
        """Return a post of ours as it stands now."""
        one, answer = self._one(address)
        if one.account.id != self._place.account:
            raise BadInput("Only posts of this account can be taken down here.")
        return answer.body.decode("utf-8", "replace")

    def _removed(self, address: str, raw: str) -> Removed | Refused | Unknown:
        number = status_id(address, self._place.host)
        outcome = self._api.send("DELETE", f"{STATUSES}/{number}")
        if isinstance(outcome, Answer) and outcome.status in {404, 410}:
            return Removed(address, was_there=False)  # gone since we read it, not by our hand
        return self._api.judged(outcome) or Removed(address, was_there=True, raw=raw)

    # --- reading -----------------------------------------------------------------------------

    def _one(self, ref: str) -> tuple[Status, Answer]:
        number = status_id(ref, self._place.host)
        answer = self._api.answer(f"{STATUSES}/{number}")
        one = status_in(answer.document())
        if one is None:
            raise Unreachable(NOT_UNDERSTOOD)
        return one, answer

    def _around(self, one: Status) -> Context:
        """Return what stands above and below a post, nothing where the server cannot tell."""
        try:
            return self._api.read(Context, f"{STATUSES}/{one.id}/context")
        except NotThere:
            return Context()

    def thread_ref(self, ref: str) -> tuple[str, str]:
        one = self._one(ref)[0]
        above = self._around(one).ancestors if one.in_reply_to_id else []
        first = next((found for found in map(status_in, above) if found), one)
        return self._ref(one), self._ref(first)

    def _ref(self, one: Status) -> str:
        ours = one.account.id == self._place.account
        # A visibility that we do not know is taken for the narrowest.
        seen_by = one.visibility if one.visibility in VISIBILITIES else VISIBILITIES[-1]
        author = "" if ours else self._place.handle(one.account)
        return ref_of(network_id(self._place.host, one.id), seen_by, author)

    def evidence(self, ref: str) -> Snapshot:
        one, answer = self._one(ref)
        below = open_ones(self._around(one).descendants)
        told = {"like": one.favourites_count, "repost": one.reblogs_count}
        told |= {"reply": one.replies_count, "quote": one.quotes_count}
        kept = {"status": mapping(answer), "answers": below}
        return Snapshot(
            ref=self._ref(one),
            url=one.page(),
            text=one.text(),
            raw=json.dumps(kept, ensure_ascii=False),
            counts={name: number for name, number in told.items() if number is not None},
            replies=texts(below),
        )

    def history(self, limit: int) -> tuple[HistoryPost, ...]:
        posts = []
        for raw in own(self._api, limit * 2):
            one = status_in(raw)
            found = history_post(one, self._place.host) if one else None
            if one is not None and found is not None and one.visibility != "direct":
                posts.append(found)
            if len(posts) >= limit:
                break
        return tuple(posts)

    def resolve(self, link: str) -> str:
        if link.strip().startswith(f"{limits.NAME}:"):
            return network_id(self._place.host, status_id(link.strip(), self._place.host))
        host, number, address = pasted(link)
        if number and host in {self._place.host, self._place.domain}:
            return network_id(self._place.host, number)
        try:
            found = self._api.read(
                Searched, "/api/v2/search", q=address, type="statuses", resolve="true", limit="1"
            )
        except (Unauthorized, RateLimited, Unreachable):
            raise
        except NetworkError:
            found = Searched()
        one = next(filter(None, map(status_in, found.statuses)), None)
        if one is None:
            raise BadInput(f"This server knows no post at that link. {PASTE}")
        return network_id(self._place.host, one.id)

    # --- listening ---------------------------------------------------------------------------

    def fetch(self, cursor: str) -> Page:
        reading = self._api.reading()
        types = ["mention", "quote"] if reading and reading.tells_quotes else ["mention"]

        def notices(place: dict[str, str]) -> list[Raw]:
            # Filtered ones, too: a server sets aside what strangers say, and that is what counts.
            return self._api.listed(
                "/api/v1/notifications",
                **{"types[]": types},
                limit=str(NOTICES),
                include_filtered="true",
                **place,
            )

        try:
            return listened(notices, cursor, self._place)
        except NotThere:  # a server that has no notifications: nothing is heard, nothing is wrong
            return Page((), cursor)


def _notice(seen: str, asked: str) -> str:
    """Return what to say where the server shows a post to others than we asked for."""
    if seen == asked:
        return ""
    if asked == "direct":
        return (
            "It is out, but the server made it readable for others than the one person: "
            "open it and take it down."
        )
    return f"It is out, but the server shows it as {seen}, not {asked}: fewer people will see it."


def _unsent(no: NetworkError) -> Refused:
    """Return the refusal that a failed read before a send is: nothing was sent."""
    kind = RefusedKind.MISCONFIGURED if no.permanent else RefusedKind.UNREACHABLE
    if isinstance(no, Unauthorized):
        kind = RefusedKind.UNAUTHORIZED
    elif isinstance(no, RateLimited):
        kind = RefusedKind.RATE_LIMITED
    return Refused(kind, no.permanent, str(no), no.retry_after_s)
