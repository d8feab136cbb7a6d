"""Signs of the topic An toàn số."""

from __future__ import annotations

from app.badges.art_shapes import CREAM, GOLD, Glyph, Metal, Palette


def _eye_shield(t: Palette, _m: Metal) -> str:
    return (
        '<path d="M0-46C13-37 27-34 39-35V2C39 26 20 39 0 48C-20 39-39 26-39 2V-35C-27-34-13-37 '
        f'0-46Z" fill="{CREAM}"/>'
        f'<path d="M-27 2C-17-15 17-15 27 2C17 19-17 19-27 2Z" fill="none" stroke="{t.dark}" '
        'stroke-width="5.5" stroke-linejoin="round"/>'
        f'<circle cy="2" r="8.6" fill="{t.dark}"/><circle cx="3" cy="-1" r="2.6" fill="{CREAM}"/>'
    )


def _padlock(t: Palette, _m: Metal) -> str:
    return (
        f'<path d="M-21-8V-22A21 21 0 0 1 21-22V-8" fill="none" stroke="{t.light}" '
        'stroke-width="11" stroke-linecap="round"/>'
        f'<rect x="-36" y="-10" width="72" height="56" rx="13" fill="{CREAM}"/>'
        f'<circle cy="13" r="8.5" fill="{t.dark}"/><path d="M0 16V31" stroke="{t.dark}" '
        'stroke-width="7" stroke-linecap="round"/>'
    )


def _key_and_password(t: Palette, _m: Metal) -> str:
    dots = "".join(f'<circle cx="{x}" cy="25" r="5.6"/>' for x in (-26, -9, 8, 25))
    return (
        f'<g fill="none" stroke="{CREAM}" stroke-linecap="round"><circle cx="-27" cy="-22" r="15" stroke-width="11"/>'
        '<path d="M-10-22H42M24-20V-8M39-20V-10" stroke-width="10"/></g>'
        f'<rect x="-46" y="6" width="92" height="38" rx="13" fill="{CREAM}"/><g fill="{t.dark}">{dots}</g>'
    )


def _odd_app(t: Palette, _m: Metal) -> str:
    tiles = "".join(
        f'<rect x="{x}" y="{y}" width="36" height="36" rx="10"/>' for x, y in ((-42, -42), (4, -42), (-42, 4))
    )
    return (
        f'<g fill="{CREAM}">{tiles}</g>'
        f'<g fill="none" stroke="{t.mid}" stroke-width="5.5" stroke-linecap="round" stroke-linejoin="round">'
        '<circle cx="-24" cy="-24" r="8"/><path d="M14-24H30M22-32V-16M-32 16H-16M-32 28H-22"/></g>'
        f'<g transform="translate(25 26) rotate(14)">'
        f'<rect x="-23" y="-23" width="46" height="46" rx="13" fill="{GOLD}" '
        f'stroke="{t.dark}" stroke-width="4"/><path d="M-8-6C-8-16 8-17 8-6C8 1 0 1 0 7M0 14.5V15" fill="none" '
        f'stroke="{t.dark}" stroke-width="6" stroke-linecap="round"/></g>'
    )


SIGNS: dict[str, Glyph] = {
    "mat": _eye_shield,
    "khoa": _padlock,
    "chia-khoa": _key_and_password,
    "o-la": _odd_app,
}
