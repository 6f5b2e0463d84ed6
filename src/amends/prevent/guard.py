"""The guard at the door: everything there is to say about a draft before it goes out."""

from collections.abc import Iterable, Iterator, Sequence

from amends.prevent import rules as own_rules
from amends.prevent.voiceprint import VoiceBook, VoiceReading, identify
from amends.rulebook.rule import Decision, Finding, Rule, Verdict, findings_of
from amends.rulebook.shelf import rules_in
from amends.vocabulary.brand import Account
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft, DraftKind

# Voices are learned from posts: answers and apologies sound like none of them.
VOICED = frozenset({DraftKind.POST})
SAYS = {
    Language.EN: (
        "This reads like {likely}, not like {own}.",
        "Move it to {likely}, or say why it is right for {own}.",
    ),
    Language.ES: (
        "Esto suena a {likely}, no a {own}.",
        "Muévelo a {likely} o di por qué es correcto para {own}.",
    ),
}
FIRST_IMPRESSION = {
    Language.EN: " First impression, {count} posts.",
    Language.ES: " Primera impresión, {count} publicaciones.",
}


def review(
    draft: Draft,
    *,
    rules: Iterable[Rule],
    voices: VoiceBook | None,
    lessons: Sequence[Rule],
) -> Verdict:
    """Return what all rules, the voiceprint and the lessons say about a draft.

    Args:
        draft: The text, with its account and the desk's other accounts.
        rules: Rules of other rooms (the credibility rules); this room's own are added.
        voices: What is known of the accounts' voices; None when nothing has been learned.
        lessons: Rules learned from this team's own mistakes.

    The verdict does not depend on the order of rules or lessons, nor on one given twice.
    """
    known = {id(rule): rule for rule in (*rules_in(own_rules), *rules, *lessons)}
    by_rules = findings_of(known.values(), draft)
    reading = read_voice(draft, voices)
    sounding = tuple(_sounds_wrong(draft, reading)) if reading else ()
    findings = tuple(sorted({*by_rules, *sounding}, key=_order))
    marked = _owner_of_marks(known.values(), draft, by_rules)
    return Verdict(findings, marked or _likely_handle(draft, reading, sounding))


def read_voice(draft: Draft, voices: VoiceBook | None) -> VoiceReading | None:
    """Return whose voice the draft has; None when voices do not matter or are not known.

    Statements and private messages are not read: an apology sounds like no post.
    """
    if voices is None or draft.account is None or draft.kind not in VOICED:
        return None
    return identify(voices, draft.text, draft.account.id)


def _order(finding: Finding) -> tuple[int, int, str, str, int]:
    return finding.start, finding.end, finding.rule, finding.message, finding.decision


def _account(draft: Draft, account_id: str) -> Account | None:
    return next((account for account in draft.others if account.id == account_id), None)


def _sounds_wrong(draft: Draft, reading: VoiceReading) -> Iterator[Finding]:
    """Yield one finding for each place that gave the voice away."""
    likely = _account(draft, reading.likely)
    own = draft.account
    if reading.decision is not Decision.ASK or likely is None or own is None:
        return
    if likely.brand.id == own.brand.id:  # one brand on two networks has one voice
        return
    why, instead = (
        words.format(likely=f"@{likely.handle}", own=f"@{own.handle}")
        for words in SAYS[draft.language]
    )
    if reading.is_first_impression:
        why += FIRST_IMPRESSION[draft.language].format(count=reading.calibrated_on)
    for start, end in reading.places:
        yield Finding(
            rule="voiceprint",
            decision=Decision.ASK,
            start=start,
            end=end,
            message=why,
            instead=instead,
            source=f"conformal p = {reading.p_value:.3f} over {reading.calibrated_on} posts",
            family="voice",
            proof=reading.proof,
        )


def _owner_of_marks(rules: Iterable[Rule], draft: Draft, findings: Sequence[Finding]) -> str:
    """Return the handle of the account whose mark comes first in the draft, "" when none."""
    owners = {rule.name: rule for rule in rules if rule.family == "voice"}
    for finding in findings:
        if finding.rule in owners:
            about = owners[finding.rule].about(draft, finding.start, finding.end)
            if about:
                return about.removeprefix("@")
    return ""


def _likely_handle(draft: Draft, reading: VoiceReading | None, sounding: Sequence[Finding]) -> str:
    account = _account(draft, reading.likely) if reading and sounding else None
    return account.handle if account else ""
