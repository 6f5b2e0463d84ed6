"""Texts to numbers: what is reproach, how grave, how rude, how hurt. No decisions here."""

from collections.abc import Sequence

from amends.readers.linear import shipped
from amends.readers.reader import Reader, Readings
from amends.readers.subject import subject_of
from amends.readers.tongue import language_of
from amends.vocabulary.mention import Reading

LEAST_SURE = 0.5


def read(texts: Sequence[str]) -> list[Reading]:
    """Return one reading a text, in the order of the texts.

    `unsure` where neither "no reproach" nor any one level of it holds half of the probability.
    """
    readings = shipped().read(texts)
    return [_reading(text, readings, row) for row, text in enumerate(texts)]


def _reading(text: str, readings: Readings, row: int) -> Reading:
    hint, disapproval, accusation, blame = (float(part) for part in readings.severity[row])
    # Summed again in double precision, so that the parts add up to it exactly.
    p_reproach = min(1.0, hint + disapproval + accusation + blame)
    return Reading(
        language=language_of(text),
        p_reproach=p_reproach,
        severity=(hint, disapproval, accusation, blame),
        p_offensive=float(readings.offensive[row, 0]),
        p_hurt=float(readings.hurt[row, 0]),
        subject=subject_of(text),
        unsure=max(1 - p_reproach, hint, disapproval, accusation, blame) < LEAST_SURE,
    )


__all__ = ["Reader", "Readings", "read"]
