"""Names and addresses of collectives, and the lists that officers type. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.core.errors import Invalid
from app.core.text import clean, phone, slugify

NAME_LENGTH = 60
SOURCE_LENGTH = 120
MOST_PEOPLE = 1_000_000
LANDLINE = re.compile(r"02\d{8,9}|1[89]00\d{4,6}|1\d{2}")  # 0203…, 1900…, 156
KHU_PHO = re.compile(r"^(?:khu-pho|khu(?!-pho$)|kp)(?:-(?=.)|(?=\d))")  # also "KP5"


@dataclass(frozen=True)
class KhuPho:
    """One line of the list typed at set-up; ``adults`` is the population of the counted age, if known."""

    name: str
    adults: int | None


@dataclass(frozen=True)
class Population:
    """How many people of the counted age a group has, on whose word and when."""

    group_id: int
    adults: int
    as_of: date
    source: str


def slug_of(kind: str, name: str, parent_slug: str = "") -> str:
    """The word in the address: ``Khu phố 5`` → ``5``, ``Khu Đền Công 1`` → ``den-cong-1``.

    Chi đoàn begin with ``chi-doan-``, a tổ with its khu phố, so that kinds never collide.
    """
    plain = slugify(name)
    if kind == "khu_pho":
        return KHU_PHO.sub("", plain)
    if kind == "chi_doan":
        return "chi-doan-" + plain.removeprefix("chi-doan-")
    if kind == "to":
        return f"{parent_slug}-to-" + plain.removeprefix("to-dan-pho-").removeprefix("to-")
    return plain


def check_group_name(text: str, *, field: str = "name") -> str:
    """A name with at least a letter or a digit, in one spelling.

    Raises:
        Invalid: Empty or too long.
    """
    name = clean(text)
    if not slugify(name):
        raise Invalid("group_name_missing", field=field)
    if len(name) > NAME_LENGTH:
        raise Invalid("name_too_long", field=field, most=NAME_LENGTH)
    return name


def check_adults(text: str, *, field: str = "adults") -> int:
    """A head count as people write it: ``1.050``, ``1 050`` or ``1050``.

    Raises:
        Invalid: Not a whole number, or beyond any ward.
    """
    written = clean(text)
    plain = re.sub(r"(?<=\d)[. ](?=\d{3}(\D|$))", "", written)
    if not re.fullmatch(r"\d{1,7}", plain, re.ASCII) or int(plain) > MOST_PEOPLE:
        raise Invalid("population_shape", field=field)
    return int(plain)


def check_source(text: str, *, field: str = "source") -> str:
    """On whose word a figure stands.

    Raises:
        Invalid: Empty or too long.
    """
    source = clean(text)
    if not source:
        raise Invalid("source_missing", field=field)
    if len(source) > SOURCE_LENGTH:
        raise Invalid("name_too_long", field=field, most=SOURCE_LENGTH)
    return source


def check_day(text: str, today: date, *, field: str = "as_of") -> date:
    """A day as ``2026-11-24`` or ``24/11/2026``, not in the future.

    Raises:
        Invalid: Anything else.
    """
    written = clean(text)
    match = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", written, re.ASCII)
    iso = f"{match[3]}-{match[2]:0>2}-{match[1]:0>2}" if match else written
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        raise Invalid("day_shape", field=field) from None
    if day > today:
        raise Invalid("day_future", field=field)
    return day


def check_contact_phone(text: str, *, field: str = "phone") -> str:
    """A number that can be dialled: mobile, landline or hotline; empty means none.

    Raises:
        Invalid: Anything else.
    """
    digits = re.sub(r"[\s.\-()]", "", text)
    if not digits:
        return ""
    number = phone(digits) or (digits if LANDLINE.fullmatch(digits) else None)
    if number is None:
        raise Invalid("contact_phone", field=field)
    return number


def parse_khu_pho(text: str, *, field: str = "groups") -> list[KhuPho]:
    """The list typed at set-up, one khu phố a line: ``Khu phố 5; 1.050`` or the name alone.

    Raises:
        Invalid: No line, a name twice, a count that is none.
    """
    lines = [line for line in text.splitlines() if clean(line)]
    found = [_khu_pho(line, field) for line in lines]
    if not found:
        raise Invalid("groups_missing", field=field)
    check_distinct((one.name for one in found), field=field)
    return found


def _khu_pho(line: str, field: str) -> KhuPho:
    name, _, count = line.replace("\t", ";").partition(";")
    adults = check_adults(count, field=field) if clean(count) else None
    return KhuPho(check_group_name(name, field=field), adults)


def check_distinct(names: Iterable[str], *, field: str = "groups") -> None:
    """No two names that lead to the same address.

    Raises:
        Invalid: The second of such a pair.
    """
    seen: set[str] = set()
    for name in names:
        slug = slug_of("khu_pho", name)
        if slug in seen:
            raise Invalid("group_exists", field=field, name=name)
        seen.add(slug)


def match_key(kind: str, name: str) -> str:
    """What is the same in all spellings of lists: ``KP 5``, ``khu 5`` and ``Khu phố 5`` are one."""
    return slug_of(kind, name)
