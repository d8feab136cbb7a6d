"""Reading .xlsx: what is in it is counted part by part, unzipped piece by piece, before anything is built from it."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO
from xml.parsers import expat

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from app.core.errors import Invalid
from app.people.bulk.cells import text_of
from app.people.bulk.limits import Limits

PIECE = 64 * 1024
MOST_PARTS = 1000
PLACE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
Score = Callable[[list[list[str]]], int]


def read(data: bytes, limits: Limits, score: Score) -> tuple[str, list[list[str]]]:
    """The visible sheet that looks most like a list: its name, and its rows from the first on.

    Raises:
        Invalid: Not a workbook, or more in it than the limits allow.
    """
    try:
        _measure(data, limits)
        return _best(data, limits, score)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, expat.ExpatError):
        raise Invalid("file_broken", field="file") from None
    except (CalamineError, OSError, ValueError):
        raise Invalid("file_broken", field="file") from None


def _measure(data: bytes, limits: Limits) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        infos = parts.infolist()
        if not any(Path(info.filename).name == "workbook.xml" for info in infos):
            raise Invalid("file_kind", field="file")
        if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > limits.unzipped:
            raise Invalid("file_unzipped", field="file", most=limits.rows, mb=limits.unzipped // 2**20)
        left = limits.unzipped
        for info in infos:
            with parts.open(info) as part:
                left -= _scan(part, left, limits)


def _scan(part: IO[bytes], left: int, limits: Limits) -> int:
    """The true size of a part, whatever its header says; the cells in it are counted on the way."""
    size, counter = 0, _Counter(limits)
    parser: expat.XMLParserType | None = None
    while piece := part.read(PIECE):
        if not size and piece.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")[:1] == b"<":
            parser = counter.parser()
        size += len(piece)
        if size > left:
            raise Invalid("file_unzipped", field="file", most=limits.rows, mb=limits.unzipped // 2**20)
        if parser is not None:
            parser.Parse(piece, False)
    if parser is not None:
        parser.Parse(b"", True)
    return size


class _Counter:
    """Counts rows that hold a value, and the rectangle around all values."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.rows, self.row, self.column, self.counted = 0, 0, 0, 0
        self.low, self.high = (10**9, 10**9), (0, 0)

    def parser(self) -> "expat.XMLParserType":
        parser = expat.ParserCreate()
        parser.StartElementHandler = self.start
        parser.StartDoctypeDeclHandler = self.refuse
        return parser

    def refuse(self, *_: object) -> None:
        raise Invalid("file_broken", field="file")  # no office writes a DTD; entities multiply

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "row":
            written = attributes.get("r", "")
            self.row = int(written) if written.isascii() and written.isdigit() else self.row + 1
            self.column = 0
        elif tag == "c":
            place = PLACE.fullmatch(attributes.get("r", ""))
            if place:
                self.column, self.row = _number(place[1]), int(place[2])
            else:
                self.column += 1
        elif tag in ("v", "is") and self.column:
            self.value()

    def value(self) -> None:
        if self.row != self.counted:
            self.counted = self.row
            self.rows += 1
        self.low = (min(self.low[0], self.row), min(self.low[1], self.column))
        self.high = (max(self.high[0], self.row), max(self.high[1], self.column))
        if self.rows > self.limits.rows + self.limits.above:
            raise Invalid("file_rows", field="file", most=self.limits.rows)
        if (self.high[0] - self.low[0] + 1) * (self.high[1] - self.low[1] + 1) > self.limits.area:
            raise Invalid("file_wide", field="file", most=self.limits.columns)
        if self.high[0] > self.limits.area:
            raise Invalid("file_rows", field="file", most=self.limits.rows)


def _number(letters: str) -> int:
    found = 0
    for letter in letters:
        found = found * 26 + ord(letter) - 64
    return found


def _best(data: bytes, limits: Limits, score: Score) -> tuple[str, list[list[str]]]:
    found: list[tuple[int, int, str, list[list[str]]]] = []
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for place, sheet in enumerate(book.sheets_metadata):
            if sheet.visible == SheetVisibleEnum.Visible:
                cells = book.get_sheet_by_index(place)
                rows = _rows(cells, limits) if cells.height else []
                if rows:
                    found.append((score(rows), -place, sheet.name, rows))
    if not found:
        raise Invalid("file_empty", field="file")
    *_, name, rows = max(found, key=lambda one: one[:2])
    return name, rows


def _rows(sheet: CalamineSheet, limits: Limits) -> list[list[str]]:
    """From row and column 1 on, as Excel shows them; empty rows keep their numbers."""
    above, before = sheet.start or (0, 0)
    if above > limits.lines or before > limits.columns:
        raise Invalid("file_wide", field="file", most=limits.columns)
    rows = sheet.to_python(skip_empty_area=True)
    return [[] for _ in range(above)] + [[""] * before + [text_of(cell) for cell in row] for row in rows]
