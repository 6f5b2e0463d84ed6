"""What a reader must do: texts in, numbers out, no decisions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Readings:
    """What was measured in n texts, a row a text; all in [0, 1].

    `severity` is joint with `reproach`: its four columns (hint, disapproval, accusation, blame)
    sum to it, save for the rounding of single precision.
    """

    reproach: Numbers  # (n, 1)
    severity: Numbers  # (n, 4)
    offensive: Numbers  # (n, 1)
    hurt: Numbers  # (n, 1)


class Reader(Protocol):
    """Anything that measures texts; the one that is shipped is `amends.readers.linear`."""

    def read(self, texts: Sequence[str]) -> Readings:
        """Return one row a text, in the order of the texts."""
        ...
