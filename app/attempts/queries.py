"""Reading attempts: who is in the middle of what, what was passed, on which days people learned."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, selectinload

from app.attempts.domain import Answered, Learner, Plan, plan
from app.attempts.models import Attempt, LearningDay, Response
from app.core.errors import NotFound
from app.quizzes.domain import Drawn


@dataclass(frozen=True)
class InProgress:
    """An open attempt as the home page shows it."""

    quiz_id: str
    done: int
    asked: int
    segments: tuple[str, ...]
    started_at: datetime


def owned_by(learner: Learner) -> ColumnElement[bool]:
    """The condition that an attempt is this person's or this guest's."""
    if learner.person_id is not None:
        return Attempt.person_id == learner.person_id
    return Attempt.guest == learner.guest


def find_open(session: Session, learner: Learner, quiz_id: str) -> Attempt | None:
    query = select(Attempt).where(owned_by(learner), Attempt.quiz_id == quiz_id, Attempt.ended_at.is_(None))
    return session.scalar(query.options(selectinload(Attempt.responses)))


def find_last(session: Session, learner: Learner, quiz_id: str) -> Attempt | None:
    """The newest attempt, open or ended."""
    query = select(Attempt).where(owned_by(learner), Attempt.quiz_id == quiz_id).order_by(Attempt.id.desc()).limit(1)
    return session.scalar(query.options(selectinload(Attempt.responses)))


def lock_own(session: Session, learner: Learner, attempt_id: int) -> Attempt:
    """An attempt by id, its row held, so that two devices answer one after the other.

    Raises:
        NotFound: There is none, or it is someone else's.
    """
    query = select(Attempt).where(Attempt.id == attempt_id, owned_by(learner)).with_for_update()
    found = session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found


def plan_of(attempt: Attempt) -> Plan:
    answers = [Answered(r.item_id, r.round, r.choice, r.right) for r in attempt.responses]
    return plan([Drawn.from_json(stored) for stored in attempt.draw], answers)


def in_progress(session: Session, learner: Learner) -> list[InProgress]:
    """Open attempts, the newest first."""
    query = select(Attempt).where(owned_by(learner), Attempt.ended_at.is_(None)).order_by(Attempt.id.desc())
    found = session.scalars(query.options(selectinload(Attempt.responses)))
    return [_progress(attempt) for attempt in found]


def _progress(attempt: Attempt) -> InProgress:
    steps = plan_of(attempt)
    current = steps.next.number if steps.next else len(steps.steps)
    done = sum(1 for step in steps.first_round if step.answer)
    return InProgress(attempt.quiz_id, done, steps.asked, tuple(steps.segments(current)), attempt.started_at)


def passed_quizzes(session: Session, person_id: int, how: Iterable[str] = ("independent",)) -> set[str]:
    """Quizzes that this person has ever passed in one of these ways."""
    query = select(Attempt.quiz_id).where(
        Attempt.person_id == person_id, Attempt.passed.is_(True), Attempt.how.in_(tuple(how))
    )
    return set(session.scalars(query.distinct()))


def times_seen(session: Session, person_id: int, quiz_id: str) -> dict[str, int]:
    """How often a person has answered each item of a quiz."""
    query = (
        select(Response.item_id, func.count())
        .join(Attempt, Attempt.id == Response.attempt_id)
        .where(Attempt.person_id == person_id, Attempt.quiz_id == quiz_id)
        .group_by(Response.item_id)
    )
    return dict(session.execute(query).all())


def learning_days(session: Session, person_id: int, first: date, last: date) -> list[date]:
    """The days from first to last on which a person answered something."""
    query = select(LearningDay.day).where(LearningDay.person_id == person_id, LearningDay.day.between(first, last))
    return sorted(session.scalars(query))


def all_learning_days(session: Session, person_id: int) -> list[date]:
    return sorted(session.scalars(select(LearningDay.day).where(LearningDay.person_id == person_id)))


def has_learned(session: Session, person_id: int) -> bool:
    """Whether someone has ever finished a first round."""
    query = select(Attempt.id).where(Attempt.person_id == person_id, Attempt.right.is_not(None)).limit(1)
    return session.scalar(query) is not None


def count_responses(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Response)) or 0


def count_attempts(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Attempt)) or 0
