"""The places where a person posts by hand, as data: a new one is one row here.

Every number says where it was read and when. Where sources differ, the larger number is the
limit, and above the smaller one the page says that the place may not take it.
"""

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from amends.networks.by_hand.counting import Rule, as_seen, emoji_as_bytes, units, weighted
from amends.networks.port import Count
from amends.vocabulary.errors import BadInput
from amends.vocabulary.outgoing import OutgoingKind

SEEN = "2026-11"
BUFFER = f"developers.buffer.com, guides, character limits; seen {SEEN}"
LISTS = f"lists of third parties that agree (lettercounter.org, textplus.net); seen {SEEN}"
ODD = frozenset(" \"'<>\\")
LONGEST_LINK = 500  # characters
NO_LIMIT = 20_000  # our own: no text of the desk is longer


@dataclass(frozen=True, slots=True)
class Limit:
    """How long a text may be, with where that was read."""

    most: int
    source: str
    sure_up_to: int = 0  # the smaller number of another source; 0 where all agree


@dataclass(frozen=True, slots=True)
class Place:
    """One place: how it counts, where one posts, and which links are its own."""

    key: str
    title: str  # as people write it
    hosts: tuple[str, ...]  # links of its posts are on these, or on hosts below them; () for any
    post: Limit
    answer: Limit | None = None  # under somebody's post; as a post where it is not given
    private: Limit | None = None
    rule: Rule = units
    home: str = ""  # where one posts
    profile: str = ""  # with {handle}
    needs_picture: bool = False
    how_post: str = ""  # one sentence each, where the place has its own way
    how_remove: str = ""

    def limit(self, kind: OutgoingKind, *, answers: bool = False) -> Limit:
        """Return how long a text of this kind may be."""
        if kind is OutgoingKind.PRIVATE:
            return self.private or self.post
        if kind is OutgoingKind.REPLY or answers:
            return self.answer or self.post
        return self.post


PLACES: dict[str, Place] = {
    one.key: one
    for one in (
        Place(
            "instagram",
            "Instagram",
            ("instagram.com",),
            post=Limit(2_200, LISTS),
            private=Limit(1_000, LISTS),
            home="https://www.instagram.com/",
            profile="https://www.instagram.com/{handle}/",
            needs_picture=True,
            how_post="Instagram takes no text without a picture or a video: have one ready.",
            how_remove="Open the post, then the three dots, then Delete.",
        ),
        Place(
            "facebook",
            "Facebook",
            ("facebook.com", "fb.com", "fb.watch"),
            post=Limit(63_206, LISTS),
            answer=Limit(8_000, LISTS),
            private=Limit(20_000, LISTS),
            home="https://www.facebook.com/",
            profile="https://www.facebook.com/{handle}",
            how_post="Post as the Page, not as yourself.",
            how_remove="Open the post, then the three dots, then Delete post.",
        ),
        Place(
            "x",
            "X",
            ("x.com", "twitter.com"),
            post=Limit(280, f"docs.x.com, counting characters; seen {SEEN}"),
            private=Limit(10_000, LISTS),
            rule=weighted,
            home="https://x.com/compose/post",
            profile="https://x.com/{handle}",
            how_remove="Open the post, then the three dots, then Delete.",
        ),
        Place(
            "x_premium",
            "X with Premium",
            ("x.com", "twitter.com"),
            post=Limit(25_000, BUFFER),
            private=Limit(10_000, LISTS),
            rule=weighted,
            home="https://x.com/compose/post",
            profile="https://x.com/{handle}",
            how_remove="Open the post, then the three dots, then Delete.",
        ),
        Place(
            "linkedin",
            "LinkedIn",
            ("linkedin.com", "lnkd.in"),
            post=Limit(3_000, BUFFER),
            answer=Limit(1_250, BUFFER),
            private=Limit(8_000, LISTS, sure_up_to=1_900),
            home="https://www.linkedin.com/feed/",
            how_post="Post as the company page, not as yourself, where it is the company's word.",
            how_remove="Open the post, then the three dots, then Delete post.",
        ),
        Place(
            "tiktok",
            "TikTok",
            ("tiktok.com",),
            post=Limit(4_000, BUFFER, sure_up_to=2_200),  # 2,200 with a video
            answer=Limit(150, LISTS),
            home="https://www.tiktok.com/upload",
            profile="https://www.tiktok.com/@{handle}",
            needs_picture=True,
            how_post="TikTok takes no text without a video or pictures: have one ready.",
            how_remove="Open the video, then the three dots, then Delete.",
        ),
        Place(
            "threads",
            "Threads",
            ("threads.com", "threads.net"),
            post=Limit(500, f"developers.facebook.com, Threads, Posts; seen {SEEN}"),
            rule=emoji_as_bytes,
            home="https://www.threads.com/",
            profile="https://www.threads.com/@{handle}",
            how_remove="Open the post, then the three dots, then Delete.",
        ),
        Place(
            "youtube",
            "YouTube",
            ("youtube.com", "youtu.be"),
            post=Limit(5_000, BUFFER),  # a video's description
            answer=Limit(10_000, LISTS),
            home="https://studio.youtube.com/",
            profile="https://www.youtube.com/@{handle}",
            how_post="It goes under a video as its description, or into a post of the channel.",
            how_remove="In YouTube Studio, under Content or Comments, choose Delete.",
        ),
        Place(
            "reddit",
            "Reddit",
            ("reddit.com", "redd.it"),
            post=Limit(40_000, LISTS),
            answer=Limit(10_000, LISTS),
            private=Limit(10_000, LISTS),
            home="https://www.reddit.com/submit",
            profile="https://www.reddit.com/user/{handle}/",
            how_post="Reddit asks for a title, which can never be changed: read it twice.",
            how_remove="Open the post, then the three dots, then Delete.",
        ),
        Place(
            "newsletter",
            "Newsletter",
            (),
            post=Limit(NO_LIMIT, "our own limit: the longest text of this desk"),
            rule=as_seen,
            how_post="What was mailed cannot be taken back: send it to yourself first.",
            how_remove="Mail cannot be taken back. Take down its page on the web, if it has one.",
        ),
        Place(
            "elsewhere",
            "Another place",
            (),
            post=Limit(NO_LIMIT, "our own limit: the longest text of this desk"),
            rule=as_seen,
        ),
    )
}


