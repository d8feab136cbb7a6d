"""Saying that an item is not right: only of an item that one has really answered."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.attempts.domain import Learner
from app.attempts.models import Attempt
from app.attempts.queries import owned_by, plan_of
from app.core.db import transaction
from app.core.errors import NotFound
from app.people.directory import MOST_ID
from app.quizzes.queries import get_item
from app.quizzes.reports import add_report, is_reported, report_key


@dataclass(frozen=True)
class AnsweredItem:
    """What a report is about. ``sent`` says whether there is one already."""

    item_id: str
    revision_id: int
    stem: str
    key: str
    sent: bool


def find_answered(session: Session, learner: Learner, attempt_id: int, number: int) -> AnsweredItem:
    """The item at an answered step of the learner's own attempt.

    Raises:
        NotFound: No such attempt of theirs, no such step, or not answered yet.
    """
    query = select(Attempt).where(Attempt.id == attempt_id, owned_by(learner))
    attempt = session.scalar(query) if attempt_id < MOST_ID else None
    step = plan_of(attempt).step(number) if attempt is not None else None
    if step is None or step.answer is None:
        raise NotFound
    item = get_item(session, step.drawn.revision_id)
    key = report_key(attempt_id, item.id)
    return AnsweredItem(item.id, item.revision_id, item.stem, key, is_reported(session, key))


def was_reported(session: Session, attempt_id: int, item_id: str) -> bool:
    """Whether this item of an attempt was reported."""
    return is_reported(session, report_key(attempt_id, item_id))


def report_item(learner: Learner, attempt_id: int, number: int, *, reason: str, words: str, now: datetime) -> None:
    """Report an answered item to the ward's officers. Sent twice it counts once.

    Raises:
        NotFound: The learner did not answer such a step.
        Invalid: No reason, too many words, or too many reports today.
    """
    with transaction() as session:
        found = find_answered(session, learner, attempt_id, number)
        add_report(
            session,
            key=found.key,
            item_id=found.item_id,
            revision_id=found.revision_id,
            person_id=learner.person_id,
            guest=learner.guest,
            reason=reason,
            words=words,
            now=now,
        )
