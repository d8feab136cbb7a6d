"""Reading attempts: who is in the middle of what, what was passed, on which days people learned."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, selectinload

from app.attempts.domain import Answered, Learner, Plan, plan
from app.attempts.models import Attempt, LearningDay, Response
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


def find_open(session: Session, learner: Learner, quiz_id: str | None, *, purpose: str = "lesson") -> Attempt | None:
    """The open attempt at a quiz, or at what a purpose mixes from several (``quiz_id`` is ``None``)."""
    query = _attempts(learner, quiz_id, purpose).where(Attempt.ended_at.is_(None))
    return session.scalar(query.options(selectinload(Attempt.responses)))


def find_last(session: Session, learner: Learner, quiz_id: str | None, *, purpose: str = "lesson") -> Attempt | None:
    """The newest attempt, open or ended."""
    query = _attempts(learner, quiz_id, purpose).order_by(Attempt.id.desc()).limit(1)
    return session.scalar(query.options(selectinload(Attempt.responses)))


def _attempts(learner: Learner, quiz_id: str | None, purpose: str) -> Select[Attempt]:
    return select(Attempt).where(owned_by(learner), Attempt.quiz_id == quiz_id, Attempt.purpose == purpose)


def plan_of(attempt: Attempt) -> Plan:
    answers = [Answered(r.item_id, r.round, r.choice, r.credit) for r in attempt.responses]
    draw = [Drawn.from_json(stored) for stored in attempt.draw]
    return plan(draw, answers, returns=attempt.purpose != "placement")


def path_so_far(attempt: Attempt, item_id: str, round: int) -> str:
    """The turns taken in a story that has not ended yet, as its item's type stores them."""
    return ",".join(turn.choice for turn in attempt.turns if (turn.item_id, turn.round) == (item_id, round))


def in_progress(session: Session, learner: Learner) -> list[InProgress]:
    """Open attempts at quizzes, the newest first."""
    query = select(Attempt).where(owned_by(learner), Attempt.ended_at.is_(None), Attempt.quiz_id.is_not(None))
    found = session.scalars(query.options(selectinload(Attempt.responses)).order_by(Attempt.id.desc()))
    return [_progress(attempt, attempt.quiz_id) for attempt in found if attempt.quiz_id is not None]


def _progress(attempt: Attempt, quiz_id: str) -> InProgress:
    steps = plan_of(attempt)
    current = steps.next.number if steps.next else len(steps.steps)
    done = sum(1 for step in steps.first_round if step.answer)
    return InProgress(quiz_id, done, steps.asked, tuple(steps.segments(current)), attempt.started_at)


def passed_quizzes(session: Session, person_id: int, how: Iterable[str] = ("independent",)) -> set[str]:
    """Quizzes that this person has ever passed in one of these ways."""
    query = select(Attempt.quiz_id).where(
        Attempt.person_id == person_id,
        Attempt.passed.is_(True),
        Attempt.how.in_(tuple(how)),
        Attempt.quiz_id.is_not(None),
    )
    return {quiz_id for quiz_id in session.scalars(query.distinct()) if quiz_id is not None}


def times_seen(session: Session, learner: Learner, item_ids: Iterable[str]) -> dict[str, int]:
    """How often each of these items has been answered, in any attempt."""
    query = (
        select(Response.item_id, func.count())
        .join(Attempt, Attempt.id == Response.attempt_id)
        .where(owned_by(learner), Response.item_id.in_(tuple(item_ids)))
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
