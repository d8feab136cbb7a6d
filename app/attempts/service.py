"""Steps of answering: open an attempt, record a response, note the day. They flush; ``play`` commits."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.attempts.domain import Learner, Plan, Step, score_response
from app.attempts.models import Attempt, Delayed, LearningDay, Placement, Response, Review, Turn
from app.attempts.placing import tier_for
from app.attempts.queries import find_open, plan_of
from app.attempts.reviewing import LATER, Due, after_answer, begin
from app.core.calendar import local_date
from app.core.db import insert_for
from app.core.errors import Conflict
from app.quizzes.domain import Drawn, Item
from app.quizzes.kinds.kind import FULL
from app.quizzes.models import Quiz


def open_attempt(
    session: Session,
    learner: Learner,
    quiz_id: str | None,
    *,
    purpose: str = "lesson",
    drawn: Callable[[], Sequence[Drawn]],
    how: str,
    now: datetime,
) -> Attempt:
    """The learner's open attempt, made if there is none. Two at once get the same one.

    Args:
        quiz_id: The quiz, or ``None`` where the purpose mixes items from several.
        drawn: Draws the items, when an attempt has to be made.

    Raises:
        Conflict: There is nothing to ask.
    """
    found = find_open(session, learner, quiz_id, purpose=purpose)
    if found is not None:
        return found
    items = drawn()
    if not items:
        raise Conflict("quiz_empty")
    insert = insert_for(session)
    values = {
        "person_id": learner.person_id,
        "guest": learner.guest,
        "purpose": purpose,
        "quiz_id": quiz_id,
        "how": how,
        "draw": [item.as_json() for item in items],
        "started_at": now,
    }
    session.execute(insert(Attempt).values(**values).on_conflict_do_nothing())
    made = find_open(session, learner, quiz_id, purpose=purpose)
    assert made is not None  # ours, or the one that another request made in the same moment
    return made


def take_turn(session: Session, attempt: Attempt, step: Step, path: str) -> None:
    """Note the newest turn of a story. ``path`` is the way so far with that turn, as the item's type stores it."""
    turns = path.split(",")
    attempt.turns.append(
        Turn(
            attempt_id=attempt.id,
            item_id=step.drawn.item,
            round=step.round,
            place=len(turns) - 1,
            choice=turns[-1],
        )
    )
    session.flush()


def record_response(
    session: Session, attempt: Attempt, step: Step, item: Item, choice: str, *, key: str, now: datetime
) -> Response:
    """Store one answer. The database refuses a second one for the same item and round."""
    credit = item.kind.credit(choice)
    response = Response(
        attempt_id=attempt.id,
        item_id=item.id,
        round=step.round,
        choice=choice,
        credit=credit,
        score=score_response(credit, round=step.round),
        idempotency_key=key,
        answered_at=now,
    )
    attempt.responses.append(response)
    session.flush()
    return response


def settle(attempt: Attempt, *, now: datetime) -> Plan:
    """Note the outcome: the score when the first round is complete, the end when nothing is left to ask."""
    steps = plan_of(attempt)
    if steps.first_round_done and attempt.right is None:
        attempt.right, attempt.passed = steps.right, steps.passed
    if steps.next is None:
        attempt.ended_at = now
    return steps


def note_day(session: Session, person_id: int, day: date) -> bool:
    """Remember that someone learned on a day; ``True`` the first time that day."""
    insert = insert_for(session)
    statement = insert(LearningDay).values(person_id=person_id, day=day).on_conflict_do_nothing()
    return session.execute(statement.returning(LearningDay.day)).first() is not None


def remember(
    session: Session, attempt: Attempt, item: Item, response: Response, *, group_id: int | None, now: datetime
) -> None:
    """What an answer of a known person in a lesson or a review means for later.

    The first round moves the objective's return; an item that was only demonstrated counts as not
    known. Given alone and late enough, the answer is noted as one that shows what stayed.

    Args:
        group_id: The khu phố that this person counts for at this moment.
    """
    assert attempt.person_id is not None
    today, lesson = local_date(now), attempt.purpose == "lesson"
    row = _held_review(session, attempt.person_id, item.objective_id, response.credit, today)
    if response.round == 1:
        if attempt.how == "independent":
            _measure(session, attempt, row, item, response, group_id=group_id, today=today)
        known = response.credit == FULL and attempt.how != "demonstrated"
        due = after_answer(Due(row.stage, row.due_on), known=known, today=today)
        row.stage, row.due_on = due.stage, due.due_on
    if lesson:
        row.last_credit = response.credit


def _held_review(session: Session, person_id: int, objective_id: int, credit: int, today: date) -> Review:
    """The row of a person and objective, held; made where it is not there yet."""
    query = (
        select(Review)
        .where(Review.person_id == person_id, Review.objective_id == objective_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    found = session.scalar(query)
    if found is not None:
        return found
    first = begin(today)
    statement = insert_for(session)(Review).values(
        person_id=person_id, objective_id=objective_id, last_credit=credit, stage=first.stage, due_on=first.due_on
    )
    made = session.scalar(statement.on_conflict_do_nothing().returning(Review))
    return made if made is not None else session.scalars(query).one()  # another request was faster


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


def place(session: Session, person_id: int, steps: Plan, *, now: datetime) -> None:
    """Keep where a person begins, by the first round of a placement; the newest one stands."""
    credit = steps.credit // steps.asked
    values = {"tier": tier_for(credit), "credit": credit, "at": now}
    statement = insert_for(session)(Placement).values(person_id=person_id, **values)
    session.execute(statement.on_conflict_do_update(index_elements=["person_id"], set_=values))
