"""Reading what came of classes: what people knew before and after, and which classes somebody was in."""

from datetime import datetime

from sqlalchemy import ScalarSelect, select
from sqlalchemy.orm import Session, aliased

from app.outreach.classes.domain import MOMENTS, Change, change_of
from app.outreach.classes.models import Attendance, ClassMeasure, ClassSession
from app.quizzes.models import Quiz


def change(session: Session, class_id: int) -> Change:
    """What those who answered both times knew before and after."""
    first, then = aliased(ClassMeasure), aliased(ClassMeasure)
    query = select(first.credit, then.credit).join(then, then.person_id == first.person_id)
    rows = session.execute(
        query.where(
            first.class_id == class_id,
            then.class_id == class_id,
            first.moment == "before",
            then.moment == "after",
            first.credit.is_not(None),
            then.credit.is_not(None),
        )
    )
    return change_of([(before, after) for before, after in rows if before is not None and after is not None])


def attended(session: Session, person_id: int) -> list[tuple[datetime, str, str, int | None, int | None]]:
    """The classes that somebody was in, the newest first: when, which quiz, where; what they knew before and after."""
    before, after = (_measure_of(moment) for moment in MOMENTS)
    query = (
        select(ClassSession.starts_at, Quiz.title, ClassSession.place, before, after)
        .join(Attendance, Attendance.class_id == ClassSession.id)
        .join(Quiz, Quiz.id == ClassSession.quiz_id)
        .where(Attendance.person_id == person_id)
        .order_by(ClassSession.starts_at.desc(), ClassSession.id.desc())
    )
    return [(at, quiz, place, first, then) for at, quiz, place, first, then in session.execute(query)]


def _measure_of(moment: str) -> ScalarSelect[int]:
    """Somebody's share of right answers at one of the two moments of a class."""
    own = (ClassMeasure.class_id == Attendance.class_id, ClassMeasure.person_id == Attendance.person_id)
    query = select(ClassMeasure.credit).where(*own, ClassMeasure.moment == moment).correlate(Attendance)
    return query.scalar_subquery()
