"""Opening and closing cycles. The clock only nudges: what counts is the cycle's row.

A close claims a run, stages frozen figures in short transactions under the run's token, and
changes the cycle's state in one last transaction that checks the stage against the ledger.
A run that died is swept and done again; nobody's answer waits for more than one chunk.
"""

import hashlib
import json
import logging
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from app.audit.service import record
from app.awards.domain import GroupFigures, PersonFigures
from app.awards.service import ensure_cycle, nominate
from app.core.db import transaction
from app.cycles.domain import month_of
from app.cycles.models import Cycle
from app.cycles.queries import due_cycles, find_cycle
from app.cycles.service import move
from app.outreach.confirming.service import ensure_seed
from app.standings.domain import PersonSum, add_up
from app.standings.models import FrozenGroup, FrozenPerson
from app.standings.queries import Table, count_entries, entries_of, live_table
from app.standings.service import ward_rate

log = logging.getLogger("hocso")
GRACE = timedelta(minutes=1)  # an answer given at the last moment is committed by then
RUN_LASTS = timedelta(minutes=5)  # without a chunk written, another may take over
CHUNK = 2000  # people staged in one transaction


@dataclass(frozen=True)
class Closed:
    """A cycle that this call has frozen."""

    period: str
    digest: str
    proposals: int


def open_due(now: datetime) -> str:
    """See that the present month is open, its draw decided beforehand; returns its period."""
    with transaction() as session:
        period = ensure_cycle(session, now).period
        ensure_seed(session, month_of(now).period, now=now)
        return period


def close_due_cycles(now: datetime) -> list[Closed]:
    """Freeze every open cycle that ended a minute ago or more, the oldest first.

    A month in which nobody learned and nobody looked is still opened and closed, so that the
    row of months has no gap.
    """
    closed: list[Closed] = []
    while True:
        with transaction() as session:
            due = [cycle.period for cycle in due_cycles(session, now - GRACE)]
        if not due:
            return closed
        outcome = close_cycle(due[0], now)
        if outcome is None:
            return closed  # another process is at it
        closed.append(outcome)
        _fill_gap(due[0], now)


def _fill_gap(period: str, now: datetime) -> None:
    """Open the month after a closed one."""
    with transaction() as session:
        cycle = find_cycle(session, period)
        assert cycle is not None
        ensure_cycle(session, min(now, cycle.ends_at))


def close_cycle(period: str, now: datetime) -> Closed | None:
    """Freeze one cycle that has ended; ``None`` when it is not due, closed already or another's run."""
    run = _claim(period, now)
    if run is None:
        return None
    staged = _stage(period, run, now)
    outcome = _finish(period, run, staged, now)
    if outcome is not None:
        log.info("cycle frozen", extra={"period": period, "count": outcome.proposals})
    return outcome


def _claim(period: str, now: datetime) -> str | None:
    run = secrets.token_hex(8)
    with transaction() as session:
        claimed = session.execute(
            update(Cycle)
            .where(
                Cycle.period == period,
                Cycle.state == "open",
                Cycle.ends_at <= now,
                or_(Cycle.run_until.is_(None), Cycle.run_until < now),
            )
            .values(run=run, run_until=now + RUN_LASTS)
            .returning(Cycle.id)
            .execution_options(synchronize_session=False)
        ).first()
        if claimed is None:
            return None
        for table in (FrozenPerson, FrozenGroup):  # what a dead run left
            session.execute(delete(table).where(table.cycle_id == claimed.id))
    return run


def _stage(period: str, run: str, now: datetime) -> int:
    """Write everyone's figures chunk by chunk from the ledger; returns how many entries they rest on."""
    staged, after = 0, 0
    while True:
        with transaction() as session:
            cycle = find_cycle(session, period)
            assert cycle is not None
            entries = entries_of(session, cycle.id, after=after, limit=CHUNK)
            if not entries:
                return staged
            sums = add_up(entries)
            session.execute(insert(FrozenPerson), [_frozen(cycle.id, run, person) for person in sums.values()])
            if cycle.run == run:
                cycle.run_until = now + RUN_LASTS
            staged += len(entries)
            after = max(sums)


def _frozen(cycle_id: int, run: str, person: PersonSum) -> dict[str, object]:
    return {
        "cycle_id": cycle_id,
        "run": run,
        "person_id": person.person_id,
        "group_id": person.group_id,
        "branch_id": person.branch_id,
        "adult": person.adult,
        "passes": person.passes,
        "helped": person.helped,
        "points": person.points,
        "days": len(person.learned_on),
        "weeks": person.weeks,
    }


