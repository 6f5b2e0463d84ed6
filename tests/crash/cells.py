"""What is tried: where the worker dies, how the network misbehaves, and what a repeat would do."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from amends.flows.patience import POINTS
from tests.fault.faults import Fault

CLASSES: Mapping[str, str] = {"named": "bluesky", "keyed": "mastodon", "none": "compatible"}
NO_POINT, NO_FAULT = "nowhere", "none"

# What each fault is asked for with. All of them come once, but for those that last.
FAULTS: dict[str, dict[str, Any]] = {
    Fault.DROP_BEFORE: {},
    Fault.REFUSE: {},
    Fault.ERROR_BEFORE: {},
    Fault.HANG: {},
    Fault.WRONG_JSON_BEFORE: {},
    Fault.POLICY: {},
    Fault.QUOTA: {"seconds": 400.0},
    Fault.REDIRECT: {},
    Fault.REVOKED: {},
    Fault.DROP_AFTER: {},
    Fault.ERROR_AFTER: {},
    Fault.HANG_AFTER: {},
    Fault.WRONG_JSON: {},
    Fault.CUT: {},
    Fault.SLOW: {"seconds": 200.0},
    Fault.READ_LAG: {"seconds": 20.0, "times": 1},
    Fault.KEY_STORE_LOST: {},
    Fault.CLOCK_SKEW: {"seconds": -60.0},
}
# Accepted, and the sender does not learn it: here a sender that just tries again must double.
ACCEPTED = frozenset(
    {Fault.DROP_AFTER, Fault.ERROR_AFTER, Fault.HANG_AFTER, Fault.WRONG_JSON, Fault.CUT}
)
REFUSED = frozenset({Fault.REFUSE, Fault.POLICY, Fault.REDIRECT})
REMOVAL_FAULTS = (NO_FAULT, Fault.DROP_BEFORE, Fault.DROP_AFTER, Fault.ERROR_AFTER)
# Points after the network's yes and before it is kept.
AFTER_YES = frozenset({"answered", "recording"})


@dataclass(frozen=True, slots=True)
class Cell:
    """One run."""

    repeat: str  # named, keyed or none: what an identical send does there
    point: str = NO_POINT
    fault: str = NO_FAULT
    nth: int = 1  # at which coming to the point the worker dies
    kind: str = "post"  # or removal
    jump_s: float = 0.0  # how far the clock jumps while nobody works
    second: str = NO_POINT  # where the next worker dies too

    @property
    def doubles_naively(self) -> bool:
        """True where a sender that tries again without care must double."""
        return self.kind == "post" and (self.fault in ACCEPTED or self.dies_after_yes)

    @property
    def dies_after_yes(self) -> bool:
        """True where the first call is accepted and its sender dies before that is kept."""
        return self.point in AFTER_YES and self.nth == 1 and self.fault == NO_FAULT


def unharmed_cells() -> Iterator[Cell]:
    """Yield one cell for each class, kind and fault, in which no worker dies."""
    for repeat, fault in product(CLASSES, (NO_FAULT, *FAULTS)):
        yield Cell(repeat, fault=fault)
    for repeat, fault in product(CLASSES, REMOVAL_FAULTS):
        yield Cell(repeat, fault=fault, kind="removal")


def random_cell(chance: random.Random) -> Cell:
    """Return a cell as it comes: later deaths, second deaths and jumping clocks too."""
    return Cell(
        chance.choice(tuple(CLASSES)),
        chance.choice((NO_POINT, *POINTS)),
        chance.choice((NO_FAULT, *FAULTS)),
        nth=chance.choice((1, 1, 1, 2)),
        kind=chance.choice(("post", "post", "post", "removal")),
        jump_s=chance.choice((0.0, 0.0, 0.0, 600.0, -600.0)),
        second=chance.choice((NO_POINT, NO_POINT, *POINTS)),
    )
