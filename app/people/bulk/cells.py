"""One cell of a list as plain text. What a spreadsheet would take for a formula carries an apostrophe in front."""

import re
from datetime import date, datetime

from app.core.errors import Invalid
from app.core.text import clean, slugify

CELL_LENGTH = 200
SIGNS = "=+-@\t\r\n＝＋－＠"  # what Excel, LibreOffice and Google take for the beginning of a formula
GUARDED = re.compile(f"'+[{re.escape(SIGNS)}]")
NOTHING = {"", "-", "--", "–", "—", "?", "…", "...", "/"}  # how offices write that they do not know
UNKNOWN = {"khong-ro", "chua-ro", "khong-biet", "k-ro", "khong-nho", "khong-co", "khong", "chua-co", "trong", "na"}


def guard(text: str) -> str:
    """Text that no spreadsheet reads as a formula: ``=1+1`` → ``'=1+1``. :func:`bare` is the way back."""
    return f"'{text}" if text.lstrip("'").startswith(tuple(SIGNS)) else text


def bare(text: str) -> str:
    """The text without the apostrophe that :func:`guard` put there."""
    return text[1:] if GUARDED.match(text) else text


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would compute this cell."""
    return text.startswith(tuple(SIGNS))


def text_of(value: object) -> str:
    """What a workbook's cell says: ``912345678.0`` → ``912345678``; a day as ISO; never a formula."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else str(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return guard(str(value))


def plain(cell: str, *, free: bool = False) -> str:
    """A cell's words in one spelling.

    Args:
        free: Signs at the beginning are part of it, as in a telephone number.

    Raises:
        Invalid: Too long, or a formula.
    """
    if not cell:
        return ""
    written = cell.strip(" \ufeff\u200b\u00a0")
    told = clean(bare(written))
    if told in NOTHING:
        return ""
    if len(told) > CELL_LENGTH:
        raise Invalid("name_too_long", most=CELL_LENGTH)
    if not free and is_formula(told) and not GUARDED.match(written):
        raise Invalid("cell_formula", sign=told[0])
    return told


def or_nothing(text: str) -> str:
    """Empty where the cell only says that nobody knows: ``không rõ``, ``K/rõ``."""
    return "" if text and slugify(text) in UNKNOWN else text
