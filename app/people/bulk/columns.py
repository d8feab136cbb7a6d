"""Which column of a list is which: guessed from headings in any spelling, corrected by the officer. Pure."""

import re
from collections.abc import Mapping as Known
from dataclasses import dataclass, replace

from app.core.errors import Invalid
from app.core.i18n import N_, say
from app.core.text import clean, slugify
from app.people.bulk.table import Table

WITHIN = 20  # lists often begin with the office's name, a title and a date
HEADING_LENGTH = 60
NUMBERING = re.compile(r"\(?(\d{1,2}|[A-Z])\)?")  # the row "A B 1 2 3" below the headings of official forms
BORN = ("nam-sinh", "ngay-sinh", "ngay-thang-nam-sinh", "sinh-nam", "ngay-thang-nam", "ns")


@dataclass(frozen=True)
class Field:
    """Something that a list can say.

    Attributes:
        label: What the officer reads.
        headings: How lists call it, folded and hyphenated.
        required: Without it no row can come in.
        joined: Several columns may be this one together.
        given: It can be said once for the whole list.
    """

    key: str
    label: str
    headings: tuple[str, ...]
    required: bool = False
    joined: bool = False
    given: bool = False


_CONTACT = (
    Field("contact_name", N_("người phụ trách"), (
        "nguoi-phu-trach", "nguoi-giup", "truong-khu", "khu-truong", "to-truong", "truong-khu-pho", "bi-thu",
        "phu-trach", "bi-thu-chi-doan", "ho-ten-bi-thu", "ho-ten-truong-khu", "nguoi-lien-he", "lien-he",
    )),
    Field("contact_phone", N_("điện thoại người phụ trách"), (
        "dien-thoai", "so-dien-thoai", "sdt", "so-dt", "dt", "di-dong", "dien-thoai-nguoi-phu-trach", "sdt-bi-thu",
        "dien-thoai-bi-thu", "so-lien-he",
    )),
)  # fmt: skip
FIELDS: Known[str, tuple[Field, ...]] = {
    "people": (
        Field("name", N_("họ tên"), (
            "ho-ten", "ho-va-ten", "ten", "ten-goi", "ho-ten-day-du", "ho-va-ten-khai-sinh", "ho-ten-nguoi-hoc",
            "hoten", "ho-va-ten-nguoi-hoc", "ho-ten-doan-vien", "ho-va-ten-doan-vien", "nguoi-hoc", "full-name", "name",
        ), required=True),
        Field("surname", N_("họ đệm"), (
            "ho", "ho-dem", "ho-lot", "ho-va-dem", "ho-va-ten-dem", "ho-va-ten-lot", "ho-chu-dem", "ho-va-chu-dem",
        )),
        Field("birth", N_("năm sinh"), (*BORN, *(f"{b}-{sex}" for b in BORN for sex in ("nam", "nu"))), joined=True),
        Field("khu", N_("khu phố"), (
            "khu-pho", "khu", "kp", "khu-dan-cu", "ten-khu-pho", "kdc", "khu-pho-noi-o", "thuoc-khu-pho",
            "khu-pho-cu-tru",
        ), required=True, given=True),
        Field("to", N_("tổ"), ("to", "to-dan", "to-dan-pho", "tdp", "thuoc-to")),
        Field("branch", N_("chi đoàn"), ("chi-doan", "ten-chi-doan", "sinh-hoat-chi-doan", "chi-doan-sinh-hoat")),
        Field("phone", N_("điện thoại"), (
            "dien-thoai", "so-dien-thoai", "sdt", "so-dt", "dt", "di-dong", "so-di-dong", "dien-thoai-di-dong", "phone",
            "so-dien-thoai-lien-he", "dien-thoai-lien-he", "so-lien-he", "lien-he", "zalo", "so-zalo",
        )),
        Field("address", N_("xưng hô"), ("xung-ho", "cach-xung-ho")),
        Field("gender", N_("giới tính"), ("gioi-tinh", "gt", "nam-nu", "phai")),
        Field("code", N_("mã"), ("ma", "ma-so", "ma-the", "ma-nguoi-hoc", "ma-hoc-so", "code")),
    ),
    "groups": (
        Field("name", N_("tên khu phố hoặc tổ"), (
            "ten", "khu-pho", "ten-khu-pho", "ten-khu", "khu", "ten-to", "khu-pho-to", "ten-khu-pho-to", "don-vi",
            "to-dan-pho",
        ), required=True),
        Field("kind", N_("loại"), ("loai", "loai-hinh", "cap")),
        Field("parent", N_("thuộc khu phố"), ("thuoc", "thuoc-khu-pho", "thuoc-khu", "truc-thuoc")),
        Field("adults", N_("số dân đủ tuổi được tính"), (
            "dan-tu-16-tuoi", "so-dan-tu-16-tuoi", "tu-16-tuoi", "so-nguoi-tu-16-tuoi", "dan-so-16", "so-dan", "dan-so",
            "nhan-khau-tu-16-tuoi", "nhan-khau", "so-nhan-khau", "so-nguoi",
        )),
        Field("as_of", N_("ngày của số liệu"), (
            "ngay-so-lieu", "ngay-cua-so-lieu", "tinh-den-ngay", "ngay", "tai-ngay",
        ), given=True),
        Field("source", N_("nguồn số liệu"), ("nguon", "nguon-so-lieu", "theo"), given=True),
        *_CONTACT,
        Field("code", N_("mã"), ("ma", "ma-so", "ma-khu-pho")),
    ),
    "branches": (
        Field("name", N_("tên chi đoàn"), ("chi-doan", "ten-chi-doan", "ten", "don-vi"), required=True),
        *_CONTACT,
        Field("code", N_("mã"), ("ma", "ma-so", "ma-chi-doan")),
    ),
}  # fmt: skip


