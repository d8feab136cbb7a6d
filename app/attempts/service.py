"""Steps of answering: open an attempt, record a response, note the day. They flush; ``play`` commits."""

import random
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.attempts.domain import Learner, Plan, Step, score_response
from app.attempts.models import Attempt, LearningDay, Response
from app.attempts.queries import find_open, plan_of
from app.core.db import insert_for
from app.core.errors import Conflict
from app.quizzes.domain import Item, PoolItem, draw


def open_attempt(
    session: Session,
    learner: Learner,
    quiz_id: str,
    *,
    pool: Sequence[PoolItem],
    seen: Mapping[str, int],
    how: str,
    chance: random.Random,
    now: datetime,
) -> Attempt:
    """The learner's open attempt at a quiz, made if there is none. Two at once get the same one.

    Raises:
        Conflict: The pool is empty.
    """
    found = find_open(session, learner, quiz_id)
    if found is not None:
        return found
    drawn = draw(pool, seen, chance)
    if not drawn:
        raise Conflict("quiz_empty")
    insert = insert_for(session)
    values = {
        "person_id": learner.person_id,
        "guest": learner.guest,
        "quiz_id": quiz_id,
        "how": how,
        "draw": [item.as_json() for item in drawn],
        "started_at": now,
    }
    session.execute(insert(Attempt).values(**values).on_conflict_do_nothing())
    made = find_open(session, learner, quiz_id)
    assert made is not None  # ours, or the one that another request made in the same moment
    return made


def record_response(
    session: Session, attempt: Attempt, step: Step, item: Item, choice: str, *, key: str, now: datetime
) -> Response:
    """Store one answer. The database refuses a second one for the same item and round."""
    response = Response(
        attempt_id=attempt.id,
        item_id=item.id,
        round=step.round,
        choice=choice,
        right=choice == item.key,
        score=score_response(item, choice, round=step.round),
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
