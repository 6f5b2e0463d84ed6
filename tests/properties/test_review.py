"""A review does not depend on the order in which rules are asked."""

from hypothesis import given
from hypothesis import strategies as st

from amends.prevent import rules as own_rules
from amends.prevent.guard import review
from amends.rulebook.rule import Decision, Rule, decide
from amends.rulebook.shelf import rules_in
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft, DraftKind
from tests.cast import CANDIL, LADERA

RULES = rules_in(own_rules)
PIECES = [
    text
    for rule in RULES
    for language in Language
    for text in (*rule.fires[language], *rule.silent[language])
]

drafts = st.builds(
    Draft,
    text=st.lists(st.sampled_from(PIECES) | st.text(max_size=12), max_size=4).map(" ".join),
    language=st.sampled_from(Language),
    kind=st.sampled_from(DraftKind),
    account=st.sampled_from([None, LADERA]),
    others=st.just((CANDIL,)),
)


@given(draft=drafts, order=st.permutations(RULES), taught=st.integers(0, len(RULES)))
def test_order_does_not_matter(draft: Draft, order: list[Rule], taught: int) -> None:
    plain = review(draft, rules=RULES, voices=None, lessons=())
    mixed = review(draft, rules=order[taught:], voices=None, lessons=order[:taught])
    assert plain == mixed


@given(draft=drafts)
def test_every_place_is_inside_the_text(draft: Draft) -> None:
    for finding in review(draft, rules=(), voices=None, lessons=()).findings:
        assert 0 <= finding.start <= finding.end <= len(draft.text)
        assert finding.message
        assert finding.instead
        assert "{about}" not in finding.message


@given(draft=drafts, more=st.permutations(RULES))
def test_the_gravest_finding_decides_and_repeats_change_nothing(
    draft: Draft, more: list[Rule]
) -> None:
    verdict = review(draft, rules=(), voices=None, lessons=())
    assert verdict.decision is decide(verdict.findings)
    assert verdict == review(draft, rules=(*more, *more), voices=None, lessons=more)
    assert verdict.decision in Decision
