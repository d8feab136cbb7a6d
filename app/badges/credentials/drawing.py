"""The picture of a badge as SVG and as PNG; of one that has ended, the grey one of its kind. Drawn once, then kept."""

from functools import lru_cache
from pathlib import Path

import typst

SIDE = 480  # pixels of a PNG
PAGE = f"""#set page(width: {SIDE}pt, height: {SIDE}pt, margin: 0pt, fill: none)
#image(bytes(sys.inputs.badge), format: "svg", width: {SIDE}pt, height: {SIDE}pt)"""


def svg(root: Path, slug: str) -> str:
    """The drawing of an achievement, as it lies beside its file."""
    return (root / "badges" / slug / "badge.svg").read_text(encoding="utf-8")


def grey_svg(root: Path, kind: str) -> str:
    """The drawing of what does not hold (any more), by kind."""
    return (root / "badges" / "locked" / f"{kind}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=128)
def png(drawing: str) -> bytes:
    """The drawing as a PNG of :data:`SIDE` pixels."""
    return typst.compile(PAGE.encode(), format="png", ppi=72, sys_inputs={"badge": drawing})  # a point is a pixel
