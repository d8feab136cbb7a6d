"""Cycles: half-open periods on the ward's calendar, and the state each has reached."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, one_of
from app.cycles.domain import KINDS, STATES


class Cycle(Base):
    """One month, quarter, year or campaign. The row is what closes once, not the clock."""

    __tablename__ = "cycle"
    __table_args__ = (
        one_of("kind", KINDS, "kind"),
        one_of("state", STATES, "state"),
        UniqueConstraint("period"),
        CheckConstraint("starts_at < ends_at", "not_empty"),
        CheckConstraint("(frozen_at IS NULL) = (digest IS NULL)", "digest_when_frozen"),
        Index("ix_cycle_due", "state", "ends_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    period: Mapped[str]  # 2026-10, 2026-q4, 2026, or a campaign's slug
    kind: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    state: Mapped[str]
    cushion: Mapped[int]  # m, frozen with the cycle
    rate: Mapped[float | None]  # p0: fixed when the cycle before freezes
    points_cap: Mapped[int]
    adult_age: Mapped[int | None]  # this and the next two as they were set when it opened; None: before they could be
    leagues: Mapped[str | None]
    comment_days: Mapped[int | None]
    opened_at: Mapped[datetime]
    frozen_at: Mapped[datetime | None]
    digest: Mapped[str | None]  # SHA-256 of the frozen figures
    announced_at: Mapped[datetime | None]
    run: Mapped[str | None]  # who is closing it now
    run_until: Mapped[datetime | None]
