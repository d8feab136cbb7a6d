"""Reading what comes back and what stayed: reviews due, whether skills hold, where someone begins."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.attempts.domain import Learner
from app.attempts.models import Attempt, Delayed, Placement, Review
from app.attempts.placing import Candidate, tier_for
from app.attempts.queries import owned_by, plan_of
from app.attempts.retention import LATEST, SOONEST, Figure, Part, PersonMeans, figure, parts
from app.attempts.reviewing import Check, freshness
from app.quizzes.models import Item, ItemRevision, Objective, Quiz, Skill
from app.quizzes.queries import askable


@dataclass(frozen=True)
class DueObjective:
    """An objective whose turn has come, and the skill that it belongs to."""

    objective_id: int
    skill_slug: str
    skill_title: str


def due(session: Session, person_id: int, today: date, *, most: int | None = None) -> list[DueObjective]:
    """What someone should be asked again, what waits longest first.

    An objective without any item that may be asked today is not among them; its turn is kept.
    """
    live = select(Item.id).where(Item.objective_id == Review.objective_id, *askable(today))
    query = (
        select(Review.objective_id, Skill.slug, Skill.title)
        .join(Objective, Objective.id == Review.objective_id)
        .join(Skill, Skill.slug == Objective.skill_slug)
        .where(Review.person_id == person_id, Review.due_on <= today, live.exists())
        .order_by(Review.due_on, Review.stage, Review.objective_id)
        .limit(most)
    )
    return [DueObjective(*row) for row in session.execute(query)]


def next_due(session: Session, person_id: int, today: date) -> date | None:
    """The next day after today on which something comes back."""
    query = select(func.min(Review.due_on)).where(Review.person_id == person_id, Review.due_on > today)
    return session.scalar(query)


def met_of_skill(session: Session, person_id: int, skill: str) -> list[int]:
    """The objectives of a skill that someone has met: those without a check first, then the oldest checks."""
    newest = _newest_checks(session, person_id)
    query = (
        select(Review.objective_id)
        .join(Objective, Objective.id == Review.objective_id)
        .where(Review.person_id == person_id, Objective.skill_slug == skill)
    )
    return sorted(session.scalars(query), key=lambda one: (newest[one].day if one in newest else date.min, one))


def _newest_checks(session: Session, person_id: int) -> dict[int, Check]:
    query = select(Delayed.objective_id, Delayed.day, Delayed.credit).where(Delayed.person_id == person_id)
    return {row.objective_id: Check(*row) for row in session.execute(query.order_by(Delayed.day))}


def skills_held(session: Session, person_id: int, today: date) -> dict[str, str]:
    """Skill → whether it still holds (one of ``FRESHNESS``), for every skill that someone has begun alone."""
    newest = _newest_checks(session, person_id)
    query = (
        select(Objective.skill_slug, Review.objective_id)
        .join(Review, Review.objective_id == Objective.id)
        .where(Review.person_id == person_id, Review.first_on.is_not(None))
    )
    of: dict[str, list[Check]] = defaultdict(list)
    for skill, objective in session.execute(query):
        of[skill] += [newest[objective]] if objective in newest else []
    return {skill: freshness(checks, today) for skill, checks in of.items()}


def stale_skill(session: Session, person_id: int, today: date) -> Skill | None:
    """A skill that someone should refresh, if there is one."""
    stale = sorted(slug for slug, state in skills_held(session, person_id, today).items() if state == "stale")
    return session.get(Skill, stale[0]) if stale else None


def skill_titles(session: Session) -> dict[str, str]:
    return dict(session.execute(select(Skill.slug, Skill.title)).all())


def tier_of(session: Session, learner: Learner) -> str | None:
    """Where someone begins by their newest placement; ``None`` where they took none."""
    if learner.person_id is not None:
        return session.scalar(select(Placement.tier).where(Placement.person_id == learner.person_id))
    done = (owned_by(learner), Attempt.purpose == "placement", Attempt.right.is_not(None))
    attempt = session.scalar(select(Attempt).where(*done).order_by(Attempt.id.desc()).limit(1))
    if attempt is None:
        return None
    steps = plan_of(attempt)
    return tier_for(steps.credit // steps.asked)


def candidates(session: Session, today: date) -> list[Candidate]:
    """Every item that a placement may ask today."""
    columns = (Item.id, Quiz.topic_slug, Quiz.tier, ItemRevision.difficulty, ItemRevision.type)
    query = select(*columns).where(Quiz.id == Item.quiz_id, *askable(today)).order_by(Item.id)
    return [Candidate(*row) for row in session.execute(query)]


@dataclass(frozen=True)
class Retention:
    """What stayed of what was learnt, for everybody, by topic and by khu phố."""

    everybody: Figure | None
    topics: dict[str, Figure | None]
    groups: tuple[Part, ...]


def retention(session: Session, since: date) -> Retention:
    """The figures from checks since a day: items never met before, 30 to 90 days after the first answer."""
    topics: dict[str, list[PersonMeans]] = defaultdict(list)
    for topic, *means in session.execute(_means(since, Delayed.topic_slug)):
        topics[topic].append(PersonMeans(*map(float, means)))
    groups = [(g, PersonMeans(*map(float, means))) for g, *means in session.execute(_means(since, Delayed.group_id))]
    people = [PersonMeans(*map(float, means)) for _, *means in session.execute(_means(since, Delayed.person_id))]
    return Retention(figure(people), {topic: figure(means) for topic, means in topics.items()}, tuple(parts(groups)))


def _means(since: date, key: InstrumentedAttribute[Any]) -> Select[Any]:
    """One row for each value of a column and person: the key and the person's three means."""
    columns = [func.avg(column) for column in (Delayed.first_credit, Delayed.after_credit, Delayed.credit)]
    fits = (Delayed.unseen.is_(True), Delayed.days.between(SOONEST, LATEST), Delayed.day >= since)
    return select(key, *columns).where(*fits).group_by(key, Delayed.person_id).order_by(key)