def place_named(key: str) -> Place:
    """Return the place with this key.

    Raises:
        BadInput: There is none.
    """
    if key not in PLACES:
        raise BadInput(f"There is no place called {key}; choose one of {', '.join(PLACES)}.")
    return PLACES[key]


def count(
    text: str, place: str, kind: OutgoingKind = OutgoingKind.POST, *, answers: bool = False
) -> Count:
    """Return the text's length as the place counts it.

    Where we cannot know how the place reads a part of the text, `used` is the least that it can
    be, and `maybe_over` says that it may be more than the place takes.

    >>> count("ñ" * 281, "x").over, count("ñ" * 281, "instagram").over
    (True, False)
    """
    found = place_named(place)
    limit = found.limit(kind, answers=answers)
    low, high = found.rule(text)
    doubt = limit.sure_up_to or limit.most
    return Count(low, limit.most, "characters", maybe_over=low <= limit.most and high > doubt)


def web_address(link: str) -> str:
    """Return a pasted link, trimmed, when it is one that a page may lead to.

    Raises:
        BadInput: It is not an https address of a host.
    """
    given = link.strip()
    whole = given.isprintable() and len(given) <= LONGEST_LINK and not ODD & set(given)
    if not whole or "." not in _host(given):
        raise BadInput("Paste the whole link of the post, beginning with https://.")
    return given


def _host(link: str) -> str:
    """Return the host of an https link, casefolded; "" for everything else."""
    try:
        parts = urlsplit(link)
        plain = parts.scheme == "https" and parts.username is None and parts.port is None
        return (parts.hostname or "").casefold() if plain else ""
    except ValueError:
        return ""


def own_link(place: Place, link: str) -> str:
    """Return a pasted link that is on the place's own hosts, or any where it has none.

    Raises:
        BadInput: It is not an https address, or it is on another host.
    """
    given = web_address(link)
    host = _host(given)
    if place.hosts and not any(host == one or host.endswith(f".{one}") for one in place.hosts):
        raise BadInput(
            f"That link is not on {place.title}: paste the one of the post on {place.hosts[0]}."
        )
    return given


def profile_link(place: Place, handle: str) -> str:
    """Return where the account's own page is, "" where that cannot be told from its handle."""
    return place.profile.format(handle=quote(handle, safe="")) if place.profile else ""
