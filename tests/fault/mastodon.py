"""Mastodon's dialect.

From documents: docs.joinmastodon.org, "Methods" and "Entities" for version 4.4, "Rate limits" and
"Guidelines" (paging by the Link header); the idempotency key as in Mastodon's PostStatusService
(kept for 3,600 s, checked before all else, the first status comes back whatever the new text;
after a removal nothing is found). Seen 2026-11; nothing here is measured against a real server.

What is left out: polls, boosts, favourites, edits, quotes, filters, streaming, sign-in by OAuth
(accounts come with a token). A post with `scheduled_at` is kept and never goes out by itself.
"""

import re
from typing import Any

from tests.fault import mastodon_text
from tests.fault.dialect import Account
from tests.fault.mastodon_lists import is_seen
from tests.fault.mastodon_server import Server
from tests.fault.mastodon_shapes import (
    ALT_CHARACTERS,
    KINDS,
    MAX_CHARACTERS,
    MAX_PICTURES,
    PICTURE_BYTES,
    Media,
    Status,
)
from tests.fault.wire import Reply, Request, Upload
from tests.fault.world import World

KEY_S = 3_600.0
VISIBILITIES = ("public", "unlisted", "private", "direct")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]+)?")


class Mastodon(Server):
    """One server that is Mastodon itself."""

    knows_keys = True
    knows_schedules = True

    def __init__(self, world: World, url: str) -> None:
        super().__init__(world, url)
        self.keys: dict[tuple[str, str], tuple[str, float, float]] = {}  # -> status, from, until

    def _post(self, request: Request) -> Reply:
        who = self._who(request)
        text, spoiler = request.one("status").strip(), request.one("spoiler_text").strip()
        key = request.headers.get("idempotency-key", "")
        if request.met.keys_lost:
            self.keys.clear()
        scheduled = request.one("scheduled_at")
        if self.knows_keys and key and not scheduled:
            kept = self._kept(who, key)
            if kept is not None:
                return self._repeated(kept, key, request)
        refused = self._refused(request, who, text, spoiler)
        if refused is not None:
            return refused
        if scheduled and self.knows_schedules:
            return self._scheduled(request, scheduled)
        return self._made(request, who, text, key)

    def _kept(self, who: Account, key: str) -> str | None:
        id_, starts, ends = self.keys.get((who.id, key), ("", 0.0, 0.0))
        return id_ if starts <= self.now() < ends else None

    def _repeated(self, id_: str, key: str, request: Request) -> Reply:
        one = self.lists.statuses.get(id_)
        if one is None:
            return self.error(404)
        self._note("repeated", one, key, request.number)
        return Reply(200, self._shown(one))

    def _refused(  # noqa: PLR0911 - one return a refusal
        self, request: Request, who: Account, text: str, spoiler: str
    ) -> Reply | None:
        media = [self.lists.media.get(str(one)) for one in request.given.get("media_ids") or []]
        if not text and not media:
            return self.error(422, words="Validation failed: Text can't be blank")
        if mastodon_text.length(text) + mastodon_text.length(spoiler) > MAX_CHARACTERS:
            words = f"Validation failed: Text character limit of {MAX_CHARACTERS} exceeded"
            return self.error(422, words=words)
        parent = self.lists.statuses.get(request.one("in_reply_to_id"))
        if request.one("in_reply_to_id") and (
            parent is None or not is_seen(parent, who, self.now())
        ):
            words = "The post you are trying to reply to does not appear to exist."
            return self.error(404, words=words)
        if request.one("visibility", "public") not in VISIBILITIES:
            return self.error(
                422, words="Validation failed: Visibility is not included in the list"
            )
        return self._refused_media(media, who)

    def _refused_media(self, media: list[Media | None], who: Account) -> Reply | None:
        if len(media) > MAX_PICTURES:
            return self.error(422, words="Cannot attach more than 4 files")
        if any(one is None or one.account is not who or one.status for one in media):
            words = "Validation failed: Media not found or already attached to another post"
            return self.error(422, words=words)
        if any(one is not None and self.now() < one.ready_at for one in media):
            words = "Cannot attach files that have not finished processing. Try again in a moment!"
            return self.error(422, words=words)
        return None

    def _scheduled(self, request: Request, at: str) -> Reply:
        number = str(self.lists.number(self.now()))
        params = {"text": request.one("status"), "idempotency": None}
        return Reply(
            200, {"id": number, "scheduled_at": at, "params": params, "media_attachments": []}
        )

    def _made(self, request: Request, who: Account, text: str, key: str) -> Reply:
        language = request.one("language")
        one = self._new(
            who,
            text,
            visibility=request.one("visibility", "public"),
            language=language if LANGUAGE.fullmatch(language) else "en",
            spoiler=request.one("spoiler_text").strip(),
            parent=self.lists.statuses.get(request.one("in_reply_to_id")),
            key=key,
        )
        one.is_sensitive = request.one("sensitive").lower() in {"true", "1"} or bool(one.spoiler)
        one.media = [self.lists.media[str(part)] for part in request.given.get("media_ids") or []]
        one.seen_from = self.now() + request.met.lag_s
        if request.met.swallowed:
            self._note("swallowed", one, key, request.number)
            return Reply(200, self._shown(one))
        for part in one.media:
            part.status = one.id
        self._stands(one, key, request.number)
        if key:
            starts = one.at + request.met.key_late_s
            self.keys[(who.id, key)] = (one.id, starts, starts + KEY_S)
        return Reply(200, self._shown(one))

    def _new(self, who: Account, text: str, **more: Any) -> Status:
        """Return a post that does not stand yet."""
        at, parent = self.now(), more.get("parent")
        number = str(self.lists.number(at))
        named = [self._person(name, domain) for name, domain in mastodon_text.mentioned(text)]
        name, _, domain = who.handle.partition("@")
        base = f"https://{domain}" if domain else self.url
        return Status(
            number,
            who,
            text,
            mastodon_text.as_html(text, self._card, f"{self.url}/tags/"),
            at,
            at,
            f"{base}/@{name}/{number}",
            mentions=[one for one in named if one is not None],
            parent_id=parent.id if parent else None,
            **more,
        )

    def _stands(self, one: Status, key: str = "", request: int = 0) -> None:
        self.lists.put(one)
        self._note("published", one, key, request)
        for person in one.mentions:
            if "@" not in person.handle and person is not one.account:
                self.lists.tell("mention", person, one, self.now())

    def _delete(self, request: Request) -> Reply:
        one = self.lists.statuses.get(request.id)
        if one is None or one.account is not self._who(request):
            return self.error(404)
        gone = self._shown(one) | {"text": one.text}
        self.lists.drop(one)
        for part in one.media:
            part.status = ""  # it may be posted again
        self._note("removed", one, one.key, request.number)
        return Reply(200, gone)

    def _note(self, op: str, one: Status, key: str, request: int) -> None:
        self.note(
            op,
            one.account.handle,
            network_id=one.id,
            text=one.text,
            key=key,
            parent=one.parent_id or "",
            visibility=one.visibility,
            request=request,
        )

    # --- pictures ------------------------------------------------------------------------------

    def _upload(self, request: Request) -> Reply:  # noqa: PLR0911 - one return a refusal
        file = request.given.get("file")
        if not isinstance(file, Upload):
            return self.error(422, words="Validation failed: File can't be blank")
        if file.kind not in KINDS:
            return self.error(422, words="Validation failed: File content type is not supported")
        if len(file.content) > PICTURE_BYTES:
            return self.error(422, words="Validation failed: File must be less than 16 MB")
        words = request.one("description") or None
        if words and len(words) > ALT_CHARACTERS:
            return self.error(422, words="Validation failed: Description is too long")
        number, ready = str(self.lists.number(self.now())), self.now() + request.met.processing_s
        one = Media(number, self._who(request), file.kind, len(file.content), words, ready)
        self.lists.media[number] = one
        return Reply(202 if request.met.processing_s else 200, self.shapes.media(one, self.now()))

    def _mine(self, request: Request, id_: str) -> Media | None:
        one = self.lists.media.get(id_)
        mine = one is not None and one.account is self.account(request) and not one.status
        return one if mine else None

    def _media(self, request: Request) -> Reply:
        one = self._mine(request, request.id)
        if one is None:
            return self.error(404)
        is_ready = self.now() >= one.ready_at
        return Reply(200 if is_ready else 206, self.shapes.media(one, self.now()))

    def _describe(self, request: Request) -> Reply:
        one = self._mine(request, request.id)
        if one is None:
            return self.error(404)
        if len(request.one("description")) > ALT_CHARACTERS:
            return self.error(422, words="Validation failed: Description is too long")
        one.description = request.one("description")
        return Reply(200, self.shapes.media(one, self.now()))

    # --- other people --------------------------------------------------------------------------

    def say(self, author: str, text: str, about: str = "", **more: Any) -> str:
        """Let somebody answer a post or mention somebody.

        Args:
            author: A handle here, or of another server with @.
            text: Their words; the mention that notifies is put before them.
            about: The id of the post that is answered.
            more: `to`, the handle that is mentioned (the answered post's author); `visibility`;
                `mention` False lets the text stand as it is.
        """
        handle = author if author in self.accounts else f"{author}@elsewhere.test"
        who = self.accounts.get(handle) or self.create_account(handle, is_ours=False)
        parent = self.lists.statuses.get(about)
        to = more.get("to") or (parent.account.handle if parent else "ladera")
        full = to if "@" in to else f"{to}@{self.domain}"
        words = f"@{full} {text}" if more.get("mention", True) else text
        one = self._new(who, words, parent=parent, visibility=more.get("visibility", "public"))
        self._stands(one)
        return one.id

    def posts(self) -> list[dict[str, Any]]:
        rows = self.lists.statuses.values()
        return [{"id": one.id, "account": one.account.handle, "text": one.text} for one in rows]
