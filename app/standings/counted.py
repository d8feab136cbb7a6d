"""Whom an entry of the ledger is for, and where it counts."""

from dataclasses import dataclass

from app.standings.models import PersonCycle


@dataclass(frozen=True)
class Counted:
    """Whom an entry is for, and where it counts.

    Attributes:
        also: Other numbers that count for this person in the cycle.
        points: The sum so far, where nothing but points and passes can change any more.
    """

    person_id: int
    adult: bool
    group_id: int | None
    branch_id: int | None
    also: tuple[int, ...] = ()
    points: int | None = None


def settled(row: PersonCycle | None) -> Counted | None:
    """A person whose groups and age are known in a cycle, by the row of their sums; ``None`` while they are not."""
    if row is None or not row.adult or row.group_id is None:
        return None
    return Counted(row.person_id, True, row.group_id, row.branch_id, points=row.points)
