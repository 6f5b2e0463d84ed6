"""What comes in: Mastodon's JSON as models, and the way from it to our words. No HTTP here.

The models name what we need and let the rest pass: a server may always send more. A text, a name
or an address from the network is data, bounded here once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from amends.networks.mastodon.addresses import ID, full_handle, network_id
from amends.networks.mastodon.text import clean, normal, plain
from amends.networks.port import HistoryPost
from amends.vocabulary.mention import Mention, MentionKind

Raw = dict[str, object]  # an entity as it came
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
OPEN = frozenset({"public", "unlisted"})  # readable by everybody

Id = Annotated[str, StringConstraints(pattern=rf"^{ID}$")]
Words = Annotated[str, StringConstraints(max_length=2_000)]
Html = Annotated[str, StringConstraints(max_length=1_000_000)]


class Wire(BaseModel):
    """JSON that came from a server; unknown fields pass."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Failure(Wire):
    """Mastodon's form of an error: one sentence, no code."""

    error: Annotated[str, StringConstraints(min_length=1, max_length=2_000)]


class Person(Wire):
    id: Id
    username: Words = ""
    acct: Annotated[str, StringConstraints(min_length=1, max_length=400)]
    display_name: Words = ""
    avatar: Words | None = None


class Named(Wire):
    """Somebody whom a post mentions."""

    url: Words = ""
    acct: Words = ""


class Status(Wire):
    """A post."""

    id: Id
    created_at: Words
    content: Html
    account: Person
    visibility: Words = "public"
    in_reply_to_id: Id | None = None
    in_reply_to_account_id: Id | None = None
    url: Words | None = None
    uri: Words = ""
    language: Words | None = None
    mentions: list[Named] = []
    reblog: dict[str, Any] | None = None
    replies_count: int | None = None
    reblogs_count: int | None = None
    favourites_count: int | None = None
    quotes_count: int | None = None

    def text(self) -> str:
        """Return the words of the post, links with their true targets."""
        return plain(self.content, {one.url: one.acct for one in self.mentions if one.url})

    def at(self) -> datetime | None:
        """Return when the server says that it was written."""
        return moment(self.created_at)

    def page(self) -> str:
        """Return the address where people read it, "" where there is none that is safe."""
        return next((one for one in (self.url or "", self.uri) if one.startswith("http")), "")


class Attachment(Wire):
    """A picture on the server."""

    id: Id
    url: Words | None = None  # none while the server still prepares it

    @classmethod
    def read(cls, one: object) -> "Attachment | None":
        """Return the picture, None where it cannot be read."""
        try:
            return cls.model_validate(one)
        except ValidationError:
            return None


class Notice(Wire):
    """A notification."""

    id: Id
    type: Words
    status: dict[str, Any] | None = None


class Context(Wire):
    ancestors: list[dict[str, Any]] = []
    descendants: list[dict[str, Any]] = []


class Searched(Wire):
    """What a search found."""

    statuses: list[dict[str, Any]] = []


class App(Wire):
    """The app a token was made for; servers from 4.3 tell what it may do."""

    scopes: list[Words] | None = None


class Statuses(Wire):
    max_characters: int | None = None
    max_media_attachments: int | None = None
    characters_reserved_per_url: int | None = None


class Media(Wire):
    image_size_limit: int | None = None
    description_limit: int | None = None


class Configuration(Wire):
    statuses: Statuses = Statuses()
    media_attachments: Media = Media()


class Instance(Wire):
    """GET /api/v2/instance; version 1 has `uri` for `domain` and the same configuration."""

    domain: Words = ""
    uri: Words = ""
    version: Annotated[str, StringConstraints(min_length=1, max_length=500)]
    configuration: Configuration = Configuration()
    api_versions: dict[str, Any] = {}


class NodeLink(Wire):
    rel: Words = ""
    href: Words = ""


class NodeLinks(Wire):
    links: list[NodeLink]


class Software(Wire):
    name: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    version: Annotated[str, StringConstraints(min_length=1, max_length=500)]


class NodeInfo(Wire):
    software: Software


def moment(words: str) -> datetime | None:
    """Return an aware moment in UTC, None where the words are none."""
    try:
        found = datetime.fromisoformat(words)
        return found.astimezone(UTC) if found.tzinfo else None
    except (ValueError, OverflowError):
        return None


def status_in(one: object) -> Status | None:
    """Return the post, None where it cannot be read."""
    try:
        return Status.model_validate(one)
    except ValidationError:
        return None


@dataclass(frozen=True, slots=True)
class Place:
    """From where we see: our server's host, the host in its handles, and our id there."""

    host: str
    domain: str
    account: str

    def handle(self, person: Person) -> str:
        """Return a person's name@host."""
        return full_handle(person.acct, self.domain)

    def normal(self, text: str) -> str:
        """Return the form in which texts are compared."""
        return normal(text, self.domain)


def mention(notice: Notice, place: Place) -> Mention | None:
    """Return the mention in a notification, None where it is another kind or cannot be read."""
    said = status_in(notice.status)
    if said is None or notice.type not in {"mention", "quote"}:
        return None
    answers = said.in_reply_to_id is not None and said.in_reply_to_account_id == place.account
    kind = MentionKind.REPLY if answers else MentionKind.MENTION
    about = network_id(place.host, said.in_reply_to_id or "") if answers else ""
    if notice.type == "quote":
        kind, about = MentionKind.QUOTE, _quoted(notice.status or {}, place)
    handle = place.handle(said.account)
    return Mention(
        network_id=network_id(place.host, said.id),
        url=said.page(),
        author_id=handle,
        author_handle=handle,
        author_name=clean(said.account.display_name)[:640],
        text=said.text(),
        kind=kind,
        written_at=said.at() or EPOCH,
        about=about,
    )


def _quoted(raw: Mapping[str, Any], place: Place) -> str:
    quote = raw.get("quote")
    inner = status_in(quote.get("quoted_status")) if isinstance(quote, dict) else None
    return network_id(place.host, inner.id) if inner else ""


def history_post(said: Status, host: str) -> HistoryPost | None:
    """Return one of our older posts, None where its time cannot be read."""
    at = said.at()
    if at is None:
        return None
    answers = network_id(host, said.in_reply_to_id) if said.in_reply_to_id else ""
    address = network_id(host, said.id)
    words = said.text()
    return HistoryPost(address, said.page(), words, at, said.language or "", bool(answers), answers)


def open_ones(raw: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the posts that everybody may read: private words are never kept as evidence."""
    return [one for one in raw if one.get("visibility") in OPEN]


def texts(raw: Iterable[object], limit: int = 200) -> tuple[str, ...]:
    """Return the texts of the answers, as the network orders them, at most `limit`."""
    read = (status_in(one) for one in raw)
    return tuple(one.text() for one in read if one is not None)[:limit]
