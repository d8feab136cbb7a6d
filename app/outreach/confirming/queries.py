"""Reading confirmations: which skills someone has shown, whom they taught, what waits for a second look."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.attempts.models import Attempt
from app.cycles.domain import month
from app.groups.models import Group
from app.outreach.confirming.models import Confirmation, DrawSeed, HelperNaming, SecondLook
from app.outreach.domain import Reach
from app.outreach.practice.models import PracticeRow
from app.outreach.visits.models import Practising, Visit
from app.people.models import Membership, Person
from app.people.queries import same_household
from app.quizzes.models import Quiz, Skill

PAGE = 50


@dataclass(frozen=True)
class Shown:
    """A skill that someone showed, with the number of its confirmation."""

    id: int
    skill: str
    practice: str
    at: datetime


@dataclass(frozen=True)
class Named:
    """Whom a learner named for a skill that is not shown yet: as much of the name as a card tells."""

    id: int
    skill: str
    title: str
    helper: str
    at: datetime


@dataclass(frozen=True)
class Month:
    """A month of the draw as everyone may read it; ``seed`` is "" until the month is over."""

    period: str
    digest: str
    seed: str
    confirmed: int
    drawn: int
    one_in: int


@dataclass(frozen=True)
class Look:
    """A drawn confirmation in the officers' list."""

    id: int
    person_id: int
    name: str
    group: str
    phone: str
    practice: str
    volunteer_id: int
    volunteer: str
    at: datetime
    outcome: str | None
    note: str
    looked_by: str
    looked_at: datetime | None


def skills_shown(session: Session, person_id: int) -> dict[str, Shown]:
    """The skills that someone has shown, by slug."""
    query = (
        select(Confirmation.id, Confirmation.skill_slug, PracticeRow.title, Confirmation.at)
        .join(PracticeRow, PracticeRow.slug == Confirmation.practice_slug)
        .where(Confirmation.person_id == person_id, Confirmation.ended_at.is_(None))
    )
    return {row.skill_slug: Shown(*row) for row in session.execute(query)}


def skills_confirmed(session: Session, person_id: int) -> frozenset[str]:
    """Ring 2: skills that a volunteer watched someone do alone."""
    return frozenset(skills_shown(session, person_id))


def skills_taught(session: Session, person_id: int) -> frozenset[str]:
    """Ring 3: skills that someone of another household learnt from this person.

    The learner named them beforehand, then showed the skill, and somebody else confirmed it.
    """
    query = (
        select(HelperNaming.skill_slug, HelperNaming.learner_id)
        .join(
            Confirmation,
            (Confirmation.person_id == HelperNaming.learner_id) & (Confirmation.skill_slug == HelperNaming.skill_slug),
        )
        .where(
            HelperNaming.helper_id == person_id,
            HelperNaming.at < Confirmation.at,
            (HelperNaming.ended_at.is_(None)) | (HelperNaming.ended_at > Confirmation.at),
            Confirmation.ended_at.is_(None),
            Confirmation.volunteer_id != person_id,
        )
    )
    found = session.execute(query).all()
    return frozenset(skill for skill, learner in found if not same_household(session, person_id, learner))


def helper_named(session: Session, learner_id: int, skill: str) -> int | None:
    """Whom a learner has named for a skill."""
    query = select(HelperNaming.helper_id).where(
        HelperNaming.learner_id == learner_id, HelperNaming.skill_slug == skill, HelperNaming.ended_at.is_(None)
    )
    return session.scalar(query)


def namings(session: Session, learner_id: int) -> list[Named]:
    """The helpers whom a learner has named, the newest first."""
    query = (
        select(HelperNaming.id, HelperNaming.skill_slug, Skill.title, Person.name, HelperNaming.at)
        .join(Skill, Skill.slug == HelperNaming.skill_slug)
        .join(Person, Person.id == HelperNaming.helper_id)
        .where(HelperNaming.learner_id == learner_id, HelperNaming.ended_at.is_(None))
        .order_by(HelperNaming.at.desc(), HelperNaming.id.desc())
    )
    return [Named(*row) for row in session.execute(query)]


