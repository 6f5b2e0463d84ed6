"""What the empty-text rule stops, and what it leaves alone."""

import pytest

from amends.prevent.rules.empty_text import rule
from amends.rulebook.rule import Decision, apply
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft


@pytest.mark.parametrize("text", ["", " ", "\n\t\r\n", "\u200b\u200d\ufeff", "\u2800 \u3164"])
@pytest.mark.parametrize("language", Language)
def test_nothing_to_read_stops(text: str, language: Language) -> None:
    findings = list(apply(rule, Draft(text=text, language=language)))
    assert [(f.start, f.end, f.decision) for f in findings] == [(0, len(text), Decision.STOP)]


@pytest.mark.parametrize("text", ["a", "👍🏽", "…", " . ", "ñ", "\u200bsí\u200b"])
@pytest.mark.parametrize("language", Language)
def test_anything_to_see_is_left_alone(text: str, language: Language) -> None:
    assert list(apply(rule, Draft(text=text, language=language))) == []
