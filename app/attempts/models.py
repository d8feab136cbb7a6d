"""Attempts and responses. What was drawn, and how each was answered."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.attempts.domain import HOW, MOMENTS, PURPOSES
from app.attempts.placing import TIERS
from app.core.db import Base, one_of

OPEN = text("ended_at IS NULL")
OPEN_MIXED = text("ended_at IS NULL AND quiz_id IS NULL")


def _one_open(name: str, *columns: str, mixed: bool = False) -> Index:
    where = OPEN_MIXED if mixed else OPEN
    return Index(name, *columns, unique=True, sqlite_where=where, postgresql_where=where)


class Attempt(Base):
    """One sitting: of one quiz, or of items from several, by a person or by a guest who has no account."""

    __tablename__ = "attempt"
    __table_args__ = (
        one_of("how", HOW, "how"),
        CheckConstraint("(person_id IS NULL) <> (guest IS NULL)", "person_or_guest"),
        one_of("purpose", PURPOSES, "purpose"),
        CheckConstraint("(quiz_id IS NULL) = (purpose <> 'lesson')", "lesson_has_quiz"),
        _one_open("uq_attempt_person_open", "person_id", "quiz_id"),
        _one_open("uq_attempt_guest_open", "guest", "quiz_id"),
        _one_open("uq_attempt_person_mixed", "person_id", "purpose", mixed=True),
        _one_open("uq_attempt_guest_mixed", "guest", "purpose", mixed=True),
        Index("ix_attempt_person", "person_id", "quiz_id"),
        Index("ix_attempt_guest", "guest", "quiz_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    guest: Mapped[str | None]  # hash of the guest's cookie
    purpose: Mapped[str] = mapped_column(default="lesson")
    quiz_id: Mapped[str | None] = mapped_column(ForeignKey("quiz.id"))
    how: Mapped[str]  # independent | read_aloud | demonstrated
    draw: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # [{"item", "revision", "order"}] in asking order
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    right: Mapped[int | None]  # wholly right answers of the first round, once it is complete
    passed: Mapped[bool | None]

    responses: Mapped[list["Response"]] = relationship(back_populates="attempt", order_by="Response.id")
    turns: Mapped[list["Turn"]] = relationship(order_by="Turn.place")


class Response(Base):
    """The answer to one item in one round. The database allows one."""

    __tablename__ = "response"
    __table_args__ = (
        UniqueConstraint("attempt_id", "item_id", "round"),
        UniqueConstraint("idempotency_key"),
        CheckConstraint("score >= 0", "score_not_negative"),
        CheckConstraint("round IN (1, 2)", "round"),
        CheckConstraint("credit BETWEEN 0 AND 100", "credit"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"))
    item_id: Mapped[str] = mapped_column(ForeignKey("item.id"))
    round: Mapped[int]  # 1 counts; 2 is the return of what went wrong
    choice: Mapped[str]  # as the item's type stores it: ids of options, a number, words
    credit: Mapped[int]  # 0 to 100; wholly right is 100
    score: Mapped[int]
    idempotency_key: Mapped[str]
    answered_at: Mapped[datetime]

    attempt: Mapped[Attempt] = relationship(back_populates="responses")


class Turn(Base):
    """One choice on the way through a story: taken once, whatever comes twice. The whole way is the response."""

    __tablename__ = "turn"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    item_id: Mapped[str] = mapped_column(ForeignKey("item.id"), primary_key=True)
    round: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)  # 0 for the first
    choice: Mapped[str]


class LearningDay(Base):
    """A local day on which someone answered something: the weekly rhythm is made of these."""

    __tablename__ = "learning_day"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)


class Review(Base):
    """An objective that someone has met: when it comes back, and what was known of it at first.

    ``due_on`` is empty once the last stage is behind them. What was answered first alone is the
    measure for later; an objective that was only shown has none yet.
    """

    __tablename__ = "review"
    __table_args__ = (
        CheckConstraint("stage BETWEEN 0 AND 3", "stage"),
        CheckConstraint("due_on IS NOT NULL OR stage = 3", "done_after_the_last_stage"),
        CheckConstraint("(first_on IS NULL) = (first_credit IS NULL)", "first"),
        CheckConstraint("first_credit BETWEEN 0 AND 100", "first_credit"),
        CheckConstraint("last_credit BETWEEN 0 AND 100", "last_credit"),
        Index("ix_review_due", "person_id", "due_on"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    objective_id: Mapped[int] = mapped_column(ForeignKey("objective.id"), primary_key=True)
    stage: Mapped[int]  # 0 to 3: asked again after 1, 7, 30 and 90 days
    due_on: Mapped[date | None]
    first_on: Mapped[date | None]  # the local day of the first answer given alone in a lesson
    first_credit: Mapped[int | None]
    last_credit: Mapped[int]  # of the newest answer in a lesson, the second round included


class Delayed(Base):
    """A response that shows what stayed: given alone, 30 days or more after the first. Append-only.

    One for a person, objective and day: a second item of the same day has just been explained.
    """

    __tablename__ = "delayed"
    __table_args__ = (
        UniqueConstraint("person_id", "objective_id", "day"),
        CheckConstraint("days >= 30", "late_enough"),
        CheckConstraint("first_credit BETWEEN 0 AND 100", "first_credit"),
        CheckConstraint("after_credit BETWEEN 0 AND 100", "after_credit"),
        CheckConstraint("credit BETWEEN 0 AND 100", "credit"),
        Index("ix_delayed_topic_group", "topic_slug", "group_id"),
    )

    response_id: Mapped[int] = mapped_column(ForeignKey("response.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    objective_id: Mapped[int] = mapped_column(ForeignKey("objective.id"))
    topic_slug: Mapped[str] = mapped_column(ForeignKey("topic.slug"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("group.id"))  # the khu phố counted for at that moment
    day: Mapped[date]
    days: Mapped[int]  # since the first answer
    first_credit: Mapped[int]
    after_credit: Mapped[int]  # of the last answer in a lesson before this one
    credit: Mapped[int]
    unseen: Mapped[bool]  # an item that this person had never answered before


class Placement(Base):
    """Where someone begins, by what they knew when they came. The newest one stands."""

    __tablename__ = "placement"
    __table_args__ = (
        one_of("tier", TIERS, "tier"),
        CheckConstraint("credit BETWEEN 0 AND 100", "credit"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    tier: Mapped[str]
    credit: Mapped[int]
    at: Mapped[datetime]


class Confidence(Base):
    """How sure someone feels about a topic: the first word before it stays, of those after it the newest."""

    __tablename__ = "confidence"
    __table_args__ = (one_of("moment", MOMENTS, "moment"), CheckConstraint("value BETWEEN 1 AND 3", "value"))

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    topic_slug: Mapped[str] = mapped_column(ForeignKey("topic.slug"), primary_key=True)
    moment: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]  # 1 worried, 2 so-so, 3 sure
    at: Mapped[datetime]
