"""Many badges in one file: pages that show a whole collection fetch it once, and point at ``#<slug>`` in it.

Badges of one look share its body, so that thirty weigh little more than eight.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .art import Look, body, fitting, sign

SIDE = 240


@dataclass(frozen=True)
class Drawn:
    """One badge of a sheet; its slug becomes the name of the view."""

    slug: str
    look: Look
    glyph: str


def with_locked(badges: list[Drawn]) -> list[Drawn]:
    """The same badges, and after them the locked one of each kind among them, named ``locked-<kind>``."""
    kinds = dict.fromkeys((badge.look.kind, badge.look.small) for badge in badges)
    return badges + [Drawn(f"locked-{kind}", Look(kind, "than", locked=True, small=small), "") for kind, small in kinds]


def sheet(badges: Iterable[Drawn]) -> str:
    """One SVG with a named view for each badge, side by side; as an image, ``sheet.svg#slug`` is one badge."""
    found = [(badge.slug, fitting(badge.look, badge.glyph), badge.glyph) for badge in badges]
    bodies = {look: f'<g id="{look.key()}">{body(look)}</g>' for _, look, _ in found}
    signs = {drawn: f"g{i}" for i, drawn in enumerate(dict.fromkeys(sign(look, glyph) for _, look, glyph in found))}
    marks = "".join(f'<g id="{name}">{drawn}</g>' for drawn, name in signs.items())
    places = "".join(
        _place(i * SIDE, slug, look.key(), signs[sign(look, glyph)]) for i, (slug, look, glyph) in enumerate(found)
    )
    width = SIDE * len(found)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {SIDE}" width="{width}" height="{SIDE}">'
        f"<title>Huy hiệu</title><defs>{''.join(bodies.values())}{marks}</defs>{places}</svg>"
    )


def _place(x: int, slug: str, *parts: str) -> str:
    uses = "".join(f'<use href="#{part}" x="{x}"/>' for part in parts)
    return f'<view id="{slug}" viewBox="{x} 0 {SIDE} {SIDE}"/>{uses}'
