"""Whom to visit in a khu phố and why: who asked, who is stuck, what is due again, who has not begun."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, selectinload

from app.attempts.models import Attempt, Response, Review
from app.attempts.queries import plan_of
from app.core.calendar import local_date
from app.groups.models import Group
from app.groups.queries import khu_members, population_at, tree
from app.outreach.domain import Reach
from app.outreach.models import HelpRequest
from app.outreach.visits.homes import Homes, homes_of
from app.outreach.visits.models import Visit
from app.people.models import Membership, Person
from app.quizzes.models import Quiz

REASONS = ("asked", "stuck", "due", "idle")  # the first that holds is why somebody goes there first
PAGE = 20
MOST_PRINTED = 200
STUCK = timedelta(days=3)


@dataclass(frozen=True)
class Area:
    """A place on the way: a khu phố with its tổ, or one tổ; ``group_ids`` are the groups whose members live there."""

    id: int
    name: str
    group_ids: tuple[int, ...]


@dataclass(frozen=True)
class Stuck:
    """A quiz that lies open: which, and at which of its questions (``asked`` in the first round)."""

    title: str
    step: int
    asked: int


@dataclass(frozen=True)
class Line:
    """One person on the way, with everything there is to do."""

    person_id: int
    name: str
    address: str
    group: str
    phone: str
    last_visit: datetime | None
    asked_at: datetime | None
    stuck: Stuck | None
    due: int
    idle: bool


@dataclass(frozen=True)
class Figures:
    """A khu phố in numbers: ``adults`` is the official figure, ``None`` where there is no list."""

    adults: int | None
    known: int
    visited: int
    waiting: Mapping[str, int]
    homes: Homes


def areas(session: Session, reach: Reach) -> list[Area]:
    """The khu phố that a volunteer looks after, and single tổ of others, in the order of names."""
    found: dict[int, Area] = {}
    for node in tree(session):
        group = node.group
        if group.kind in ("khu_pho", "to") and reach.covers(group.id) and group.parent_id not in found:
            found[group.id] = area_of(session, group)
    return list(found.values())


def area_of(session: Session, group: Group) -> Area:
    """A khu phố or tổ as a place on the way."""
    members = khu_members(session, group.id) if group.kind == "khu_pho" else [group.id]
    return Area(group.id, group.name, tuple(members))


def _living(group_ids: Collection[int], me: int) -> list[ColumnElement[bool]]:
    return [
        Membership.kind == "home",
        Membership.ended_at.is_(None),
        Membership.group_id.in_(group_ids),
        Person.closed_at.is_(None),
        Person.id != me,
    ]


def _because(now: datetime) -> dict[str, ColumnElement[bool]]:
    asked = select(HelpRequest.id).where(HelpRequest.person_id == Person.id, HelpRequest.state != "done")
    due = select(Review.person_id).where(Review.person_id == Person.id, Review.due_on <= local_date(now))
    begun = select(Attempt.id).where(Attempt.person_id == Person.id)
    return {
        "asked": asked.exists(),
        "stuck": _stuck(now).where(Attempt.person_id == Person.id).correlate(Person).exists(),
        "due": due.exists(),
        "idle": ~begun.exists(),
    }


def _stuck(now: datetime) -> Select[int]:
    """Attempts at quizzes that nobody has touched for days."""
    touched = select(func.max(Response.answered_at)).where(Response.attempt_id == Attempt.id).correlate(Attempt)
    last = func.coalesce(touched.scalar_subquery(), Attempt.started_at)
    return select(Attempt.id).where(Attempt.ended_at.is_(None), Attempt.quiz_id.is_not(None), last < now - STUCK)


def figures(session: Session, area: Area, me: int, now: datetime) -> Figures:
    """How far the visits of a khu phố have come, and how many wait for what."""
    living = _living(area.group_ids, me)
    people = select(func.count()).select_from(Person).join(Membership, Membership.person_id == Person.id).where(*living)
    visited = select(Visit.id).where(Visit.person_id == Person.id)
    population = population_at(session, area.id, local_date(now))
    return Figures(
        adults=population.adults if population else None,
        known=session.scalar(people) or 0,
        visited=session.scalar(people.where(visited.exists())) or 0,
        homes=homes_of(session, living),
        waiting={why: session.scalar(people.where(holds)) or 0 for why, holds in _because(now).items()},
    )


def lines(session: Session, area: Area, me: int, now: datetime, *, reason: str, page: int = 1) -> list[Line]:
    """A page of those for whom a reason holds, in the order of a walk: by tổ, then by name."""
    query = _people(area, me).where(_because(now)[reason]).limit(PAGE).offset(PAGE * (page - 1))
    return _lines(session, query, now)


def sheet(session: Session, area: Area, me: int, now: datetime) -> list[Line]:
    """Everyone for whom any reason holds, to be printed; the first :data:`MOST_PRINTED`."""
    query = _people(area, me).where(or_(*_because(now).values())).limit(MOST_PRINTED)
    return _lines(session, query, now)


def _people(area: Area, me: int) -> Select[Person, str, datetime | None]:
    last = select(func.max(Visit.started_at)).where(Visit.person_id == Person.id).correlate(Person).scalar_subquery()
    return (
        select(Person, Group.name, last)
        .join(Membership, Membership.person_id == Person.id)
        .join(Group, Group.id == Membership.group_id)
        .where(*_living(area.group_ids, me))
        .order_by(Group.sort_key, Person.name_key, Person.id)
    )


def _lines(session: Session, query: Select[Person, str, datetime | None], now: datetime) -> list[Line]:
    rows = session.execute(query).all()
    ids = [person.id for person, _, _ in rows]
    asked, stuck, due = _asked(session, ids), _stuck_of(session, ids, now), _due(session, ids, local_date(now))
    begun = set(session.scalars(select(Attempt.person_id).where(Attempt.person_id.in_(ids)).distinct()))
    return [
        Line(
            person_id=person.id,
            name=person.name,
            address=person.address,
            group=group,
            phone=person.phone or "",
            last_visit=last,
            asked_at=asked.get(person.id),
            stuck=stuck.get(person.id),
            due=due.get(person.id, 0),
            idle=person.id not in begun,
        )
        for person, group, last in rows
    ]


def _asked(session: Session, ids: Collection[int]) -> dict[int, datetime]:
    query = select(HelpRequest.person_id, func.min(HelpRequest.created_at)).where(
        HelpRequest.person_id.in_(ids), HelpRequest.state != "done"
    )
    return {person: at for person, at in session.execute(query.group_by(HelpRequest.person_id)) if person is not None}


def _stuck_of(session: Session, ids: Collection[int], now: datetime) -> dict[int, Stuck]:
    """Each person's newest quiz that lies open, with the question it stopped at."""
    query = (
        select(Attempt, Quiz.title)
        .join(Quiz, Quiz.id == Attempt.quiz_id)
        .where(Attempt.id.in_(_stuck(now).where(Attempt.person_id.in_(ids))))
        .options(selectinload(Attempt.responses))
        .order_by(Attempt.id)
    )
    found: dict[int, Stuck] = {}
    for attempt, title in session.execute(query):
        steps = plan_of(attempt)
        if attempt.person_id is not None and steps.next is not None:
            found[attempt.person_id] = Stuck(title, steps.next.number, steps.asked)
    return found


def _due(session: Session, ids: Collection[int], today: date) -> dict[int, int]:
    query = select(Review.person_id, func.count()).where(Review.person_id.in_(ids), Review.due_on <= today)
    return dict(session.execute(query.group_by(Review.person_id)).all())
