"""One human under two numbers: which was merged into which, and which only look alike."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base

OPEN = text("undone_at IS NULL")


class Merge(Base):
    """Two records were found to be one person's: one goes on, the other is closed and points to it."""

    __tablename__ = "merge"
    __table_args__ = (
        CheckConstraint("kept_id <> gone_id", "two_records"),
        CheckConstraint("(undone_at IS NULL) = (undone_by IS NULL)", "undone_by_someone"),
        Index("uq_merge_gone_open", "gone_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_merge_kept", "kept_id"),
        Index("ix_merge_import_key", "import_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kept_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    gone_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)  # what undoing needs; empty once its time is over
    import_key: Mapped[str | None]  # of the closed record: a list that still has it means the one who goes on
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class NotDouble(Base):
    """Someone looked at two records that are alike, and they are two people."""

    __tablename__ = "not_double"
    __table_args__ = (CheckConstraint("first_id < second_id", "in_order"),)

    first_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    second_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    at: Mapped[datetime]
    by: Mapped[int] = mapped_column(ForeignKey("person.id"))
