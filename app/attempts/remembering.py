"""What a finished round of a known person's lesson or review means for later: when each objective comes back."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.attempts.domain import Plan, Step
from app.attempts.models import Attempt, Delayed, Response, Review
from app.attempts.reviewing import LATER, Due, after_answer, begin
from app.core.calendar import local_date
from app.core.db import insert_for
from app.quizzes.domain import Item
from app.quizzes.kinds.kind import FULL
from app.quizzes.models import Quiz


def remember(
    session: Session,
    attempt: Attempt,
    steps: Plan,
    *,
    round: int,
    item_of: Callable[[Session, int], Item],
    group_id: int | None,
) -> None:
    """Keep what a round showed, once it is complete: an answer counts for the day on which it was given.

    The first round moves each objective's return; an item that was only demonstrated counts as not
    known. Given alone and late enough, an answer is noted as one that shows what stayed.

    Args:
        item_of: Reads a pinned revision.
        group_id: The khu phố that this person counts for at this moment.
    """
    given = {(r.item_id, r.round): r for r in attempt.responses}
    answered = [(item_of(session, step.drawn.revision_id), given[step.drawn.item, round]) for step in _of(steps, round)]
    rows = _held_reviews(session, attempt, answered)
    for item, response in answered:
        row = rows[item.objective_id]
        if round == 1:
            _move(session, attempt, row, item, response, group_id)
        if attempt.purpose == "lesson":
            row.last_credit = response.credit


def _of(steps: Plan, round: int) -> Iterable[Step]:
    return (step for step in steps.steps if step.round == round)


def _move(
    session: Session, attempt: Attempt, row: Review, item: Item, response: Response, group_id: int | None
) -> None:
    today = local_date(response.answered_at)
    if attempt.how == "independent":
        _measure(session, attempt, row, item, response, group_id=group_id, today=today)
    known = response.credit == FULL and attempt.how != "demonstrated"
    due = after_answer(Due(row.stage, row.due_on), known=known, today=today)
    row.stage, row.due_on = due.stage, due.due_on


def _held_reviews(session: Session, attempt: Attempt, answered: Sequence[tuple[Item, Response]]) -> dict[int, Review]:
    """The rows of a person by objective, held; made where they are not there yet."""
    wanted = {item.objective_id: response for item, response in reversed(answered)}
    query = (
        select(Review)
        .where(Review.person_id == attempt.person_id, Review.objective_id.in_(wanted))
        .order_by(Review.objective_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    found = {row.objective_id: row for row in session.scalars(query)}
    missing = [
        {"person_id": attempt.person_id, "objective_id": objective, "last_credit": response.credit}
        | _begun(local_date(response.answered_at))
        for objective, response in wanted.items()
        if objective not in found
    ]
    if missing:
        session.execute(insert_for(session)(Review).values(missing).on_conflict_do_nothing())
        found = {row.objective_id: row for row in session.scalars(query)}  # another request may have been faster
    return found


def _begun(today: date) -> dict[str, object]:
    first = begin(today)
    return {"stage": first.stage, "due_on": first.due_on}


def _measure(
    session: Session,
    attempt: Attempt,
    row: Review,
    item: Item,
    response: Response,
    *,
    group_id: int | None,
    today: date,
) -> None:
    """Keep the first answer given alone in a lesson; measure a later one against it, once a day."""
    if row.first_on is None or row.first_credit is None:
        if attempt.purpose == "lesson":
            row.first_on, row.first_credit = today, response.credit
        return
    days = (today - row.first_on).days
    if days < LATER:
        return
    values = {
        "response_id": response.id,
        "person_id": row.person_id,
        "objective_id": row.objective_id,
        "topic_slug": session.get_one(Quiz, item.quiz_id).topic_slug,
        "group_id": group_id,
        "day": today,
        "days": days,
        "first_credit": row.first_credit,
        "after_credit": row.last_credit,
        "credit": response.credit,
        "unseen": not _met_before(session, attempt, item.id),
    }
    session.execute(insert_for(session)(Delayed).values(**values).on_conflict_do_nothing())


def _met_before(session: Session, attempt: Attempt, item_id: str) -> bool:
    query = (
        select(Response.id)
        .join(Attempt, Attempt.id == Response.attempt_id)
        .where(Attempt.person_id == attempt.person_id, Attempt.id != attempt.id, Response.item_id == item_id)
    )
    return session.scalar(query.limit(1)) is not None
