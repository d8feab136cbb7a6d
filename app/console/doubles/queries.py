"""Finding records that may be one person's, and what there is to compare."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.attempts.models import Attempt, LearningDay
from app.badges.models import Badge
from app.core.errors import NotFound
from app.groups.models import Group
from app.people.directory import Belonging, belongings, get_person
from app.people.domain import PURPOSES
from app.people.doubles.domain import UNDO, Record, likeness, weight
from app.people.doubles.models import Merge, NotDouble
from app.people.grants import belongs, groups_of, roles_held
from app.people.household.queries import households_of
from app.people.models import Membership, Person
from app.people.queries import card_symbols, consents_of, has_pin
from app.people.roles import Scope
from app.people.symbols import Symbol

SHOWN = 60
MOST_ALIKE = 8  # of one name or number; more are compared as the list gets shorter


@dataclass(frozen=True)
class Half:
    """One of two records in the list."""

    id: int
    name: str
    group: str
    birth_year: int | None
    since: datetime


@dataclass(frozen=True)
class Pair:
    """Two records that are alike, the older first, and why."""

    first: Half
    second: Half
    reasons: frozenset[str]


@dataclass(frozen=True)
class Found:
    """The likeliest pairs, and how many there are."""

    pairs: tuple[Pair, ...]
    count: int


@dataclass(frozen=True)
class Facts:
    """What an officer compares two records by, and what would move."""

    person: Person
    belongs: list[Belonging]
    symbols: tuple[Symbol, ...]
    has_pin: bool
    roles: tuple[str, ...]
    lessons: int
    badges: int
    last_day: date | None
    consents: dict[str, str | None]


@dataclass(frozen=True)
class Done:
    """A merge that can still be undone."""

    id: int
    kept_id: int
    name: str
    gone_id: int
    at: datetime
    by: int


_Row = tuple[Record, Half]


def likely_doubles(session: Session, within: Scope) -> Found:
    """Pairs with one name in one khu phố, one name and year of birth, or one number, the likeliest first.

    Pairs that somebody called two people are left out, and so are people of one household who share only a phone.
    """
    rows = [*_alike(session, Person.folded, within), *_alike(session, Person.phone, within)]
    by_id = {record.id: (record, half) for record, half in rows}
    distinct = set(session.execute(select(NotDouble.first_id, NotDouble.second_id)))
    homes = households_of(session, by_id)
    pairs = []
    for a, b in _candidates(by_id.values()):
        reasons = likeness(by_id[a][0], by_id[b][0])
        family = reasons == {"phone"} and a in homes and homes[a] == homes.get(b)
        if reasons and not family and (a, b) not in distinct:
            pairs.append((weight(by_id[a][0], by_id[b][0], reasons), a, b, reasons))
    pairs.sort(key=lambda pair: (-pair[0], pair[1], pair[2]))
    shown = tuple(Pair(by_id[a][1], by_id[b][1], reasons) for _, a, b, reasons in pairs[:SHOWN])
    return Found(shown, len(pairs))


def _alike(session: Session, column: InstrumentedAttribute[Any], within: Scope) -> list[_Row]:
    here = (Person.closed_at.is_(None), column.is_not(None), *belongs(Person.id, within))
    twice = select(column).where(*here).group_by(column).having(func.count() > 1)
    query = (
        select(Person.id, Person.name, Person.folded, Person.phone, Person.birth_year, Person.created_at, Group)
        .outerjoin(
            Membership,
            (Membership.person_id == Person.id) & (Membership.kind == "home") & Membership.ended_at.is_(None),
        )
        .outerjoin(Group, Group.id == Membership.group_id)
        .where(*here, column.in_(twice))
    )
    found = []
    for person_id, name, folded, phone, year, since, group in session.execute(query):
        khu = None if group is None else group.parent_id if group.kind == "to" else group.id
        half = Half(person_id, name, group.name if group else "", year, since)
        found.append((Record(person_id, folded, khu, phone, year), half))
    return found


def _candidates(rows: Iterable[_Row]) -> set[tuple[int, int]]:
    """Pairs of ids, the lower first, that share a name or a number."""
    buckets: dict[tuple[str, str], list[int]] = defaultdict(list)
    for record, _ in rows:
        buckets["name", record.folded].append(record.id)
        if record.phone:
            buckets["phone", record.phone].append(record.id)
    return {pair for ids in buckets.values() for pair in combinations(sorted(ids)[:MOST_ALIKE], 2)}


def facts_of(session: Session, person_id: int, within: Scope) -> Facts:
    """One side of a comparison.

    Raises:
        NotFound: No such person within reach.
    """
    person = get_person(session, person_id)
    if not within.everywhere and not within.covers_any(groups_of(session, person_id)):
        raise NotFound
    lessons = select(func.count()).where(Attempt.person_id == person_id, Attempt.right.is_not(None))
    badges = select(func.count()).where(Badge.person_id == person_id, Badge.revoked_at.is_(None))
    consents = consents_of(session, person_id)
    return Facts(
        person=person,
        belongs=[one for one in belongings(session, person_id) if one.ended_at is None],
        symbols=card_symbols(session, person_id),
        has_pin=has_pin(session, person_id),
        roles=roles_held(session, [person_id]).get(person_id, ()),
        lessons=session.scalar(lessons) or 0,
        badges=session.scalar(badges) or 0,
        last_day=session.scalar(select(func.max(LearningDay.day)).where(LearningDay.person_id == person_id)),
        consents={
            purpose: next((row.choice for row in consents if row.purpose == purpose and row.giver == "self"), None)
            for purpose in PURPOSES
        },
    )


def merged_lately(session: Session, within: Scope, now: datetime) -> list[Done]:
    """Merges that can still be undone, the newest first."""
    query = (
        select(Merge.id, Merge.kept_id, Person.name, Merge.gone_id, Merge.at, Merge.by)
        .join(Person, Person.id == Merge.kept_id)
        .where(Merge.undone_at.is_(None), Merge.at >= now - UNDO, Person.closed_at.is_(None))
        .where(*belongs(Merge.kept_id, within))
        .order_by(Merge.at.desc(), Merge.id.desc())
    )
    return [Done(*row) for row in session.execute(query)]
