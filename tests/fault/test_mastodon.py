"""Mastodon's dialect, and that of a server which only speaks it."""

import httpx
import pytest

from tests.fault.faults import Fault
from tests.fault.server import FaultNetwork
from tests.fault.speakers import OnMastodon

LONG = "https://www.candil.example/a/very/long/path/indeed"


def test_content_is_html_as_mastodon_gives_it(mastodon: OnMastodon) -> None:
    text = f"Dear @tomas@elsewhere.test & @candil,\nsee <this>\n\n{LONG}. #Crumbs"
    found = mastodon.post(text).json()
    base = mastodon.url
    assert found["content"] == (
        '<p>Dear <span class="h-card" translate="no"><a href="https://elsewhere.test/@tomas" '
        'class="u-url mention">@<span>tomas</span></a></span> &amp; <span class="h-card" '
        f'translate="no"><a href="{base}/@candil" class="u-url mention">@<span>candil</span></a>'
        "</span>,<br />see &lt;this&gt;</p>"
        f'<p><a href="{LONG}" target="_blank" rel="nofollow noopener" translate="no">'
        '<span class="invisible">https://www.</span><span class="ellipsis">'
        'candil.example/a/very/long/pat</span><span class="invisible">h/indeed</span></a>. '
        f'<a href="{base}/tags/crumbs" class="mention hashtag" rel="tag">#<span>Crumbs</span></a>'
        "</p>"
    )
    assert [one["acct"] for one in found["mentions"]] == ["tomas@elsewhere.test", "candil"]
    assert found["url"] == f"{base}/@ladera/{found['id']}"


def test_the_same_key_gives_the_first_post_whatever_the_text(
    mastodon: OnMastodon, network: FaultNetwork
) -> None:
    first = mastodon.post("One.", "a", visibility="unlisted").json()
    second = mastodon.post("Two.", "a").json()
    assert second["id"] == first["id"]
    assert (second["content"], second["visibility"]) == ("<p>One.</p>", "unlisted")
    assert network.published("Two.") == 0
    mastodon.remove(first["id"])
    assert mastodon.post("One.", "a").status_code == 404
    network.advance(3_601)
    assert mastodon.post("One.", "a").status_code == 200
    assert network.published("One.") == 2


def test_keys_are_each_accounts_own(mastodon: OnMastodon, network: FaultNetwork) -> None:
    other = OnMastodon(network, "mastodon", mastodon.url, "candil")
    with other.client:
        ids = {mastodon.post("One.", "a").json()["id"], other.post("One.", "a").json()["id"]}
    assert len(ids) == 2


@pytest.mark.parametrize(
    ("given", "status", "words"),
    [
        ({"status": " "}, 422, "can't be blank"),
        ({"status": "ñ" * 501}, 422, "limit of 500"),
        ({"status": "x" * 490, "spoiler_text": "y" * 11}, 422, "limit of 500"),
        ({"status": "x", "in_reply_to_id": "99"}, 404, "does not appear to exist"),
        ({"status": "x", "visibility": "everybody"}, 422, "Visibility"),
        ({"status": "x", "media_ids": ["99"]}, 422, "not found or already attached"),
    ],
)
def test_what_cannot_be_posted_is_refused(
    mastodon: OnMastodon,
    network: FaultNetwork,
    given: dict[str, object],
    status: int,
    words: str,
) -> None:
    answer = mastodon.call("POST", "/api/v1/statuses", json=given)
    assert answer.status_code == status
    assert words in answer.json()["error"]
    assert len(network.ledger) == 0


def test_a_link_counts_as_23_and_a_handle_without_its_server(mastodon: OnMastodon) -> None:
    assert mastodon.post("x" * 460 + f" {LONG} @ines@a.very.long.example").status_code == 200
    assert mastodon.post("x" * 480 + f" {LONG}").status_code == 422


def test_forms_are_read_as_json_is(mastodon: OnMastodon) -> None:
    data = {"status": "In a form.", "visibility": "unlisted", "sensitive": "true"}
    found = mastodon.call("POST", "/api/v1/statuses", data=data).json()
    assert (found["visibility"], found["sensitive"]) == ("unlisted", True)


