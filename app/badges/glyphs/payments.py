"""Signs of the topic Thanh toán số."""

from __future__ import annotations

from app.badges.art_shapes import CREAM, GOLD, Glyph, Metal, Palette, tick


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
        f'<circle cx="-28" cy="-24" r="15" fill="{GOLD}" stroke="{t.dark}" stroke-width="4"/>'
        f'<circle cx="28" cy="24" r="15" fill="{GOLD}" stroke="{t.dark}" stroke-width="4"/>'
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


def _wallet(t: Palette, _m: Metal) -> str:
    return (
        f'<path d="M-30-20V-38A6 6 0 0 1-24-44H18A6 6 0 0 1 24-38V-20Z" fill="{t.light}"/>'
        f'<path d="M-18-32H12" stroke="{t.dark}" stroke-width="5" stroke-linecap="round"/>'
        f'<rect x="-46" y="-24" width="86" height="66" rx="13" fill="{CREAM}"/>'
        f'<path d="M-34-10H40" stroke="{t.dark}" stroke-width="4.4" stroke-linecap="round"/>'
        f'<rect x="10" y="2" width="38" height="26" rx="13" fill="{t.mid}" stroke="{CREAM}" stroke-width="5"/>'
        f'<circle cx="25" cy="15" r="5.4" fill="{CREAM}"/>'
    )


def _receipt(t: Palette, _m: Metal) -> str:
    return (
        f'<path d="M-37-46H25V42L14.7 34L4.3 42L-6 34L-16.3 42L-26.7 34L-37 42Z" fill="{CREAM}" stroke="{CREAM}" '
        'stroke-width="4" stroke-linejoin="round"/>'
        f'<path d="M-24-29H12M-24-12H12M-24 5H-8" stroke="{t.dark}" stroke-width="6" stroke-linecap="round"/>'
    ) + tick(25, 19, 20)


SIGNS: dict[str, Glyph] = {
    "vi": _bank_card,
    "chuyen": _transfer,
    "qr": _qr,
    "vi-da": _wallet,
    "hoa-don": _receipt,
}
