"""Use cases of a class: planned, moved, called off and on again, and how it is done."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.service import record
from app.core import security
from app.core.db import insert_for, transaction
from app.core.errors import Conflict, Invalid, NotFound
from app.groups.models import Group
from app.outreach.classes.domain import Plan, check_plan, has_come
from app.outreach.classes.models import Attendance, ClassMeasure, ClassSession
from app.outreach.classes.queries import trainers
from app.outreach.domain import Reach
from app.outreach.queries import reach_of
from app.outreach.visits.domain import check_how
from app.people.directory import MOST_ID
from app.quizzes.models import Quiz


def plan_class(
    *,
    key: str,
    day: str,
    clock: str,
    group_id: int,
    place: str,
    quiz_id: str,
    trainer_id: int,
    expected: str,
    by: int,
    now: datetime,
) -> int:
    """Plan a class; returns its id. The same key again returns the first.

    Raises:
        Invalid: A value does not fit; ``field`` says which.
    """
    plan = check_plan(day, clock, place, expected, now=now)
    with transaction() as session:
        _check_where(session, reach_of(session, by), group_id, quiz_id, trainer_id)
        values = {
            "key": key[:64] or security.token(),
            **_values(plan),
            "group_id": group_id,
            "quiz_id": quiz_id,
            "trainer_id": trainer_id,
            "how": "independent",
            "secret": security.token(),
            "created_by": by,
            "created_at": now,
        }
        statement = insert_for(session)(ClassSession).values(**values).on_conflict_do_nothing()
        made = session.scalar(statement.returning(ClassSession.id))
        if made is None:
            return session.scalars(select(ClassSession.id).where(ClassSession.key == values["key"])).one()
        _note(session, "class.plan", made, by, now)
        return int(made)


def _values(plan: Plan) -> dict[str, object]:
    return {"starts_at": plan.starts_at, "place": plan.place, "expected": plan.expected}


def _check_where(session: Session, reach: Reach, group_id: int, quiz_id: str, trainer_id: int) -> None:
    group = session.get(Group, group_id) if 0 < group_id < MOST_ID else None
    if group is None or group.valid_to is not None or group.kind == "chi_doan" or not reach.covers(group_id):
        raise Invalid("class_group", field="group")
    if session.get(Quiz, quiz_id) is None:
        raise Invalid("class_quiz", field="quiz")
    here = Reach(everyone=False, group_ids=frozenset({group_id}))
    if trainer_id not in {person_id for person_id, _ in trainers(session, here)}:
        raise Invalid("class_trainer", field="trainer")


def change_class(
    *,
    class_id: int,
    day: str,
    clock: str,
    group_id: int,
    place: str,
    quiz_id: str,
    trainer_id: int,
    expected: str,
    by: int,
    now: datetime,
) -> None:
    """Move a class, or change what it is about; not once something was learned in it, as to the quiz.

    Raises:
        NotFound: No such class in reach.
        Invalid: A value does not fit; ``field`` says which.
        Conflict: It was called off.
    """
    plan = check_plan(day, clock, place, expected, now=now)
    with transaction() as session:
        row = held(session, class_id, by)
        if row.cancelled_at is not None:
            raise Conflict("class_cancelled")
        _check_where(session, reach_of(session, by), group_id, quiz_id, trainer_id)
        if quiz_id != row.quiz_id and _was_asked(session, class_id):
            raise Invalid("class_quiz_begun", field="quiz")
        row.starts_at, row.place, row.expected = plan.starts_at, plan.place, plan.expected
        row.group_id, row.quiz_id, row.trainer_id = group_id, quiz_id, trainer_id
        _note(session, "class.change", class_id, by, now)


def _was_asked(session: Session, class_id: int) -> bool:
    query = select(ClassMeasure.id).where(ClassMeasure.class_id == class_id).limit(1)
    return session.scalar(query) is not None


def cancel_class(*, class_id: int, by: int, now: datetime) -> None:
    """Call a class off. Called off already, nothing changes.

    Raises:
        NotFound: No such class in reach.
        Conflict: Somebody is on its list already.
    """
    with transaction() as session:
        row = held(session, class_id, by)
        if row.cancelled_at is not None:
            return
        if session.scalar(select(Attendance.person_id).where(Attendance.class_id == class_id).limit(1)) is not None:
            raise Conflict("class_held")
        row.cancelled_at = now
        _note(session, "class.cancel", class_id, by, now)


def restore_class(*, class_id: int, by: int, now: datetime) -> None:
    """Undo calling it off.

    Raises:
        NotFound: No such class in reach.
    """
    with transaction() as session:
        row = held(session, class_id, by)
        if row.cancelled_at is not None:
            row.cancelled_at = None
            _note(session, "class.restore", class_id, by, now)


def choose_how(*, class_id: int, how: str, by: int, now: datetime) -> None:
    """How the quizzes are done that are begun in this class.

    Raises:
        NotFound: No such class in reach.
        Invalid: None of the ways there are.
    """
    with transaction() as session:
        row = held(session, class_id, by)
        if row.how != check_how(how):
            row.how = how
            record(
                session, actor_id=by, action="class.how", subject_kind="class", subject_id=class_id, now=now,
                detail={"how": how},
            )  # fmt: skip


def held(session: Session, class_id: int, by: int) -> ClassSession:
    """A class in reach, its row held. A step.

    Raises:
        NotFound: No such class in reach.
    """
    query = select(ClassSession).where(ClassSession.id == class_id).with_for_update()
    row = session.scalar(query.execution_options(populate_existing=True)) if class_id < MOST_ID else None
    if row is None or not reach_of(session, by).covers(row.group_id):
        raise NotFound
    return row


def check_begun(row: ClassSession, now: datetime) -> None:
    """Somebody may be on its list by now.

    Raises:
        Conflict: It has not begun, or was called off.
    """
    if row.cancelled_at is not None:
        raise Conflict("class_cancelled")
    if not has_come(row.starts_at, now):
        raise Conflict("class_early")


def _note(session: Session, action: str, class_id: int, by: int, now: datetime) -> None:
    record(session, actor_id=by, action=action, subject_kind="class", subject_id=class_id, now=now)
