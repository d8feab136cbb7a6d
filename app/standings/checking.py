"""Are the rollups and the frozen figures what the ledger adds up to? The slow, obviously right way."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app.audit.service import record
from app.core.db import transaction
from app.cycles.models import Cycle
from app.standings.domain import PersonSum, add_up, group_score, is_counted, is_reached, places
from app.standings.models import FrozenGroup, FrozenPerson, GroupCycle, PersonCycle
from app.standings.queries import entries_of

Figures = tuple[Any, ...]


@dataclass(frozen=True)
class Check:
    """How many ledger entries were added up, and what differs from them: one line each, ids only."""

    entries: int
    lines: tuple[str, ...]

    @property
    def differences(self) -> int:
        return len(self.lines)


def check(session: Session) -> Check:
    """Recompute every cycle from its entries and compare it with what is stored."""
    entries, lines = 0, list[str]()
    for cycle in session.scalars(select(Cycle).order_by(Cycle.starts_at)):
        found = entries_of(session, cycle.id)
        entries += len(found)
        sums = add_up(found)
        lines += _rollups(session, cycle, sums)
        if cycle.frozen_at is not None:
            lines += _frozen(session, cycle, sums)
    return Check(entries, tuple(lines))


def rebuild(now: datetime) -> int:
    """Write the rollups anew from the ledger; frozen figures are never touched.

    Returns:
        How many differences there were.
    """
    mended = 0
    with transaction() as session:
        cycles = session.scalars(select(Cycle).order_by(Cycle.starts_at).with_for_update()).all()
        for cycle in cycles:  # its row is held, so nobody posts into it meanwhile
            sums = add_up(entries_of(session, cycle.id))
            mended += len(_rollups(session, cycle, sums))
            _write_people(session, cycle.id, sums)
            _write_groups(session, cycle.id, sums)
        record(
            session, actor_id=None, action="standings.rebuild", subject_kind="ledger", subject_id="all", now=now,
            detail={"differences": mended},
        )  # fmt: skip
    return mended


def _write_people(session: Session, cycle_id: int, sums: Mapping[int, PersonSum]) -> None:
    session.execute(delete(PersonCycle).where(PersonCycle.cycle_id == cycle_id))
    names = ("person_id", "group_id", "branch_id", "adult", "passes", "helped", "points")
    rows = [{"cycle_id": cycle_id, **{n: getattr(s, n) for n in names}} for s in sums.values()]
    if rows:
        session.execute(insert(PersonCycle), rows)


def _write_groups(session: Session, cycle_id: int, sums: Mapping[int, PersonSum]) -> None:
    counted, reached = _group_counts(sums)
    rows = {r.group_id: r for r in session.scalars(select(GroupCycle).where(GroupCycle.cycle_id == cycle_id))}
    for group_id in counted.keys() - rows.keys():
        rows[group_id] = GroupCycle(cycle_id=cycle_id, group_id=group_id, people=0, people_source="")
        session.add(rows[group_id])
    for group_id, row in rows.items():
        row.counted, row.reached = counted.get(group_id, 0), reached.get(group_id, 0)
    session.flush()


def _group_counts(sums: Mapping[int, PersonSum]) -> tuple[dict[int, int], dict[int, int]]:
    """Group id → x, and group id → everyone who learned."""
    counted: dict[int, int] = {}
    reached: dict[int, int] = {}
    for s in sums.values():
        if s.group_id is None or not is_reached(passes=s.passes, helped=s.helped, group_id=s.group_id):
            continue
        is_x = is_counted(adult=s.adult, passes=s.passes, group_id=s.group_id)
        counted[s.group_id] = counted.get(s.group_id, 0) + int(is_x)
        reached[s.group_id] = reached.get(s.group_id, 0) + 1
    return counted, reached


def _rollups(session: Session, cycle: Cycle, sums: Mapping[int, PersonSum]) -> list[str]:
    people = session.scalars(select(PersonCycle).where(PersonCycle.cycle_id == cycle.id))
    stored = {p.person_id: _figures(p) for p in people}
    wanted = {person_id: _figures(s) for person_id, s in sums.items()}
    nothing = _figures(PersonSum(0))
    lines = _differ(f"{cycle.period} person", wanted, stored, nothing)
    counted, reached = _group_counts(sums)
    groups = session.scalars(select(GroupCycle).where(GroupCycle.cycle_id == cycle.id))
    stored = {g.group_id: (g.counted, g.reached) for g in groups}
    wanted = {group_id: (counted[group_id], reached[group_id]) for group_id in counted}
    return lines + _differ(f"{cycle.period} group", wanted, stored, (0, 0))


def _figures(row: PersonSum | PersonCycle | FrozenPerson) -> Figures:
    return row.group_id, row.branch_id, row.adult, row.passes, row.helped, row.points


def _differ(what: str, wanted: Mapping[int, Figures], stored: Mapping[int, Figures], nothing: Figures) -> list[str]:
    """A line for each id whose figures differ; an id that only one side knows has ``nothing`` on the other."""
    return [
        f"{what} {key}: {stored.get(key, nothing)} ≠ {wanted.get(key, nothing)}"
        for key in sorted(wanted.keys() | stored.keys())
        if wanted.get(key, nothing) != stored.get(key, nothing)
    ]


def _frozen(session: Session, cycle: Cycle, sums: Mapping[int, PersonSum]) -> list[str]:
    """The figures of the cycle's freezing, and the digest, which is recomputed from the ledger as well."""
    run = cycle.run
    people = session.scalars(select(FrozenPerson).where(FrozenPerson.cycle_id == cycle.id, FrozenPerson.run == run))
    stored = {p.person_id: (*_figures(p), p.days, p.weeks) for p in people}
    wanted = {k: (*_figures(s), len(s.learned_on), s.weeks) for k, s in sums.items()}
    lines = _differ(f"{cycle.period} frozen person", wanted, stored, ())
    rows = session.scalars(select(FrozenGroup).where(FrozenGroup.cycle_id == cycle.id, FrozenGroup.run == run)).all()
    groups = _groups_of(cycle, rows, sums)
    frozen = {g.group_id: (g.counted, g.reached, f"{g.score:.6f}", g.place) for g in rows}
    lines += _differ(f"{cycle.period} frozen group", groups, frozen, ())
    if cycle.digest != _digest(cycle, rows, groups, wanted):
        lines.append(f"{cycle.period} digest: {cycle.digest} ≠ ledger")
    return lines


