"""What a badge rests on, for its holder: what was shown, when and how. Never an answer, never who watched by name."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.attempts.models import Attempt
from app.badges.models import Achievement
from app.outreach.confirming.models import Confirmation, HelperNaming
from app.outreach.practice.models import PracticeRow
from app.quizzes.models import Quiz


@dataclass(frozen=True)
class Shown:
    """One thing that was done.

    Attributes:
        what: A quiz, or a checklist.
        how: alone (a quiz, by oneself) | watched (a volunteer sat beside) | taught (someone else showed it).
        right, asked: Of a quiz's first round; 0 elsewhere.
    """

    what: str
    when: datetime
    how: str
    right: int = 0
    asked: int = 0


def evidence_of(session: Session, person_id: int, badge: Achievement) -> list[Shown]:
    """What a badge of a skill rests on, the oldest first; empty for badges that count days or people."""
    kind, skill = str(badge.criterion["type"]), badge.skill_slug or ""
    if kind == "skill_confirmed":
        return _watched(session, person_id, skill)
    if kind == "skill_taught":
        return _taught(session, person_id, skill)
    skills = badge.criterion.get("skills", [skill] if skill else [])
    return _alone(session, person_id, skills) if skills else []


def _alone(session: Session, person_id: int, skills: list[str]) -> list[Shown]:
    """The first pass of each skill."""
    query = (
        select(Quiz.skill_slug, Quiz.title, Attempt)
        .join(Attempt, Attempt.quiz_id == Quiz.id)
        .where(
            Quiz.skill_slug.in_(skills),
            Attempt.person_id == person_id,
            Attempt.how == "independent",
            Attempt.passed.is_(True),
            Attempt.ended_at.is_not(None),
        )
        .order_by(Attempt.ended_at, Attempt.id)
    )
    first: dict[str, Shown] = {}
    for skill, title, attempt in session.execute(query):
        if skill not in first and attempt.ended_at is not None:
            first[skill] = Shown(title, attempt.ended_at, "alone", attempt.right or 0, len(attempt.draw))
    return list(first.values())


def _watched(session: Session, person_id: int, skill: str) -> list[Shown]:
    query = (
        select(PracticeRow.title, Confirmation.at)
        .join(Confirmation, Confirmation.practice_slug == PracticeRow.slug)
        .where(Confirmation.person_id == person_id, Confirmation.skill_slug == skill)
        .order_by(Confirmation.at)
    )
    return [Shown(title, at, "watched") for title, at in session.execute(query)]


def _taught(session: Session, person_id: int, skill: str) -> list[Shown]:
    query = (
        select(PracticeRow.title, Confirmation.at)
        .join(Confirmation, Confirmation.practice_slug == PracticeRow.slug)
        .join(
            HelperNaming,
            (HelperNaming.learner_id == Confirmation.person_id)
            & (HelperNaming.skill_slug == Confirmation.skill_slug)
            & (HelperNaming.at < Confirmation.at),
        )
        .where(HelperNaming.helper_id == person_id, Confirmation.skill_slug == skill)
        .order_by(Confirmation.at)
        .limit(1)
    )
    return [Shown(title, at, "taught") for title, at in session.execute(query)]
