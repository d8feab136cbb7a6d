"""The pictures that lie beside badges and awards, composed from what their files say."""

from pathlib import Path

from app.awards.parser import read_rules
from app.badges.art import KINDS, Look, compose
from app.badges.catalogue import BadgeFile, read_catalogue
from app.badges.sheet import Drawn, sheet, with_locked


def drawings(folder: Path) -> dict[Path, str]:
    """Where each picture belongs under ``badges/``, and its SVG text."""
    found: dict[Path, str] = {}
    badges = sorted(read_catalogue(folder)[0], key=lambda badge: (badge.position, badge.slug))
    for badge in badges:
        look = Look(badge.kind, badge.palette, badge.ring)
        found[folder / badge.slug / "badge.svg"] = compose(look, glyph=badge.glyph, title=badge.title)
    for rule in read_rules(folder / "awards")[0]:
        look = Look(rule.art.kind, rule.art.palette, 3)
        found[folder / "awards" / f"{rule.slug}.svg"] = compose(look, glyph=rule.art.glyph, title=rule.title)
    for kind in KINDS:
        locked = Look(kind, "than", locked=True)
        found[folder / "locked" / f"{kind}.svg"] = compose(locked, glyph="", title="Chưa mở")
    for ring in (1, 2, 3):  # a sheet each: the higher ones are fetched by those alone who hold some
        drawn = [_drawn(badge) for badge in badges if badge.kind == "sen" and badge.ring == ring]
        found[folder / "sheets" / f"ring-{ring}.svg"] = sheet(with_locked(drawn) if ring == 1 else drawn)
    others = [_drawn(badge) for badge in badges if badge.kind != "sen" and badge.ring == 1]
    found[folder / "sheets" / "other-kinds.svg"] = sheet(with_locked(others))
    return found


def _drawn(badge: BadgeFile) -> Drawn:
    return Drawn(badge.slug, Look(badge.kind, badge.palette, badge.ring), badge.glyph)


def draw(folder: Path) -> int:
    """Write every picture; returns how many changed."""
    changed = 0
    for path, svg in drawings(folder).items():
        if not path.exists() or path.read_text(encoding="utf-8") != svg:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(svg, encoding="utf-8")
            changed += 1
    return changed
