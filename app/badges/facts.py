"""What badges look at, gathered anew each time: of a person, and of a khu phố."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.attempts.models import Attempt
from app.attempts.queries import all_learning_days, passed_quizzes
from app.badges.criteria import Facts, GroupFacts
from app.contests.queries import count_finished, entrants
from app.cycles.models import Cycle
from app.outreach.confirming.queries import skills_confirmed, skills_taught
from app.outreach.practice.models import PracticeRow
from app.outreach.visits.models import Practising, Visit
from app.people.queries import same_household
from app.quizzes.models import Quiz
from app.standings.models import FrozenGroup

NO_FACTS = Facts(frozenset(), 0, ())


@dataclass(frozen=True)
class BestMonth:
    """The closed month in which a khu phố reached most of its people."""

    period: str
    people: int
    counted: int

    @property
    def facts(self) -> GroupFacts:
        return GroupFacts(self.people, self.counted)


def facts_of(session: Session, person_id: int) -> Facts:
    """All that is known of one person."""
    passed = passed_quizzes(session, person_id)
    skills = session.scalars(select(Quiz.skill_slug).where(Quiz.id.in_(passed))) if passed else ()
    finished = select(func.count()).where(
        Attempt.person_id == person_id, Attempt.right.is_not(None), Attempt.quiz_id.is_not(None)
    )
    beside = _sat_beside(session, person_id)
    return Facts(
        frozenset(skills),
        session.scalar(finished) or 0,
        tuple(all_learning_days(session, person_id)),
        skills_confirmed(session, person_id),
        skills_taught(session, person_id),
        visits=len(beside),
        went_alone=len(_went_alone(session, person_id, beside)) if beside else 0,
        contests=count_finished(session, person_id),
    )


def _sat_beside(session: Session, volunteer_id: int) -> set[int]:
    """Whom a volunteer practised something with, in visits that are over; never one's own household."""
    query = (
        select(Visit.person_id)
        .join(Practising, Practising.visit_id == Visit.id)
        .where(Visit.volunteer_id == volunteer_id, Visit.person_id.is_not(None), Visit.ended_at.is_not(None))
        .distinct()
    )
    return {one for one in session.scalars(query) if one is not None and not same_household(session, volunteer_id, one)}


def _went_alone(session: Session, volunteer_id: int, beside: Iterable[int]) -> set[int]:
    """Who of these later passed a quiz alone, of a skill that was practised in such a visit."""
    query = (
        select(Visit.person_id)
        .join(Practising, Practising.visit_id == Visit.id)
        .join(PracticeRow, PracticeRow.slug == Practising.practice_slug)
        .join(Quiz, Quiz.skill_slug == PracticeRow.skill_slug)
        .join(Attempt, (Attempt.quiz_id == Quiz.id) & (Attempt.person_id == Visit.person_id))
        .where(
            Visit.volunteer_id == volunteer_id,
            Visit.person_id.in_(set(beside)),
            Attempt.how == "independent",
            Attempt.passed.is_(True),
            Attempt.ended_at > Practising.started_at,
        )
        .distinct()
    )
    return {one for one in session.scalars(query) if one is not None}


def helpers_and_entrants(session: Session) -> list[int]:
    """Whose badges come from elsewhere than a lesson: who sat beside somebody, who took part in a contest."""
    beside = session.scalars(select(Visit.volunteer_id).distinct())
    return sorted({*beside, *entrants(session)})


def best_months(session: Session) -> dict[int, BestMonth]:
    """Group → its best closed month, by whole per cent of its people, the earlier one where two are alike."""
    query = (
        select(Cycle.period, FrozenGroup.group_id, FrozenGroup.people, FrozenGroup.counted)
        .join(Cycle, (Cycle.id == FrozenGroup.cycle_id) & (Cycle.run == FrozenGroup.run))
        .where(Cycle.kind == "month", Cycle.frozen_at.is_not(None), FrozenGroup.people > 0)
        .order_by(Cycle.starts_at)
    )
    best: dict[int, BestMonth] = {}
    for period, group_id, people, counted in session.execute(query):
        month = BestMonth(period, people, counted)
        if group_id not in best or _share(month) > _share(best[group_id]):
            best[group_id] = month
    return best


def _share(month: BestMonth) -> int:
    return 100 * month.counted // month.people
