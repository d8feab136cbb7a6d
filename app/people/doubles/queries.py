"""Reading merges: which numbers are one human's."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.people.doubles.models import Merge


def numbers_of(session: Session, person_id: int) -> set[int]:
    """Every number that is this human's: one's own, those merged into it, and the one it was merged into."""
    found = {person_id}
    while True:
        query = select(Merge.kept_id, Merge.gone_id).where(
            Merge.undone_at.is_(None), Merge.kept_id.in_(found) | Merge.gone_id.in_(found)
        )
        more = {one for row in session.execute(query) for one in row} - found
        if not more:
            return found
        found |= more


def final_ids(session: Session, person_ids: Collection[int]) -> dict[int, int]:
    """For those who were merged into another: the one who goes on. Everyone else is missing."""
    rows = session.execute(select(Merge.gone_id, Merge.kept_id).where(Merge.undone_at.is_(None))).all()
    onwards: dict[int, int] = dict(rows)
    return {one: follow(onwards, one) for one in person_ids if one in onwards}


def follow(onwards: dict[int, int], one: int) -> int:
    """The end of a chain of merges; a merge of one who is gone is refused, so that there is no circle."""
    while one in onwards:
        one = onwards[one]
    return one


def merged_keys(session: Session, keys: Collection[str]) -> set[str]:
    """Which of these keys of a list belong to a record that was merged into another."""
    query = select(Merge.import_key).where(Merge.import_key.in_(keys), Merge.undone_at.is_(None))
    return {key for key in session.scalars(query) if key is not None}
