"""The pictures that lie beside badges and awards, composed from what their files say."""

from pathlib import Path

from app.awards.parser import read_rules
from app.badges.art import KINDS, compose
from app.badges.catalogue import read_catalogue


def drawings(folder: Path) -> dict[Path, str]:
    """Where each picture belongs under ``badges/``, and its SVG text."""
    found: dict[Path, str] = {}
    for badge in read_catalogue(folder)[0]:
        found[folder / badge.slug / "badge.svg"] = compose(
            kind=badge.kind, palette=badge.palette, level=badge.ring, glyph=badge.glyph, title=badge.title
        )
    for rule in read_rules(folder / "awards")[0]:
        found[folder / "awards" / f"{rule.slug}.svg"] = compose(
            kind=rule.art.kind, palette=rule.art.palette, level=3, glyph=rule.art.glyph, title=rule.title
        )
    for kind in KINDS:
        found[folder / "locked" / f"{kind}.svg"] = compose(
            kind=kind, palette="than", level=0, glyph="sao", title="Chưa mở", locked=True
        )
    return found


def draw(folder: Path) -> int:
    """Write every picture; returns how many changed."""
    changed = 0
    for path, svg in drawings(folder).items():
        if not path.exists() or path.read_text(encoding="utf-8") != svg:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(svg, encoding="utf-8")
            changed += 1
    return changed