def column_words(kind: str, key: str) -> str:
    """What a column is called where a row is wrong."""
    return next((say(field.label) for field in FIELDS[kind] if field.key == key), key)


@dataclass(frozen=True)
class Mapping:
    """How a list is to be read.

    Attributes:
        header: The row of the headings, counted from 1; 0 where there are none.
        columns: The key of a field for each column, "" for what is left aside.
        given: What holds for every row that says nothing itself, by field.
    """

    header: int
    columns: tuple[str, ...]
    given: tuple[tuple[str, str], ...] = ()

    def places(self) -> dict[str, list[int]]:
        """Where each field stands; names come in two columns at times, the family's first."""
        found: dict[str, list[int]] = {}
        for place, key in enumerate(self.columns):
            if key:
                found.setdefault(key, []).append(place)
        if "surname" in found:
            found["name"] = [*found.pop("surname"), *found.get("name", [])]
        return found


def labels(table: Table, header: int) -> list[str]:
    """The headings over each column; those in two rows are read together."""
    if not 0 < header <= len(table.rows):
        return [""] * table.width
    low = _padded(table, header)
    above = _carried(_padded(table, header - 1)) if header > 1 and _two_rows(table, header) else [""] * table.width
    return [clean(f"{a} {b}" if a != b else b)[:HEADING_LENGTH] for a, b in zip(above, low, strict=True)]


def _padded(table: Table, number: int) -> list[str]:
    row = list(table.rows[number - 1])
    return row + [""] * (table.width - len(row))


def _carried(row: list[str]) -> list[str]:
    """A merged cell holds its words at its left end."""
    found, last = [], ""
    for cell in row:
        last = cell if clean(cell) else last
        found.append(last)
    return found


def _two_rows(table: Table, header: int) -> bool:
    """Whether the row above belongs to the headings: it names columns where this one is empty."""
    upper, lower = _padded(table, header - 1), _padded(table, header)
    stand = [place for place, cell in enumerate(upper) if clean(cell)]
    return len(stand) > 2 and any(not clean(lower[place]) for place in stand) and any(map(clean, lower))


