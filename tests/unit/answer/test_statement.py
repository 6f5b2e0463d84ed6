"""What a statement is made of, what is asked about it, and the texts to start from."""

import pytest

from amends.answer.anatomy import WEIGHTS, has_part
from amends.answer.plain_speech import plain_speech
from amends.answer.statement import (
    Component,
    Lint,
    anatomy,
    apology_skeleton,
    content_hash,
    holding_text,
    lint,
)
from amends.answer.wording import places, sentences, straight
from amends.prevent.rules.placeholder import rule as placeholder
from amends.rulebook.rule import Decision, apply
from amends.vocabulary.incident import Circumstances
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft, DraftKind

EN, ES = Language.EN, Language.ES
GOOD = {
    EN: (
        "On Monday we charged 212 customers twice and kept your money for nine days. "
        "That was our mistake, and we are sorry. You told us on Tuesday, and we did not read it. "
        "It happened because we ran the same list two times. The money is back in your account "
        "today. From now on two people read every list before it runs."
    ),
    ES: (
        "El lunes cobramos dos veces a 212 clientes y os dejamos sin dinero nueve días. "
        "Fue culpa nuestra y lo sentimos. Nos habéis avisado el martes y no os leímos. "
        "Ocurrió porque lanzamos dos veces la misma lista. Hoy os devolvemos el dinero. "
        "Desde hoy dos personas revisan cada lista."
    ),
}
FRIENDLY = {
    EN: "It is true, I was wrong, I am very sorry. It will not happen again.",
    ES: "Es verdad, me equivoqué, lo siento mucho. No volverá a ocurrir.",
}


def statement(text: str, language: Language = EN, rules: tuple[str, ...] = ()) -> Draft:
    return Draft(
        text=text,
        language=language,
        kind=DraftKind.STATEMENT,
        circumstances=Circumstances(rules=rules),
    )


def names(found: Lint) -> set[str]:
    return {one.rule for one in found.findings}


@pytest.mark.parametrize("language", list(Language))
def test_a_complete_apology_passes(language: Language) -> None:
    found = lint(statement(GOOD[language], language))
    assert (found.verdict, found.findings) == (Decision.PASS, ())
    assert found.score == 1.0


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("kind", [DraftKind.STATEMENT, DraftKind.REPLY, DraftKind.PRIVATE])
def test_speaking_as_to_a_friend_is_never_stopped(language: Language, kind: DraftKind) -> None:
    draft = Draft(text=FRIENDLY[language], language=language, kind=kind)
    found = lint(draft)
    assert found.verdict is not Decision.STOP
    assert has_part(Component.RESPONSIBILITY, draft)


@pytest.mark.parametrize("language", list(Language))
def test_a_promise_with_a_rule_behind_it_is_left_alone(language: Language) -> None:
    assert "absolute_promise" in names(lint(statement(FRIENDLY[language], language)))
    backed = lint(statement(FRIENDLY[language], language, rules=("two-readers",)))
    assert names(backed) == {"missing.act", "missing.harm"}


def test_weights_sum_to_one() -> None:
    assert sum(WEIGHTS.values()) == pytest.approx(1.0)
    assert set(WEIGHTS) == set(Component)


