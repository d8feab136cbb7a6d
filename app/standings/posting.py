"""One entry of the ledger and the sums that move with it: the person's row first, then the group's."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Integer, bindparam, select, update
from sqlalchemy.orm import Session

from app.core.calendar import local_date
from app.core.db import insert_for
from app.cycles.models import Cycle
from app.standings.counted import Counted
from app.standings.domain import is_counted, is_reached, own_source
from app.standings.models import GroupCycle, LedgerEntry, PersonCycle
from app.standings.queries import population_on


@dataclass(frozen=True)
class New:
    """What an entry says besides whom it is for."""

    kind: str
    how: str
    quiz_id: str | None
    points: int
    source: str
    at: datetime


def post(session: Session, cycle: Cycle, who: Counted, new: New) -> int | None:
    """Insert one entry and move the rollups; ``None`` when the source was posted before."""
    if who.points is not None:
        return _post_settled(session, cycle, who, who.points, new)
    row = _lock_person(session, cycle.id, who.person_id)
    if who.also and _posted_under_another(session, who, new.source):
        return None
    granted = min(new.points, max(0, cycle.points_cap - row.points))
    if not _enter(session, cycle, who, replace(new, points=granted)):
        return None
    _move_rollups(session, row, who, replace(new, points=granted))
    return granted


def _enter(session: Session, cycle: Cycle, who: Counted, new: New) -> bool:
    """Whether the entry is new: its source is unique."""
    where = {"person_id": who.person_id, "adult": who.adult, "group_id": who.group_id, "branch_id": who.branch_id}
    values = asdict(new) | where | {"cycle_id": cycle.id}
    return session.execute(_entry_once(insert_for(session)), values).first() is not None


@cache
def _entry_once(insert: Any) -> Any:
    """Posted with every answer, so put together once for each kind of database."""
    table = LedgerEntry.__table__
    return insert(table).on_conflict_do_nothing(index_elements=["source"]).returning(table.c.id)


@cache
def _add_up_to_cap() -> Any:
    """Points and passes of one person in a cycle grow, if the points stay within the cap."""
    table: Any = PersonCycle.__table__
    row = table.c
    return (
        update(table)
        .where(row.cycle_id == bindparam("cycle"), row.person_id == bindparam("person"))
        .where(row.points + bindparam("granted", type_=Integer) <= bindparam("cap"))
        .values(
            points=row.points + bindparam("granted", type_=Integer),
            passes=row.passes + bindparam("alone", type_=Integer),
            helped=row.helped + bindparam("with_help", type_=Integer),
        )
        .returning(row.passes, row.helped)
    )


def _post_settled(session: Session, cycle: Cycle, who: Counted, points: int, new: New) -> int | None:
    """The same where only points and passes move: two statements, nothing is held before the entry is in.

    Args:
        points: The person's sum as it was read; another device may have moved it since.
    """
    granted = min(new.points, max(0, cycle.points_cap - points))
    if not _enter(session, cycle, who, replace(new, points=granted)):
        return None
    alone = int(new.kind == "pass" and new.how == "independent")
    helped = int(new.kind == "pass") - alone
    if not (granted or alone or helped):
        return granted
    asked = {"cycle": cycle.id, "person": who.person_id, "cap": cycle.points_cap}
    grown = {"granted": granted, "alone": alone, "with_help": helped}
    moved = session.execute(_add_up_to_cap(), asked | grown).first()
    if moved is None:  # the other device left less room below the cap
        row = _lock_person(session, cycle.id, who.person_id)
        granted = min(new.points, max(0, cycle.points_cap - row.points))
        session.execute(update(LedgerEntry).where(LedgerEntry.source == new.source).values(points=granted))
        _move_rollups(session, row, who, replace(new, points=granted))
        return granted
    counted = int(alone and moved.passes == alone)
    reached = int(moved.passes + moved.helped == alone + helped)
    if new.kind == "pass" and (counted or reached):
        _move_group(session, cycle.id, who.group_id, counted, reached, new.at)
    return granted


def _posted_under_another(session: Session, who: Counted, source: str) -> bool:
    """Whether one of the person's other numbers has this entry already."""
    numbers = (who.person_id, *who.also)
    named = {own_source(source, one, other) for one in numbers for other in numbers}
    return session.scalar(select(LedgerEntry.id).where(LedgerEntry.source.in_(named)).limit(1)) is not None


def _lock_person(session: Session, cycle_id: int, person_id: int) -> PersonCycle:
    query = (
        select(PersonCycle)
        .where(PersonCycle.cycle_id == cycle_id, PersonCycle.person_id == person_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    found = session.scalar(query)
    if found is not None:
        return found
    blank = {"cycle_id": cycle_id, "person_id": person_id, "adult": False, "passes": 0, "helped": 0, "points": 0}
    session.execute(insert_for(session)(PersonCycle).values(**blank).on_conflict_do_nothing())
    return session.scalars(query).one()


def _flags(row: PersonCycle) -> tuple[bool, bool]:
    counted = is_counted(adult=row.adult, passes=row.passes, group_id=row.group_id)
    return counted, is_reached(passes=row.passes, helped=row.helped, group_id=row.group_id)


def _move_rollups(session: Session, row: PersonCycle, who: Counted, new: New) -> None:
    before_flags = _flags(row)
    row.group_id = row.group_id if row.group_id is not None else who.group_id
    row.branch_id = row.branch_id if row.branch_id is not None else who.branch_id
    row.adult = row.adult or who.adult
    row.points += new.points
    if new.kind == "pass":
        row.passes += new.how == "independent"
        row.helped += new.how != "independent"
    session.flush()
    counted, reached = (int(a) - int(b) for a, b in zip(_flags(row), before_flags, strict=True))
    if row.group_id is not None and (counted or reached):
        _move_group(session, row.cycle_id, row.group_id, counted, reached, new.at)


def _move_group(
    session: Session, cycle_id: int, group_id: int | None, counted: int, reached: int, at: datetime
) -> None:
    """The group's row comes after the person's, always in this order."""
    assert group_id is not None
    ensure_group(session, cycle_id, group_id, at)
    session.execute(
        update(GroupCycle)
        .where(GroupCycle.cycle_id == cycle_id, GroupCycle.group_id == group_id)
        .values(counted=GroupCycle.counted + counted, reached=GroupCycle.reached + reached)
        .execution_options(synchronize_session=False)
    )


def ensure_group(session: Session, cycle_id: int, group_id: int, now: datetime) -> None:
    population = population_on(session, group_id, local_date(now))
    values = {
        "cycle_id": cycle_id,
        "group_id": group_id,
        "people": population.adults if population else 0,
        "people_as_of": population.as_of if population else None,
        "people_source": population.source if population else "",
        "counted": 0,
        "reached": 0,
    }
    session.execute(insert_for(session)(GroupCycle).values(**values).on_conflict_do_nothing())
