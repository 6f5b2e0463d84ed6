"""Signing in with a handle and an app password: once, when an account is connected."""

import json

import httpx
from pydantic import ValidationError

from amends.networks.bluesky.limits import NAME, SERVER
from amends.networks.bluesky.session import said
from amends.networks.bluesky.wire import Session, Who
from amends.networks.port import Identity, Secret
from amends.networks.transport import STRICT, Answer, Call, Cause, Door, Guard, Lost, read_error
from amends.vocabulary.errors import AmendsError, BadInput, RateLimited, Unauthorized, Unreachable

HINT = "Make an app password in Bluesky under Settings, Privacy and security, App passwords."


def sign_in(
    server: str, handle: str, password: str, guard: Guard = STRICT
) -> tuple[Identity, Secret]:
    """Return who signed in and the session's tokens; the password is not kept.

    Args:
        server: Host or https address; "" for bsky.social.
        handle: Handle, e-mail or DID, with or without @.
        password: An app password.
        guard: What may be connected to.

    Raises:
        BadInput: The address or the handle cannot be used, or nothing there speaks Bluesky.
        Unauthorized: Handle or password is wrong, or a code is asked for.
        RateLimited: Too many sign-ins.
        Unreachable: No answer.
    """
    who = handle.strip().lstrip("@")
    if not who or not password:
        raise BadInput("Write the handle and an app password.")
    base, door = _base(server), Door(guard)
    session = _session(door, base, json.dumps({"identifier": who, "password": password}).encode())
    values = {
        "network": NAME,
        "server": _home(door, session) or base,
        "did": session.did,
        "handle": session.handle,
        "access": session.accessJwt,
        "refresh": session.refreshJwt,
    }
    return Identity(session.did, session.handle, session.handle), Secret(values)


def _base(server: str) -> str:
    given = server.strip() or SERVER
    try:
        found = httpx.URL(given if "//" in given else f"https://{given}")
    except httpx.InvalidURL:
        found = httpx.URL("")
    if not found.host or found.path != "/" or found.query or found.fragment or found.userinfo:
        raise BadInput("Write the server as a name, such as bsky.social.")
    return f"{found.scheme}://{found.netloc.decode()}"


def _session(door: Door, base: str, body: bytes) -> Session:
    url = f"{base}/xrpc/com.atproto.server.createSession"
    outcome = door.call(Call("POST", url, {"content-type": "application/json"}, body))
    host = base.split("//", 1)[1]
    if isinstance(outcome, Lost):
        raise _no_answer(outcome, host)
    if outcome.status == 200:
        try:
            return Session.model_validate(outcome.document())
        except ValidationError:
            raise _no_bluesky(host) from None
    raise _refusal(outcome, host)


def _no_answer(lost: Lost, host: str) -> AmendsError:
    if lost.cause is Cause.GUARD:
        return BadInput(f"Amends may not connect to {host}; write the server's public name.")
    return Unreachable(f"No answer from {host}; check the server's name and try again.")


def _no_bluesky(host: str) -> BadInput:
    return BadInput(f"{host} is not a Bluesky server; check the server's name.")


def _refusal(answer: Answer, host: str) -> AmendsError:
    found = said(answer)
    if found is None:
        # A busy Bluesky server may answer with a bare 5xx; anything else bare is not one.
        busy = answer.status >= 500 or answer.status == 429
        return read_error(answer, None) if busy else _no_bluesky(host)
    if found.code == "AuthFactorTokenRequired":
        return Unauthorized(f"This account asks for a code at sign-in. {HINT}")
    if found.code in {"AccountTakedown", "AccountDeactivated"}:
        return Unauthorized("This account is closed or suspended on its server.")
    return _by_status(answer, host)


def _by_status(answer: Answer, host: str) -> AmendsError:
    if answer.status in {400, 401}:
        return Unauthorized(f"The handle or the app password is wrong. {HINT}")
    if answer.status == 404:
        return _no_bluesky(host)
    found = read_error(answer, None)
    if isinstance(found, RateLimited):
        return RateLimited("Too many sign-ins; wait a few minutes.", found.retry_after_s)
    return Unreachable(f"{host} cannot sign anybody in right now; try again later.")


def _home(door: Door, session: Session) -> str:
    """Return the account's own server where it answers to these tokens, else ""."""
    home = session.home()
    if not home:
        return ""
    url = f"{home}/xrpc/com.atproto.server.getSession"
    outcome = door.call(Call("GET", url, {"authorization": f"Bearer {session.accessJwt}"}))
    if isinstance(outcome, Lost) or outcome.status != 200:
        return ""
    try:
        return home if Who.model_validate(outcome.document()).did == session.did else ""
    except ValidationError:
        return ""
