"""Question sheets on paper: what was printed, and what somebody keyed in from it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.outreach.paper.domain import DIGITS


class PaperPrint(Base):
    """One printing: the same questions on all of its sheets."""

    __tablename__ = "paper_print"
    __table_args__ = (UniqueConstraint("key"), Index("ix_paper_print_group", "group_id", "printed_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]  # the form's own key: a double tap prints once
    quiz_id: Mapped[str] = mapped_column(ForeignKey("quiz.id"))
    group_id: Mapped[int] = mapped_column(ForeignKey("group.id"))
    class_id: Mapped[int | None] = mapped_column(ForeignKey("class_session.id"))
    draw: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # as an attempt keeps it
    printed_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    printed_at: Mapped[datetime]


class PaperSheet(Base):
    """One sheet with its number. Keyed in once, as one attempt of one person."""

    __tablename__ = "paper_sheet"
    __table_args__ = (
        UniqueConstraint("number"),
        UniqueConstraint("attempt_id"),
        CheckConstraint(f"length(number) = {DIGITS}", "number_length"),
        CheckConstraint("(attempt_id IS NULL) = (keyed_at IS NULL)", "keyed_at_once"),
        CheckConstraint("(attempt_id IS NULL) = (person_id IS NULL)", "keyed_for_someone"),
        CheckConstraint("(attempt_id IS NULL) = (keyed_by IS NULL)", "keyed_by_someone"),
        CheckConstraint("person_id IS NULL OR person_id <> keyed_by", "not_oneself"),
        Index("ix_paper_sheet_print", "print_id"),
        Index("ix_paper_sheet_person", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    print_id: Mapped[int] = mapped_column(ForeignKey("paper_print.id"))
    number: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    attempt_id: Mapped[int | None] = mapped_column(ForeignKey("attempt.id"))
    keyed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    keyed_at: Mapped[datetime | None]
