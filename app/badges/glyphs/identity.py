"""Signs of the topic Định danh và VNeID: plain cards and phones, no logo of the state."""

from __future__ import annotations

from app.badges.art_shapes import CREAM, Glyph, Metal, Palette, person


def _identity_card(t: Palette, _m: Metal) -> str:
    return (
        f'<rect x="-46" y="-33" width="92" height="66" rx="11" fill="{CREAM}"/>{person(-20, 6, 0.8, t.mid)}'
        f'<path d="M8-15H34M8 0H34M8 15H24" stroke="{t.dark}" stroke-width="6" stroke-linecap="round"/>'
    )


def _fingerprint_phone(t: Palette, _m: Metal) -> str:
    return (
        f'<rect x="-30" y="-50" width="60" height="98" rx="13" fill="{CREAM}"/>'
        f'<g fill="none" stroke="{t.dark}" stroke-width="5.2" stroke-linecap="round">'
        '<path d="M-6-40H6" stroke-width="4"/>'
        '<path d="M-19 18V-1A19 19 0 0 1 19-1V14"/><path d="M-9.5 28V0A9.5 9.5 0 0 1 9.5 0V24"/><path d="M0 2V32"/></g>'
    )


def _papers_on_phone(t: Palette, _m: Metal) -> str:
    return (
        f'<rect x="-28" y="-50" width="56" height="100" rx="12" fill="{t.light}" stroke="{CREAM}" stroke-width="5"/>'
        f'<path d="M-6-40H6M-8 41H8" stroke="{t.dark}" stroke-width="4" stroke-linecap="round"/>'
        f'<rect x="-46" y="-26" width="92" height="54" rx="10" fill="{CREAM}" stroke="{t.dark}" stroke-width="4.4"/>'
        f'<rect x="-35" y="-14" width="24" height="30" rx="5" fill="{t.mid}"/>'
        f'<path d="M0-10H32M0 2H32M0 14H16" stroke="{t.dark}" stroke-width="5.2" stroke-linecap="round"/>'
    )


def _guarded_person(t: Palette, _m: Metal) -> str:
    return (
        f"{person(-10, 12, 1.62, CREAM)}"
        '<g transform="translate(24 20)"><path d="M0-25C7-20 15-18 22-19V1C22 15 11 23 0 28C-11 23-22 15-22 1V-19'
        f'C-15-18-7-20 0-25Z" fill="{t.mid}" stroke="{CREAM}" stroke-width="5" stroke-linejoin="round"/>'
        f'<circle cy="-3" r="5.6" fill="{CREAM}"/><path d="M0 0V11" stroke="{CREAM}" stroke-width="5.4" '
        'stroke-linecap="round"/></g>'
    )


SIGNS: dict[str, Glyph] = {
    "the": _identity_card,
    "van-tay": _fingerprint_phone,
    "giay-to": _papers_on_phone,
    "giu-minh": _guarded_person,
}
