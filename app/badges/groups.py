"""Badges of a whole khu phố: reading them, and issuing what its closed months have reached."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.badges.criteria import group_progress, is_of_group
from app.badges.facts import best_months
from app.badges.models import Achievement, GroupBadge
from app.core.db import insert_for
from app.groups.models import Group


@dataclass(frozen=True)
class OfGroup:
    """A badge that a khu phố holds, and the month that earned it."""

    slug: str
    title: str
    ring: int
    sentence: str
    issued_at: datetime
    period: str


@dataclass(frozen=True)
class GroupReached:
    """A khu phố that has reached an achievement and does not hold it yet."""

    id: int
    name: str
    period: str


def badges_of_group(session: Session, group_id: int) -> list[OfGroup]:
    """What a khu phố holds, the highest ring first."""
    query = (
        select(GroupBadge, Achievement)
        .join(Achievement, Achievement.slug == GroupBadge.achievement_slug)
        .where(GroupBadge.group_id == group_id)
        .order_by(Achievement.ring.desc(), Achievement.position)
    )
    return [
        OfGroup(a.slug, a.title, a.ring, a.sentence, badge.issued_at, str(badge.evidence.get("period", "")))
        for badge, a in session.execute(query)
    ]


def groups_reached(session: Session, achievement: Achievement) -> list[GroupReached]:
    """The khu phố that would get an achievement now, by name."""
    months = best_months(session)
    held = set(session.scalars(select(GroupBadge.group_id).where(GroupBadge.achievement_slug == achievement.slug)))
    found = []
    for group in session.scalars(select(Group).where(Group.id.in_(months)).order_by(Group.sort_key)):
        month = months[group.id]
        if group.id not in held and group_progress(achievement.criterion, month.facts).reached:
            found.append(GroupReached(group.id, group.name, month.period))
    return found


def issue_to_group(session: Session, achievement: Achievement, one: GroupReached, *, now: datetime) -> bool:
    """Step: the badge of a khu phố, once; whether it is new."""
    values = {
        "group_id": one.id,
        "achievement_slug": achievement.slug,
        "issued_at": now,
        "evidence": {"criterion": achievement.criterion, "period": one.period},
    }
    statement = insert_for(session)(GroupBadge).values(**values).on_conflict_do_nothing().returning(GroupBadge.id)
    return session.execute(statement).first() is not None


def issue_collective(session: Session, *, now: datetime) -> int:
    """Step: every badge that a khu phố has reached and does not hold; returns how many are new."""
    of_groups = [a for a in session.scalars(select(Achievement)) if is_of_group(a.criterion)]
    return sum(issue_to_group(session, a, one, now=now) for a in of_groups for one in groups_reached(session, a))
