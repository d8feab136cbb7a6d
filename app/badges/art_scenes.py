"""What lies behind and inside the badge outline, by kind."""

from __future__ import annotations

import math
from collections.abc import Callable

from .art_shapes import Metal, Palette, Point, petal, polar, polygon


def _petals(_t: Palette, m: Metal, uid: str) -> str:
    """Two wreaths of eight petals."""
    back, front = f'<path id="w{uid}" d="{petal(40, 110, 33)}"/>', f'<path id="v{uid}" d="{petal(36, 106, 36)}"/>'
    out = f"<defs>{back}{front}</defs>"
    out += f'<g fill="url(#p{uid})" stroke="{m.mid}" stroke-width="1.8">'
    out += "".join(f'<use href="#w{uid}" transform="rotate({i * 45 + 22.5})"/>' for i in range(8)) + "</g>"
    out += f'<g fill="url(#q{uid})" stroke="{m.light}" stroke-width="1.8">'
    return out + "".join(f'<use href="#v{uid}" transform="rotate({i * 45})"/>' for i in range(8)) + "</g>"


def _veined_petals(t: Palette, m: Metal, uid: str) -> str:
    veins = "M0-99V-78M-7-90C-4-86-3.4-82-3.4-78M7-90C4-86 3.4-82 3.4-78"
    vein = (
        f'<path id="u{uid}" d="{veins}" fill="none" stroke="{t.dark}" stroke-opacity=".35" '
        'stroke-width="1.4" stroke-linecap="round"/>'
    )
    out = f"{_petals(t, m, uid)}<defs>{vein}</defs>"
    return out + "".join(f'<use href="#u{uid}" transform="rotate({i * 45})"/>' for i in range(8))


def _drum_rays(_t: Palette, m: Metal, uid: str) -> str:
    outer = polygon([polar(88 if i % 2 else 110, i * 360 / 28) for i in range(28)])
    inner = polygon([polar(84 if i % 2 else 100, i * 360 / 28) for i in range(28)])
    return (
        f'<path d="{outer}" fill="url(#m{uid})" stroke="{m.dark}" stroke-width="1.5" '
        'stroke-linejoin="round"/>'
        f'<path d="{inner}" fill="none" stroke="{m.dark}" stroke-opacity=".45" stroke-width="1.4"/>'
    )


def _on_sprig(share: float) -> Point:
    """A point of the sprig's stem."""
    stem: tuple[Point, ...] = ((20, 98), (64, 86), (98, 52), (100, -8))
    rest = 1 - share
    weights = (rest**3, 3 * rest * rest * share, 3 * rest * share * share, share**3)
    return (
        sum(w * p[0] for w, p in zip(weights, stem, strict=True)),
        sum(w * p[1] for w, p in zip(weights, stem, strict=True)),
    )


def _needles(turn: int) -> str:
    path = ""
    for i in range(10):
        share = 0.08 + 0.1 * i
        (x, y), (x2, y2) = _on_sprig(share), _on_sprig(share + 0.03)
        angle, length = math.atan2(y2 - y, x2 - x) + math.radians(turn), 19 - 0.55 * i
        path += f"M{x:.0f} {y:.0f}l{length * math.cos(angle):.1f} {length * math.sin(angle):.1f}"
    return path


def _pine_sprigs(t: Palette, _m: Metal, uid: str) -> str:
    colours = ((-44, "#2E9C63"), (44, "#1B7A4B"), (-20, "#57B981"), (20, "#2E9C63"))
    if t.dark == "#8C8373":
        colours = ((-44, "#C9BFAE"), (44, "#B9AE9C"), (-20, "#D9D0C1"), (20, "#C9BFAE"))
    sprig = (
        f'<path d="M20 98C64 86 98 52 100-8" stroke="{"#A79C8A" if t.dark == "#8C8373" else "#0F4A2C"}" '
        'stroke-width="4"/>'
    )
    sprig += "".join(f'<path d="{_needles(turn)}" stroke="{colour}"/>' for turn, colour in colours)
    style = 'fill="none" stroke-width="3.6" stroke-linecap="round"'
    return f'<g id="w{uid}" {style}>{sprig}</g><use href="#w{uid}" transform="scale(-1 1)"/>'


def _roof(_t: Palette, m: Metal, uid: str) -> str:
    tiles = "".join(f"M{i * 7.2:.1f} {-78 + abs(i) * 2.2:.1f}L{i * 12.4:.1f}-36" for i in range(-6, 7))
    return (
        '<path d="M0-92C16-78 40-66 72-62C88-60 100-64 108-74C106-50 96-34 78-30L-78-30C-96-34-106-50-108-74'
        f'C-100-64-88-60-72-62C-40-66-16-78 0-92Z" fill="url(#m{uid})" stroke="{m.dark}" '
        'stroke-width="2" stroke-linejoin="round"/>'
        f'<path d="{tiles}" stroke="{m.dark}" stroke-opacity=".38" stroke-width="1.8"/>'
        f'<path d="M-80-34H80" stroke="{m.light}" stroke-width="3" stroke-linecap="round"/>'
        f'<circle cy="-95" r="7" fill="{m.mid}" stroke="{m.dark}" stroke-width="2"/>'
    )


def _rivets(_t: Palette, m: Metal, _uid: str) -> str:
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4"/>' for x, y in (polar(103, a) for a in range(0, 360, 60)))
    return f'<g fill="{m.mid}" stroke="{m.dark}">{dots}</g>'


