"""Geometry and colours of the badge drawings: outlines, palettes and small path helpers."""

from __future__ import annotations

import math
from typing import NamedTuple

Point = tuple[float, float]

CREAM = "#FFF8EA"


class Palette(NamedTuple):
    """Four tones of one topic, from dark to glow."""

    dark: str
    mid: str
    light: str
    glow: str


class Metal(NamedTuple):
    """Three tones of a ring."""

    dark: str
    mid: str
    light: str


PALETTES: dict[str, Palette] = {
    "dinh-danh": Palette("#082F63", "#0B5CAD", "#6FB1F2", "#DDEBFA"),
    "dich-vu": Palette("#063F45", "#0B7A80", "#63C7C6", "#D8F1F0"),
    "an-toan": Palette("#5E0E1E", "#B3283A", "#F49A9A", "#FCE4E1"),
    "thanh-toan": Palette("#0A3D24", "#1B7A4B", "#7DD0A2", "#DCF1E4"),
    "truyen-thong": Palette("#0A3F5C", "#1479A6", "#7CCBEA", "#DCF1FA"),
    "suc-khoe": Palette("#5F0F36", "#B92C6B", "#F7A3C4", "#FBE3EC"),
    "kinh-te": Palette("#5A2A00", "#B85F0B", "#F8BF6E", "#FDEBD0"),
    "ai": Palette("#2B1960", "#5F43B2", "#B7A3EF", "#EAE4FB"),
    "than": Palette("#0F151C", "#2C3947", "#8795A4", "#E4E9EE"),
    "khu-pho": Palette("#063F45", "#0B7A80", "#63C7C6", "#D8F1F0"),
}
METALS: dict[int, Metal] = {
    1: Metal("#6E3F1B", "#BE7C42", "#F3CFA6"),
    2: Metal("#56636F", "#AEBBC6", "#F4F7FA"),
    3: Metal("#8A5E00", "#EDAE1F", "#FFE9A8"),
}
LOCKED_PALETTE = Palette("#8C8373", "#D9D0C1", "#EFE8DC", "#F6F1E8")
LOCKED_METAL = Metal("#A79C8A", "#C9BFAE", "#EFE8DC")


def num(value: float) -> str:
    """A number for a path, at most one decimal."""
    text = f"{value:.1f}"
    return "0" if text in ("0.0", "-0.0") else text.removesuffix(".0")


def polar(radius: float, degrees: float) -> Point:
    """The point at an angle; 0 is up, clockwise."""
    angle = math.radians(degrees - 90)
    return radius * math.cos(angle), radius * math.sin(angle)


def polygon(points: list[Point]) -> str:
    """A closed path through the points."""
    return "M" + "L".join(f"{num(x)} {num(y)}" for x, y in points) + "Z"


def star(outer: float, inner: float, rays: int = 5) -> str:
    """A star with its first ray upwards."""
    return polygon([polar(outer if i % 2 == 0 else inner, i * 180 / rays) for i in range(2 * rays)])


def _towards(a: Point, b: Point, distance: float) -> Point:
    share = min(distance / math.hypot(b[0] - a[0], b[1] - a[1]), 0.5)
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def rounded(points: list[Point], radius: float) -> str:
    """A closed path with rounded corners."""
    path = ""
    for i, corner in enumerate(points):
        start = _towards(corner, points[i - 1], radius)
        end = _towards(corner, points[(i + 1) % len(points)], radius)
        path += f"{'L' if i else 'M'}{num(start[0])} {num(start[1])}"
        path += f"Q{num(corner[0])} {num(corner[1])} {num(end[0])} {num(end[1])}"
    return path + "Z"


def circle(radius: int) -> str:
    """A circle as a path, so that every outline is a path."""
    return f"M0 {-radius}A{radius} {radius} 0 1 1 0 {radius}A{radius} {radius} 0 1 1 0 {-radius}Z"


def petal(root: float, tip: float, width: float) -> str:
    """One lotus petal pointing up from the distance root to the distance tip."""
    low, high = root + (tip - root) * 0.28, root + (tip - root) * 0.66
    side = width * 0.92
    return (
        f"M0 {num(-root)}C{num(width)} {num(-low)} {num(side)} {num(-high)} 0 {num(-tip)}"
        f"C{num(-side)} {num(-high)} {num(-width)} {num(-low)} 0 {num(-root)}Z"
    )


OUTLINES: dict[str, str] = {
    "sen": circle(70),
    "sao": circle(74),
    "than": rounded([polar(90, a) for a in range(0, 360, 60)], 14),
    "khien": (
        "M0-84C18-72 42-67 66-69C71-69 74-66 74-61V2C74 46 40 72 0 88C-40 72-74 46-74 2V-61"
        "C-74-66-71-69-66-69C-42-67-18-72 0-84Z"
    ),
    "nui": (
        "M0-90C46-90 74-56 74-14V54C74 62 70 66 63 69L8 88C3 90-3 90-8 88L-63 69C-70 66-74 62-74 54"
        "V-14C-74-56-46-90 0-90Z"
    ),
    "dinh": rounded([(-66, -40), (66, -40), (66, 66), (0, 90), (-66, 66)], 10),
}
KINDS = tuple(OUTLINES)
# How far down, and how large, the glyph sits in each outline.
GLYPH_PLACE: dict[str, tuple[int, float]] = {
    "sen": (0, 1.0),
    "sao": (0, 1.0),
    "than": (0, 0.86),
    "khien": (-4, 1.04),
    "nui": (2, 0.9),
    "dinh": (20, 1.08),
}
