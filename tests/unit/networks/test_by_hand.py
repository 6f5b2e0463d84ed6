"""How places count, and which links are theirs."""

import pytest

from amends.networks.by_hand.counting import emoji_as_bytes, units, weighted
from amends.networks.by_hand.places import (
    PLACES,
    Place,
    count,
    own_link,
    place_named,
    profile_link,
    web_address,
)
from amends.vocabulary.errors import BadInput
from amends.vocabulary.outgoing import OutgoingKind

FAMILY = "👩‍👩‍👧"

# The lengths are those that twitter-text 3.1.0 gave for these texts, asked on 2026-11-24.
X_LENGTHS = [
    ("a", 1),
    ("día", 3),
    ("e\u0301", 1),  # counted as NFC
    ("日本", 4),
    ("Привет", 6),
    ("“q”", 3),
    ("…", 2),
    ("—", 1),
    (FAMILY, 2),
    ("👍🏽", 2),
    ("🇪🇸", 2),
    ("1️⃣", 2),
    ("❤️", 2),
    ("❤", 2),
    ("©", 1),
    ("\u200b", 1),
    ("\u202e", 2),
    ("ＡＢ", 4),
    ("https://example.com/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 23),
    ("see example.com/x ok", 30),
    ("(https://a.com/b)", 25),
    ("https://a.com/ñandú", 23),
    ("https://a.com/x,", 24),
    ("www.ejemplo.es.", 24),
    ("a.es", 23),
    ("foo@example.com", 15),
    ("http://x", 8),
]


@pytest.mark.parametrize(("text", "length"), X_LENGTHS)
def test_x_weighs_as_its_own_counter_does(text: str, length: int) -> None:
    assert weighted(text) == (length, length)


def test_a_name_that_may_be_a_link_is_left_open_on_x() -> None:
    # "ladera.photography" is a link for X, "end.Start" is none; we do not know every ending.
    assert weighted("x.photography") == (13, 23)
    close = "a" * 260 + " x.photography"
    assert count(close, "x").over is False
    assert count(close, "x").maybe_over is True


@pytest.mark.parametrize(
    ("text", "length"), [("año", 3), ("👍", 4), (FAMILY, 18), ("a❤️b", 8), ("日本", 2)]
)
def test_threads_counts_emoji_by_their_bytes(text: str, length: int) -> None:
    assert emoji_as_bytes(text) == (length, length)


def test_where_the_unit_is_not_known_both_readings_are_kept() -> None:
    assert units(f"año {FAMILY}") == (5, 12)
    found = count("👍" * 1_501, "linkedin")
    assert (found.used, found.over, found.maybe_over) == (1_501, False, True)
    assert count("a" * 3_001, "linkedin").over


@pytest.mark.parametrize(
    ("place", "most"),
    [
        ("instagram", 2_200),
        ("facebook", 63_206),
        ("x", 280),
        ("x_premium", 25_000),
        ("linkedin", 3_000),
        ("tiktok", 4_000),
        ("threads", 500),
        ("youtube", 5_000),
        ("reddit", 40_000),
        ("newsletter", 20_000),
        ("elsewhere", 20_000),
    ],
)
def test_each_place_has_its_limit(place: str, most: int) -> None:
    assert not count("ñ" * most, place).over
    assert count("ñ" * (most + 1), place).over


def test_an_answer_and_a_private_word_have_limits_of_their_own() -> None:
    long = "a" * 1_300
    assert not count(long, "linkedin").over
    assert count(long, "linkedin", OutgoingKind.REPLY).over
    assert count(long, "linkedin", OutgoingKind.STATEMENT, answers=True).over
    assert not count(long, "linkedin", OutgoingKind.PRIVATE).over
    assert not count(long, "x", OutgoingKind.PRIVATE).over


def test_above_what_sources_agree_on_it_is_said() -> None:
    assert not count("a" * 2_200, "tiktok").maybe_over
    assert count("a" * 2_201, "tiktok").maybe_over


@pytest.mark.parametrize("place", PLACES.values(), ids=lambda one: one.key)
def test_every_number_says_where_it_was_read(place: Place) -> None:
    limits = [one for one in (place.post, place.answer, place.private) if one is not None]
    assert all("seen 20" in one.source or "our own" in one.source for one in limits)
    assert all(one.sure_up_to < one.most for one in limits)
    assert place.title
    addresses = [place.home, place.profile] if place.hosts else []
    assert all(one.startswith("https://") for one in addresses if one)


@pytest.mark.parametrize(
    ("place", "link"),
    [
        ("instagram", "https://www.instagram.com/p/DRw1/"),
        ("x", "https://twitter.com/candil/status/1?s=20"),
        ("youtube", "https://youtu.be/abc"),
        ("reddit", "https://old.reddit.com/r/bread/comments/1/"),
        ("elsewhere", "https://forum.example/1"),
    ],
)
def test_a_link_of_the_place_is_taken_as_it_is(place: str, link: str) -> None:
    assert own_link(place_named(place), f"  {link} ") == link


@pytest.mark.parametrize(
    "link",
    [
        "",
        "instagram.com/p/1",
        "http://instagram.com/p/1",
        "https://notinstagram.com/p/1",
        "https://instagram.com.evil.test/",
        "https://evil.test/instagram.com",
        "https://instagram.com@evil.test/",
        "https://user@instagram.com/p/1",
        "https://instagram.com:8443/p/1",
        "https://instagram.com:port/p/1",
        "https://[::1/p/1",
        "https://instagram.com/p/1 2",
        "https://instagram.com/p\\1",
        "https://instagram.com/<b>",
        "https://instagram.com/\u200b1",
        "javascript://instagram.com/%0aalert(1)",
    ],
)
def test_every_other_link_is_refused(link: str) -> None:
    with pytest.raises(BadInput):
        own_link(place_named("instagram"), link)


def test_a_page_of_any_host_may_be_written_down_over_https() -> None:
    assert web_address("https://candil.example/letters") == "https://candil.example/letters"
    with pytest.raises(BadInput):
        web_address("ftp://candil.example")


def test_a_handle_never_breaks_out_of_its_link() -> None:
    assert profile_link(place_named("x"), "a/../b?c#d") == "https://x.com/a%2F..%2Fb%3Fc%23d"
    assert profile_link(place_named("linkedin"), "candil") == ""
