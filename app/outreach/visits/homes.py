"""How many homes of a place were visited: people who share a household or a phone number live in one."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.outreach.visits.models import Visit
from app.people.household.models import HouseholdMember
from app.people.models import Membership, Person


@dataclass(frozen=True)
class Living:
    """Someone with the ties that make a home, and whether a volunteer has been there."""

    person_id: int
    phone: str | None
    household_id: int | None
    visited: bool


@dataclass(frozen=True)
class Homes:
    """Homes with somebody on record, and those where somebody was visited."""

    known: int
    visited: int


def count_homes(people: Iterable[Living]) -> Homes:
    """Put together who shares a household or a number; a home was visited where one of its people was. Pure."""
    home_of: dict[tuple[str, object], int] = {}
    homes: dict[int, list[Living]] = {}
    for number, one in enumerate(people):
        ties: list[tuple[str, object]] = [("phone", one.phone)] if one.phone else []
        ties += [("household", one.household_id)] if one.household_id is not None else []
        joined = [one]
        for old in {home_of[tie] for tie in ties if tie in home_of}:
            joined += homes.pop(old)
        homes[number] = joined
        shared = [("phone", p.phone) for p in joined] + [("household", p.household_id) for p in joined]
        home_of |= {tie: number for tie in shared if tie[1]}
    return Homes(len(homes), sum(any(one.visited for one in home) for home in homes.values()))


def homes_of(session: Session, living: list[ColumnElement[bool]]) -> Homes:
    """The homes of those for whom these conditions on person and membership hold."""
    visited = select(Visit.id).where(Visit.person_id == Person.id).exists()
    query = (
        select(Person.id, Person.phone, HouseholdMember.household_id, visited)
        .join(Membership, Membership.person_id == Person.id)
        .outerjoin(HouseholdMember, (HouseholdMember.person_id == Person.id) & HouseholdMember.ended_at.is_(None))
        .where(*living)
    )
    return count_homes(Living(*row) for row in session.execute(query))
