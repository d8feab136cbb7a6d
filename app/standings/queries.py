"""Reading standings: the rows of a page, one group's sheet, one person's place in the counting."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.text import natural_key
from app.cycles.models import Cycle
from app.groups.models import Group, Population
from app.people.doubles.queries import follow
from app.people.models import Membership
from app.people.roles import NOWHERE, Scope
from app.standings.domain import FEW, Entry, as_one, gains, group_score, is_public_place, people_to_reach, places
from app.standings.models import CountedAs, FrozenGroup, GroupCycle, LedgerEntry, PersonCycle
from app.standings.scoresheet import SheetRow


@dataclass(frozen=True)
class Standing:
    """One group's row. ``score`` and ``place`` are ``None`` while its population is unknown."""

    group_id: int
    slug: str
    name: str
    people: int
    people_as_of: date | None
    people_source: str
    counted: int
    reached: int
    score: float | None
    place: int | None
    tied: bool

    @property
    def few(self) -> bool:
        """Fewer people than may be shown as a number."""
        return self.counted < FEW


@dataclass(frozen=True)
class Table:
    """All groups of a cycle, best first; those without a population at the end."""

    period: str
    frozen: bool
    cushion: int
    rate: float
    rows: tuple[Standing, ...]

    @property
    def ranked(self) -> int:
        return sum(1 for row in self.rows if row.place is not None)

    def is_public(self, row: Standing) -> bool:
        """Whether everyone may read this row's place and value."""
        return row.place is not None and not row.few and is_public_place(row.place, self.ranked)

    def told(self, sheet: Scope = NOWHERE) -> list[Standing]:
        """Rows with place and value: the upper half, and those whose sheet the reader may see."""
        return [r for r in self.rows if r.place is not None and (sheet.covers(r.group_id) or self.is_public(r))]

    def others(self, sheet: Scope = NOWHERE) -> list[Standing]:
        """The rest by name: their order says nothing about their score."""
        shown = {row.group_id for row in self.told(sheet)}
        return sorted((r for r in self.rows if r.group_id not in shown), key=lambda r: natural_key(r.name))

    def row_of(self, group_id: int | None) -> Standing | None:
        return next((row for row in self.rows if row.group_id == group_id), None)

    def next_step(self, group_id: int | None) -> tuple[int, Standing] | None:
        """How many more people bring a group level with the one placed above it, and which that is."""
        mine = self.row_of(group_id)
        if mine is None or mine.place is None or mine.place == 1:
            return None
        above = [row for row in self.rows if row.place is not None and row.place < mine.place and self.is_public(row)]
        if not above or above[-1].score is None:
            return None
        target = above[-1]
        return people_to_reach(target.score or 0, mine.counted, mine.people, self.cushion, self.rate), target


def memberships_for(session: Session, person_id: int, opened_at: datetime) -> tuple[int | None, int | None]:
    """Home and branch that a person's entries carry in a cycle.

    The confirmed membership in force when the cycle opened; for newcomers the one confirmed
    now. A tổ counts for its khu phố.
    """
    query = (
        select(Membership.kind, Membership.started_at, Membership.ended_at, Group.id, Group.kind, Group.parent_id)
        .join(Group, Group.id == Membership.group_id)
        .where(Membership.person_id == person_id, Membership.confirmed_at.is_not(None))
        .order_by(Membership.started_at)
    )
    chosen: dict[str, int | None] = {}
    for kind, started_at, ended_at, group, group_kind, parent in session.execute(query):
        in_force = started_at <= opened_at and (ended_at is None or ended_at > opened_at)
        if in_force or (kind not in chosen and ended_at is None):
            chosen[kind] = parent if group_kind == "to" else group
    return chosen.get("home"), chosen.get("branch")


def population_on(session: Session, group_id: int, day: date) -> Population | None:
    """The latest official figure known on a day."""
    query = select(Population).where(Population.group_id == group_id, Population.as_of <= day)
    return session.scalar(query.order_by(Population.as_of.desc()).limit(1))


