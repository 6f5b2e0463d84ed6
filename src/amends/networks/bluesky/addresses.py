"""Addresses on Bluesky: of records, of people, and of the pages where people read them."""

import re
from urllib.parse import quote, urlsplit

from amends.networks.bluesky.limits import COLLECTION, SITE
from amends.networks.port import REF_MARK, network_id_of
from amends.vocabulary.errors import BadInput

DID = re.compile(r"did:(?:plc:[a-z2-7]{3,64}|web:[a-zA-Z0-9.%-]{3,253})")
AT = re.compile(
    rf"at://({DID.pattern})/([a-zA-Z][a-zA-Z0-9.]{{2,255}})/([A-Za-z0-9._~:-]{{1,512}})"
)
HANDLE = re.compile(r"(?=.{3,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*")
CID = re.compile(r"[A-Za-z0-9+=]{8,256}")


def strong(ref: str) -> dict[str, str]:
    """Return a ref as uri and cid.

    Raises:
        BadInput: The ref is not one that `thread_ref` gave.
    """
    uri, _, cid = ref.partition(REF_MARK)
    if not AT.fullmatch(uri) or not CID.fullmatch(cid):
        raise BadInput("Open the post that you answer again, so that its address can be read.")
    return {"uri": uri, "cid": cid}


def parts(ref: str) -> tuple[str, str, str]:
    """Return (did, collection, record name) of a network id or ref.

    Raises:
        BadInput: It is not an address of a record.
    """
    found = AT.fullmatch(network_id_of(ref))
    if found is None:
        raise BadInput(
            "Paste the link of a Bluesky post, such as https://bsky.app/profile/…/post/…."
        )
    return found.group(1), found.group(2), found.group(3)


def at_uri(did: str, name: str) -> str:
    """Return the network id of a post."""
    return f"at://{did}/{COLLECTION}/{name}"


def url_of(network_id: str) -> str:
    """Return the page where people read a post, "" where there is none."""
    found = AT.fullmatch(network_id)
    if found is None or found.group(2) != COLLECTION:
        return ""
    return f"{SITE}/profile/{quote(found.group(1), safe=':')}/post/{quote(found.group(3))}"


def pasted(link: str) -> tuple[str, str]:
    """Return (did or handle, record name) of a pasted link.

    Raises:
        BadInput: It is not a link to a Bluesky post.
    """
    given = link.strip()
    path = given.removeprefix("at://") if given.startswith("at://") else _site_path(given)
    pieces = path.replace("/post/", f"/{COLLECTION}/").removeprefix("profile/").split("/")
    if len(pieces) == 3 and pieces[1] == COLLECTION:
        who = pieces[0].removeprefix("@")
        who = who if who.startswith("did:") else who.lower()
        if (DID.fullmatch(who) or HANDLE.fullmatch(who)) and re.fullmatch(r"[\w.~:-]+", pieces[2]):
            return who, pieces[2]
    raise BadInput("Paste the link of a Bluesky post, such as https://bsky.app/profile/…/post/….")


def _site_path(given: str) -> str:
    try:
        found = urlsplit(given if "//" in given else f"https://{given}")
    except ValueError:  # an odd bracket
        return ""
    if found.scheme != "https" or found.netloc not in {"bsky.app", "www.bsky.app", "main.bsky.dev"}:
        return ""
    return found.path.strip("/")
