"""What comes in: Bluesky's JSON as models, and the way from it to our words. No HTTP here.

The models name what we need and let the rest pass: a server may always send more. A text, a name
or an address from the network is data, bounded here once.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator

from amends.networks.bluesky.addresses import AT, CID, DID, url_of
from amends.networks.port import HistoryPost
from amends.vocabulary.mention import Mention, MentionKind

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TEXT_LIMIT = 20_000  # characters of a foreign text that we keep

Words = Annotated[str, StringConstraints(max_length=20_000)]
Uri = Annotated[str, StringConstraints(pattern=rf"^{AT.pattern}$", max_length=1_000)]
Cid = Annotated[str, StringConstraints(pattern=rf"^{CID.pattern}$")]
Did = Annotated[str, StringConstraints(pattern=rf"^{DID.pattern}$")]


class Wire(BaseModel):
    """JSON that came from a server; unknown fields pass."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Failure(Wire):
    """XRPC's form of an error."""

    error: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    message: str = ""


class BlobLink(Wire):
    link: Cid = Field(alias="$link")


class Blob(Wire):
    """Bytes that the server keeps, as a record names them."""

    ref: BlobLink
    mimeType: Annotated[str, StringConstraints(max_length=100)]  # noqa: N815
    size: Annotated[int, Field(ge=1)]

    def named(self) -> dict[str, object]:
        """Return what stands in a record."""
        ref = {"$link": self.ref.link}
        return {"$type": "blob", "ref": ref, "mimeType": self.mimeType, "size": self.size}


class Uploaded(Wire):
    blob: Blob


class Session(Wire):
    did: Did
    handle: Words
    accessJwt: Annotated[str, StringConstraints(min_length=8, max_length=10_000)]  # noqa: N815
    refreshJwt: Annotated[str, StringConstraints(min_length=8, max_length=10_000)]  # noqa: N815
    didDoc: dict[str, Any] | None = None  # noqa: N815

    def home(self) -> str:
        """Return the account's own server by its DID document, "" where it names none."""
        services = (self.didDoc or {}).get("service")
        for one in services if isinstance(services, list) else []:
            if isinstance(one, dict) and str(one.get("id", "")).endswith("#atproto_pds"):
                where = one.get("serviceEndpoint")
                return where.rstrip("/") if isinstance(where, str) else ""
        return ""


class Who(Wire):
    did: Did
    handle: Words


class Resolved(Wire):
    did: Did


class Link(Wire):
    uri: Uri
    cid: Cid


class ReplyRefs(Wire):
    parent: Link
    root: Link


class Embed(Wire):
    record: Any = None


def clean(text: str) -> str:
    """Return a foreign text as a database can keep it: no NUL, no half characters, bounded."""
    whole = text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()
    return whole[:TEXT_LIMIT]


class PostRecord(Wire):
    """The author's own record; everything in it is the author's claim."""

    text: str = ""
    createdAt: str = ""  # noqa: N815
    langs: list[str] | None = None
    reply: ReplyRefs | None = None
    embed: dict[str, Any] | None = None

    @field_validator("text")
    @classmethod
    def plain(cls, text: str) -> str:
        return clean(text)

    def quoted(self) -> str:
        """Return the network id of the post that this one quotes, "" when none."""
        inner: Any = (self.embed or {}).get("record")
        for _ in range(2):  # app.bsky.embed.recordWithMedia holds one more layer
            if isinstance(inner, dict) and isinstance(inner.get("uri"), str):
                return inner["uri"] if AT.fullmatch(inner["uri"]) else ""
            inner = inner.get("record") if isinstance(inner, dict) else None
        return ""


class RecordView(Wire):
    """Answer of getRecord, and one row of listRecords."""

    uri: Uri
    cid: Cid
    value: dict[str, Any]


class RecordPage(Wire):
    records: list[RecordView]
    cursor: str | None = None


class Author(Wire):
    did: Did
    handle: Words = ""
    displayName: str | None = None  # noqa: N815
    avatar: str | None = None


class PostView(Wire):
    uri: Uri
    cid: Cid
    author: Author
    record: dict[str, Any]
    likeCount: int | None = None  # noqa: N815
    repostCount: int | None = None  # noqa: N815
    replyCount: int | None = None  # noqa: N815
    quoteCount: int | None = None  # noqa: N815


class PostViews(Wire):
    posts: list[PostView]


class Thread(Wire):
    post: PostView
    replies: list[dict[str, Any]] | None = None


class Notification(Wire):
    uri: Uri
    cid: Cid
    author: Author
    reason: str
    record: dict[str, Any]
    indexedAt: str = ""  # noqa: N815


class NotificationPage(Wire):
    notifications: list[dict[str, Any]]
    cursor: Annotated[str, Field(max_length=2_000)] | None = None


def moment(words: str) -> datetime | None:
    """Return an aware moment in UTC, None where the words are none."""
    try:
        found = datetime.fromisoformat(words)
        return found.astimezone(UTC) if found.tzinfo else None
    except (ValueError, OverflowError):
        return None


KINDS = {
    "reply": MentionKind.REPLY,
    "mention": MentionKind.MENTION,
    "quote": MentionKind.QUOTE,
}


def mention(notice: Notification) -> Mention | None:
    """Return the mention in a notification, None where it is another kind or cannot be read."""
    kind = KINDS.get(notice.reason)
    if kind is None:
        return None
    post = PostRecord.model_validate(notice.record)
    written = moment(post.createdAt) or moment(notice.indexedAt) or EPOCH
    about = post.reply.parent.uri if kind is MentionKind.REPLY and post.reply else ""
    return Mention(
        network_id=notice.uri,
        url=url_of(notice.uri),
        author_id=notice.author.did,
        author_handle=notice.author.handle,
        author_name=clean(notice.author.displayName or "")[:640],
        text=post.text,
        kind=kind,
        written_at=written,
        about=post.quoted() if kind is MentionKind.QUOTE else about,
    )


def history_post(row: RecordView) -> HistoryPost | None:
    """Return one of our older posts, None where its record cannot be read."""
    post = PostRecord.model_validate(row.value)
    at = moment(post.createdAt)
    if at is None:
        return None
    langs = post.langs or [""]
    answers = post.reply.parent.uri if post.reply else ""
    return HistoryPost(row.uri, url_of(row.uri), post.text, at, langs[0], bool(answers), answers)


def reply_texts(thread: Thread, limit: int = 200) -> tuple[str, ...]:
    """Return the texts of the answers, as the network orders them, at most `limit`."""
    texts: list[str] = []
    waiting: list[Any] = list(reversed(thread.replies or []))
    while waiting and len(texts) < limit:
        one = waiting.pop()
        if isinstance(one, dict):
            below = one.get("replies")
            waiting.extend(reversed(below) if isinstance(below, list) else [])
            texts.extend(_text_in(one))
    return tuple(texts)


def _text_in(view: Mapping[str, Any]) -> list[str]:
    post = view.get("post")
    kept = post.get("record") if isinstance(post, dict) else None
    text = kept.get("text") if isinstance(kept, dict) else None
    return [clean(text)] if isinstance(text, str) else []