def khu_pho_ids(session: Session, day: date) -> list[int]:
    """Residential groups that exist on a day."""
    query = select(Group.id).where(
        Group.kind == "khu_pho",
        (Group.valid_from.is_(None)) | (Group.valid_from <= day),
        (Group.valid_to.is_(None)) | (Group.valid_to > day),
    )
    return list(session.scalars(query.order_by(Group.sort_key)))


def live_table(session: Session, cycle: Cycle, *, default_rate: float) -> Table:
    """The standings of a cycle as the rollups have them now."""
    query = (
        select(GroupCycle, Group)
        .join(Group, Group.id == GroupCycle.group_id)
        .where(GroupCycle.cycle_id == cycle.id)
        .order_by(Group.sort_key)
    )
    rate = cycle.rate if cycle.rate is not None else default_rate
    rows = [(group, row.people, row.people_as_of, row.people_source, row.counted, row.reached)
            for row, group in session.execute(query)]  # fmt: skip
    return ranked(cycle, rate, rows, frozen=False)


def frozen_table(session: Session, cycle: Cycle) -> Table:
    """The standings as they were when the cycle froze."""
    query = (
        select(FrozenGroup, Group)
        .join(Group, Group.id == FrozenGroup.group_id)
        .where(FrozenGroup.cycle_id == cycle.id, FrozenGroup.run == cycle.run)
        .order_by(Group.sort_key)
    )
    rows = [(group, row.people, row.people_as_of, row.people_source, row.counted, row.reached)
            for row, group in session.execute(query)]  # fmt: skip
    return ranked(cycle, cycle.rate or 0.0, rows, frozen=True)


def table_of(session: Session, cycle: Cycle, *, default_rate: float) -> Table:
    """Frozen figures where there are some, else the live ones."""
    if cycle.frozen_at is not None:
        return frozen_table(session, cycle)
    return live_table(session, cycle, default_rate=default_rate)


Raw = tuple[Group, int, date | None, str, int, int]


def ranked(cycle: Cycle, rate: float, rows: list[Raw], *, frozen: bool) -> Table:
    """Score, sort and place raw figures."""
    scored = [(group_score(r[4], r[1], cycle.cushion, rate) if r[1] > 0 else None, r) for r in rows]
    with_people = sorted((s for s in scored if s[0] is not None), key=lambda s: -(s[0] or 0))
    without = [s for s in scored if s[0] is None]
    place = places([s[0] or 0 for s in with_people])
    standings = [
        _standing(row, score, place[i], place.count(place[i]) > 1) for i, (score, row) in enumerate(with_people)
    ]
    standings += [_standing(row, None, None, False) for _, row in without]
    return Table(cycle.period, frozen, cycle.cushion, rate, tuple(standings))


def progress(table: Table, previous: Table) -> list[tuple[Standing, float]]:
    """Groups with more than in the cycle before ("tiến bộ nhất"), the largest gain first.

    Both cycles are scored with this one's cushion and rate, so that only people make a difference. A gain
    tells neither place nor score, so it may be shown of everyone; those with fewer learners than may be
    told are left out.
    """
    now, then = (
        {r.group_id: group_score(r.counted, r.people, table.cushion, table.rate) for r in t.rows if r.people > 0}
        for t in (table, previous)
    )
    rows = {row.group_id: row for row in table.rows if not row.few}
    return [(rows[group], gain) for group, gain in gains(now, then) if group in rows]


def sheet_rows(table: Table) -> list[SheetRow]:
    """The whole score sheet of a cycle, best first."""
    return [
        SheetRow(
            cycle=table.period,
            source=row.people_source,
            as_of=row.people_as_of,
            cushion=table.cushion,
            rate=table.rate,
            **{name: getattr(row, name) for name in ("slug", "name", "people", "counted", "reached", "score", "place")},
        )
        for row in table.rows
    ]


