"""Mastodon's adapter on the fault network: what a server may answer, and what it came to there."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from amends.networks.mastodon import connect, sign_in
from amends.networks.mastodon.connector import Mastodon
from amends.networks.mastodon.instance import Readings
from amends.networks.mastodon.session import Api
from amends.networks.port import (
    Absent,
    CannotTell,
    Content,
    Found,
    Frozen,
    NotThere,
    Picture,
    Published,
    Refused,
    RefusedKind,
    Removed,
    SafeRepeat,
    Secret,
    Shown,
    Unknown,
    hash_of,
)
from amends.networks.transport import Door, Guard
from amends.vocabulary.errors import AmendsError, BadInput, RateLimited, Unauthorized, Unreachable
from tests.fault.faults import Fault
from tests.fault.server import FaultNetwork, running

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
TEXT = "Candil opens at seven. #Crumbs https://candil.example/menus/of/the/whole/week"
JSON = {"content-type": "application/json; charset=utf-8"}
PICTURE = Picture("ab" * 32, "image/png", 2, 2, b"\x89PNG not really")


@dataclass
class Scene:
    """Our account on one server, and what happens there."""

    world: FaultNetwork
    dialect: str
    secret: Secret
    network: Mastodon

    def fails(self, fault: Fault, **given: Any) -> None:
        self.world.misbehave(fault, dialect=self.dialect, **given)

    def answers(self, status: int, body: object, kind: str = "publish", **given: Any) -> None:
        """Let the next request of this kind be answered with this."""
        words = body if isinstance(body, str) else json.dumps(body)
        given = {"headers": JSON, **given}
        self.fails(Fault.ANSWER, status=status, body=words, kind=kind, **given)

    def posted(self, text: str = TEXT, op: str = "op-1", **more: Any) -> Published:
        answer = self.network.publish(self.frozen(text, op, **more))
        assert isinstance(answer, Published), answer
        return answer

    def frozen(self, text: str = TEXT, op: str = "op-1", **more: Any) -> Frozen:
        return self.network.freeze(Content(text, **more), op=op, at=NOON)

    def standing(self) -> list[str]:
        ours = self.world.account(self.dialect).handle
        return [one["text"] for one in self.world.posts(self.dialect) if one["account"] == ours]

    def say(self, text: str, about: str = "", **more: Any) -> str:
        """Let somebody else answer us; return the network id."""
        said = self.world.say(self.dialect, text, about.rsplit("/", 1)[-1], **more)
        return f"mastodon:{place(self)}/{said}"


def place(scene: Scene) -> str:
    return scene.world.urls[scene.dialect].split("//", 1)[1]


def on(world: FaultNetwork, dialect: str) -> Scene:
    guard = Guard(allow_hosts=world.allowed)
    token = world.account(dialect).access
    _, secret = sign_in(world.urls[dialect], "", token, guard)
    return Scene(world, dialect, secret, Mastodon(Api(secret, Door(guard), Readings())))


@pytest.fixture
def world() -> Iterator[FaultNetwork]:
    with running() as network:
        yield network


@pytest.fixture
def scene(world: FaultNetwork) -> Scene:
    return on(world, "mastodon")


def since() -> datetime:
    return datetime.now(UTC) - timedelta(minutes=2)


# --- the send ------------------------------------------------------------------------------------


def test_the_body_is_what_was_frozen_and_the_key_is_the_intent(scene: Scene) -> None:
    once = scene.frozen()
    for _ in range(3):
        assert isinstance(scene.network.publish(Frozen.from_json(once.to_json())), Published)
    bodies = {one.body for one in scene.world.requests if one.call == "POST /api/v1/statuses"}
    assert [json.loads(one) for one in bodies] == [
        {"status": TEXT, "visibility": "public", "language": "en"}
    ]
    assert {one["key"] for one in scene.world.entries()} == {"op-1"}
    assert scene.standing() == [TEXT]


def test_freezing_and_counting_call_nobody(scene: Scene) -> None:
    before = len(scene.world.requests)
    scene.frozen()
    assert scene.network.count("x" * 501).over
    assert len(scene.world.requests) == before


def test_a_servers_own_length_counts_once_it_is_read(scene: Scene) -> None:
    found: dict[str, Any] = {"domain": "mastodon.test", "version": "4.4.3"}
    found["configuration"] = {"statuses": {"max_characters": 1_000}}
    scene.answers(200, found, "about")
    assert scene.network.can().safe_repeat is SafeRepeat.KEYED
    assert scene.network.count("x" * 501).limit == 1_000


HTML = {"content-type": "text/html"}
ROWS: list[tuple[int, str, dict[str, str], Any]] = [
    (200, "", {}, Unknown),
    (200, "not json", JSON, Unknown),
    (200, "[]", JSON, Unknown),
    (200, "{}", HTML, Unknown),
    # A scheduled post is no post.
    (200, '{"id": "1", "scheduled_at": "2026-11-22T07:00:00Z", "params": {}}', JSON, Unknown),
    (502, "<html>", HTML, Unknown),
    (503, '{"error": "There was a temporary problem"}', JSON, Unknown),
    (500, '{"error": "Something went wrong"}', JSON, Unknown),
    (408, '{"error": "Timeout"}', JSON, Unknown),
    (425, '{"error": "Too early"}', JSON, Unknown),
    (404, "<html>", HTML, Unknown),
    (400, '{"error": "odd"}', JSON, RefusedKind.INVALID),
    (413, '{"error": "too big"}', JSON, RefusedKind.INVALID),
    (422, '{"error": "Validation failed"}', JSON, RefusedKind.INVALID),
    (401, '{"error": "The access token was revoked"}', JSON, RefusedKind.UNAUTHORIZED),
    (401, "", {}, RefusedKind.UNAUTHORIZED),
    (
        403,
        '{"error": "This action is outside the authorized scopes"}',
        JSON,
        RefusedKind.UNAUTHORIZED,
    ),
    (403, '{"error": "This action is not allowed"}', JSON, RefusedKind.POLICY),
    (429, '{"error": "Too many requests"}', JSON, RefusedKind.RATE_LIMITED),
    (302, "", {"location": "https://elsewhere.example/"}, RefusedKind.MISCONFIGURED),
    (0, "", {}, Unknown),
]


@pytest.mark.parametrize(
    ("status", "body", "headers", "wanted"), ROWS, ids=[f"{n} {r[0]}" for n, r in enumerate(ROWS)]
)
def test_each_answer_to_a_send_is_one_of_three(
    scene: Scene, status: int, body: str, headers: dict[str, str], wanted: Any
) -> None:
    scene.answers(status, body, headers=headers)
    answer = scene.network.publish(scene.frozen())
    if isinstance(wanted, RefusedKind):
        assert isinstance(answer, Refused)
        assert answer.kind is wanted
        assert answer.permanent is (wanted is not RefusedKind.RATE_LIMITED)
    else:
        assert isinstance(answer, wanted)
        assert answer.left
    assert scene.standing() == []


def test_a_good_answer_about_something_else_is_unknown(scene: Scene) -> None:
    first = scene.posted()
    shown = json.loads(scene.network.evidence(first.network_id).raw)["status"]
    others: list[dict[str, Any]] = [
        {"content": "<p>Other words</p>"},
        {"in_reply_to_id": "7"},
        {"account": {**shown["account"], "id": "9"}},
        {"id": None},
        {"created_at": "yesterday"},
    ]
    for other in others:
        scene.answers(200, {**shown, **other})
        assert isinstance(scene.network.publish(scene.frozen()), Unknown), other


def test_a_post_that_fewer_may_see_is_out_and_that_is_said(scene: Scene) -> None:
    first = scene.posted()
    assert first.notice == ""
    shown = json.loads(scene.network.evidence(first.network_id).raw)["status"]
    scene.answers(200, {**shown, "visibility": "unlisted"})
    answer = scene.network.publish(scene.frozen())
    assert isinstance(answer, Published)
    assert "unlisted" in answer.notice
    assert answer == first or answer.raw_hash != first.raw_hash


def test_what_is_left_of_the_allowance_is_told(world: FaultNetwork) -> None:
    scene = on(world, "mastodon")
    first = scene.posted()
    assert first.quota is not None
    assert first.quota.limit == world.rate
    assert first.quota.left < world.rate
    scene.fails(Fault.QUOTA, seconds=90, say="reset")
    answer = scene.network.publish(scene.frozen("Two.", "op-2"))
    assert isinstance(answer, Refused)
    assert answer.kind is RefusedKind.RATE_LIMITED
    assert answer.retry_after_s is not None
    assert 80 <= answer.retry_after_s <= 91
    assert answer.quota is not None
    assert answer.quota.left == 0


def test_a_gone_parent_is_said(scene: Scene) -> None:
    post = scene.posted()
    ref, _ = scene.network.thread_ref(post.network_id)
    once = scene.frozen("And this.", "op-2", reply_parent=ref)
    assert isinstance(scene.network.remove(post.network_id), Removed)
    answer = scene.network.publish(once)
    assert isinstance(answer, Refused)
    assert answer.kind is RefusedKind.GONE


def test_a_server_cannot_make_us_say_our_token(scene: Scene) -> None:
    token = scene.secret.reveal()["token"]
    for status in (400, 403, 422):
        scene.answers(status, {"error": f"Odd token {token} here"})
        answer = scene.network.publish(scene.frozen())
        assert token not in repr(answer)
    assert token not in repr(scene.network) + repr(scene.secret) + f"{scene.secret}"


# --- pictures ------------------------------------------------------------------------------------


def with_picture(scene: Scene, alt: str = "A loaf") -> Frozen:
    shown = Shown(scene.network.upload(PICTURE), alt)
    return scene.frozen("Bread.", pictures=(shown,))


def test_a_picture_goes_with_its_words(scene: Scene) -> None:
    once = with_picture(scene)
    answer = scene.network.publish(once)
    assert isinstance(answer, Published)
    raw = json.loads(scene.network.evidence(answer.network_id).raw)["status"]
    assert [one["description"] for one in raw["media_attachments"]] == ["A loaf"]
    # Again with the same key: the picture is taken by then, and the post stays one.
    again = scene.network.publish(once)
    assert isinstance(again, Published)
    assert scene.standing() == ["Bread."]


def test_pictures_that_are_taken_already_mean_that_the_post_exists(scene: Scene) -> None:
    once = with_picture(scene)
    scene.fails(Fault.DROP_AFTER)
    assert isinstance(scene.network.publish(once), Unknown)
    scene.fails(Fault.KEY_STORE_LOST)
    assert scene.network.publish(once) == Unknown("exists")
    assert scene.standing() == ["Bread."]
    assert isinstance(scene.network.find(once, since()), Found)


def test_a_picture_that_is_not_ready_lets_the_post_wait(scene: Scene) -> None:
    scene.fails(Fault.PROCESSING, kind="upload", seconds=60)
    once = with_picture(scene)
    answer = scene.network.publish(once)
    assert isinstance(answer, Refused)
    assert not answer.permanent
    assert scene.standing() == []
    scene.world.advance(61)
    assert isinstance(scene.network.publish(once), Published)


def test_a_picture_that_is_not_taken_is_a_failed_read(scene: Scene) -> None:
    scene.fails(Fault.ERROR_BEFORE, kind="upload")
    with pytest.raises(Unreachable):
        scene.network.upload(PICTURE)


# --- looking for it ------------------------------------------------------------------------------


def test_a_text_is_found_after_the_lag_and_page_by_page(scene: Scene) -> None:
    once = scene.frozen()
    for fault in (Fault.READ_LAG, Fault.DROP_AFTER):
        scene.fails(fault, **({"seconds": 30, "times": 1} if fault is Fault.READ_LAG else {}))
    assert isinstance(scene.network.publish(once), Unknown)
    for number in range(5):
        scene.posted(f"Later {number}.", f"later-{number}")
    assert scene.network.find(once, since()) == Absent()
    scene.world.page = 2
    scene.world.advance(31)
    found = scene.network.find(once, since())
    assert isinstance(found, Found)
    assert found.others == ()
    assert found.published.network_id == scene.network.history(9)[-1].network_id
    assert scene.network.find(once, since() + timedelta(minutes=10)) == Absent()


def test_only_the_very_text_in_its_place_is_it(scene: Scene) -> None:
    post = scene.posted("Other words.", "op-0")
    ref, _ = scene.network.thread_ref(post.network_id)
    scene.posted(TEXT, "op-2", reply_parent=ref)
    assert scene.network.find(scene.frozen(), since()) == Absent()


def test_of_doubles_the_oldest_is_taken_and_the_others_are_told(scene: Scene) -> None:
    posts = [scene.posted(op=f"op-{number}") for number in range(3)]
    found = scene.network.find(scene.frozen(), since())
    assert isinstance(found, Found)
    ids = [one.network_id for one in (found.published, *found.others)]
    assert ids == [one.network_id for one in posts]


def test_a_list_that_cannot_be_read_is_not_absence(scene: Scene) -> None:
    scene.answers(200, [{"id": "1"}], "read")
    assert isinstance(scene.network.find(scene.frozen(), since()), CannotTell)
    scene.fails(Fault.ERROR_BEFORE, kind="read", status=503)
    assert isinstance(scene.network.find(scene.frozen(), since()), CannotTell)


# --- private -------------------------------------------------------------------------------------


def test_a_private_answer_reaches_one_person_and_is_no_public_post(scene: Scene) -> None:
    post = scene.posted()
    said = scene.say("I was hurt.", post.network_id, author="ines")
    parent, root = scene.network.thread_ref(said)
    assert root.startswith(post.network_id)
    content = {"reply_parent": parent, "private_to": "ines@elsewhere.test"}
    once = scene.frozen("I am sorry.", "op-2", **content)
    answer = scene.network.publish(once)
    assert isinstance(answer, Published)
    assert answer.notice == ""
    assert scene.standing()[-1] == "@ines@elsewhere.test I am sorry."
    assert isinstance(scene.network.find(once, since()), Found)
    assert [one.text for one in scene.network.history(9)] == [TEXT]
    kept = scene.network.evidence(post.network_id)
    assert kept.replies == ("@ladera I was hurt.",)
    assert "I am sorry" not in kept.raw


def test_a_private_text_that_others_may_read_is_said_at_once(scene: Scene) -> None:
    once = scene.frozen("I am sorry.", private_to="tomas@elsewhere.test")
    first = scene.network.publish(once)
    assert isinstance(first, Published)
    shown = json.loads(scene.network.evidence(first.network_id).raw)["status"]
    scene.answers(200, {**shown, "visibility": "public"})
    answer = scene.network.publish(once)
    assert isinstance(answer, Published)
    assert "take it down" in answer.notice


# --- taking down ---------------------------------------------------------------------------------


def test_a_lost_removal_may_be_made_again(scene: Scene) -> None:
    post = scene.posted()
    scene.fails(Fault.DROP_AFTER, kind="remove")
    assert isinstance(scene.network.remove(post.network_id), Unknown)
    assert scene.network.remove(post.network_id) == Removed(post.network_id, was_there=False)


def test_what_goes_while_it_is_removed_was_not_removed_by_us(scene: Scene) -> None:
    post = scene.posted()
    scene.answers(404, {"error": "Record not found"}, "remove")
    assert scene.network.remove(post.network_id) == Removed(post.network_id, was_there=False)


def test_a_removal_that_is_not_allowed_or_cannot_be_read(scene: Scene) -> None:
    post = scene.posted()
    wanted = [
        (Fault.POLICY, "remove", RefusedKind.POLICY),
        (Fault.QUOTA, "remove", RefusedKind.RATE_LIMITED),
        (Fault.ERROR_BEFORE, "read", RefusedKind.UNREACHABLE),
        (Fault.REVOKED, "read", RefusedKind.UNAUTHORIZED),
    ]
    for fault, kind, refused in wanted:
        scene.fails(fault, kind=kind, times=1)
        answer = scene.network.remove(post.network_id)
        assert isinstance(answer, Refused)
        assert (answer.kind, answer.quota) == (refused, None)
    assert scene.standing() == [TEXT]


# --- reading -------------------------------------------------------------------------------------


def test_links_of_this_server_and_of_others(scene: Scene) -> None:
    post = scene.posted()
    theirs = scene.say("Said elsewhere.", post.network_id)
    assert scene.network.resolve(post.url) == post.network_id
    assert scene.network.resolve(post.network_id) == post.network_id
    assert scene.network.resolve(scene.network.evidence(theirs).url) == theirs
    with pytest.raises(BadInput, match="knows no post"):
        scene.network.resolve("https://elsewhere.test/@nobody/1")
    scene.fails(Fault.ERROR_BEFORE, kind="read", status=503)
    with pytest.raises(Unreachable):
        scene.network.resolve("https://elsewhere.test/@nobody/1")


def test_who_speaks_is_named_with_the_server(scene: Scene) -> None:
    post = scene.posted()
    scene.network.fetch("")
    scene.say("Shame <b>on</b> you.", post.network_id)
    heard = scene.network.fetch("").mentions[-1]
    assert heard.author_handle == heard.author_id == "tomas@elsewhere.test"
    assert heard.about == post.network_id
    assert heard.text.endswith("Shame <b>on</b> you.")


def test_a_server_without_notifications_is_no_error(scene: Scene) -> None:
    scene.answers(404, {"error": "Not found"}, "listen")
    page = scene.network.fetch('{"start":"5","seen":[]}')
    assert (page.mentions, page.cursor) == ((), '{"start":"5","seen":[]}')


def test_a_server_without_threads_still_shows_the_post(scene: Scene) -> None:
    post = scene.posted()
    for _ in range(2):
        scene.answers(404, {"error": "Not found"}, "GET /api/v1/statuses/:id/context")
        assert scene.network.evidence(post.network_id).text == TEXT
    scene.answers(404, {"error": "Not found"}, "GET /api/v1/statuses/:id")
    with pytest.raises(NotThere):
        scene.network.evidence(post.network_id)


# --- which class -----------------------------------------------------------------------------------


def test_mastodon_itself_remembers_the_key(scene: Scene) -> None:
    can = scene.network.can()
    assert can.safe_repeat is SafeRepeat.KEYED
    assert (can.first_repeat_s, can.repeat_window_s) == (60, 3_000)
    assert (can.private, can.pictures, can.picture_bytes) == (True, 4, 16_777_216)


def test_the_same_key_with_other_words_is_never_taken_for_them(scene: Scene) -> None:
    scene.posted("One.")
    assert isinstance(scene.network.publish(scene.frozen("Two.")), Unknown)
    assert scene.network.find(scene.frozen("Two."), since()) == Absent()
    assert scene.standing() == ["One."]


ODD: list[Callable[[Scene], None]] = [
    lambda scene: scene.fails(Fault.ERROR_BEFORE, kind="about"),
    lambda scene: scene.answers(200, "<html>", "GET /nodeinfo/2.0", headers=HTML),
    lambda scene: scene.answers(200, {"software": {"name": "x"}}, "GET /nodeinfo/2.0"),
    # Only the server's own word counts, not that of a better-known one.
    lambda scene: scene.answers(
        200,
        {
            "links": [
                {
                    "rel": "http://nodeinfo.diaspora.software/ns/schema/2.0",
                    "href": "https://mastodon.social/nodeinfo/2.0",
                }
            ]
        },
        "GET /.well-known/nodeinfo",
    ),
]


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_what_cannot_be_read_is_not_trusted_with_a_repeat(
    scene: Scene, odd: Callable[[Scene], None]
) -> None:
    scene.fails(Fault.ERROR_BEFORE, kind="about", status=500)
    scene.world.behave()
    odd(scene)
    if odd is ODD[0]:  # the older form of the same question is asked as well
        odd(scene)
    assert scene.network.can().safe_repeat is SafeRepeat.NONE


def test_a_compatible_server_is_sent_to_once_and_told_so(world: FaultNetwork) -> None:
    scene = on(world, "compatible")
    assert scene.network.can().safe_repeat is SafeRepeat.NONE
    first = scene.posted()
    assert first.quota is None
    again = scene.posted()
    assert again.network_id != first.network_id
    assert scene.standing() == [TEXT, TEXT]
    assert scene.network.whoami().handle == "ladera@compatible.test"


def test_a_server_is_asked_about_itself_once(scene: Scene) -> None:
    for _ in range(3):
        scene.network.can()
    assert scene.world.calls()["mastodon GET /nodeinfo/2.0"] == 1


# --- signing in ------------------------------------------------------------------------------------


def test_signing_in_gives_who_we_are(scene: Scene) -> None:
    guard = Guard(allow_hosts=scene.world.allowed)
    who, secret = sign_in(
        f" {scene.world.urls['mastodon']}/@ladera ",
        "",
        f" {scene.secret.reveal()['token']}\n",
        guard,
    )
    assert who.id == who.handle == "ladera@mastodon.test"
    assert who.name == "Ladera"
    assert secret == scene.secret
    assert scene.network.whoami() == who
    assert secret.reveal()["token"] not in repr(who) + repr(secret)


WRONG: list[tuple[int, str, dict[str, str], type[AmendsError], str]] = [
    (401, '{"error": "The access token is invalid"}', JSON, Unauthorized, "wrong, or was taken"),
    (403, '{"error": "This action is outside the authorized scopes"}', JSON, Unauthorized, "read"),
    (403, '{"error": "Your login is disabled"}', JSON, Unauthorized, "Your login is disabled"),
    (422, '{"error": "This method requires a user"}', JSON, Unauthorized, "belongs to an app"),
    (404, '{"error": "Not found"}', JSON, BadInput, "is not a Mastodon server"),
    (404, "<html>", HTML, BadInput, "is not a Mastodon server"),
    (200, "<html>", HTML, BadInput, "is not a Mastodon server"),
    (200, "{}", JSON, BadInput, "is not a Mastodon server"),
    (301, "", {"location": "https://social.example.com/x"}, BadInput, "on to social.example.com"),
    (302, "", {"location": "//["}, BadInput, "is not a Mastodon server"),
    (429, '{"error": "Too many requests"}', JSON, RateLimited, "wait a few minutes"),
    (503, "<html>", HTML, Unreachable, "try again later"),
    (0, "", {}, Unreachable, "No answer from"),
]


@pytest.mark.parametrize(
    ("status", "body", "headers", "kind", "words"), WRONG, ids=[f"{n}" for n in range(len(WRONG))]
)
def test_signing_in_says_what_is_wrong(
    scene: Scene,
    status: int,
    body: str,
    headers: dict[str, str],
    kind: type[AmendsError],
    words: str,
) -> None:
    scene.answers(status, body, "GET /api/v1/accounts/verify_credentials", headers=headers)
    token = scene.secret.reveal()["token"]
    with pytest.raises(kind, match=words) as told:
        sign_in(scene.world.urls["mastodon"], "", token, Guard(allow_hosts=scene.world.allowed))
    assert token not in str(told.value)
    assert str(told.value).count("\n") == 0


@pytest.mark.parametrize("scopes", [["read"], ["profile", "write"], ["read:accounts", "write"]])
def test_a_token_that_may_do_less_is_refused(scene: Scene, scopes: list[str]) -> None:
    scene.answers(200, {"name": "x", "scopes": scopes}, "GET /api/v1/apps/verify_credentials")
    with pytest.raises(Unauthorized, match="lacks"):
        on_again(scene)


def on_again(scene: Scene) -> Secret:
    guard = Guard(allow_hosts=scene.world.allowed)
    return sign_in(scene.world.urls[scene.dialect], "", scene.secret.reveal()["token"], guard)[1]


def test_an_older_server_that_tells_less_is_taken(scene: Scene) -> None:
    scene.answers(404, {"error": "x"}, "GET /api/v1/apps/verify_credentials")
    scene.answers(404, {"error": "x"}, "GET /api/v2/instance")
    assert on_again(scene) == scene.secret


@pytest.mark.parametrize(
    ("server", "token", "words"),
    [
        ("", "token", "Write the server"),
        ("my server", "token", "Write the server as a name"),
        ("mastodon.social", "", "Paste the access token"),
        ("mastodon.social", "two words", "Paste the access token"),
        ("https://127.0.0.1", "token", "may not connect to 127.0.0.1"),
        ("http://mastodon.social", "token", "may not connect to mastodon.social"),
        ("localhost:8000", "token", "may not connect"),
    ],
)
def test_a_mistake_in_the_form_is_said(server: str, token: str, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        sign_in(server, "", token)


def test_a_secret_that_is_not_whole_asks_to_connect_again(scene: Scene) -> None:
    values = scene.secret.reveal()
    for key in ("server", "token", "account", "handle", "domain"):
        lacking = Secret({k: v for k, v in values.items() if k != key})
        with pytest.raises(BadInput, match="Connect ladera"):
            connect("ladera", lacking, lambda _: None)


def test_what_is_kept_of_an_answer_is_its_hash(scene: Scene) -> None:
    assert len(scene.posted().raw_hash) == len(hash_of(""))
