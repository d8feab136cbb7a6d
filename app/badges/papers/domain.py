"""What may be asked of a printing, and how a certificate words things. Pure."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.core.errors import Invalid
from app.core.text import clean

MOST = 200  # certificates in one printing
STEP = 10  # badges that are signed between two looks at the progress
MOST_SHIFT = 50  # mm
NICKNAME = 40
FORMS = ("pdf", "zip")
NAMINGS = ("none", "given", "full", "nickname")
RINGS = {1: "Biết", 2: "Làm được", 3: "Chỉ lại được"}


@dataclass(frozen=True)
class Options:
    """How certificates are printed: whole or text alone, moved by millimetres; one file or one for each."""

    layer: bool
    x: float
    y: float
    form: str


def read_options(*, layer: bool, x: str, y: str, form: str) -> Options:
    """What was chosen on the form.

    Raises:
        Invalid: A shift that is no number of millimetres between -50 and 50.
    """
    return Options(layer, read_shift(x, field="x"), read_shift(y, field="y"), form if form in FORMS else "pdf")


def read_shift(text: str, *, field: str) -> float:
    """Millimetres as people write them: ``2,5``, ``-3``, nothing for 0; to a tenth.

    Raises:
        Invalid: No number, or beyond 50 mm either way.
    """
    plain = text.strip().replace(",", ".").replace("−", "-").removesuffix("mm").strip()
    if not plain:
        return 0.0
    if not re.fullmatch(r"[+-]?\d{1,3}(\.\d{1,3})?", plain) or abs(float(plain)) > MOST_SHIFT:
        raise Invalid("paper_shift", field=field, most=MOST_SHIFT)
    return round(float(plain), 1)


def check_nickname(text: str) -> str:
    """A name that someone makes up for a picture.

    Raises:
        Invalid: Empty or too long.
    """
    name = clean(text)
    if not name or len(name) > NICKNAME:
        raise Invalid("paper_nickname", field="biet-danh", most=NICKNAME)
    return name


def told(sentence: str) -> str:
    """A sentence of the catalogue without its subject: ``{X} biết hỏi lại.`` → ``Biết hỏi lại.``"""
    rest = sentence.removeprefix("{X} ").replace("{X}", "Người này").replace("{x}", "người này").replace("{a}", "")
    return rest[:1].upper() + rest[1:]


def title_of(title: str, *, skill: bool) -> str:
    """The name of a badge without its level: ``Tinh mắt: Làm được`` → ``Tinh mắt``."""
    return title.partition(": ")[0] if skill else title


def day_words(day: date) -> str:
    """``Ngày 02 tháng 9 năm 2026``: days below 10 and the months 1 and 2 bear a nought, as on papers here."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"Ngày {day.day:02d} tháng {month} năm {day.year}"


def options_of(stored: dict[str, Any]) -> Options:
    """The options as a printing keeps them."""
    return Options(bool(stored["layer"]), float(stored["x"]), float(stored["y"]), str(stored["form"]))
