"""From a reading to a word: is it reproach, how grave, and is the writer hurt?"""

from dataclasses import dataclass

from amends.vocabulary.mention import Reading
from amends.vocabulary.reproach import Reproach, Severity

LEVEL_WEIGHTS = (0.5, 1.0, 2.0, 3.0)  # hint, disapproval, accusation, blame


@dataclass(frozen=True, slots=True)
class Policy:
    """When a reading counts as reproach.

    `least_p_reproach`: below it a mention weighs nothing, else a thousand friendly replies at
    p = .05 would add up to a surge (house judgement, to be set anew from replay).
    `least_p_hurt`: from it on the writer goes on the list of people hurt, for a person to see.
    """

    least_p_reproach: float = 0.5
    least_p_hurt: float = 0.5


POLICY = Policy()


def weight(reading: Reading, policy: Policy = POLICY) -> float:
    """Return the weight for the detector, 0 to 3; 0 for what is not judged to be reproach.

    Source: levels after Trosborg (1995); the weights are house judgement.
    """
    if reading.p_reproach < policy.least_p_reproach:
        return 0.0
    return sum(w * p for w, p in zip(LEVEL_WEIGHTS, reading.severity, strict=True))


def judge(reading: Reading, *, author_id: str, policy: Policy = POLICY) -> Reproach | None:
    """Return the reproach in a reading; None when it is none, or when that is unsure.

    Unsure is whether it is reproach at all: no level holds half of the probability and "none"
    is the likeliest single outcome. A text that is surely reproach counts, although its level
    be unsure; the higher one is then taken.
    """
    measured = weight(reading, policy)
    undecided = reading.unsure and 1 - reading.p_reproach >= max(reading.severity)
    if measured == 0.0 or undecided:
        return None
    return Reproach(
        author_id=author_id,
        weight=measured,
        severity=_severity(reading),
        personally_hurt=reading.p_hurt >= policy.least_p_hurt,
        subject=reading.subject,
    )


def _severity(reading: Reading) -> Severity:
    """Return the level with the most probability, the higher one in a tie."""
    levels = reading.severity
    return Severity(max(range(4), key=lambda level: (levels[level], level)))
