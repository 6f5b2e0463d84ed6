"""Whose marks are in a draft: handles, domains, tags and signatures of other brands' accounts."""

from collections.abc import Callable

from amends.rulebook.rule import Decision
from amends.vocabulary.brand import Account, Brand, Marks
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft

Kind = Callable[[Marks], frozenset[str]]


def foreign(draft: Draft, kind: Kind) -> dict[str, Account]:
    """Return the marks of one kind that one other brand owns, each with its account.

    A mark of the draft's own brand, or one that two other brands share (a campaign's tag),
    gives nobody away and is left out.
    """
    if draft.account is None:
        return {}
    own = draft.account.brand.id
    owners: dict[str, dict[str, Account]] = {}
    for account in (draft.account, *draft.others):
        for mark in kind(account.marks):
            owners.setdefault(mark, {}).setdefault(account.brand.id, account)
    return {
        mark: next(iter(brands.values()))
        for mark, brands in owners.items()
        if len(brands) == 1 and own not in brands
    }


def ask_or_stop(draft: Draft) -> Decision:
    """Return STOP for an account marked protected, else ASK."""
    is_protected = draft.account is not None and draft.account.protected
    return Decision.STOP if is_protected else Decision.ASK


def bank_draft(text: str, language: Language) -> Draft:
    """Return a draft by a savings bank, at a desk that also holds a bakery's account.

    The examples of the rules about marks are tried on it: both accounts own one mark of
    each kind and share the tag #openday.
    """
    bank = Marks(
        handles=frozenset({"bank.test"}),
        domains=frozenset({"bank.example"}),
        hashtags=frozenset({"banksavings", "openday"}),
        signatures=frozenset({"bank customer care"}),
    )
    bakery = Marks(
        handles=frozenset({"bakery.test"}),
        domains=frozenset({"bakery.example"}),
        hashtags=frozenset({"crumbs", "openday"}),
        signatures=frozenset({"— your bakers", "the bakery team"}),
    )
    return Draft(
        text=text,
        language=language,
        account=Account("bank", Brand("bank", "Bank"), "memory", "bank.test", marks=bank),
        others=(
            Account("bakery", Brand("bakery", "Bakery"), "memory", "bakery.test", marks=bakery),
        ),
    )