def guess(table: Table, kind: str, remembered: Known[str, str] | None = None) -> Mapping:
    """The reading that the headings suggest.

    Args:
        remembered: What officers of this ward chose before, by folded heading.
    """
    tried = [Mapping(0, ("",) * table.width)]
    for header in range(1, min(WITHIN, len(table.rows)) + 1):
        tried.append(guess_at(table, kind, header, remembered))
    best = max(tried, key=lambda one: (sum(map(bool, one.columns)), -one.header))
    return best if any(best.columns) else tried[0]


def guess_at(table: Table, kind: str, header: int, remembered: Known[str, str] | None = None) -> Mapping:
    """The same with the row of the headings said."""
    if not 0 < header <= len(table.rows):
        return Mapping(0, ("",) * table.width)
    columns = _columns(labels(table, header), kind, remembered or {})
    return Mapping(header, _one_heading_two_columns(table, header, columns))


def _one_heading_two_columns(table: Table, header: int, columns: tuple[str, ...]) -> tuple[str, ...]:
    """``Họ và tên`` over two columns, family name and given name: a merged cell has its words on the left alone."""
    place = columns.index("name") if "name" in columns else len(columns)
    if "surname" in columns or place + 1 >= len(columns) or columns[place + 1] or _padded(table, header)[place + 1]:
        return columns
    below = [row for row in table.rows[header : header + WITHIN] if len(row) > place and clean(row[place])]
    both = sum(1 for row in below if len(row) > place + 1 and clean(row[place + 1]))
    if not below or 2 * both < len(below):
        return columns
    return (*columns[:place], "surname", "name", *columns[place + 2 :])


def _columns(headings: list[str], kind: str, remembered: Known[str, str]) -> tuple[str, ...]:
    fields = FIELDS[kind]
    known = {heading: field.key for field in fields for heading in field.headings}
    joined = {field.key for field in fields if field.joined}
    found: list[str] = []
    for heading in (re.sub(r"\d+-tuoi", "16-tuoi", slugify(one)) for one in headings):
        key = remembered[heading] if heading in remembered else known.get(heading, _inside(heading, known))
        found.append(key if key in joined or key not in found else "")
    return tuple(found)


def _inside(heading: str, known: Known[str, str]) -> str:
    """``số điện thoại (nếu có)``: the longest known heading that this one begins with, three words or more."""
    near = [one for one in known if one.count("-") and heading.startswith(f"{one}-")]
    return known[max(near, key=len)] if near and len(heading) < HEADING_LENGTH else ""


def check_mapping(mapping: Mapping, table: Table, kind: str) -> Mapping:
    """The same, once it can be used: known fields, none twice, nothing needed missing.

    Raises:
        Invalid: It cannot; ``field`` is ``columns``.
    """
    fields = {field.key: field for field in FIELDS[kind]}
    columns = (mapping.columns + ("",) * table.width)[: table.width]
    for key in {key for key in columns if key}:
        if key not in fields:
            raise Invalid("not_found", field="columns")
        if columns.count(key) > 1 and not fields[key].joined:
            raise Invalid("column_twice", field="columns", column=say(fields[key].label))
    given = dict(mapping.given)
    for field in FIELDS[kind]:
        if field.required and field.key not in columns and not given.get(field.key):
            raise Invalid("file_columns", field="columns", missing=say(field.label))
    return replace(mapping, header=min(max(mapping.header, 0), len(table.rows)), columns=columns)


def records(table: Table, mapping: Mapping) -> list[tuple[int, dict[str, str]]]:
    """The rows below the headings in which a column that counts holds something: line and cells by field."""
    places, given, found = mapping.places(), dict(mapping.given), []
    for line, row in enumerate(table.rows[mapping.header :], mapping.header + 1):
        cells = {key: " ".join(row[i] for i in at if i < len(row) and row[i]) for key, at in places.items()}
        if not any(cell.strip() for cell in cells.values()) or (line == mapping.header + 1 and _numbers(row)):
            continue
        found.append((line, {**given, **{key: cell for key, cell in cells.items() if cell.strip()}}))
    return found


def _numbers(row: tuple[str, ...]) -> bool:
    cells = [cell.strip() for cell in row if cell.strip()]
    return len(cells) > 2 and all(NUMBERING.fullmatch(cell) for cell in cells)
