"""What the guard says about a draft: rules, voice and lessons together."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from amends.prevent.guard import read_voice, review
from amends.prevent.voiceprint import VoiceBook, learn
from amends.rulebook.rule import Advice, Basis, Decision, Rule
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft, DraftKind
from tests.cast import CANDIL, JOKE, LADERA
from tests.unit.prevent.voices import bakery, much_bakery, much_bank

DRAFT = Draft(text=JOKE, account=LADERA, others=(CANDIL,))


@pytest.fixture(scope="module")
def voices() -> VoiceBook:
    return learn({CANDIL.id: [*much_bakery(), JOKE], LADERA.id: much_bank()})


def _overdraft(draft: Draft) -> Iterator[tuple[int, int]]:
    at = draft.text.find("overdraft")
    if at >= 0:
        yield at, at + len("overdraft")


LESSON = Rule(
    name="no-overdraft-jokes",
    source="incident 7",
    spans=_overdraft,
    advice={Language.EN: Advice("We joked about overdrafts once.", "Leave it out.")},
    fires={Language.EN: ("overdraft",)},
    silent={Language.EN: ("account",)},
    family="lesson",
    basis=Basis.REPLAYED,
    decides=lambda _draft: Decision.STOP,
)


def test_the_joke_in_the_banks_composer(voices: VoiceBook) -> None:
    verdict = review(DRAFT, rules=(), voices=voices, lessons=())
    assert verdict.decision is Decision.ASK
    assert verdict.likely_account == "candil.test"
    assert {finding.rule for finding in verdict.findings} == {"voiceprint"}
    assert 1 <= len(verdict.findings) <= 3
    finding = verdict.findings[0]
    assert finding.message == "This reads like @candil.test, not like @ladera.test."
    assert finding.family == "voice"
    assert len(finding.proof) == 2
    assert JOKE in finding.proof
    assert "192 posts" in finding.source


def test_the_same_joke_from_the_bakery_passes(voices: VoiceBook) -> None:
    draft = replace(DRAFT, account=CANDIL, others=(LADERA,))
    verdict = review(draft, rules=(), voices=voices, lessons=())
    assert verdict.decision is Decision.PASS
    assert verdict.likely_account == ""
    assert verdict.findings == ()


def test_in_spanish_the_guard_speaks_spanish(voices: VoiceBook) -> None:
    verdict = review(replace(DRAFT, language=Language.ES), rules=(), voices=voices, lessons=())
    assert verdict.findings[0].message == "Esto suena a @candil.test, no a @ladera.test."


def test_a_first_impression_says_so() -> None:
    young = learn({CANDIL.id: bakery(), LADERA.id: much_bank()[:60]})
    verdict = review(DRAFT, rules=(), voices=young, lessons=())
    assert verdict.findings[0].message.endswith("First impression, 60 posts.")
    assert verdict.decision is Decision.ASK


def test_without_voices_only_rules_speak() -> None:
    assert review(DRAFT, rules=(), voices=None, lessons=()).findings == ()
    assert read_voice(DRAFT, None) is None


@pytest.mark.parametrize("kind", [DraftKind.STATEMENT, DraftKind.PRIVATE])
def test_an_apology_has_no_usual_voice(kind: DraftKind, voices: VoiceBook) -> None:
    assert read_voice(replace(DRAFT, kind=kind), voices) is None


def test_two_accounts_of_one_brand_share_a_voice(voices: VoiceBook) -> None:
    sister = replace(CANDIL, brand=LADERA.brand)
    verdict = review(replace(DRAFT, others=(sister,)), rules=(), voices=voices, lessons=())
    assert verdict.findings == ()
    assert verdict.likely_account == ""


def test_a_mark_names_the_owner_and_stops_on_a_protected_account() -> None:
    text = "Open an account today: https://candil.example/start"
    draft = Draft(text=text, account=LADERA, others=(CANDIL,))
    verdict = review(draft, rules=(), voices=None, lessons=())
    assert verdict.likely_account == "candil.test"
    assert verdict.decision is Decision.ASK
    guarded = replace(draft, account=replace(LADERA, protected=True))
    assert review(guarded, rules=(), voices=None, lessons=()).decision is Decision.STOP


def test_a_mark_outweighs_the_voice(voices: VoiceBook) -> None:
    third = replace(
        CANDIL,
        id="account-third",
        brand=replace(CANDIL.brand, id="brand-third"),
        handle="third.test",
        marks=replace(CANDIL.marks, hashtags=frozenset({"thirdtag"})),
    )
    draft = replace(DRAFT, text=f"{JOKE} #thirdtag", others=(CANDIL, third))
    verdict = review(draft, rules=(), voices=voices, lessons=())
    assert verdict.likely_account == "third.test"
    assert "voiceprint" in {finding.rule for finding in verdict.findings}


def test_lessons_and_rules_of_other_rooms_take_part() -> None:
    as_lesson = review(DRAFT, rules=(), voices=None, lessons=(LESSON,))
    as_rule = review(DRAFT, rules=(LESSON,), voices=None, lessons=())
    assert as_lesson == as_rule
    assert as_lesson.decision is Decision.STOP
    start, end = as_lesson.findings[0].start, as_lesson.findings[0].end
    assert JOKE[start:end] == "overdraft"


def test_own_rules_need_not_be_passed() -> None:
    verdict = review(Draft(text="Dear {{name}},"), rules=(), voices=None, lessons=())
    assert [finding.rule for finding in verdict.findings] == ["placeholder"]


def test_findings_stand_in_the_order_of_the_text() -> None:
    text = "See candil.example and {{name}}. #crumbclub"
    verdict = review(replace(DRAFT, text=text), rules=(), voices=None, lessons=(LESSON,))
    assert [finding.rule for finding in verdict.findings] == [
        "other_link",
        "placeholder",
        "other_hashtag",
    ]


def test_a_tag_that_two_other_brands_share_gives_nobody_away() -> None:
    third = replace(CANDIL, id="third", brand=replace(CANDIL.brand, id="brand-third"))
    draft = replace(DRAFT, text="Come along. #crumbclub")
    assert review(draft, rules=(), voices=None, lessons=()).likely_account == "candil.test"
    shared = replace(draft, others=(CANDIL, third))
    assert review(shared, rules=(), voices=None, lessons=()).findings == ()
