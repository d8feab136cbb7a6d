"""Two numbers of one human in the open cycles: counted as one from now on, or apart again. The ledger is not touched.

A cycle that is frozen stays as it was. One that is being closed at this moment begins anew, with what holds now.
"""

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from app.cycles.models import Cycle
from app.standings.domain import add_up, is_counted, is_reached
from app.standings.models import CountedAs, GroupCycle, PersonCycle
from app.standings.queries import counted_as, entries_of


def count_as_one(session: Session, *, gone: int, kept: int) -> None:
    """In every open cycle the entries of ``gone`` count for ``kept``. A step."""
    for cycle in _open_cycles(session):
        session.add(CountedAs(cycle_id=cycle.id, person_id=gone, counts_as=kept))
        session.flush()
        _recount(session, cycle.id, {gone, kept})


def count_apart(session: Session, *, gone: int, kept: int) -> None:
    """In every open cycle each number counts for itself again; what froze meanwhile stays. A step."""
    for cycle in _open_cycles(session):
        row = (CountedAs.cycle_id == cycle.id, CountedAs.person_id == gone)
        session.execute(delete(CountedAs).where(*row))
        _recount(session, cycle.id, {gone, kept})


def _open_cycles(session: Session) -> list[Cycle]:
    """Held, so that nobody posts meanwhile; a closing run that is under way is told to begin anew."""
    query = select(Cycle).where(Cycle.frozen_at.is_(None)).order_by(Cycle.starts_at, Cycle.id)
    cycles = list(session.scalars(query.with_for_update().execution_options(populate_existing=True)))
    cycles = [cycle for cycle in cycles if cycle.frozen_at is None]  # it may have frozen while we waited
    for cycle in cycles:
        cycle.run = cycle.run_until = None
    return cycles


def _recount(session: Session, cycle_id: int, numbers: set[int]) -> None:
    """Write the sums of these people anew from the ledger, and move their groups' counts by the difference."""
    finals = counted_as(session, cycle_id)
    numbers = numbers | {finals.get(one, one) for one in numbers}
    stored = (PersonCycle.cycle_id == cycle_id, PersonCycle.person_id.in_(numbers))
    moves: dict[int, list[int]] = {}
    for row in session.scalars(select(PersonCycle).where(*stored)):
        _move(moves, row.group_id, row.adult, row.passes, row.helped, -1)
    session.execute(delete(PersonCycle).where(*stored))
    session.expire_all()
    sums = add_up(entries_of(session, cycle_id, people={finals.get(one, one) for one in numbers}))
    names = ("person_id", "group_id", "branch_id", "adult", "passes", "helped", "points")
    rows = [{"cycle_id": cycle_id, **{n: getattr(s, n) for n in names}} for s in sums.values()]
    if rows:
        session.execute(insert(PersonCycle), rows)
    for one in sums.values():
        _move(moves, one.group_id, one.adult, one.passes, one.helped, 1)
    for group_id, (counted, reached) in moves.items():
        session.execute(
            update(GroupCycle)
            .where(GroupCycle.cycle_id == cycle_id, GroupCycle.group_id == group_id)
            .values(counted=GroupCycle.counted + counted, reached=GroupCycle.reached + reached)
            .execution_options(synchronize_session=False)
        )


def _move(moves: dict[int, list[int]], group_id: int | None, adult: bool, passes: int, helped: int, sign: int) -> None:
    if group_id is None:
        return
    counts = moves.setdefault(group_id, [0, 0])
    counts[0] += sign * is_counted(adult=adult, passes=passes, group_id=group_id)
    counts[1] += sign * is_reached(passes=passes, helped=helped, group_id=group_id)
