"""Signs of the topic Truyền thông số."""

from __future__ import annotations

from app.badges.art_shapes import CREAM, GOLD, Glyph, Metal, Palette


def _checked_news(t: Palette, _m: Metal) -> str:
    return (
        f'<rect x="-46" y="-42" width="72" height="80" rx="9" fill="{CREAM}"/>'
        f'<path d="M-33-27H13" stroke="{t.dark}" stroke-width="9" stroke-linecap="round"/>'
        f'<rect x="-37" y="-13" width="24" height="20" rx="4" fill="{t.mid}"/>'
        f'<path d="M-4-9H13M-34 20H-8" stroke="{t.dark}" stroke-width="5.4" stroke-linecap="round"/>'
        f'<path d="M33 29L44 41" stroke="{CREAM}" stroke-width="15" stroke-linecap="round"/>'
        f'<path d="M33 29L44 41" stroke="{t.dark}" stroke-width="8" stroke-linecap="round"/>'
        f'<circle cx="18" cy="13" r="20" fill="{t.glow}" stroke="{t.dark}" stroke-width="6"/>'
        f'<path d="M9 13L16 20L28 6" fill="none" stroke="{t.dark}" stroke-width="5.6" stroke-linecap="round" '
        'stroke-linejoin="round"/>'
    )


def _loudspeaker(t: Palette, _m: Metal) -> str:
    return (
        f'<g fill="{CREAM}" stroke="{CREAM}" stroke-width="5" stroke-linejoin="round">'
        '<path d="M-20-14L20-36V36L-20 14Z"/><path d="M-32 18H-16L-9 42H-23Z"/></g>'
        f'<rect x="-48" y="-18" width="30" height="36" rx="12" fill="{CREAM}"/>'
        f'<path d="M-14-16V16" stroke="{t.mid}" stroke-width="5"/>'
        f'<path d="M33-13A18 18 0 0 1 33 13M40-28A36 36 0 0 1 40 28" fill="none" stroke="{t.light}" stroke-width="7" '
        'stroke-linecap="round"/>'
    )


def _neighbours(t: Palette, _m: Metal) -> str:
    return (
        '<g stroke-width="5" stroke-linejoin="round">'
        f'<path d="M-46 8L-25-11L-4 8V38H-46Z" fill="{CREAM}" stroke="{CREAM}"/>'
        f'<path d="M4 8L25-11L46 8V38H4Z" fill="{t.light}" stroke="{CREAM}"/></g>'
        f'<g fill="{t.dark}"><path d="M-33 40V22A8 8 0 0 1-17 22V40ZM17 40V22A8 8 0 0 1 33 22V40Z"/></g>'
        f'<path d="M0-14C-17-26-21-34-19-42C-17-50-6-51 0-42C6-51 17-50 19-42C21-34 17-26 0-14Z" fill="{GOLD}"/>'
    )


def _bright_board(t: Palette, _m: Metal) -> str:
    return (
        f'<path d="M-16 18L-27 46M16 18L27 46M0-42V-50" stroke="{CREAM}" stroke-width="8" stroke-linecap="round"/>'
        f'<rect x="-48" y="-42" width="96" height="66" rx="10" fill="{CREAM}"/>'
        f'<path d="M-35-24H-9M-35-9H-9M-35 6H-20" stroke="{t.dark}" stroke-width="6.4" stroke-linecap="round"/>'
        f'<path d="M13 3C13-4 5-7 5-17A17 17 0 0 1 39-17C39-7 31-4 31 3Z" fill="{GOLD}" stroke="{t.dark}" '
        'stroke-width="4" stroke-linejoin="round"/>'
        f'<path d="M16 12H28" stroke="{t.dark}" stroke-width="5.4" stroke-linecap="round"/>'
    )


SIGNS: dict[str, Glyph] = {
    "bao": _checked_news,
    "loa": _loudspeaker,
    "xom": _neighbours,
    "bang": _bright_board,
}
