# ruff: noqa: INP001 - a script, not a package
"""Writes docs/rules from the rule files: one page a rule, and an index.

Usage: python docs/make_rule_pages.py
"""

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

from amends.answer import credibility
from amends.prevent import rules
from amends.rulebook.page import index_of, page_of
from amends.rulebook.rule import Rule
from amends.rulebook.shelf import rules_in

FOLDER = Path(__file__).parent / "rules"


def documented(folder: ModuleType) -> list[tuple[Rule, str]]:
    """Return each rule of a folder with its module's docstring."""
    return [
        (rule, import_module(f"{folder.__name__}.{rule.name}").__doc__ or "")
        for rule in rules_in(folder)
    ]


def pages() -> dict[str, str]:
    """Return every file of docs/rules by its name."""
    found = documented(rules) + documented(credibility)
    made = {f"{rule.name}.md": page_of(rule, docstring) for rule, docstring in found}
    return {"README.md": index_of(found), **made}


def main() -> int:
    """Write the pages and remove those whose rule is gone; return the exit code."""
    FOLDER.mkdir(exist_ok=True)
    made = pages()
    for stale in FOLDER.glob("*.md"):
        if stale.name not in made:
            stale.unlink()
    for name, text in made.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