def _pedestal(_t: Palette, m: Metal, uid: str) -> str:
    places = ((-80, -52), (80, 52), (-59, -34), (59, 34), (-34, -16), (34, 16))
    leaves = "".join(f'<path d="{petal(-8, 44, 22)}" transform="translate({x} 92) rotate({r})"/>' for x, r in places)
    return f'<g fill="url(#q{uid})" stroke="{m.mid}" stroke-width="1.8">{leaves}</g>'


Layer = Callable[[Palette, Metal, str], str]
BEHIND: dict[str, Layer] = {
    "sen": _veined_petals,
    "sao": _drum_rays,
    "khien": _pine_sprigs,
    "dinh": _roof,
    "than": _rivets,
    "nui": _pedestal,
}


BEHIND_SMALL: dict[str, Layer] = {**BEHIND, "sen": _petals}


def _ridges(t: Palette, _m: Metal, _uid: str) -> str:
    far = "M-120 44C-96 30-84 12-66 18C-50 23-44-2-24 6C-8 12 2 34 22 26C40 18 50 4 66 14C84 26 96 40 120 40V120H-120Z"
    near = "M-120 62C-90 50-70 40-48 46C-26 52-12 62 10 56C34 50 52 36 76 44C94 50 106 58 120 60V120H-120Z"
    return (
        f'<path d="{far}" fill="{t.light}" fill-opacity=".22"/><path d="{near}" fill="{t.dark}" '
        'fill-opacity=".45"/>'
        f'<path d="M-90 74C-60 66-40 66-14 72S40 80 90 68" fill="none" stroke="{t.glow}" '
        'stroke-opacity=".28" stroke-width="2"/>'
    )


def _drum_face(t: Palette, m: Metal, uid: str) -> str:
    teeth = "".join(
        polygon([polar(62, a - 4.4), polar(55, a), polar(62, a + 4.4)]) for a in (i * 360 / 28 for i in range(28))
    )
    return _ridges(t, m, uid) + (
        f'<circle r="66" fill="none" stroke="{m.light}" stroke-width="3" stroke-linecap="round" '
        'stroke-dasharray=".1 9.75"/>'
        f'<path d="{teeth}" fill="{m.light}" fill-opacity=".35"/>'
    )


def _coal_facets(_t: Palette, _m: Metal, uid: str) -> str:
    rim = [polar(86, a) for a in range(0, 360, 60)]
    core = [polar(46, a + 30) for a in range(0, 360, 60)]
    shades = ("#5A6978", "#3C4956", "#232D38", "#151C24", "#1E2731", "#495766")
    out = ""
    for i in range(6):
        after = (i + 1) % 6
        out += f'<path d="{polygon([rim[i], rim[after], core[i]])}" fill="{shades[i]}"/>'
        out += f'<path d="{polygon([rim[after], core[i], core[after]])}" fill="{shades[after]}" fill-opacity=".8"/>'
    return out + f'<path d="{polygon(core)}" fill="url(#e{uid})" stroke="#FFB057" stroke-opacity=".55"/>'


def _pine(x: int, y: int, scale: float) -> str:
    return (
        f'<g transform="translate({x} {y}) scale({scale})"><path d="M0 22V8" stroke="#3A2A16" '
        'stroke-width="5"/>'
        '<path d="M0-26L11-10H5L15 4H7L18 16H-18L-7 4H-15L-5-10H-11Z" fill="#2E9C63" '
        'stroke="#0A3D24" stroke-width="1.6" stroke-linejoin="round"/></g>'
    )


def _yen_tu(_t: Palette, _m: Metal, uid: str) -> str:
    pines = "".join(_pine(x, y, k) for x, y, k in ((-50, 58, 1.15), (-30, 66, 0.8), (52, 64, 1.05), (34, 72, 0.7)))
    return (
        '<path d="M-100-100H100V110H-100Z" fill="#0D5E8C"/><path d="M-100-100H100V20H-100Z" '
        f'fill="url(#s{uid})"/>'
        '<circle cx="26" cy="-40" r="29" fill="#FFD469" fill-opacity=".25"/><circle cx="26" '
        'cy="-40" r="21" fill="#FFD469"/>'
        '<path d="M-100 30C-70 10-58-8-40-16C-30-4-20 0-10-22C0-44 4-50 10-50C18-50 24-34 '
        '34-20C44-6 60 6 100 26V110H-100Z" fill="#1E6F6B"/>'
        '<path d="M10-50C18-50 24-34 34-20C44-6 60 6 100 26V110H20C30 60-6 30 8-8C12-22 8-40 '
        '10-50Z" fill="#165450"/>'
        '<path d="M-100 48C-60 40-50 24-24 30C0 36 20 56 44 46C66 38 80 40 100 44V110H-100Z" fill="#0F4A2C"/>'
        '<path d="M-6 92C-2 72 34 66 22 46C14 32-8 34-4 16C-1 4 8-6 9-24" fill="none" '
        'stroke="#FFE9A8" stroke-width="4.2" stroke-linecap="round" stroke-dasharray=".5 8.5"/>'
        '<g transform="translate(10-54)"><path d="M-9 4V-6H9V4Z" fill="#C4853F"/><path '
        'd="M-17-5C-11-6-5-11 0-17C5-11 11-6 17-5C14-2 10-2 8-3H-8C-10-2-14-2-17-5Z" '
        'fill="#F0B95A" stroke="#7A4A14" stroke-width="1.4" stroke-linejoin="round"/></g>' + pines
    )


INSIDE: dict[str, Layer] = {
    "sen": _ridges,
    "sao": _drum_face,
    "khien": _ridges,
    "dinh": _ridges,
    "than": _coal_facets,
    "nui": _yen_tu,
}
