"""The question bank. A revision of an item never changes; attempts pin one."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, one_of


class Topic(Base):
    __tablename__ = "topic"

    slug: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    summary: Mapped[str]
    icon: Mapped[str]
    palette: Mapped[str]
    position: Mapped[int]
    pillar: Mapped[str]
    digcomp_area: Mapped[int]
    movements: Mapped[list[str]] = mapped_column(JSON, default=list)


class Skill(Base):
    """What one badge certifies."""

    __tablename__ = "skill"

    slug: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    topic_slug: Mapped[str] = mapped_column(ForeignKey("topic.slug"))


class Quiz(Base):
    __tablename__ = "quiz"
    __table_args__ = (one_of("tier", ("lam-quen", "thu-suc"), "tier"), Index("ix_quiz_topic", "topic_slug"))

    id: Mapped[str] = mapped_column(primary_key=True)
    topic_slug: Mapped[str] = mapped_column(ForeignKey("topic.slug"))
    skill_slug: Mapped[str] = mapped_column(ForeignKey("skill.slug"))
    title: Mapped[str]
    summary: Mapped[str]
    learned: Mapped[str]
    tier: Mapped[str]
    minutes: Mapped[int]
    position: Mapped[int]
    lang: Mapped[str]
    reviewed_on: Mapped[date | None]
    findings: Mapped[str] = mapped_column(default="")
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Objective(Base):
    __tablename__ = "objective"
    __table_args__ = (UniqueConstraint("skill_slug", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    skill_slug: Mapped[str] = mapped_column(ForeignKey("skill.slug"))
    name: Mapped[str]
    text: Mapped[str]


class Item(Base):
    """A question. Which revision is shown next is ``revision``; ``retired_at`` takes it out of the pool."""

    __tablename__ = "item"
    __table_args__ = (Index("ix_item_quiz", "quiz_id"), one_of("origin", ("file", "ward"), "origin"))

    id: Mapped[str] = mapped_column(primary_key=True)
    quiz_id: Mapped[str] = mapped_column(ForeignKey("quiz.id"))
    objective_id: Mapped[int] = mapped_column(ForeignKey("objective.id"))
    revision: Mapped[int]
    origin: Mapped[str] = mapped_column(default="file")
    retired_at: Mapped[datetime | None]


class ItemRevision(Base):
    """The words, the key and the source of an item, unchangeable."""

    __tablename__ = "item_revision"
    __table_args__ = (
        UniqueConstraint("item_id", "revision"),
        CheckConstraint("difficulty BETWEEN 1 AND 3", "difficulty"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[str] = mapped_column(ForeignKey("item.id"))
    revision: Mapped[int]
    type: Mapped[str]
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    digest: Mapped[str]
    difficulty: Mapped[int]
    valid_as_of: Mapped[date]
    review_by: Mapped[date]
    created_at: Mapped[datetime]
