"""Everything that one answer needs to know, read in one go."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, exists, select
from sqlalchemy.orm import Session, contains_eager

from app.attempts.domain import Learner
from app.attempts.models import Attempt, LearningDay, Response
from app.attempts.queries import owned_by
from app.core.calendar import local_date
from app.core.errors import NotFound
from app.cycles.domain import month_of
from app.cycles.models import Cycle
from app.standings.counted import Counted, settled
from app.standings.models import CountedAs, PersonCycle


@dataclass(frozen=True)
class Desk:
    """An attempt with its answers, and where they count.

    Attributes:
        cycle: The open month, held so that it cannot close under the answer; ``None`` while it has to be made.
        who: Whom the answer counts for; ``None`` where that has to be looked up.
        learnt_today: Whether this day of learning is noted already.
    """

    attempt: Attempt
    cycle: Cycle | None = None
    who: Counted | None = None
    learnt_today: bool = False


def desk(session: Session, learner: Learner, attempt_id: int, now: datetime) -> Desk:
    """What stands before an answer: one statement, two in a month that has not begun.

    Raises:
        NotFound: There is no such attempt, or it is someone else's.
    """
    if learner.person_id is not None:
        asked = {
            "attempt": attempt_id,
            "person": learner.person_id,
            "period": month_of(now).period,
            "day": local_date(now),
        }
        rows = session.execute(_counting(), asked).unique().all()
        if rows:
            attempt, cycle, row, merged, day = rows[0]
            if cycle.state != "open":  # it counts in the next month, where this person's sums are others
                return Desk(attempt, learnt_today=day is not None)
            return Desk(attempt, cycle, None if merged else settled(row), day is not None)
    query = _with_answers(select(Attempt)).where(owned_by(learner))
    found = session.scalars(query, {"attempt": attempt_id}).unique().one_or_none()
    if found is None:
        raise NotFound
    return Desk(found)


def _with_answers(query: Any) -> Any:  # the type of its rows is the caller's
    return (
        query.outerjoin(Response, Response.attempt_id == Attempt.id)
        .where(Attempt.id == bindparam("attempt"))
        .options(contains_eager(Attempt.responses))
        .order_by(Response.id)
        .execution_options(populate_existing=True)
    )


@cache
def _counting() -> Any:
    """The attempt, the month of this moment (FOR SHARE on PostgreSQL) and the person's sums in it.

    Asked with every answer, so put together once.
    """
    person: Any = bindparam("person")
    merged = exists().where(
        CountedAs.cycle_id == Cycle.id, (CountedAs.person_id == person) | (CountedAs.counts_as == person)
    )
    query = (
        select(Attempt, Cycle, PersonCycle, merged, LearningDay.day)
        .select_from(Attempt)
        .join(Cycle, Cycle.period == bindparam("period"))
        .outerjoin(PersonCycle, and_(PersonCycle.cycle_id == Cycle.id, PersonCycle.person_id == person))
        .outerjoin(LearningDay, and_(LearningDay.person_id == person, LearningDay.day == bindparam("day")))
        .where(Attempt.person_id == person)
        .with_for_update(read=True, of=Cycle)
    )
    return _with_answers(query)
