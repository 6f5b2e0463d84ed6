"""Requests and replies as the dialects see them."""

import json
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from functools import cached_property
from typing import Any
from urllib.parse import parse_qs

from tests.fault.faults import Met

JSON = "application/json; charset=utf-8"


@dataclass
class Request:
    """One request, read to its end; header names are lower case."""

    number: int
    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes
    met: Met = field(default_factory=Met)
    id: str = ""  # the one in its path

    @property
    def bearer(self) -> str:
        """Return the token, "" where none was sent."""
        scheme, _, token = self.headers.get("authorization", "").partition(" ")
        return token if scheme.lower() == "bearer" else ""

    @cached_property
    def given(self) -> dict[str, Any]:
        """Return query and body as one: JSON or a form; lists where a name ends in []."""
        found: dict[str, Any] = dict(_flat(self.query))
        kind = self.headers.get("content-type", "")
        if kind.startswith("application/json"):
            found |= _object(self.body)
        elif kind.startswith("application/x-www-form-urlencoded"):
            found |= _flat(parse_qs(self.body.decode(), keep_blank_values=True))
        elif kind.startswith("multipart/form-data"):
            found |= _parts(kind, self.body)
        return found

    def one(self, name: str, otherwise: str = "") -> str:
        """Return one value as text."""
        found = self.given.get(name)
        return otherwise if found is None else str(found)

    def number_of(self, name: str, otherwise: int, most: int) -> int:
        """Return a number from the query, bounded."""
        found = self.one(name)
        return max(1, min(int(found), most)) if found.isdigit() else otherwise


@dataclass(slots=True)
class Upload:
    """A file in a form."""

    kind: str
    content: bytes


@dataclass(slots=True)
class Reply:
    """One answer; `document` is written as JSON unless it is bytes."""

    status: int
    document: Any = None
    headers: dict[str, str] = field(default_factory=dict)

    def body(self) -> bytes:
        """Return the bytes."""
        if isinstance(self.document, bytes):
            return self.document
        # In ASCII: half characters, which some texts hold, stay what they are.
        return json.dumps(self.document, separators=(",", ":")).encode()

    def kind(self) -> str:
        """Return the content type."""
        return "text/html; charset=utf-8" if isinstance(self.document, bytes) else JSON


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body or b"{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _flat(given: dict[str, list[str]]) -> dict[str, Any]:
    return {
        name.removesuffix("[]"): values if name.endswith("[]") else values[-1]
        for name, values in given.items()
    }


def _parts(kind: str, body: bytes) -> dict[str, Any]:
    head = f"content-type: {kind}\r\n\r\n".encode()
    whole: Message[str, str] = BytesParser(policy=HTTP).parsebytes(head + body)
    found: dict[str, Any] = {}
    for part in whole.walk():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if not isinstance(name, str) or not isinstance(content, bytes):
            continue
        is_file = part.get_param("filename", header="content-disposition") is not None
        found[name] = Upload(part.get_content_type(), content) if is_file else content.decode()
    return found
