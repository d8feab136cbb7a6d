"""Reading classes: the lists, one class, who is there, who may teach."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import Session, aliased

from app.attempts.models import Attempt
from app.core.errors import NotFound
from app.groups.models import Group
from app.outreach.classes.domain import EARLY, LASTS, is_on
from app.outreach.classes.models import Attendance, ClassAttempt, ClassMeasure, ClassSession
from app.outreach.domain import Reach
from app.people.directory import MOST_ID
from app.people.grants import group_tree
from app.people.models import Membership, Person, RoleGrant
from app.people.roles import BRINGS, Held, rights_of
from app.quizzes.models import Quiz, Topic

MOST_LISTED = 60


@dataclass(frozen=True)
class ClassView:
    """A class as lists and its own page show it."""

    id: int
    starts_at: datetime
    group_id: int
    group: str
    place: str
    quiz_id: str
    quiz: str
    topic_slug: str
    topic: str
    trainer_id: int
    trainer: str
    expected: int
    named: int
    counted: int | None
    how: str
    cancelled: bool
    on: bool  # whether people come in now

    @property
    def heads(self) -> int | None:
        """The heads that were counted; never fewer than there are names. ``None`` while nobody counted."""
        return None if self.counted is None else max(self.counted, self.named)


@dataclass(frozen=True)
class Present:
    """Somebody who was there.

    Attributes:
        learned: Whether a quiz was begun in the class.
        before, after: Whether the questions were answered.
    """

    person_id: int
    name: str
    address: str
    group: str
    way: str
    at: datetime
    learned: bool = False
    before: bool = False
    after: bool = False

    @property
    def took_part(self) -> bool:
        return self.learned or self.before or self.after


def _classes() -> Select[ClassSession, str, str, Quiz, str, int]:
    named = select(func.count()).where(Attendance.class_id == ClassSession.id).correlate(ClassSession).scalar_subquery()
    trainer = aliased(Person)
    return (
        select(ClassSession, Group.name, trainer.name, Quiz, Topic.title, named)
        .join(Group, Group.id == ClassSession.group_id)
        .join(trainer, trainer.id == ClassSession.trainer_id)
        .join(Quiz, Quiz.id == ClassSession.quiz_id)
        .join(Topic, Topic.slug == Quiz.topic_slug)
    )


def _view(row: ClassSession, group: str, trainer: str, quiz: Quiz, topic: str, named: int, now: datetime) -> ClassView:
    return ClassView(
        id=row.id,
        starts_at=row.starts_at,
        group_id=row.group_id,
        group=group,
        place=row.place,
        quiz_id=quiz.id,
        quiz=quiz.title,
        topic_slug=quiz.topic_slug,
        topic=topic,
        trainer_id=row.trainer_id,
        trainer=trainer,
        expected=row.expected,
        named=named,
        counted=row.counted,
        how=row.how,
        cancelled=row.cancelled_at is not None,
        on=is_on(row.starts_at, row.cancelled_at is not None, now),
    )


def ahead(session: Session, reach: Reach, now: datetime) -> list[ClassView]:
    """Classes that are on or still to come, the next one first."""
    query = _classes().where(ClassSession.starts_at > now - LASTS, *_of(reach))
    query = query.order_by(ClassSession.starts_at, ClassSession.id).limit(MOST_LISTED)
    return [_view(*row, now) for row in session.execute(query)]


def past(session: Session, reach: Reach, now: datetime) -> list[ClassView]:
    """Classes that are over, the newest first."""
    query = _classes().where(ClassSession.starts_at <= now - LASTS, *_of(reach))
    query = query.order_by(ClassSession.starts_at.desc(), ClassSession.id.desc()).limit(MOST_LISTED)
    return [_view(*row, now) for row in session.execute(query)]


def _of(reach: Reach) -> list[ColumnElement[bool]]:
    return [] if reach.everyone else [ClassSession.group_id.in_(reach.group_ids)]


def class_view(session: Session, class_id: int, now: datetime) -> ClassView:
    """One class.

    Raises:
        NotFound: There is none.
    """
    row = session.execute(_classes().where(ClassSession.id == class_id)).first() if class_id < MOST_ID else None
    if row is None:
        raise NotFound
    return _view(*row, now)


def group_of_class(session: Session, class_id: int) -> list[int]:
    """For :func:`app.people.access.require`: where the class in the address is held; empty where there is none."""
    query = select(ClassSession.group_id).where(ClassSession.id == class_id)
    return list(session.scalars(query)) if class_id < MOST_ID else []


def secret_of(session: Session, class_id: int) -> str:
    """What the codes of a class are made from."""
    return session.scalars(select(ClassSession.secret).where(ClassSession.id == class_id)).one()


def classes_on(session: Session, now: datetime) -> list[tuple[int, str]]:
    """Id and secret of every class that people come into now."""
    query = select(ClassSession.id, ClassSession.secret).where(
        ClassSession.cancelled_at.is_(None), ClassSession.starts_at <= now + EARLY, ClassSession.starts_at > now - LASTS
    )
    return [(class_id, secret) for class_id, secret in session.execute(query.order_by(ClassSession.id))]


def present(session: Session, class_id: int) -> list[Present]:
    """Who was there, in the order of given names, and what they did."""
    learned = exists().where(
        ClassAttempt.attempt_id == Attempt.id,
        ClassAttempt.class_id == class_id,
        Attempt.person_id == Attendance.person_id,
    )
    query = (
        select(Person.id, Person.name, Person.address, Group.name, Attendance.way, Attendance.at, learned)
        .join(Attendance, Attendance.person_id == Person.id)
        .outerjoin(
            Membership,
            (Membership.person_id == Person.id) & (Membership.kind == "home") & Membership.ended_at.is_(None),
        )
        .outerjoin(Group, Group.id == Membership.group_id)
        .where(Attendance.class_id == class_id, Person.closed_at.is_(None))
        .order_by(Person.name_key, Person.id)
    )
    answered = _answered(session, class_id)
    return [
        Present(i, name, address, group or "", way, at, did, (i, "before") in answered, (i, "after") in answered)
        for i, name, address, group, way, at, did in session.execute(query)
    ]


def _answered(session: Session, class_id: int) -> set[tuple[int, str]]:
    query = select(ClassMeasure.person_id, ClassMeasure.moment)
    rows = session.execute(query.where(ClassMeasure.class_id == class_id, ClassMeasure.ended_at.is_not(None)))
    return {(person_id, moment) for person_id, moment in rows}


def is_present(session: Session, class_id: int, person_id: int) -> bool:
    """Whether someone is on the list of a class."""
    return session.get(Attendance, (class_id, person_id)) is not None


def class_of(session: Session, person_id: int, now: datetime) -> ClassView | None:
    """The class that someone sits in just now; of two the one that began later."""
    query = _classes().where(
        exists().where(Attendance.class_id == ClassSession.id, Attendance.person_id == person_id),
        ClassSession.cancelled_at.is_(None),
        ClassSession.starts_at <= now + EARLY,
        ClassSession.starts_at > now - LASTS,
    )
    row = session.execute(query.order_by(ClassSession.starts_at.desc(), ClassSession.id.desc()).limit(1)).first()
    return None if row is None else _view(*row, now)


def trainers(session: Session, reach: Reach) -> list[tuple[int, str]]:
    """Id and name of those who may hold a class somewhere in this reach, in the order of given names."""
    tree = group_tree(session)
    query = (
        select(Person.id, Person.name, RoleGrant.role, RoleGrant.group_id)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(RoleGrant.ended_at.is_(None), RoleGrant.role.in_(TEACHING), Person.closed_at.is_(None))
        .order_by(Person.name_key, Person.id)
    )
    found = {}
    for person_id, name, role, group_id in session.execute(query):
        scope = rights_of([Held(role, group_id)], "password", tree)["people.help"]
        if reach.everyone or scope.everywhere or scope.covers_any(reach.group_ids):
            found[person_id] = name
    return list(found.items())


TEACHING = tuple(role for role, brings in BRINGS.items() if "people.help" in brings)


def absent(session: Session, class_id: int, ids: Collection[int]) -> set[int]:
    """Those of some people who are not on the list of a class."""
    query = select(Attendance.person_id).where(Attendance.class_id == class_id, Attendance.person_id.in_(ids))
    return set(ids) - set(session.scalars(query))
