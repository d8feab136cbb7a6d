"""Who holds which badge, and one issued badge with its papers and its trail: for officers."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.badges.credentials.models import Credential
from app.badges.models import Achievement, Badge, GroupBadge
from app.core.errors import NotFound
from app.core.text import fold
from app.groups.models import Group
from app.people.models import Membership, Person

MOST = 200


@dataclass(frozen=True)
class Holder:
    """Someone who holds an achievement, or held it; ``credential`` is the code of what was signed and holds."""

    badge_id: int
    name: str
    group: str
    issued_at: datetime
    revoked_at: datetime | None
    code: str


@dataclass(frozen=True)
class Holders:
    """The first :data:`MOST`, and how many there are."""

    rows: tuple[Holder, ...]
    found: int


@dataclass(frozen=True)
class Issued:
    """One issued badge: whose, for what, everything that was signed for it (newest first), and its trail."""

    id: int
    person_id: int
    name: str
    group: str
    achievement: Achievement
    issued_at: datetime
    revoked_at: datetime | None
    revoked_reason: str
    signed: tuple[Credential, ...]
    trail: tuple[AuditEntry, ...]


def holders_of(session: Session, slug: str, *, text: str = "") -> Holders:
    """People with a badge, by khu phố and given name; those who lost it are at the end."""
    words = [Person.folded.contains(word, autoescape=True) for word in fold(text)[:80].split()[:8]]
    query = (
        select(Badge, Person.name, Group.name, Credential.code)
        .join(Person, Person.id == Badge.person_id)
        .outerjoin(Credential, (Credential.badge_id == Badge.id) & Credential.ended_at.is_(None))
        .outerjoin(
            Membership,
            (Membership.person_id == Person.id) & (Membership.kind == "home") & Membership.ended_at.is_(None),
        )
        .outerjoin(Group, Group.id == Membership.group_id)
        .where(Badge.achievement_slug == slug, Person.closed_at.is_(None), *words)
        .order_by(Badge.revoked_at.is_not(None), Group.sort_key, Person.name_key, Badge.id)
    )
    found = session.scalar(query.with_only_columns(func.count()).order_by(None)) or 0
    rows = tuple(
        Holder(badge.id, name, group or "", badge.issued_at, badge.revoked_at, code or "")
        for badge, name, group, code in session.execute(query.limit(MOST))
    )
    return Holders(rows, found)


def groups_holding(session: Session, slug: str) -> list[tuple[str, datetime]]:
    """The khu phố with a badge, and since when."""
    query = (
        select(Group.name, GroupBadge.issued_at)
        .join(GroupBadge, GroupBadge.group_id == Group.id)
        .where(GroupBadge.achievement_slug == slug)
        .order_by(Group.sort_key)
    )
    return [(name, at) for name, at in session.execute(query)]


def count_groups(session: Session) -> dict[str, int]:
    """Achievement → how many khu phố hold it."""
    query = select(GroupBadge.achievement_slug, func.count()).group_by(GroupBadge.achievement_slug)
    return dict(session.execute(query).all())


def issued_badge(session: Session, badge_id: int) -> Issued:
    """One issued badge.

    Raises:
        NotFound: There is none, or its owner has left.
    """
    query = (
        select(Badge, Person.name, Group.name)
        .join(Person, Person.id == Badge.person_id)
        .outerjoin(
            Membership,
            (Membership.person_id == Person.id) & (Membership.kind == "home") & Membership.ended_at.is_(None),
        )
        .outerjoin(Group, Group.id == Membership.group_id)
        .where(Badge.id == badge_id, Person.closed_at.is_(None))
    )
    row = session.execute(query).first() if badge_id < 2**31 else None
    if row is None:
        raise NotFound
    badge, name, group = row
    papers = select(Credential).where(Credential.badge_id == badge_id).order_by(Credential.id.desc())
    signed = tuple(session.scalars(papers))
    return Issued(
        id=badge.id,
        person_id=badge.person_id,
        name=name,
        group=group or "",
        achievement=session.get_one(Achievement, badge.achievement_slug),
        issued_at=badge.issued_at,
        revoked_at=badge.revoked_at,
        revoked_reason=badge.revoked_reason,
        signed=signed,
        trail=_trail(session, badge_id, [one.id for one in signed]),
    )


def _trail(session: Session, badge_id: int, credential_ids: list[int]) -> tuple[AuditEntry, ...]:
    about = (AuditEntry.subject_kind == "badge") & (AuditEntry.subject_id == str(badge_id))
    numbers = [str(one) for one in credential_ids]
    about |= (AuditEntry.subject_kind == "credential") & AuditEntry.subject_id.in_(numbers)
    return tuple(session.scalars(select(AuditEntry).where(about).order_by(AuditEntry.id.desc())))
