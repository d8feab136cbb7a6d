"""Leagues by size: groups of about as many people stand against each other, under the same score."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.groups.settings import league_of, league_ranges
from app.standings.domain import places
from app.standings.queries import Standing, Table


@dataclass(frozen=True)
class League:
    """Groups from ``least`` to ``most`` people, both included (``None``: no end), placed among themselves."""

    least: int | None
    most: int | None
    table: Table


def leagues(table: Table, boundaries: Sequence[int]) -> list[League]:
    """The table once more, league by league, the smallest groups' first; a league without any group is left out.

    Args:
        boundaries: As the cycle froze them; none make one league of all.
    """
    found = []
    for number, (least, most) in enumerate(league_ranges(boundaries)):
        rows = [row for row in table.rows if row.people > 0 and league_of(row.people, boundaries) == number]
        if rows:
            found.append(League(least, most, replace(table, rows=tuple(_placed(rows)))))
    return found


def _placed(rows: Sequence[Standing]) -> list[Standing]:
    """Rows in the order of their score, with their places among each other."""
    place = places([row.score or 0 for row in rows])
    return [replace(row, place=one, tied=place.count(one) > 1) for row, one in zip(rows, place, strict=True)]
