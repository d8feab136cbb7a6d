"""Use cases of a class while it is on: who is there, and how many heads were counted."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.attempts.models import Attempt
from app.audit.service import record
from app.core.db import insert_for, transaction
from app.core.errors import Conflict, NotFound
from app.outreach.classes.domain import check_counted, is_on
from app.outreach.classes.models import Attendance, ClassAttempt, ClassMeasure, ClassSession
from app.outreach.classes.service import check_begun, held
from app.outreach.queries import get_in_reach
from app.people.directory import MOST_ID


def come_in(*, class_id: int, person_id: int, now: datetime) -> bool:
    """Somebody says on their own phone that they are there; whether it was new.

    Raises:
        NotFound: No such class.
        Conflict: Nobody comes into it now.
    """
    with transaction() as session:
        row = session.get(ClassSession, class_id) if class_id < MOST_ID else None
        if row is None:
            raise NotFound
        if not is_on(row.starts_at, row.cancelled_at is not None, now):
            raise Conflict("class_not_on")
        return attend(session, class_id, person_id, way="qr", by=None, now=now)


def attend(session: Session, class_id: int, person_id: int, *, way: str, by: int | None, now: datetime) -> bool:
    """Put somebody on the list of a class; whether they were not there yet. A step."""
    values = {"class_id": class_id, "person_id": person_id, "way": way, "by": by, "at": now}
    statement = insert_for(session)(Attendance).values(**values).on_conflict_do_nothing()
    return session.execute(statement.returning(Attendance.person_id)).first() is not None


def tick(*, class_id: int, person_id: int, by: int, now: datetime) -> None:
    """The trainer puts somebody on the list. Once is enough.

    Raises:
        NotFound: No such class, or nobody like that, in reach.
        Conflict: It has not begun, or was called off.
    """
    with transaction() as session:
        check_begun(held(session, class_id, by), now)
        get_in_reach(session, person_id, by)
        if attend(session, class_id, person_id, way="hand", by=by, now=now):
            _note_person(session, "class.tick", class_id, person_id, by, now)


def untick(*, class_id: int, person_id: int, by: int, now: datetime) -> None:
    """Take somebody off the list who was put there by mistake; not who has answered something in the class.

    Raises:
        NotFound: No such class in reach.
        Conflict: They took part.
    """
    with transaction() as session:
        held(session, class_id, by)
        if _took_part(session, class_id, person_id):
            raise Conflict("class_took_part")
        off = delete(Attendance).where(Attendance.class_id == class_id, Attendance.person_id == person_id)
        if session.execute(off.returning(Attendance.person_id)).first() is not None:
            _note_person(session, "class.untick", class_id, person_id, by, now)


def _took_part(session: Session, class_id: int, person_id: int) -> bool:
    measure = select(ClassMeasure.id).where(ClassMeasure.class_id == class_id, ClassMeasure.person_id == person_id)
    attempt = select(ClassAttempt.attempt_id).join(Attempt, Attempt.id == ClassAttempt.attempt_id)
    attempt = attempt.where(ClassAttempt.class_id == class_id, Attempt.person_id == person_id)
    return any(session.scalar(query.limit(1)) is not None for query in (measure, attempt))


def meet_in_class(session: Session, class_id: int, person_id: int, *, by: int, now: datetime) -> None:
    """Whoever was signed up just now in the class is there. A step.

    Raises:
        NotFound: No such class in reach.
        Conflict: It has not begun, or was called off.
    """
    check_begun(held(session, class_id, by), now)
    attend(session, class_id, person_id, way="signed_up", by=by, now=now)


def note_attempt(session: Session, class_id: int, attempt_id: int) -> None:
    """An attempt was begun, or goes on, in a class. A step; of several classes the first keeps it."""
    values = {"class_id": class_id, "attempt_id": attempt_id}
    session.execute(insert_for(session)(ClassAttempt).values(**values).on_conflict_do_nothing())


def _note_person(session: Session, action: str, class_id: int, person_id: int, by: int, now: datetime) -> None:
    record(
        session, actor_id=by, action=action, subject_kind="class", subject_id=class_id, now=now,
        detail={"person_id": person_id},
    )  # fmt: skip


def count_heads(*, class_id: int, heads: str, by: int, now: datetime) -> None:
    """Write down how many heads were counted: those without a name here among them.

    Raises:
        NotFound: No such class in reach.
        Invalid: No number, or fewer than there are names.
        Conflict: It has not begun, or was called off.
    """
    with transaction() as session:
        row = held(session, class_id, by)
        check_begun(row, now)
        named = len(session.scalars(select(Attendance.person_id).where(Attendance.class_id == class_id)).all())
        row.counted = check_counted(heads, named)
        record(
            session, actor_id=by, action="class.count", subject_kind="class", subject_id=class_id, now=now,
            detail={"heads": row.counted},
        )  # fmt: skip
