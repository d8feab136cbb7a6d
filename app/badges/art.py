"""Badge drawings: the outline is the kind, the colour the topic, the metal rings the level. Pure SVG text.

No emblem, flag or yellow star on red is drawn, and nothing outside this package is read.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape

from .art_grounds import ground
from .art_scenes import BEHIND, BEHIND_SMALL, INSIDE
from .art_shapes import (
    CREAM,
    GLYPH_PLACE,
    KINDS,
    LOCKED_METAL,
    LOCKED_PALETTE,
    METALS,
    OUTLINES,
    PALETTES,
    SMALL_FIELD,
    Metal,
    Palette,
)
from .glyphs import GLYPHS

__all__ = ["GLYPHS", "KINDS", "PALETTES", "Look", "body", "compose", "fitting", "sign"]

RED = ("an-toan", "suc-khoe")

_LOCKED_INSIDE = (
    "M-120 44C-96 30-84 12-66 18C-50 23-44-2-24 6C-8 12 2 34 22 26C40 18 50 4 66 14C84 26 96 40 120 40V120H-120Z"
)


def _linear(key: str, axis: str, *stops: tuple[str, str]) -> str:
    marks = "".join(f'<stop offset="{offset}" stop-color="{colour}"/>' for offset, colour in stops)
    return f'<linearGradient id="{key}" {axis}>{marks}</linearGradient>'


def _definitions(t: Palette, m: Metal, kind: str, uid: str) -> str:
    """The gradients this kind needs, and the clipping outline."""
    down, up, slant = (
        'x1="0" y1="0" x2="0" y2="1"',
        'x1="0" y1="1" x2="0" y2="0"',
        'x1="0" y1="0" x2="1" y2="1"',
    )
    out = _linear(f"b{uid}", down, ("0", t.mid), ("1", t.dark))
    out += _linear(f"m{uid}", slant, ("0", m.light), (".45", m.mid), ("1", m.dark))
    if kind == "sen":
        out += _linear(f"p{uid}", up, ("0", t.dark), ("1", t.mid))
    if kind in ("sen", "nui"):
        out += _linear(f"q{uid}", up, ("0", t.mid), ("1", t.light))
    if kind == "nui":
        out += _linear(f"s{uid}", down, ("0", "#0B4C86"), ("1", "#8FD3EE"))
    if kind == "than":
        stops = (
            '<stop offset="0" stop-color="#FF8A2B"/><stop offset=".5" stop-color="#8E2C0C"/><stop '
            'offset="1" stop-color="#1A1512"/>'
        )
        out += f'<radialGradient id="e{uid}" cx=".5" cy=".6" r=".6">{stops}</radialGradient>'
    shine = (
        '<stop offset="0" stop-color="#fff" stop-opacity=".34"/><stop offset="1" stop-color="#fff" stop-opacity="0"/>'
    )
    out += f'<radialGradient id="h{uid}" cx=".5" cy=".18" r=".75">{shine}</radialGradient>'
    return (
        f'<defs>{out}<path id="o{uid}" d="{OUTLINES[kind]}"/><clipPath id="c{uid}"><use '
        f'href="#o{uid}"/></clipPath></defs>'
    )


def _rings(t: Palette, rings: int, uid: str) -> str:
    """Concentric metal rings, parted by the dark tone of the topic."""
    out = ""
    for i in range(rings, 0, -1):
        scale = 1 + 0.062 * i
        for extra, fill in ((0.035, t.dark), (0.02, f"url(#m{uid})"), (-0.018, t.dark)):
            out += f'<use href="#o{uid}" transform="scale({scale + extra:.3f})" fill="{fill}"/>'
    return out


def _padlock(down: int) -> str:
    return (
        f'<g transform="translate(0 {down})" fill="none" stroke="#8C8373" stroke-width="6" '
        'stroke-linecap="round">'
        '<rect x="-20" y="-6" width="40" height="30" rx="7" fill="#8C8373"/><path d="M-12-8V-16A12 '
        '12 0 0 1 12-16V-8"/></g>'
    )


def _plaque(t: Palette, m: Metal, level: int, locked: bool) -> str:
    """The plate below with one to three filled buds."""
    buds = ""
    for i, x in enumerate((-20, 0, 20)):
        filled = i < level and not locked
        fill, edge = (m.mid, m.dark) if filled else ("none", "#B9AE9C")
        buds += (
            f'<path transform="translate({x})" d="M0-8C5.5-3.5 6.2 2.5 0 7.5C-6.2 2.5-5.5-3.5 0-8Z" '
            f'fill="{fill}" stroke="{edge}" stroke-width="1.8"/>'
        )
    ribbon = "#EFE8DC" if locked else t.dark
    return (
        f'<g transform="translate(120 214)"><path d="M-44-14H44L38 0L44 14H-44L-38 0Z" fill="{ribbon}"/>'
        f'<rect x="-36" y="-15" width="72" height="30" rx="9" fill="{CREAM}" stroke="{m.mid}" '
        f'stroke-width="2.4"/>{buds}</g>'
    )


def _face(kind: str, palette: str, t: Palette, m: Metal, uid: str, locked: bool, small: bool) -> str:
    """What lies within the rings below the sign: field, pattern, scene and shine."""
    if locked:
        scene = f'<path d="{_LOCKED_INSIDE}" fill="#fff" fill-opacity=".35"/>'
    elif small and kind not in ("nui", "than"):
        scene = ""
    else:
        scene = (ground(palette, t) if kind == "sen" else "") + INSIDE[kind](t, m, uid)
    field = f'<use href="#o{uid}" fill="url(#b{uid})"/>'
    return f'{field}<g clip-path="url(#c{uid})">{scene}<use href="#o{uid}" fill="url(#h{uid})"/></g>'


@dataclass(frozen=True)
class Look:
    """What decides how a badge is drawn, except its sign. Raises a KeyError for an unknown kind or palette.

    ring 1, 2, 3 = bronze, silver, gold; locked is grey with a padlock instead of the sign; small leaves out the
    plate and inner detail (below 48 px).
    """

    kind: str
    palette: str
    ring: int = 1
    locked: bool = False
    small: bool = False

    @property
    def tones(self) -> tuple[Palette, Metal]:
        return (LOCKED_PALETTE, LOCKED_METAL) if self.locked else (PALETTES[self.palette], METALS[self.ring])

    @property
    def middle(self) -> str:
        """Where the drawing's origin lies within its 240 × 240."""
        return f"translate(120 {120 if self.small else 112})"

    @property
    def field(self) -> str:
        """Where the rings and the sign lie: as the middle, and larger in a small badge."""
        return f"{self.middle} scale({SMALL_FIELD[self.kind]})" if self.small else self.middle

    def key(self) -> str:
        """A short name for its gradients and shapes, another for every look: many share one file."""
        tone = "l" if self.locked else format(list(PALETTES).index(self.palette), "x")
        return f"{self.kind[:2]}{tone}{self.ring}{'s' if self.small else ''}"


