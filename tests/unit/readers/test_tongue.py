"""The language of short and messy texts."""

import pytest

from amends.readers import tongue
from amends.readers.tongue import language_of
from amends.vocabulary.language import Language


@pytest.mark.parametrize(
    "text",
    [
        "you should be ashamed of this post",
        "why did you close the branch without telling anyone",
        "thank you",
        "@candil is the shop open tomorrow? #crumbclub",
        "not again",
    ],
)
def test_english(text: str) -> None:
    assert language_of(text) is Language.EN


@pytest.mark.parametrize(
    "text",
    [
        "debería darles vergüenza esta publicación",
        "por qué cerraron la sucursal sin avisar a nadie",
        "mañana también",
        "@candil ¿abrís la tienda mañana? #migas",
        "otra vez no",
    ],
)
def test_spanish(text: str) -> None:
    assert language_of(text) is Language.ES


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "😂😂😂",
        "12345 678 90",
        "@candil @ladera",
        "https://candil.example/a",
        "Das ist wirklich eine Frechheit von Ihnen, schämen Sie sich",
        "Não é que eu não goste de pão, mas hoje está muito caro",  # its words look Spanish
        "Questo è il posto che mi piace di più, ma non è come prima",
        "これはひどいですね、本当に残念です",
    ],
)
def test_neither(text: str) -> None:
    assert language_of(text) is None


def test_a_line_break_is_a_space() -> None:
    assert language_of("you should be\nashamed of\nthis post") is Language.EN


def test_the_detector_is_asked_for_the_model_inside_the_package(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def detector(text: str, *, model: str) -> list[dict[str, str | float]]:
        asked.append(model)
        return [{"lang": "es", "score": 0.9}]

    monkeypatch.setattr(tongue, "_detector", lambda: detector)
    assert language_of("uno dos tres cuatro") is Language.ES
    assert asked == ["lite"]


def test_one_or_two_words_vote_and_the_detector_is_not_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def detector(text: str, *, model: str) -> list[dict[str, str | float]]:
        raise AssertionError(text)

    monkeypatch.setattr(tongue, "_detector", lambda: detector)
    assert language_of("so there") is Language.EN
    assert language_of("así no") is Language.ES
    assert language_of("pizza 🍕") is None
