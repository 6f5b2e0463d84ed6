"""What every network must do, asked of each of them.

`memory`, `bluesky` (against a double that misbehaves on request) and `mastodon` (on the fault
network: once as itself, once as a compatible server that ignores keys) always; the real Bluesky servers
have their own file for what only they can prove, and run the same laws here when marked.
"""

import json
import pickle
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from amends.networks import bluesky, mastodon, memory
from amends.networks.mastodon.connector import Mastodon
from amends.networks.mastodon.instance import Readings
from amends.networks.mastodon.session import Api
from amends.networks.memory import Fault, World
from amends.networks.port import (
    Absent,
    CannotTell,
    Content,
    Found,
    Frozen,
    Network,
    NotThere,
    Published,
    Refused,
    RefusedKind,
    Removed,
    SafeRepeat,
    Secret,
    Unknown,
)
from amends.networks.shelf import NAMES, network_named
from amends.networks.transport import Door, Guard
from amends.networks.transport.guard import resolved
from amends.vocabulary.errors import BadInput, NetworkError, Unauthorized
from tests.fault.faults import Fault as Trouble
from tests.fault.server import running as fault_network
from tests.networks.double import Odd, error, running
from tests.outside import BlueskyServers, until

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
TEXT = "Candil opens at seven. #Crumbs https://candil.example/menú"


@dataclass
class Stage:
    """One network with an account of ours, and ways to act around it."""

    network: Network
    again: Callable[[], Network]  # the same account after a restart
    other: Network  # another account of ours there
    say: Callable[[str, str], str]  # somebody answers a post: text, network id -> network id
    secrets: tuple[str, ...] = ()
    fail: Callable[[str], None] | None = None  # the next send goes wrong in this way
    fail_read: Callable[[], None] | None = None


def memory_stage(folder: Path) -> Stage:
    path = str(folder / "practice.sqlite3")
    secret, world = Secret({"network": "memory", "path": path}), World(path)

    def one(handle: str) -> Network:
        return memory.connect(handle, secret, lambda _: None)

    faults = {
        "not left": Fault.REFUSE_BEFORE,
        "accepted, then lost": Fault.DROP_AFTER,
        "hang": Fault.TIMEOUT,
        "429": Fault.RATE_LIMITED,
        "403": Fault.POLICY,
        "401": Fault.UNAUTHORIZED,
    }
    return Stage(
        one("ladera.test"),
        lambda: one("ladera.test"),
        one("candil.test"),
        lambda text, about: world.say("tomas.test", text, about, NOON),
        fail=lambda row: world.misbehave("ladera.test", faults[row], amount=60),
        fail_read=lambda: world.misbehave("ladera.test", Fault.READ_FAILS),
    )


def double_stage() -> Iterator[Stage]:
    with running() as double:
        guard = Guard(allow_hosts=frozenset({double.place}))
        _, secret = bluesky.sign_in(double.url, "@ladera.test", "right", guard)
        kept = [secret]
        stranger = secret.with_values(did="did:plc:otherotherotherotherothe")
        put = "putRecord"

        def fail(row: str) -> None:
            if row == "not left":
                double.odd["com.atproto.server.getSession"].append(Odd())
                return
            found = {
                "accepted, then lost": Odd(after=True),
                "hang": Odd(),
                "429": error(429, "RateLimitExceeded", "Rate Limit Exceeded", retry_after="60"),
                "403": error(403, "Forbidden", "Not here"),
                "401": error(401, "AuthMissing", "Authentication Required"),
            }
            double.odd[f"com.atproto.repo.{put}"].append(found[row])

        def fail_read() -> None:
            for nsid in ("com.atproto.repo.getRecord", "app.bsky.notification.listNotifications"):
                double.odd[nsid].append(error(502, "UpstreamFailure"))

        def connect(given: Secret) -> Network:
            return bluesky.connect("ladera.test", given, kept.append, guard)

        yield Stage(
            connect(secret),
            lambda: connect(kept[-1]),
            connect(stranger),
            double.say,
            (double.access, double.refresh, "right"),
            fail,
            fail_read,
        )


