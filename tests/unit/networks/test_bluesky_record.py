"""What goes out to Bluesky, without a network."""

import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.networks.bluesky.addresses import pasted, url_of
from amends.networks.bluesky.limits import count
from amends.networks.bluesky.record import TID_LETTERS, facets, put, record, stamp, tid
from amends.networks.port import Content
from amends.vocabulary.errors import BadInput

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def marked(text: str) -> list[str]:
    """Return the marked bytes of a text."""
    whole = text.encode()
    places = [one["index"] for one in facets(text)]
    return [whole[p["byteStart"] : p["byteEnd"]].decode() for p in places]  # type: ignore[index]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Año nuevo 🎉 #Ñandú https://candil.example/menú.",
            ["#Ñandú", "https://candil.example/menú"],
        ),
        ("(see https://a.example/x_(y)) and more", ["https://a.example/x_(y)"]),
        ("one #2 two #a2", ["#a2"]),
        ("https://a.example/#part", ["https://a.example/#part"]),
        ("no marks here, a#b, &#39;", []),
        ("https:// nothing", []),
        ("http://[odd and https://a.example", ["https://a.example"]),
    ],
)
def test_links_and_hashtags_have_byte_places(text: str, wanted: list[str]) -> None:
    assert marked(text) == wanted


@given(st.text(alphabet=st.sampled_from("aÑ🎉#h ttps://.example()[]\n"), max_size=80))
def test_places_never_overlap_and_never_cut_a_character(text: str) -> None:
    places = [(one["index"]["byteStart"], one["index"]["byteEnd"]) for one in facets(text)]  # type: ignore[index]
    assert places == sorted(places)
    assert all(a[1] <= b[0] for a, b in pairwise(places))
    marked(text)


@given(st.integers(0, 200 * 366 * 86_400), st.text())
def test_record_names_are_names(seconds: int, op: str) -> None:
    name = tid(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds), op)
    assert len(name) == 13
    assert set(name) <= set(TID_LETTERS)
    assert name[0] in "234567abcdefghij", "the top bit is 0"


def test_record_names_sort_by_time_and_differ_by_intent() -> None:
    later = [tid(NOON + timedelta(microseconds=n), "op") for n in range(3)]
    assert later == sorted(later)
    assert len({tid(NOON, f"op-{n}") for n in range(100)}) > 90


def test_the_body_is_canonical_and_holds_the_null() -> None:
    made = put("did:plc:abc", "3k", record(Content("Ñ", "es"), NOON))
    assert '"swapRecord":null' in made.body
    assert json.loads(made.body)["record"] == {
        "$type": "app.bsky.feed.post",
        "text": "Ñ",
        "createdAt": "2026-03-02T12:00:00.000Z",
        "langs": ["es"],
    }


def test_moments_are_written_in_utc() -> None:
    assert stamp(NOON + timedelta(microseconds=999)) == "2026-03-02T12:00:00.000Z"


@pytest.mark.parametrize("ref", ["nonsense", "at://did:plc:abc/app.bsky.feed.post/3k", "|"])
def test_a_reply_needs_whole_refs(ref: str) -> None:
    with pytest.raises(BadInput):
        record(Content("x", reply_parent=ref), NOON)


@pytest.mark.parametrize(
    ("text", "used", "over", "maybe"),
    [
        ("", 0, False, False),
        ("👩‍👩‍👧" * 300, 300, True, False),  # 300 characters, but 5,400 bytes
        ("e\u0301" * 300, 300, False, False),
        ("x" * 301, 301, True, False),
        ("x" * 299 + "क्", 300, False, True),
    ],
)
def test_counting(text: str, used: int, over: bool, maybe: bool) -> None:
    found = count(text)
    assert (found.used, found.over, found.maybe_over) == (used, over, maybe)


@pytest.mark.parametrize(
    ("link", "wanted"),
    [
        ("https://bsky.app/profile/Candil.test/post/3kabc", ("candil.test", "3kabc")),
        ("bsky.app/profile/did:plc:abc234/post/3kabc/", ("did:plc:abc234", "3kabc")),
        ("at://did:plc:abc234/app.bsky.feed.post/3kabc", ("did:plc:abc234", "3kabc")),
        ("https://bsky.app/profile/candil.test/post/3kabc?ref=x#y", ("candil.test", "3kabc")),
    ],
)
def test_pasted_links(link: str, wanted: tuple[str, str]) -> None:
    assert pasted(link) == wanted


@pytest.mark.parametrize(
    "link",
    [
        *(
            "https://bsky.app.evil.example/profile/a.test/post/3k",
            "https://bsky.app/profile/a.test",
        ),
        *("http://bsky.app/profile/a.test/post/3k", "https://u@bsky.app/profile/a.test/post/3k"),
        *("at://did:plc:abc234/app.bsky.feed.like/3k", "https://bsky.app/profile/../post/3k", "["),
        "https://[bad/profile/a.test/post/3k",
    ],
)
def test_other_links_are_refused(link: str) -> None:
    with pytest.raises(BadInput):
        pasted(link)


def test_only_posts_have_a_page() -> None:
    assert url_of("at://did:plc:abc234/app.bsky.feed.like/3k") == ""
    assert url_of("javascript:alert(1)") == ""
