"""The signs in the middle of the badges, one file for each topic, drawn within some 50 units of the origin."""

from __future__ import annotations

from app.badges.art_shapes import Glyph
from app.badges.glyphs import ai, everyday, identity, journeys, media, other_kinds, payments, safety, services, trade

GLYPHS: dict[str, Glyph] = {
    **safety.SIGNS,
    **ai.SIGNS,
    **payments.SIGNS,
    **identity.SIGNS,
    **services.SIGNS,
    **everyday.SIGNS,
    **trade.SIGNS,
    **media.SIGNS,
    **other_kinds.SIGNS,
    **journeys.SIGNS,
}
