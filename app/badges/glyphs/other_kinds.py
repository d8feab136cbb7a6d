"""Signs of the kinds that belong to no topic: rhythm, contests, volunteers, groups, the journey."""

from __future__ import annotations

from app.badges.art_shapes import CREAM, Glyph, Metal, Palette, person, star


def _flame(_t: Palette, _m: Metal) -> str:
    return (
        '<path d="M3-42C6-24 28-14 28 12C28 30 15 42 0 42C-15 42-28 30-28 13C-28 '
        '0-20-7-16-18C-10-14-7-9-7-3C1-12 5-26 3-42Z" fill="#FFC24A"/>'
        '<path d="M2-14C4-4 16 3 16 18C16 29 9 36 0 36C-9 36-16 29-16 19C-16 11-11 7-9 1C-5 4-3 '
        '8-3 11C1 5 3-4 2-14Z" fill="#FF7A1A"/>'
        '<path d="M1 12C2 18 8 20 8 27C8 32 4 35 0 35C-4 35-8 32-8 27C-8 22-2 20 1 12Z" fill="#FFF1C9"/>'
    )


def _people(t: Palette, _m: Metal) -> str:
    front = f'<g stroke="{t.mid}" stroke-width="5" paint-order="stroke">{person(0, 14, 1.16, CREAM)}</g>'
    return person(-29, 10, 0.86, t.light) + person(29, 10, 0.86, t.light) + front


def _sprout(_t: Palette, _m: Metal) -> str:
    return (
        '<path d="M0 40C-1 22-1 8 0-6" fill="none" stroke="#2E9C63" stroke-width="8" stroke-linecap="round"/>'
        f'<path d="M0 4C-2-20-18-34-42-36C-42-12-26 4 0 4Z" fill="{CREAM}"/><path d="M0-8C2-30 '
        '16-44 40-46C40-22 24-8 0-8Z" fill="#9BE4BC"/>'
        '<path d="M-26-24C-16-18-8-10-2 0M26-34C16-28 8-20 2-12" fill="none" stroke="#17693F" '
        'stroke-width="3" stroke-linecap="round"/>'
        f'<path d="M-38 44C-24 34 24 34 38 44" fill="none" stroke="{CREAM}" stroke-width="8" '
        'stroke-linecap="round"/>'
    )


def _star(_t: Palette, m: Metal) -> str:
    return (
        f'<path d="{star(44, 19.5)}" transform="translate(0 2)" fill="{m.mid}" stroke="{CREAM}" '
        'stroke-width="4" stroke-linejoin="round"/>'
        '<path d="M0-42V2L-11.5-13.8ZM0 2L41.8-11.6L18.5 8ZM0 2L25.8 37.6L0 21.5ZM0 2L-25.8 '
        '37.6L-18.5 8ZM0 2L-41.8-11.6L-11.5-13.8Z" '
        f'fill="{m.light}" fill-opacity=".75"/>'
    )


def _guiding_hand(t: Palette, _m: Metal) -> str:
    return (
        f'<rect x="-30" y="-50" width="46" height="82" rx="9" fill="{CREAM}"/><rect x="-24" y="-41" '
        f'width="34" height="58" rx="3" fill="{t.light}"/>'
        f'<path d="M-18-33H4M-18-24H-2" stroke="{t.dark}" stroke-width="4" '
        f'stroke-linecap="round"/><circle cx="-7" cy="24.5" r="3" fill="{t.dark}"/>'
        f'<circle cx="4" cy="-4" r="15" fill="none" stroke="{CREAM}" stroke-width="3"/>'
        '<path d="M-2-3C-2-7.4 1-10 4.6-10C8.2-10 11-7.4 11-3.4V17L24 19C33 20.6 38 25 37 33L35 '
        "46C34 53 29 57 22 57H10C5 57 2 55-1 51"
        f'L-15 33C-18 29-17 25-14 23C-11 21-7.5 22-5 25L-2 28.5Z" fill="{CREAM}" stroke="{t.dark}" '
        'stroke-width="4" stroke-linejoin="round"/>'
        f'<path d="M14 31V40M23.5 32V40" stroke="{t.dark}" stroke-width="3.4" stroke-linecap="round"/>'
    )


def _mountain(_t: Palette, _m: Metal) -> str:
    return ""


def _doorway(t: Palette, _m: Metal) -> str:
    """A house with an open door, and the lane that leads to it."""
    return (
        f'<path d="M-40-4L0-42L40-4V34H-40Z" fill="{CREAM}" stroke="{t.dark}" stroke-width="4" '
        'stroke-linejoin="round"/>'
        f'<path d="M-14 34V4H14V34Z" fill="{t.mid}"/><path d="M14 4L26 10V40L14 34Z" fill="{t.light}"/>'
        f'<circle cx="22" cy="24" r="2.4" fill="{t.dark}"/>'
        f'<path d="M-48-2L0-46L48-2" fill="none" stroke="{t.light}" stroke-width="7" stroke-linecap="round" '
        'stroke-linejoin="round"/>'
        f'<path d="M-10 36C-18 46-4 50-12 60" fill="none" stroke="{CREAM}" stroke-width="6" stroke-linecap="round" '
        'stroke-dasharray=".5 10"/>'
    )


def _walker(t: Palette, _m: Metal) -> str:
    """Someone at the foot of the way, with a stick."""
    return (
        f'<g transform="translate(-34 50) scale(.8)" stroke="{t.dark}" stroke-width="3">{person(0, 0, 1, CREAM)}</g>'
        f'<path d="M-14 72L-8 36" stroke="{CREAM}" stroke-width="5" stroke-linecap="round"/>'
    )


SIGNS: dict[str, Glyph] = {
    "lua": _flame,
    "nguoi": _people,
    "mam": _sprout,
    "sao": _star,
    "tay": _guiding_hand,
    "cua-mo": _doorway,
    "nui": _mountain,
    "duong": _walker,
}
