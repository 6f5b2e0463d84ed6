"""Bluesky's dialect: what was measured against the real server holds here too."""

import httpx
import pytest

from tests.fault.server import FaultNetwork
from tests.fault.speakers import PNG, OnBluesky

POST = "app.bsky.feed.post"


def same(bluesky: OnBluesky, **more: object) -> tuple[int, int, int]:
    """Return the status of a put, of the same again, and of another text under its name."""
    one = bluesky.record("One.")
    puts = (one, dict(reversed(one.items())), bluesky.record("Two."))
    first, again, other = (bluesky.put("a", record, **more) for record in puts)
    assert first.json()["cid"] == again.json()["cid"]
    return first.status_code, again.status_code, other.status_code


def test_a_put_with_null_never_overwrites(bluesky: OnBluesky, network: FaultNetwork) -> None:
    assert same(bluesky) == (200, 200, 400)
    assert bluesky.put("a", bluesky.record("Two.")).json()["error"] == "InvalidSwap"
    assert bluesky.texts() == ["One."]
    assert [one.op for one in network.ledger] == ["published", "repeated"]


def test_a_put_without_it_overwrites(bluesky: OnBluesky, network: FaultNetwork) -> None:
    body = {"repo": bluesky.me.id, "collection": POST, "rkey": bluesky.name("a")}
    for text in ("One.", "Two."):
        sent = body | {"record": bluesky.record(text)}
        answer = bluesky.call("POST", "/xrpc/com.atproto.repo.putRecord", json=sent)
        assert answer.status_code == 200
    assert bluesky.texts() == ["Two."]
    assert [one.op for one in network.ledger] == ["published", "overwritten"]
    assert (network.standing("One."), network.standing("Two.")) == (0, 1)


def test_a_create_under_a_taken_name_breaks(bluesky: OnBluesky, network: FaultNetwork) -> None:
    body = {"repo": bluesky.me.id, "collection": POST, "record": bluesky.record("One.")}
    path = "/xrpc/com.atproto.repo.createRecord"
    statuses = [
        bluesky.call("POST", path, json=body | {"rkey": bluesky.name("a")}).status_code
        for _ in range(2)
    ]
    assert statuses == [200, 500]
    unnamed = [bluesky.call("POST", path, json=body).status_code for _ in range(2)]
    assert unnamed == [200, 200]
    assert network.published("One.") == 3


def test_a_put_after_a_removal_brings_the_post_back(
    bluesky: OnBluesky, network: FaultNetwork
) -> None:
    uri = bluesky.id_of(bluesky.publish("Sorry."))
    assert bluesky.remove(uri).status_code == bluesky.remove(uri).status_code == 200
    assert network.standing("Sorry.") == 0
    assert bluesky.id_of(bluesky.publish("Sorry.")) == uri
    assert [one.op for one in network.ledger] == ["published", "removed", "published"]
    assert network.published("Sorry.") == 2


def test_a_removal_with_another_content_id_is_refused(bluesky: OnBluesky) -> None:
    bluesky.publish("Sorry.")
    body = {"repo": bluesky.me.id, "collection": POST, "rkey": bluesky.name("key")}
    path = "/xrpc/com.atproto.repo.deleteRecord"
    answer = bluesky.call("POST", path, json=body | {"swapRecord": "bafyreiother"})
    assert answer.json()["error"] == "InvalidSwap"
    assert bluesky.texts() == ["Sorry."]


@pytest.mark.parametrize(
    ("text", "status"),
    [("ñ" * 300, 200), ("ñ" * 301, 400), ("👩‍👩‍👧‍👧" * 120, 200), ("👩‍👩‍👧‍👧" * 121, 400)],
)
def test_a_text_has_300_graphemes_and_3000_bytes(
    bluesky: OnBluesky, text: str, status: int
) -> None:
    answer = bluesky.publish(text)
    assert answer.status_code == status
    assert status == 200 or "must not be longer than" in answer.json()["message"]


def test_a_name_must_be_one_of_time(bluesky: OnBluesky) -> None:
    bluesky.names["odd"] = "amends-op-42"
    assert bluesky.put("odd", bluesky.record("x")).status_code == 400


