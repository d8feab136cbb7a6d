"""Bringing in a list of people: good rows go in, the rest is reported; a second time changes nothing."""

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app.audit.service import record
from app.core.calendar import local_date
from app.core.db import reading, transaction
from app.core.text import fold, person_key
from app.groups.domain import match_key, slug_of
from app.groups.models import Group, Ward
from app.groups.queries import get_ward
from app.people.doubles.queries import merged_keys
from app.people.models import Membership, Person
from app.people.sheet import Row, RowError, Sheet, read_rows

__all__ = ["Change", "ImportReport", "RowError", "Sheet", "import_people", "read_rows"]


@dataclass(frozen=True)
class Change:
    """A row that corrects someone who was imported before."""

    line: int
    name: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class ImportReport:
    """What a list brought, or would bring: rows = new + changed + same + broken."""

    rows: int
    new: int
    changed: int
    same: int
    errors: tuple[RowError, ...]
    changes: tuple[Change, ...] = ()

    @property
    def broken(self) -> int:
        """How many rows stay out; one row may have several errors."""
        return len({error.line for error in self.errors})


@dataclass(frozen=True)
class _Placed:
    """A row whose groups were found."""

    row: Row
    key: str
    home_id: int
    branch_id: int | None


@dataclass
class _Plan:
    new: list[_Placed] = field(default_factory=list)
    changed: list[tuple[_Placed, int, dict[str, Any]]] = field(default_factory=list)
    same: int = 0
    errors: list[RowError] = field(default_factory=list)


def import_people(*, data: bytes, by: int, now: datetime, dry_run: bool) -> ImportReport:
    """Read a list and, unless it is a trial, bring its good rows in, all in one transaction.

    Whoever comes in belongs to the khu phố of the list at once (an officer vouches for it), has
    not been asked for any consent, and has no card yet.

    Raises:
        Invalid: The file as a whole cannot be read.
    """
    if dry_run:
        session = reading()
        sheet = _read(session, data, now)
        return _report(sheet, _plan(session, sheet))
    with transaction() as session:
        session.get(Ward, 1, with_for_update=True)  # the same list twice at once: one after the other
        sheet = _read(session, data, now)
        plan = _plan(session, sheet)
        _add(session, plan.new, by=by, now=now)
        for _, person_id, values in plan.changed:
            _change(session, person_id, values, by=by, now=now)
        report = _report(sheet, plan)
        _note(session, report, sha256(data).hexdigest()[:16], by=by, now=now)
        return report


def _note(session: Session, report: ImportReport, file: str, *, by: int, now: datetime) -> None:
    counts = {"new": report.new, "changed": report.changed, "same": report.same, "broken": report.broken}
    record(
        session,
        actor_id=by,
        action="people.import",
        subject_kind="list",
        subject_id=file,
        now=now,
        detail=counts,
    )


def _read(session: Session, data: bytes, now: datetime) -> Sheet:
    ward = get_ward(session)
    return read_rows(data, local_date(now), adult_age=ward.adult_age if ward else 16)


def _report(sheet: Sheet, plan: _Plan) -> ImportReport:
    changes = tuple(Change(p.row.line, p.row.name, tuple(values)) for p, _, values in plan.changed)
    errors = tuple(sorted((*sheet.errors, *plan.errors), key=lambda error: error.line))
    return ImportReport(sheet.size, len(plan.new), len(plan.changed), plan.same, errors, changes)


def import_key(name: str, birth_year: int | None, phone: str | None, khu_id: int) -> str:
    """What a list recognises someone by: folded name, year, phone and khu phố, as a digest."""
    return sha256(f"{fold(name)}|{birth_year or ''}|{phone or ''}|{khu_id}".encode()).hexdigest()[:32]


