"""What a list of people would change: every row is someone new, someone known, or a sentence about what is unclear."""

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.text import fold
from app.groups.domain import match_key, slug_of
from app.groups.models import Group
from app.people.bulk.known import Known, People
from app.people.bulk.person_rows import Row, RowError, code_of
from app.people.doubles.queries import merged_keys

CHANGEABLE = ("name", "birth_year", "phone", "address")


@dataclass(frozen=True)
class Placed:
    """A row whose groups were found."""

    row: Row
    key: str
    khu_id: int
    home_id: int
    branch_id: int | None


@dataclass
class Plan:
    """The rows sorted: what comes in, what changes whom, how many say what is known, and what is wrong."""

    new: list[Placed] = field(default_factory=list)
    changed: list[tuple[Placed, Known, dict[str, Any]]] = field(default_factory=list)
    same: int = 0
    errors: list[RowError] = field(default_factory=list)


def import_key(name: str, birth_year: int | None, phone: str | None, khu_id: int) -> str:
    """What a list recognises its own row by: folded name, year, phone and khu phố, as a digest."""
    return sha256(f"{fold(name)}|{birth_year or ''}|{phone or ''}|{khu_id}".encode()).hexdigest()[:32]


def plan_people(session: Session, rows: list[Row]) -> Plan:
    """Sort the rows against the people of today. Nothing is written."""
    plan, groups = Plan(), _Groups(session)
    placed: list[Placed] = []
    for row in rows:
        found = groups.place(row)
        if isinstance(found, RowError):
            plan.errors.append(found)
        else:
            placed.append(found)
    keys = {one.key for one in placed}
    people, merged = People(session, [one.row for one in placed], keys), merged_keys(session, keys)
    left = [one for one in placed if one.row.code or one.key not in merged]
    plan.same = len(placed) - len(left)  # the others: records of people who go on under another
    left.sort(key=lambda one: _sureness(one, people))
    while left:  # who moved away by one row is no longer in the way of another
        unclear = [(one, error) for one in left if (error := _sort_in(plan, one, people)) is not None]
        if len(unclear) == len(left):
            plan.errors += [error for _, error in unclear]
            break
        left = [one for one, _ in unclear]
    plan.new.sort(key=lambda one: one.row.line)
    plan.changed.sort(key=lambda change: change[0].row.line)
    return plan


def _sureness(placed: Placed, people: People) -> tuple[int, int]:
    """Rows that say what is known come first, then those that say most: none takes the place of another's person."""
    row, found = placed.row, _who(placed, people)
    if row.code or placed.key in people.by_key:
        return (0, 0)
    if isinstance(found, Known) and not _values(placed, found):
        return (1, 0)
    return (2, -(row.birth_year is not None) - (row.phone is not None))


class _Groups:
    """The groups of today under every spelling that lists use."""

    def __init__(self, session: Session) -> None:
        groups = list(session.scalars(select(Group).where(Group.valid_to.is_(None))))
        self.khu = {match_key("khu_pho", g.name): g for g in groups if g.kind == "khu_pho"}
        self.branches = {match_key("chi_doan", g.name): g for g in groups if g.kind == "chi_doan"}
        self.to = {g.slug: g for g in groups if g.kind == "to"}
        self.with_to = {g.parent_id for g in groups if g.kind == "to"}

    def place(self, row: Row) -> Placed | RowError:
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
        return Placed(row, key, khu.id, home.id, branch.id if branch else None)


def _unknown(row: Row, column: str, name: str) -> RowError:
    return RowError(row.line, column, "group_unknown", (("name", name),))


def _sort_in(plan: Plan, placed: Placed, people: People) -> RowError | None:
    found = _who(placed, people)
    if isinstance(found, RowError):
        return found
    if found is None:
        plan.new.append(placed)
        people.add(placed.row, placed.khu_id, placed.key)
        return None
    if found.line:
        return _twice(placed.row, found)
    found.line = placed.row.line
    values = _values(placed, found)
    found.take(values, placed.khu_id)
    if values:
        plan.changed.append((placed, found, values))
    else:
        plan.same += 1
    return None


def _who(placed: Placed, people: People) -> Known | RowError | None:
    """Whom a row means: by code; else as an earlier list had it; else by phone and name; else by name, year and place.

    What fits several people, or one of whom too little is known, is nobody's: the row says so.
    """
    row = placed.row
    if row.code:
        return _by_code(row, people)
    if (found := people.by_key.get(placed.key)) is not None:
        return RowError(row.line, "name", "person_gone") if found.closed else found
    alike = people.by_name.get(fold(row.name), [])
    if row.phone and (same := [one for one in alike if one.phone == row.phone]):
        return same[0] if len(same) == 1 else _unclear(row, same)
    near = [one for one in alike if one.khu_id == placed.khu_id]
    other = [one for one in near if row.phone and one.phone and one.phone != row.phone]
    if row.birth_year is not None:
        same = [one for one in near if one.birth_year == row.birth_year]
        if same:
            return same[0] if len(same) == 1 and same[0] not in other else _unclear(row, same)
    maybe = [one for one in near if None in (row.birth_year, one.birth_year) and one not in other]
    return _unclear(row, maybe) if maybe else None


def _by_code(row: Row, people: People) -> Known | RowError:
    found = people.by_code(row.code)
    if found is None:
        return RowError(row.line, "code", "person_code", (("code", row.code),))
    agrees = (
        found.folded == fold(row.name),
        row.phone is not None and found.phone == row.phone,
        row.birth_year is not None and found.birth_year == row.birth_year,
    )
    return found if any(agrees) else RowError(row.line, "code", "person_other", (("code", row.code),))


def _unclear(row: Row, found: list[Known]) -> RowError:
    listed = next((one for one in found if one.line), None)
    if listed is not None:
        return _twice(row, listed)
    codes = ", ".join(code_of(one.id) for one in found[:3] if one.id is not None)
    return RowError(row.line, "name", "person_maybe", (("codes", codes),))


def _twice(row: Row, found: Known) -> RowError:
    return RowError(row.line, "name", "person_twice", (("line", found.line),))


def _values(placed: Placed, known: Known) -> dict[str, Any]:
    """What a row says otherwise; an empty cell says nothing."""
    row, values = placed.row, dict[str, Any]()
    for column in CHANGEABLE:
        told = getattr(row, column)
        if told not in (None, getattr(known, column)) and (column != "address" or row.said):
            values[column] = told
    if "birth_year" in values and row.adult != "unsaid":
        values["adult"] = row.adult
    if known.home_id != placed.home_id and (known.khu_id != placed.khu_id or placed.home_id != placed.khu_id):
        values["home"] = placed.home_id
    if placed.branch_id is not None and known.branch_id != placed.branch_id:
        values["branch"] = placed.branch_id
    return values
