"""What a second look does to the badge that a confirmation brought: "to be shown again" takes it back until then."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.audit.service import record
from app.badges.credentials.models import Credential
from app.badges.models import Achievement, Badge
from app.core.db import transaction
from app.notices.service import queue
from app.outreach.confirming import service as confirming
from app.outreach.confirming.queries import skills_confirmed

REDO = "cần làm lại"  # the reason that stands with a badge taken back for this; shown again, it returns
RING = 2


def look_again(*, confirmation_id: int, outcome: str, note: str, by: int, now: datetime) -> None:
    """Write down what a call found; where the skill has to be shown again, its badge goes until then.

    What was signed for the badge ends with it, and its owner is told. Ring 1 stays.

    Args:
        outcome: ok | redo | unreached; the last may become another later.

    Raises:
        NotFound: It was not drawn, or is not in reach.
        Invalid: Its shape, or one's own.
        Conflict: Somebody has settled it.
    """
    with transaction() as session:
        found = confirming.look_again(
            session, confirmation_id=confirmation_id, outcome=outcome, note=note, by=by, now=now
        )
        if outcome == "redo" and found.skill_slug not in skills_confirmed(session, found.person_id):
            for badge, title in _resting_on(session, found.person_id, found.skill_slug):
                _take_back(session, badge, title, by, now)


def shown_again(session: Session, person_id: int, skill: str, *, now: datetime) -> None:
    """Step: a skill was shown once more, so a badge that a second look had taken returns."""
    for badge, title in _resting_on(session, person_id, skill, gone=True):
        badge.revoked_at, badge.revoked_reason, badge.issued_at = None, "", now
        body = {"slug": badge.achievement_slug, "title": title}
        queue(session, person_id, "badge", body, key=f"badge:{badge.id}:again:{now.isoformat()}", now=now)
        record(session, actor_id=None, action="badge.restore", subject_kind="badge", subject_id=badge.id, now=now)
    session.flush()


def _resting_on(session: Session, person_id: int, skill: str, *, gone: bool = False) -> list[tuple[Badge, str]]:
    """Someone's badges of ring 2 for a skill that they hold, or that a second look took; each with its title."""
    state = Badge.revoked_reason == REDO if gone else Badge.revoked_at.is_(None)
    query = (
        select(Badge, Achievement.title)
        .join(Achievement, Achievement.slug == Badge.achievement_slug)
        .where(Badge.person_id == person_id, Achievement.skill_slug == skill, Achievement.ring == RING, state)
        .with_for_update(of=Badge)
    )
    return [(badge, title) for badge, title in session.execute(query)]


def _take_back(session: Session, badge: Badge, title: str, by: int, now: datetime) -> None:
    badge.revoked_at, badge.revoked_reason = now, REDO
    ended = {"ended_at": now, "ended_how": "revoked", "ended_by": by, "reason": REDO}
    signed = (Credential.badge_id == badge.id, Credential.ended_at.is_(None))
    session.execute(update(Credential).where(*signed).values(**ended))
    body = {"slug": badge.achievement_slug, "title": title}
    queue(session, badge.person_id, "redo", body, key=f"redo:{badge.id}:{now.isoformat()}", now=now)
    record(session, actor_id=by, action="badge.revoke", subject_kind="badge", subject_id=badge.id, now=now, reason=REDO)
