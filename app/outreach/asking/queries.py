"""Reading requests for help: one's own, those that wait too long, those of people without a card."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.groups.models import Group
from app.groups.queries import get_ward
from app.outreach.asking.domain import TOLD_FOR
from app.outreach.domain import Reach
from app.outreach.models import HelpRequest
from app.outreach.queries import asked_in
from app.people.directory import MOST_ID
from app.people.models import Person

WAIT_DAYS, HOLD_DAYS, KEEP_MONTHS = 2, 3, 6  # before set-up


@dataclass(frozen=True)
class Terms:
    """What officers have set: days until a request is late, days until a taken one goes back, months it is kept."""

    wait_days: int
    hold_days: int
    keep_months: int


@dataclass(frozen=True)
class Own:
    """A request as the one who asked reads it. ``taker`` is "" where nobody has it, or for someone without a card."""

    id: int
    way: str
    state: str
    outcome: str | None
    created_at: datetime
    taken_at: datetime | None
    done_at: datetime | None
    tries: int
    taker: str


@dataclass(frozen=True)
class Guest:
    """Someone without a card who asked, as the way through a khu phố shows them."""

    id: int
    name: str
    contact: str
    way: str
    group: str
    created_at: datetime


def terms_of(session: Session) -> Terms:
    """The days in force."""
    ward = get_ward(session)
    if ward is None:
        return Terms(WAIT_DAYS, HOLD_DAYS, KEEP_MONTHS)
    return Terms(ward.help_wait_days, ward.help_hold_days, ward.help_keep_months)


def own_request(session: Session, *, person_id: int | None, request_id: int | None, now: datetime) -> Own | None:
    """What someone asked for last, while it is open and for a week after; ``None`` where there is nothing to tell.

    Args:
        person_id: Who is signed in.
        request_id: For a guest: what this browser asked for; a request of somebody with a card is never told so.
    """
    if person_id is not None:
        mine = HelpRequest.person_id == person_id
    elif request_id is not None and request_id < MOST_ID:
        mine = (HelpRequest.id == request_id) & HelpRequest.person_id.is_(None)
    else:
        return None
    query = select(HelpRequest, Person.name).outerjoin(Person, Person.id == HelpRequest.taken_by).where(mine)
    row = session.execute(query.order_by(HelpRequest.id.desc()).limit(1)).first()
    if row is None or (row[0].done_at is not None and row[0].done_at < now - TOLD_FOR):
        return None
    asked, taker = row
    known = taker if person_id is not None and asked.state == "taken" else ""
    return Own(
        asked.id, asked.way, asked.state, asked.outcome, asked.created_at, asked.taken_at, asked.done_at, asked.tries,
        known or "",
    )  # fmt: skip


def count_late(session: Session, reach: Reach, now: datetime) -> int:
    """How many requests nobody has taken for longer than the ward allows itself."""
    since = now - timedelta(days=terms_of(session).wait_days)
    query = select(func.count()).where(HelpRequest.state == "waiting", HelpRequest.created_at < since, *asked_in(reach))
    return session.scalar(query) or 0


def guests_asking(session: Session, group_ids: Collection[int]) -> list[Guest]:
    """People without a card who asked in these groups and still wait, the longest wait first."""
    query = (
        select(HelpRequest, Group.name)
        .join(Group, Group.id == HelpRequest.group_id)
        .where(HelpRequest.person_id.is_(None), HelpRequest.state != "done", HelpRequest.group_id.in_(group_ids))
        .order_by(HelpRequest.created_at, HelpRequest.id)
    )
    return [
        Guest(one.id, one.name, one.contact, one.way, group, one.created_at) for one, group in session.execute(query)
    ]
