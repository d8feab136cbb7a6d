"""Reading badges: someone's wallet, one achievement, what a person's progress rests on."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.attempts.models import Attempt
from app.attempts.queries import all_learning_days, passed_quizzes
from app.badges.criteria import Facts, Progress, progress
from app.badges.models import Achievement, Badge
from app.core.errors import NotFound
from app.quizzes.models import Quiz


@dataclass(frozen=True)
class Held:
    """An achievement in someone's wallet: when it was issued, or how far it is."""

    slug: str
    title: str
    kind: str
    ring: int
    sentence: str
    skill_slug: str | None
    issued_at: datetime | None
    progress: Progress


def facts_of(session: Session, person_id: int) -> Facts:
    """What badges look at, gathered anew."""
    passed = passed_quizzes(session, person_id)
    skills = session.scalars(select(Quiz.skill_slug).where(Quiz.id.in_(passed))) if passed else ()
    finished = select(func.count()).where(
        Attempt.person_id == person_id, Attempt.right.is_not(None), Attempt.quiz_id.is_not(None)
    )
    return Facts(frozenset(skills), session.scalar(finished) or 0, tuple(all_learning_days(session, person_id)))


def achievements(session: Session) -> list[Achievement]:
    return list(session.scalars(select(Achievement).order_by(Achievement.position, Achievement.slug)))


def achievement(session: Session, slug: str) -> Achievement:
    """One achievement.

    Raises:
        NotFound: There is none with that slug.
    """
    found = session.get(Achievement, slug)
    if found is None:
        raise NotFound
    return found


def wallet(session: Session, person_id: int) -> list[Held]:
    """Every achievement in catalogue order, held or still locked."""
    issued = dict(
        session.execute(
            select(Badge.achievement_slug, Badge.issued_at).where(
                Badge.person_id == person_id, Badge.revoked_at.is_(None)
            )
        ).all()
    )
    facts = facts_of(session, person_id)
    return [_held(a, issued.get(a.slug), facts) for a in achievements(session)]


def held_by_all(session: Session, facts: Facts) -> list[Held]:
    """The catalogue as someone with these facts and no badge would see it."""
    return [_held(a, None, facts) for a in achievements(session)]


def wallet_entry(session: Session, person_id: int, slug: str) -> Held | None:
    return next((held for held in wallet(session, person_id) if held.slug == slug), None)


def _held(a: Achievement, issued_at: datetime | None, facts: Facts) -> Held:
    return Held(a.slug, a.title, a.kind, a.ring, a.sentence, a.skill_slug, issued_at, progress(a.criterion, facts))


def issued_since(session: Session, person_id: int, moment: datetime) -> list[Held]:
    """Badges issued at or after a moment: what to show when a lesson ends."""
    held = [h for h in wallet(session, person_id) if h.issued_at is not None and h.issued_at >= moment]
    return sorted(held, key=lambda h: h.issued_at or moment)
