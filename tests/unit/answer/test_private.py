"""Private replies: none copied, each taking up what the person said."""

import pytest

from amends.answer.private import (
    Likeness,
    by_harm,
    first_draft,
    normalised,
    quoted,
    resemblance,
    shared_words,
    similarity,
    takes_up,
)
from amends.vocabulary.incident import Affected, AffectedState
from amends.vocabulary.language import Language

ACT = "I published a joke about debt from the bank's account"


def person(said: str, handle: str = "ines.test", level: float = 2.0) -> Affected:
    return Affected(f"affected-{handle}", handle, "memory", said, AffectedState.TO_WRITE, level)


INES = person("I am two months behind with the rent. Reading that from my own bank hurt.")
TOMAS = person(
    "So my overdraft is a joke to you? I have been a customer for ten years.", "tomas.test"
)


def test_the_same_text_to_another_name_is_refused() -> None:
    sent = "Dear Inés,\nI wrote that joke and I am sorry it hurt you. I call you at 5.\n— Bruno"
    again = "Hi @tomas.test, I wrote that joke and I am sorry it hurt you. I call you at 7.\n– Ana"
    found = resemblance(again, [sent])
    assert found.likeness is Likeness.REFUSE
    assert found.score == 1.0
    assert found.earlier == sent


def test_a_text_with_a_sentence_changed_is_asked_about() -> None:
    sent = "I wrote that joke and I am sorry that it hurt you. I would like to call you tomorrow."
    like = "I wrote that joke and I am sorry that it hurt you. I would like to write to you again."
    found = resemblance(like, [sent])
    assert found.likeness is Likeness.ASK
    assert 0.60 <= found.score < 0.80


def test_a_text_of_its_own_passes() -> None:
    sent = "I wrote that joke and I am sorry that it hurt you."
    found = resemblance("Two months behind with the rent: then my line was a blow.", [sent])
    assert found.likeness is Likeness.OWN


def test_the_first_reply_has_nothing_to_resemble() -> None:
    assert resemblance("I am sorry.", []).likeness is Likeness.OWN


def test_identical_text_to_forty_one_people_is_refused_forty_times() -> None:
    text = "I am sorry for the joke we published this morning, {name}."
    sent: list[str] = []
    refused = 0
    for number in range(41):
        reply = text.format(name=f"Person{number}")
        refused += resemblance(reply, sent, ["Person"]).likeness is Likeness.REFUSE
        sent.append(reply)
    assert refused == 40


def test_names_given_do_not_count() -> None:
    one, other = "Inés, that was wrong of me.", "Bartholomew, that was wrong of me."
    assert similarity(one, other, ["Inés", "Bartholomew"]) == 1.0
    assert similarity(one, other) < 1.0


def test_normalising_an_empty_or_short_text_is_calm() -> None:
    assert normalised("") == ""
    assert similarity("", "") == 1.0
    assert similarity("no", "yes") == 0.0


def test_a_reply_takes_up_a_word_of_theirs() -> None:
    assert shared_words("You told me about the rents you pay.", INES.said) == {"rent"}
    assert takes_up("You told me about the rent.", INES.said)
    assert not takes_up("Thank you for your message. We take it seriously.", INES.said)


def test_a_word_in_spanish_is_taken_up_in_another_form() -> None:
    assert takes_up("Leí lo de tus hipotecas.", "Me cuesta pagar la hipoteca cada mes.")


def test_common_words_alone_take_nothing_up() -> None:
    assert not takes_up("You and I have been there.", "You have been bad with the kitchen.")


def test_somebody_without_words_can_still_be_answered() -> None:
    assert takes_up("I am sorry about this morning.", "???")


@pytest.mark.parametrize("language", list(Language))
def test_the_first_draft_starts_from_what_this_person_said(language: Language) -> None:
    one = first_draft(INES, ACT, language, "Bruno")
    other = first_draft(TOMAS, ACT, language, "Bruno")
    assert "two months behind with the rent" in one
    assert takes_up(one, INES.said)
    assert takes_up(other, TOMAS.said)
    assert one.endswith("— Bruno")
    assert one.count("?") == 1 + quoted(INES.said).count("?")


def test_two_first_drafts_still_resemble_each_other_so_a_person_must_go_on() -> None:
    one, other = (first_draft(who, ACT, Language.EN, "Bruno") for who in (INES, TOMAS))
    assert resemblance(other, [one]).likeness is not Likeness.OWN


def test_a_long_complaint_is_quoted_up_to_a_word() -> None:
    long = person("word " * 200)
    assert len(quoted(long.said)) <= 121
    assert "{" not in first_draft(person("{act} {0}"), ACT, Language.EN, "Bruno").replace(
        "{act} {0}", ""
    )


def test_the_most_hurt_come_first() -> None:
    people = [person("a", "calm", 0.5), person("b", "hurt", 4.0), person("c", "angry", 2.0)]
    assert [one.handle for one in by_harm(people)] == ["hurt", "angry", "calm"]
