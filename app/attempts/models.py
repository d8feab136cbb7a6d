"""Attempts and responses. What was drawn, and how each was answered."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.attempts.domain import HOW, PURPOSES
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
