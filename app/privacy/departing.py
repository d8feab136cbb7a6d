"""People who moved away or died: their file closes quietly, nothing they learnt is lost, and it can open again."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from app.audit.service import record
from app.core.db import transaction
from app.core.errors import Conflict, Invalid, NotFound
from app.core.text import fold
from app.outreach.models import HelpRequest
from app.people.directory import MOST_ID, get_person
from app.people.grants import grants_of
from app.people.models import Card, DeviceUse, Membership, Person
from app.people.service import end_sessions
from app.privacy.domain import WHYS
from app.privacy.models import Departure

SHOWN = 50


@dataclass(frozen=True)
class Left:
    """Someone whose file is closed, as the console lists them."""

    id: int
    name: str
    why: str
    at: datetime


def close_file(*, person_id: int, why: str, by: int, now: datetime) -> None:
    """Someone moved away or died: what waits for them ends, nothing reminds them, their name is shown nowhere.

    Args:
        why: moved | died.

    Raises:
        NotFound: No such person.
        Invalid: Not one of the two; oneself; or someone who holds a role, which is given back first.
        Conflict: Closed already.
    """
    if why not in WHYS:
        raise Invalid("leave_why", field="why")
    if by == person_id:
        raise Invalid("leave_self")
    with transaction() as session:
        person = session.get(Person, get_known(session, person_id).id, with_for_update=True)
        assert person is not None
        if person.closed_at is not None:
            raise Conflict("left_already")
        if grants_of(session, person_id):
            raise Invalid("erase_role")
        person.closed_at = now
        _end(session, person_id, now)
        session.add(Departure(person_id=person_id, why=why, at=now, by=by))
        _note(session, "person.leave", person_id, by, now, why)


def _end(session: Session, person_id: int, now: datetime) -> None:
    end_sessions(session, person_id)
    session.execute(delete(DeviceUse).where(DeviceUse.person_id == person_id))
    for table in (Membership, Card):
        open_ones = update(table).where(table.person_id == person_id, table.ended_at.is_(None))
        session.execute(open_ones.values(ended_at=now))
    waiting = update(HelpRequest).where(HelpRequest.person_id == person_id, HelpRequest.state != "done")
    session.execute(waiting.values(state="done", done_at=now))


def open_file(*, person_id: int, by: int, now: datetime) -> None:
    """They are back, or it was a mistake: group, card and PIN are as before.

    Raises:
        NotFound: Nobody with that number has left.
    """
    with transaction() as session:
        gone = session.get(Departure, person_id, with_for_update=True) if person_id < MOST_ID else None
        if gone is None:
            raise NotFound
        person = session.get_one(Person, person_id)
        for table in (Membership, Card):
            ended_then = update(table).where(table.person_id == person_id, table.ended_at == gone.at)
            session.execute(ended_then.values(ended_at=None))
        person.closed_at = None
        session.delete(gone)
        _note(session, "person.return", person_id, by, now, gone.why)


def _note(session: Session, action: str, person_id: int, by: int, now: datetime, why: str) -> None:
    record(
        session, actor_id=by, action=action, subject_kind="person", subject_id=person_id, now=now, detail={"why": why}
    )


def get_known(session: Session, person_id: int) -> Person:
    """Someone who is here, or has left and is not forgotten.

    Raises:
        NotFound: No such person.
    """
    person = session.get(Person, person_id) if person_id < MOST_ID else None
    if person is not None and session.get(Departure, person_id) is not None:
        return person
    return get_person(session, person_id)


def departure(session: Session, person_id: int) -> Departure | None:
    """When and why someone left, if they did."""
    return session.get(Departure, person_id) if person_id < MOST_ID else None


def people_who_left(session: Session, *, text: str = "") -> list[Left]:
    """Closed files that are not forgotten yet, the newest first."""
    query = (
        select(Person.id, Person.name, Departure.why, Departure.at)
        .join(Departure, Departure.person_id == Person.id)
        .where(*_matches(text))
        .order_by(Departure.at.desc(), Person.id)
        .limit(SHOWN)
    )
    return [Left(*row) for row in session.execute(query)]


def _matches(text: str) -> list[ColumnElement[bool]]:
    return [Person.folded.contains(word, autoescape=True) for word in fold(text)[:80].split()[:8]]
