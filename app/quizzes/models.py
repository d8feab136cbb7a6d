"""The question bank. A revision of an item never changes; attempts pin one."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, one_of
from app.quizzes.domain import PROPOSAL_STATES, REPORT_REASONS, REPORT_STATES


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


class ItemHold(Base):
    """An item that an officer took out of the pool; the row goes when the item comes back."""

    __tablename__ = "item_hold"
    __table_args__ = (one_of("origin", ("file", "ward"), "origin"),)

    item_id: Mapped[str] = mapped_column(ForeignKey("item.id"), primary_key=True)
    origin: Mapped[str]  # what the item's origin was before
    revision: Mapped[int]  # and its revision
    held_at: Mapped[datetime]
    held_by: Mapped[int] = mapped_column(ForeignKey("person.id"))


class ItemReport(Base):
    """Someone who answered an item says that something in it is not right. Answered by an officer, once."""

    __tablename__ = "item_report"
    __table_args__ = (
        UniqueConstraint("key"),
        one_of("reason", REPORT_REASONS, "reason"),
        one_of("state", REPORT_STATES, "state"),
        CheckConstraint("(person_id IS NULL) <> (guest IS NULL)", "person_or_guest"),
        CheckConstraint("length(words) <= 500", "words_length"),
        CheckConstraint("(state = 'open') = (closed_at IS NULL)", "open_until_closed"),
        CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", "closed_by_someone"),
        CheckConstraint("state = 'open' OR length(answer) > 0", "closed_with_answer"),
        Index("ix_item_report_state", "state", "item_id"),
        Index("ix_item_report_person", "person_id", "created_at"),
        Index("ix_item_report_guest", "guest", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]  # of the answer that it is about: one report each
    item_id: Mapped[str] = mapped_column(ForeignKey("item.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("item_revision.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    guest: Mapped[str | None]  # hash of the guest's cookie
    reason: Mapped[str]
    words: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="open")
    answer: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Proposal(Base):
    """An item that someone wrote for a quiz. Accepted, it is an item of the ward's; nobody decides on their own."""

    __tablename__ = "proposal"
    __table_args__ = (
        UniqueConstraint("key"),
        UniqueConstraint("item_id"),
        one_of("state", PROPOSAL_STATES, "state"),
        CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", "waiting_until_decided"),
        CheckConstraint("(decided_at IS NULL) = (decided_by IS NULL)", "decided_by_someone"),
        CheckConstraint("decided_by IS NULL OR decided_by <> person_id", "decided_by_another"),
        CheckConstraint("(state = 'accepted') = (item_id IS NOT NULL)", "accepted_is_item"),
        CheckConstraint("state <> 'declined' OR length(answer) > 0", "declined_with_reason"),
        Index("ix_proposal_state", "state", "id"),
        Index("ix_proposal_person", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]  # of the form: sending it twice proposes once
    quiz_id: Mapped[str] = mapped_column(ForeignKey("quiz.id"))
    objective_id: Mapped[int | None] = mapped_column(ForeignKey("objective.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    body: Mapped[dict[str, Any]] = mapped_column(JSON)  # the fields as they were written
    created_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="waiting")
    answer: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    item_id: Mapped[str | None] = mapped_column(ForeignKey("item.id"))


class ItemReserve(Base):
    """An item that a contest asks now: until its last day nothing else does, so that no key is told meanwhile."""

    __tablename__ = "item_reserve"

    item_id: Mapped[str] = mapped_column(ForeignKey("item.id"), primary_key=True)
    until: Mapped[date]  # the last day of it
