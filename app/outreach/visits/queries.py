"""Reading visits: the one that goes on, what is practised in it, who sits beside a learner just now."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from app.core.errors import NotFound
from app.groups.models import Group
from app.outreach.models import HelpRequest
from app.outreach.practice.domain import Practice
from app.outreach.visits.domain import LASTS, Run, is_live, run
from app.outreach.visits.models import Practising, Tick, Visit
from app.people.directory import MOST_ID
from app.people.models import Person


@dataclass(frozen=True)
class VisitView:
    """A visit as its volunteer sees it; ``name`` and ``address`` are "" where nobody is signed up yet."""

    id: int
    volunteer: str
    person_id: int | None
    name: str
    address: str
    group_id: int | None
    group: str
    started_at: datetime
    ended_at: datetime | None
    how: str
    note: str
    live: bool


@dataclass(frozen=True)
class Beside:
    """Who sits beside a learner, and how quizzes are done meanwhile."""

    volunteer: str
    how: str


def _visits() -> Select[Visit, str, str, str, str]:
    volunteer = aliased(Person)
    return (
        select(Visit, volunteer.name, Person.name, Person.address, Group.name)
        .join(volunteer, volunteer.id == Visit.volunteer_id)
        .outerjoin(Person, Person.id == Visit.person_id)
        .outerjoin(Group, Group.id == Visit.group_id)
    )


def _view(
    visit: Visit, volunteer: str, name: str | None, address: str | None, group: str | None, now: datetime
) -> VisitView:
    return VisitView(
        id=visit.id,
        volunteer=volunteer,
        person_id=visit.person_id,
        name=name or "",
        address=address or "",
        group_id=visit.group_id,
        group=group or "",
        started_at=visit.started_at,
        ended_at=visit.ended_at,
        how=visit.how,
        note=visit.note,
        live=is_live(visit.started_at, visit.ended_at, now),
    )


def visit_of(session: Session, visit_id: int, volunteer_id: int, now: datetime) -> VisitView:
    """A visit that this volunteer makes or made.

    Raises:
        NotFound: There is none, or it is someone else's.
    """
    query = _visits().where(Visit.id == visit_id, Visit.volunteer_id == volunteer_id)
    row = session.execute(query).first() if visit_id < MOST_ID else None
    if row is None:
        raise NotFound
    return _view(*row, now)


def open_visit(session: Session, volunteer_id: int, now: datetime) -> VisitView | None:
    """The visit that a volunteer is on."""
    query = _visits().where(
        Visit.volunteer_id == volunteer_id, Visit.ended_at.is_(None), Visit.started_at > now - LASTS
    )
    row = session.execute(query).first()
    return None if row is None else _view(*row, now)


def beside(session: Session, person_id: int, now: datetime) -> Beside | None:
    """Who sits beside this learner just now; ``None`` for nobody."""
    query = (
        select(Person.name, Visit.how)
        .join(Person, Person.id == Visit.volunteer_id)
        .where(Visit.person_id == person_id, Visit.ended_at.is_(None), Visit.started_at > now - LASTS)
        .order_by(Visit.id.desc())
        .limit(1)
    )
    row = session.execute(query).first()
    return None if row is None else Beside(*row)


def run_of(session: Session, visit_id: int, practice: Practice) -> Run | None:
    """The go through a checklist that this visit is at; ``None`` where it was not begun."""
    practising = session.get(Practising, (visit_id, practice.slug))
    if practising is None:
        return None
    query = select(Tick.step, Tick.mark).where(
        Tick.visit_id == visit_id, Tick.practice_slug == practice.slug, Tick.run == practising.run
    )
    marks = dict(session.execute(query).all())
    return run(practising.run, [step.id for step in practice.steps], marks)


def practised(session: Session, visit_id: int) -> list[str]:
    """The checklists tried in a visit, the newest first."""
    query = select(Practising.practice_slug).where(Practising.visit_id == visit_id)
    return list(session.scalars(query.order_by(Practising.started_at.desc(), Practising.practice_slug)))


def has_asked(session: Session, person_id: int) -> bool:
    """Whether someone waits for help that they asked for."""
    query = select(HelpRequest.id).where(HelpRequest.person_id == person_id, HelpRequest.state != "done")
    return session.scalar(query.limit(1)) is not None
