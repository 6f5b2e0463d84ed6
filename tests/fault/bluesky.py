"""Bluesky's dialect: XRPC with the lexicons of ``com.atproto`` and ``app.bsky``.

Measured, and compared again by `test_bluesky_as_real` wherever the real server runs: what putRecord,
createRecord and deleteRecord do with a record that stands already, with and without
``swapRecord``; the errors of tokens; the refresh token that may be used again for two hours; the
same reference for the same picture; limits of a text; pages of records. Real PDS 0.5.35, 2026-11.
From its source and the lexicons (seen 2026-11): the words of the errors, sizes of pictures, the
rate limit's headers. Not as there: reads of records have no lag but what a fault gives them, and the
public view sees a record at the same moment.

What is left out: commits, labels, likes, streams, private messages, OAuth.
"""

import re
from typing import Any

import regex

from tests.fault.bluesky_records import Record, Told, cid_of, parent_of
from tests.fault.bluesky_server import POST, Server
from tests.fault.dialect import Account, stamp
from tests.fault.wire import Reply, Request

TID = re.compile(r"[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}")
LETTERS = "234567abcdefghijklmnopqrstuvwxyz"
GRAPHEMES, BYTES = 300, 3_000
UPLOAD_BYTES, PICTURE_BYTES, PICTURES = 5 * 1024 * 1024, 2_000_000, 4
CLUSTER = regex.compile(r"\X")


