"""One row of a list as a khu phố, a tổ or a chi đoàn, or everything that is wrong with it. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from app.core.errors import Invalid
from app.core.text import slugify
from app.groups.domain import check_adults, check_contact_phone, check_day, check_group_name, check_source
from app.people.bulk.cells import or_nothing, plain
from app.people.bulk.person_rows import RowError

KIND_WORDS = {
    "khu-pho": "khu_pho", "khu": "khu_pho", "khu-dan-cu": "khu_pho", "kp": "khu_pho",
    "to": "to", "to-dan-pho": "to", "to-dan": "to",
}  # fmt: skip
CONTACT_LENGTH = 80


@dataclass(frozen=True)
class GroupRow:
    """A group as the list has it. ``None`` and "" say nothing.

    Attributes:
        parent: The khu phố of a tổ, in words.
        as_of: The day of ``adults``; both are there, or neither.
    """

    line: int
    kind: str
    name: str
    parent: str = ""
    code: str = ""
    adults: int | None = None
    as_of: date | None = None
    source: str = ""
    contact_name: str = ""
    contact_phone: str = ""


def read_group(line: int, cells: Mapping[str, str], today: date, *, branches: bool) -> GroupRow | list[RowError]:
    """One row, or everything that is wrong with it at once."""
    errors: list[RowError] = []

    def take(column: str, check: Callable[[str], str], *, free: bool = False) -> str:
        try:
            return check(plain(cells.get(column, ""), free=free))
        except Invalid as error:
            values = tuple((k, v) for k, v in error.values.items() if k != "field")
            errors.append(RowError(line, column, error.code, values))
            return ""

    name, parent = take("name", check_group_name), take("parent", or_nothing)
    kind = "chi_doan" if branches else take("kind", lambda text: _check_kind(text, name, parent))
    if kind == "to" and not parent:
        errors.append(RowError(line, "parent", "group_parent"))
    adults = take("adults", lambda text: str(check_adults(text)) if or_nothing(text) else "")
    as_of = take("as_of", lambda text: check_day(text, today).isoformat() if adults else "")
    source = take("source", lambda text: check_source(text) if adults else "")
    contact, code = take("contact_name", lambda text: or_nothing(text)[:CONTACT_LENGTH]), take("code", slugify)
    phone = take("contact_phone", lambda text: _phone(or_nothing(text)), free=True)
    if errors:
        return errors
    counted = int(adults) if adults else None
    day = date.fromisoformat(as_of) if as_of else None
    return GroupRow(line, kind, name, parent if kind == "to" else "", code, counted, day, source, contact, phone)


def _check_kind(text: str, name: str, parent: str) -> str:
    """What the list says it is; else a tổ where a khu phố is named above it or its own name says so."""
    if text:
        kind = KIND_WORDS.get(slugify(text))
        if kind is None:
            raise Invalid("group_kind_word")
        return kind
    return "to" if parent or slugify(name).startswith(("to-", "tdp-")) else "khu_pho"


def _phone(text: str) -> str:
    digits = "".join(c for c in text if c.isdigit())
    eaten = len(digits) in (9, 10) and not digits.startswith(("0", "1", "84")) and text[:1] != "+"
    return check_contact_phone("0" + digits if eaten else text)  # Excel eats the zero
