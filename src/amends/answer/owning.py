"""Whether a text owns what was done: the exceptions of the rules about passives and hiding.

Wider than the `act` of the anatomy: "we made a mistake" owns, without naming the act.
"""

from amends.answer.anatomy import Component, has_part
from amends.answer.wording import first_of, lowered
from amends.vocabulary.language import Language
from amends.vocabulary.post import Draft

_ACTS = {
    Language.EN: (
        r"\b(?:i|we|our (?:team|editor|agency)|one of us)(?:'ve| have)?(?: \w+ly)? (?:posted"
        r"|published"
        r"|sent|tweeted|shared|made|wrote|used|mocked|joked|misread|scheduled|replied|called"
        r"|deleted and|charged|put|let)\b[^.!?\n]{5}",
        r"\b(?:our|my) (?:#?\w+ ){0,3}(?:tweets?|posts?|joke|reply|message|video|image|ad)\b"
        r"[^.!?\n]{0,25}\b(?:was|were) "
        r"(?!posted|published|sent|shared|meant|intended|taken|perceived)\w+",
    ),
    Language.ES: (
        r"\b(?:he|hemos|publiqu[eé]|publicamos|envi[eé]|enviamos|compart[ií]|compartimos|escrib[ií]"
        r"|escribimos|hice|hicimos|us[eé]|usamos|program[eé]|programamos|respond[ií]|respondimos)\b"
        r"(?! (?:borrado|eliminado|retirado))[^.!?\n]{5}",
    ),
}
_REASONS = (
    r"\b(?:because|since it|it (?:mocked|hurt|named|showed|put)|which (?:hurt|mocked))\b",
    r"\b(?:porque|ya que)\b",
)


def owns_act(draft: Draft) -> bool:
    """Return whether the text says in the first person that something was done."""
    return first_of(_ACTS[draft.language], lowered(draft.text)) is not None


def gives_reason(draft: Draft) -> bool:
    """Return whether the text gives a reason for something."""
    return first_of(_REASONS, lowered(draft.text)) is not None


def takes_responsibility(draft: Draft) -> bool:
    """Return whether the text says that the fault is ours."""
    return has_part(Component.RESPONSIBILITY, draft)