def body(look: Look) -> str:
    """Everything of a badge but its sign, as SVG elements."""
    (t, m), uid, kind = look.tones, look.key(), look.kind
    behind = (BEHIND_SMALL if look.small else BEHIND)[kind](t, m, uid)
    front = _rings(t, 1 if look.locked else look.ring, uid)
    front += _face(kind, look.palette, t, m, uid, look.locked, look.small)
    shadow = '<ellipse cx="120" cy="229" rx="62" ry="6" fill="#131A22" fill-opacity=".12"/>'
    return (
        f'{_definitions(t, m, kind, uid)}{"" if look.small else shadow}<g transform="{look.middle}">{behind}</g>'
        f'<g transform="{look.field}">{front}</g>'
        f"{'' if look.small else _plaque(t, m, look.ring, look.locked)}"
    )


def sign(look: Look, glyph: str) -> str:
    """What stands in the middle, to be drawn over the body. A KeyError means an unknown glyph."""
    down, scale = GLYPH_PLACE[look.kind]
    if look.locked:
        return f'<g transform="{look.field}">{_padlock(down)}</g>'
    return f'<g transform="{look.field} translate(0 {down}) scale({scale})">{GLYPHS[glyph](*look.tones)}</g>'


def fitting(look: Look, glyph: str) -> Look:
    """The look on which a sign may stand: never a golden star on a red field."""
    return replace(look, palette="dinh-danh") if glyph == "sao" and look.palette in RED else look


def compose(look: Look, *, glyph: str, title: str) -> str:
    """Draw one badge as an SVG of 240 × 240."""
    look = fitting(look, glyph)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 240" width="240" height="240" role="img" '
        f'aria-label="{escape(title)}"><title>{escape(title)}</title>{body(look)}{sign(look, glyph)}</svg>'
    )
