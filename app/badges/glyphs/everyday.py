"""Signs of the topic Sức khoẻ, học tập và tiện ích số."""

from __future__ import annotations

from app.badges.art_shapes import CREAM, Glyph, Metal, Palette, person


def _heartbeat(t: Palette, _m: Metal) -> str:
    return (
        f'<path d="M0 44C-38 17-49-3-45-21C-41-40-16-44 0-23C16-44 41-40 45-21C49-3 38 17 0 44Z" fill="{CREAM}"/>'
        f'<path d="M-32 3H-14L-6-14L6 18L14 3H32" fill="none" stroke="{t.mid}" stroke-width="6.6" '
        'stroke-linecap="round" stroke-linejoin="round"/>'
    )


def _video_call(t: Palette, _m: Metal) -> str:
    return (
        f'<g fill="{CREAM}"><rect x="-50" y="-34" width="72" height="68" rx="15"/>'
        f'<path d="M27-9L46-23V23L27 9Z" stroke="{CREAM}" stroke-width="6" stroke-linejoin="round"/></g>'
        f"{person(-29, 11, 0.76, t.mid)}{person(0, 11, 0.76, t.dark)}"
    )


def _book_on_air(t: Palette, _m: Metal) -> str:
    return (
        f'<path d="M0 0C-12-9-30-11-46-8V32C-30 29-12 31 0 41C12 31 30 29 46 32V-8C30-11 12-9 0 0Z" fill="{CREAM}" '
        f'stroke="{CREAM}" stroke-width="4" stroke-linejoin="round"/>'
        f'<path d="M0 3V36M-34 5C-26 4-18 6-12 9M-34 18C-26 17-18 19-12 22'
        'M34 5C26 4 18 6 12 9M34 18C26 17 18 19 12 22" '
        f'fill="none" stroke="{t.mid}" stroke-width="5" stroke-linecap="round"/>'
        f'<path d="M-13-27A18 18 0 0 1 13-27M-25-39A34 34 0 0 1 25-39" fill="none" stroke="{t.light}" stroke-width="7" '
        f'stroke-linecap="round"/><circle cy="-16" r="5" fill="{t.light}"/>'
    )


def _house_supplies(t: Palette, _m: Metal) -> str:
    return (
        f'<path d="M0-45L47-5H36V40H-36V-5H-47Z" fill="{CREAM}" stroke="{CREAM}" stroke-width="6" '
        'stroke-linejoin="round"/>'
        f'<path d="M-8-16L-27 15H-15L-19 35L2 5H-10L-2-16Z" fill="{t.dark}"/>'
        f'<path d="M17 3C25 13 29 18 29 24A12 12 0 0 1 5 24C5 18 9 13 17 3Z" fill="{t.mid}"/>'
    )


SIGNS: dict[str, Glyph] = {
    "tim": _heartbeat,
    "goi-hinh": _video_call,
    "sach": _book_on_air,
    "nha": _house_supplies,
}
