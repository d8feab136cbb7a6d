"""Signs of the journeys: on the way up Yên Tử a round stone for each topic, with that topic's own sign."""

from __future__ import annotations

from app.badges.art_shapes import CREAM, PALETTES, Glyph, Metal, Palette
from app.badges.glyphs import ai, everyday, identity, media, payments, safety, services, trade

_OF_TOPICS: dict[str, Glyph] = {
    "an-toan": safety.SIGNS["mat"],
    "ai": ai.SIGNS["chat"],
    "thanh-toan": payments.SIGNS["vi"],
    "dinh-danh": identity.SIGNS["the"],
    "dich-vu": services.SIGNS["cong"],
    "suc-khoe": everyday.SIGNS["tim"],
    "kinh-te": trade.SIGNS["sap"],
    "truyen-thong": media.SIGNS["loa"],
}


def _stone(topic: str, sign: Glyph) -> Glyph:
    """In the colour of its topic whatever the badge's own: so all journeys of a sheet share one drawing below it."""
    tones = PALETTES[topic]

    def drawn(_t: Palette, m: Metal) -> str:
        return (
            f'<g transform="translate(0 14)"><circle r="47" fill="{tones.mid}" stroke="{CREAM}" stroke-width="5"/>'
            f'<g transform="scale(.66)">{sign(tones, m)}</g></g>'
        )

    return drawn


SIGNS: dict[str, Glyph] = {f"chang-{topic}": _stone(topic, sign) for topic, sign in _OF_TOPICS.items()}
