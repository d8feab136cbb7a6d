"""What officers may set for the whole ward: the shape of each value, and what a league is. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.core.errors import Invalid
from app.core.text import clean
from app.groups.domain import check_contact_phone

TEXT_LENGTH = 80
MOST_LEAGUES = 5
LARGEST = 1_000_000
NUMBER_PLACE = "{so}"  # where the running number stands in the scheme of documents
Value = str | int | float


@dataclass(frozen=True)
class Setting:
    """One column of the ward that an officer may change.

    Attributes:
        name: The column, and the field of the form.
        part: The form that it stands in.
        kind: text | scheme | phone | number | percent | leagues.
        least: The smallest number; for a text, 1 where it may not be empty.
        most: The largest number.
        counts: Whether cycles that are open keep what they opened with.
        private: Whether it may hold somebody's name or number: the trail then tells that it changed, not to what.
    """

    name: str
    part: str
    kind: str = "number"
    least: int = 0
    most: int = 0
    counts: bool = False
    private: bool = False


PARTS = ("don-vi", "tinh-diem", "thoi-han", "tro-giup")
SETTINGS = (
    Setting("unit", "don-vi", "text", least=1),
    Setting("superior", "don-vi", "text"),
    Setting("name", "don-vi", "text", least=1),
    Setting("place", "don-vi", "text"),
    Setting("number_scheme", "don-vi", "scheme"),
    Setting("sign_title", "don-vi", "text"),
    Setting("sign_post", "don-vi", "text"),
    Setting("adult_age", "tinh-diem", least=16, most=30, counts=True),
    Setting("cushion", "tinh-diem", least=10, most=1000, counts=True),
    Setting("first_rate", "tinh-diem", "percent", least=1, most=90, counts=True),
    Setting("points_cap", "tinh-diem", least=50, most=10_000, counts=True),
    Setting("leagues", "tinh-diem", "leagues", counts=True),
    Setting("comment_days", "thoi-han", least=1, most=30, counts=True),
    Setting("look_one_in", "thoi-han", least=2, most=50, counts=True),
    Setting("help_wait_days", "thoi-han", least=1, most=14),
    Setting("help_hold_days", "thoi-han", least=1, most=14),
    Setting("help_keep_months", "thoi-han", least=1, most=24),
    Setting("name_months", "thoi-han", least=1, most=600),
    Setting("keep_months", "thoi-han", least=1, most=600),
    Setting("ack_days", "thoi-han", least=1, most=30),
    Setting("answer_days", "thoi-han", least=1, most=90),
    Setting("help_name", "tro-giup", "text", private=True),
    Setting("help_phone", "tro-giup", "phone", private=True),
    Setting("help_hours", "tro-giup", "text"),
)
BY_NAME = {one.name: one for one in SETTINGS}


def check_part(part: str, typed: Mapping[str, str]) -> dict[str, Value]:
    """The values of one form, as they are kept.

    Raises:
        Invalid: No such form, or a value that does not fit; ``field`` says which.
    """
    if part not in PARTS:
        raise Invalid("setting_part")
    return {one.name: check_setting(one, typed.get(one.name, "")) for one in SETTINGS if one.part == part}


def check_setting(one: Setting, text: str) -> Value:
    """One value as it is kept.

    Raises:
        Invalid: It does not fit; the code is the setting's own sentence.
    """
    written = clean(text)
    if one.kind == "phone":
        return check_contact_phone(written, field=one.name)
    if one.kind == "leagues":
        return join_leagues(parse_leagues(written, field=one.name))
    if one.kind == "percent":
        return _number(one, written, percent=True) / 100
    if one.kind == "number":
        return int(_number(one, written, percent=False))
    if len(written) > TEXT_LENGTH:
        raise Invalid("setting_long", field=one.name, most=TEXT_LENGTH)
    if one.least and not written:
        raise Invalid(f"{'ward' if one.name == 'name' else one.name}_missing", field=one.name)
    if one.kind == "scheme" and NUMBER_PLACE not in written:
        raise Invalid("setting_scheme", field=one.name, place=NUMBER_PLACE)
    return written


def _number(one: Setting, written: str, *, percent: bool) -> float:
    plain = written.removesuffix("%").strip() if percent else re.sub(r"(?<=\d)[. ](?=\d{3}(\D|$))", "", written)
    shape = r"\d{1,3}([.,]\d)?" if percent else r"\d{1,7}"
    if not re.fullmatch(shape, plain, re.ASCII):
        raise Invalid(f"setting_{one.name}", field=one.name, least=one.least, most=one.most)
    value = float(plain.replace(",", "."))
    if not one.least <= value <= one.most:
        raise Invalid(f"setting_{one.name}", field=one.name, least=one.least, most=one.most)
    return value


def parse_leagues(text: str, *, field: str = "leagues") -> tuple[int, ...]:
    """Boundaries by population as people write them: ``300, 700`` or ``300 · 1.200``; nothing: one league for all.

    Raises:
        Invalid: No whole numbers, not in growing order, or too many.
    """
    pieces = [re.sub(r"(?<=\d)\.(?=\d{3}$)", "", one) for one in re.split(r"[;,\s·–-]+", text) if one]
    if not all(re.fullmatch(r"\d{1,7}", one, re.ASCII) for one in pieces):
        raise Invalid("setting_leagues", field=field, most=MOST_LEAGUES - 1)
    found = tuple(int(one) for one in pieces)
    growing = all(a < b for a, b in pairwise(found)) and (not found or found[0] > 0)
    if not growing or len(found) >= MOST_LEAGUES or any(one > LARGEST for one in found):
        raise Invalid("setting_leagues", field=field, most=MOST_LEAGUES - 1)
    return found


def join_leagues(boundaries: Sequence[int]) -> str:
    """As the ward and each cycle keep them: ``300,700``."""
    return ",".join(str(one) for one in boundaries)


def league_of(population: int, boundaries: Sequence[int]) -> int:
    """Which league a group of this size plays in, the smallest groups' being 0.

    Args:
        population: People of the counted age, as frozen with the cycle.
        boundaries: ``(300, 700)`` makes three: below 300, 300 to 700, above 700. None make one.
    """
    if not boundaries or population < boundaries[0]:
        return 0
    return 1 + sum(population > one for one in boundaries[1:])


def league_ranges(boundaries: Sequence[int]) -> list[tuple[int | None, int | None]]:
    """Each league's smallest and largest population, both included; ``None`` where there is no end."""
    if not boundaries:
        return [(None, None)]
    starts = [None, boundaries[0], *(one + 1 for one in boundaries[1:])]
    ends = [boundaries[0] - 1, *boundaries[1:], None]
    return list(zip(starts, ends, strict=True))
