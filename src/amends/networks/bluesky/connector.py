"""Bluesky: posts under a name that we choose, so that a repeat can never double one."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from amends.networks.bluesky import limits
from amends.networks.bluesky.addresses import at_uri, parts, pasted, url_of
from amends.networks.bluesky.limits import CAN, COLLECTION, PAGE
from amends.networks.bluesky.listening import listened
from amends.networks.bluesky.record import put, record, tid
from amends.networks.bluesky.session import GONE, NOT_UNDERSTOOD, Xrpc, parsed
from amends.networks.bluesky.wire import (
    Author,
    Link,
    NotificationPage,
    PostRecord,
    PostViews,
    RecordPage,
    RecordView,
    Resolved,
    Thread,
    history_post,
    moment,
    reply_texts,
)
from amends.networks.port import (
    REF_MARK,
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
    WrongAccount,
)

NOT_OURS = "This text was made ready for another account, or was changed since."
REASONS = ("reply", "mention", "quote")


class Bluesky:
    """One account on Bluesky."""

    name = limits.NAME

    def __init__(self, xrpc: Xrpc) -> None:
        self._xrpc = xrpc

    def __repr__(self) -> str:
        return f"Bluesky({self._xrpc.did})"

    def can(self) -> Capabilities:
        return CAN

    def whoami(self) -> Identity:
        who = self._xrpc.ready()
        try:
            seen = self._xrpc.read(Author, "app.bsky.actor.getProfile", actor=who.did)
        except (Unauthorized, RateLimited):
            raise
        except NetworkError:
            # The page about a new account comes later than the account; the name can wait.
            return Identity(who.did, who.handle, who.handle)
        return Identity(who.did, who.handle, seen.displayName or who.handle, seen.avatar or "")

    def count(self, text: str) -> Count:
        return limits.count(text)

    def freeze(self, content: Content, *, op: str, at: datetime) -> Frozen:
        if not content.text.strip():
            raise BadInput("Write something before it is published.")
        if "\0" in content.text or any("\ud800" <= c <= "\udfff" for c in content.text):
            raise BadInput("The text holds characters that Bluesky does not keep; type it again.")
        return put(self._xrpc.did, tid(at, op), record(content, at))

    # --- sending -----------------------------------------------------------------------------

    def publish(self, frozen: Frozen) -> Published | Refused | Unknown:
        try:
            body = self._ours(frozen)
        except WrongAccount as no:
            return Refused(RefusedKind.MISCONFIGURED, permanent=True, words=str(no))
        refused = self._not_ready()
        if refused is not None:
            return refused
        outcome = self._xrpc.send("com.atproto.repo.putRecord", frozen.body)
        judged = self._xrpc.judged(outcome)
        if judged is not None or not isinstance(outcome, Answer):
            return judged or Unknown(NOT_UNDERSTOOD)
        return _published(outcome, body)

    def _ours(self, frozen: Frozen) -> dict[str, Any]:
        body = _body(frozen)
        if body is None or body["repo"] != self._xrpc.did:
            raise WrongAccount(NOT_OURS)
        return body

    def _not_ready(self) -> Refused | None:
        """Return why nothing can be sent now; renews stale tokens, so that the send need not."""
        try:
            who = self._xrpc.ready()
        except NetworkError as no:
            return _unsent(no)
        if who.did != self._xrpc.did:
            words = "The server says that these are another account's keys; connect it again."
            return Refused(RefusedKind.MISCONFIGURED, permanent=True, words=words)
        return None

    def find(self, frozen: Frozen, since: datetime) -> Found | Absent | CannotTell:
        try:
            body = self._ours(frozen)
            row, raw = self._row(at_uri(body["repo"], body["rkey"]))
        except NotThere:
            return Absent()
        except (NetworkError, WrongAccount) as no:
            return CannotTell(str(no))
        if row.value != body["record"]:
            return CannotTell("Another text stands at the name of this one.")
        at = moment(body["record"]["createdAt"])  # the name is ours: no search, no window
        return Found(Published(row.uri, url_of(row.uri), at or since, hash_of(raw)))

    def remove(self, ref: str) -> Removed | Refused | Unknown:
        uri = network_id_of(ref)
        try:
            row, raw = self._own_row(uri)
        except NotThere:
            return Removed(uri, was_there=False)
        except BadInput as no:
            return Refused(RefusedKind.INVALID, permanent=True, words=str(no))
        except NetworkError as no:
            return _unsent(no)
        did, collection, name = parts(uri)
        # Only what we have just read and kept: an edit in between makes the server refuse.
        wanted = {"repo": did, "collection": collection, "rkey": name, "swapRecord": row.cid}
        outcome = self._xrpc.send("com.atproto.repo.deleteRecord", json.dumps(wanted))
        return self._xrpc.judged(outcome) or Removed(uri, was_there=True, raw=raw)

    def _own_row(self, uri: str) -> tuple[RecordView, str]:
        if parts(uri)[0] != self._xrpc.did:
            raise BadInput("Only posts of this account can be taken down here.")
        return self._row(uri)

    # --- reading -----------------------------------------------------------------------------

    def _row(self, uri: str) -> tuple[RecordView, str]:
        """Return one record of ours from our own server, where reads have no lag."""
        did, collection, name = parts(uri)
        answer = self._xrpc.answer(
            "com.atproto.repo.getRecord", repo=did, collection=collection, rkey=name
        )
        row = parsed(RecordView, answer)
        if row.uri != uri:
            raise Unreachable(NOT_UNDERSTOOD)
        return row, answer.body.decode("utf-8", "replace")

    def thread_ref(self, ref: str) -> tuple[str, str]:
        uri = network_id_of(ref)
        if parts(uri)[0] == self._xrpc.did:
            row = self._row(uri)[0]
            cid, kept = row.cid, row.value
        else:
            views = self._xrpc.read(PostViews, "app.bsky.feed.getPosts", uris=[uri]).posts
            view = next((one for one in views if one.uri == uri), None)
            if view is None:
                raise NotThere(GONE)
            cid, kept = view.cid, view.record
        here = f"{uri}{REF_MARK}{cid}"
        reply = PostRecord.model_validate(kept).reply
        return here, f"{reply.root.uri}{REF_MARK}{reply.root.cid}" if reply else here

    def evidence(self, ref: str) -> Snapshot:
        uri = network_id_of(ref)
        try:
            answer = self._xrpc.answer("app.bsky.feed.getPostThread", uri=uri, depth="6")
        except (Unauthorized, RateLimited):
            raise
        except NetworkError as no:
            return self._own_evidence(uri, no)
        try:
            thread = Thread.model_validate((_mapping(answer)).get("thread"))
        except ValidationError:
            return self._own_evidence(uri, NotThere(GONE))
        post = thread.post
        told = {"like": post.likeCount, "repost": post.repostCount}
        told |= {"reply": post.replyCount, "quote": post.quoteCount}
        return Snapshot(
            ref=f"{post.uri}{REF_MARK}{post.cid}",
            url=url_of(post.uri),
            text=PostRecord.model_validate(post.record).text,
            raw=answer.body.decode("utf-8", "replace"),
            counts={name: number for name, number in told.items() if number is not None},
            replies=reply_texts(thread),
        )

    def _own_evidence(self, uri: str, no: NetworkError) -> Snapshot:
        """Return what our own server has of a post of ours, where the public view has nothing."""
        if parts(uri)[0] != self._xrpc.did:
            raise no
        row, raw = self._row(uri)
        text = PostRecord.model_validate(row.value).text
        return Snapshot(f"{uri}{REF_MARK}{row.cid}", url_of(uri), text, raw, {}, ())

    def history(self, limit: int) -> tuple[HistoryPost, ...]:
        posts = []
        for row in self._rows(limit):
            found = history_post(row)
            if found is not None:
                posts.append(found)
        return tuple(posts)

    def _rows(self, limit: int) -> Iterator[RecordView]:
        place: dict[str, str | list[str]] = {}
        while limit > 0:
            page = self._xrpc.read(
                RecordPage,
                "com.atproto.repo.listRecords",
                repo=self._xrpc.did,
                collection=COLLECTION,
                limit=str(min(limit, PAGE)),
                **place,
            )
            yield from page.records[:limit]
            limit -= len(page.records)
            if not page.cursor or not page.records:
                return
            place = {"cursor": page.cursor}

    def resolve(self, link: str) -> str:
        who, name = pasted(link)
        if not who.startswith("did:"):
            try:
                found = self._xrpc.answer("com.atproto.identity.resolveHandle", handle=who)
            except (Unauthorized, RateLimited, Unreachable):
                raise
            except NetworkError:
                raise BadInput(f"Nobody on Bluesky is called {who}; check the link.") from None
            who = parsed(Resolved, found).did
        return at_uri(who, name)

    # --- listening ---------------------------------------------------------------------------

    def fetch(self, cursor: str) -> Page:
        return listened(self._notices, cursor)

    def _notices(self, place: str) -> NotificationPage:
        params: dict[str, str | list[str]] = {"limit": str(PAGE), "reasons": list(REASONS)}
        if place:
            params["cursor"] = place
        return self._xrpc.read(
            NotificationPage, "app.bsky.notification.listNotifications", **params
        )


def _unsent(no: NetworkError) -> Refused:
    """Return the refusal that a failed read before a send is: nothing was sent."""
    kind = RefusedKind.MISCONFIGURED if no.permanent else RefusedKind.UNREACHABLE
    if isinstance(no, Unauthorized):
        kind = RefusedKind.UNAUTHORIZED
    elif isinstance(no, RateLimited):
        kind = RefusedKind.RATE_LIMITED
    return Refused(kind, no.permanent, str(no), no.retry_after_s)


def _mapping(answer: Answer) -> dict[str, Any]:
    found = answer.document()
    return found if isinstance(found, dict) else {}


def _body(frozen: Frozen) -> dict[str, Any] | None:
    """Return the body if it is still the one that was frozen, for this network."""
    if hash_of(frozen.body) != frozen.body_hash or '"swapRecord":null' not in frozen.body:
        return None
    try:
        found = json.loads(frozen.body)
    except ValueError:
        return None
    whole = isinstance(found, dict) and {"repo", "rkey", "record"} <= found.keys()
    return found if whole and found["rkey"] == frozen.wire_name else None


def _published(answer: Answer, body: dict[str, Any]) -> Published | Unknown:
    """Return what a 2xx means: published only where it names our record."""
    uri = at_uri(body["repo"], body["rkey"])
    try:
        named = Link.model_validate(answer.document())
    except ValidationError:
        return Unknown("the answer could not be read")
    at = moment(body["record"]["createdAt"])
    if named.uri != uri or at is None:
        return Unknown("the answer names another post")
    raw_hash = hash_of(answer.body.decode("utf-8", "replace"))
    return Published(uri, url_of(uri), at, raw_hash, quota_of(answer))
