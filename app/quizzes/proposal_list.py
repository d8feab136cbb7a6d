"""Reading proposals: one's own with their answers, and those that wait for an officer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.people.directory import MOST_ID
from app.people.models import Person
from app.quizzes.models import Objective, Proposal, Quiz
from app.quizzes.proposals import objectives_of
from app.quizzes.queries import QuizCard, quiz_cards

SHOWN = 30  # decided ones


@dataclass(frozen=True)
class Proposed:
    """A proposal as lists and its own page show it; ``name`` is the one who wrote it."""

    id: int
    quiz_id: str
    quiz_title: str
    topic_slug: str
    objective_id: int | None
    person_id: int
    name: str
    values: Mapping[str, str]
    created_at: datetime
    state: str
    answer: str
    decided_at: datetime | None
    item_id: str | None


def proposals_by(session: Session, person_id: int) -> list[Proposed]:
    """What someone proposed, the newest first."""
    return _listed(session, Proposal.person_id == person_id, Proposal.id.desc())


def waiting_proposals(session: Session) -> list[Proposed]:
    """What waits for an officer, the oldest first."""
    return _listed(session, Proposal.state == "waiting", Proposal.id.asc())


def decided_proposals(session: Session) -> list[Proposed]:
    """What was decided last, the newest first."""
    return _listed(session, Proposal.state != "waiting", Proposal.decided_at.desc(), limit=SHOWN)


def proposal(session: Session, proposal_id: int) -> Proposed:
    """One proposal.

    Raises:
        NotFound: There is none.
    """
    found = _listed(session, Proposal.id == proposal_id, Proposal.id.asc()) if proposal_id < MOST_ID else []
    if not found:
        raise NotFound
    return found[0]


def quiz_to_extend(session: Session, quiz_id: str) -> tuple[QuizCard, Sequence[Objective]]:
    """A quiz that items may be proposed for, with what its items check.

    Raises:
        NotFound: No such quiz.
    """
    card = next((card for card in quiz_cards(session) if card.id == quiz_id), None)
    if card is None:
        raise NotFound
    return card, objectives_of(session, quiz_id)


def count_proposals(session: Session) -> int:
    """How many wait for an officer."""
    return session.scalar(select(func.count()).where(Proposal.state == "waiting")) or 0


def _listed(
    session: Session, which: ColumnElement[bool], order: ColumnElement[Any], *, limit: int | None = None
) -> list[Proposed]:
    query = (
        select(Proposal, Quiz, Person.name)
        .join(Quiz, Quiz.id == Proposal.quiz_id)
        .join(Person, Person.id == Proposal.person_id)
        .where(which)
        .order_by(order)
        .limit(limit)
    )
    return [
        Proposed(
            id=row.id,
            quiz_id=row.quiz_id,
            quiz_title=quiz.title,
            topic_slug=quiz.topic_slug,
            objective_id=row.objective_id,
            person_id=row.person_id,
            name=name,
            values=row.body,
            created_at=row.created_at,
            state=row.state,
            answer=row.answer,
            decided_at=row.decided_at,
            item_id=row.item_id,
        )
        for row, quiz, name in session.execute(query)
    ]
