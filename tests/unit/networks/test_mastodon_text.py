"""From Mastodon's HTML to words, and when two texts are the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.networks.mastodon.limits import count
from amends.networks.mastodon.text import TEXT_LIMIT, named, normal, plain

TOMAS = {"https://other.example/@tomas": "tomas@other.example"}
SHORTENED = (
    '<p>See <a href="https://candil.example/menus/of/the/whole/week" rel="nofollow">'
    '<span class="invisible">https://</span><span class="ellipsis">candil.example/menus/of/the/wh'
    '</span><span class="invisible">ole/week</span></a></p>'
)
MENTION = (
    '<p><span class="h-card"><a href="https://other.example/@tomas" class="u-url mention">@'
    "<span>tomas</span></a></span> sorry</p>"
)


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>One.</p><p>Two<br>Three &amp; &lt;four&gt;</p>", "One.\n\nTwo\nThree & <four>"),
        (SHORTENED, "See https://candil.example/menus/of/the/whole/week"),
        (MENTION, "@tomas@other.example sorry"),
        ('<a href="https://x.example/tags/a" class="mention hashtag">#<span>a</span></a>', "#a"),
        # What is shown is not where it leads: both are told.
        (
            '<a href="https://thief.example/">bank.example</a>',
            "bank.example (https://thief.example/)",
        ),
        ('<a href="https://candil.example/">candil.example</a>', "candil.example"),
        ('<a href="https://c.example/long/way">c.example/lo…</a>', "https://c.example/long/way"),
        (
            '<a href="https://xn--maana-pta.example/men%C3%BA">https://mañana.example/menú</a>',
            "https://mañana.example/menú",
        ),
        ('<a href="javascript:alert(1)">here</a>', "here"),
        ("<script>steal()</script><style>p{}</style>Text", "Text"),
        ('<p class="quote-inline">RE: <a href="https://x.example/1">1</a></p><p>Mine</p>', "Mine"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ('<img src="https://x.example/p.png" alt=":blob:"> hi', ":blob: hi"),
        ("not closed <a href='https://x.example/1'>link", "not closed link (https://x.example/1)"),
        ("a<![x[b]]>c <!bad> d<!-- no -->", "ac  d"),
        ("", ""),
    ],
)
def test_words_of_a_post(html: str, words: str) -> None:
    assert plain(html, TOMAS) == words


@given(st.text(alphabet="<>!/[]-&;=\"'a \n?pbrx#@\0\ud800", max_size=60))
def test_any_html_gives_words(html: str) -> None:
    words = plain(html)
    assert "\0" not in words
    words.encode()


def test_words_are_bounded() -> None:
    assert len(plain("a" * 300_000)) == TEXT_LIMIT
    assert plain("<div>" * 50_000) == ""


def sent_as(text: str, html: str, mentions: dict[str, str] | None = None) -> bool:
    return normal(text, "candil.example") == normal(plain(html, mentions), "candil.example")


def test_what_a_server_changes_by_itself_is_the_same() -> None:
    assert sent_as("  One.\r\n\r\nTwo  three ", "<p>One.</p><p>Two three</p>")
    assert sent_as("@Tomas@Other.Example sorry", MENTION, TOMAS)
    ours = '<a href="https://candil.example/@ana" class="u-url mention">@<span>ana</span></a>'
    assert sent_as("@ana@candil.example hi", f"{ours} hi", {"https://candil.example/@ana": "ana"})
    assert sent_as("@nobody@gone.example hi", "<p>@nobody@gone.example hi</p>")
    assert sent_as("cafe\u0301", "<p>caf\u00e9</p>")
    assert sent_as("See https://candil.example/menus/of/the/whole/week", SHORTENED)
    assert sent_as(
        "https://candil.example/menú",
        '<a href="https://candil.example/men%C3%BA">https://candil.example/men%C3%BA</a>',
    )


@pytest.mark.parametrize(
    "other", ["One. Two Three", "One, Two three", "One. Two", "@tomas@else.example One. Two three"]
)
def test_other_words_are_another_text(other: str) -> None:
    assert not sent_as(other, "<p>One. Two three</p>")


def test_the_same_name_elsewhere_is_somebody_else() -> None:
    assert not sent_as("@tomas@candil.example sorry", MENTION, TOMAS)


def test_who_is_named() -> None:
    text = "@ines and @Tomas@other.example, not a@b.example nor https://x.example/@bob"
    assert named(text, "candil.example") == ("ines@candil.example", "tomas@other.example")


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("año 👩‍👩‍👧", 5),
        ("@tomas@other.example hi", len("@tomas hi")),
        ("https://a.example", 23),
        ("(https://candil.example/very/long/path/that/goes/on/and/on)", 25),
        ("https://candil.example/a_(b) https://candil.example/c.", 48),
        ("http://localhost/x", len("http://localhost/x")),
        ("", 0),
    ],
)
def test_length_as_mastodon_counts(text: str, used: int) -> None:
    assert count(text).used == used


def test_a_servers_own_limits_count() -> None:
    assert count("x" * 600, most=1_000).over is False
    assert count("x" * 501).over
    assert count("https://a.example", url=30).used == 30
