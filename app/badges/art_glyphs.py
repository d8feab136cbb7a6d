"""The signs in the middle of the badges. Each function draws one sign around the origin."""

from __future__ import annotations

from collections.abc import Callable

from .art_shapes import CREAM, Metal, Palette, star

Glyph = Callable[[Palette, Metal], str]


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


def _spark(t: Palette, _m: Metal) -> str:
    return (
        '<path d="M-38-34H38A10 10 0 0 1 48-24V18A10 10 0 0 1 38 28H4L-18 46V28H-38A10 10 0 0 1-48 '
        f'18V-24A10 10 0 0 1-38-34Z" fill="{CREAM}"/>'
        f'<path d="{star(26, 8, 4)}" transform="translate(-6-3)" fill="{t.mid}"/>'
        f'<path d="{star(12, 4, 4)}" transform="translate(27-16)" fill="{t.mid}"/>'
    )


def _true_false(t: Palette, _m: Metal) -> str:
    return (
        f'<circle cx="-8" cy="-4" r="38" fill="{CREAM}"/>'
        f'<path d="M-8-42A38 38 0 0 0-8 34Z" fill="{t.light}"/>'
        f'<path d="M-27-12H-18M2-12H11M-24 10C-14 19 0 19 8 10" fill="none" stroke="{t.dark}" '
        'stroke-width="5.5" stroke-linecap="round"/>'
        f'<path d="M-8-42V34" stroke="{t.dark}" stroke-width="3.4" stroke-dasharray="5 5"/>'
        f'<circle cx="29" cy="25" r="21" fill="#1B7A4B" stroke="{CREAM}" stroke-width="5"/>'
        f'<path d="M20 26L27 33L39 18" fill="none" stroke="{CREAM}" stroke-width="5.5" '
        'stroke-linecap="round" stroke-linejoin="round"/>'
    )


def _bank_card(t: Palette, _m: Metal) -> str:
    return (
        f'<rect x="-42" y="-30" width="84" height="62" rx="11" fill="{CREAM}"/><path d="M-42-12H42" '
        f'stroke="{t.mid}" stroke-width="9"/>'
        f'<circle cx="22" cy="14" r="9" fill="none" stroke="{t.dark}" stroke-width="5"/>'
        f'<path d="M-30 14H-4" stroke="{t.dark}" stroke-width="5.5" stroke-linecap="round"/>'
    )


def _transfer(t: Palette, _m: Metal) -> str:
    return (
        f'<g fill="none" stroke="{CREAM}" stroke-width="9" stroke-linecap="round" stroke-linejoin="round">'
        '<path d="M-40-24H34M18-40L36-24L18-8"/><path d="M40 24H-34M-18 8L-36 24L-18 40"/></g>'
        f'<circle cx="-28" cy="-24" r="15" fill="#FFD469" stroke="{t.dark}" stroke-width="4"/>'
        f'<circle cx="28" cy="24" r="15" fill="#FFD469" stroke="{t.dark}" stroke-width="4"/>'
    )


def _qr(t: Palette, _m: Metal) -> str:
    corners = "".join(
        f'<path d="M{x} {y}h24v24h-24zM{x + 8} {y + 8}v8h8v-8z" fill="{t.dark}" fill-rule="evenodd"/>'
        for x, y in ((-32, -32), (8, -32), (-32, 8))
    )
    return (
        f'<rect x="-42" y="-42" width="84" height="84" rx="12" fill="{CREAM}"/>{corners}'
        f'<path d="M8 8h9v9h-9zM23 8h9v9h-9zM15 17h9v8h-9zM8 25h9v8h-9zM24 25h8v8h-8z" fill="{t.mid}"/>'
    )


def _flame(_t: Palette, _m: Metal) -> str:
    return (
        '<path d="M3-42C6-24 28-14 28 12C28 30 15 42 0 42C-15 42-28 30-28 13C-28 '
        '0-20-7-16-18C-10-14-7-9-7-3C1-12 5-26 3-42Z" fill="#FFC24A"/>'
        '<path d="M2-14C4-4 16 3 16 18C16 29 9 36 0 36C-9 36-16 29-16 19C-16 11-11 7-9 1C-5 4-3 '
        '8-3 11C1 5 3-4 2-14Z" fill="#FF7A1A"/>'
        '<path d="M1 12C2 18 8 20 8 27C8 32 4 35 0 35C-4 35-8 32-8 27C-8 22-2 20 1 12Z" fill="#FFF1C9"/>'
    )


def _person(x: int, y: int, scale: float, fill: str) -> str:
    return (
        f'<g transform="translate({x} {y}) scale({scale})" fill="{fill}"><circle cy="-20" r="12.5"/>'
        '<path d="M-21 22C-21 4-12-3 0-3C12-3 21 4 21 22Z"/></g>'
    )


def _people(t: Palette, _m: Metal) -> str:
    front = f'<g stroke="{t.mid}" stroke-width="5" paint-order="stroke">{_person(0, 14, 1.16, CREAM)}</g>'
    return _person(-29, 10, 0.86, t.light) + _person(29, 10, 0.86, t.light) + front


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


GLYPHS: dict[str, Glyph] = {
    "mat": _eye_shield,
    "khoa": _padlock,
    "chat": _spark,
    "that-gia": _true_false,
    "vi": _bank_card,
    "chuyen": _transfer,
    "qr": _qr,
    "lua": _flame,
    "nguoi": _people,
    "mam": _sprout,
    "sao": _star,
    "tay": _guiding_hand,
    "nui": _mountain,
}
