"""Reading proposals, decisions and publications. Names are joined here, when read, by consent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from app.awards.domain import Rule, reason
from app.awards.models import AwardRule, CycleRule, Nomination, Publication
from app.awards.takedown import names_are_down
from app.cycles.models import Cycle
from app.groups.models import Group
from app.people.grants import holders
from app.people.models import Membership, Person
from app.people.queries import public_names


@dataclass(frozen=True)
class Candidate:
    """A proposal as the review shows it to officers: with the real name, and what the public would read."""

    id: int
    award: str
    award_title: str
    subject: str
    name: str
    public_name: str | None
    group_name: str
    group_id: int | None
    person_id: int | None
    adult: str
    place: int
    reason: str
    evidence: dict[str, Any]
    decision: str
    note: str
    waiver: str
    decided_by: str
    decided_at: datetime | None


@dataclass(frozen=True)
class Honour:
    """One award on the public page; ``name`` is ``None`` where it may not be told."""

    award: str
    award_title: str
    subject: str
    name: str | None
    address: str
    group_name: str
    group_slug: str
    reason: str
    place: int
    evidence: dict[str, Any]


@dataclass(frozen=True)
class PublicPage:
    """What ``/tuyen-duong/<period>`` shows."""

    period: str
    starts_at: datetime
    announced_at: datetime | None
    version: int
    digest: str
    number: str
    learners: int
    groups: tuple[Honour, ...]
    people: tuple[Honour, ...]
    names_down: bool = False  # their time is over: everyone is "one who learns"


def current_rules(session: Session) -> list[Rule]:
    rows = session.scalars(select(AwardRule))
    return sorted((Rule.from_json(row.body) for row in rows), key=lambda r: r.position)


def rules_of(session: Session, cycle_id: int) -> list[Rule]:
    """The rules as they stood when the cycle opened."""
    rows = session.scalars(select(CycleRule).where(CycleRule.cycle_id == cycle_id))
    return sorted((Rule.from_json(row.body) for row in rows), key=lambda r: r.position)


def nominations(session: Session, cycle_id: int) -> list[Nomination]:
    query = select(Nomination).where(Nomination.cycle_id == cycle_id)
    return list(session.scalars(query.order_by(Nomination.award, Nomination.place, Nomination.id)))


def undecided(session: Session, cycle_id: int) -> int:
    query = select(func.count()).where(Nomination.cycle_id == cycle_id, Nomination.decision == "undecided")
    return session.scalar(query) or 0


def count_awards(session: Session) -> dict[int, int]:
    """Cycle id → how many awards its latest publication names."""
    rows = session.execute(select(Publication.cycle_id, Publication.body).where(Publication.superseded_at.is_(None)))
    return {cycle_id: len(body["awards"]) for cycle_id, body in rows}


def candidates(session: Session, cycle: Cycle) -> list[Candidate]:
    """Every proposal of a cycle, in the order of its rules."""
    rules = {rule.slug: rule for rule in rules_of(session, cycle.id)}
    rows = nominations(session, cycle.id)
    people = _people(session, [n.person_id for n in rows if n.person_id] + [n.decided_by for n in rows if n.decided_by])
    names = public_names(session, [n.person_id for n in rows if n.person_id])
    groups = _groups(session)
    found = [_candidate(n, rules[n.award], people, names, groups) for n in rows]
    return sorted(found, key=lambda c: (rules[c.award].position, c.place, c.id))


def _candidate(
    row: Nomination,
    rule: Rule,
    people: dict[int, Person],
    names: dict[int, str | None],
    groups: dict[int, Group],
) -> Candidate:
    person = people.get(row.person_id or 0)
    group = groups.get(row.group_id or row.evidence.get("group_id") or 0)
    group_name = group.name if group else ""
    decider = people.get(row.decided_by or 0)
    return Candidate(
        id=row.id,
        award=row.award,
        award_title=rule.title,
        subject=row.subject,
        name=person.name if person else group_name,
        public_name=names.get(person.id) if person else group_name,
        group_name=group_name,
        group_id=group.id if group else None,
        person_id=row.person_id,
        adult=person.adult if person else "",
        place=row.place,
        reason=reason(rule, row.evidence),
        evidence=row.evidence,
        decision=row.decision,
        note=row.note,
        waiver=row.waiver,
        decided_by=decider.name if decider else "",
        decided_at=row.decided_at,
    )


def _people(session: Session, ids: Iterable[int]) -> dict[int, Person]:
    return {p.id: p for p in session.scalars(select(Person).where(Person.id.in_(set(ids))))}


def _groups(session: Session) -> dict[int, Group]:
    return {g.id: g for g in session.scalars(select(Group))}


def latest_publication(session: Session, cycle_id: int) -> Publication | None:
    query = select(Publication).where(Publication.cycle_id == cycle_id).order_by(Publication.version.desc())
    return session.scalar(query.limit(1))


def public_page(session: Session, cycle: Cycle, body: dict[str, Any], publication: Publication | None) -> PublicPage:
    """A publication's page (``None``: the preview of what would be published), names by consent now."""
    entries = body["awards"]
    ids = [e["subject_id"] for e in entries if e["subject"] == "person"]
    down = publication is not None and publication.id in names_are_down(session, [publication.id])
    people, groups = _people(session, ids), _groups(session)
    names: dict[int, str | None] = {} if down else public_names(session, ids)
    honours = [_honour(entry, people, names, groups) for entry in entries]
    return PublicPage(
        period=cycle.period,
        starts_at=cycle.starts_at,
        announced_at=publication.announced_at if publication else None,
        version=publication.version if publication else 0,
        digest=cycle.digest or "",
        number=publication.number if publication else "",
        learners=body["learners"],
        groups=tuple(h for h in honours if h.subject == "group"),
        people=tuple(h for h in honours if h.subject == "person"),
        names_down=down,
    )


def _honour(
    entry: dict[str, Any], people: dict[int, Person], names: dict[int, str | None], groups: dict[int, Group]
) -> Honour:
    person = people.get(entry["subject_id"]) if entry["subject"] == "person" else None
    group_id = entry["subject_id"] if entry["subject"] == "group" else entry["evidence"].get("group_id")
    group = groups.get(group_id or 0)
    told = names.get(person.id) if person else (group.name if group else None)
    return Honour(
        award_title=entry["title"],
        award=entry["award"],
        subject=entry["subject"],
        name=told,
        address=person.address if person and told else "",
        group_name=group.name if group else "",
        group_slug=group.slug if group else "",
        reason=entry["reason"],
        place=entry["place"],
        evidence=entry["evidence"],
    )


def officer_homes(session: Session) -> list[tuple[int, int | None]]:
    """Everyone who may decide on proposals, with the khu phố they live in; a tổ counts for its khu phố."""
    deciding = holders(session, "awards.review")
    khu = case((Group.kind == "to", Group.parent_id), else_=Group.id)
    query = (
        select(Membership.person_id, khu)
        .join(Group, Group.id == Membership.group_id)
        .where(Membership.person_id.in_(deciding), Membership.kind == "home", Membership.ended_at.is_(None))
    )
    homes: dict[int, int] = dict(session.execute(query).all())
    return [(person_id, homes.get(person_id)) for person_id in deciding]
