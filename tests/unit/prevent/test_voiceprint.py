"""Whose voice a draft has: two invented, opposite voices."""

import json
from dataclasses import replace

import pytest

from amends.prevent.style import grams_in, styled
from amends.prevent.voicebook import strangeness
from amends.prevent.voiceprint import VoiceBook, as_data, from_data, identify, learn
from amends.rulebook.rule import Decision
from tests.unit.prevent.voices import JOKE, NOTICE, bakery, bank, much_bakery, much_bank


@pytest.fixture(scope="module")
def young() -> VoiceBook:
    return learn({"bakery": bakery(), "bank": bank()})


@pytest.fixture(scope="module")
def grown() -> VoiceBook:
    return learn({"bakery": much_bakery(), "bank": much_bank()})


def test_a_joke_in_the_banks_composer_is_asked_about(grown: VoiceBook) -> None:
    reading = identify(grown, JOKE, "bank")
    assert reading.decision is Decision.ASK
    assert reading.likely == "bakery"
    assert reading.calibrated_on == len(much_bank())
    assert reading.p_value == pytest.approx(1 / (len(much_bank()) + 1))
    assert not reading.is_first_impression
    assert not reading.abstained


def test_the_same_joke_is_at_home_with_the_bakery(grown: VoiceBook) -> None:
    reading = identify(grown, JOKE, "bakery")
    assert reading.decision is Decision.PASS
    assert reading.likely == "bakery"
    assert reading.proof == ()
    assert reading.places == ()


def test_a_notice_in_the_bakerys_composer_is_asked_about(grown: VoiceBook) -> None:
    reading = identify(grown, NOTICE, "bakery")
    assert (reading.decision, reading.likely) == (Decision.ASK, "bank")


def test_proof_is_two_posts_of_the_likely_account(grown: VoiceBook) -> None:
    reading = identify(grown, "Psst, early birds: the oven sang all night 🥖", "bank")
    assert len(set(reading.proof)) == 2
    assert set(reading.proof) <= set(much_bakery())
    assert all("the oven sang" in post or "Psst" in post for post in reading.proof)


def test_places_are_at_most_three_and_inside_the_words(grown: VoiceBook) -> None:
    reading = identify(grown, f"@bank.test {JOKE}", "bank")
    assert 1 <= len(reading.places) <= 3
    assert list(reading.places) == sorted(reading.places)
    for start, end in reading.places:
        shown = f"@bank.test {JOKE}"[start:end]
        assert shown == shown.strip()
        assert shown in JOKE


def test_scores_are_shares(grown: VoiceBook) -> None:
    scores = identify(grown, JOKE, "bank").scores
    assert set(scores) == {"bakery", "bank"}
    assert sum(scores.values()) == pytest.approx(1)
    assert scores["bakery"] > 0.9


def test_own_posts_are_rarely_asked_about(grown: VoiceBook) -> None:
    asked = [post for post in much_bank() if identify(grown, post, "bank").decision is Decision.ASK]
    assert len(asked) <= len(much_bank()) / 100


def test_with_few_posts_a_joke_is_a_first_impression(young: VoiceBook) -> None:
    reading = identify(young, JOKE, "bank")
    assert (reading.decision, reading.likely) == (Decision.ASK, "bakery")
    assert reading.is_first_impression
    assert reading.sentence == "first impression, 64 posts"
    assert reading.p_value == pytest.approx(1 / 65)


def test_with_few_posts_an_own_draft_gets_no_answer_yet(young: VoiceBook) -> None:
    reading = identify(young, NOTICE, "bank")
    assert reading.abstained
    assert reading.sentence == "still learning: 64 of 99"


def test_a_first_impression_needs_a_home_among_the_likely_accounts_posts(young: VoiceBook) -> None:
    stranger = "Tonight: quartet rehearsal, viola missing, wolves outside."
    assert identify(young, stranger, "bank").abstained
    assert identify(young, stranger, "bakery").abstained


@pytest.mark.parametrize("count", [0, 12, 19])
def test_too_few_posts_abstain(count: int) -> None:
    book = learn({"bakery": bakery(), "bank": bank(), "new": bank(count)})
    reading = identify(book, JOKE, "new")
    assert reading.abstained
    assert reading.sentence == "still learning: 0 of 99"


