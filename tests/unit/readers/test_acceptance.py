"""The bank's bad joke: friends are told from people who reproach, in both languages."""

import pytest

from amends.readers import read
from tests.unit.readers import acceptance

LEAST_RIGHT = 10  # of 12


def reproachful(texts: tuple[str, ...]) -> list[str]:
    return [
        text for text, reading in zip(texts, read(texts), strict=True) if reading.p_reproach >= 0.5
    ]


@pytest.mark.parametrize("texts", [acceptance.REPROACHFUL_EN, acceptance.REPROACHFUL_ES])
def test_hears_reproach(texts: tuple[str, ...]) -> None:
    assert len(reproachful(texts)) >= LEAST_RIGHT, set(texts) - set(reproachful(texts))


@pytest.mark.parametrize("texts", [acceptance.FRIENDLY_EN, acceptance.FRIENDLY_ES])
def test_leaves_friends_alone(texts: tuple[str, ...]) -> None:
    assert len(reproachful(texts)) <= len(texts) - LEAST_RIGHT, reproachful(texts)
