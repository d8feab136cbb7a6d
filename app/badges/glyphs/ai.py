"""Signs of the topic Trí tuệ nhân tạo."""

from __future__ import annotations

from app.badges.art_shapes import CREAM, Glyph, Metal, Palette, star, tick


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
    ) + tick(29, 25, 21)


def _robot(t: Palette, _m: Metal) -> str:
    return (
        f'<g fill="{CREAM}"><path d="M0-24V-40" stroke="{CREAM}" stroke-width="6"/><circle cy="-43" r="7.5"/>'
        '<rect x="-49" y="-6" width="20" height="24" rx="7"/><rect x="29" y="-6" width="20" height="24" rx="7"/>'
        f'<rect x="-39" y="-27" width="78" height="66" rx="20" stroke="{t.mid}" stroke-width="4"/></g>'
        f'<circle cx="-15" cy="-1" r="7.5" fill="{t.dark}"/><circle cx="15" cy="-1" r="7.5" fill="{t.dark}"/>'
        f'<path d="M-14 17C-7 25 7 25 14 17" fill="none" stroke="{t.dark}" stroke-width="5.5" stroke-linecap="round"/>'
    )


SIGNS: dict[str, Glyph] = {
    "chat": _spark,
    "that-gia": _true_false,
    "may": _robot,
}
