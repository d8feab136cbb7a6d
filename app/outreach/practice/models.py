"""Practice checklists as the files hold them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base


class PracticeRow(Base):
    """A checklist. One that left the files is retired: confirmations go on pointing at it."""

    __tablename__ = "practice"
    __table_args__ = (
        CheckConstraint("minutes BETWEEN 1 AND 30", "minutes"),
        Index("ix_practice_skill", "skill_slug"),
    )

    slug: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    skill_slug: Mapped[str] = mapped_column(ForeignKey("skill.slug"))
    topic_slug: Mapped[str] = mapped_column(ForeignKey("topic.slug"))
    position: Mapped[int]
    minutes: Mapped[int]
    body: Mapped[dict[str, Any]] = mapped_column(JSON)  # as app.outreach.practice.parser.PracticeFile writes it
    review_by: Mapped[date]
    retired_at: Mapped[datetime | None]
