"""A bar chart of the last months, drawn on the server: bars from zero, the same figures as in its table. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, FOOT, HEAD = 340, 150, 22, 18  # units of the drawing; text below and above the bars
MOST = 12


@dataclass(frozen=True)
class Bar:
    """One month. ``height`` is 0 and ``value`` ``None`` where the value is not told."""

    label: str
    value: float | None
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)


def bars(months: Sequence[tuple[str, float | None]]) -> list[Bar]:
    """Bars for up to twelve months, oldest first; the highest fills the height, an empty chart has none.

    Args:
        months: Label and value of each month, oldest first.
    """
    shown = months[-MOST:]
    best = max((value for _, value in shown if value is not None), default=0.0)
    step = WIDTH / max(len(shown), 6)
    room = HEIGHT - FOOT - HEAD
    return [_bar(label, value, place * step, step, room, best) for place, (label, value) in enumerate(shown)]


def _bar(label: str, value: float | None, x: float, step: float, room: float, best: float) -> Bar:
    height = room * value / best if value is not None and best > 0 else 0.0
    return Bar(
        label, value, round(x + step * 0.15, 1), round(HEAD + room - height, 1), round(step * 0.7, 1), round(height, 1)
    )