def test_another_accounts_records_are_not_ours(bluesky: OnBluesky, network: FaultNetwork) -> None:
    other = network.account("bluesky", "candil")
    body = {"repo": other.id, "collection": POST, "rkey": bluesky.name("a")}
    record = bluesky.record("As somebody else.")
    put = bluesky.call("POST", "/xrpc/com.atproto.repo.putRecord", json=body | {"record": record})
    assert put.status_code == 401
    uri = network.say("bluesky", "I was hurt.")
    _, _, repo, _, name = uri.split("/")
    gone = {"repo": repo, "collection": POST, "rkey": name}
    answer = bluesky.call("POST", "/xrpc/com.atproto.repo.deleteRecord", json=gone)
    assert answer.status_code == 401
    assert network.standing("I was hurt.") == 1


def test_pictures_keep_their_reference_and_need_words(bluesky: OnBluesky) -> None:
    blob = bluesky.upload().json()["blob"]
    assert blob == bluesky.upload().json()["blob"]
    assert (blob["mimeType"], blob["size"]) == ("image/png", len(PNG))

    def posted(key: str, **image: object) -> httpx.Response:
        embed = {"$type": "app.bsky.embed.images", "images": [image]}
        return bluesky.put(key, bluesky.record("With a picture.", embed=embed))

    assert posted("a", image=blob, alt="Burnt crumbs.").status_code == 200
    assert "alt" in posted("b", image=blob).json()["message"]
    unknown = blob | {"ref": {"$link": "bafkreiunknown"}}
    assert posted("c", image=unknown, alt="").json()["error"] == "BlobNotFound"


def test_a_picture_too_big_is_refused(bluesky: OnBluesky) -> None:
    path, head = "/xrpc/com.atproto.repo.uploadBlob", {"content-type": "image/png"}
    big = bluesky.call("POST", path, content=b"x" * (5 * 1024 * 1024 + 1), headers=head)
    assert (big.status_code, big.json()["error"]) == (413, "PayloadTooLarge")
    blob = bluesky.call("POST", path, content=b"x" * 2_000_001, headers=head).json()["blob"]
    embed = {"$type": "app.bsky.embed.images", "images": [{"image": blob, "alt": ""}]}
    answer = bluesky.put("a", bluesky.record("With a picture.", embed=embed))
    assert "too big" in answer.json()["message"]


def test_records_are_listed_newest_first_in_pages(bluesky: OnBluesky) -> None:
    for number in range(5):
        bluesky.publish(f"Post {number}.", f"key {number}")
    seen: list[list[str]] = []
    cursor = ""
    while True:
        where = {"repo": bluesky.me.id, "collection": POST, "limit": "2", "cursor": cursor}
        page = bluesky.call("GET", "/xrpc/com.atproto.repo.listRecords", params=where).json()
        if not page["records"]:
            break
        seen.append([row["value"]["text"][5] for row in page["records"]])
        cursor = page["cursor"]
    assert seen == [["4", "3"], ["2", "1"], ["0"]]
    where = {"repo": bluesky.me.id, "collection": POST, "reverse": "true", "limit": "1"}
    page = bluesky.call("GET", "/xrpc/com.atproto.repo.listRecords", params=where).json()
    assert page["records"][0]["value"]["text"] == "Post 0."


def test_tokens_are_refused_in_the_real_servers_words(
    bluesky: OnBluesky, network: FaultNetwork
) -> None:
    session = "/xrpc/com.atproto.server.createSession"
    wrong = bluesky.call("POST", session, json={"identifier": "ladera.test", "password": "no"})
    assert (wrong.status_code, wrong.json()["error"]) == (401, "AuthenticationRequired")
    bluesky.me = bluesky.me.copy()
    network.expire("bluesky")
    late = bluesky.listen()
    assert (late.status_code, late.json()["error"]) == (400, "ExpiredToken")
    bluesky.me.access = "nonsense"
    assert bluesky.listen().json()["error"] == "InvalidToken"
    assert bluesky.call("GET", "/xrpc/com.example.nothing").status_code == 501


def test_what_is_taken_down_is_gone_from_threads_and_notifications(
    bluesky: OnBluesky, network: FaultNetwork
) -> None:
    uri = bluesky.id_of(bluesky.publish("Our oven failed."))
    said = network.say("bluesky", "I was hurt.", uri)
    assert [one["uri"] for one in bluesky.listen().json()["notifications"]] == [said]
    path = "/xrpc/app.bsky.feed.getPostThread"
    thread = bluesky.call("GET", path, params={"uri": uri}).json()["thread"]
    assert [one["post"]["uri"] for one in thread["replies"]] == [said]
    tomas = OnBluesky(network, "bluesky", bluesky.url, "tomas")
    with tomas.client:
        tomas.remove(said)
    assert bluesky.listen().json()["notifications"] == []
    assert bluesky.call("GET", path, params={"uri": said}).json()["error"] == "NotFound"