class _Groups:
    """The groups of today under every spelling that lists use."""

    def __init__(self, session: Session) -> None:
        groups = list(session.scalars(select(Group).where(Group.valid_to.is_(None))))
        self.khu = {match_key("khu_pho", g.name): g for g in groups if g.kind == "khu_pho"}
        self.branches = {match_key("chi_doan", g.name): g for g in groups if g.kind == "chi_doan"}
        self.to = {g.slug: g for g in groups if g.kind == "to"}
        self.with_to = {g.parent_id for g in groups if g.kind == "to"}

    def place(self, row: Row) -> _Placed | RowError:
        khu = self.khu.get(match_key("khu_pho", row.khu))
        if khu is None:
            return _unknown(row, "khu", row.khu)
        branch = self.branches.get(match_key("chi_doan", row.branch)) if row.branch else None
        if row.branch and branch is None:
            return _unknown(row, "branch", row.branch)
        home = khu
        if row.to and khu.id in self.with_to:  # where no tổ is known, the column says nothing
            found = self.to.get(slug_of("to", row.to, khu.slug))
            if found is None:
                return _unknown(row, "to", row.to)
            home = found
        key = import_key(row.name, row.birth_year, row.phone, khu.id)
        return _Placed(row, key, home.id, branch.id if branch else None)


def _unknown(row: Row, column: str, name: str) -> RowError:
    return RowError(row.line, column, "group_unknown", (("name", name),))


def _plan(session: Session, sheet: Sheet) -> _Plan:
    plan, groups, lines = _Plan(), _Groups(session), dict[str, int]()
    placed: list[_Placed] = []
    for row in sheet.rows:
        found = groups.place(row)
        if isinstance(found, RowError):
            plan.errors.append(found)
        elif found.key in lines:
            twice = (("line", lines[found.key]),)
            plan.errors.append(RowError(row.line, "name", "person_twice", twice))
        else:
            lines[found.key] = row.line
            placed.append(found)
    keys = [one.key for one in placed]
    known, merged = _known(session, keys), merged_keys(session, keys)
    for one in placed:
        if one.key in merged:
            plan.same += 1  # a record of someone who goes on under another
        else:
            _sort_in(plan, one, known.get(one.key))
    return plan


_Known = tuple[Person, dict[str, int]]


def _known(session: Session, keys: list[str]) -> dict[str, _Known]:
    """People of earlier lists by their key, with the groups they are in now."""
    people = {p.id: p for p in session.scalars(select(Person).where(Person.import_key.in_(keys)))}
    query = select(Membership).where(Membership.person_id.in_(people), Membership.ended_at.is_(None))
    groups: dict[int, dict[str, int]] = {person_id: {} for person_id in people}
    for membership in session.scalars(query):
        groups[membership.person_id][membership.kind] = membership.group_id
    return {person.import_key or "": (person, groups[person.id]) for person in people.values()}


def _sort_in(plan: _Plan, placed: _Placed, known: _Known | None) -> None:
    if known is None:
        plan.new.append(placed)
        return
    person, groups = known
    row, values = placed.row, dict[str, Any]()
    if person.name != row.name:
        values["name"] = row.name
    if placed.branch_id is not None and groups.get("branch") != placed.branch_id:
        values["branch"] = placed.branch_id
    if values:
        plan.changed.append((placed, person.id, values))
    else:
        plan.same += 1


def _add(session: Session, new: list[_Placed], *, by: int, now: datetime) -> None:
    """Insert in bulk: a list of 5,000 must not hold up those who are learning."""
    if not new:
        return
    people = [_person_row(placed, now) for placed in new]
    statement = insert(Person).returning(Person.id, sort_by_parameter_order=True)
    ids = session.scalars(statement, people).all()
    rows = []
    for person_id, placed in zip(ids, new, strict=True):
        for kind, group_id in (("home", placed.home_id), ("branch", placed.branch_id)):
            if group_id is not None:
                rows.append(_membership_row(person_id, kind, group_id, by, now))
    session.execute(insert(Membership), rows)


def _person_row(placed: _Placed, now: datetime) -> dict[str, Any]:
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


def _membership_row(person_id: int, kind: str, group_id: int, by: int, now: datetime) -> dict[str, Any]:
    return {
        "person_id": person_id,
        "kind": kind,
        "group_id": group_id,
        "started_at": now,
        "confirmed_at": now,
        "confirmed_by": by,
    }


def _change(session: Session, person_id: int, values: dict[str, Any], *, by: int, now: datetime) -> None:
    if "name" in values:
        session.execute(update(Person).where(Person.id == person_id).values(_name_columns(values["name"])))
    if "branch" in values:
        ended = update(Membership).where(
            Membership.person_id == person_id, Membership.kind == "branch", Membership.ended_at.is_(None)
        )
        session.execute(ended.values(ended_at=now))
        row = _membership_row(person_id, "branch", values["branch"], by, now)
        session.execute(insert(Membership), [row])
