"""Reading badges: someone's wallet, one achievement, what a person's progress rests on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.badges.criteria import Facts, GroupFacts, Progress, group_progress, is_of_group, progress
from app.badges.facts import NO_FACTS, best_months, facts_of
from app.badges.models import Achievement, Badge, GroupBadge
from app.core.errors import NotFound
from app.groups.models import Group
from app.people.models import Membership
from app.quizzes.models import Skill, Topic
from app.quizzes.queries import QuizCard, quiz_cards


@dataclass(frozen=True)
class Held:
    """An achievement in someone's wallet: when it was issued, or how far it is."""

    slug: str
    title: str
    kind: str
    ring: int
    sentence: str
    skill_slug: str | None
    issued_at: datetime | None
    progress: Progress
    criterion: Mapping[str, Any]


@dataclass(frozen=True)
class Shelf:
    """Badges that belong together: a topic's, or those of a kind that has no topic.

    ``name`` is the topic's slug or the kind; title, icon and DigComp area (1–5) are empty for a kind.
    """

    name: str
    title: str
    icon: str
    area: int | None
    badges: tuple[Held, ...]

    @property
    def have(self) -> int:
        return sum(badge.issued_at is not None for badge in self.badges)


def achievements(session: Session) -> list[Achievement]:
    return list(session.scalars(select(Achievement).order_by(Achievement.position, Achievement.slug)))


def achievement(session: Session, slug: str) -> Achievement:
    """One achievement.

    Raises:
        NotFound: There is none with that slug.
    """
    found = session.get(Achievement, slug)
    if found is None:
        raise NotFound
    return found


def wallet(session: Session, person_id: int) -> list[Held]:
    """Every achievement in catalogue order, held or still locked."""
    issued = dict(
        session.execute(
            select(Badge.achievement_slug, Badge.issued_at).where(
                Badge.person_id == person_id, Badge.revoked_at.is_(None)
            )
        ).all()
    )
    facts, all_of_them = facts_of(session, person_id), achievements(session)
    ours = _home_facts(session, person_id) if any(is_of_group(a.criterion) for a in all_of_them) else NOBODY
    issued |= ours.issued
    return [_held(a, issued.get(a.slug), facts, ours.facts) for a in all_of_them]


@dataclass(frozen=True)
class _Home:
    """What someone's own khu phố holds, and its best month."""

    issued: Mapping[str, datetime]
    facts: GroupFacts


NOBODY = _Home({}, GroupFacts(0, 0))


def _home_facts(session: Session, person_id: int) -> _Home:
    query = (
        select(Group.id, Group.kind, Group.parent_id)
        .join(Membership, Membership.group_id == Group.id)
        .where(
            Membership.person_id == person_id,
            Membership.kind == "home",
            Membership.ended_at.is_(None),
            Membership.confirmed_at.is_not(None),
        )
    )
    row = session.execute(query).first()
    if row is None:
        return NOBODY
    khu = row.parent_id if row.kind == "to" else row.id
    held = select(GroupBadge.achievement_slug, GroupBadge.issued_at).where(GroupBadge.group_id == khu)
    month = best_months(session).get(khu)
    return _Home(dict(session.execute(held).all()), month.facts if month else NOBODY.facts)


def catalogue(session: Session) -> list[Held]:
    """Every achievement in catalogue order, as someone new sees it."""
    return [_held(a, None, NO_FACTS, NOBODY.facts) for a in achievements(session)]


def highest_rings(held: Iterable[Held]) -> list[Held]:
    """One badge for each skill, and for each series of a kind: the highest ring that is held, else the first.

    ``held`` is in catalogue order, where the first ring of a series comes first.
    """
    found: dict[str, Held] = {}
    for badge in held:
        key = badge.skill_slug or badge.slug.removesuffix(f"-{badge.ring}")
        if key not in found or (badge.issued_at is not None and badge.ring > found[key].ring):
            found[key] = badge
    return list(found.values())


def rings_held(session: Session, person_id: int, skill: str) -> int:
    """The highest ring of a skill that someone holds; 0 for none."""
    query = (
        select(func.max(Achievement.ring))
        .join(Badge, Badge.achievement_slug == Achievement.slug)
        .where(Badge.person_id == person_id, Badge.revoked_at.is_(None), Achievement.skill_slug == skill)
    )
    return session.scalar(query) or 0


def nearest(held: Iterable[Held]) -> Held | None:
    """The badge that is closest by learning alone; for the higher rings somebody else is needed."""
    ahead = [h for h in held if h.issued_at is None and h.progress.left and h.progress.unit in ("lesson", "week")]
    return min(ahead, key=lambda h: h.progress.left, default=None)


def shelves(session: Session, held: Iterable[Held]) -> list[Shelf]:
    """Badges by topic in the order of learning, then by kind in the order of the catalogue."""
    rows = session.execute(select(Skill.slug, Topic).join(Topic, Topic.slug == Skill.topic_slug)).all()
    topic_of: dict[str, Topic] = dict(rows)
    grouped: dict[str, list[Held]] = {}
    for badge in held:
        name = topic_of[badge.skill_slug].slug if badge.skill_slug else badge.kind
        grouped.setdefault(name, []).append(badge)
    topics = sorted({topic.slug: topic for topic in topic_of.values()}.values(), key=lambda topic: topic.position)
    found = [
        Shelf(t.slug, t.title, t.icon, t.digcomp_area, tuple(grouped.pop(t.slug))) for t in topics if t.slug in grouped
    ]
    return found + [Shelf(kind, "", "", None, tuple(badges)) for kind, badges in grouped.items()]


def teaching(session: Session) -> dict[str, list[QuizCard]]:
    """Skill → the quizzes that teach it, in the order of learning."""
    found: dict[str, list[QuizCard]] = {}
    for card in quiz_cards(session):
        found.setdefault(card.skill_slug, []).append(card)
    return found


def wallet_entry(session: Session, person_id: int, slug: str) -> Held | None:
    return next((held for held in wallet(session, person_id) if held.slug == slug), None)


def _held(a: Achievement, issued_at: datetime | None, facts: Facts, ours: GroupFacts) -> Held:
    way = group_progress(a.criterion, ours) if is_of_group(a.criterion) else progress(a.criterion, facts)
    return Held(a.slug, a.title, a.kind, a.ring, a.sentence, a.skill_slug, issued_at, way, a.criterion)


def issued_since(session: Session, person_id: int, moment: datetime) -> list[Held]:
    """Badges issued at or after a moment: what to show when a lesson ends."""
    own = (h for h in wallet(session, person_id) if not is_of_group(h.criterion))
    held = [h for h in own if h.issued_at is not None and h.issued_at >= moment]
    return sorted(held, key=lambda h: h.issued_at or moment)


def area_of(session: Session, badge: Achievement) -> int | None:
    """The DigComp area: of the skill's topic, else as the badge's own file says; ``None`` for what has none."""
    if badge.skill_slug is None:
        return badge.area
    query = select(Topic.digcomp_area).join(Skill, Skill.topic_slug == Topic.slug)
    return session.scalar(query.where(Skill.slug == badge.skill_slug))
