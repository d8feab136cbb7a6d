"""Reading a list of people as an office saves it: CSV from Excel, headings in any spelling. Pure."""

import csv
import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from app.core.errors import Invalid
from app.core.text import clean, fold, phone, slugify
from app.people.domain import ADDRESSES, check_name

MOST_ROWS = 5000
MOST_BYTES = 5 * 1024 * 1024
HEADING_WITHIN = 10  # lists often begin with a title or two
CELL_LENGTH = 200
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
OLDEST = 1900
YOUNG = 30  # without a form of address: bạn below this age, else bác
HEADINGS = {
    "name": ("ho-ten", "ho-va-ten", "ten", "ten-goi", "ho-ten-day-du"),
    "surname": ("ho", "ho-dem", "ho-lot", "ho-va-dem", "ho-va-ten-dem", "ho-va-ten-lot"),
    "birth": ("nam-sinh", "ngay-sinh", "ngay-thang-nam-sinh", "sinh-nam"),
    "khu": ("khu-pho", "khu", "kp", "khu-dan-cu", "ten-khu-pho"),
    "to": ("to", "to-dan", "to-dan-pho"),
    "branch": ("chi-doan",),
    "phone": ("dien-thoai", "so-dien-thoai", "sdt", "so-dt", "dt", "di-dong", "so-di-dong"),
    "address": ("xung-ho", "cach-xung-ho"),
}
COLUMN_OF = {heading: column for column, headings in HEADINGS.items() for heading in headings}
REQUIRED = ("name", "khu")


@dataclass(frozen=True)
class RowError:
    """Why a row stays out: the code of a sentence, and where to mend it."""

    line: int
    column: str
    code: str
    values: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True)
class Row:
    """A person as the list has them; groups are still words. ``line`` counts as Excel does."""

    line: int
    name: str
    birth_year: int | None
    adult: str
    khu: str
    to: str
    branch: str
    phone: str | None
    address: str


@dataclass(frozen=True)
class Sheet:
    """What could be read, and what is wrong with the rest."""

    rows: tuple[Row, ...]
    errors: tuple[RowError, ...]

    @property
    def size(self) -> int:
        return len(self.rows) + len({error.line for error in self.errors})


def read_rows(data: bytes, today: date, *, adult_age: int = 16) -> Sheet:
    """The people of a file, and the rows that need mending.

    Args:
        today: The local day on which ages are counted.

    Raises:
        Invalid: The file as a whole cannot be read: too large, not text, without the columns.
    """
    records = _records(_decode(data))
    columns, first = _headings(records)
    body = [(n, r) for n, r in enumerate(records[first:], first + 1) if any(clean(c) for c in r)]
    if len(body) > MOST_ROWS:
        raise Invalid("file_rows", field="file", most=MOST_ROWS)
    rows, errors = [], []
    for line, record in body:
        cells = {column: " ".join(record[i] for i in at if i < len(record)) for column, at in columns.items()}
        row, found = _row(line, cells, today, adult_age)
        rows += [row] if row else []
        errors += found
    return Sheet(tuple(rows), tuple(errors))


def _decode(data: bytes) -> str:
    if not data:
        raise Invalid("file_missing", field="file")
    if len(data) > MOST_BYTES:
        raise Invalid("too_large", field="file")
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid("file_encoding", field="file") from None
    if "\x00" in text or data.startswith(b"PK\x03\x04"):
        raise Invalid("file_encoding", field="file")
    return re.sub(r"^sep=.\r?\n", "", text)


def _records(text: str) -> list[list[str]]:
    """The cells, split at whichever sign makes the most headings known."""
    choices = [_split(text, sign) for sign in ("\t", ";", ",")]
    found = [records for records in choices if records is not None]
    if not found:
        raise Invalid("file_quotes", field="file")
    return max(found, key=lambda records: max((len(_known(r)) for r in records[:HEADING_WITHIN]), default=0))


def _split(text: str, sign: str) -> list[list[str]] | None:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True))
    except csv.Error:
        return None  # a quotation mark that never closes would swallow the rows after it


