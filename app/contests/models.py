"""The weekly contests: their questions, who took part, what was answered, and the results once they are out."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.contests.domain import STATES
from app.core.db import Base, one_of


class Contest(Base):
    """One week. The row is what opens and closes once, not the clock."""

    __tablename__ = "contest"
    __table_args__ = (
        one_of("state", STATES, "state"),
        UniqueConstraint("period"),
        CheckConstraint("opens_at < closes_at AND closes_at <= results_at", "order_of_moments"),
        CheckConstraint("(seed IS NULL) = (draw IS NULL)", "draw_with_seed"),
        CheckConstraint("state NOT IN ('open', 'closed', 'published') OR seed IS NOT NULL", "running_has_draw"),
        Index("ix_contest_state", "state", "closes_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    period: Mapped[str]  # 2026-w48
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    results_at: Mapped[datetime]
    state: Mapped[str]
    seed: Mapped[str | None]  # what the draw was made with
    draw: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))  # [{"item", "revision", …}]
    reason: Mapped[str] = mapped_column(default="")  # why it was skipped
    cancelled_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    run: Mapped[str | None]  # who is closing it now
    run_until: Mapped[datetime | None]


class ContestEntry(Base):
    """Someone's one counted attempt. Its figures are empty until the contest has closed."""

    __tablename__ = "contest_entry"
    __table_args__ = (
        UniqueConstraint("contest_id", "person_id"),
        CheckConstraint("(scored_at IS NULL) = (credit IS NULL)", "scored"),
        CheckConstraint("credit >= 0", "credit"),
        Index("ix_contest_entry_person", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    draw: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # where this person's options stand
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]  # when the last question was answered
    scored_at: Mapped[datetime | None]
    answered: Mapped[int | None]
    right: Mapped[int | None]
    credit: Mapped[int | None]  # hundredths of a question, 0 to 1000
    points: Mapped[int | None]  # granted in the month's ledger
    group_id: Mapped[int | None] = mapped_column(ForeignKey("group.id"))  # the teams that it counts for
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("group.id"))


class ContestAnswer(Base):
    """An answer, final once sent. What it is worth is not written down before the contest has closed."""

    __tablename__ = "contest_answer"
    __table_args__ = (CheckConstraint("credit BETWEEN 0 AND 100", "credit"),)

    entry_id: Mapped[int] = mapped_column(ForeignKey("contest_entry.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)  # 1 to 10
    item_id: Mapped[str] = mapped_column(ForeignKey("item.id"))
    choice: Mapped[str]
    answered_at: Mapped[datetime]
    credit: Mapped[int | None]


class ContestTeam(Base):
    """A team's frozen result. Without five people it has no score."""

    __tablename__ = "contest_team"
    __table_args__ = (CheckConstraint("(score IS NULL) = (place IS NULL)", "placed"),)

    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"), primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("group.id"), primary_key=True)
    people: Mapped[int]
    score: Mapped[int | None]  # hundredths of a question
    place: Mapped[int | None]


class ContestQuestion(Base):
    """How many got a question right, frozen when the contest closed."""

    __tablename__ = "contest_question"

    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    answered: Mapped[int]
    right: Mapped[int]