# How the fault network plays each row.
TROUBLES: dict[str, tuple[Trouble, dict[str, Any]]] = {
    "accepted, then lost": (Trouble.DROP_AFTER, {}),
    "hang": (Trouble.DROP_BEFORE, {}),
    "429": (Trouble.QUOTA, {"seconds": 60, "say": "retry-after", "times": 1}),
    "403": (Trouble.POLICY, {}),
    "401": (Trouble.ANSWER, {"status": 401}),
}


class Resolver:
    """Looks names up, except where a test lets it fail."""

    def __init__(self) -> None:
        self.fails = 0

    def __call__(self, host: str, port: int) -> Sequence[str]:
        if self.fails:
            self.fails -= 1
            raise OSError(host)
        return resolved(host, port)


def mastodon_stage(dialect: str) -> Iterator[Stage]:
    with fault_network() as world:
        url, guard = world.urls[dialect], Guard(allow_hosts=world.allowed)
        tokens = [world.account(dialect, name).access for name in ("ladera", "candil")]
        (_, ours), (_, candil) = (mastodon.sign_in(url, "", one, guard) for one in tokens)
        resolve = Resolver()

        def connect(secret: Secret) -> Network:
            return Mastodon(Api(secret, Door(guard, resolve), Readings()))

        def fail(row: str) -> None:
            if row == "not left":
                resolve.fails += 1
            else:
                trouble, more = TROUBLES[row]
                world.misbehave(trouble, **more)

        def fail_read() -> None:
            for kind in ("read", "listen"):
                world.misbehave(Trouble.ERROR_BEFORE, kind=kind, status=502)

        def say(text: str, about: str) -> str:
            said = world.say(dialect, text, about.rsplit("/", 1)[-1])
            return f"{about.rsplit('/', 1)[0]}/{said}"

        yield Stage(
            connect(ours), lambda: connect(ours), connect(candil), say, (*tokens,), fail, fail_read
        )


def real_stage(servers: BlueskyServers, number: int) -> Stage:
    guard = Guard(allow_hosts=servers.allowed)
    handles = [f"ours{number}.test", f"also{number}.test"]

    def one(handle: str) -> tuple[Network, Secret]:
        _, password = servers.create_account(handle)
        _, secret = bluesky.sign_in(servers.pds, handle, password, guard)
        return bluesky.connect(handle, secret, lambda _: None, guard), secret

    (ours, secret), (other, _) = one(handles[0]), one(handles[1])
    tomas = servers.as_user("tomasreal.test")
    return Stage(
        ours,
        lambda: bluesky.connect(handles[0], secret, lambda _: None, guard),
        other,
        tomas.post,
        (secret.reveal()["access"], secret.reveal()["refresh"]),
    )


count_of_stages = iter(range(100))


MISBEHAVING = ["memory", "bluesky double", "mastodon", "compatible"]


@pytest.fixture(params=[*MISBEHAVING, pytest.param("bluesky real", marks=pytest.mark.bluesky)])
def stage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stage]:
    if request.param == "memory":
        yield memory_stage(tmp_path)
    elif request.param == "bluesky double":
        yield from double_stage()
    elif request.param in {"mastodon", "compatible"}:
        yield from mastodon_stage(request.param)
    else:
        yield real_stage(request.getfixturevalue("bluesky_network"), next(count_of_stages))


# The real servers do not misbehave on request; the double says what they document.
misbehaving = pytest.mark.parametrize("stage", MISBEHAVING, indirect=True)


def must_fail(stage: Stage) -> Callable[[str], None]:
    assert stage.fail is not None
    return stage.fail


def repeat_of(stage: Stage) -> SafeRepeat:
    return stage.network.can().safe_repeat


def frozen(stage: Stage, text: str = TEXT, op: str = "op-1") -> Frozen:
    return stage.network.freeze(Content(text), op=op, at=datetime.now(UTC))


def posted(stage: Stage, text: str = TEXT, op: str = "op-1") -> Published:
    answer = stage.network.publish(frozen(stage, text, op))
    assert isinstance(answer, Published), answer
    return answer


# --- freezing and sending ------------------------------------------------------------------------


