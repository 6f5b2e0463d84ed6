"""A rule: a reason not to say it, with the places in the text and words for the writer."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft, DraftKind

Spans = Iterator[tuple[int, int]]


class Decision(IntEnum):
    """What a finding asks for; the gravest wins."""

    PASS = 0
    ASK = 1
    STOP = 2

    @property
    def word(self) -> str:
        """The word of the contracts: pass, ask or stop."""
        return self.name.lower()


class Basis(StrEnum):
    """On what a rule stands: judgement may only ask; facts and replayed rules may stop."""

    JUDGEMENT = "judgement"
    FACT = "fact"
    REPLAYED = "replayed"


@dataclass(frozen=True, slots=True)
class Advice:
    """Words for the writer. `{about}` in `why` is filled by the rule's `about`."""

    why: str
    instead: str


def _about_nothing(_draft: Draft, _start: int, _end: int) -> str:
    return ""


def _ask(_draft: Draft) -> Decision:
    return Decision.ASK


@dataclass(frozen=True)
class Rule:
    """One reason not to say it.

    `spans` yields places as code point offsets; no place, no finding. `decides` turns the
    draft into the decision each of its findings carries; only FACT and REPLAYED may stop.
    `kinds` are the drafts it looks at. A hint is shown and never changes the verdict.
    """

    name: str
    source: str
    spans: Callable[[Draft], Spans]
    advice: Mapping[Language, Advice]
    fires: Mapping[Language, tuple[str, ...]]
    silent: Mapping[Language, tuple[str, ...]]
    family: str = ""
    basis: Basis = Basis.JUDGEMENT
    kinds: frozenset[DraftKind] = frozenset(DraftKind)
    decides: Callable[[Draft], Decision] = _ask
    about: Callable[[Draft, int, int], str] = _about_nothing
    example: Callable[[str, Language], Draft] | None = None  # a draft for its own examples
    hint: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule saw: the place, why it hurts, what to do instead, and its source."""

    rule: str
    decision: Decision
    start: int
    end: int
    message: str
    instead: str
    source: str
    family: str = ""
    proof: tuple[str, ...] = ()  # texts that prove it, for the voiceprint and for lessons


@dataclass(frozen=True, slots=True)
class Verdict:
    """What all rules say together."""

    findings: tuple[Finding, ...] = field(default=())
    likely_account: str = ""  # handle of the account the text sounds like, "" when its own

    @property
    def decision(self) -> Decision:
        """The gravest decision among the findings; PASS when there are none."""
        return decide(self.findings)


def example_draft(rule: Rule, text: str, language: Language) -> Draft:
    """Return the draft on which the rule's own examples are tried."""
    if rule.example is not None:
        return rule.example(text, language)
    kind = DraftKind.POST if DraftKind.POST in rule.kinds else min(rule.kinds)
    return Draft(text=text, language=language, kind=kind)


def apply(rule: Rule, draft: Draft) -> Iterator[Finding]:
    """Yield the rule's findings in the draft, in the order of their places."""
    if draft.kind not in rule.kinds or draft.language not in rule.advice:
        return
    places = sorted(set(rule.spans(draft)))
    if not places:
        return
    asked = rule.decides(draft)
    decision = min(asked, Decision.ASK) if rule.basis is Basis.JUDGEMENT else asked
    advice = rule.advice[draft.language]
    for start, end in places:
        yield Finding(
            rule=rule.name,
            decision=Decision.PASS if rule.hint else decision,
            start=start,
            end=end,
            message=advice.why.replace("{about}", rule.about(draft, start, end)),
            instead=advice.instead,
            source=rule.source,
            family=rule.family,
        )


def findings_of(rules: Iterable[Rule], draft: Draft) -> tuple[Finding, ...]:
    """Return the findings of all rules, by place and then by name, whatever their order."""
    seen = (finding for rule in rules for finding in apply(rule, draft))
    return tuple(sorted(seen, key=lambda finding: (finding.start, finding.end, finding.rule)))


def decide(findings: Iterable[Finding]) -> Decision:
    """Return the gravest decision among the findings; PASS when there are none."""
    return max((finding.decision for finding in findings), default=Decision.PASS)