def test_the_same_post_twice_is_one_post() -> None:
    repeated = [f"{bank(1)[0]} {number} https://bank.example/{number}" for number in range(90)]
    book = learn({"bakery": bakery(), "bank": repeated})
    assert book.accounts == ("bakery",)
    assert identify(book, JOKE, "bank").abstained


def test_one_voice_alone_abstains() -> None:
    reading = identify(learn({"bank": bank()}), JOKE, "bank")
    assert reading.abstained
    assert (
        reading.sentence == "Only one voice is known here, so there is nothing to compare it with."
    )


@pytest.mark.parametrize(
    "text", ["", "Yes!!", "🥐🥐🥐", "@bakery.test https://bakery.example/menu"]
)
def test_too_short_abstains(grown: VoiceBook, text: str) -> None:
    assert identify(grown, text, "bank").sentence == "Too short to tell whose voice it is."


def test_marks_are_no_style(grown: VoiceBook) -> None:
    plain = identify(grown, "@one.test see https://one.example #one " + NOTICE, "bank")
    other = identify(
        grown, "@bakery.test see https://bakery.example/crumbs #crumbs " + NOTICE, "bank"
    )
    assert plain.scores == other.scores


def strangeness_of(book: VoiceBook, text: str, account_id: str) -> float:
    return strangeness(book.scores(grams_in(styled(text).text)), account_id)


def with_usual(book: VoiceBook, usual: list[float]) -> VoiceBook:
    return replace(book, usual={**book.usual, "bank": tuple(sorted(usual))})


def test_two_in_a_thousand_needs_499_posts(grown: VoiceBook) -> None:
    strange = strangeness_of(grown, JOKE, "bank")
    assert not identify(grown, JOKE, "bank").is_hard
    assert not identify(with_usual(grown, [strange - 1] * 498), JOKE, "bank").is_hard
    assert identify(with_usual(grown, [strange - 1] * 499), JOKE, "bank").is_hard


@pytest.mark.parametrize(("stranger", "decision"), [(1, "ask"), (2, "pass"), (3, "pass")])
def test_one_in_a_hundred_is_counted(grown: VoiceBook, stranger: int, decision: str) -> None:
    strange = strangeness_of(grown, JOKE, "bank")
    book = with_usual(grown, [strange - 1] * (199 - stranger) + [strange + 1] * stranger)
    reading = identify(book, JOKE, "bank")
    assert reading.p_value == pytest.approx((1 + stranger) / 200)
    assert reading.decision is not None
    assert reading.decision.word == decision


def test_a_first_impression_needs_a_clear_margin(young: VoiceBook) -> None:
    strange = strangeness_of(young, JOKE, "bank")
    close = with_usual(young, [strange - 10] * 63 + [strange - 0.5])
    clear = with_usual(young, [strange - 10] * 63 + [strange - 4])
    assert identify(close, JOKE, "bank").abstained
    assert identify(clear, JOKE, "bank").decision is Decision.ASK


def test_own_posts_are_judged_by_a_book_that_lacks_them(grown: VoiceBook) -> None:
    seen = sorted(strangeness_of(grown, post, "bank") for post in much_bank())
    unseen = grown.calibrated("bank")
    assert len(unseen) == len(seen)
    assert all(hidden > known for hidden, known in zip(unseen, seen, strict=True))


def test_a_book_survives_being_written_down(grown: VoiceBook) -> None:
    again = from_data(json.loads(json.dumps(as_data(grown))))
    assert identify(again, JOKE, "bank") == identify(grown, JOKE, "bank")


def test_an_empty_book_abstains() -> None:
    assert identify(learn({}), JOKE, "bank").abstained


def test_styled_keeps_places() -> None:
    text = "Hi @bakery.test, see https://bakery.example/a now #crumbs."
    style = styled(text)
    assert style.text == "Hi \x02, see \x01 now \x03."
    assert text[slice(*style.place(3, 4))] == "@bakery.test"
    assert text[slice(*style.place(style.text.index("now"), style.text.index("now") + 3))] == "now"
    assert text[slice(*style.place(0, len(style.text)))] == text
