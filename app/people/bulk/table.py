"""A list as it was sent: rows of text, whatever the file. Reading stays within limits, whoever made the file."""

import csv
import io
import re
from dataclasses import dataclass
from itertools import islice

from app.core.errors import Invalid
from app.core.text import slugify
from app.people.bulk import workbook
from app.people.bulk.limits import PLAIN, Limits

ZIP, OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"  # .xlsx; .xls, and any workbook behind a password
TELLING = {
    "ho-ten",
    "ho-va-ten",
    "ten",
    "khu-pho",
    "dia-chi",
    "nam-sinh",
    "stt",
    "tt",
    "so-tt",
    "ten-chi-doan",
    "chi-doan",
}


@dataclass(frozen=True)
class Table:
    """Rows as they lie in the file, empty ones too: row ``n`` is ``rows[n - 1]``, as Excel counts.

    Attributes:
        sheet: The sheet it was read from; "" for a text file.
    """

    rows: tuple[tuple[str, ...], ...]
    sheet: str = ""

    @property
    def width(self) -> int:
        """How many columns the longest row has."""
        return max((len(row) for row in self.rows), default=0)

    @property
    def filled(self) -> int:
        """How many rows hold anything."""
        return sum(any(cell.strip() for cell in row) for row in self.rows)


def read_table(data: bytes, limits: Limits = PLAIN) -> Table:
    """The rows of a file: Excel (.xlsx), or text with tabs, semicolons or commas in any usual encoding.

    Raises:
        Invalid: Too large, not such a file, or broken; one sentence, after reading no more than needed.
    """
    if not data:
        raise Invalid("file_missing", field="file")
    if len(data) > limits.size:
        raise Invalid("too_large", field="file")
    if data.startswith(OLD):
        raise Invalid("file_old", field="file")
    if data.startswith(ZIP):
        sheet, rows = workbook.read(data, limits, telling)
        return _checked(rows, limits, sheet)
    return _checked(_split(_decode(data), limits), limits, "")


def kept(table: Table) -> bytes:
    """The rows as UTF-8 text for the server's own keeping."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(table.rows)
    return out.getvalue().encode()


def unkept(data: bytes, sheet: str = "") -> Table:
    """What :func:`kept` wrote."""
    return Table(tuple(map(tuple, csv.reader(io.StringIO(data.decode(), newline="")))), sheet)


def telling(rows: list[list[str]]) -> int:
    """How much the first rows look like the headings of a list."""
    return max((sum(slugify(cell) in TELLING for cell in row) for row in rows[:20]), default=0)


def _checked(rows: list[list[str]], limits: Limits, sheet: str) -> Table:
    trimmed = []
    for row in rows:
        while row and not row[-1].strip():
            row.pop()
        trimmed.append(tuple(row))
    while trimmed and not trimmed[-1]:
        trimmed.pop()
    table = Table(tuple(trimmed), sheet)
    if not table.rows:
        raise Invalid("file_empty", field="file")
    if table.filled > limits.rows + limits.above:
        raise Invalid("file_rows", field="file", most=limits.rows)
    if table.width > limits.columns:
        raise Invalid("file_wide", field="file", most=limits.columns)
    return table


def _decode(data: bytes) -> str:
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1258"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text and (encoding != "cp1258" or _reads(text)):
            return re.sub(r"^sep=.\r?\n", "", text)
    raise Invalid("file_encoding", field="file")


def _reads(text: str) -> bool:
    """Whether an old code page gave Vietnamese: any bytes decode, so a heading must be among the words."""
    return telling([re.split("[\t;,]", line) for line in text.splitlines()[:20]]) > 0


def _split(text: str, limits: Limits) -> list[list[str]]:
    """The cells, parted at whichever sign gives headings, or else the most columns."""
    start = text[:20_000]
    signs = sorted(("\t", ";", ","), key=lambda sign: _fits(start, sign), reverse=True)
    for sign in signs:
        try:
            reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
            return list(islice(reader, limits.lines))
        except csv.Error:
            continue  # a quotation mark that never closes would swallow the rows after it
    raise Invalid("file_quotes", field="file")


def _fits(start: str, sign: str) -> tuple[int, int]:
    try:
        rows = list(islice(csv.reader(io.StringIO(start, newline=""), delimiter=sign), 20))
    except csv.Error:
        return (0, 0)
    return (telling(rows), max((len(row) for row in rows), default=0))
