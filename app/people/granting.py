"""Use cases of roles: given and taken by those who may, never for oneself, never more than one holds."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.service import record
from app.core.db import transaction
from app.core.errors import Invalid, NotFound
from app.people.directory import MOST_ID, get_person
from app.people.factors import FactorState, factor_of
from app.people.grants import Granted, group_tree, rights_in, roles_of
from app.people.models import Authenticator, RoleGrant
from app.people.roles import ONLY_WARD, ROLES, may_grant, reaches
from app.people.service import end_role, grant_role


def give_role(*, person_id: int, role: str, group_id: int, by: int, now: datetime) -> None:
    """Let someone hold a role in a group and all below it. They sign in again.

    Raises:
        NotFound: No such person.
        Invalid: No such group; one's own; or more than ``by`` may hand on there.
        Conflict: Held there already.
    """
    with transaction() as session:
        get_person(session, person_id)
        _check(session, by, person_id, role, group_id)
        grant_role(session, person_id, role, group_id, granted_by=by, now=now)
        _note(session, "role.grant", person_id, role, group_id, by, now)


def take_role(*, person_id: int, grant_id: int, by: int, now: datetime) -> None:
    """Let someone hold a role no longer; what they wrote in the trail stays.

    Raises:
        NotFound: They hold no such grant.
        Invalid: One's own; or one that ``by`` could not have given.
    """
    with transaction() as session:
        grant = session.get(RoleGrant, grant_id) if grant_id < MOST_ID else None
        if grant is None or grant.person_id != person_id or grant.ended_at is not None:
            raise NotFound
        _check(session, by, person_id, grant.role, grant.group_id)
        end_role(session, person_id, grant.role, group_id=grant.group_id, now=now)
        _note(session, "role.end", person_id, grant.role, grant.group_id, by, now)


def _check(session: Session, by: int, person_id: int, role: str, group_id: int) -> None:
    if by == person_id:
        raise Invalid("role_own", field="role")
    tree = group_tree(session)
    if group_id not in tree.parents:
        raise Invalid("group_missing", field="group")
    if role in ONLY_WARD and group_id != tree.root:
        raise Invalid("role_ward", field="group")
    if not may_grant(rights_in(session, by), role, group_id, tree):
        raise Invalid("role_beyond", field="role")


def _note(session: Session, action: str, person_id: int, role: str, group_id: int, by: int, now: datetime) -> None:
    detail = {"role": role, "group_id": group_id}
    record(session, actor_id=by, action=action, subject_kind="person", subject_id=person_id, now=now, detail=detail)


def roles_to_give(session: Session, by: int) -> list[str]:
    """The roles that someone may give somewhere, in the order of :data:`ROLES`."""
    rights, tree = rights_in(session, by), group_tree(session)
    return [role for role in ROLES if any(may_grant(rights, role, group_id, tree) for group_id in tree.parents)]


def outranks(session: Session, by: int, person_id: int) -> bool:
    """Whether ``by`` may do all that this other person may: only then may they touch how the other signs in."""
    return by != person_id and reaches(rights_in(session, by), rights_in(session, person_id))


@dataclass(frozen=True)
class StaffDesk:
    """What someone may do about another person's roles and ways in.

    Attributes:
        roles: What the other person holds.
        endable: The ids of those that may be ended.
        choices: The roles that may be given.
        may_reset: Whether the other's password and second step may be begun anew.
        has_password: Whether there is a password at all.
        factor: Where the other stands with the second step.
    """

    roles: list[Granted]
    endable: frozenset[int]
    choices: list[str]
    may_reset: bool
    has_password: bool
    factor: FactorState


def staff_desk(session: Session, person_id: int, by: int) -> StaffDesk:
    """What ``by`` may do about the roles and ways in of a person."""
    rights, tree, roles = rights_in(session, by), group_tree(session), roles_of(session, person_id)
    own = by == person_id
    password = select(Authenticator.id).where(Authenticator.person_id == person_id, Authenticator.kind == "password")
    return StaffDesk(
        roles=roles,
        endable=frozenset(one.id for one in roles if not own and may_grant(rights, one.role, one.group_id, tree)),
        choices=[] if own else roles_to_give(session, by),
        may_reset="signin.reset" in rights and outranks(session, by, person_id),
        has_password=session.scalar(password) is not None,
        factor=factor_of(session, person_id),
    )
