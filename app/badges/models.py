"""The catalogue of achievements and the badges issued for them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base


class Achievement(Base):
    """What a badge certifies, as ``badges/<slug>/badge.toml`` defines it."""

    __tablename__ = "achievement"
    __table_args__ = (CheckConstraint("ring BETWEEN 1 AND 3", "ring"),)

    slug: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    kind: Mapped[str]  # sen, than, sao, khien, dinh, nui: the shape
    palette: Mapped[str]
    ring: Mapped[int]
    skill_slug: Mapped[str | None] = mapped_column(ForeignKey("skill.slug"))
    sentence: Mapped[str]  # what the holder can do, in one plain sentence
    criterion: Mapped[dict[str, Any]] = mapped_column(JSON)
    position: Mapped[int]
    digest: Mapped[str]
    purpose: Mapped[str] = mapped_column(default="", server_default="")  # why it matters, in one plain sentence
    area: Mapped[int | None]  # of DigComp, 1–5, where the skill's topic does not say it


class Badge(Base):
    """An achievement that someone has reached. One per person and achievement."""

    __tablename__ = "badge"
    __table_args__ = (UniqueConstraint("person_id", "achievement_slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    achievement_slug: Mapped[str] = mapped_column(ForeignKey("achievement.slug"))
    issued_at: Mapped[datetime]
    evidence: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    revoked_at: Mapped[datetime | None]
    revoked_reason: Mapped[str] = mapped_column(default="")


class GroupBadge(Base):
    """An achievement that a whole khu phố has reached. One per group and achievement; it stays."""

    __tablename__ = "group_badge"
    __table_args__ = (UniqueConstraint("group_id", "achievement_slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("group.id"))
    achievement_slug: Mapped[str] = mapped_column(ForeignKey("achievement.slug"))
    issued_at: Mapped[datetime]
    evidence: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # the month, and its figures
