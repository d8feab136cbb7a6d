"""A signed badge as files: the JSON as it is served, and the pictures with it inside."""

from pathlib import Path

from app.badges.credentials import baking, drawing
from app.badges.credentials.queries import Shown


def baked_png(root: Path, shown: Shown) -> bytes:
    """The picture of a badge with its signed JSON inside."""
    return baking.bake_png(drawing.png(drawing.svg(root, shown.slug)), shown.body)


def baked_svg(root: Path, shown: Shown) -> bytes:
    """As :func:`baked_png`, as a drawing."""
    return baking.bake_svg(drawing.svg(root, shown.slug), shown.body).encode()


def write_badge(root: Path, shown: Shown, folder: Path, name: str) -> None:
    """``<name>.json``, ``.png`` and ``.svg`` of one badge."""
    (folder / f"{name}.json").write_text(shown.body, encoding="utf-8")
    (folder / f"{name}.png").write_bytes(baked_png(root, shown))
    (folder / f"{name}.svg").write_bytes(baked_svg(root, shown))