class Bluesky(Server):
    """One account server with the public view beside it."""

    def _put(self, request: Request) -> Reply:
        uri, who = self._uri(request), self._who(request)
        value = request.given.get("record")
        refused = self._refused(request, who, value)
        if refused is not None or not isinstance(value, dict):
            return refused or self.refusal(400)
        kept, cid = self.records.get(uri), cid_of(value)
        if kept is not None and kept.cid == cid:
            self._note("repeated", kept, request.number)
            return self._stands(kept)
        if "swapRecord" in request.given:
            wanted = request.given["swapRecord"]
            stands = kept.cid if kept else None
            if wanted != stands:
                return self.error(400, "InvalidSwap", f"Record was at {stands or 'null'}")
        return self._made(request, uri, value, "overwritten" if kept else "published")

    def _create(self, request: Request) -> Reply:
        who = self._who(request)
        value = request.given.get("record")
        name = request.one("rkey") or self._tid()
        request.given["rkey"] = name
        refused = self._refused(request, who, value)
        if refused is not None or not isinstance(value, dict):
            return refused or self.refusal(400)
        uri = self._uri(request)
        if self.records.get(uri):
            return self.error(500)
        return self._made(request, uri, value, "published")

    def _made(self, request: Request, uri: str, value: dict[str, Any], op: str) -> Reply:
        who, lag = self._who(request), request.met.lag_s
        one = Record(uri, cid_of(value), value, who, self.now() + lag)
        if request.met.swallowed:
            self._note("swallowed", one, request.number)
            return self._stands(one)
        self.records.put(one)
        self._note(op, one, request.number)
        self._tell(one, stamp(self.now()))
        return self._stands(one)

    def _stands(self, one: Record) -> Reply:
        return Reply(200, {"uri": one.uri, "cid": one.cid, "validationStatus": "valid"})

    def _refused(  # noqa: PLR0911 - one return a refusal
        self, request: Request, who: Account, value: object
    ) -> Reply | None:
        if f"/{who.id}/" not in self._uri(request):
            return self.error(401, "AuthenticationRequired", "Authentication Required")
        kind = request.one("collection")
        if not isinstance(value, dict) or value.get("$type", kind) != kind:
            return self._invalid(f"Invalid $type: expected {kind}")
        if kind != POST:
            return None
        if not TID.fullmatch(request.one("rkey")):
            return self._invalid(f"Invalid record key for {kind}: not a TID")
        text = value.get("text")
        if not isinstance(text, str) or not isinstance(value.get("createdAt"), str):
            return self._invalid('Record must have the property "text"')
        if len(CLUSTER.findall(text)) > GRAPHEMES:
            return self._invalid(f"Record/text must not be longer than {GRAPHEMES} graphemes")
        if len(text.encode("utf-8", "surrogatepass")) > BYTES:
            return self._invalid(f"Record/text must not be longer than {BYTES} bytes")
        return self._refused_pictures(value)

    def _refused_pictures(  # noqa: PLR0911 - one return a refusal
        self, value: dict[str, Any]
    ) -> Reply | None:
        pictures = (value.get("embed") or {}).get("images") or []
        if len(pictures) > PICTURES:
            return self._invalid(f"Record/embed/images must not have more than {PICTURES} elements")
        for number, one in enumerate(pictures):
            if not isinstance(one.get("alt"), str):
                return self._invalid(f'Record/embed/images/{number} must have the property "alt"')
            cid = str(((one.get("image") or {}).get("ref") or {}).get("$link"))
            if cid not in self.blobs:
                return self.error(400, "BlobNotFound", f"Could not find blob: {cid}")
            if self.blobs[cid]["size"] > PICTURE_BYTES:
                return self._invalid(f"blob too big (maximum {PICTURE_BYTES})")
        return None

    def _invalid(self, words: str) -> Reply:
        return self.error(400, "InvalidRequest", f"Invalid {POST} record: {words}")

    def _delete(self, request: Request) -> Reply:
        uri, who = self._uri(request), self._who(request)
        if f"/{who.id}/" not in uri:
            return self.error(401, "AuthenticationRequired", "Authentication Required")
        kept = self.records.get(uri)
        if kept is None:
            return Reply(200, {})
        wanted = request.given.get("swapRecord")
        if wanted and wanted != kept.cid:
            return self.error(400, "InvalidSwap", f"Record was at {kept.cid}")
        self.records.drop(kept)
        self.told = [one for one in self.told if one.record is not kept]
        self._note("removed", kept, request.number)
        return Reply(200, {})

    def _upload(self, request: Request) -> Reply:
        if len(request.body) > UPLOAD_BYTES:
            return self.error(413, "PayloadTooLarge", "request entity too large")
        cid = cid_of(request.body)
        kind = request.headers.get("content-type", "application/octet-stream")
        made = {"$type": "blob", "ref": {"$link": cid}, "mimeType": kind}
        self.blobs.setdefault(cid, {**made, "size": len(request.body)})
        return Reply(200, {"blob": self.blobs[cid]})

    def _note(self, op: str, one: Record, request: int) -> None:
        self.note(
            op,
            one.account.handle,
            network_id=one.uri,
            text=one.text,
            key=one.uri.rsplit("/", 1)[-1],
            parent=parent_of(one.value),
            request=request,
        )

    # --- other people --------------------------------------------------------------------------

    def _tid(self) -> str:
        self._tids += 1
        number = (int(self.now() * 1_000_000) << 10) | (self._tids & 0x3FF)
        return "".join(LETTERS[(number >> shift) & 31] for shift in range(60, -1, -5))

    def _tell(self, one: Record, at: str, place: int = 0, to: str = "", reason: str = "") -> None:
        about = self.records.get(parent_of(one.value))
        person = self.find(to) if to else (about.account if about else None)
        if person is not None and person is not one.account:
            self.told.insert(place, Told(person, one, reason or "reply", at))

    def say(self, author: str, text: str, about: str = "", **more: Any) -> str:
        """Let somebody answer a post or mention somebody.

        Args:
            author: A handle.
            text: Their words.
            about: The uri of the post that is answered; it need not stand.
            more: `to`, the handle that hears of it; `at`, when they say they wrote it; `place`,
                where the notification is sorted in.
        """
        who = self.find(author) or self.create_account(author, is_ours=False)
        at = str(more.get("at") or stamp(self.now()))
        value: dict[str, Any] = {"$type": POST, "text": text, "createdAt": at}
        if about:
            kept = self.records.get(about)
            parent = {"uri": about, "cid": kept.cid if kept else "bafyreiparent"}
            root = (kept.value.get("reply") or {}).get("root", parent) if kept else parent
            value["reply"] = {"parent": parent, "root": root}
        one = Record(f"at://{who.id}/{POST}/{self._tid()}", cid_of(value), value, who, 0.0)
        self.records.put(one)
        self._note("published", one, 0)
        to = str(more.get("to") or ("" if self.records.get(about) else "ladera"))
        self._tell(one, at, int(more.get("place", 0)), to, "reply" if about else "mention")
        return one.uri