def test_a_direct_post_is_for_those_it_names(mastodon: OnMastodon, network: FaultNetwork) -> None:
    candil = OnMastodon(network, "mastodon", mastodon.url, "candil")
    network.account("mastodon", "ana")
    ana = OnMastodon(network, "mastodon", mastodon.url, "ana")
    with candil.client, ana.client:
        path = f"/api/v1/statuses/{mastodon.post('@candil Only you.', visibility='direct').json()['id']}"
        reads = [one.call("GET", path).status_code for one in (mastodon, candil, ana)]
        assert reads == [200, 200, 404]
        assert candil.listen().json()[0]["status"]["visibility"] == "direct"
        assert ana.listen().json() == []
    assert [one.visibility for one in network.ledger] == ["direct"]


def followed(ours: OnMastodon, path: str, rel: str) -> list[list[str]]:
    """Return the ids of each page, following the Link header."""
    pages: list[list[str]] = []
    url: str | None = path
    while url:
        answer = ours.call("GET", url.removeprefix(ours.url))
        if rows := [row["id"] for row in answer.json()]:
            pages.append(rows)
        url = answer.links.get(rel, {}).get("url")
    return pages


def test_lists_are_paged_by_the_link_header(mastodon: OnMastodon) -> None:
    ids = [mastodon.post(f"Post {n}.").json()["id"] for n in range(7)]
    base = f"/api/v1/accounts/{mastodon.me.id}/statuses?limit=3"
    assert followed(mastodon, base, "next") == [ids[6:3:-1], ids[3:0:-1], ids[:1]]
    assert followed(mastodon, f"{base}&min_id=0", "prev") == [ids[2::-1], ids[5:2:-1], ids[6:]]
    newest = mastodon.call("GET", f"{base}&since_id={ids[0]}").json()
    assert [row["id"] for row in newest] == ids[6:3:-1]


def test_answers_are_heard_and_stand_in_the_context(
    mastodon: OnMastodon, network: FaultNetwork
) -> None:
    post = mastodon.post("Our oven failed.").json()["id"]
    said = network.say("mastodon", "I was hurt.", post)
    ours = mastodon.post("@tomas@elsewhere.test We are sorry.", in_reply_to_id=said).json()
    network.say("mastodon", "And another thing.")
    heard = mastodon.listen().json()
    assert [one["type"] for one in heard] == ["mention", "mention"]
    assert heard[1]["status"]["id"] == said
    assert heard[1]["status"]["in_reply_to_id"] == post
    assert heard[1]["account"]["acct"] == "tomas@elsewhere.test"
    assert mastodon.call("GET", "/api/v1/notifications?types[]=follow").json() == []
    around = mastodon.call("GET", f"/api/v1/statuses/{said}/context").json()
    assert [one["id"] for one in around["ancestors"]] == [post]
    assert [one["id"] for one in around["descendants"]] == [ours["id"]]
    assert network.entries()[2]["parent"] == said


def test_a_link_is_resolved(mastodon: OnMastodon, network: FaultNetwork) -> None:
    said = network.say("mastodon", "I was hurt.")
    url = mastodon.read(said).json()["url"]
    assert url.startswith("https://elsewhere.test/@tomas/")
    for wanted, ids in ((url, [said]), ("https://elsewhere.test/@tomas/1", [])):
        query = {"q": wanted, "resolve": "true", "type": "statuses"}
        found = mastodon.call("GET", "/api/v2/search", params=query).json()
        assert [one["id"] for one in found["statuses"]] == ids
    acct = {"acct": "tomas@elsewhere.test"}
    looked = mastodon.call("GET", "/api/v1/accounts/lookup", params=acct).json()
    assert looked["display_name"] == "Tomas"