def test_freezing_is_pure(stage: Stage) -> None:
    once, again = (
        stage.network.freeze(Content(TEXT), op="op", at=NOON),
        stage.again().freeze(Content(TEXT), op="op", at=NOON),
    )
    assert once == again
    assert Frozen.from_json(once.to_json()) == once
    others = {
        stage.network.freeze(Content(TEXT), op="op 2", at=NOON).wire_name,
        stage.network.freeze(Content(TEXT), op="op", at=NOON).wire_name,
    }
    assert len(others) == 2


@pytest.mark.parametrize("text", ["", "  \n", "half \ud83d", "nul \0"])
def test_what_cannot_be_kept_is_not_frozen(stage: Stage, text: str) -> None:
    with pytest.raises(BadInput):
        stage.network.freeze(Content(text), op="op", at=NOON)


def test_a_repeat_is_one_post_where_that_is_declared(stage: Stage) -> None:
    once = frozen(stage)
    first, again = stage.network.publish(once), stage.again().publish(once)
    assert isinstance(first, Published)
    assert first == again or isinstance(again, Published)
    posts = 2 if repeat_of(stage) is SafeRepeat.NONE else 1
    assert [post.text for post in stage.network.history(10)] == [TEXT] * posts
    assert stage.network.history(10)[-1].network_id == first.network_id


def test_another_text_under_our_name_is_never_taken_for_it(stage: Stage) -> None:
    at = datetime.now(UTC)
    other = stage.network.freeze(Content("Two."), op="op", at=at)
    stage.network.publish(stage.network.freeze(Content("One."), op="op", at=at))
    answer = stage.network.publish(other)
    texts = [post.text for post in stage.network.history(10)]
    found = stage.network.find(other, at - timedelta(minutes=2))
    if repeat_of(stage) is SafeRepeat.NAMED:
        assert isinstance(answer, Refused)
        assert answer.kind is RefusedKind.CONFLICT
        assert (isinstance(found, CannotTell), texts) == (True, ["One."])
    elif repeat_of(stage) is SafeRepeat.KEYED:
        assert (isinstance(answer, Unknown), found, texts) == (True, Absent(), ["One."])
    else:  # no names and no keys: two texts are two posts
        assert isinstance(answer, Published)
        assert (isinstance(found, Found), texts) == (True, ["Two.", "One."])


def test_another_accounts_text_is_not_sent(stage: Stage) -> None:
    foreign = stage.other.freeze(Content("For the bakery only."), op="op", at=datetime.now(UTC))
    answer = stage.network.publish(foreign)
    assert isinstance(answer, Refused)
    assert answer.kind is RefusedKind.MISCONFIGURED
    assert stage.network.history(10) == ()
    assert isinstance(stage.network.find(foreign, NOON), CannotTell)


def test_a_changed_body_is_not_sent(stage: Stage) -> None:
    once = frozen(stage)
    changed = Frozen(once.wire_name, once.body.replace("seven", "eight"), once.body_hash)
    assert isinstance(stage.network.publish(changed), Refused)
    assert stage.network.history(10) == ()
    with pytest.raises(ValueError, match="changed after"):
        Frozen.from_json(changed.to_json())


def test_a_text_too_long_is_refused_cleanly(stage: Stage) -> None:
    text = "ñ" * (stage.network.count("").limit + 1)
    assert stage.network.count(text).over
    answer = stage.network.publish(frozen(stage, text))
    assert isinstance(answer, Refused)
    assert answer.kind is RefusedKind.TOO_LONG
    assert answer.permanent


ROWS = [
    ("not left", RefusedKind.UNREACHABLE, False),
    ("429", RefusedKind.RATE_LIMITED, False),
    ("403", RefusedKind.POLICY, True),
    ("401", RefusedKind.UNAUTHORIZED, True),
]


@misbehaving
@pytest.mark.parametrize(("row", "kind", "permanent"), ROWS)
def test_refusals_leave_nothing(stage: Stage, row: str, kind: RefusedKind, permanent: bool) -> None:
    must_fail(stage)(row)
    answer = stage.network.publish(frozen(stage))
    assert isinstance(answer, Refused)
    assert (answer.kind, answer.permanent) == (kind, permanent)
    assert answer.retry_after_s == (60 if row == "429" else None)
    assert stage.network.history(10) == ()


