"""Bringing people of a list in, many at a time: a list of thousands must not hold up those who are learning. Steps."""

from datetime import datetime
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from app.core.text import fold, person_key
from app.people.bulk.known import Known
from app.people.bulk.planning import Placed
from app.people.models import Membership, Person


def add_people(session: Session, new: list[Placed], *, by: int, now: datetime) -> None:
    """Whoever is new belongs to their khu phố at once: the officer who brings the list vouches for it."""
    if not new:
        return
    statement = insert(Person).returning(Person.id, sort_by_parameter_order=True)
    ids = session.scalars(statement, [_person_row(placed, now) for placed in new]).all()
    rows = []
    for person_id, placed in zip(ids, new, strict=True):
        for kind, group_id in (("home", placed.home_id), ("branch", placed.branch_id)):
            if group_id is not None:
                rows.append(_membership_row(person_id, kind, group_id, by, now))
    session.execute(insert(Membership), rows)


def _person_row(placed: Placed, now: datetime) -> dict[str, Any]:
    row = placed.row
    return {
        **_name_columns(row.name),
        "address": row.address,
        "adult": row.adult,
        "birth_year": row.birth_year,
        "phone": row.phone,
        "import_key": placed.key,
        "created_at": now,
    }


def _name_columns(name: str) -> dict[str, Any]:
    return {"name": name, "folded": fold(name), "name_key": person_key(name)}


def _membership_row(person_id: int, kind: str, group_id: int, by: int | None, now: datetime) -> dict[str, Any]:
    return {
        "person_id": person_id,
        "kind": kind,
        "group_id": group_id,
        "started_at": now,
        "confirmed_at": now if by is not None else None,
        "confirmed_by": by,
    }


def change_person(session: Session, known: Known, values: dict[str, Any], *, by: int, now: datetime) -> None:
    """Write down what a row says otherwise. Who moves and was not confirmed yet goes on waiting for it."""
    columns = {key: value for key, value in values.items() if key not in ("home", "branch", "name")}
    if "name" in values:
        columns.update(_name_columns(values["name"]))
    if columns:
        session.execute(update(Person).where(Person.id == known.id).values(columns))
    for kind in ("home", "branch"):
        if kind in values and known.id is not None:
            ended = update(Membership).where(
                Membership.person_id == known.id, Membership.kind == kind, Membership.ended_at.is_(None)
            )
            session.execute(ended.values(ended_at=now))
            vouched = by if kind == "branch" or known.home_id is None or known.confirmed else None
            session.execute(insert(Membership), [_membership_row(known.id, kind, values[kind], vouched, now)])