PARTS = [
    (EN, Component.IFID, "We are [sorry]."),
    (EN, Component.IFID, "We will not apologise for that."),
    (EN, Component.IFID, "We regret what happened."),
    (EN, Component.ACT, "[We posted a joke about the flood]."),
    (EN, Component.ACT, "[Our reply to Inés was rude]."),
    (EN, Component.ACT, "We made a mistake."),
    (EN, Component.ACT, "Our reply was sent yesterday."),
    (EN, Component.AGENT, "[We] posted a joke about the flood."),
    (EN, Component.AGENT, "It was [my] fault."),
    (EN, Component.AGENT, "We open at nine."),
    (EN, Component.HARM, "It [hurt the families] of the village."),
    (EN, Component.HARM, "[You waited] for three hours."),
    (EN, Component.HARM, "We are sorry if it hurt you."),
    (EN, Component.HARM, "Nobody was hurt, no customers at all."),
    (EN, Component.RESPONSIBILITY, "[I was wrong]."),
    (EN, Component.RESPONSIBILITY, "[We should have] asked her."),
    (EN, Component.RESPONSIBILITY, "The weather was bad."),
    (EN, Component.REPAIR, "[We will refund everybody by Friday]."),
    (EN, Component.REPAIR, "[We are calling each of you today]."),
    (EN, Component.REPAIR, "We called her names."),
    (EN, Component.REPAIR, "[We] will [what we do]."),
    (EN, Component.FORBEARANCE, "[From now on two people read each post]."),
    (EN, Component.FORBEARANCE, "We are open again."),
    (EN, Component.EXPLANATION, "It happened [because we did not check the list]."),
    (EN, Component.EXPLANATION, "We took it down because it hurt the families."),
    (EN, Component.HEARD, "[You told us] that it was cruel."),
    (EN, Component.FORGIVENESS, "Please [forgive us]."),
    (ES, Component.IFID, "Lo [sentimos] mucho."),
    (ES, Component.IFID, "Nos sentimos orgullosos."),
    (ES, Component.IFID, "Lamentamos lo ocurrido."),
    (ES, Component.ACT, "[Publicamos una broma sobre la riada]."),
    (ES, Component.ACT, "Cometimos un error."),
    (ES, Component.AGENT, "[Publicamos] una broma sobre la riada."),
    (ES, Component.AGENT, "Abrimos a las nueve."),
    (ES, Component.HARM, "[Os hicimos daño]."),
    (ES, Component.HARM, "Sentimos [haberte ofendido]."),
    (ES, Component.HARM, "Sentimos si os ha molestado."),
    (ES, Component.RESPONSIBILITY, "[Es culpa nuestra]."),
    (ES, Component.RESPONSIBILITY, "[Me equivoqué]."),
    (ES, Component.RESPONSIBILITY, "Hacía mal tiempo."),
    (ES, Component.REPAIR, "Hoy te [devolvemos el dinero]."),
    (ES, Component.REPAIR, "Volvemos a abrir el lunes."),
    (ES, Component.FORBEARANCE, "[Desde hoy dos personas leen cada mensaje]."),
    (ES, Component.EXPLANATION, "Ocurrió [porque nadie miró la lista]."),
    (ES, Component.HEARD, "[Tenéis razón]."),
    (ES, Component.FORGIVENESS, "[Perdonadnos], por favor."),
]


@pytest.mark.parametrize(("language", "component", "picture"), PARTS)
def test_each_part_with_the_words_that_prove_it(
    language: Language, component: Component, picture: str
) -> None:
    if "[what" in picture:  # a gap of the template proves nothing
        assert not has_part(component, Draft(text=picture, language=language))
        return
    text = picture.replace("[", "").replace("]", "")
    place = anatomy(Draft(text=text, language=language)).components[component.value]
    shown = text if place is None else _marked(text, *place)
    assert shown == picture


def _marked(text: str, start: int, end: int) -> str:
    return f"{text[:start]}[{text[start:end]}]{text[end:]}"


def test_an_empty_statement_misses_everything_required() -> None:
    found = lint(statement(""))
    required = ("act", "agent", "harm", "ifid", "repair", "responsibility")
    assert [one.rule for one in found.findings] == [f"missing.{part}" for part in required]
    assert all((one.start, one.end) == (0, 0) for one in found.findings)
    assert (found.verdict, found.score) == (Decision.ASK, 0.0)


@pytest.mark.parametrize("language", list(Language))
def test_missing_parts_are_questions_in_both_languages(language: Language) -> None:
    found = lint(statement("…", language))
    assert any("?" in one.message for one in found.findings)
    assert all(one.instead for one in found.findings)


def test_what_changes_stands_in_for_repair() -> None:
    text = "We are sorry. From now on two people read every list."
    assert "missing.repair" not in names(lint(statement(text)))


def test_an_answer_to_one_person_is_not_asked_for_an_apologys_parts() -> None:
    reply = Draft(text="The blue one is back on Monday.", kind=DraftKind.REPLY)
    assert lint(reply).findings == ()


def test_the_score_never_changes_the_verdict() -> None:
    blamed = GOOD[EN] + " Calm down."
    assert lint(statement(blamed)).score == 1.0
    assert lint(statement(blamed)).verdict is Decision.STOP


ORDERS = [
    (
        "order.first",
        "Our bakery is ten years old. We hurt our guests with a joke, and we are sorry.",
    ),
    ("order.first", "Our bakery is ten years old. We are sorry."),
    ("order.first", "We are very sorry for this. We hurt our guests with a joke."),
    ("order.last", "We are sorry that we hurt our guests. Our bakery is ten years old."),
    (
        "order.last",
        "We are sorry that we hurt our guests. The list was late because it rained here.",
    ),
    ("order.fault", "It happened because the list was long. It was our mistake, and we are sorry."),
]


@pytest.mark.parametrize(("rule", "text"), ORDERS)
def test_order_is_asked_about_with_its_sentence(rule: str, text: str) -> None:
    (one,) = (one for one in lint(statement(text)).findings if one.rule == rule)
    assert one.decision is Decision.ASK
    assert text[one.start : one.end].strip()


