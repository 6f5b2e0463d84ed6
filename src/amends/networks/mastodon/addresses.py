"""Addresses on Mastodon: of servers, people and posts.

A post's network id is ``mastodon:<host>/<id>``: the id under which our own server answers, for
ever. The post's own uri would be one for all servers, but no call takes it: each would have to
search for it first, which servers may refuse. A person is ``name@host`` in small letters, the same
on every server, since Mastodon never renames anybody; so one person heard by two of our accounts
is counted once.

A ref adds what an answer needs: ``mastodon:<host>/<id>|<visibility>|<name@host of the author>``.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

from amends.networks.mastodon.limits import NAME
from amends.networks.port import REF_MARK, network_id_of
from amends.vocabulary.errors import BadInput

VISIBILITIES = ("public", "unlisted", "private", "direct")  # from the widest
HOST = r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?"
ID = r"[A-Za-z0-9_-]{1,64}"  # numbers on Mastodon, other letters on its relatives
POST = re.compile(rf"{NAME}:({HOST})/({ID})")
HANDLE = re.compile(rf"@?([a-z0-9_]+(?:[a-z0-9_.-]*[a-z0-9_])?)@({HOST})", re.IGNORECASE)
NAME_ONLY = re.compile(r"@?([a-z0-9_]+(?:[a-z0-9_.-]*[a-z0-9_])?)", re.IGNORECASE)
# Paths under which Mastodon shows a post: /@user/1, /@user@host/1, /users/user/statuses/1,
# /ap/users/1/statuses/1, /statuses/1, and each of them under /web or /deck.
PATH = re.compile(
    rf"(?:(?:web|deck)/)?(?:@[\w.-]+(?:@[\w.-]+)?/|(?:(?:ap/)?users/[\w.-]+/)?statuses/)({ID})"
)
PASTE = "Paste the link of a Mastodon post, such as https://mastodon.social/@name/1234."


@dataclass(frozen=True, slots=True)
class Parent:
    """The post that is answered."""

    id: str
    visibility: str = "public"
    author: str = ""  # name@host, "" for ourselves or where nobody knows


def network_id(host: str, status: str) -> str:
    """Return a post's network id."""
    return f"{NAME}:{host}/{status}"


def status_id(ref: str, host: str) -> str:
    """Return the id of a post on our server.

    Raises:
        BadInput: It is no address of a post there.
    """
    found = POST.fullmatch(network_id_of(ref))
    if found is None or found.group(1) != host:
        raise BadInput(PASTE)
    return found.group(2)


def ref_of(address: str, visibility: str, author: str) -> str:
    """Return the ref of a post."""
    return REF_MARK.join((address, visibility, author))


def parent(ref: str, host: str) -> Parent:
    """Return what a ref says about the post that is answered.

    Raises:
        BadInput: The ref is not one that `thread_ref` gave for this server.
    """
    pieces = ref.split(REF_MARK)
    found = POST.fullmatch(pieces[0])
    if found is None or found.group(1) != host or len(pieces) not in {1, 3}:
        raise BadInput("Open the post that you answer again, so that its address can be read.")
    if len(pieces) == 1:
        return Parent(found.group(2))
    if pieces[1] not in VISIBILITIES or (pieces[2] and not HANDLE.fullmatch(pieces[2])):
        raise BadInput("Open the post that you answer again, so that its address can be read.")
    return Parent(found.group(2), pieces[1], pieces[2])


def full_handle(acct: str, domain: str) -> str:
    """Return name@host, in small letters, for a handle as our server writes it.

    >>> full_handle("Ines", "mastodon.example"), full_handle("@tomas@other.example", "x.example")
    ('ines@mastodon.example', 'tomas@other.example')
    """
    name = acct.strip().removeprefix("@").lower()
    return name if "@" in name else f"{name}@{domain}"


def person(handle: str, domain: str) -> str:
    """Return name@host of the one person a text is for.

    Raises:
        BadInput: It is no handle on Mastodon.
    """
    given = handle.strip()
    if HANDLE.fullmatch(given) or NAME_ONLY.fullmatch(given):
        return full_handle(given, domain)
    raise BadInput("Write the person's Mastodon handle, such as @name@mastodon.social.")


def base_of(server: str) -> str:
    """Return a server's address, without a path, for what a person typed.

    >>> base_of(" Mastodon.Social "), base_of("@ines@mastodon.example")
    ('https://mastodon.social', 'https://mastodon.example')

    Raises:
        BadInput: It is no address of a server.
    """
    given = server.strip()
    handle = HANDLE.fullmatch(given)
    given = handle.group(2) if handle else given
    try:
        found = httpx.URL(given if "//" in given else f"https://{given}")
    except httpx.InvalidURL:
        found = httpx.URL("")
    host = found.host
    # No spaces: httpx would quietly write them as %20.
    if not host or found.userinfo or found.scheme not in {"http", "https"} or " " in given:
        raise BadInput("Write the server as a name, such as mastodon.social.")
    return f"{found.scheme}://{found.netloc.decode('ascii').lower()}"


def host_of(base: str) -> str:
    """Return host, and port where it is not the usual one."""
    return base.split("//", 1)[1]


def pasted(link: str) -> tuple[str, str, str]:
    """Return (host, id, the link itself) of a pasted link; the id is "" where its form is unknown.

    Raises:
        BadInput: It is no https link to anything on a server.
    """
    given = link.strip()
    try:
        found = urlsplit(given if "//" in given else f"https://{given}")
        host = found.netloc.lower()
    except ValueError:  # an odd bracket
        raise BadInput(PASTE) from None
    path = found.path.strip("/")
    usable = found.scheme in {"http", "https"} and re.fullmatch(HOST, host) and "." in host
    if not usable or not path or any(c.isspace() for c in given):
        raise BadInput(PASTE)
    known = PATH.fullmatch(path)
    return host, known.group(1) if known else "", f"{found.scheme}://{host}/{path}"