@misbehaving
@pytest.mark.parametrize(("row", "is_out"), [("accepted, then lost", True), ("hang", False)])
def test_a_lost_answer_is_unknown_and_repeating_is_as_safe_as_declared(
    stage: Stage, row: str, is_out: bool
) -> None:
    must_fail(stage)(row)
    once = frozen(stage)
    lost = stage.network.publish(once)
    assert isinstance(lost, Unknown)
    assert lost.left
    since = datetime.now(UTC) - timedelta(minutes=2)
    assert isinstance(stage.network.find(once, since), Found if is_out else Absent)
    assert isinstance(stage.network.publish(once), Published)
    posts = 2 if is_out and repeat_of(stage) is SafeRepeat.NONE else 1
    assert [post.text for post in stage.network.history(10)] == [TEXT] * posts


@misbehaving
def test_a_failed_look_is_never_absence(stage: Stage) -> None:
    must_fail(stage)
    assert stage.fail_read is not None
    once = frozen(stage)
    stage.fail_read()
    assert isinstance(stage.network.find(once, NOON), CannotTell)
    assert stage.network.find(once, NOON) == Absent()


# --- taking down ---------------------------------------------------------------------------------


def test_removing_twice_is_calm(stage: Stage) -> None:
    once = frozen(stage)
    answer = stage.network.publish(once)
    assert isinstance(answer, Published)
    first = stage.network.remove(answer.network_id)
    assert isinstance(first, Removed)
    assert first.was_there
    assert "opens at seven" in json.dumps(json.loads(first.raw), ensure_ascii=False)
    assert stage.network.remove(answer.network_id) == Removed(answer.network_id, was_there=False)
    # Looking, keeping evidence and listing never bring it back.
    assert stage.network.find(once, NOON) == Absent()
    until(lambda: is_gone(stage, answer.network_id))
    assert stage.network.history(10) == ()


def is_gone(stage: Stage, network_id: str) -> bool:
    """True once the public view, which may lag behind our own server, has nothing either."""
    try:
        stage.network.evidence(network_id)
    except NotThere:
        return True
    return False


def test_other_peoples_posts_are_not_ours_to_take_down(stage: Stage) -> None:
    post = posted(stage)
    theirs = stage.say("I was hurt.", post.network_id)
    answer = stage.network.remove(theirs)
    assert isinstance(answer, Refused)
    assert isinstance(stage.network.remove("https://elsewhere.example/1"), Refused)


# --- reading -------------------------------------------------------------------------------------


def test_who_we_are(stage: Stage) -> None:
    who = stage.network.whoami()
    assert who.id
    assert who.handle.endswith(".test")


def test_an_answer_needs_parent_and_root(stage: Stage) -> None:
    post = posted(stage)
    theirs = stage.say("I was hurt.", post.network_id)
    parent, root = until(lambda: thread_of(stage, theirs))
    assert (parent, root) == (
        stage.network.thread_ref(theirs)[0],
        stage.network.thread_ref(post.network_id)[0],
    )
    content = Content("We are sorry.", "en", parent, root)
    answer = stage.network.publish(stage.network.freeze(content, op="op-2", at=datetime.now(UTC)))
    assert isinstance(answer, Published)
    assert stage.network.thread_ref(answer.network_id)[1] == root
    assert stage.network.history(1)[0].is_reply
    with pytest.raises(BadInput):
        stage.network.freeze(Content("x", reply_parent="nonsense"), op="op-3", at=NOON)


def thread_of(stage: Stage, network_id: str) -> tuple[str, str] | None:
    try:
        return stage.network.thread_ref(network_id)
    except NotThere:
        return None


def test_evidence_keeps_text_and_replies(stage: Stage) -> None:
    post = posted(stage)
    stage.say("Not true.", post.network_id)

    def with_reply() -> bool:
        replies = stage.network.evidence(post.network_id).replies
        return [one.endswith("Not true.") for one in replies] == [True]

    until(with_reply)
    kept = stage.network.evidence(post.network_id)
    assert kept.text == TEXT
    assert json.loads(kept.raw)
    assert kept.url == post.url