def test_a_picture_may_take_its_time(mastodon: OnMastodon, network: FaultNetwork) -> None:
    network.misbehave(Fault.PROCESSING, kind="upload", seconds=20)
    sent = mastodon.upload()
    assert (sent.status_code, sent.json()["url"]) == (202, None)
    id_ = sent.json()["id"]
    path = f"/api/v1/media/{id_}"
    assert mastodon.call("GET", path).status_code == 206
    early = mastodon.post("With a picture.", media_ids=[id_])
    assert early.status_code == 422
    assert "not finished processing" in early.json()["error"]
    network.advance(21)
    assert mastodon.call("GET", path).status_code == 200
    described = mastodon.call("PUT", path, data={"description": "Burnt crumbs."})
    assert described.json()["description"] == "Burnt crumbs."
    post = mastodon.post("With a picture.", media_ids=[id_]).json()
    assert post["media_attachments"][0]["description"] == "Burnt crumbs."
    assert mastodon.post("Once more.", media_ids=[id_]).status_code == 422
    assert mastodon.call("GET", path).status_code == 404


def test_a_picture_that_is_none_is_refused(mastodon: OnMastodon) -> None:
    file = {"file": ("a.txt", b"words", "text/plain")}
    assert mastodon.call("POST", "/api/v2/media", files=file).status_code == 422
    assert mastodon.call("POST", "/api/v2/media").status_code == 422


def test_only_our_own_posts_are_taken_down(mastodon: OnMastodon, network: FaultNetwork) -> None:
    said = network.say("mastodon", "I was hurt.")
    assert mastodon.remove(said).status_code == 404
    id_ = mastodon.post("Sorry.").json()["id"]
    gone = mastodon.remove(id_)
    assert gone.json()["text"] == "Sorry."
    assert mastodon.remove(id_).status_code == 404
    assert [one["id"] for one in network.posts("mastodon")] == [said]


def test_nobody_gets_in_without_a_token(mastodon: OnMastodon) -> None:
    for head in ({"authorization": ""}, {"authorization": "Bearer nonsense"}):
        answer = mastodon.call("POST", "/api/v1/statuses", json={"status": "x"}, headers=head)
        assert answer.status_code == 401
        assert answer.json()["error"]


def test_the_rate_limit_is_told_and_kept(mastodon: OnMastodon, network: FaultNetwork) -> None:
    network.rate = 3
    try:
        answers = [mastodon.post(f"Post {n}.") for n in range(4)]
        lefts = [int(one.headers["x-ratelimit-remaining"]) for one in answers]
        assert lefts == [2, 1, 0, 0]
        assert [one.status_code for one in answers] == [200, 200, 200, 429]
        assert network.published("Post 3.") == 0
        network.advance(300)
        assert mastodon.post("Post 3.").status_code == 200
    finally:
        network.rate = 30_000


def about(ours: OnMastodon) -> tuple[str, str, int]:
    """Return a server's own name, its version, and how its newer description is answered."""
    links = httpx.get(f"{ours.url}/.well-known/nodeinfo").json()["links"]
    node = httpx.get(links[0]["href"]).json()["software"]
    older = ours.call("GET", "/api/v1/instance").json()
    assert older["configuration"]["statuses"]["max_characters"] == 500
    return node["name"], older["version"], ours.call("GET", "/api/v2/instance").status_code


def test_servers_say_what_they_are(mastodon: OnMastodon, compatible: OnMastodon) -> None:
    assert about(mastodon) == ("mastodon", "4.4.3", 200)
    name, version, status = about(compatible)
    assert (name, status) == ("pleroma", 404)
    assert version.startswith("2.7.2 (compatible; ")


def test_a_schedule_is_kept_by_one_and_published_at_once_by_the_other(
    mastodon: OnMastodon, compatible: OnMastodon, network: FaultNetwork
) -> None:
    when = "2099-01-01T00:00:00.000Z"
    kept = mastodon.post("Tomorrow.", scheduled_at=when).json()
    assert kept["scheduled_at"] == when
    assert network.published("Tomorrow.") == 0
    assert compatible.post("Tomorrow.", scheduled_at=when).json()["content"] == "<p>Tomorrow.</p>"
    assert network.standing("Tomorrow.") == 1
