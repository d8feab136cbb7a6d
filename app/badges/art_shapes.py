"""Geometry and colours of the badge drawings: outlines, palettes and small path helpers."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

Point = tuple[float, float]

CREAM = "#FFF8EA"
GOLD = "#FFD469"


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


Glyph = Callable[[Palette, Metal], str]

PALETTES: dict[str, Palette] = {
    # The eight topics. They differ in lightness as well as in hue: so they stay apart for colour-blind eyes.
    "an-toan": Palette("#5A0819", "#9C1230", "#EA8A8E", "#FCE4E1"),
    "ai": Palette("#2A1F7A", "#6459DD", "#D2CBFC", "#EEEBFE"),
    "thanh-toan": Palette("#123F22", "#34894D", "#A8E6B2", "#E0F6E4"),
    "dinh-danh": Palette("#04264F", "#084A92", "#6D9ADB", "#DDEBFA"),
    "dich-vu": Palette("#03312F", "#07645F", "#3CB5A9", "#D8F1EE"),
    "suc-khoe": Palette("#680F3F", "#C9418A", "#FDCDE3", "#FDECF4"),
    "kinh-te": Palette("#6A3200", "#BF6404", "#F9BE70", "#FDEBD0"),
    "truyen-thong": Palette("#0A415C", "#1280B0", "#6CD0FA", "#DCF3FD"),
    # Of no topic.
    "than": Palette("#0F151C", "#2C3947", "#8795A4", "#E4E9EE"),
    "khu-pho": Palette("#063F45", "#0B7A80", "#63C7C6", "#D8F1F0"),
    "thong": Palette("#0A3D24", "#17693F", "#7CCB9C", "#DDF2E4"),
    "thi": Palette("#4A2E00", "#8A5A00", "#F2C65A", "#FBEFD2"),
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


def person(x: int, y: int, scale: float, fill: str) -> str:
    """Head and shoulders."""
    return (
        f'<g transform="translate({x} {y}) scale({scale})" fill="{fill}"><circle cy="-20" r="12.5"/>'
        '<path d="M-21 22C-21 4-12-3 0-3C12-3 21 4 21 22Z"/></g>'
    )


def tick(x: int, y: int, radius: int) -> str:
    """A green disc with a tick: looked at and found right."""
    return (
        f'<circle cx="{x}" cy="{y}" r="{radius}" fill="#1B7A4B" stroke="{CREAM}" stroke-width="5"/>'
        f'<path d="M{x - 9} {y + 1}L{x - 2} {y + 8}L{x + 10} {y - 7}" fill="none" stroke="{CREAM}" stroke-width="5.5" '
        'stroke-linecap="round" stroke-linejoin="round"/>'
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
# Below 48 px the round field grows over the petals or rays, so that the sign stays readable.
SMALL_FIELD: dict[str, float] = {"sen": 1.24, "sao": 1.14, "than": 1.08, "khien": 1.08, "nui": 1.0, "dinh": 1.08}
# How far down, and how large, the glyph sits in each outline.
GLYPH_PLACE: dict[str, tuple[int, float]] = {
    "sen": (0, 1.0),
    "sao": (0, 1.0),
    "than": (0, 0.86),
    "khien": (-4, 1.04),
    "nui": (2, 0.9),
    "dinh": (20, 1.08),
}
