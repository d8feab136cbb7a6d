"""Signs of the topic Dịch vụ công trực tuyến."""

from __future__ import annotations

from app.badges.art_shapes import CREAM, GOLD, Glyph, Metal, Palette


def _village_gate(t: Palette, _m: Metal) -> str:
    return (
        f'<g fill="{CREAM}">'
        '<path d="M0-48C10-36 28-26 50-27C48-19 42-13 34-12H-34C-42-13-48-19-50-27C-28-26-10-36 0-48Z"/>'
        '<rect x="-37" y="-7" width="74" height="11" rx="3"/><rect x="-37" y="1" width="18" height="43" rx="3"/>'
        '<rect x="19" y="1" width="18" height="43" rx="3"/></g>'
        f'<path d="M0 40V17M-10 25L0 14L10 25" fill="none" stroke="{t.light}" stroke-width="7" stroke-linecap="round" '
        'stroke-linejoin="round"/>'
    )


def _send_papers(t: Palette, _m: Metal) -> str:
    return (
        f'<path d="M-30-42A8 8 0 0 1-22-50H8L30-28V28H-30Z" fill="{CREAM}"/><path d="M8-50L30-28H8Z" fill="{t.light}"/>'
        f'<path d="M0 20V-14M-14-1L0-15L14-1" fill="none" stroke="{t.dark}" stroke-width="7.4" stroke-linecap="round" '
        'stroke-linejoin="round"/>'
        f'<path d="M-46 12V32A11 11 0 0 0-35 43H35A11 11 0 0 0 46 32V12" fill="none" stroke="{CREAM}" '
        'stroke-width="9" stroke-linecap="round"/>'
    )


def _written_word(t: Palette, _m: Metal) -> str:
    return (
        f'<path d="M-36-42H32A12 12 0 0 1 44-30V12A12 12 0 0 1 32 24H-14L-32 42V24H-36A12 12 0 0 1-48 12V-30'
        f'A12 12 0 0 1-36-42Z" fill="{CREAM}"/>'
        f'<path d="M-32-22H22M-32-5H4" stroke="{t.mid}" stroke-width="7" stroke-linecap="round"/>'
        f'<g transform="translate(26 16) rotate(42)" stroke="{t.dark}" stroke-width="4" stroke-linejoin="round">'
        f'<path d="M-8.5-30A6 6 0 0 1-2.5-36H2.5A6 6 0 0 1 8.5-30V14L0 31L-8.5 14Z" fill="{GOLD}"/>'
        '<path d="M-8.5-22H8.5M-8.5 14H8.5" fill="none"/></g>'
    )


def _town_map(t: Palette, _m: Metal) -> str:
    return (
        f'<g stroke="{CREAM}" stroke-width="4" stroke-linejoin="round">'
        f'<path d="M-45-24L-15-34V32L-45 42Z" fill="{CREAM}"/>'
        f'<path d="M-15-34L15-24V42L-15 32Z" fill="{t.light}"/><path d="M15-24L45-34V32L15 42Z" fill="{CREAM}"/></g>'
        f'<path d="M-45 12L-15 2L15 14L45 2M-30 9V34" fill="none" stroke="{t.mid}" stroke-width="4.6"/>'
        f'<path d="M9 12C-7-8-11-14-11-24A20 20 0 0 1 29-24C29-14 25-8 9 12Z" fill="{t.dark}" stroke="{CREAM}" '
        f'stroke-width="4.4" stroke-linejoin="round"/><circle cx="9" cy="-24" r="7.4" fill="{CREAM}"/>'
    )


SIGNS: dict[str, Glyph] = {
    "cong": _village_gate,
    "nop": _send_papers,
    "but": _written_word,
    "ban-do": _town_map,
}