def _groups_of(cycle: Cycle, rows: Iterable[FrozenGroup], sums: Mapping[int, PersonSum]) -> dict[int, Figures]:
    """Counts, scores and places of a cycle's groups from the sums and the populations frozen with it."""
    counted, reached = _group_counts(sums)
    people = {row.group_id: row.people for row in rows}
    score = {
        group_id: group_score(counted.get(group_id, 0), n, cycle.cushion, cycle.rate or 0.0)
        for group_id, n in people.items()
        if n > 0
    }
    best_first = sorted(score, key=lambda group_id: -score[group_id])
    place = dict(zip(best_first, places([score[g] for g in best_first]), strict=True))
    return {
        g: (counted.get(g, 0), reached.get(g, 0), f"{score.get(g, 0.0):.6f}", place.get(g, 0))
        for g in people.keys() | counted.keys()
    }


def _digest(
    cycle: Cycle, rows: Iterable[FrozenGroup], groups: Mapping[int, Figures], people: Mapping[int, Figures]
) -> str:
    """The digest printed at freezing, written a second time on purpose: this one never reads frozen sums."""
    head = {"period": cycle.period, "cushion": cycle.cushion, "rate": cycle.rate, "cap": cycle.points_cap}
    source = {row.group_id: (row.people, str(row.people_as_of), row.people_source) for row in rows}
    lines: list[object] = [head]
    lines += [["group", g, *source.get(g, ()), *groups[g]] for g in sorted(groups)]
    lines += [["person", p, *people[p]] for p in sorted(people)]
    whole = "".join(json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n" for line in lines)
    return hashlib.sha256(whole.encode()).hexdigest()
