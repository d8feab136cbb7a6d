"""Signs of the topic Bán hàng và nông nghiệp số."""

from __future__ import annotations

from app.badges.art_shapes import CREAM, GOLD, Glyph, Metal, Palette, tick


def _market_basket(t: Palette, _m: Metal) -> str:
    return (
        f'<path d="M-27-6C-27-56 27-56 27-6" fill="none" stroke="{CREAM}" stroke-width="8.5"/>'
        f'<path d="M-40 2H40L32 38A7 7 0 0 1 25 44H-25A7 7 0 0 1-32 38Z" fill="{CREAM}"/>'
        f'<path d="M-27 14L-8 36M-8 14L16 36M12 14L27 30M27 14L8 36M8 14L-16 36M-12 14L-27 30" stroke="{t.mid}" '
        'stroke-width="4.4" stroke-linecap="round"/>'
        f'<rect x="-48" y="-13" width="96" height="18" rx="9" fill="{CREAM}" stroke="{t.dark}" stroke-width="4"/>'
    )


def _stall(t: Palette, _m: Metal) -> str:
    return (
        f'<path d="M-36-4H36V38A4 4 0 0 1 32 42H-32A4 4 0 0 1-36 38Z" fill="{CREAM}"/>'
        '<path d="M-38-38H38L48-8C48 5 34 9 28 1C22 9 6 9 0 1C-6 9-22 9-28 1C-34 9-48 5-48-8Z" '
        f'fill="{t.light}" stroke="{CREAM}" stroke-width="4.4" stroke-linejoin="round"/>'
        f'<path d="M-14-36L-17-2M14-36L17-2" stroke="{t.dark}" stroke-width="4" stroke-linecap="round"/>'
        f'<path d="M-24 16H-4V30H-24Z" fill="{t.mid}"/><path d="M7 42V18A4 4 0 0 1 11 14H22A4 4 0 0 1 26 18V42Z" '
        f'fill="{t.dark}"/>'
    )


def _money_in(t: Palette, _m: Metal) -> str:
    return (
        f'<circle cx="-7" cy="-5" r="40" fill="{CREAM}"/><circle cx="-7" cy="-5" r="32" fill="none" stroke="{t.mid}" '
        'stroke-width="4"/>'
        f'<g fill="none" stroke="{t.dark}" stroke-width="6.4" stroke-linecap="round"><circle cx="-11" cy="-1" r="9.6"/>'
        '<path d="M-1-24V9M-10-18H7M-19 17H2" /></g>'
    ) + tick(29, 25, 21)


def _garden(t: Palette, _m: Metal) -> str:
    rays = "M22-48V-46M39-41L38-40M46-24H44M5-41L6-40"
    return (
        f'<circle cx="22" cy="-24" r="13" fill="{GOLD}"/><path d="{rays}" stroke="{GOLD}" stroke-width="6" '
        'stroke-linecap="round"/>'
        f'<path d="M-6 26C-7 10-7 0-6-8" fill="none" stroke="{CREAM}" stroke-width="8" stroke-linecap="round"/>'
        f'<path d="M-6 2C-8-20-24-32-46-32C-46-10-28 2-6 2Z" fill="{CREAM}"/>'
        f'<path d="M-6 16C-4-2 10-11 30-10C30 8 14 18-6 16Z" fill="{t.light}"/>'
        f'<path d="M-50 34C-26 18 26 18 50 34C42 46 26 54 0 54C-26 54-42 46-50 34Z" fill="{CREAM}"/>'
        f'<path d="M-22 30C-26 36-28 41-29 45M0 28V49M22 30C26 36 28 41 29 45" fill="none" stroke="{t.mid}" '
        'stroke-width="5" stroke-linecap="round"/>'
    )


SIGNS: dict[str, Glyph] = {
    "gio": _market_basket,
    "sap": _stall,
    "dong": _money_in,
    "vuon": _garden,
}
