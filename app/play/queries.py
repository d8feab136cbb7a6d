"""Everything that one answer needs to know, read in one go."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, exists, select
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
        rows = session.execute(_counting(learner.person_id, attempt_id, now)).unique().all()
        if rows:
            attempt, cycle, row, merged, day = rows[0]
            who = None if merged else settled(row)
            return Desk(attempt, cycle if cycle.state == "open" else None, who, day is not None)
    found = session.scalars(_attempt(select(Attempt), learner, attempt_id)).unique().one_or_none()
    if found is None:
        raise NotFound
    return Desk(found)


def _attempt(query: Any, learner: Learner, attempt_id: int) -> Any:  # the type of its rows is the caller's
    return (
        query.outerjoin(Response, Response.attempt_id == Attempt.id)
        .where(Attempt.id == attempt_id, owned_by(learner))
        .options(contains_eager(Attempt.responses))
        .order_by(Response.id)
        .execution_options(populate_existing=True)
    )


def _counting(person_id: int, attempt_id: int, now: datetime) -> Any:
    """The same with the month of this moment (FOR SHARE on PostgreSQL) and the person's sums in it."""
    merged = exists().where(
        CountedAs.cycle_id == Cycle.id, (CountedAs.person_id == person_id) | (CountedAs.counts_as == person_id)
    )
    query = (
        select(Attempt, Cycle, PersonCycle, merged, LearningDay.day)
        .select_from(Attempt)
        .join(Cycle, Cycle.period == month_of(now).period)
        .outerjoin(PersonCycle, and_(PersonCycle.cycle_id == Cycle.id, PersonCycle.person_id == person_id))
        .outerjoin(LearningDay, and_(LearningDay.person_id == person_id, LearningDay.day == local_date(now)))
        .with_for_update(read=True, of=Cycle)
    )
    return _attempt(query, Learner(person_id=person_id), attempt_id)