def test_a_good_order_is_left_alone_and_a_greeting_does_not_count() -> None:
    found = names(lint(statement("Good morning, friends. " + GOOD[EN])))
    assert not any(name.startswith("order.") for name in found)


def test_places_are_code_points_of_the_original_text() -> None:
    text = "🙏🏽 İnés, we’re sorry if it hurt you. Ñ"
    (one,) = (one for one in lint(statement(text)).findings if one.rule == "if_apology")
    assert text[one.start : one.end] == "sorry if it hurt"


def test_straightening_keeps_the_length_and_joins_a_broken_line() -> None:
    text = "We’re sorry if\nyou “felt”\u00a0hurt.\n\nBye\nNow"
    assert len(straight(text)) == len(text)
    assert straight(text) == 'We\'re sorry if you "felt" hurt.\n\nBye\nNow'
    assert [text[a:b] for a, b in sentences(text)][-2:] == ["Bye", "Now"]


def test_overlapping_words_are_one_place() -> None:
    text = "Sorry if it hurt you, and sorry for what we may have said."
    patterns = {EN: ("sorry if it", "if it hurt you", "may have"), ES: ()}
    found = [text[start:end] for start, end in places(patterns, Draft(text=text))]
    assert found == ["Sorry if it hurt you", "may have"]


def test_a_broken_line_does_not_hide_a_condition() -> None:
    assert lint(statement("We are sorry if\nit hurt you.")).verdict is Decision.STOP


HASHED = ("account-1", "We are sorry.", EN, "post-1")


def test_any_change_voids_the_hash() -> None:
    first = content_hash(*HASHED)
    others = {
        content_hash("account-2", *HASHED[1:]),
        content_hash(HASHED[0], "We are sorry. ", *HASHED[2:]),
        content_hash(*HASHED[:2], ES, HASHED[3]),
        content_hash(*HASHED[:3], ""),
        content_hash("account-1We", " are sorry.", EN, "post-1"),
    }
    assert len(others) == 5
    assert first not in others


def test_the_hash_is_the_same_everywhere_and_always() -> None:
    known = "2e36c02c2cad974003a370d62aa7a192724788a8a137b63d846258b998a6058e"
    assert content_hash("a", "Perdón ’", ES, "") == known


@pytest.mark.parametrize("language", list(Language))
def test_a_holding_text_names_no_cause_and_denies_nothing(language: Language) -> None:
    draft = statement(holding_text(language), language)
    found = lint(draft)
    assert found.verdict is not Decision.STOP
    assert all(one.rule.startswith("missing.") for one in found.findings)
    assert not has_part(Component.EXPLANATION, draft)
    assert not has_part(Component.RESPONSIBILITY, draft)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("text", [holding_text, apology_skeleton])
def test_a_gap_that_was_left_in_is_caught(language: Language, text: object) -> None:
    assert callable(text)
    left = statement(text(language), language)
    assert left.text.count("[") == len(list(apply(placeholder, left))) > 0


def test_a_holding_text_with_its_facts_has_no_gap() -> None:
    told = holding_text(EN, "the post of this morning", "who wrote it", "today at 18:00")
    assert list(apply(placeholder, statement(told))) == []
    assert "today at 18:00" in told


@pytest.mark.parametrize("language", list(Language))
def test_the_skeleton_is_never_stopped_and_proves_nothing_by_its_gaps(language: Language) -> None:
    found = lint(statement(apology_skeleton(language), language))
    assert found.verdict is Decision.ASK
    assert {"missing.harm", "missing.repair"} <= names(found)


PLAIN = {EN: "It is true, I was wrong on Monday.", ES: "Es verdad, el lunes me equivoqué."}
STIFF = {
    EN: "In order to facilitate the utmost satisfaction of stakeholders, subsequent "
    "communications pertaining to the aforementioned circumstances shall be endeavoured "
    "prior to the commencement of the operational procedures hereby established.",
    ES: "En relación con las circunstancias anteriormente mencionadas, se procederá a la mayor "
    "brevedad a implementar los correspondientes procedimientos mediante los departamentos "
    "competentes, con el fin de gestionar las incidencias comunicadas.",
}


@pytest.mark.parametrize("language", list(Language))
def test_plain_speech_is_told_from_office_speech(language: Language) -> None:
    assert plain_speech(PLAIN[language], language).share == 1.0
    assert plain_speech(STIFF[language], language).share < 0.4
    assert plain_speech("…", language).share == 0.0
