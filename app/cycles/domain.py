"""The calendar of cycles: bounds, names and the order of states. Pure."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from app.core.calendar import local_date, start_of
from app.core.errors import Conflict, Invalid

KINDS = ("month", "quarter", "year", "campaign")
STATES = (
    "draft", "open", "frozen", "review", "posted", "signed", "announced", "archived",
    "returned", "withdrawn", "revoked", "restated",
)  # fmt: skip
NEXT = {
    "draft": ("open", "withdrawn"),
    "open": ("frozen", "withdrawn"),
    "frozen": ("review", "withdrawn"),
    "review": ("posted", "signed", "returned", "withdrawn"),
    "posted": ("signed", "returned", "withdrawn"),
    "returned": ("review", "withdrawn"),
    "signed": ("announced", "returned", "withdrawn"),
    "announced": ("archived", "revoked", "restated"),
    "restated": ("announced", "revoked"),
    "archived": ("restated", "revoked"),
    "withdrawn": (),
    "revoked": (),
}
CLOSED = ("announced", "archived", "restated")


@dataclass(frozen=True)
class Bounds:
    """A half-open interval ``[starts_at, ends_at)``, in UTC, with its written name."""

    period: str
    kind: str
    starts_at: datetime
    ends_at: datetime


def month_of(moment: datetime) -> Bounds:
    """The month that a moment falls in, on the ward's calendar."""
    day = local_date(moment)
    return month(f"{day.year:04d}-{day.month:02d}")


def month(period: str) -> Bounds:
    """The bounds of a month written ``2026-10``.

    Raises:
        Invalid: Not a month.
    """
    found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", period)
    if not found:
        raise Invalid("period_shape", period=period)
    year, number = int(found[1]), int(found[2])
    following = date(year + number // 12, number % 12 + 1, 1)
    return Bounds(period, "month", start_of(date(year, number, 1)), start_of(following))


def before(bounds: Bounds) -> Bounds:
    """The month before a month."""
    year, number = map(int, bounds.period.split("-"))
    return month(f"{year - (number == 1):04d}-{(number - 2) % 12 + 1:02d}")


def step(state: str, to: str) -> str:
    """The next state, if the order allows it.

    Raises:
        Conflict: It does not.
    """
    if to not in NEXT[state]:
        raise Conflict("cycle_state", state=state, to=to)
    return to
