"""Reading requests about one's own data: the queue with its clocks, one request, one's own."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.core.calendar import local_date
from app.core.errors import NotFound
from app.groups.models import Group
from app.people.directory import MOST_ID
from app.people.models import Membership, Person
from app.privacy.domain import is_overdue
from app.privacy.models import PrivacyRequest

SHOWN = 30  # answered ones


@dataclass(frozen=True)
class Asked:
    """One request.

    Attributes:
        name: Of the person where they are known, else as it was given; "" once erased.
        contact: How to reach them: as given, else the number on record.
        late: Whether it has waited longer than the law allows.
        next_due: The clock that runs now.
    """

    id: int
    kind: str
    person_id: int | None
    name: str
    group: str
    contact: str
    words: str
    received_at: datetime
    received_by: int | None
    ack_due: datetime
    due: datetime
    next_due: datetime
    state: str
    late: bool
    acknowledged_at: datetime | None
    acknowledged_by: int | None
    outcome: str
    answer: str
    closed_at: datetime | None
    closed_by: int | None

    @property
    def ack_day(self) -> date:
        """The last day for acknowledging."""
        return _last_day(self.ack_due)

    @property
    def due_day(self) -> date:
        """The last day for answering."""
        return _last_day(self.due)

    @property
    def next_day(self) -> date:
        """The last day of the clock that runs now."""
        return _last_day(self.next_due)


def _last_day(end: datetime) -> date:
    return local_date(end - timedelta(seconds=1))


def open_requests(session: Session, now: datetime) -> list[Asked]:
    """What waits, the most urgent first."""
    found = _listed(session, now, PrivacyRequest.state != "closed")
    return sorted(found, key=lambda one: (one.next_due, one.id))


def closed_requests(session: Session, now: datetime) -> list[Asked]:
    """What was answered last, the newest first."""
    query_order = (PrivacyRequest.closed_at.desc(), PrivacyRequest.id.desc())
    return _listed(session, now, PrivacyRequest.state == "closed", order=query_order, limit=SHOWN)


def requests_of(session: Session, person_id: int, now: datetime) -> list[Asked]:
    """What someone asked for, the newest first."""
    return _listed(session, now, PrivacyRequest.person_id == person_id, order=(PrivacyRequest.id.desc(),))


def get_request(session: Session, request_id: int, now: datetime) -> Asked:
    """One request.

    Raises:
        NotFound: There is none.
    """
    found = _listed(session, now, PrivacyRequest.id == request_id) if request_id < MOST_ID else []
    if not found:
        raise NotFound
    return found[0]


def count_open(session: Session) -> int:
    """How many wait."""
    return session.scalar(select(func.count()).where(PrivacyRequest.state != "closed")) or 0


def count_late(session: Session, now: datetime) -> int:
    """How many have waited longer than the law allows."""
    late = or_(
        PrivacyRequest.due <= now,
        (PrivacyRequest.state == "new") & (PrivacyRequest.ack_due <= now),
    )
    return session.scalar(select(func.count()).where(PrivacyRequest.state != "closed", late)) or 0


def _listed(
    session: Session,
    now: datetime,
    which: ColumnElement[bool],
    *,
    order: tuple[ColumnElement[Any], ...] = (),
    limit: int | None = None,
) -> list[Asked]:
    home = aliased(Membership)
    query = (
        select(PrivacyRequest, Person.name, Person.phone, Group.name)
        .outerjoin(Person, Person.id == PrivacyRequest.person_id)
        .outerjoin(home, (home.person_id == Person.id) & (home.kind == "home") & home.ended_at.is_(None))
        .outerjoin(Group, Group.id == home.group_id)
        .where(which)
        .order_by(*order)
        .limit(limit)
    )
    return [_asked(row, name, phone, group, now) for row, name, phone, group in session.execute(query)]


def _asked(row: PrivacyRequest, name: str | None, phone: str | None, group: str | None, now: datetime) -> Asked:
    return Asked(
        id=row.id,
        kind=row.kind,
        person_id=row.person_id,
        name=name or row.name,
        group=group or "",
        contact=row.contact or phone or "",
        words=row.words,
        received_at=row.received_at,
        received_by=row.received_by,
        ack_due=row.ack_due,
        due=row.due,
        next_due=min(row.ack_due, row.due) if row.state == "new" else row.due,
        state=row.state,
        late=is_overdue(row.state, row.ack_due, row.due, now),
        acknowledged_at=row.acknowledged_at,
        acknowledged_by=row.acknowledged_by,
        outcome=row.outcome or "",
        answer=row.answer,
        closed_at=row.closed_at,
        closed_by=row.closed_by,
    )
