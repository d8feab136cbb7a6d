"""Asking how sure someone feels about a topic: once before it, again when a tier of it is done."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.attempts.confidence import Felt, felt, passed_earlier, rate
from app.attempts.domain import HOW
from app.attempts.queries import passed_quizzes
from app.core.db import transaction
from app.people.consents import check_record
from app.play.domain import Feeling, Outcome
from app.quizzes.queries import QuizCard, quiz_cards

REST = timedelta(days=30)  # someone who does old lessons again is not asked every time


def rate_topic(*, person_id: int, topic_slug: str, moment: str, value: int, now: datetime) -> Feeling:
    """Note one face.

    Returns:
        What stands now, to be thanked for.

    Raises:
        NotFound: No such topic.
        Invalid: No such moment or face; or this person took back that anything is recorded.
    """
    with transaction() as session:
        check_record(session, person_id)
        rate(session, person_id, topic_slug, moment, value, now=now)
        said = felt(session, person_id, topic_slug)
    stored = said.before if moment == "before" else said.after
    return Feeling(topic_slug, moment, "", stored, said.before)


def before_topic(session: Session, person_id: int, topic_slug: str, *, thank: bool = False) -> Feeling | None:
    """What a topic's page asks, as long as there is something left to pass; afterwards "before" means nothing.

    Args:
        thank: The answer has just been given: show it.
    """
    said, back = felt(session, person_id, topic_slug), f"/hoc/{topic_slug}"
    if said.before:
        return Feeling(topic_slug, "before", back, said.before, said.before) if thank else None
    names = {card.id for card in quiz_cards(session, topic_slug)}
    left = names - passed_quizzes(session, person_id, HOW)
    return Feeling(topic_slug, "before", back) if left else None


def after_quiz(
    session: Session, person_id: int, card: QuizCard, outcome: Outcome, *, now: datetime, thank: bool = False
) -> Feeling | None:
    """What the page at the end of a quiz asks: for those who spoke before the topic, once a tier of it is done."""
    said, back = felt(session, person_id, card.topic_slug), f"/hoc/{card.topic_slug}/{card.id}/xong"
    if thank and said.after:
        return Feeling(card.topic_slug, "after", back, said.after, said.before)
    asks = (
        said.before
        and _is_done(session, person_id, card, outcome)
        and _is_time(session, person_id, card, outcome, said, now)
    )
    return Feeling(card.topic_slug, "after", back, 0, said.before, card.topic_title) if asks else None


def _is_done(session: Session, person_id: int, card: QuizCard, outcome: Outcome) -> bool:
    """Whether the whole topic has been passed, in whatever way; or, by this quiz, all of its tier."""
    left = [c for c in quiz_cards(session, card.topic_slug) if c.id not in passed_quizzes(session, person_id, HOW)]
    return not left or (outcome.passed and all(one.tier != card.tier for one in left))


def _is_time(session: Session, person_id: int, card: QuizCard, outcome: Outcome, said: Felt, now: datetime) -> bool:
    """Whether there is something new to say since the last time."""
    if said.after_at is None:
        return True
    if said.after_at >= outcome.started_at:
        return False
    new = outcome.passed and not passed_earlier(session, person_id, card.id, outcome.attempt_id)
    return new or said.after_at < now - REST