def _standing(row: Raw, score: float | None, place: int | None, tied: bool) -> Standing:
    group, people, as_of, source, counted, reached = row
    return Standing(group.id, group.slug, group.name, people, as_of, source, counted, reached, score, place, tied)


def person_cycle(session: Session, cycle_id: int, person_id: int) -> PersonCycle | None:
    return session.get(PersonCycle, (cycle_id, person_id))


def people_reached(session: Session, cycle_id: int) -> int:
    """How many people learned something in a cycle, helped or not."""
    query = select(func.count()).where(PersonCycle.cycle_id == cycle_id, PersonCycle.passes + PersonCycle.helped > 0)
    return session.scalar(query) or 0


def entries_of(
    session: Session, cycle_id: int, *, after: int = 0, limit: int | None = None, people: Collection[int] | None = None
) -> list[Entry]:
    """Ledger entries of a cycle in posting order, those of two numbers of one human as one person's.

    Args:
        after: With ``limit``: those of the next persons after this id.
        people: Those of these persons alone, under every number that counts for them.
    """
    finals = counted_as(session, cycle_id)
    query = select(LedgerEntry).where(LedgerEntry.cycle_id == cycle_id).order_by(LedgerEntry.id)
    if limit is not None:
        people = _next_people(session, cycle_id, finals, after, limit)
    if people is not None:
        numbers = {*people, *(one for one, final in finals.items() if final in set(people))}
        query = query.where(LedgerEntry.person_id.in_(numbers))
    found = [(row.source, _entry(row)) for row in session.scalars(query)]
    if not finals:
        return [entry for _, entry in found]
    return as_one(found, finals, session.get_one(Cycle, cycle_id).points_cap)


@dataclass(frozen=True)
class OwnEntry:
    """An entry as its owner reads it."""

    entry: Entry
    quiz_id: str | None


def own_entries(session: Session, cycle_id: int, person_id: int) -> list[OwnEntry]:
    """One person's entries of a cycle in posting order, those of numbers that count for them included."""
    finals = counted_as(session, cycle_id)
    numbers = {person_id, *(one for one, final in finals.items() if final == person_id)}
    query = select(LedgerEntry).where(LedgerEntry.cycle_id == cycle_id, LedgerEntry.person_id.in_(numbers))
    rows = session.scalars(query.order_by(LedgerEntry.id)).all()
    found = [(row.source, _entry(row)) for row in rows]
    entries = as_one(found, finals, session.get_one(Cycle, cycle_id).points_cap) if finals else [e for _, e in found]
    return [OwnEntry(entry, row.quiz_id) for entry, row in zip(entries, rows, strict=True)]


def _entry(row: LedgerEntry) -> Entry:
    return Entry(row.person_id, row.kind, row.how, row.adult, row.group_id, row.branch_id, row.points, row.at)


def _next_people(session: Session, cycle_id: int, finals: dict[int, int], after: int, limit: int) -> list[int]:
    """The next persons with entries, in the order of their ids; who counts as another is that other."""
    query = select(LedgerEntry.person_id).where(LedgerEntry.cycle_id == cycle_id, LedgerEntry.person_id > after)
    query = query.where(LedgerEntry.person_id.not_in(finals)) if finals else query
    own = session.scalars(query.distinct().order_by(LedgerEntry.person_id).limit(limit))
    return sorted({*own, *(final for final in finals.values() if final > after)})[:limit]


def counted_as(session: Session, cycle_id: int) -> dict[int, int]:
    """Number → the number that its entries count for in this cycle, to the end of a chain."""
    rows = session.execute(select(CountedAs.person_id, CountedAs.counts_as).where(CountedAs.cycle_id == cycle_id)).all()
    onwards: dict[int, int] = dict(rows)
    return {one: follow(onwards, one) for one in onwards}


def count_entries(session: Session, cycle_id: int | None = None) -> int:
    query = select(func.count()).select_from(LedgerEntry)
    if cycle_id is not None:
        query = query.where(LedgerEntry.cycle_id == cycle_id)
    return session.scalar(query) or 0
