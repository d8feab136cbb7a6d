"""Reading the team: what someone offered, who waits for an answer, who is in it and free when."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import Session

from app.groups.models import Group
from app.outreach.domain import Reach
from app.outreach.team.domain import Choices
from app.outreach.team.models import TeamGroup, TeamOffer, TeamTime, TeamTopic
from app.outreach.visits.models import Visit
from app.people.models import Membership, Person, RoleGrant
from app.quizzes.models import Topic

PAGE = 50


@dataclass(frozen=True)
class Member:
    """Someone of the team, or who offers to join it: what an officer plans with.

    Attributes:
        offer_id: The offer that waits; 0 for those who are in the team.
        groups: Names of the khu phố that they can get to; ``scope`` those where they hold the role.
    """

    person_id: int
    offer_id: int
    name: str
    home: str
    home_id: int | None
    phone: str
    since: datetime
    choices: Choices
    topics: tuple[str, ...]
    groups: tuple[str, ...]
    scope: tuple[str, ...]
    visits: int


def is_volunteer(session: Session, person_id: int) -> bool:
    """Whether someone is in the team now."""
    query = select(RoleGrant.id).where(
        RoleGrant.person_id == person_id, RoleGrant.role == "volunteer", RoleGrant.ended_at.is_(None)
    )
    return session.scalar(query.limit(1)) is not None


def last_offer(session: Session, person_id: int) -> TeamOffer | None:
    """The newest offer of someone, whatever became of it."""
    query = select(TeamOffer).where(TeamOffer.person_id == person_id).order_by(TeamOffer.id.desc()).limit(1)
    return session.scalar(query)


def choices_of(session: Session, person_id: int) -> Choices:
    """What someone offers."""
    return _choices(session, [person_id])[person_id]


def _choices(session: Session, ids: Collection[int]) -> dict[int, Choices]:
    times: dict[int, set[tuple[int, str]]] = defaultdict(set)
    topics: dict[int, set[str]] = defaultdict(set)
    groups: dict[int, set[int]] = defaultdict(set)
    for time in session.scalars(select(TeamTime).where(TeamTime.person_id.in_(ids))):
        times[time.person_id].add((time.weekday, time.part))
    for topic in session.scalars(select(TeamTopic).where(TeamTopic.person_id.in_(ids))):
        topics[topic.person_id].add(topic.topic_slug)
    for group in session.scalars(select(TeamGroup).where(TeamGroup.person_id.in_(ids))):
        groups[group.person_id].add(group.group_id)
    return {i: Choices(frozenset(times[i]), frozenset(topics[i]), frozenset(groups[i])) for i in ids}


def waiting_offers(session: Session, reach: Reach) -> list[Member]:
    """Who waits for an answer, the longest wait first."""
    query = (
        select(Person, TeamOffer.id, TeamOffer.made_at)
        .join(TeamOffer, TeamOffer.person_id == Person.id)
        .where(TeamOffer.state == "waiting", Person.closed_at.is_(None), *_in_reach(reach))
        .order_by(TeamOffer.made_at, TeamOffer.id)
    )
    return _members(session, [(person, offer, at) for person, offer, at in session.execute(query)])


def count_offers(session: Session, reach: Reach) -> int:
    """How many offers wait."""
    query = select(func.count()).select_from(TeamOffer).join(Person, Person.id == TeamOffer.person_id)
    return session.scalar(query.where(TeamOffer.state == "waiting", Person.closed_at.is_(None), *_in_reach(reach))) or 0


def team(session: Session, reach: Reach, *, slot: tuple[int, str] | None = None, page: int = 1) -> list[Member]:
    """A page of the team in the order of given names; with ``slot``, those who are free then."""
    query = (
        select(Person, func.min(RoleGrant.granted_at))
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(*_team(reach, slot))
        .group_by(Person.id)
        .order_by(Person.name_key, Person.id)
        .limit(PAGE)
        .offset(PAGE * (page - 1))
    )
    return _members(session, [(person, 0, since) for person, since in session.execute(query)])


def count_team(session: Session, reach: Reach, *, slot: tuple[int, str] | None = None) -> int:
    """How many are in the team."""
    query = select(func.count(func.distinct(Person.id))).join(RoleGrant, RoleGrant.person_id == Person.id)
    return session.scalar(query.where(*_team(reach, slot))) or 0


def _team(reach: Reach, slot: tuple[int, str] | None) -> list[ColumnElement[bool]]:
    held = [RoleGrant.role == "volunteer", RoleGrant.ended_at.is_(None), Person.closed_at.is_(None), *_in_reach(reach)]
    if slot is not None:
        free = (TeamTime.person_id == Person.id, TeamTime.weekday == slot[0], TeamTime.part == slot[1])
        held.append(exists().where(*free))
    return held


def _in_reach(reach: Reach) -> list[ColumnElement[bool]]:
    """By home or chi đoàn."""
    if reach.everyone:
        return []
    belongs = (Membership.person_id == Person.id, Membership.ended_at.is_(None))
    return [exists().where(*belongs, Membership.group_id.in_(reach.group_ids))]


def _members(session: Session, rows: list[tuple[Person, int, datetime]]) -> list[Member]:
    ids = [person.id for person, _, _ in rows]
    choices, homes, scopes = _choices(session, ids), _homes(session, ids), _scopes(session, ids)
    visits = dict(session.execute(_visits(ids)).all())
    titles = {topic.slug: topic.title for topic in session.scalars(select(Topic).order_by(Topic.position))}
    names = dict(session.execute(select(Group.id, Group.name).order_by(Group.sort_key)).all())
    return [
        Member(
            person_id=person.id,
            offer_id=offer_id,
            name=person.name,
            home=names.get(homes.get(person.id, 0), ""),
            home_id=homes.get(person.id),
            phone=person.phone or "",
            since=since,
            choices=choices[person.id],
            topics=tuple(title for slug, title in titles.items() if slug in choices[person.id].topics),
            groups=tuple(name for group, name in names.items() if group in choices[person.id].groups),
            scope=tuple(name for group, name in names.items() if group in scopes[person.id]),
            visits=visits.get(person.id, 0),
        )
        for person, offer_id, since in rows
    ]


def _visits(ids: Collection[int]) -> Select[int, int]:
    return select(Visit.volunteer_id, func.count()).where(Visit.volunteer_id.in_(ids)).group_by(Visit.volunteer_id)


def _homes(session: Session, ids: Collection[int]) -> dict[int, int]:
    query = select(Membership.person_id, Membership.group_id).where(
        Membership.person_id.in_(ids), Membership.kind == "home", Membership.ended_at.is_(None)
    )
    return dict(session.execute(query).all())


def _scopes(session: Session, ids: Collection[int]) -> dict[int, set[int]]:
    query = select(RoleGrant.person_id, RoleGrant.group_id).where(
        RoleGrant.person_id.in_(ids), RoleGrant.role == "volunteer", RoleGrant.ended_at.is_(None)
    )
    found: dict[int, set[int]] = defaultdict(set)
    for person_id, group_id in session.execute(query):
        found[person_id].add(group_id)
    return found