def _known(record: Iterable[str]) -> dict[str, list[int]]:
    """Which column is where: ``{"name": [1, 2], …}``; family and given names may stand apart."""
    found: dict[str, list[int]] = {}
    for index, cell in enumerate(record):
        column = COLUMN_OF.get(slugify(clean(cell)))
        if column is not None and column not in found:
            found[column] = [index]
    if "surname" in found:
        found["name"] = [*found.pop("surname"), *found.get("name", [])]
    return found


def _headings(records: list[list[str]]) -> tuple[dict[str, list[int]], int]:
    tried = [_known(record) for record in records[:HEADING_WITHIN]]
    for index, columns in enumerate(tried):
        if all(column in columns for column in REQUIRED):
            return columns, index + 1
    best = max(tried, key=len, default={})
    missing = next(column for column in REQUIRED if column not in best)
    raise Invalid("file_columns", field="file", missing={"name": "họ tên", "khu": "khu phố"}[missing])


def _row(line: int, cells: dict[str, str], today: date, adult_age: int) -> tuple[Row | None, list[RowError]]:
    """One row, or everything that is wrong with it at once."""
    errors: list[RowError] = []

    def take(column: str, check: Callable[[str], str]) -> str:
        try:
            return check(_plain(cells.get(column, ""), column))
        except Invalid as error:
            values = tuple((k, v) for k, v in error.values.items() if k != "field")
            errors.append(RowError(line, column, error.code, values))
            return ""

    name, khu = take("name", check_name), take("khu", _check_khu)
    birth, number = take("birth", lambda text: _check_birth(text, today)), take("phone", _check_phone)
    address = take("address", _check_address)
    to, branch = take("to", str), take("branch", str)
    if errors:
        return None, errors
    year = int(birth[:4]) if birth else None
    address = address or ("bạn" if year is not None and today.year - year < YOUNG else "bác")
    adult = _adult(birth, today, adult_age)
    return Row(line, name, year, adult, khu, to, branch, number or None, address), []


def _plain(cell: str, column: str) -> str:
    text = clean(cell)
    if len(text) > CELL_LENGTH:
        raise Invalid("name_too_long", most=CELL_LENGTH)
    if column != "phone" and text.startswith(FORMULA):
        raise Invalid("cell_formula", sign=text[0])
    return text


def _check_khu(text: str) -> str:
    if not text:
        raise Invalid("group_missing")
    return text


def _check_birth(text: str, today: date) -> str:
    """``1958``, ``15/3/1958``, ``1958-03-15`` or Excel's ``1958.0`` → ISO year or day; empty stays empty."""
    if not text:
        return ""
    day = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text, re.ASCII)
    iso = f"{day[3]}-{day[2]:0>2}-{day[1]:0>2}" if day else re.sub(r"(\.0| 00:00:00)$", "", text)
    try:
        if not re.fullmatch(r"\d{4}(-\d\d-\d\d)?", iso, re.ASCII):
            raise ValueError(iso)
        born = date.fromisoformat(iso if len(iso) > 4 else f"{iso}-01-01")
    except ValueError:
        raise Invalid("birth_year") from None
    if not (born.year >= OLDEST and born <= today):
        raise Invalid("birth_year")
    return iso


def _adult(birth: str, today: date, age: int) -> str:
    """yes | no | unsaid; with the year alone, the year of the birthday itself is not known to be over."""
    if not birth:
        return "unsaid"
    if len(birth) == 4:
        years = today.year - int(birth)
        return "unsaid" if years == age else "yes" if years > age else "no"
    born = date.fromisoformat(birth)
    return "yes" if (today.year - born.year, today.month, today.day) >= (age, born.month, born.day) else "no"


def _check_phone(text: str) -> str:
    if not text:
        return ""
    digits = re.sub(r"[\s.\-()']", "", text)
    number = phone("0" + digits if re.fullmatch(r"[35789]\d{8}", digits) else digits)  # Excel eats the zero
    if number is None:
        raise Invalid("phone_shape")
    return number


def _check_address(text: str) -> str:
    words = {fold(address): address for address in ADDRESSES} | {"em": "bạn", "chau": "bạn"}
    if text and fold(text) not in words:
        raise Invalid("address_unknown", known=", ".join(ADDRESSES))
    return words.get(fold(text), "")
