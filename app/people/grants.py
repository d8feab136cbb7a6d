"""Reading who holds what where, and conditions that keep a query inside a branch of the tree."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session, aliased

from app.groups.models import Group
from app.people.models import Membership, Person, RoleGrant
from app.people.roles import BRINGS, NOWHERE, ROLES, Held, Rights, Scope, Tree, rights_of


@dataclass(frozen=True)
class Granted:
    """A role that is held now, and where."""

    id: int
    role: str
    group_id: int
    group: str
    granted_at: datetime


def group_tree(session: Session) -> Tree:
    """The tree as it is now, groups of the past included. One select."""
    rows = session.execute(select(Group.id, Group.parent_id, Group.kind).order_by(Group.id)).all()
    root = next((group_id for group_id, _, kind in rows if kind == "ward"), None)
    return Tree(root, {group_id: parent_id for group_id, parent_id, _ in rows})


def grants_of(session: Session, person_id: int) -> list[Held]:
    """The roles that someone holds now."""
    query = select(RoleGrant.role, RoleGrant.group_id)
    rows = session.execute(query.where(RoleGrant.person_id == person_id, RoleGrant.ended_at.is_(None)))
    return [Held(role, group_id) for role, group_id in rows]


def rights_in(session: Session, person_id: int, level: str = "password") -> Rights:
    """What someone may do, in a session of that level."""
    held = grants_of(session, person_id)
    return rights_of(held, level, group_tree(session)) if held else {}


def scope_in(session: Session, person_id: int, permission: str) -> Scope:
    """Where someone may do that."""
    return rights_in(session, person_id).get(permission, NOWHERE)


def roles_of(session: Session, person_id: int) -> list[Granted]:
    """The roles that someone holds now, with the names of their groups, in the order of :data:`ROLES`."""
    query = (
        select(RoleGrant.id, RoleGrant.role, RoleGrant.group_id, Group.name, RoleGrant.granted_at)
        .join(Group, Group.id == RoleGrant.group_id)
        .where(RoleGrant.person_id == person_id, RoleGrant.ended_at.is_(None))
    )
    found = [Granted(*row) for row in session.execute(query)]
    return sorted(found, key=lambda one: (ROLES.index(one.role), one.id))


def roles_held(session: Session, person_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """The roles of each of these people, each word once, in the order of :data:`ROLES`; learners are missing."""
    query = select(RoleGrant.person_id, RoleGrant.role).distinct()
    found: dict[int, list[str]] = {}
    for person_id, role in session.execute(
        query.where(RoleGrant.person_id.in_(person_ids), RoleGrant.ended_at.is_(None))
    ):
        found.setdefault(person_id, []).append(role)
    return {person_id: tuple(sorted(roles, key=ROLES.index)) for person_id, roles in found.items()}


def groups_of(session: Session, person_id: int) -> list[int]:
    """The groups that someone belongs to now: home and chi đoàn."""
    query = select(Membership.group_id).where(Membership.person_id == person_id, Membership.ended_at.is_(None))
    return list(session.scalars(query))


def belongs(person: Any, scope: Scope) -> list[ColumnElement[bool]]:
    """Conditions: the person of this id column belongs to a group of the scope, by home or by chi đoàn."""
    if scope.everywhere:
        return []
    own = aliased(Membership)  # the query around this may read memberships itself
    return [exists().where(own.person_id == person, own.ended_at.is_(None), own.group_id.in_(scope.group_ids))]


def holders(session: Session, permission: str) -> list[int]:
    """Everyone here whose role, held for the whole ward, brings a permission; the longest first."""
    query = (
        select(RoleGrant.person_id)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(
            RoleGrant.role.in_(_bringing(permission)),
            RoleGrant.group_id == group_tree(session).root,
            RoleGrant.ended_at.is_(None),
            Person.closed_at.is_(None),
        )
        .order_by(RoleGrant.id)
    )
    return list(dict.fromkeys(session.scalars(query)))


def _bringing(permission: str) -> Iterable[str]:
    return [role for role, permissions in BRINGS.items() if permission in permissions]