def went_on_alone(session: Session, volunteer_id: int, *, since: datetime, until: datetime) -> int:
    """How often someone practised a skill beside this volunteer and later passed a quiz of it alone.

    Each person and skill once, by the first such pass, where it lies in ``[since, until)``; never oneself or
    one's own household. This is what a volunteer may be honoured for: a confirmation by itself earns nothing.
    """
    tried = (
        select(Visit.person_id, PracticeRow.skill_slug, func.min(Practising.started_at).label("at"))
        .join(Practising, Practising.visit_id == Visit.id)
        .join(PracticeRow, PracticeRow.slug == Practising.practice_slug)
        .where(Visit.volunteer_id == volunteer_id, Visit.person_id.is_not(None))
        .group_by(Visit.person_id, PracticeRow.skill_slug)
        .subquery()
    )
    query = (
        select(tried.c.person_id, func.min(Attempt.ended_at))
        .join(Attempt, Attempt.person_id == tried.c.person_id)
        .join(Quiz, (Quiz.id == Attempt.quiz_id) & (Quiz.skill_slug == tried.c.skill_slug))
        .where(Attempt.how == "independent", Attempt.passed.is_(True), Attempt.ended_at > tried.c.at)
        .group_by(tried.c.person_id, tried.c.skill_slug)
        .having(func.min(Attempt.ended_at) >= since, func.min(Attempt.ended_at) < until)
    )
    people = [person_id for person_id, _ in session.execute(query)]
    own = {person_id for person_id in set(people) if same_household(session, volunteer_id, person_id)}
    return sum(1 for person_id in people if person_id not in own)


def draw_months(session: Session, now: datetime, *, most: int = 12) -> list[Month]:
    """The months of the draw, the newest first; the seed of a month is told once the month is over."""
    query = (
        select(DrawSeed, func.count(Confirmation.id), func.count(SecondLook.confirmation_id))
        .outerjoin(Confirmation, Confirmation.period == DrawSeed.period)
        .outerjoin(SecondLook, SecondLook.confirmation_id == Confirmation.id)
        .group_by(DrawSeed.period)
        .order_by(DrawSeed.period.desc())
        .limit(most)
    )
    return [
        Month(
            one.period, one.digest, one.seed if month(one.period).ends_at <= now else "", confirmed, drawn, one.one_in
        )
        for one, confirmed, drawn in session.execute(query)
    ]


def seed_of(session: Session, period: str) -> str | None:
    """What decides in a month; never shown before the month is over."""
    return session.scalar(select(DrawSeed.seed).where(DrawSeed.period == period))


def _looks(reach: Reach) -> Select[SecondLook, Confirmation, str, str | None, str, str, str, str]:
    volunteer, looker = aliased(Person), aliased(Person)
    query = (
        select(
            SecondLook,
            Confirmation,
            Person.name,
            Person.phone,
            Group.name,
            PracticeRow.title,
            volunteer.name,
            looker.name,
        )
        .join(Confirmation, Confirmation.id == SecondLook.confirmation_id)
        .join(Person, Person.id == Confirmation.person_id)
        .join(PracticeRow, PracticeRow.slug == Confirmation.practice_slug)
        .join(volunteer, volunteer.id == Confirmation.volunteer_id)
        .outerjoin(looker, looker.id == SecondLook.looked_by)
        .outerjoin(
            Membership,
            (Membership.person_id == Person.id) & (Membership.kind == "home") & Membership.ended_at.is_(None),
        )
        .outerjoin(Group, Group.id == Membership.group_id)
        .where(Person.closed_at.is_(None))
    )
    return query if reach.everyone else query.where(Membership.group_id.in_(reach.group_ids))


def looks(session: Session, reach: Reach, *, done: bool, page: int = 1) -> list[Look]:
    """A page of drawn confirmations: those that wait (or could not be reached) first come oldest, those done newest."""
    query = _looks(reach).where(*_settled(done)).limit(PAGE).offset(PAGE * (page - 1))
    order = SecondLook.looked_at.desc() if done else SecondLook.drawn_at
    return [
        Look(
            id=confirmation.id,
            person_id=confirmation.person_id,
            name=name,
            group=group or "",
            phone=phone or "",
            practice=practice,
            volunteer_id=confirmation.volunteer_id,
            volunteer=volunteer,
            at=confirmation.at,
            outcome=look.outcome,
            note=look.note,
            looked_by=looker or "",
            looked_at=look.looked_at,
        )
        for look, confirmation, name, phone, group, practice, volunteer, looker in session.execute(
            query.order_by(order, SecondLook.confirmation_id)
        )
    ]


def _settled(done: bool) -> list[ColumnElement[bool]]:
    settled = SecondLook.outcome.in_(("ok", "redo"))
    return [settled if done else or_(SecondLook.outcome.is_(None), SecondLook.outcome == "unreached")]


def count_looks(session: Session, reach: Reach, *, done: bool = False) -> int:
    """How many drawn confirmations wait for a call, or have had it."""
    rows = _looks(reach).where(*_settled(done)).with_only_columns(SecondLook.confirmation_id).subquery()
    return session.scalar(select(func.count()).select_from(rows)) or 0
