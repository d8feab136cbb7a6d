"""Rules of two records that may be one person's. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.core.text import fold
from app.people.domain import CHOICES, GIVERS, PURPOSES, ConsentGiven, in_force

UNDO = timedelta(days=30)
REASONS = ("khu", "phone", "year")  # same name in one khu phố; one phone number; same name and year of birth


@dataclass(frozen=True)
class Record:
    """What two records are compared by."""

    id: int
    folded: str
    khu_id: int | None
    phone: str | None
    birth_year: int | None


def likeness(one: Record, other: Record) -> frozenset[str]:
    """Why two records may be one person's; empty where nothing says so.

    Two years of birth that differ say that they are two: names are shared by many.
    """
    same_name = one.folded == other.folded
    years = {year for year in (one.birth_year, other.birth_year) if year is not None}
    found = set()
    if same_name and len(years) < 2 and one.khu_id is not None and one.khu_id == other.khu_id:
        found.add("khu")
    if same_name and one.birth_year is not None and one.birth_year == other.birth_year:
        found.add("year")
    if one.phone and one.phone == other.phone:
        found.add("phone")
    return frozenset(found)


def weight(one: Record, other: Record, reasons: Iterable[str]) -> int:
    """For sorting: the likeliest first. A phone that a family shares says little by itself."""
    worth = {"khu": 3, "year": 3, "phone": 1}
    given = fold(one.folded).split()[-1:] == fold(other.folded).split()[-1:]
    return sum(worth[reason] for reason in reasons) + given


def narrower(
    kept: Iterable[ConsentGiven], gone: Iterable[ConsentGiven]
) -> list[tuple[str, str, str, str | None, datetime]]:
    """What the second record's answers change for the first: only what is later and allows less.

    "Not asked" allows nothing already: a yes that stands under the other number is not carried over, one asks again.

    Returns:
        Purpose, giver, the choice that holds from now on, the one before (``None``: not asked), when it was given.
    """
    known, others = list(kept), list(gone)
    found = []
    for purpose in PURPOSES:
        for giver in GIVERS:
            mine, theirs = in_force(known, purpose, giver), in_force(others, purpose, giver)
            if theirs is None or (mine is None and theirs != "no"):
                continue
            if mine is not None and CHOICES.index(theirs) <= CHOICES.index(mine):
                continue
            if mine is None or _when(others, purpose, giver) > _when(known, purpose, giver):
                found.append((purpose, giver, theirs, mine, _when(others, purpose, giver)))
    return found


def _when(consents: Iterable[ConsentGiven], purpose: str, giver: str) -> datetime:
    return max(c.given_at for c in consents if c.purpose == purpose and c.giver == giver)
