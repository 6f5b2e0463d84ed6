"""A rule's page in the docs, made from the rule and its docstring."""

import re

from amends.rulebook.rule import Rule
from amends.vocabulary.language import Language

HEADINGS = ("What it notices", "Why it hurts", "Example", "Instead", "Source")
NAMES = {Language.EN: "English", Language.ES: "Spanish"}
HEADING = re.compile(rf"^({'|'.join(HEADINGS)}):[ \n]", re.MULTILINE)


def parts_of(docstring: str) -> dict[str, str]:
    """Return the docstring's title under "" and each heading's words, on one line each."""
    pieces = HEADING.split(docstring)
    words = [" ".join(piece.split()) for piece in pieces]
    return {"": words[0].rstrip("."), **dict(zip(words[1::2], words[2::2], strict=True))}


def _quoted(texts: tuple[str, ...]) -> list[str]:
    return [f"- `{_shown(text)}`" for text in texts]


def _shown(text: str) -> str:
    """Return the text as one line of code: line ends and invisible characters spelled out."""
    plain = text.replace("\n", "\\n").replace("\t", "\\t").replace("`", "'")
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in plain) or "(nothing)"


def _sentence(words: str) -> str:
    """Return the words with a capital, and so that Markdown shows <name> as it stands."""
    return (words[:1].upper() + words[1:]).replace("<", "&lt;")


def page_of(rule: Rule, docstring: str) -> str:
    """Return the rule's page as Markdown, ending in one line end.

    Args:
        rule: The rule, for its advice and its examples.
        docstring: Its module's docstring: a title and the five headings.
    """
    parts = parts_of(docstring)
    lines = [f"# {rule.name}: {parts['']}", ""]
    kinds = ", ".join(sorted(rule.kinds))
    effect = (
        "is only shown" if rule.hint else "asks, or stops" if rule.basis != "judgement" else "asks"
    )
    family = rule.family or "none"
    lines += [f"Family: {family}. Basis: {rule.basis}; it {effect}. Looks at: {kinds}.", ""]
    for heading in HEADINGS:
        lines += [f"**{heading}.** {_sentence(parts.get(heading, ''))}", ""]
    for language in rule.advice:
        advice = rule.advice[language]
        lines += [f"## {NAMES[language]}", "", f"> {advice.why} {advice.instead}", ""]
        lines += ["It fires on:", "", *_quoted(rule.fires.get(language, ())), ""]
        lines += ["It leaves alone:", "", *_quoted(rule.silent.get(language, ())), ""]
    return "\n".join(lines).rstrip() + "\n"


def index_of(pages: list[tuple[Rule, str]]) -> str:
    """Return the index of all rule pages as Markdown: one line a rule, by family and name."""
    lines = ["# The rules", "", "Made from the rule files by `make docs`; edit those.", ""]
    lines += ["| rule | family | what it is about |", "|---|---|---|"]
    for rule, docstring in sorted(pages, key=lambda page: (page[0].family, page[0].name)):
        title = parts_of(docstring)[""].replace("|", "\\|")
        lines.append(f"| [{rule.name}]({rule.name}.md) | {rule.family} | {title} |")
    return "\n".join(lines) + "\n"
