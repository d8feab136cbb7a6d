"""Classes: when and where, who was there, the tablet that goes round, what was asked before and after."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.attempts.domain import HOW
from app.core.db import Base, one_of
from app.outreach.classes.domain import MOMENTS, PLACE, WAYS_IN

OPEN = text("ended_at IS NULL")


class ClassSession(Base):
    """A class: people learn one quiz together, somebody teaches."""

    __tablename__ = "class_session"
    __table_args__ = (
        one_of("how", HOW, "how"),
        UniqueConstraint("key"),
        CheckConstraint(f"length(place) <= {PLACE}", "place_length"),
        CheckConstraint("expected >= 0", "expected_not_negative"),
        CheckConstraint("counted IS NULL OR counted >= 0", "counted_not_negative"),
        Index("ix_class_session_group", "group_id", "starts_at"),
        Index("ix_class_session_start", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]  # the form's own key: a double tap makes one class
    starts_at: Mapped[datetime]
    group_id: Mapped[int] = mapped_column(ForeignKey("group.id"))
    place: Mapped[str]
    quiz_id: Mapped[str] = mapped_column(ForeignKey("quiz.id"))
    trainer_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    expected: Mapped[int]
    counted: Mapped[int | None]  # heads, people without a name here among them
    how: Mapped[str]  # how quizzes are done in it: independent | read_aloud | demonstrated
    secret: Mapped[str]  # what the changing code is made from
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]


class Attendance(Base):
    """Somebody was there: once in each class."""

    __tablename__ = "attendance"
    __table_args__ = (one_of("way", WAYS_IN, "way"), Index("ix_attendance_person", "person_id"))

    class_id: Mapped[int] = mapped_column(ForeignKey("class_session.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    way: Mapped[str]  # qr: said so themselves | hand: ticked | signed_up: newly signed up there
    by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # None: they themselves
    at: Mapped[datetime]


class ClassTablet(Base):
    """A device that goes round in a class: a tap on a name of those present opens a learning session there."""

    __tablename__ = "class_tablet"
    __table_args__ = (
        Index("uq_class_tablet_open", "device_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("class_session.id"))
    device_id: Mapped[int | None] = mapped_column(ForeignKey("device.id", ondelete="SET NULL"))  # forgotten in time
    started_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class ClassAttempt(Base):
    """An attempt begun in a class."""

    __tablename__ = "class_attempt"
    __table_args__ = (Index("ix_class_attempt_class", "class_id"),)

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("class_session.id"))


class ClassMeasure(Base):
    """What somebody knew before or after a class. A measure: no attempt, no points, no pass."""

    __tablename__ = "class_measure"
    __table_args__ = (
        one_of("moment", MOMENTS, "moment"),
        UniqueConstraint("class_id", "person_id", "moment"),
        CheckConstraint("credit BETWEEN 0 AND 100", "credit"),
        CheckConstraint("(credit IS NULL) = (ended_at IS NULL)", "credit_when_ended"),
        Index("ix_class_measure_person", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("class_session.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    moment: Mapped[str]  # before | after
    draw: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # [{"item", "revision", "order"}] in asking order
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    credit: Mapped[int | None]  # the mean of its answers, once all are given


class ClassAnswer(Base):
    """One answer of a measure: once, whatever comes twice."""

    __tablename__ = "class_answer"
    __table_args__ = (CheckConstraint("credit BETWEEN 0 AND 100", "credit"),)

    measure_id: Mapped[int] = mapped_column(ForeignKey("class_measure.id"), primary_key=True)
    item_id: Mapped[str] = mapped_column(ForeignKey("item.id"), primary_key=True)
    choice: Mapped[str]  # ids of options
    credit: Mapped[int]
    answered_at: Mapped[datetime]
