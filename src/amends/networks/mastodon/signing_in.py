"""Signing in with an access token that the person made on their server: once, when connecting."""

from urllib.parse import urlsplit

from pydantic import ValidationError

from amends.networks.mastodon.addresses import HANDLE, base_of, full_handle, host_of
from amends.networks.mastodon.instance import about
from amends.networks.mastodon.limits import NAME
from amends.networks.mastodon.session import NO_SCOPE, said
from amends.networks.mastodon.wire import App, Person
from amends.networks.port import Identity, Secret
from amends.networks.transport import STRICT, Answer, Call, Cause, Door, Guard, Lost, read_error
from amends.vocabulary.errors import AmendsError, BadInput, RateLimited, Unauthorized, Unreachable

HINT = "Make one on your server under Preferences, Development, with the scopes read and write."
# What a token needs, each with the whole scope that holds it. Methods' docs; seen 2026-11.
NEEDED = ("read:accounts", "read:statuses", "read:notifications", "read:search", "write:statuses")


def sign_in(
    server: str, handle: str, password: str, guard: Guard = STRICT
) -> tuple[Identity, Secret]:
    """Return whose access token it is, and what is kept.

    Args:
        server: Host or https address, as a person types it; "" for the host in the handle.
        handle: Only read for its host where there is no server: the token says who we are.
        password: The access token.
        guard: What may be connected to.

    Raises:
        BadInput: The address cannot be used, or nothing there speaks Mastodon's language.
        Unauthorized: The token is wrong, or may not do what is needed.
        RateLimited: Too many calls.
        Unreachable: No answer.
    """
    token = password.strip()
    if not (server.strip() or HANDLE.fullmatch(handle.strip())):
        raise BadInput("Write the server's address, such as mastodon.social.")
    if not token or not token.isascii() or any(not c.isprintable() or c == " " for c in token):
        raise BadInput(f"Paste the access token, one line without spaces. {HINT}")
    base, door = base_of(server or handle), Door(guard)
    bearer = {"authorization": f"Bearer {token}"}
    who = _who(door, base, bearer)
    _refuse_narrow(door, base, bearer)
    domain = _domain(door, base, bearer)
    name = full_handle(who.acct, domain)
    values = {
        "network": NAME,
        "server": base,
        "token": token,
        "account": who.id,
        "handle": name,
        "domain": domain,
    }
    return Identity(name, name, who.display_name or name, who.avatar or ""), Secret(values)


def _who(door: Door, base: str, bearer: dict[str, str]) -> Person:
    outcome = door.call(Call("GET", f"{base}/api/v1/accounts/verify_credentials", bearer))
    host = host_of(base)
    if isinstance(outcome, Lost):
        raise _no_answer(outcome, host)
    if outcome.status == 200:
        try:
            return Person.model_validate(outcome.document())
        except ValidationError:
            raise _no_mastodon(host) from None
    raise _refusal(outcome, host)


def _no_answer(lost: Lost, host: str) -> AmendsError:
    if lost.cause is Cause.GUARD:
        return BadInput(f"Amends may not connect to {host}; write the server's public name.")
    return Unreachable(f"No answer from {host}; check the server's name and try again.")


def _no_mastodon(host: str) -> BadInput:
    return BadInput(f"{host} is not a Mastodon server; check the server's name.")


def _refusal(answer: Answer, host: str) -> AmendsError:
    found = said(answer)
    if 300 <= answer.status < 400:
        return _moved(answer, host)
    # A busy server may answer with a bare 5xx; anything else bare is not Mastodon.
    busy = answer.status >= 500 or answer.status == 429
    if busy or (found is not None and answer.status != 404):
        return _by_status(answer, host, found.words if found else "")
    return _no_mastodon(host)


def _by_status(answer: Answer, host: str, words: str) -> AmendsError:
    says = {
        401: f"The access token is wrong, or was taken back. {HINT}",
        403: f"{host} says: {words}",
        422: f"This token belongs to an app, not to an account. {HINT}",
    }
    if answer.status in says:
        narrow = f"The access token may not read who you are. {HINT}"
        return Unauthorized(narrow if NO_SCOPE in words else says[answer.status])
    found = read_error(answer, None)
    if isinstance(found, RateLimited):
        return RateLimited(f"{host} asks us to wait a few minutes.", found.retry_after_s)
    return Unreachable(f"{host} cannot sign anybody in right now; try again later.")


def _moved(answer: Answer, host: str) -> BadInput:
    """Return the sentence for a name that leads elsewhere: handles may have another host."""
    try:
        where = urlsplit(answer.headers.get("location", "")).hostname or ""
    except ValueError:
        where = ""
    if where and where != host and HANDLE.fullmatch(f"x@{where}"):
        return BadInput(f"{host} sends us on to {where}: if that is your server, write its name.")
    return _no_mastodon(host)


def _refuse_narrow(door: Door, base: str, bearer: dict[str, str]) -> None:
    """Refuse a token that may do less than is needed, where the server tells what it may do."""
    outcome = door.call(Call("GET", f"{base}/api/v1/apps/verify_credentials", bearer))
    if isinstance(outcome, Lost) or outcome.status != 200:
        return  # an older server: the first call that is not allowed says so
    try:
        scopes = App.model_validate(outcome.document()).scopes
    except ValidationError:
        return
    missing = [one for one in NEEDED if not {one, one.split(":")[0]} & set(scopes or NEEDED)]
    if missing:
        raise Unauthorized(f"The access token lacks {', '.join(missing)}. {HINT}")


def _domain(door: Door, base: str, bearer: dict[str, str]) -> str:
    """Return the host in this server's handles; it can be another one than answers here."""
    found = about(door, base, bearer)
    domain = (found.domain or found.uri.split("//", 1)[-1].strip("/")).lower() if found else ""
    return domain if HANDLE.fullmatch(f"x@{domain}") else host_of(base)
