"""Seeding the practice checklists from their files."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.core.db import transaction
from app.outreach.practice.models import PracticeRow
from app.outreach.practice.parser import FOLDER, PracticeFile, read_practices
from app.quizzes.models import Skill
from app.quizzes.parser import Fault


def load_practices(folder: Path, *, now: datetime) -> list[Fault]:
    """Bring the checklists up to the files under ``folder/practice``; returns the faults of what was left out.

    One that left the files is offered no longer; one whose file is broken stays as it last was.
    """
    found, faults = read_practices(folder)
    unread = {fault.file for fault in faults}
    with transaction() as session:
        skills = dict(session.execute(select(Skill.slug, Skill.topic_slug)).all())
        for one in found:
            if skills.get(one.skill) != one.topic:
                faults.append(Fault(f"{FOLDER}/{one.slug}.toml", "", "skill", "chủ đề này không có kỹ năng ấy"))
            else:
                _load(session, one)
        kept = {one.slug for one in found}
        gone = [
            slug
            for slug in session.scalars(select(PracticeRow.slug).where(PracticeRow.retired_at.is_(None)))
            if slug not in kept and f"{FOLDER}/{slug}.toml" not in unread
        ]
        session.execute(update(PracticeRow).where(PracticeRow.slug.in_(gone)).values(retired_at=now))
    return faults


def _load(session: Session, one: PracticeFile) -> None:
    session.merge(
        PracticeRow(
            slug=one.slug,
            title=one.title,
            skill_slug=one.skill,
            topic_slug=one.topic,
            position=one.order,
            minutes=one.minutes,
            body=one.model_dump(mode="json"),
            review_by=one.review_by,
            retired_at=None,
        )
    )
