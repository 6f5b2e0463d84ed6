"""The curve of reproach against the usual, as geometry for a drawing on the server."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from amends.store.views import CurvePoint

WIDTH, HEIGHT = 640, 180
LEFT, RIGHT, TOP, BOTTOM = 40, 12, 12, 28
TICKS = 5


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


@dataclass(frozen=True)
class Drawing:
    """Everything that the drawing shows, in units of its own box."""

    line: str  # points of the reproach
    usual_y: float
    base_y: float
    peak: float
    peak_y: float
    ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT


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
        base_y=y(0.0),
        peak=round(peak, 1),
        peak_y=y(peak),
        ticks=tuple(
            Tick(x(one.at), f"{one.at.astimezone(local):%H:%M}") for one in points[::step]
        ),
        marks=tuple(Mark(x(at), words) for at, words in moments if start <= at <= end),
    )
