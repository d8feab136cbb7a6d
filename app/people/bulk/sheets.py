"""Writing lists: no cell is ever a formula, whatever people are called."""

import csv
import io
from collections.abc import Iterable, Sequence

import xlsxwriter

from app.people.bulk.cells import guard

CELL = 32_000  # characters that a cell of a workbook holds
WIDTH = 22
TEXT_ONLY = {
    "in_memory": True, "constant_memory": True,
    "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip
Cells = Sequence[str | int]


def as_csv(headings: Sequence[str], rows: Iterable[Cells]) -> bytes:
    """UTF-8 with the mark that Excel wants; what would be a formula begins with an apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(headings)
    for row in rows:
        writer.writerow([guard(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(title: str, headings: Sequence[str], rows: Iterable[Cells]) -> bytes:
    """One sheet; words are written as words, so that nothing in them is computed."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, TEXT_ONLY) as book:
        sheet = book.add_worksheet(title[:31])
        bold, last = book.add_format({"bold": True}), 0
        sheet.set_column(0, max(len(headings) - 1, 0), WIDTH)
        sheet.freeze_panes(1, 0)
        for place, heading in enumerate(headings):
            sheet.write_string(0, place, heading[:CELL], bold)
        for last, row in enumerate(rows, 1):
            for place, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(last, place, cell)
                else:
                    sheet.write_string(last, place, cell[:CELL])
        sheet.autofilter(0, 0, last, max(len(headings) - 1, 0))
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    return file.getvalue()
