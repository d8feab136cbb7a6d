"""One row of a list as a person, or everything that is wrong with it. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from app.core.errors import Invalid
from app.core.text import fold, phone
from app.people.bulk.cells import or_nothing, plain
from app.people.domain import ADDRESSES, check_name

OLDEST = 1900
YOUNG, ELDERLY = (
    30,
    60,
)  # without a form of address: bạn below thirty; from sixty on ông or bà, where told
CALLED = {fold(address): address for address in ADDRESSES} | {"em": "bạn", "chau": "bạn"}
GENDERS = {"nam": "ông", "nu": "bà", "": "", "x": ""}
CODE = re.compile(r"(?:hs[\s.-]*(\d{1,9})|(\d{6}))", re.IGNORECASE | re.ASCII)
Check = Callable[[str], str]


@dataclass(frozen=True)
class RowError:
    """Why a row stays out: the code of a sentence, and where to mend it."""

    line: int
    column: str
    code: str
    values: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True)
class Row:
    """A person as the list has them; groups are still words. ``line`` counts as Excel does.

    Attributes:
        address: What they are called; ``said``: the list itself says so.
        code: ``HS-12`` or the six digits of a card; "" where the list has none.
    """

    line: int
    name: str
    birth_year: int | None
    adult: str
    khu: str
    to: str
    branch: str
    phone: str | None
    address: str
    said: bool = False
    code: str = ""


def code_of(person_id: int) -> str:
    """The number of a person as lists carry it; six digits alone would be a card's."""
    return f"HS-{person_id}"


def read_person(line: int, cells: Mapping[str, str], today: date, adult_age: int) -> Row | list[RowError]:
    """One row, or everything that is wrong with it at once."""
    errors: list[RowError] = []

    def take(column: str, check: Check, *, free: bool = False) -> str:
        try:
            return check(plain(cells.get(column, ""), free=free))
        except Invalid as error:
            values = tuple((k, v) for k, v in error.values.items() if k != "field")
            errors.append(RowError(line, column, error.code, values))
            return ""

    name, khu = take("name", check_name), take("khu", _check_khu)
    birth, number = take("birth", lambda text: check_birth(text, today)), take("phone", check_phone, free=True)
    address, gender = take("address", _check_address), take("gender", _check_gender)
    to, branch, code = take("to", or_nothing), take("branch", or_nothing), take("code", check_code)
    if errors:
        return errors
    year = int(birth[:4]) if birth else None
    adult = _adult(birth, today, adult_age)
    called = address or _called(year, gender, today)
    return Row(line, name, year, adult, khu, to, branch, number or None, called, bool(address), code)


def _called(year: int | None, gender: str, today: date) -> str:
    age = today.year - year if year is not None else YOUNG
    return "bạn" if age < YOUNG else gender if gender and age >= ELDERLY else "bác"


def _check_khu(text: str) -> str:
    if not text:
        raise Invalid("group_missing")
    return text


def check_birth(text: str, today: date) -> str:
    """A year or a day as offices write it → ISO year or day; empty, and what says that nobody knows, stays empty.

    ``1958``, ``15/3/1958``, ``3/1958``, ``00/00/1958``, ``1958-03-15``, ``1958.0``; ``không rõ``.

    Raises:
        Invalid: Anything else, or a day that nobody alive was born on.
    """
    text = re.sub(r"\s*([/.-])\s*", r"\1", or_nothing(text))
    if not text:
        return ""
    day = re.fullmatch(r"(?:(\d{1,2})[/.-])?(\d{1,2})[/.-](\d{4})", text, re.ASCII)
    if day:
        whole = day[1] and int(day[1]) and int(day[2])
        iso = f"{day[3]}-{day[2]:0>2}-{day[1]:0>2}" if whole else day[3]
        if not day[1] and int(day[2]) > 12:
            raise Invalid("birth_year")
    else:
        iso = re.sub(r"(\.0+|[T ]00:00(:00)?)$", "", text)
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


def check_phone(text: str) -> str:
    """``0912…``, ``+84 912…``, ``84-912.…``, ``(+84) 0912…`` or Excel's ``912345678.0`` → ``0912345678``.

    Raises:
        Invalid: No mobile number, or two in one cell.
    """
    text = or_nothing(text)
    if not text:
        return ""
    digits = re.sub(r"[\s.\-()'–]", "", re.sub(r"^(\d{9,11})\.0+$", r"\1", text)).replace("＋", "+")
    digits = re.sub(r"^(\+84|0084|84)0?(?=[35789]\d{8}$)", "0", digits)
    number = phone("0" + digits if re.fullmatch(r"[35789]\d{8}", digits, re.ASCII) else digits)  # Excel eats the zero
    if number is None or not number.isascii():
        raise Invalid("phone_shape")
    return number


def _check_address(text: str) -> str:
    if not text:
        return ""
    found = CALLED.get(fold(text))
    if found is None:
        raise Invalid("address_unknown", known=", ".join(ADDRESSES))
    return found


def _check_gender(text: str) -> str:
    found = GENDERS.get(fold(text))
    if found is None:
        raise Invalid("gender_unknown")
    return found


def check_code(text: str) -> str:
    """``hs 12`` → ``HS-12``; ``123 456`` → ``123456``.

    Raises:
        Invalid: Neither.
    """
    if not text:
        return ""
    match = CODE.fullmatch(text.strip()) or CODE.fullmatch("".join(text.split()))
    if match is None:
        raise Invalid("person_code_shape")
    return code_of(int(match[1])) if match[1] else match[2]