def _finish(period: str, run: str, staged: int, now: datetime) -> Closed | None:
    """The short last transaction: check, score, freeze, propose. Entirely or not at all."""
    with transaction() as session:
        cycle = session.scalar(select(Cycle).where(Cycle.period == period).with_for_update())
        if cycle is None or cycle.run != run or cycle.state != "open":
            return None
        if count_entries(session, cycle.id) != staged:
            cycle.run_until = now  # an answer slipped in while staging: the next round does it again
            return None
        table = live_table(session, cycle, default_rate=0.10)
        cycle.rate = table.rate
        _freeze_groups(session, cycle, run, table)
        cycle.digest, cycle.frozen_at = digest_of(session, cycle), now
        move(session, cycle, "frozen", by=None, now=now)
        _hand_on_rate(session, cycle)
        found = nominate(session, cycle, _group_figures(table), _person_figures(session, cycle))
        record(
            session, actor_id=None, action="cycle.propose", subject_kind="cycle", subject_id=period, now=now,
            detail={"proposals": len(found), "digest": cycle.digest},
        )  # fmt: skip
        return Closed(period, cycle.digest, len(found))


def _freeze_groups(session: Session, cycle: Cycle, run: str, table: Table) -> None:
    for row in table.rows:
        session.add(
            FrozenGroup(
                cycle_id=cycle.id,
                run=run,
                group_id=row.group_id,
                people=row.people,
                people_as_of=row.people_as_of,
                people_source=row.people_source,
                counted=row.counted,
                reached=row.reached,
                score=row.score or 0.0,
                place=row.place or 0,
            )
        )
    session.flush()


def _hand_on_rate(session: Session, cycle: Cycle) -> None:
    """The ward's rate becomes the next month's p0 at the moment this one freezes."""
    following = find_cycle(session, month_of(cycle.ends_at).period)
    if following is not None and following.rate is None:
        following.rate = ward_rate(session, cycle)


def _group_figures(table: Table) -> list[GroupFigures]:
    return [
        GroupFigures(row.group_id, round(row.score or 0.0, 4), row.place, row.counted, row.people)
        for row in table.rows
        if row.place is not None
    ]


def _person_figures(session: Session, cycle: Cycle) -> list[PersonFigures]:
    rows = session.scalars(
        select(FrozenPerson)
        .where(FrozenPerson.cycle_id == cycle.id, FrozenPerson.run == cycle.run, FrozenPerson.passes > 0)
        .order_by(FrozenPerson.person_id)
    )
    return [PersonFigures(r.person_id, r.group_id, r.passes, r.points, r.days, r.weeks) for r in rows]


def digest_of(session: Session, cycle: Cycle) -> str:
    """SHA-256 over the frozen figures and what they were computed with: ids only, one line each."""
    whole = hashlib.sha256()
    head = {"period": cycle.period, "cushion": cycle.cushion, "rate": cycle.rate, "cap": cycle.points_cap}
    whole.update(_line(head))
    groups = select(FrozenGroup).where(FrozenGroup.cycle_id == cycle.id, FrozenGroup.run == cycle.run)
    for group in session.scalars(groups.order_by(FrozenGroup.group_id)):
        source = (group.people, str(group.people_as_of), group.people_source)
        whole.update(
            _line(
                [
                    "group",
                    group.group_id,
                    *source,
                    group.counted,
                    group.reached,
                    f"{group.score:.6f}",
                    group.place,
                ]
            )
        )
    people = select(FrozenPerson).where(FrozenPerson.cycle_id == cycle.id, FrozenPerson.run == cycle.run)
    for person in session.scalars(people.order_by(FrozenPerson.person_id)):
        figures = (
            person.group_id,
            person.branch_id,
            person.adult,
            person.passes,
            person.helped,
            person.points,
        )
        whole.update(_line(["person", person.person_id, *figures, person.days, person.weeks]))
    return whole.hexdigest()


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def overdue(session: Session, now: datetime) -> int:
    """Open cycles that ended more than ten minutes ago: the scheduler is not doing its work."""
    query = select(func.count()).where(Cycle.state == "open", Cycle.ends_at <= now - timedelta(minutes=10))
    return session.scalar(query) or 0
