"""The curve of reproach against the usual, as geometry for a drawing on the server."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from amends.store.views import CurvePoint

WIDTH, HEIGHT = 360, 210
LEFT, RIGHT, TOP, BOTTOM = 34, 14, 50, 28  # above: a line for each mark's name
TICKS = 4


@dataclass(frozen=True)
class Tick:
    """A label on the time axis."""

    x: float
    words: str


@dataclass(frozen=True)
class Mark:
    """A moment drawn as an upright line, with its name."""

    x: float
    words: str
    word_x: float
    word_y: float
    line_y: float
    anchor: str  # on which side of its line the name stands


@dataclass(frozen=True)
class Drawing:
    """Everything that the drawing shows, in units of its own box."""

    line: str  # points of the reproach
    usual_y: float
    usual_height: float
    base_y: float
    peak: float
    peak_y: float
    ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    breadth: int = WIDTH - LEFT - RIGHT


def drawn(
    points: tuple[CurvePoint, ...], moments: tuple[tuple[datetime, str], ...], zone: str
) -> Drawing | None:
    """Return the drawing of a curve; None where there is nothing to draw.

    Args:
        points: Equally spaced stretches of time, oldest first.
        moments: What happened when; those outside the curve are left out.
        zone: The brand's time zone, for the labels.
    """
    if len(points) < 2:
        return None
    start, end = points[0].at, points[-1].at
    peak = max(max(one.weight, one.usual) for one in points)
    top = max(peak, 1.0)

    def x(at: datetime) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * ((at - start) / (end - start)), 1)

    def y(weight: float) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * weight / top, 1)

    step = max(1, (len(points) - 1) // (TICKS - 1))
    local = ZoneInfo(zone)
    return Drawing(
        line=" ".join(f"{x(one.at)},{y(one.weight)}" for one in points),
        usual_y=y(points[0].usual),
        usual_height=round(max(y(0.0) - y(points[0].usual), 2.0), 1),
        base_y=y(0.0),
        peak=round(peak, 1),
        peak_y=y(peak),
        ticks=tuple(Tick(x(one.at), f"{one.at.astimezone(local):%H:%M}") for one in points[::step]),
        marks=tuple(
            _mark(x(at), words, place, len(moments))
            for place, (at, words) in enumerate(moments)
            if start <= at <= end
        ),
    )


def _mark(x: float, words: str, place: int, of: int) -> Mark:
    """Return a mark with its name on its outer side, each a line lower than the one before."""
    ends_here = (place < of - 1 and x > LEFT + 60) or x > WIDTH * 0.85
    side = (-5.0, "end") if ends_here else (5.0, "start")
    word_y = 12.0 + 15 * place
    return Mark(x, words, x + side[0], word_y, word_y - 10, side[1])
