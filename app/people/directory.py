"""Finding people in lists: by words without marks, by khu phố, in the order of given names."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, select, tuple_
from sqlalchemy.orm import Session, aliased

from app.core.errors import NotFound
from app.core.text import fold, phone
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
    """One page; ``after`` is the key of the next one, "" at the end; ``before`` of the one that came before it."""

    rows: list[Listed]
    after: str
    before: str = ""


@dataclass(frozen=True)
class Belonging:
    """A membership with the name of its group, the newest first in a person's history."""

    group: str
    kind: str
    started_at: datetime
    ended_at: datetime | None
    confirmed_at: datetime | None
    confirmed_by: int | None


@dataclass(frozen=True)
class Wanted:
    """Which people a list is about.

    Attributes:
        text: Words of the name, marks and capitals ignored; or a phone number or card code.
        group_ids: Only those whose home is one of these; ``None`` for everyone.
        branch_id: Only those of this chi đoàn.
        state: confirmed | waiting | "" for both.
        within: Only those who belong there, by home or by chi đoàn.
    """

    text: str = ""
    group_ids: Collection[int] | None = None
    branch_id: int | None = None
    state: str = ""
    within: Scope = EVERYWHERE

    def conditions(self) -> list[ColumnElement[bool]]:
        """What a query about :class:`Person` asks for."""
        found = [Person.closed_at.is_(None), *_matches(self.text), *belongs(Person.id, self.within)]
        if self.group_ids is not None:
            found.append(_of("home", Membership.group_id.in_(self.group_ids)))
        if self.branch_id is not None:
            found.append(_of("branch", Membership.group_id == self.branch_id))
        if self.state == "confirmed":
            found.append(exists().where(_open(Membership, "home"), Membership.confirmed_at.is_not(None)))
        elif self.state == "waiting":
            found.append(_of("home", Membership.confirmed_at.is_(None)))
        return found


def find_people(
    session: Session,
    *,
    text: str = "",
    group_ids: Collection[int] | None = None,
    branch_id: int | None = None,
    state: str = "",
    within: Scope = EVERYWHERE,
    after: str = "",
    before: str = "",
) -> People:
    """A page of people in the order of given names. See :class:`Wanted`.

    Args:
        after: The key of the page, as the page before gave it.
        before: The same, going back.
    """
    wanted = Wanted(text, group_ids, branch_id, state, within)
    if (key := _read_key(before)) is not None:
        ids = _page(session, wanted, key, back=True)
        if len(ids) > PAGE:
            return _shown(session, ids[:PAGE][::-1], more_before=True, more_after=True)
        after = ""  # the beginning is a whole page
    key = _read_key(after)
    ids = _page(session, wanted, key, back=False)
    return _shown(session, ids[:PAGE], more_before=key is not None, more_after=len(ids) > PAGE)


def _page(session: Session, wanted: Wanted, key: tuple[bytes, int] | None, *, back: bool) -> list[int]:
    """The numbers of a page and one more: an index alone answers this, whatever the words are."""
    place = tuple_(Person.name_key, Person.id)
    query = select(Person.id).where(*wanted.conditions())
    if key is not None:
        query = query.where(place < tuple_(*key) if back else place > tuple_(*key))
    order = (Person.name_key.desc(), Person.id.desc()) if back else (Person.name_key, Person.id)
    return list(session.scalars(query.order_by(*order).limit(PAGE + 1)))


def _shown(session: Session, ids: list[int], *, more_before: bool, more_after: bool) -> People:
    query = (
        select(Person.id, Person.name, Person.address, Person.name_key, Group.name, Membership.confirmed_at)
        .outerjoin(Membership, _open(Membership, "home"))
        .outerjoin(Group, Group.id == Membership.group_id)
        .where(Person.id.in_(ids))
        .order_by(Person.name_key, Person.id)
    )
    rows = session.execute(query).all() if ids else []
    roles = roles_held(session, ids) if ids else {}
    listed = [Listed(i, n, a, g or "", c is not None, roles.get(i, ())) for i, n, a, _, g, c in rows]
    keys = [f"{row[3].hex()}-{row[0]}" for row in (rows[0], rows[-1])] if rows else ["", ""]
    return People(listed, keys[1] if more_after else "", keys[0] if more_before else "")


def _open(membership: type[Membership], kind: str) -> ColumnElement[bool]:
    return and_(membership.person_id == Person.id, membership.kind == kind, membership.ended_at.is_(None))


def _of(kind: str, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Those with such a membership; written so that a few of them are found from their side."""
    held = select(Membership.person_id).where(Membership.kind == kind, Membership.ended_at.is_(None), condition)
    return Person.id.in_(held)


def _matches(text: str) -> list[ColumnElement[bool]]:
    digits = re.sub(r"[\s.\-]", "", text)
    if match := re.fullmatch(r"hs(\d{1,9})", digits, re.ASCII | re.IGNORECASE):
        return [Person.id == int(match[1])]
    if re.fullmatch(r"\+?\d{6,12}", digits, re.ASCII):
        other = aliased(Person)
        callers = select(other.id).where(other.phone == (phone(digits) or digits))
        holders = select(Card.person_id).where(Card.code == digits, Card.ended_at.is_(None))
        return [Person.id.in_(callers.union_all(holders))]
    return [Person.folded.contains(word, autoescape=True) for word in fold(text)[:80].split()[:8]]


def _read_key(key: str) -> tuple[bytes, int] | None:
    """``None`` for the first page, and for a key that somebody bent."""
    match = re.fullmatch(r"((?:[0-9a-f]{2})+)-(\d{1,18})", key, re.ASCII)
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
