"""Bringing in khu phố, tổ and chi đoàn: plan against the tree of today, then the same steps that screens use."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.service import record
from app.core.calendar import local_date
from app.core.errors import Invalid
from app.groups import service as groups
from app.groups.domain import Population, match_key, slug_of
from app.groups.models import Group
from app.groups.queries import populations_at
from app.people.bulk.group_rows import GroupRow
from app.people.bulk.person_rows import RowError


@dataclass
class GroupPlan:
    """The rows sorted, as with people. ``parents``: the slug of the khu phố of each tổ that comes in."""

    new: list[GroupRow] = field(default_factory=list)
    changed: list[tuple[GroupRow, Group, dict[str, Any]]] = field(default_factory=list)
    same: int = 0
    errors: list[RowError] = field(default_factory=list)
    parents: dict[int, str] = field(default_factory=dict)


def plan_groups(session: Session, rows: list[GroupRow], now: datetime) -> GroupPlan:
    """Sort the rows against the groups of today. Nothing is written."""
    plan, seen = GroupPlan(), dict[str, int]()
    there = {g.slug: g for g in session.scalars(select(Group).where(Group.valid_to.is_(None), Group.kind != "ward"))}
    gone = set(session.scalars(select(Group.slug).where(Group.valid_to.is_not(None))))
    known = populations_at(session, local_date(now))
    khu = _khu_slugs(there, rows)
    for row in rows:
        if row.kind == "to" and match_key("khu_pho", row.parent) not in khu:
            plan.errors.append(RowError(row.line, "parent", "group_unknown", (("name", row.parent),)))
            continue
        plan.parents[row.line] = khu.get(match_key("khu_pho", row.parent), "")
        slug = row.code or _slug(there, row, plan.parents[row.line])
        found = there.get(slug)
        if error := _wrong(row, found, slug in gone, seen.get(slug)):
            plan.errors.append(error)
            continue
        seen[slug] = row.line
        if found is None:
            plan.new.append(row)
        elif values := _values(row, found, known.get(found.id)):
            plan.changed.append((row, found, values))
        else:
            plan.same += 1
    plan.new.sort(key=lambda row: row.kind == "to")  # a khu phố before its tổ
    return plan


def _khu_slugs(there: dict[str, Group], rows: list[GroupRow]) -> dict[str, str]:
    """Khu phố by every spelling, those that come in with the list too: match key → slug."""
    found = {match_key("khu_pho", row.name): slug_of("khu_pho", row.name) for row in rows if row.kind == "khu_pho"}
    return found | {match_key("khu_pho", g.name): g.slug for g in there.values() if g.kind == "khu_pho"}


def _slug(there: dict[str, Group], row: GroupRow, parent: str) -> str:
    """The address of the group that a row means: by its name of today, or what its name would make."""
    made = slug_of(row.kind, row.name, parent)
    above = there[parent].id if parent in there else None
    for group in there.values():
        named = slug_of(group.kind, group.name, parent)
        if group.kind == row.kind and named == made and (row.kind != "to" or group.parent_id == above):
            return group.slug
    return made


def _wrong(row: GroupRow, found: Group | None, gone: bool, twice: int | None) -> RowError | None:
    if twice is not None:
        return RowError(row.line, "name", "group_twice", (("line", twice),))
    if gone or (found is not None and found.kind != row.kind):
        return RowError(row.line, "name", "group_exists", (("name", row.name),))
    if row.code and found is None:
        return RowError(row.line, "code", "group_code", (("code", row.code),))
    return None


def _values(row: GroupRow, group: Group, known: Population | None) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if row.code and row.name != group.name:
        values["name"] = row.name
    held = (known.adults, known.as_of, known.source) if known else None
    if row.adults is not None and held != (row.adults, row.as_of, row.source):
        values["adults"] = (row.adults, row.as_of, row.source)
    for column in ("contact_name", "contact_phone"):
        told = getattr(row, column)
        if told and told != getattr(group, column):
            values[column] = told
    return values


def write_groups(session: Session, plan: GroupPlan, *, by: int | None, now: datetime) -> list[RowError]:
    """Step: make what is new, change what is said otherwise; each with its entry in the trail, as on screen.

    Returns:
        The rows that the tree refused after all: a name that a neighbour has.
    """
    slugs = {g.slug: g.id for g in session.scalars(select(Group).where(Group.valid_to.is_(None)))}
    refused = []
    for row in plan.new:
        parent = slugs.get(plan.parents[row.line]) if row.kind == "to" else None
        group_id = groups.add_group(session, kind=row.kind, name=row.name, parent_id=parent, now=now)
        slugs[slug_of(row.kind, row.name, plan.parents[row.line])] = group_id
        _note(session, "group.add", group_id, by, now, {"kind": row.kind})
        counted = {"adults": (row.adults, row.as_of, row.source)} if row.adults is not None else {}
        told = {"contact_name": row.contact_name, "contact_phone": row.contact_phone}
        _set(session, group_id, counted | {k: v for k, v in told.items() if v}, by, now)
    for row, group, values in plan.changed:
        try:
            _set(session, group.id, values, by, now)
        except Invalid as error:
            refused.append(RowError(row.line, "name", error.code, (("name", row.name),)))
    return refused


def _set(session: Session, group_id: int, values: dict[str, Any], by: int | None, now: datetime) -> None:
    group = session.get_one(Group, group_id)
    if "name" in values:
        before = group.name
        groups.rename_group(session, group_id, values["name"])
        _note(session, "group.rename", group_id, by, now, {"before": before, "after": group.name})
    if "adults" in values:
        adults, as_of, source = values["adults"]
        groups.set_population(session, group_id, adults=adults, as_of=as_of, source=source)
        _note(session, "group.population", group_id, by, now, {"adults": adults, "as_of": as_of.isoformat()})
    if "contact_name" in values or "contact_phone" in values:
        name = values.get("contact_name", group.contact_name)
        groups.set_contact(session, group_id, name=name, phone=values.get("contact_phone", group.contact_phone))
        _note(session, "group.contact", group_id, by, now)


def _note(
    session: Session, action: str, group_id: int, by: int | None, now: datetime, detail: dict[str, Any] | None = None
) -> None:
    record(session, actor_id=by, action=action, subject_kind="group", subject_id=group_id, now=now, detail=detail)
