"""What Mastodon's adapter decides without a server: bodies, addresses, classes, the cursor."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from amends.networks.mastodon.addresses import Parent, base_of, parent, pasted
from amends.networks.mastodon.body import frozen, sent
from amends.networks.mastodon.instance import CHANGED_S, DAY_S, FAILED_S, Reading, Readings
from amends.networks.mastodon.limits import CAN, NOTICES
from amends.networks.mastodon.listening import listened
from amends.networks.mastodon.wire import Place
from amends.networks.port import Content, Frozen, SafeRepeat, Shown
from amends.vocabulary.errors import BadInput

HERE = Place("candil.example", "candil.example", "7")
US = "ana@candil.example"
THEIRS = "mastodon:candil.example/42|public|ines@other.example"


def body(content: Content, place: Place = HERE) -> dict[str, object]:
    found: dict[str, object] = json.loads(frozen(content, "op-1", US, place).body)["send"]
    return found


# --- what goes out -------------------------------------------------------------------------------


def test_a_post_is_public_and_never_scheduled() -> None:
    assert body(Content("Open at seven.", "es")) == {
        "status": "Open at seven.",
        "visibility": "public",
        "language": "es",
    }


def test_the_key_is_the_intents_id_and_the_account_is_never_sent() -> None:
    kept = frozen(Content("One."), "op-1", US, HERE)
    assert kept.wire_name == "op-1"
    found = sent(kept, US, HERE)
    assert found is not None
    assert US not in found.wire
    assert sent(kept, "candil@candil.example", HERE) is None
    assert sent(kept, US, replace(HERE, host="else.example")) is None
    assert sent(Frozen("op-1", kept.body + " ", kept.body_hash), US, HERE) is None
    for odd in ("[]", "{}", "no", '{"account":1,"send":{}}'):
        assert sent(Frozen.of("op-1", {"x": odd}), US, HERE) is None


def test_an_answer_names_whom_it_answers_and_is_as_wide_as_that() -> None:
    made = body(Content("We are sorry.", reply_parent=THEIRS))
    assert made["status"] == "@ines@other.example We are sorry."
    assert (made["in_reply_to_id"], made["visibility"]) == ("42", "public")
    named = body(Content("Sorry, @ines@other.example.", reply_parent=THEIRS))
    assert named["status"] == "Sorry, @ines@other.example."
    ours = body(Content("And this.", reply_parent="mastodon:candil.example/42|unlisted|"))
    assert (ours["status"], ours["visibility"]) == ("And this.", "unlisted")


def test_what_was_said_privately_is_not_answered_in_public() -> None:
    said = THEIRS.replace("public", "direct")
    with pytest.raises(BadInput, match="privately"):
        body(Content("We are sorry.", reply_parent=said))
    made = body(Content("We are sorry.", reply_parent=said, private_to="ines@other.example"))
    assert made["visibility"] == "direct"


@pytest.mark.parametrize(
    "text", ["We are sorry.", "@ines@other.example We are sorry.", "@Ines@Other.Example Sorry."]
)
def test_a_private_text_names_its_person_once_at_the_start(text: str) -> None:
    made = body(Content(text, private_to="@Ines@other.example"))
    words = str(made["status"])
    assert words.lower().startswith("@ines@other.example ")
    assert words.count("@") == 2
    assert made["visibility"] == "direct"


@pytest.mark.parametrize(
    "text",
    [
        "Ask @tomas too.",
        "@ines@other.example and @tomas@other.example: sorry.",
        "@ines sorry.",  # somebody of that name on our own server
        "(@tomas)",
    ],
)
def test_a_private_text_names_nobody_else(text: str) -> None:
    with pytest.raises(BadInput, match="a private text may name only the one person it is for"):
        body(Content(text, private_to="ines@other.example"))


def test_a_link_or_an_address_is_no_name() -> None:
    text = "Write to help@candil.example or see https://candil.example/@ana."
    made = body(Content(text, private_to="ines@other.example"))
    assert made["status"] == f"@ines@other.example {text}"


@pytest.mark.parametrize(
    "content",
    [
        Content("x", reply_parent="nonsense"),
        Content("x", reply_parent="mastodon:else.example/42|public|"),
        Content("x", reply_parent="mastodon:candil.example/42|everyone|"),
        Content("x", reply_parent="mastodon:candil.example/42|public|no handle"),
        Content("x", private_to="a neighbour"),
        Content("x", pictures=(Shown("not json", "alt"),)),
        Content("x", pictures=(Shown('{"id": 3}', "alt"),)),
    ],
)
def test_what_cannot_be_used_is_said(content: Content) -> None:
    with pytest.raises(BadInput):
        body(content)


def test_pictures_go_by_their_ids() -> None:
    shown = tuple(Shown(json.dumps({"id": one}), "alt") for one in ("8", "9"))
    assert body(Content("Menu.", pictures=shown))["media_ids"] == ["8", "9"]


# --- addresses -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "base"),
    [
        ("mastodon.social", "https://mastodon.social"),
        (" https://Mastodon.Social/ ", "https://mastodon.social"),
        ("https://mastodon.social/@ana", "https://mastodon.social"),
        ("ana@mastodon.social", "https://mastodon.social"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
    ],
)
def test_a_server_is_understood_as_people_type_it(typed: str, base: str) -> None:
    assert base_of(typed) == base


@pytest.mark.parametrize("typed", ["", "my server", "ftp://a.example", "https://u:p@a.example"])
def test_what_is_no_server_is_said(typed: str) -> None:
    with pytest.raises(BadInput, match="such as mastodon"):
        base_of(typed)


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ("https://candil.example/@ana/12", ("candil.example", "12")),
        ("candil.example/@ana/12", ("candil.example", "12")),
        ("https://candil.example/web/@tomas@other.example/12", ("candil.example", "12")),
        ("https://candil.example/deck/@tomas/12?x=1#y", ("candil.example", "12")),
        ("https://candil.example/users/ana/statuses/12", ("candil.example", "12")),
        ("https://candil.example/ap/users/7/statuses/12", ("candil.example", "12")),
        ("https://candil.example/web/statuses/12", ("candil.example", "12")),
        ("https://relative.example/notice/Ab-1", ("relative.example", "")),
    ],
)
def test_links_as_people_paste_them(link: str, found: tuple[str, str]) -> None:
    assert pasted(link)[:2] == found


@pytest.mark.parametrize(
    "link", ["", "hello", "javascript:1", "https://candil.example", "https://[x", "https://a b/c"]
)
def test_what_is_no_link_is_said(link: str) -> None:
    with pytest.raises(BadInput, match="Paste the link"):
        pasted(link)


def test_a_bare_address_is_a_parent_too() -> None:
    assert parent("mastodon:candil.example/42", "candil.example") == Parent("42")


# --- which class a server is ---------------------------------------------------------------------


class Hand:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.at = 0.0

    def now(self) -> float:
        return self.at


MASTODON = Reading("mastodon", "4.5.2 4.5.2", "candil.example")


@pytest.mark.parametrize(
    ("software", "version", "is_keyed"),
    [
        ("mastodon", "4.5.2 4.5.2", True),
        ("mastodon", "4.5.2+glitch 4.5.2+glitch", True),
        ("mastodon", "4.0.0 2.7.2 (compatible; Pleroma 2.9)", False),
        ("Mastodon", "4.5.2 4.5.2", False),
        ("pleroma", "2.9.1 4.5.2", False),
        ("gotosocial", "0.20 4.5.2", False),
    ],
)
def test_only_mastodon_itself_is_keyed(software: str, version: str, is_keyed: bool) -> None:
    can = Reading(software, version, "candil.example").can()
    assert can.safe_repeat is (SafeRepeat.KEYED if is_keyed else SafeRepeat.NONE)
    if is_keyed:
        assert (can.first_repeat_s, can.repeat_window_s) == (60, 3_000)


def test_unknown_is_not_keyed() -> None:
    assert CAN.safe_repeat is SafeRepeat.NONE


def test_a_server_is_asked_once_a_day() -> None:
    hand, asked = Hand(), []

    def read() -> Reading:
        asked.append(hand.at)
        return MASTODON

    readings = Readings(hand.now)
    assert readings.known("s") is None
    for hand.at in (0.0, DAY_S - 1, DAY_S + 1):
        assert readings.of("s", read) == MASTODON
    assert asked == [0.0, DAY_S + 1]
    assert readings.known("s") == MASTODON


def test_a_server_that_changed_is_not_keyed_while_old_keys_may_matter() -> None:
    hand, readings = Hand(), Readings(lambda: hand.at)
    readings.of("s", lambda: MASTODON)
    newer = replace(MASTODON, version="4.6.0 4.6.0")
    hand.at = DAY_S
    changed = readings.of("s", lambda: newer)
    assert changed is not None
    assert not changed.is_keyed
    hand.at += CHANGED_S
    settled = readings.of("s", lambda: newer)
    assert settled is not None
    assert settled.is_keyed


def test_a_server_that_cannot_be_read_is_not_keyed_and_asked_again_soon() -> None:
    hand, readings = Hand(), Readings(lambda: hand.at)
    readings.of("s", lambda: MASTODON)
    hand.at = DAY_S
    assert readings.of("s", lambda: None) is None
    assert readings.of("s", lambda: MASTODON) is None
    hand.at += FAILED_S
    assert readings.of("s", lambda: MASTODON) == MASTODON


# --- the cursor ----------------------------------------------------------------------------------


class Server:
    """A list of notifications, answered as Mastodon does."""

    def __init__(self, page: int = NOTICES) -> None:
        self.numbers: list[int] = []
        self.page, self.calls = page, 0

    def notices(self, place: dict[str, str]) -> list[dict[str, object]]:
        self.calls += 1
        numbers = sorted(self.numbers)
        if "min_id" in place:
            found = [one for one in numbers if one > int(place["min_id"])][: self.page]
        elif "max_id" in place:
            found = [one for one in numbers if one < int(place["max_id"])][-self.page :]
        else:
            found = numbers[-self.page :]
        return [notice(one) for one in reversed(found)]


def notice(number: int) -> dict[str, object]:
    return {
        "id": str(number),
        "type": "mention",
        "status": {
            "id": str(1_000 + number),
            "created_at": "2026-03-02T12:00:00.000Z",
            "content": f"<p>Said {number}</p>",
            "account": {"id": "9", "acct": "ines@other.example"},
        },
    }


def said(page_of: Callable[[dict[str, str]], list[dict[str, object]]], cursor: str) -> list[str]:
    return [one.text for one in listened(page_of, cursor, HERE).mentions]


def test_a_flood_is_heard_without_a_gap() -> None:
    server = Server()
    server.numbers = [1, 2]
    cursor = listened(server.notices, "", HERE).cursor
    server.numbers = list(range(1, 2_001))
    heard: list[str] = []
    for _ in range(10):
        page = listened(server.notices, cursor, HERE)
        heard.extend(one.text for one in page.mentions)
        cursor = page.cursor
        if not page.more:
            break
    assert heard == [f"Said {number}" for number in range(3, 2_001)]
    assert said(server.notices, cursor) == []


def test_what_becomes_visible_late_is_heard() -> None:
    server = Server()
    server.numbers = list(range(1, 101))
    cursor = listened(server.notices, "", HERE).cursor
    server.numbers.extend([101, 103])
    page = listened(server.notices, cursor, HERE)
    server.numbers.append(102)
    assert said(server.notices, page.cursor) == ["Said 102"]


def test_the_same_cursor_gives_the_same_again() -> None:
    server = Server()
    cursor = listened(server.notices, "", HERE).cursor
    server.numbers = [5, 6]
    assert said(server.notices, cursor) == said(server.notices, cursor) == ["Said 5", "Said 6"]


def test_a_server_that_does_not_know_the_parameter_ends_too() -> None:
    server = Server()
    server.numbers = list(range(1, 200))
    newest = server.notices

    def ignores(_: dict[str, str]) -> list[dict[str, object]]:
        return newest({})

    cursor = listened(ignores, "", HERE).cursor
    server.numbers.append(200)
    server.calls = 0
    heard = said(ignores, cursor)  # some of it again: the caller knows them by their addresses
    assert "Said 200" in heard
    assert "Said 199" not in heard
    assert server.calls < 5


def test_a_broken_notice_stops_nothing() -> None:
    odd: list[dict[str, object]] = [{"id": "2"}, {"id": "1", "type": "mention", "status": {}}]
    page = listened(lambda place: [] if "max_id" in place else [*odd, notice(3)], "", HERE)
    assert [one.text for one in page.mentions] == ["Said 3"]


def test_times_are_the_servers_own() -> None:
    server = Server()
    server.numbers = [1]
    found = listened(server.notices, "", HERE).mentions[0]
    assert found.written_at == datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
    assert found.author_id == found.author_handle == "ines@other.example"
    assert found.network_id == "mastodon:candil.example/1001"
