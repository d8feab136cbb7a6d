"""Reading the ward, its tree and its populations."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.groups.domain import Population
from app.groups.models import Group, Ward
from app.groups.models import Population as PopulationRow


@dataclass(frozen=True)
class Node:
    """A group in the tree, parents first; ``depth`` 0 is the ward."""

    group: Group
    depth: int


def get_ward(session: Session) -> Ward | None:
    """The ward, or ``None`` before set-up. Read once per session."""
    return session.get(Ward, 1)


def ward_group(session: Session) -> Group:
    """The root of the tree.

    Raises:
        NotFound: Before set-up.
    """
    found = session.scalar(select(Group).where(Group.kind == "ward").order_by(Group.id).limit(1))
    if found is None:
        raise NotFound
    return found


def _of_kind(session: Session, kind: str) -> list[Group]:
    query = select(Group).where(Group.kind == kind, Group.valid_to.is_(None))
    return list(session.scalars(query.order_by(Group.sort_key, Group.id)))


def khu_pho_list(session: Session) -> list[Group]:
    """The khu phố of today; 2 comes before 10."""
    return _of_kind(session, "khu_pho")


def branch_list(session: Session) -> list[Group]:
    """The chi đoàn of today."""
    return _of_kind(session, "chi_doan")


def group_by_slug(session: Session, slug: str) -> Group:
    """The group at an address.

    Raises:
        NotFound: There is none.
    """
    found = session.scalar(select(Group).where(Group.slug == slug))
    if found is None:
        raise NotFound
    return found


def get_group(session: Session, group_id: int) -> Group:
    """A group by id.

    Raises:
        NotFound: There is none.
    """
    found = session.get(Group, group_id)
    if found is None:
        raise NotFound
    return found


def tree(session: Session) -> list[Node]:
    """Every group of today, each after its parent, in the order of names."""
    query = select(Group).where(Group.valid_to.is_(None)).order_by(Group.sort_key, Group.id)
    children: dict[int | None, list[Group]] = {}
    for group in session.scalars(query):
        children.setdefault(group.parent_id, []).append(group)
    return _below(children, None, 0)


def _below(children: dict[int | None, list[Group]], parent_id: int | None, depth: int) -> list[Node]:
    nodes: list[Node] = []
    for group in children.get(parent_id, []):
        nodes += [Node(group, depth), *_below(children, group.id, depth + 1)]
    return nodes


def home_khu(session: Session, group_id: int | None) -> Group | None:
    """The khu phố that a residential group belongs to: itself, or the parent of a tổ."""
    group = session.get(Group, group_id) if group_id is not None else None
    if group is not None and group.kind == "to" and group.parent_id is not None:
        group = session.get(Group, group.parent_id)
    return group if group is not None and group.kind == "khu_pho" else None


def khu_members(session: Session, khu_id: int) -> list[int]:
    """The ids whose members live in a khu phố: its own and its tổ's."""
    return [khu_id, *session.scalars(select(Group.id).where(Group.parent_id == khu_id, Group.kind == "to"))]


def populations_at(session: Session, day: date) -> dict[int, Population]:
    """The population in force on a day (the latest ``as_of`` up to it), by group id."""
    latest = (
        select(PopulationRow.group_id, func.max(PopulationRow.as_of).label("as_of"))
        .where(PopulationRow.as_of <= day)
        .group_by(PopulationRow.group_id)
        .subquery()
    )
    query = select(PopulationRow).join(
        latest, (latest.c.group_id == PopulationRow.group_id) & (latest.c.as_of == PopulationRow.as_of)
    )
    return {row.group_id: Population(row.group_id, row.adults, row.as_of, row.source) for row in session.scalars(query)}


def population_at(session: Session, group_id: int, day: date) -> Population | None:
    """One group's population in force on a day, or ``None`` where no list says so yet."""
    query = (
        select(PopulationRow)
        .where(PopulationRow.group_id == group_id, PopulationRow.as_of <= day)
        .order_by(PopulationRow.as_of.desc())
        .limit(1)
    )
    row = session.scalar(query)
    return None if row is None else Population(row.group_id, row.adults, row.as_of, row.source)
