"""Reading field work: whom to call, who waits for help, who waits to be confirmed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.core.errors import NotFound
from app.groups.models import Group
from app.groups.queries import get_ward, home_khu
from app.outreach.domain import LATE, Reach, is_late
from app.outreach.models import HelpRequest
from app.people.directory import MOST_ID, get_person
from app.people.grants import belongs, groups_of, scope_in
from app.people.models import Membership, Person
from app.people.roles import Scope


@dataclass(frozen=True)
class Contact:
    """Whom to call: the khu phố's own person, else the ward's line. ``phone`` may be ""."""

    name: str
    phone: str
    hours: str
    khu: str


@dataclass(frozen=True)
class Waiting:
    """A request for help in the volunteers' list."""

    id: int
    name: str
    group: str
    contact: str
    way: str
    created_at: datetime
    late: bool
    taken_by: int | None
    taker: str
    taken_at: datetime | None
    person_id: int | None  # None: someone without a card
    group_id: int | None
    tries: int = 0
    returned_at: datetime | None = None


@dataclass(frozen=True)
class Newcomer:
    """Someone who signed up alone and waits for a word from a neighbour."""

    person_id: int
    name: str
    group: str
    branch: str
    since: datetime


def contact_for(session: Session, group_id: int | None) -> Contact:
    """Whom someone of this group calls."""
    khu, ward = home_khu(session, group_id), get_ward(session)
    if khu is not None and khu.contact_phone:
        return Contact(khu.contact_name, khu.contact_phone, "", khu.name)
    if ward is None:
        return Contact("", "", "", "")
    return Contact(ward.help_name, ward.help_phone, ward.help_hours, "")


def reach_of(session: Session, person_id: int) -> Reach:
    """Whom this volunteer, leader or officer looks after, by where the role is held."""
    scope = scope_in(session, person_id, "help.handle")
    return Reach(everyone=scope.everywhere, group_ids=scope.group_ids)


def waiting(session: Session, reach: Reach, now: datetime) -> list[Waiting]:
    """Requests that are not done: those that nobody takes for too long, then the oldest first."""
    taker, ward = aliased(Person), get_ward(session)
    late = timedelta(days=ward.help_wait_days) if ward else LATE
    forgotten = case((and_(HelpRequest.state == "waiting", HelpRequest.created_at < now - late), 0), else_=1)
    query = (
        select(HelpRequest, Person.name, Person.phone, Group.name, taker.name)
        .outerjoin(Person, Person.id == HelpRequest.person_id)
        .outerjoin(taker, taker.id == HelpRequest.taken_by)
        .outerjoin(Group, Group.id == HelpRequest.group_id)
        .where(HelpRequest.state != "done", *asked_in(reach))
        .order_by(forgotten, HelpRequest.created_at, HelpRequest.id)
    )
    return [
        Waiting(
            id=row.id,
            name=name or row.name,
            group=group or "",
            contact=row.contact or phone or "",
            way=row.way,
            created_at=row.created_at,
            late=is_late(row.created_at, now, late),
            taken_by=row.taken_by,
            taker=taker_name or "",
            taken_at=row.taken_at,
            person_id=row.person_id,
            group_id=row.group_id,
            tries=row.tries,
            returned_at=row.returned_at,
        )
        for row, name, phone, group, taker_name in session.execute(query)
    ]


def asked_in(reach: Reach) -> list[ColumnElement[bool]]:
    """By where they live, or (for a chi đoàn) by who asks; a request that names no group is everyone's."""
    if reach.everyone:
        return []
    column = HelpRequest.group_id
    return [or_(column.is_(None), column.in_(reach.group_ids), *belongs(HelpRequest.person_id, _scope(reach)))]


def _scope(reach: Reach) -> Scope:
    return Scope(everywhere=reach.everyone, group_ids=reach.group_ids)


def groups_of_request(session: Session, request_id: int) -> list[int] | None:
    """The groups that a request concerns: where it was asked for, and those of the one who asks.

    ``None`` for a request that names neither: it is everyone's. Empty where there is no such request.
    """
    request = session.get(HelpRequest, request_id) if request_id < MOST_ID else None
    if request is None:
        return []
    found = [] if request.group_id is None else [request.group_id]
    found += groups_of(session, request.person_id) if request.person_id else []
    return found or None


def request_in_reach(session: Session, request_id: int, by: int) -> HelpRequest | None:
    """A request that this volunteer, leader or officer may see; ``None`` where there is none."""
    query = select(HelpRequest).where(HelpRequest.id == request_id, *asked_in(reach_of(session, by)))
    return session.scalar(query)


def count_waiting(session: Session, reach: Reach) -> int:
    """How many requests nobody has taken yet."""
    query = select(func.count()).where(HelpRequest.state == "waiting", *asked_in(reach))
    return session.scalar(query) or 0


def _unconfirmed(reach: Reach) -> list[ColumnElement[bool]]:
    return [
        Membership.kind == "home",
        Membership.ended_at.is_(None),
        Membership.confirmed_at.is_(None),
        Person.closed_at.is_(None),
        *belongs(Membership.person_id, _scope(reach)),
    ]


def newcomers(session: Session, reach: Reach, *, limit: int = 50) -> list[Newcomer]:
    """People whose khu phố nobody has confirmed yet, the longest wait first."""
    branch, branch_group = aliased(Membership), aliased(Group)
    query = (
        select(Person.id, Person.name, Group.name, branch_group.name, Membership.started_at)
        .join(Membership, Membership.person_id == Person.id)
        .join(Group, Group.id == Membership.group_id)
        .outerjoin(
            branch,
            (branch.person_id == Person.id) & (branch.kind == "branch") & branch.ended_at.is_(None),
        )
        .outerjoin(branch_group, branch_group.id == branch.group_id)
        .where(*_unconfirmed(reach))
        .order_by(Membership.started_at, Person.id)
        .limit(limit)
    )
    return [Newcomer(i, name, group, b or "", since) for i, name, group, b, since in session.execute(query)]


def count_newcomers(session: Session, reach: Reach) -> int:
    """How many people wait to be confirmed."""
    query = select(func.count()).select_from(Membership).join(Person, Person.id == Membership.person_id)
    return session.scalar(query.where(*_unconfirmed(reach))) or 0


def home_of(session: Session, person_id: int) -> int | None:
    """The group where someone lives now."""
    query = select(Membership.group_id).where(
        Membership.person_id == person_id, Membership.kind == "home", Membership.ended_at.is_(None)
    )
    return session.scalar(query)


def get_in_reach(session: Session, person_id: int, by: int) -> Person:
    """Someone whom this volunteer or officer looks after.

    Raises:
        NotFound: No such person there.
    """
    person = get_person(session, person_id)
    reach = reach_of(session, by)
    if not reach.everyone and reach.group_ids.isdisjoint(groups_of(session, person_id)):
        raise NotFound
    return person


def phone_of(session: Session, person_id: int) -> str:
    """The number on record, or ""."""
    return session.scalar(select(Person.phone).where(Person.id == person_id)) or ""
