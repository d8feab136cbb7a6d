"""Seeding the catalogue, and issuing what has been earned: once per person and achievement."""

import hashlib
import json
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.badges.catalogue import BadgeFault, read_catalogue
from app.badges.criteria import is_of_group, progress
from app.badges.facts import facts_of, helpers_and_entrants
from app.badges.groups import issue_collective
from app.badges.models import Achievement, Badge
from app.badges.queries import achievements
from app.badges.second_look import shown_again
from app.core.db import insert_for, transaction
from app.notices.service import queue
from app.outreach.confirming.service import confirm_shown
from app.quizzes.models import Skill


def load_catalogue(folder: Path) -> list[BadgeFault]:
    """Bring the achievements up to the files; returns the faults of what was left out."""
    found, faults = read_catalogue(folder)
    with transaction() as session:
        skills = set(session.scalars(select(Skill.slug)))
        for badge in found:
            if not badge.skills <= skills:
                faults.append(BadgeFault(f"{badge.slug}/badge.toml", "skill", "không bài nào dạy kỹ năng này"))
                continue
            body = badge.model_dump(mode="json")
            session.merge(
                Achievement(
                    slug=badge.slug,
                    skill_slug=badge.skill,
                    criterion=body["criterion"],
                    digest=hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest(),
                    **badge.model_dump(
                        include={"title", "kind", "palette", "ring", "sentence", "position", "purpose", "area"}
                    ),
                )
            )
    return faults


def confirm_skill(*, visit_id: int, practice: str, by: int, now: datetime) -> None:
    """A volunteer confirms that the person of a visit did it alone: ring 2, and ring 3 for whoever taught them.

    Raises:
        NotFound: No such visit of this volunteer, or no such checklist in it.
        Conflict: The visit is over, nobody is signed up in it, or it was not done alone from the start.
        Invalid: Someone of one's own household.
    """
    with transaction() as session:
        confirmed = confirm_shown(session, visit_id, practice, by=by, now=now)
        session.flush()
        shown_again(session, confirmed.person_id, confirmed.skill, now=now)
        issue_earned(session, confirmed.person_id, now=now)
        if confirmed.helper_id is not None:
            issue_earned(session, confirmed.helper_id, now=now)


def issue_earned(session: Session, person_id: int, *, now: datetime) -> list[str]:
    """Issue every achievement reached and not yet held.

    Returns:
        The slugs issued just now.
    """
    held = set(session.scalars(select(Badge.achievement_slug).where(Badge.person_id == person_id)))
    open_ones = [a for a in achievements(session) if a.slug not in held and not is_of_group(a.criterion)]
    if not open_ones:
        return []
    facts = facts_of(session, person_id)
    reached = [a for a in open_ones if progress(a.criterion, facts).reached]
    return [a.slug for a in reached if issue(session, person_id, a, now)]


def catch_up(now: datetime) -> int:
    """Issue what no single act brings at once: to volunteers, and to khu phố whose month has closed.

    Any number of times; returns how many badges are new.
    """
    with transaction() as session:
        new = issue_collective(session, now=now)
        return new + sum(len(issue_earned(session, one, now=now)) for one in helpers_and_entrants(session))


def issue(session: Session, person_id: int, achievement: Achievement, now: datetime) -> bool:
    """Step: one badge and its notice, once; whether it is new."""
    values = {
        "person_id": person_id,
        "achievement_slug": achievement.slug,
        "issued_at": now,
        "evidence": {"criterion": achievement.criterion},
        "revoked_reason": "",
    }
    statement = insert_for(session)(Badge).values(**values).on_conflict_do_nothing()
    if session.execute(statement.returning(Badge.id)).first() is None:
        return False
    body = {"slug": achievement.slug, "title": achievement.title}
    queue(session, person_id, "badge", body, key=f"badge:{person_id}:{achievement.slug}", now=now)
    return True
