"""Mastodon's entities as JSON: Account, Status, MediaAttachment, Notification, Instance.

From documents: docs.joinmastodon.org, "Entities", for version 4.4; seen 2026-11. Not measured.
"""

from dataclasses import dataclass, field
from typing import Any

from tests.fault.dialect import Account, stamp

MAX_CHARACTERS, MAX_PICTURES, PICTURE_BYTES, ALT_CHARACTERS = 500, 4, 16_777_216, 1_500
KINDS = ("image/jpeg", "image/png", "image/gif", "image/webp")


@dataclass(slots=True)
class Media:
    """A picture that was sent here."""

    id: str
    account: Account
    kind: str
    size: int
    description: str | None
    ready_at: float
    status: str = ""  # of which it is a part


@dataclass(slots=True)
class Status:
    """A post."""

    id: str
    account: Account
    text: str
    content: str
    at: float
    seen_from: float
    url: str
    visibility: str = "public"
    language: str | None = "en"
    spoiler: str = ""
    is_sensitive: bool = False
    parent: "Status | None" = None
    parent_id: str | None = None
    key: str = ""
    media: list[Media] = field(default_factory=list)
    mentions: list[Account] = field(default_factory=list)

    @property
    def number(self) -> int:
        """Return the id as a number, by which lists are sorted."""
        return int(self.id)

    @property
    def uri(self) -> str:
        """Return the name that is the same on every server."""
        who, _, id_ = self.url.rpartition("/")
        return f"{who.replace('/@', '/users/')}/statuses/{id_}"


@dataclass(slots=True)
class Notice:
    """A notification."""

    number: int
    type: str
    at: float
    to: Account
    account: Account
    status: Status | None


class Shapes:
    """The entities of one server."""

    def __init__(self, url: str, domain: str) -> None:
        self.url, self.domain = url, domain

    def profile(self, one: Account) -> str:
        """Return the address of somebody's page."""
        name, _, domain = one.handle.partition("@")
        return f"https://{domain}/@{name}" if domain else f"{self.url}/@{name}"

    def account(self, one: Account) -> dict[str, Any]:
        """Return an Account; an acct without @ is of this server."""
        return {
            "id": one.id,
            "username": one.handle.split("@")[0],
            "acct": one.handle,
            "display_name": one.name,
            "locked": False,
            "bot": False,
            "created_at": "2024-01-01T00:00:00.000Z",
            "note": "<p></p>",
            "url": self.profile(one),
            "uri": self.profile(one).replace("/@", "/users/"),
            "avatar": f"{self.url}/avatars/original/missing.png",
            "avatar_static": f"{self.url}/avatars/original/missing.png",
            "followers_count": 12,
            "following_count": 3,
            "statuses_count": 0,
            "emojis": [],
            "fields": [],
        }

    def media(self, one: Media, now: float) -> dict[str, Any]:
        """Return a MediaAttachment; its url is null while it is processed."""
        ready = f"{self.url}/system/media/{one.id}/original" if now >= one.ready_at else None
        return {
            "id": one.id,
            "type": "image",
            "url": ready,
            "preview_url": ready,
            "remote_url": None,
            "text_url": None,
            "meta": {"original": {"width": 640, "height": 480, "size": "640x480"}},
            "description": one.description,
            "blurhash": None,
        }

    def status(self, one: Status, replies: int = 0) -> dict[str, Any]:
        """Return a Status."""
        return {
            "id": one.id,
            "created_at": stamp(one.at),
            "in_reply_to_id": one.parent_id,
            "in_reply_to_account_id": one.parent.account.id if one.parent else None,
            "sensitive": one.is_sensitive,
            "spoiler_text": one.spoiler,
            "visibility": one.visibility,
            "language": one.language,
            "uri": one.uri,
            "url": one.url,
            "replies_count": replies,
            "reblogs_count": 0,
            "favourites_count": 3,
            "quotes_count": 0,
            "edited_at": None,
            "content": one.content,
            "reblog": None,
            "application": None,
            "account": self.account(one.account),
            "media_attachments": [self.media(part, float("inf")) for part in one.media],
            "mentions": [self.mention(who) for who in one.mentions],
            "tags": [],
            "emojis": [],
            "card": None,
            "poll": None,
        }

    def mention(self, one: Account) -> dict[str, Any]:
        """Return a Status::Mention."""
        return {
            "id": one.id,
            "username": one.handle.split("@")[0],
            "url": self.profile(one),
            "acct": one.handle,
        }

    def notice(self, one: Notice) -> dict[str, Any]:
        """Return a Notification."""
        found = {
            "id": str(one.number),
            "type": one.type,
            "created_at": stamp(one.at),
            "group_key": f"ungrouped-{one.number}",
            "account": self.account(one.account),
        }
        return found | ({"status": self.status(one.status)} if one.status else {})

    def limits(self) -> dict[str, Any]:
        """Return an Instance's `configuration`."""
        return {
            "urls": {"streaming": self.url.replace("http", "ws", 1)},
            "accounts": {"max_featured_tags": 10, "max_pinned_statuses": 5},
            "statuses": {
                "max_characters": MAX_CHARACTERS,
                "max_media_attachments": MAX_PICTURES,
                "characters_reserved_per_url": 23,
            },
            "media_attachments": {
                "supported_mime_types": list(KINDS),
                "description_limit": ALT_CHARACTERS,
                "image_size_limit": PICTURE_BYTES,
                "image_matrix_limit": 33_177_600,
            },
        }

    def instance(self, version: str, api: int) -> dict[str, Any]:
        """Return an Instance; `api` 0 is a server that does not tell its API's version."""
        found = {
            "domain": self.domain,
            "title": "Fault network",
            "version": version,
            "source_url": "https://example.test/source",
            "description": "",
            "languages": ["en"],
            "configuration": self.limits(),
            "registrations": {"enabled": False},
            "rules": [],
        }
        return found | ({"api_versions": {"mastodon": api}} if api else {})

    def instance_v1(self, version: str) -> dict[str, Any]:
        """Return a V1::Instance."""
        return {
            "uri": self.domain,
            "title": "Fault network",
            "version": version,
            "urls": {},
            "stats": {},
            "configuration": self.limits(),
            "max_toot_chars": MAX_CHARACTERS,
        }
