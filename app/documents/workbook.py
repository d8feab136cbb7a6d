"""Plain tables as an XLSX workbook. Text in a cell is text: never a formula, never a link."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

CELL = 32_000  # characters that a cell holds
WIDTH = 24
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
Value = str | int | float | None


@dataclass(frozen=True)
class Sheet:
    """One sheet: its title, a bold first row (none where empty), and the rows below."""

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Value]]


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """The file's bytes. Numbers stay numbers, everything else is written as text."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        bold = book.add_format({"bold": True})
        for sheet in sheets:
            _write(book.add_worksheet(_name(sheet.title)), sheet, bold)
    return file.getvalue()


def _write(page: Any, sheet: Sheet, bold: Any) -> None:
    for place, heading in enumerate(sheet.headings):
        page.write_string(0, place, heading, bold)
    start = 1 if sheet.headings else 0
    for number, row in enumerate(sheet.rows, start):
        for place, value in enumerate(row):
            if isinstance(value, int | float) and not isinstance(value, bool):
                page.write_number(number, place, value)
            elif value is not None:
                page.write_string(number, place, str(value)[:CELL])
    page.set_column(0, 15, WIDTH)
    if start:
        page.freeze_panes(1, 0)


def _name(title: str) -> str:
    """At most 31 characters and none of those that workbooks refuse."""
    return "".join(" " if c in "[]:*?/\\'" else c for c in title)[:31].strip()
