"""What a reading promises, whatever the text."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.readers import read
from amends.vocabulary.language import Language

HARSH = "You lied to us about the price, shame on you."
KIND = "thank you, see you on Saturday"


def test_answers_in_the_order_of_the_texts() -> None:
    there, back = read([HARSH, KIND]), read([KIND, HARSH])
    assert there == back[::-1]
    assert there[0].p_reproach > 0.5 > there[1].p_reproach


def test_reads_nothing_from_nothing() -> None:
    assert read([]) == []


@pytest.mark.parametrize("text", ["", "   ", "@candil", "https://candil.example", "😂😂", "\x00"])
def test_reads_a_text_without_words(text: str) -> None:
    (reading,) = read([text])
    assert reading.language is None
    assert reading.subject == ""
    assert reading.p_reproach < 0.5


def test_one_text_reads_the_same_alone_and_in_company() -> None:
    assert read([HARSH])[0] == read([KIND, HARSH, KIND])[1]


def test_handles_and_links_change_nothing() -> None:
    first, second = read(
        [f"@candil {HARSH} https://a.example/1", f"@ladera {HARSH} https://b.example"]
    )
    assert first.p_reproach == pytest.approx(second.p_reproach)


def test_unsure_exactly_where_no_answer_holds_half() -> None:
    words = ("so", "late", "shame", "thanks", "why", "again", "nice", "you")
    readings = read([" ".join(pair) for pair in itertools.product(words, words)])
    for reading in readings:
        most = max(1 - reading.p_reproach, *reading.severity)
        assert reading.unsure == (most < 0.5)
    assert {reading.unsure for reading in readings} == {True, False}


@given(st.text(max_size=300))
def test_every_number_is_a_share_and_severity_is_joint(text: str) -> None:
    (reading,) = read([text])
    shares = (reading.p_reproach, *reading.severity, reading.p_offensive, reading.p_hurt)
    assert all(0 <= share <= 1 for share in shares)
    assert sum(reading.severity) == pytest.approx(reading.p_reproach, abs=1e-6)
    assert len(reading.subject.split()) <= 4
    assert all(word in text for word in reading.subject.split())


def test_a_very_long_text_is_read() -> None:
    (reading,) = read([f"{HARSH} " * 20_000])
    assert reading.p_reproach > 0.5
    assert reading.language is Language.EN


def test_the_writer_who_is_hurt_is_told_from_the_one_who_is_not() -> None:
    hurt, cross = read(
        ["I cried when I read your joke, my father died in debt and this hurts me.", HARSH]
    )
    assert hurt.p_hurt > 0.5 > cross.p_hurt


def test_anger_at_somebody_else_is_less_than_anger_at_us() -> None:
    other, us = read(["the referee is a blind fool", "you are blind fools, and you lied to us"])
    assert other.p_reproach < us.p_reproach