def test_links_lead_to_posts(stage: Stage) -> None:
    post = posted(stage)
    assert stage.network.resolve(post.url) == post.network_id
    assert stage.network.resolve(f" {post.network_id} ") == post.network_id
    for odd in ("", "hello", "https://elsewhere.example/profile/a.test/post/1", "javascript:1"):
        with pytest.raises(BadInput):
            stage.network.resolve(odd)


def test_history_is_newest_first_and_bounded(stage: Stage) -> None:
    for number in range(5):
        posted(stage, f"Post {number}.", f"op-{number}")
    assert [post.text for post in stage.network.history(3)] == ["Post 4.", "Post 3.", "Post 2."]
    assert len(stage.network.history(100)) == 5


# --- listening -----------------------------------------------------------------------------------


def test_the_cursor_survives_a_restart_without_loss(stage: Stage) -> None:
    post = posted(stage)
    cursor = stage.network.fetch("").cursor
    said = [stage.say(f"Reproach {number}.", post.network_id) for number in range(3)]
    heard: dict[str, str] = {}

    def all_heard() -> bool:
        nonlocal cursor
        page = stage.again().fetch(cursor)
        heard.update({one.network_id: one.about for one in page.mentions})
        cursor = page.cursor
        return set(heard) >= set(said)

    until(all_heard)
    assert set(heard.values()) == {post.network_id}
    assert stage.again().fetch(cursor).mentions == ()


def test_the_same_cursor_gives_the_same_again(stage: Stage) -> None:
    post = posted(stage)
    start = stage.network.fetch("").cursor
    said = stage.say("Once is enough.", post.network_id)
    until(lambda: stage.network.fetch(start).mentions)
    for _ in range(2):
        assert [one.network_id for one in stage.network.fetch(start).mentions] == [said]


@misbehaving
def test_a_failed_fetch_raises(stage: Stage) -> None:
    must_fail(stage)
    assert stage.fail_read is not None
    stage.fail_read()
    with pytest.raises(NetworkError):
        stage.network.fetch("")


def test_a_broken_cursor_starts_again(stage: Stage) -> None:
    post = posted(stage)
    said = stage.say("Still here.", post.network_id)

    def heard() -> bool:
        return said in [one.network_id for one in stage.network.fetch("{broken").mentions]

    until(heard)


# --- secrets and shelf ---------------------------------------------------------------------------


def test_no_secret_shows(stage: Stage) -> None:
    assert isinstance(stage.network, object)
    words = [repr(stage.network), str(stage.network)]
    if stage.fail is not None:
        stage.fail("401")
        words.append(repr(stage.network.publish(frozen(stage))))
    assert not any(secret in word for secret in stage.secrets for word in words)


def test_a_secret_shows_nothing_of_itself() -> None:
    secret = Secret({"token": "hunter2hunter2"})
    shown = [repr(secret), str(secret), f"{secret}", f"{secret!r:>20}", f"{[secret]}"]
    assert all("hunter2" not in words for words in shown)
    with pytest.raises(TypeError, match=r"\*\*\*"):
        pickle.dumps(secret)
    assert secret.reveal() == {"token": "hunter2hunter2"}


@pytest.mark.parametrize("name", NAMES)
def test_an_account_never_changes_its_network(name: str, tmp_path: Path) -> None:
    full = {"path": str(tmp_path / "x"), "server": "https://a.example", "did": "did:plc:abc"}
    full |= {"access": "access-token", "refresh": "refresh-token"}
    for network in {*NAMES, "", "elsewhere"} - {name}:
        with pytest.raises(BadInput):
            network_named(name).connect("a.test", Secret({**full, "network": network}), print)


def test_an_unknown_network_is_said_so() -> None:
    with pytest.raises(BadInput, match="memory, bluesky"):
        network_named("carrier pigeon")


def test_every_folder_has_what_it_declares() -> None:
    for name in NAMES:
        can = network_named(name).can
        assert can.network == name
        for capability in ("edit", "remove", "reply", "quote", "private", "read_back"):
            assert getattr(can, capability) or can.why_not.get(capability), (name, capability)


def test_unauthorized_is_permanent() -> None:
    assert Unauthorized("x").permanent
