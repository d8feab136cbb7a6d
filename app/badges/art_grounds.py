"""The faint pattern behind the sign: each topic has its own, so that colour alone never tells topics apart."""

from __future__ import annotations

from app.badges.art_shapes import Palette, circle, num, polar, star

_SPAN = 74  # a little beyond the round field, which clips


def _at(path: str, x: float, y: float) -> str:
    return f'<path transform="translate({num(x)} {num(y)})" d="{path}"/>'


def _watch() -> str:
    """Roof over roof: someone keeps watch."""
    return f'<path d="{"".join(f"M-{_SPAN} {y + 34}L0 {y}L{_SPAN} {y + 34}" for y in (-66, -49, -32))}"/>'


def _sparks() -> str:
    return "".join(_at(star(11, 3.6, 4), *polar(56, angle)) for angle in (-90, -52, -18, 18, 52, 90))


def _coins() -> str:
    return "".join(_at(circle(8), *polar(57, angle)) for angle in (-92, -61, -31, 0, 31, 61, 92))


def _fingerprint() -> str:
    rings = "".join(f"M-{r} 40V4A{r} {r} 0 0 1 {r} 4V40" for r in (44, 54, 64))
    return f'<path d="{rings}"/>'


def _pillars() -> str:
    return f'<path d="{"".join(f"M{x}-{_SPAN}V{_SPAN}" for x in (-63, -52, -41, 41, 52, 63))}"/>'


def _pulse() -> str:
    beat = "h18l6-13l9 25l7-12h14"
    return f'<path d="{"".join(f"M{x} {y}{beat}" for x, y in ((-70, -8), (16, -8), (-27, -54)))}"/>'


def _weave() -> str:
    lines = "".join(
        f"M{x}-{_SPAN}l{2 * _SPAN} {2 * _SPAN}M{-x}-{_SPAN}l-{2 * _SPAN} {2 * _SPAN}" for x in range(-170, 60, 30)
    )
    return f'<path d="{lines}"/>'


def _waves() -> str:
    arcs = "".join(f"M-46 {40 - r}A{r} {r} 0 0 1 {r - 46} 40" for r in (58, 74, 90, 106))
    return f'<path d="{arcs}"/>'


_GROUNDS = {
    "an-toan": _watch,
    "ai": _sparks,
    "thanh-toan": _coins,
    "dinh-danh": _fingerprint,
    "dich-vu": _pillars,
    "suc-khoe": _pulse,
    "kinh-te": _weave,
    "truyen-thong": _waves,
}


def ground(palette: str, t: Palette) -> str:
    """The pattern of a topic's palette; nothing for palettes of no topic."""
    if palette not in _GROUNDS:
        return ""
    style = f'fill="none" stroke="{t.light}" stroke-opacity=".3" stroke-width="3" stroke-linejoin="round"'
    return f"<g {style}>{_GROUNDS[palette]()}</g>"
