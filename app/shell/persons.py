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
from app.people.models import RoleGrant
from app.people.service import add_person, confirm_membership, grant_role, issue_card, store_secret
from app.standings.service import post_join


@dataclass(frozen=True)
class NewPerson:
    """What was typed; groups are still words."""

    name: str
    address: str
    adult: str
    group: str
    branch: str = ""
    role: str | None = None
    secret: str = ""

    @property
    def kind(self) -> str:
        return "password" if self.role == "officer" else "pin"

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
        grant_role(session, person_id, new.role, ward_group(session).id, granted_by=None, now=now)
    if hashed is not None:
        store_secret(session, person_id, new.kind, hashed, now=now)
    record(session, actor_id=None, action="person.add", subject_kind="person", subject_id=person_id, now=now)
    return person_id, issue_card(session, person_id, now=now)


def _find(groups: list[Group], kind: str, name: str, field: str) -> int:
    key = match_key(kind, name)
    found = [group.id for group in groups if match_key(kind, group.name) == key]
    if not found:
        raise Invalid("group_unknown", field=field, name=name)
    return found[0]
