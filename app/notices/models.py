"""What people are to be told: a row first, shown or delivered later, once."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base


class Notice(Base):
    __tablename__ = "notice"
    __table_args__ = (UniqueConstraint("key"), Index("ix_notice_person", "person_id", "seen_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]  # the same happening is never told twice
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str]
    body: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
