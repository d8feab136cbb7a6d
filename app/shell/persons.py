"""Adding one person from the command line: placed, confirmed, with a card, and a role where they hold one."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.service import record
from app.core.errors import Invalid
from app.groups.domain import match_key
from app.groups.models import Group
from app.groups.queries import branch_list, khu_pho_list, ward_group
from app.people.domain import IssuedCard, check_password, check_pin
from app.people.models import Card, Person, RoleGrant
from app.people.roles import ONLY_WARD, STAFF
from app.people.service import add_person, confirm_membership, grant_role, issue_card, store_secret
from app.standings.service import post_join


@dataclass(frozen=True)
class NewPerson:
    """What was typed; groups are still words. ``where`` is the branch that the role is held in, "" for the ward."""

    name: str
    address: str
    adult: str
    group: str
    branch: str = ""
    role: str | None = None
    where: str = ""
    secret: str = ""

    @property
    def kind(self) -> str:
        return "password" if self.role in STAFF else "pin"

    def checked_secret(self) -> str:
        """The PIN or password, if it does.

        Raises:
            Invalid: It does not.
        """
        return check_password(self.secret) if self.kind == "password" else check_pin(self.secret)


def first_officer(session: Session) -> int | None:
    """The officer who has been one for the longest: in whose name commands act."""
    query = select(RoleGrant.person_id).where(RoleGrant.role == "officer", RoleGrant.ended_at.is_(None))
    return session.scalar(query.order_by(RoleGrant.id).limit(1))


def to_rescue(session: Session, code: str) -> tuple[int, str]:
    """Who gets back in, by card code; without one the only officer there is. The id and the name.

    Raises:
        Invalid: No such card, its owner signs in without a password, or several officers.
    """
    staff = select(Person.id, Person.name).join(RoleGrant, RoleGrant.person_id == Person.id)
    staff = staff.where(RoleGrant.ended_at.is_(None), Person.closed_at.is_(None)).distinct()
    if code:
        card = select(Card.person_id).where(Card.code == "".join(code.split()), Card.ended_at.is_(None))
        found = session.execute(staff.where(RoleGrant.role.in_(STAFF), Person.id.in_(card))).all()
    else:
        found = session.execute(staff.where(RoleGrant.role == "officer")).all()
    if len(found) != 1:
        raise Invalid("rescue_card" if code else "rescue_which" if found else "rescue_nobody", field="code")
    return found[0]


def add_by_hand(session: Session, new: NewPerson, hashed: str | None, *, now: datetime) -> tuple[int, IssuedCard]:
    """Whoever runs commands on the ward's own machine vouches for the person: confirmed at once.

    Raises:
        Invalid: A value does not fit; ``field`` says which.
    """
    home = _find(khu_pho_list(session), "khu_pho", new.group, "group")
    branch = _find(branch_list(session), "chi_doan", new.branch, "branch") if new.branch else None
    person_id = add_person(
        session, name=new.name, address=new.address, adult=new.adult, group_id=home, branch_id=branch, now=now
    )
    confirm_membership(session, person_id, by=None, now=now)
    post_join(session, person_id, now=now)
    if new.role is not None:
        grant_role(session, person_id, new.role, _branch(session, new), granted_by=None, now=now)
    if hashed is not None:
        store_secret(session, person_id, new.kind, hashed, now=now)
    record(session, actor_id=None, action="person.add", subject_kind="person", subject_id=person_id, now=now)
    return person_id, issue_card(session, person_id, now=now)


def _branch(session: Session, new: NewPerson) -> int:
    if not new.where:
        return ward_group(session).id
    if new.role in ONLY_WARD:
        raise Invalid("role_ward", field="where")
    try:
        return _find(khu_pho_list(session), "khu_pho", new.where, "where")
    except Invalid:
        return _find(branch_list(session), "chi_doan", new.where, "where")


def _find(groups: list[Group], kind: str, name: str, field: str) -> int:
    key = match_key(kind, name)
    found = [group.id for group in groups if match_key(kind, group.name) == key]
    if not found:
        raise Invalid("group_unknown", field=field, name=name)
    return found[0]
