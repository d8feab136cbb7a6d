"""Steps of answering: open an attempt, record a response, note the day. They flush; ``play`` commits."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy.orm import Session

from app.attempts.domain import Learner, Plan, Step, score_response
from app.attempts.models import Attempt, LearningDay, Placement, Response, Turn
from app.attempts.placing import tier_for
from app.attempts.queries import find_open, plan_of
from app.core.db import insert_for
from app.core.errors import Conflict
from app.quizzes.domain import Drawn, Item

T = TypeVar("T")


class AnsweredMeanwhile(Exception):
    """Another request answered the same step: look again."""


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
    """Note the newest turn of a story. ``path`` is the way so far with that turn, as the item's type stores it.

    Raises:
        AnsweredMeanwhile: Another request took it.
    """
    turns = path.split(",")
    values = {"item_id": step.drawn.item, "round": step.round, "place": len(turns) - 1, "choice": turns[-1]}
    attempt.turns.append(_insert_once(session, Turn, attempt_id=attempt.id, **values))


def record_response(
    session: Session, attempt: Attempt, step: Step, item: Item, choice: str, *, key: str, now: datetime
) -> Response:
    """Store one answer. The database refuses a second one for the same item and round.

    Raises:
        AnsweredMeanwhile: Another request stored one.
    """
    credit = item.kind.credit(choice)
    response: Response = _insert_once(
        session,
        Response,
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
    return response


def _insert_once(session: Session, row: type[T], **values: object) -> T:
    """A row that may be there already: two devices answer in the same moment."""
    statement = insert_for(session)(row).values(**values).on_conflict_do_nothing().returning(row)
    made: T | None = session.scalar(statement)
    if made is None:
        raise AnsweredMeanwhile
    return made


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


def place(session: Session, person_id: int, steps: Plan, *, now: datetime) -> None:
    """Keep where a person begins, by the first round of a placement; the newest one stands."""
    credit = steps.credit // steps.asked
    values = {"tier": tier_for(credit), "credit": credit, "at": now}
    statement = insert_for(session)(Placement).values(person_id=person_id, **values)
    session.execute(statement.on_conflict_do_update(index_elements=["person_id"], set_=values))
