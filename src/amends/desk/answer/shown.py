"""Rankings and lints as the pages show them: rows with plain words, worked out once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from amends.answer.options import Option, Ranking
from amends.answer.statement import Lint
from amends.desk.answer.forms import HARMS, REPUTATIONS, RESPONSIBILITIES
from amends.rulebook.rule import Decision, Finding
from amends.vocabulary.incident import Circumstances

DRAWN = 100  # "first in 54 of 100 weightings"


@dataclass(frozen=True)
class RankedOption:
    """One answer of the table."""

    option: Option
    wins: int  # of 100 weightings
    is_first: bool


@dataclass(frozen=True)
class Ranked:
    """The table of answers: those that can be chosen, those struck out, and what we never do."""

    open: tuple[RankedOption, ...]
    struck: tuple[Option, ...]
    never: tuple[Option, ...]
    too_close: bool
    first_wins: int
    instruct: bool


def ranked(ranking: Ranking) -> Ranked:
    """Return the ranking as rows."""
    open_ones = tuple(
        RankedOption(one, round(DRAWN * one.win_share), is_first=place == 0)
        for place, one in enumerate(one for one in ranking.options if not one.struck)
    )
    struck = tuple(one for one in ranking.options if one.struck)
    return Ranked(
        open=open_ones,
        struck=tuple(one for one in struck if one.key != "hide"),
        never=tuple(one for one in struck if one.key == "hide"),
        too_close=ranking.too_close,
        first_wins=open_ones[0].wins if open_ones else 0,
        instruct=ranking.fit.instruct,
    )


@dataclass(frozen=True)
class Found:
    """One finding with the words that it points at, each place once."""

    finding: Finding
    words: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """One part of an apology: whether it is there, and the words that prove it."""

    name: str
    hint: str
    words: str
    is_there: bool
    is_needed: bool


@dataclass(frozen=True)
class Checked:
    """A text's anatomy and findings, gravest first."""

    verdict: str  # pass, ask or stop
    parts: tuple[Part, ...]
    findings: tuple[Found, ...]
    missing: tuple[Found, ...]  # questions about parts that are not there
    hints: tuple[Found, ...]


def checked(lint: Lint, text: str) -> Checked:
    """Return what a lint says about a text, as the page shows it."""
    rows = _grouped(lint.findings, text)
    asking = [row for row in rows if row.finding.decision > Decision.PASS]
    asking.sort(key=lambda row: -row.finding.decision)
    return Checked(
        verdict=lint.verdict.word,
        parts=_parts(lint.components, text),
        findings=tuple(row for row in asking if not _is_missing(row)),
        missing=tuple(row for row in asking if _is_missing(row)),
        hints=tuple(row for row in rows if row.finding.decision is Decision.PASS),
    )


def _is_missing(row: Found) -> bool:
    return row.finding.rule.startswith("missing.")


def _grouped(findings: Iterable[Finding], text: str) -> list[Found]:
    """Return one row a rule and sentence, however many places it found."""
    places: dict[tuple[str, str], list[Finding]] = {}
    for one in findings:
        places.setdefault((one.rule, one.message), []).append(one)
    return [
        Found(group[0], tuple(text[one.start : one.end] for one in group if one.end > one.start))
        for group in places.values()
    ]


def _parts(components: Mapping[str, tuple[int, int] | None], text: str) -> tuple[Part, ...]:
    return tuple(
        Part(name, hint, _quoted(components.get(key), text), bool(components.get(key)), needed)
        for key, name, hint, needed in _anatomy()
    )


def _quoted(span: tuple[int, int] | None, text: str) -> str:
    return text[span[0] : span[1]] if span else ""


def _anatomy() -> tuple[tuple[str, str, str, bool], ...]:
    """Return the parts in the order in which they tend to read well."""
    return (
        ("act", _("The act"), _("what we did, in plain words"), True),
        ("harm", _("To whom"), _("who was hurt, and how"), True),
        ("responsibility", _("Responsibility"), _("it was our fault"), True),
        ("ifid", _("Sorry"), _("the word itself"), True),
        ("repair", _("Repair"), _("what we do for those hurt; this or the next"), True),
        ("forbearance", _("What changes"), _("so that it does not happen again"), False),
        ("explanation", _("Why"), _("as far as it is known; may stay out"), False),
        ("heard", _("Heard"), _("what people told us; helps when it is there"), False),
    )


def agreed_words(agreed: Circumstances) -> dict[str, str]:
    """Return what was agreed, in the words of the questions."""
    return {
        "responsibility": str(dict(RESPONSIBILITIES)[agreed.responsibility.value]),
        "harm": str(dict(HARMS)[agreed.harm.value]),
        "reputation": str(dict(REPUTATIONS)[agreed.reputation.value]),
    }


def option_title(key: str) -> str:
    """Return an option's title, "" for none."""
    return {
        "acknowledge_now": _("Say now that you know and when you will be back"),
        "full_apology": _("Apologise to everyone and say what you repair"),
        "correct": _("Correct it beside the error"),
        "take_down_openly": _("Take it down and say so"),
        "answer_privately_first": _("Answer the people hurt first, one by one"),
        "wait_and_listen": _("Wait, listen and gather"),
        "clarify": _("Show that it was not your doing"),
    }.get(key, "")
