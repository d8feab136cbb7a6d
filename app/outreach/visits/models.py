"""Visits at someone's home, and what was practised there."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.attempts.domain import HOW
from app.core.db import Base, one_of
from app.outreach.visits.domain import MARKS, MOST_RUNS, NOTE

OPEN = text("ended_at IS NULL")


class Visit(Base):
    """A volunteer sits beside someone. A volunteer is in one place at a time."""

    __tablename__ = "visit"
    __table_args__ = (
        one_of("how", HOW, "how"),
        CheckConstraint("person_id IS NULL OR person_id <> volunteer_id", "not_oneself"),
        CheckConstraint("ended_at IS NULL OR ended_at >= started_at", "ends_after_start"),
        CheckConstraint(f"length(note) <= {NOTE}", "note_length"),
        Index("uq_visit_volunteer_open", "volunteer_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_visit_person", "person_id", "started_at"),
        Index("ix_visit_group", "group_id", "started_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # None: not signed up yet
    group_id: Mapped[int | None] = mapped_column(ForeignKey("group.id"))
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    how: Mapped[str]  # how quizzes are done meanwhile: independent | read_aloud | demonstrated
    note: Mapped[str] = mapped_column(default="")


class Practising(Base):
    """A checklist that is tried in a visit, and which go through it this is."""

    __tablename__ = "practising"
    __table_args__ = (CheckConstraint(f"run BETWEEN 1 AND {MOST_RUNS}", "run"),)

    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"), primary_key=True)
    practice_slug: Mapped[str] = mapped_column(ForeignKey("practice.slug"), primary_key=True)
    run: Mapped[int]
    started_at: Mapped[datetime]


class Tick(Base):
    """One step of one run: done alone, or with a word."""

    __tablename__ = "tick"
    __table_args__ = (
        ForeignKeyConstraint(
            ["visit_id", "practice_slug"],
            ["practising.visit_id", "practising.practice_slug"],
            name="fk_tick_practising",
        ),
        one_of("mark", MARKS, "mark"),
        CheckConstraint(f"run BETWEEN 1 AND {MOST_RUNS}", "run"),
    )

    visit_id: Mapped[int] = mapped_column(primary_key=True)
    practice_slug: Mapped[str] = mapped_column(primary_key=True)
    run: Mapped[int] = mapped_column(primary_key=True)
    step: Mapped[str] = mapped_column(primary_key=True)
    mark: Mapped[str]
    at: Mapped[datetime]
