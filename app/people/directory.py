"""Finding people in lists: by words without marks, by khu phố, in the order of given names."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, tuple_
from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.core.text import fold
from app.groups.models import Group
from app.people.grants import belongs, roles_held
from app.people.models import Card, Membership, Person
from app.people.roles import EVERYWHERE, Scope

PAGE = 50
MOST_ID = 2**31  # beyond it no database has a row, and asking is an error


@dataclass(frozen=True)
class Listed:
    """A person as lists show them; ``roles`` is empty for a learner."""

    id: int
    name: str
    address: str
    group: str
    confirmed: bool
    roles: tuple[str, ...]


@dataclass(frozen=True)
class People:
    """One page; ``after`` is the key of the next one, "" at the end."""

    rows: list[Listed]
    after: str


@dataclass(frozen=True)
class Belonging:
    """A membership with the name of its group, the newest first in a person's history."""

    group: str
    kind: str
    started_at: datetime
    ended_at: datetime | None
    confirmed_at: datetime | None
    confirmed_by: int | None


def find_people(
    session: Session,
    *,
    text: str = "",
    group_ids: Collection[int] | None = None,
    within: Scope = EVERYWHERE,
    after: str = "",
) -> People:
    """A page of people in the order of given names.

    Args:
        text: Words of the name, marks and capitals ignored; or a phone number or card code.
        group_ids: Only those whose home is one of these; ``None`` for everyone.
        within: Only those who belong there, by home or by chi đoàn.
        after: The key of the page, as the page before gave it.
    """
    query = _listing().order_by(Person.name_key, Person.id).limit(PAGE + 1)
    query = query.where(*_matches(text), *belongs(Person.id, within))
    if group_ids is not None:
        query = query.where(Membership.group_id.in_(group_ids))
    if (key := _read_key(after)) is not None:
        query = query.where(tuple_(Person.name_key, Person.id) > tuple_(*key))
    rows = session.execute(query).all()
    roles = roles_held(session, [row[0] for row in rows[:PAGE]])
    listed = [Listed(i, n, a, g or "", c is not None, roles.get(i, ())) for i, n, a, _, g, c in rows[:PAGE]]
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return People(listed, f"{last[3].hex()}-{last[0]}" if last else "")


def _listing() -> Select[int, str, str, bytes, str, datetime | None]:
    return (
        select(Person.id, Person.name, Person.address, Person.name_key, Group.name, Membership.confirmed_at)
        .outerjoin(Membership, _open(Membership, "home"))
        .outerjoin(Group, Group.id == Membership.group_id)
        .where(Person.closed_at.is_(None))
    )


def _open(membership: type[Membership], kind: str) -> ColumnElement[bool]:
    return and_(membership.person_id == Person.id, membership.kind == kind, membership.ended_at.is_(None))


def _matches(text: str) -> list[ColumnElement[bool]]:
    digits = re.sub(r"[\s.]", "", text)
    if re.fullmatch(r"\d{6,10}", digits, re.ASCII):
        holder = select(Card.person_id).where(Card.code == digits, Card.ended_at.is_(None))
        return [or_(Person.phone == digits, Person.id.in_(holder))]
    return [Person.folded.contains(word, autoescape=True) for word in fold(text)[:80].split()[:8]]


def _read_key(after: str) -> tuple[bytes, int] | None:
    """``None`` for the first page, and for a key that somebody bent."""
    match = re.fullmatch(r"((?:[0-9a-f]{2})+)-(\d{1,18})", after, re.ASCII)
    return (bytes.fromhex(match[1]), int(match[2])) if match else None


def get_person(session: Session, person_id: int) -> Person:
    """A person who is here.

    Raises:
        NotFound: No such person, or gone.
    """
    person = session.get(Person, person_id) if person_id < MOST_ID else None
    if person is None or person.closed_at is not None:
        raise NotFound
    return person


def belongings(session: Session, person_id: int) -> list[Belonging]:
    """Every membership of a person, those of today first."""
    query = (
        select(Membership, Group.name)
        .join(Group, Group.id == Membership.group_id)
        .where(Membership.person_id == person_id)
        .order_by(Membership.ended_at.is_not(None), Membership.id.desc())
    )
    return [
        Belonging(name, m.kind, m.started_at, m.ended_at, m.confirmed_at, m.confirmed_by)
        for m, name in session.execute(query)
    ]


def names_of(session: Session, ids: Collection[int]) -> dict[int, str]:
    """Names for display, by id; whoever is gone is missing."""
    query = select(Person.id, Person.name).where(Person.id.in_(ids), Person.closed_at.is_(None))
    return dict(session.execute(query).all())


def count_people(session: Session, within: Scope = EVERYWHERE) -> int:
    """How many people are here, or belong there."""
    return session.scalar(select(func.count()).where(Person.closed_at.is_(None), *belongs(Person.id, within))) or 0
