"""The score sheet as a file: whoever has it recomputes the ranking by hand, or with this module alone. Pure."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from app.core.errors import Invalid
from app.documents.workbook import Sheet, Value
from app.people.bulk.cells import bare, guard
from app.standings.domain import group_score, places

COLUMNS = (
    ("cycle", "Kỳ"),
    ("slug", "Mã"),
    ("name", "Khu phố"),
    ("people", "Số dân (n)"),
    ("source", "Nguồn số dân"),
    ("as_of", "Ngày số dân"),
    ("counted", "Tự làm đạt (x)"),
    ("reached", "Đã học"),
    ("cushion", "Phần đệm (m)"),
    ("rate", "Tỷ lệ kỳ trước (p0)"),
    ("score", "Điểm"),
    ("place", "Hạng"),
)
NEAR = 1e-6  # a spreadsheet may have cut the last digits
NEEDED = ("cycle", "slug", "people", "counted", "cushion", "rate")


@dataclass(frozen=True)
class SheetRow:
    """One group's row. ``score`` and ``place`` are ``None`` while its population is unknown."""

    cycle: str
    slug: str
    name: str
    people: int
    source: str
    as_of: date | None
    counted: int
    reached: int
    cushion: int
    rate: float
    score: float | None
    place: int | None

    def cells(self) -> tuple[str, ...]:
        """As text, in the order of ``COLUMNS``; numbers in full, so that nothing is lost on the way."""
        values = [getattr(self, name) for name, _ in COLUMNS]
        return tuple("" if v is None else repr(v) if isinstance(v, float) else str(v) for v in values)


def as_csv(rows: Iterable[SheetRow]) -> str:
    """Comma-separated, with the mark by which spreadsheets know UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([heading for _, heading in COLUMNS])
    writer.writerows([[guard(cell) for cell in row.cells()] for row in rows])
    return "\ufeff" + out.getvalue()


def read_csv(text: str, cycle: str) -> list[SheetRow]:
    """The rows of one cycle from a sheet that was exported.

    Raises:
        Invalid: No such column, a cell that holds no number, or no row of that cycle.
    """
    lines = text.removeprefix("\ufeff").splitlines()
    delimiter = ";" if lines and lines[0].count(";") > lines[0].count(",") else ","
    names = {heading: name for name, heading in COLUMNS}
    reader = csv.reader(lines, delimiter=delimiter)
    head = [names.get(cell.strip(), "") for cell in next(reader, [])]
    for name, heading in COLUMNS:
        if name in NEEDED and name not in head:
            raise Invalid("sheet_column", column=heading)
    found = [_row(dict(zip(head, line, strict=False)), number) for number, line in enumerate(reader, 2) if line]
    rows = [row for row in found if row.cycle == cycle]
    if not rows:
        raise Invalid("sheet_cycle", period=cycle)
    return rows


def _row(cells: dict[str, str], number: int) -> SheetRow:
    def text(name: str) -> str:
        return bare(cells.get(name, "").strip())

    try:
        return SheetRow(
            cycle=text("cycle"),
            slug=text("slug"),
            name=text("name"),
            people=int(text("people")),
            source=text("source"),
            as_of=date.fromisoformat(text("as_of")) if text("as_of") else None,
            counted=int(text("counted")),
            reached=int(text("reached") or 0),
            cushion=int(text("cushion")),
            rate=_decimal(text("rate")),
            score=_decimal(text("score")) if text("score") else None,
            place=int(text("place")) if text("place") else None,
        )
    except ValueError:
        raise Invalid("sheet_number", row=number) from None


def _decimal(text: str) -> float:
    return float(text.replace(",", "."))  # a spreadsheet that speaks Vietnamese writes a comma


def recompute(rows: Iterable[SheetRow]) -> list[SheetRow]:
    """Score and place of every row from x, n, m and p0 alone, best first; those without a population at the end."""
    rows = sorted(rows, key=lambda row: row.slug)
    scored = [(group_score(r.counted, r.people, r.cushion, r.rate), r) for r in rows if r.people > 0]
    scored.sort(key=lambda pair: -pair[0])
    ranked = [
        _placed(row, score, place)
        for (score, row), place in zip(scored, places([score for score, _ in scored]), strict=True)
    ]
    return ranked + [_placed(row, None, None) for row in rows if row.people <= 0]


def _placed(row: SheetRow, score: float | None, place: int | None) -> SheetRow:
    return replace(row, score=score, place=place)


def differences(given: Iterable[SheetRow], computed: Iterable[SheetRow]) -> list[str]:
    """The slugs whose score or place, where the sheet says them, is not what the arithmetic gives."""
    right = {row.slug: row for row in computed}
    return sorted(row.slug for row in given if not _agree(row, right[row.slug]))


def _agree(given: SheetRow, right: SheetRow) -> bool:
    if given.score is None and given.place is None:
        return True
    if given.score is None or right.score is None:
        return False
    return abs(given.score - right.score) < NEAR and given.place == right.place


def as_sheet(rows: Iterable[SheetRow], cycle: str) -> Sheet:
    """The same for a workbook: numbers as numbers."""
    headings = [heading for _, heading in COLUMNS]
    return Sheet(f"Bảng điểm {cycle}", headings, [[_value(getattr(row, name)) for name, _ in COLUMNS] for row in rows])


def _value(value: str | int | float | date | None) -> Value:
    return value.isoformat() if isinstance(value, date) else value
